"""A new password, typed twice, with a hint on how easily it is guessed."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from registry_app.ui.inputs import Field, Line
from registry_app.ui.look import Look
from registry_app.ui.widgets import column
from registry_app.words import Words

#: Shorter ones are not taken (NIST SP 800-63B, 5.1.1).
SHORTEST = 8


class NewPassword(QWidget):
    """Two fields. A long sentence beats a short riddle: no rule asks for signs.

    `about`: the names around it, which make it easier to guess.
    """

    def __init__(
        self, words: Words, look: Look, name: str, about: Callable[[], Iterable[str]]
    ) -> None:
        super().__init__()
        self._words, self._about = words, about
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
        hint = self._words("create.password-hint", least=SHORTEST)
        if len(text) >= SHORTEST:
            hint = self._weakness() or self._words("create.password-good")
        self._once.set_hint(hint)

    def _weakness(self) -> str:
        """What makes it easy to guess, or the empty text."""
        from registry_app.services.passwords import weakness

        weak = weakness(self.first.text(), self._about())
        return self._words.say(weak) if weak else ""

    def set_problem(self, text: str) -> None:
        """Say what is wrong with the password."""
        self._once.set_problem(text)
        self.first.setFocus()

    def value(self) -> str | None:
        """The password; None, with the problem said, while it cannot be taken."""
        self._once.set_problem("")
        self._twice.set_problem("")
        if len(self.first.text()) < SHORTEST:
            self.set_problem(self._words("create.password-short", least=SHORTEST))
            return None
        if self.first.text() != self.second.text():
            self._twice.set_problem(self._words("create.password-differs"))
            self.second.setFocus()
            return None
        return self.first.text()
