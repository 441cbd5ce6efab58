"""Slow work off the GUI thread: Argon2, a PDF, a new registry.

    task = Task(self, lambda: sign_in(path, user, password))
    task.done.connect(self.signed_in)
    task.failed.connect(self.refused)
    task.start()

The signals come in the GUI thread. `failed` gives a RegistryError; any other exception
is raised again in the GUI thread, for the last resort (`ui/problems.py`).
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from registry_app.domain.errors import RegistryError
from registry_app.ui.look import Look
from registry_app.ui.widgets import button, label, row
from registry_app.words import Words

#: What takes longer than this says so (tokens.toml: motion.progress_after_ms).
PATIENCE_MS = 300


class Task(QObject):
    """One slow function. It is deleted with its parent, and then tells nobody."""

    done = Signal(object)
    failed = Signal(object)
    slow = Signal()
    #: Just before `done` or `failed`, or when it was cancelled.
    ended = Signal()
    _came = Signal(object, object)

    def __init__(self, parent: QObject, work: Callable[[], Any]) -> None:
        super().__init__(parent)
        self._work, self._cancelled = work, False
        self._came.connect(self._tell)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.slow)

    def start(self) -> None:
        """Begin in another thread."""
        self._patience.start()
        QThreadPool.globalInstance().start(_Job(self._work, self))

    def cancel(self) -> None:
        """Let its result be forgotten; the thread itself ends when it is through."""
        self._cancelled = True
        self._patience.stop()
        self.ended.emit()

    def came(self, result: object, error: BaseException | None) -> None:
        """Hand the outcome over; called in the other thread."""
        try:
            self._came.emit(result, error)
        except RuntimeError:  # the window has been closed meanwhile
            return

    def _tell(self, result: object, error: BaseException | None) -> None:
        if self._cancelled:
            return
        self._patience.stop()
        self.ended.emit()
        if error is None:
            self.done.emit(result)
        elif isinstance(error, RegistryError):
            self.failed.emit(error)
        else:
            raise error


class _Job(QRunnable):
    def __init__(self, work: Callable[[], Any], task: Task) -> None:
        super().__init__()
        self._work, self._task = work, task

    def run(self) -> None:
        try:
            result = self._work()
        except BaseException as error:
            self._task.came(None, error)
        else:
            self._task.came(result, None)


class Working(QWidget):
    """A bar with words, in the foot of a page, while a slow task runs.

    It keeps its room, so that nothing moves; `Cancel` is there if the task may end.
    """

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._task: Task | None = None
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(look.px(120))
        self._said = label(look, "", "text2", "caption")
        self._cancel = button(look, words("app.cancel"), "small", self._stop)
        self.setLayout(row(self._bar, self._said, self._cancel, None, gap=12))
        self.setFixedHeight(look.px(28))
        self._show(False)

    def follow(self, task: Task, words: str, may_cancel: bool = True) -> None:
        """Show these words if the task takes longer than one is patient."""
        self._task = task
        self._bar.setRange(0, 0)
        self._said.setText(words)
        task.slow.connect(lambda: self._show(True, may_cancel))
        task.ended.connect(lambda: self._show(False))

    def reach(self, share: float) -> None:
        """How far it is, from 0 to 1, where that is known."""
        self._bar.setRange(0, 100)
        self._bar.setValue(round(share * 100))

    def _show(self, on: bool, may_cancel: bool = False) -> None:
        self._bar.setVisible(on)
        self._said.setVisible(on)
        self._cancel.setVisible(on and may_cancel)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
