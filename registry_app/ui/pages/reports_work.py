"""Makes a report in another thread; what is not wanted any more is stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from registry_app.ui.background import Task, Working
from registry_app.ui.pdf_pages import PdfPages
from registry_app.ui.undisturbed import set_aside, undisturbed
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk
    from registry_app.services.making import Report
    from registry_app.ui.pages.reports_options import Wish

Made = tuple["Report", PdfPages]


class _Stoppable(Task):
    """A preview that is cancelled is forgotten at once.

    What is issued may be filed already: it stops where it can, and says what became
    of it.
    """

    def __init__(
        self, parent: QObject, work: Callable[[], Any], stopped: Event, final: bool
    ) -> None:
        super().__init__(parent, work)
        self._stopped, self.final = stopped, final

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._stopped.set()
        if not self.final:
            super().cancel()


class Making(QObject):
    """previewed(wish, report, pages), issued(wish, report, pages): it is made.

    refused(RegistryError): it could not be, or it was stopped before it was filed.
    busy(on): whether a final report is being made, which one does not disturb.
    """

    previewed = Signal(object, object, object)
    issued = Signal(object, object, object)
    refused = Signal(object)
    busy = Signal(bool)

    def __init__(
        self, parent: QObject, desk: Desk, words: Words, working: Working
    ) -> None:
        super().__init__(parent)
        self._desk, self._words, self._working = desk, words, working
        self._task: _Stoppable | None = None

    @property
    def issues(self) -> bool:
        """Whether a final report is being made: only `stop` disturbs that."""
        return self._task is not None and self._task.final

    def start(self, wish: Wish, *, final: bool) -> None:
        """Make it; the preview that is being made is given up, a final report is not.

        F5, pressed while a report is issued, would otherwise cancel it.
        """
        if self.issues:
            return
        self.stop()
        stopped = Event()
        task = _Stoppable(self, self._work(wish, stopped, final), stopped, final)
        told = self.issued if final else self.previewed
        task.done.connect(lambda made: told.emit(wish, *made))
        task.failed.connect(self.refused)
        task.ended.connect(lambda: self._ended(task))
        self._task = task
        key = "issuing" if final else "making"
        self._working.follow(task, self._words(f"reports_page.{key}"))
        self.busy.emit(final)
        task.start()

    def stop(self) -> None:
        """Give up what is being made."""
        if self._task is not None:
            self._task.cancel()

    def _ended(self, task: _Stoppable) -> None:
        if self._task is task:
            self._task = None
            self.busy.emit(False)

    def _work(self, wish: Wish, stopped: Event, final: bool) -> Callable[[], Made]:
        """What the other thread does; it touches no widget."""
        desk = self._desk

        def asked() -> bool:
            set_aside()
            return stopped.is_set()

        def work() -> Made:
            from registry_app.services.reports import make_report

            with undisturbed():
                report = make_report(
                    desk,
                    wish.kind,
                    wish.languages,
                    subject_id=wish.subject_id,
                    about=wish.about,
                    period=wish.period,
                    identifiable=wish.identifiable,
                    draft=not final,
                    cut=None if wish.cut is None else wish.cut.seq,
                    stop=asked,
                )
                # The page needs no figures; they would be in memory as long as it.
                report = replace(report, figures={}, document=None)
                return report, PdfPages(report.pdf)

        return work
