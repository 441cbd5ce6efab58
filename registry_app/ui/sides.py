"""A main part and one beside it, for windows and text sizes of every width."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from registry_app.ui.look import Look

_ANY = 16_777_215


class Sides(QWidget):
    """`aside` is `width` pixels wide at 100 %; in less than `least` they do not fit.

    Then it goes below (`under`), or only one of the two is seen: `main`, until `enter`
    is called. turned(narrow): the room has become too narrow, or wide enough.
    """

    turned = Signal(bool)

    def __init__(
        self,
        look: Look,
        main: QWidget,
        aside: QWidget,
        width: int,
        least: int,
        *,
        under: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "inside")
        self._main, self._aside, self._under = main, aside, under
        self._width, self._least = look.px(width), look.px(least)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._box.addWidget(main, 1)
        self._box.addWidget(aside)
        self.setLayout(self._box)
        self.narrow = False
        self._turn()

    def _turn(self) -> None:
        way, narrow = QBoxLayout.Direction, self.narrow
        self._box.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._aside.setMinimumWidth(0 if narrow else self._width)
        self._aside.setMaximumWidth(_ANY if narrow else self._width)
        self._main.show()
        self._aside.setVisible(self._under or not narrow)

    def enter(self) -> None:
        """Where only one is seen: the one beside."""
        if self.narrow and not self._under:
            self._aside.show()
            self._main.hide()

    def leave(self) -> None:
        """Where only one is seen: the main one again."""
        if self.narrow and not self._under:
            self._main.show()
            self._aside.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may turn it."""
        super().resizeEvent(event)
        narrow = event.size().width() < self._least
        if narrow != self.narrow:
            self.narrow = narrow
            self._turn()
            self.turned.emit(narrow)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its parts are: it turns before it is cut."""
        hint = super().minimumSizeHint()
        least = max(p.minimumSizeHint().width() for p in (self._main, self._aside))
        return QSize(least, hint.height())
