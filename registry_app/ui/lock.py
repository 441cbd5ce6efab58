"""The lock of the screen: all windows are covered at once, and come back as they were.

Dialogs stay open below it: what was typed in them stays, and nothing of it is seen,
read by a screen reader or reached by a key. It comes with Ctrl+L, and by itself when
nobody has touched key or mouse for as long as the registry's policy says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMainWindow,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from registry_app.domain.dates import TOKYO
from registry_app.domain.errors import RegistryError
from registry_app.services.identity import come_back
from registry_app.services.policy import policy
from registry_app.services.second_factor import has_second_factor
from registry_app.ui.background import Task, Working
from registry_app.ui.inputs import Field, Line
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.start.emblem import Sheet, centred, heading
from registry_app.ui.widgets import button, column, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: What says that somebody is there.
_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)
_HEIGHT: Final = 420


class LockView(QDialog):
    """What is seen of a locked program: whose it is, since when, and the way back.

    unlocked(): the password was right. other(): somebody else wants to sign in.
    """

    unlocked = Signal()
    other = Signal()

    def __init__(
        self, parent: QWidget, desk: Desk, words: Words, look: Look, since: datetime
    ) -> None:
        super().__init__(parent)
        self._desk, self._words = desk, words
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowTitle(words("lock.title"))
        self.setProperty("kind", "page")
        name = words("signin.password")
        self.password = Line(look, name, secret=True)
        self._field = Field(look, name, self.password)
        name = words("lock.code")
        self.code = Line(look, name, plain=True)
        self._code = Field(look, name, self.code)
        self._code.setVisible(has_second_factor(desk))
        self.go = button(look, words("lock.go"), "primary", self._try)
        self.go.setDefault(True)
        self.another = button(look, words("lock.other"), "quiet", self._leave)
        self.another.setAutoDefault(False)
        self._working = Working(words, look)
        at = words("lock.since", time=since.astimezone(TOKYO).strftime("%H:%M"))
        form = column(
            heading(look, words("lock.title")),
            6,
            label(look, desk.person.display_name, weight=MEDIUM, wrap=True),
            label(look, at, "text2", "caption", wrap=True),
            6,
            self._field,
            self._code,
            self.go,
            self._working,
            None,
            label(look, words("lock.draft"), "text3", "caption", wrap=True),
            row(self.another, None),
            gap=4,
        )
        site = label(look, desk.registry.site, "text2", wrap=True)
        file = label(look, desk.path.name, "text2", wrap=True)
        about = column(site, file, None, gap=2)
        self.setLayout(centred(Sheet(words, look, about, form, _HEIGHT)))

    def showEvent(self, event: QShowEvent) -> None:
        """The password is what is asked for."""
        super().showEvent(event)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads nowhere."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """It ends by the password alone, or with somebody else."""
        event.ignore()

    def reject(self) -> None:
        """Neither does it end by being refused."""

    def _leave(self) -> None:
        self.other.emit()

    def _try(self) -> None:
        """Off the GUI thread: checking a password takes a third of a second."""
        secret, code = self.password.text(), self.code.text()
        if not secret or not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        for field in (self._field, self._code):
            field.set_problem("")
        task = Task(self, lambda: come_back(self._desk, secret, code))
        task.done.connect(lambda _: self.unlocked.emit())
        task.failed.connect(self._refused)
        task.ended.connect(lambda: self.go.setEnabled(True))
        self._working.follow(task, self._words("signin.working"), may_cancel=False)
        task.start()

    def _refused(self, refusal: RegistryError) -> None:
        of_code = refusal.message.key in ("storage.code-needed", "storage.wrong-code")
        field, line = (
            (self._code, self.code) if of_code else (self._field, self.password)
        )
        field.set_problem(self._words.say(refusal.message))
        line.selectAll()
        line.setFocus()


@dataclass(frozen=True)
class _Covered:
    """A window as it was before it was covered."""

    window: QWidget
    title: str
    shown: tuple[QWidget, ...]
    place: QRect


class Lock(QObject):
    """Covers every window of the program, and uncovers them.

    locking(): before anything is covered, to keep what is being typed. taken_over():
    another person is to sign in.
    """

    locking = Signal()
    taken_over = Signal()

    def __init__(
        self, window: QMainWindow, desk: Desk, words: Words, look: Look
    ) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._words, self._look = words, look
        self.view: LockView | None = None
        self._covered: list[_Covered] = []
        self._focus: QWidget | None = None
        self._chosen: tuple[int, int] | None = None
        self._copied = False
        _qt().clipboard().dataChanged.connect(self._note_copied)
        #: Runs out when nobody has touched anything for long enough.
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.setInterval(policy(desk).idle_minutes * 60_000)
        self.idle.timeout.connect(self.lock)
        self.idle.start()
        _qt().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is there: begin to wait anew. While locked, cover what comes up."""
        kind = event.type()
        if self.view is None:
            if kind in _TOUCHES:
                self.idle.start()
            if kind == QEvent.Type.KeyPress and _locks(event):
                self.lock()
                return True
        elif (
            kind in (QEvent.Type.Show, QEvent.Type.WindowActivate)
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self.view
        ):
            if kind == QEvent.Type.Show:
                self._cover(watched)
                QTimer.singleShot(0, self, self._come_up)
            else:  # another window was still to be given the keys
                QTimer.singleShot(0, self, self._take_keys)
        return False

    def lock(self) -> None:
        """Cover everything, at once."""
        if self.view is not None:
            return
        self.idle.stop()
        self._note_focus()
        self.locking.emit()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        if self._copied:
            _qt().clipboard().clear()
        now = self._desk.clock()
        self.view = LockView(self._window, self._desk, self._words, self._look, now)
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._cover(window)
        self.view.unlocked.connect(self.unlock)
        self.view.other.connect(self._hand_over)
        self.view.setGeometry(self._window.geometry())
        self._come_up()

    def unlock(self) -> None:
        """Everything is as it was, the keys where they were."""
        if self.view is None:
            return
        view, self.view = self.view, None
        for one in reversed(self._covered):
            _uncover(one)
        self._covered = []
        view.hide()
        view.destroyed.connect(self._keys_went_astray)
        view.deleteLater()
        self._give_focus()
        self.idle.start()

    def _hand_over(self) -> None:
        """What is covered is never seen again; what comes now is somebody else's."""
        _qt().removeEventFilter(self)
        self.view = None
        self.taken_over.emit()

    def _note_copied(self) -> None:
        """What is copied while the program has the keys is its own."""
        active = Qt.ApplicationState.ApplicationActive
        self._copied = _qt().applicationState() == active

    def _note_focus(self) -> None:
        """Where the keys are; a line forgets what is chosen in it when they leave."""
        self._focus, self._chosen = QApplication.focusWidget(), None
        if isinstance(self._focus, QLineEdit):
            length = len(self._focus.selectedText())
            start = self._focus.selectionStart() if length else -1
            at = start if length else self._focus.cursorPosition()
            self._chosen = at, length

    def _give_focus(self) -> None:
        """The keys, to where they were; unless it is locked again."""
        focus = self._focus
        if self.view is not None or focus is None or not isValid(focus):
            return
        focus.window().activateWindow()
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(focus, QLineEdit) and self._chosen is not None:
            focus.setSelection(*self._chosen)
            if not self._chosen[1]:
                focus.setCursorPosition(self._chosen[0])

    def _keys_went_astray(self) -> None:
        """The window system may give them to another window as the lock goes."""
        focus = self._focus
        if self.view is None and focus is not None and isValid(focus):
            if not focus.hasFocus():
                self._give_focus()
            self._focus = None

    def _come_up(self) -> None:
        """On top of whatever came up meanwhile, and alone with the keys.

        Only a newer dialog that would keep the keys is a reason to hide first: a key of
        the password that is typed just then is lost.
        """
        if self.view is not None:
            if QApplication.activeModalWidget() is not self.view:
                self.view.hide()
            self.view.show()
            self.view.raise_()
            self._take_keys()

    def _take_keys(self) -> None:
        """Nothing but the lock has them."""
        if self.view is not None and not self.view.isActiveWindow():
            self.view.activateWindow()

    def _cover(self, window: QWidget) -> None:
        """Nothing of a window is shown, but that it is there.

        What it holds is hidden and not the window itself: a dialog that is hidden ends.
        """
        if isinstance(window, QFileDialog):  # names of files, and nothing typed
            QTimer.singleShot(0, window, window.reject)
        inside = (
            child
            for child in window.children()
            if isinstance(child, QWidget) and not child.isWindow()
        )
        shown = tuple(child for child in inside if not child.isHidden())
        kept = _Covered(window, window.windowTitle(), shown, window.geometry())
        self._covered.append(kept)
        for child in shown:
            child.hide()
        window.setWindowTitle(self._words("app.title"))


def _locks(event: QEvent) -> bool:
    """Ctrl+L, in a dialog too: the command of the window below is not reached there."""
    return (
        isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_L
        and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    )


def _uncover(one: _Covered) -> None:
    if not isValid(one.window):
        return
    for child in one.shown:
        if isValid(child):
            child.show()
    one.window.setWindowTitle(one.title)
    if not one.window.isMaximized() and not one.window.isFullScreen():
        one.window.setGeometry(one.place)


def _qt() -> QApplication:
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    return qt
