"""The tabs of a page: arrow keys choose one, Enter or Down goes into what it shows."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QTabBar

from registry_app.ui import paint
from registry_app.ui.look import Look


class Tabs(QTabBar):
    """entered(): what the chosen tab shows is to take the keys."""

    entered = Signal()

    def __init__(self, look: Look, names: Sequence[str], name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFont(look.font())
        for words in names:
            self.addTab(words)
        # The chosen one is bolder, so the whole is as wide as it needs just now.
        self.currentChanged.connect(lambda _tab: self.updateGeometry())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Down goes in."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring shows that the keys go here."""
        super().paintEvent(event)
        if self.hasFocus():
            around = QRectF(self.tabRect(self.currentIndex())).adjusted(1, 1, -19, -3)
            with paint.painter(self) as p:
                paint.box(p, self._look, around, None, "accent", 3)
