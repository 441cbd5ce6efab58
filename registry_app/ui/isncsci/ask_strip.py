"""A question in the place of the line above the sheet; the sheet stays in view."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from registry_app.ui.inputs import Line
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Glyph, button, label, row
from registry_app.words import Words


class AskStrip(QFrame):
    """A sentence, perhaps a line to write in, and two buttons; Escape is the second."""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self.setProperty("state", "due")
        self.setFixedHeight(look.px(38))
        self._question = label(look, "", weight=MEDIUM)
        self.line = Line(look, words("worksheet.reason"))
        self.yes = button(look, "", "small", lambda: self._done(True))
        self.no = button(look, "", "small", lambda: self._done(False))
        self.line.returnPressed.connect(lambda: self._done(True))
        self.line.textChanged.connect(self._on_text)
        self._rest = QWidget()  # the room of the line, so that no button grows
        asked = (Glyph(look, "due"), self._question, self.line, self._rest)
        parts = row(
            *(*asked, self.yes, self.no),
            gap=look.px(8),
            margins=(look.px(8), 0, look.px(8), 0),
        )
        parts.setStretch(2, 1)
        parts.setStretch(3, 1)
        self.setLayout(parts)
        self._answer: Callable[[bool, str], object] = lambda _yes, _text: None
        self.hide()

    def ask(
        self,
        question: str,
        yes: str,
        no: str,
        answer: Callable[[bool, str], object],
        *,
        written: bool = False,
    ) -> None:
        """Ask; `answer` gets whether the first button was chosen, and the text."""
        self._answer = answer
        self._question.setText(question)
        self.setAccessibleName(question)
        self.line.setAccessibleName(question)
        self.yes.setText(yes)
        self.no.setText(no)
        self.line.clear()
        self.line.setVisible(written)
        self._rest.setVisible(not written)
        self.yes.setEnabled(not written)
        self.show()
        (self.line if written else self.no).setFocus()

    def _on_text(self, text: str) -> None:
        self.yes.setEnabled(bool(text.strip()))

    def _done(self, yes: bool) -> None:
        if yes and not self.yes.isEnabled():
            return
        self.hide()
        self._answer(yes, self.line.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes the safe answer."""
        if event.key() == Qt.Key.Key_Escape:
            self._done(False)
        else:
            super().keyPressEvent(event)
