"""The end of a sitting: the window waits, and says for what, but is never frozen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QDialog, QWidget

from registry_app.ui.background import Task
from registry_app.ui.look import Look
from registry_app.ui.widgets import column, label
from registry_app.words import Words

T = TypeVar("T")


def waited_for(
    window: QWidget | None, words: Words, look: Look, work: Callable[[], T]
) -> T:
    """Do it in another thread; nothing else can be done in the window meanwhile."""
    loop = QEventLoop()
    found: list[T] = []
    raised: list[BaseException] = []

    def whole() -> None:
        try:
            found.append(work())
        except BaseException as error:
            raised.append(error)

    shade = QDialog(window, Qt.WindowType.FramelessWindowHint)
    shade.setModal(True)
    shade.setWindowTitle(words("backup.leaving"))
    said = label(look, words("backup.leaving"), role="title")
    more = label(look, words("backup.leaving-more"), "text2", wrap=True)
    shade.setLayout(column(said, more, margins=(24, 20, 24, 20)))
    shade.reject = lambda: None  # type: ignore[method-assign]
    task = Task(loop, whole)
    task.slow.connect(shade.show)
    task.done.connect(lambda _none: loop.quit())
    task.start()
    loop.exec()
    shade.hide()
    shade.deleteLater()
    if raised:
        raise raised[0]
    return found[0]
