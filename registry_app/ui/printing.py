"""From the wish for a report to a PDF on the disk: asked, made, saved, shown where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from registry_app.domain.handover import Outgoing
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.report import Kind
from registry_app.ui.background import Task, Working
from registry_app.ui.dialogs.report import ReportDialog
from registry_app.ui.frame import Fact, Strip
from registry_app.ui.look import Look
from registry_app.ui.outside import Outside
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk
    from registry_app.services.making import Report

T = TypeVar("T")


class Printing(QObject):
    """Makes reports for a window, off the GUI thread.

    refused(RegistryError): it could not be made or kept. `strip` says where it is, and
    `working` that it takes its time.
    """

    refused = Signal(object)

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        words: Words,
        look: Look,
        strip: Strip,
        working: Working,
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._words, self._look = window, desk, words, look
        self._working = working
        self._outside = Outside(window, desk, words, look, strip, self.refused.emit)

    def ask(
        self,
        subject_id: str,
        facts: Sequence[Fact],
        kind: Kind = Kind.PATIENT_SUMMARY,
    ) -> None:
        """Ask what it is to be, then make it. `facts` say whom it is about.

        `subject_id` is "" for a paper about the whole registry.
        """
        dialog = ReportDialog(self._window, self._words, self._look, facts, kind)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            work = self._work(kind, subject_id, dialog)
            self._start(work, self._save, "report_dialog.working")

    def ask_calendar(self) -> None:
        """Make the calendar of due dates, and ask where to keep it."""
        desk, language = self._desk, self._words.language

        def work() -> tuple[bytes, Outgoing]:
            from registry_app.services.calendar import calendar

            return calendar(desk, language)

        self._start(work, self._save_calendar, "report_dialog.calendar-working")

    def _start(
        self, work: Callable[[], T], then: Callable[[T], None], said: str
    ) -> None:
        task = Task(self, work)
        task.done.connect(then)
        task.failed.connect(self.refused)
        self._working.setVisible(True)
        task.ended.connect(lambda: self._working.setVisible(False))
        self._working.follow(task, self._words(said), may_cancel=False)
        task.start()

    def _work(
        self, kind: Kind, subject_id: str, chosen: ReportDialog
    ) -> Callable[[], tuple[Report, Outgoing]]:
        """What the other thread does; it touches no widget."""
        desk, languages = self._desk, chosen.languages
        identifiable, draft = chosen.identifiable, chosen.draft

        def work() -> tuple[Report, Outgoing]:
            from registry_app.services.outgoing import outgoing_paper
            from registry_app.services.reports import make_report

            report = make_report(
                desk,
                kind,
                languages,
                subject_id=subject_id,
                identifiable=identifiable,
                draft=draft,
            )
            told = (report.number, kind, subject_id)
            leaving = outgoing_paper(desk, *told, identifiable=identifiable)
            return report, leaving

        return work

    def _save(self, made: tuple[Report, Outgoing]) -> None:
        """Ask where to; the name proposed is the report's number, never a person's."""
        report, leaving = made
        self._outside.save(leaving, f"{report.number}.pdf", report.pdf, "report")

    def _save_calendar(self, made: tuple[bytes, Outgoing]) -> None:
        file, leaving = made
        day = day_in_japan(self._desk.clock())
        name = f"{self._desk.registry.site}-{day}.ics"
        self._outside.save(leaving, name, file, "calendar")
