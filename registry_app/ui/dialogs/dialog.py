"""What every dialog has: whom it is about, its fields, and two buttons."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QScrollArea, QWidget

from registry_app.ui.dialogs.keeping import Leaving, Offer
from registry_app.ui.frame import Banner, Fact
from registry_app.ui.look import Look
from registry_app.ui.widgets import Inside, Item, button, column, label, row
from registry_app.words import Words

#: Title bar, banner, title and buttons, at 100 %: what the fields do not get.
_AROUND = 210
#: Right of the fields, which end where the buttons do; a scroll bar stands in it.
_BESIDE, _BAR = 24, 12


class _Snug(QScrollArea):
    """As large as what it holds, but never larger than the screen: then it scrolls."""

    def __init__(self, look: Look, fields: QLayout) -> None:
        super().__init__()
        self._look, self._fields, self._inside = look, fields, Inside(fields)
        self._make_room(0, 0)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is inside takes the keys
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._inside)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)
        program = QGuiApplication.instance()
        assert isinstance(program, QGuiApplication)
        program.focusObjectChanged.connect(self._reveal)

    def _reveal(self, now: QObject | None) -> None:
        """What takes the keys is seen, with the sentence below it."""
        if isinstance(now, QWidget) and self._inside.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, self._look.px(48))

    def _make_room(self, _least: int, most: int) -> None:
        """For a scroll bar, where there is one: the fields stay as wide."""
        self._fields.setContentsMargins(24, 0, _BESIDE - (_BAR if most else 0), 0)

    def sizeHint(self) -> QSize:
        """The room of the fields."""
        asked = self._inside.sizeHint()
        screen = QGuiApplication.primaryScreen().availableGeometry().height()
        most = max(screen - self._look.px(_AROUND), self._look.px(120))
        return QSize(asked.width() + self._bar, min(asked.height(), most))

    @property
    def _bar(self) -> int:
        """What a scroll bar takes."""
        return _BESIDE - self._fields.contentsMargins().right()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What it holds asks for other room: so does this."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its fields."""
        hint = self.sizeHint()
        narrow = self._inside.minimumSizeHint().width() + self._bar
        return QSize(narrow, min(hint.height(), self._look.px(120)))


class Keeping(Protocol):
    """Who keeps drafts: the window has it as `keeper`."""

    def follow(self, dialog: "Dialog") -> None:
        """The dialog has come up."""


class Dialog(QDialog):
    """Title, the patient's banner, what is asked; Enter goes on, Escape leaves.

    It opens as high as its fields ask for, and grows with them. What is typed in it is
    kept as a draft, where somebody keeps it (ui/keeper.py), unless it says otherwise.
    """

    #: Whether what is typed in it may wait as a draft.
    keeps = True

    def __init__(
        self, parent: QWidget, words: Words, look: Look, facts: Sequence[Fact]
    ) -> None:
        super().__init__(parent)
        self.words, self.look = words, look
        self._banner = Banner(look)
        self._banner.show_facts(facts)
        self._banner.setVisible(bool(facts))
        #: Whether something was typed that would be lost; None: nobody keeps drafts.
        self.unsaved: Callable[[], bool] | None = None
        #: The person left, and what was typed is to wait for them.
        self.left_a_draft = False

    @property
    def record_id(self) -> str:
        """The identity of the record that it is about; "" for a new one."""
        known = getattr(self, "known", None)
        return str(getattr(known, "id", ""))

    def lay_out(self, title: str, go: str, *items: Item) -> None:
        """Put the fields between banner and buttons."""
        words, look = self.words, self.look
        self.setWindowTitle(title)
        self.go = button(look, go, "primary", self.accept)
        self.go.setDefault(True)
        self.stop = button(look, words("app.cancel"), "", self.leave)
        self._buttons = Inside(row(None, self.stop, self.go))
        self._leaving = Leaving(
            words,
            look,
            keep=self._leave_a_draft,
            drop=self.reject,
            back=lambda: self._ask_to_leave(False),
        )
        self._above = column(gap=0, margins=(24, 0, 24, 0))
        fields = column(*items, None)
        inside = column(
            row(label(look, title, role="title"), margins=(24, 0, 24, 0)),
            4,
            self._above,
            _Snug(look, fields),
            column(self._buttons, self._leaving, gap=0, margins=(24, 0, 24, 0)),
            margins=(0, 16, 0, 20),
        )
        inside.setStretch(3, 1)
        self.setLayout(column(self._banner, inside, gap=0))
        self.setTabOrder(self.go, self.stop)
        self.setMinimumWidth(look.px(520))

    def offer(self, offer: Offer) -> None:
        """Show above the fields that a draft waits for them."""
        self._above.addWidget(offer)

    def leave(self) -> None:
        """Close without saving; where something would be lost, ask first."""
        if self.unsaved is not None and self.unsaved():
            self._ask_to_leave(True)
        else:
            self.reject()

    def _ask_to_leave(self, asks: bool) -> None:
        """Or go back to the fields."""
        if asks:
            self._asked_at = self.focusWidget()
        self._buttons.setVisible(not asks)
        self._leaving.setVisible(asks)
        (self._leaving.keep if asks else self.go).setDefault(True)
        at = self._leaving.keep if asks else self._asked_at
        if at is not None:
            at.setFocus()

    def _leave_a_draft(self) -> None:
        self.left_a_draft = True
        self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; a second time it goes back to the fields."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.layout() is not None and self._leaving.isVisible():
            self._ask_to_leave(False)
        else:
            self.leave()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own button asks, too."""
        if self.isVisible() and self.unsaved is not None and self.unsaved():
            event.ignore()
            self._ask_to_leave(True)
        else:
            super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt itself would make no dialog higher than two thirds of the screen."""
        self._grow()
        super().showEvent(event)
        keeper = self._keeper()
        if self.keeps and keeper is not None:
            keeper.follow(self)

    def _keeper(self) -> Keeping | None:
        """That of the window which it belongs to."""
        above = self.parentWidget()
        while above is not None:
            found: Keeping | None = getattr(above, "keeper", None)
            if found is not None:
                return found
            above = above.parentWidget()
        return None

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
