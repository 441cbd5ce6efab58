"""What goes wrong, told once and in one place.

A `RegistryError` is a sentence: a page shows it inline or lets the window's strip say
it (`Page.asking`). Any other exception is a bug: logged, and shown in one dialog with
a report that can be copied. Neither the log nor the report holds a value of a patient:
they name where it happened, never what was worked on.
"""

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from registry_app.domain.errors import RegistryError
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import button, column, label, row
from registry_app.words import Words

log = logging.getLogger("registry_app")


def start_log(folder: Path) -> None:
    """Keep what is logged, a megabyte at most and three before it.

    A place that cannot be written keeps nobody from working: the log then goes to
    standard error.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = RotatingFileHandler(
            folder / "registry-app.log",
            maxBytes=1_000_000,
            backupCount=3,
            encoding="utf-8",
        )
    except OSError:
        return
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(file)


def bug_report(error: BaseException) -> str:
    """Where a bug happened and on what: file, line, function, kind of exception.

    The exception's own text is left out, for it may quote what was typed.
    """
    lines = [
        f"{type(error).__name__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
    ]
    for frame in traceback.extract_tb(error.__traceback__):
        file = frame.filename.replace("\\", "/").split("/registry_app/")[-1]
        lines.append(
            f"  {file.rsplit('/site-packages/')[-1]}:{frame.lineno} {frame.name}"
        )
    return "\n".join(lines)


class BugDialog(QDialog):
    """Says that the program made a mistake, and offers the report of it."""

    def __init__(self, words: Words, look: Look, report: str) -> None:
        super().__init__()
        self.setWindowTitle(words("app.bug-title"))
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName(words("app.bug-report"))
        text.setFont(look.font("caption"))
        close = button(look, words("app.close"), "primary", self.accept)
        copy = button(look, words("app.bug-copy"), "", lambda: _copy(report))
        self.setLayout(
            column(
                label(look, words("app.bug-what"), weight=MEDIUM),
                label(look, words("app.bug-do"), "text2", wrap=True),
                text,
                row(None, copy, close),
                gap=12,
                margins=(24, 24, 24, 24),
            )
        )
        self.resize(look.px(560), look.px(360))
        close.setFocus()


def _copy(text: str) -> None:
    QApplication.clipboard().setText(text)


class Problems(QObject):
    """Takes what nobody caught, from the GUI thread and others (`sys.excepthook`)."""

    _met = Signal(object)

    def __init__(
        self, show_bug: Callable[[str], None], say: Callable[[RegistryError], None]
    ) -> None:
        super().__init__()
        self._show_bug, self._say, self._showing = show_bug, say, False
        self._met.connect(self._tell)

    def install(self) -> None:
        """Become the last resort of this process."""
        sys.excepthook = self._hook

    def _hook(
        self,
        _kind: type[BaseException],
        error: BaseException,
        _where: TracebackType | None,
    ) -> None:
        self._met.emit(error)

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, RegistryError):
            self._say(error)
            return
        report = bug_report(error)
        log.error("bug: %s", report)
        if not self._showing:  # one dialog, not one for each repaint
            self._showing = True
            try:
                self._show_bug(report)
            finally:
                self._showing = False
