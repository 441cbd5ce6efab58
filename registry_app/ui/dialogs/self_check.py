"""Help → Self-check: how program, file, backups and computer are; copied or printed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from registry_app.domain.checkup import CheckItem, Health, worst
from registry_app.services.self_check import self_check
from registry_app.ui.background import Task, Working
from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.frame import Strip
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.notice import Notice
from registry_app.ui.widgets import Glyph, Inside, button, column, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: The shape of each state (ui/paint.py).
STATUS: Final = {Health.GOOD: "done", Health.LOOK: "due", Health.WRONG: "overdue"}


class _Left(Exception):
    """The dialog was left meanwhile."""


class SelfCheckDialog(Dialog):
    """Begins by itself. checked(): it is through, and shown."""

    keeps = False
    checked = Signal()
    _share = Signal(float)

    def __init__(self, parent: QWidget, desk: Desk, words: Words, look: Look) -> None:
        super().__init__(parent, words, look, [])
        self._desk, self._left = desk, threading.Event()
        self.items: tuple[CheckItem, ...] = ()
        self._list = column(gap=6)
        self.strip = Strip(words, look)
        self._working = Working(words, look)
        self._share.connect(self._working.reach)
        self._copy = button(look, words("self_check.copy"), "", self.copy)
        self._print = button(look, words("self_check.print"), "", self.print)
        for one in (self._copy, self._print):
            one.setEnabled(False)
        self.lay_out(
            words("self_check.title"),
            words("self_check.again"),
            label(look, words("self_check.what"), "text2", wrap=True),
            4,
            Inside(self._list),
            self.strip,
            self._working,
            row(self._copy, self._print, None),
        )
        self.setMinimumWidth(look.px(720))
        self.finished.connect(self._left.set)
        self.stop.setText(words("app.close"))
        self.accept()

    def accept(self) -> None:
        """Check, in another thread; the dialog stays."""
        for one in (self.go, self._copy, self._print):
            one.setEnabled(False)

        def going(share: float) -> None:
            if self._left.is_set():
                raise _Left
            self._share.emit(share)

        def work() -> tuple[CheckItem, ...]:
            try:
                return self_check(self._desk, going)
            except _Left:
                return ()

        task = Task(self, work)
        task.done.connect(self._show)
        task.failed.connect(
            lambda refusal: self.strip.say("overdue", self.words.say(refusal.message))
        )
        task.ended.connect(lambda: self.go.setEnabled(True))
        self._working.follow(task, self.words("self_check.working"), may_cancel=False)
        task.start()

    def _show(self, items: tuple[CheckItem, ...]) -> None:
        self.items, words, look = items, self.words, self.look
        while (old := self._list.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        if not items:
            return
        health = worst(items)
        whole = Notice(look, STATUS[health], words(f"self_check.all-{health}"))
        self._list.addWidget(whole)
        for item in items:
            self._list.addWidget(self._line(item))
        for one in (self._copy, self._print):
            one.setEnabled(True)
        self.checked.emit()

    def _line(self, item: CheckItem) -> QWidget:
        words, look = self.words, self.look
        name = label(look, words.say(item.title), weight=MEDIUM)
        name.setFixedWidth(look.px(120))
        glyph = Glyph(look, STATUS[item.health])
        glyph.setToolTip(words.say(item.health.told))
        glyph.setAccessibleName(words.say(item.health.told))
        said = column(
            *(label(look, words.say(one), wrap=True) for one in item.said), gap=0
        )
        line = row(glyph, name, said, gap=8)
        line.setStretch(2, 1)
        return Inside(line)

    def text(self) -> str:
        """All of it as lines of text."""
        words = self.words
        lines = [words("self_check.title")]
        for item in self.items:
            state = words.say(item.health.told)
            lines.append(f"{words.say(item.title)}: {state}")
            lines += [f"    {words.say(one)}" for one in item.said]
        return "\n".join(lines) + "\n"

    def copy(self) -> None:
        """To the clipboard; there is nothing of any patient in it."""
        QGuiApplication.clipboard().setText(self.text())
        self.strip.say("done", self.words("self_check.copied"))

    def print(self) -> None:
        """One page, by the printer that somebody chooses."""
        from PySide6.QtGui import QTextDocument
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            page = QTextDocument(self.text())
            page.setDefaultFont(self.look.font("body"))
            page.print_(printer)
