"""Why a key was not taken, said over the line above the sheet: nothing moves."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame

from registry_app.domain.errors import RegistryError
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Glyph, label, row
from registry_app.words import Words

#: How long it stays if nothing is typed (tokens.toml: motion.toast_ms).
_STAYS_MS: Final = 6000


class Sentence(QFrame):
    """One refusal; gone with the next thing that is done."""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._words = words
        self.setProperty("kind", "notice")
        self.setProperty("state", "overdue")
        self.setFixedHeight(look.px(34))
        self.label = label(look, "", weight=MEDIUM)
        px = look.px
        parts = row(
            Glyph(look, "overdue"),
            self.label,
            None,
            gap=6,
            margins=(px(8), 0, px(8), 0),
        )
        self.setLayout(parts)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, refusal: RegistryError) -> None:
        """Say a refusal; a screen reader reads it at once."""
        text = self._words.say(refusal.message)
        self.label.setText(text)
        self.setAccessibleName(text)
        self.adjustSize()
        self.show()
        self.raise_()
        self._timer.start()
        event = QAccessibleEvent(self, QAccessible.Event.Alert)
        QAccessible.updateAccessibility(event)

    def take_back(self, *_what: object) -> None:
        """Something else was done: it need not be read any longer."""
        if self.isVisible():
            self.hide()
