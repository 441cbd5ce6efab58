"""Text of several lines, with its label; Enter is a new line, Tab goes on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import column, label


class Prose(QWidget):
    """changed(): something was typed. `lines`: the least number of lines that show."""

    changed = Signal()

    def __init__(self, look: Look, name: str, text: str = "", lines: int = 3) -> None:
        super().__init__()
        self.setProperty("kind", "inside")
        self.edit = QPlainTextEdit()
        self.edit.setAccessibleName(name)
        self.edit.setTabChangesFocus(True)
        self.edit.setFont(look.font())
        self.edit.setMinimumHeight(look.px(20 * lines + 12))
        self.edit.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding
        )
        title = label(look, name, "text2", "caption", MEDIUM)
        inside = column(title, self.edit, gap=3)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.setFocusProxy(self.edit)
        self.text = text
        self.edit.textChanged.connect(self.changed)

    @property
    def text(self) -> str:
        """What is written, without blanks around it."""
        return self.edit.toPlainText().strip()

    @text.setter
    def text(self, text: str) -> None:
        if text != self.edit.toPlainText():
            self.edit.setPlainText(text)
