"""What every dialog has: whom it is about, its fields, and two buttons."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from registry_app.ui.frame import Banner, Fact
from registry_app.ui.look import Look
from registry_app.ui.widgets import Inside, Item, button, column, label, row
from registry_app.words import Words

#: Title bar, banner, title and buttons, at 100 %: what the fields do not get.
_AROUND = 210


class _Snug(QScrollArea):
    """As large as what it holds, but never larger than the screen: then it scrolls."""

    def __init__(self, look: Look, inside: QWidget) -> None:
        super().__init__()
        self._look, self._inside = look, inside
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is inside takes the keys
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        program = QGuiApplication.instance()
        assert isinstance(program, QGuiApplication)
        program.focusObjectChanged.connect(self._reveal)

    def _reveal(self, now: QObject | None) -> None:
        """What takes the keys is seen, with the sentence below it."""
        if isinstance(now, QWidget) and self._inside.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, self._look.px(48))

    def sizeHint(self) -> QSize:
        """The room of the fields, and that of a scroll bar beside them."""
        asked = self._inside.sizeHint()
        screen = QGuiApplication.primaryScreen().availableGeometry().height()
        most = max(screen - self._look.px(_AROUND), self._look.px(120))
        return QSize(asked.width() + 14, min(asked.height(), most))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What it holds asks for other room: so does this."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its fields."""
        hint = self.sizeHint()
        narrow = self._inside.minimumSizeHint().width() + 14
        return QSize(narrow, min(hint.height(), self._look.px(120)))


class Dialog(QDialog):
    """Title, the patient's banner, what is asked; Enter goes on, Escape leaves.

    It opens as high as its fields ask for, and grows with them.
    """

    def __init__(
        self, parent: QWidget, words: Words, look: Look, facts: Sequence[Fact]
    ) -> None:
        super().__init__(parent)
        self.words, self.look = words, look
        self._banner = Banner(look)
        self._banner.show_facts(facts)
        self._banner.setVisible(bool(facts))

    def lay_out(self, title: str, go: str, *items: Item) -> None:
        """Put the fields between banner and buttons."""
        words, look = self.words, self.look
        self.setWindowTitle(title)
        self.go = button(look, go, "primary", self.accept)
        self.go.setDefault(True)
        self.stop = button(look, words("app.cancel"), "", self.reject)
        fields = Inside(column(*items, None, margins=(24, 0, 10, 0)))
        inside = column(
            row(label(look, title, role="title"), margins=(24, 0, 24, 0)),
            4,
            _Snug(look, fields),
            row(None, self.stop, self.go, margins=(24, 0, 24, 0)),
            margins=(0, 16, 0, 20),
        )
        inside.setStretch(2, 1)
        self.setLayout(column(self._banner, inside, gap=0))
        self.setTabOrder(self.go, self.stop)
        self.setMinimumWidth(look.px(520))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt itself would make no dialog higher than two thirds of the screen."""
        self._grow()
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        """Grow where a field is added, or a sentence."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
            room = QGuiApplication.primaryScreen().availableGeometry()
            above = self.frameGeometry().bottom() - room.bottom()
            if above > 0:
                self.move(self.x(), max(self.y() - above, room.top()))
        return done

    def _grow(self) -> None:
        """Never smaller than it is: nothing is to jump under one's hands."""
        room = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(self.size().expandedTo(self.sizeHint()).boundedTo(room.size()))
