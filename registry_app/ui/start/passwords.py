"""A new password, typed twice, with a hint on its length."""

from PySide6.QtWidgets import QWidget

from registry_app.ui.inputs import Field, Line
from registry_app.ui.look import Look
from registry_app.ui.widgets import column
from registry_app.words import Words

#: Shorter ones are not taken; length is what counts (NIST SP 800-63B, 5.1.1).
SHORTEST, GOOD = 8, 14


class NewPassword(QWidget):
    """Two fields. A long sentence beats a short riddle, so only length counts."""

    def __init__(self, words: Words, look: Look, name: str) -> None:
        super().__init__()
        self._words = words
        self.first = Line(look, name, secret=True)
        self.second = Line(look, words("create.password-again"), secret=True)
        self._once = Field(
            look, name, self.first, words("create.password-hint", least=SHORTEST)
        )
        self._twice = Field(look, words("create.password-again"), self.second)
        self.setLayout(column(self._once, self._twice, gap=4))
        self.first.textChanged.connect(self._weigh)

    def _weigh(self, text: str) -> None:
        self._once.set_problem("")
        if len(text) >= GOOD:
            strength = "create.password-good"
        elif len(text) >= SHORTEST:
            strength = "create.password-fair"
        else:
            strength = "create.password-hint"
        self._once.set_hint(self._words(strength, least=SHORTEST))

    def value(self) -> str | None:
        """The password; None, with the problem said, while it cannot be taken."""
        self._once.set_problem("")
        self._twice.set_problem("")
        if len(self.first.text()) < SHORTEST:
            self._once.set_problem(self._words("create.password-short", least=SHORTEST))
            self.first.setFocus()
            return None
        if self.first.text() != self.second.text():
            self._twice.set_problem(self._words("create.password-differs"))
            self.second.setFocus()
            return None
        return self.first.text()
