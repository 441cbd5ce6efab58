"""From the wish for a report to a PDF on the disk: asked, made, saved, shown where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from registry_app.domain.errors import Refused
from registry_app.domain.report import Kind
from registry_app.ui.background import Task, Working
from registry_app.ui.dialogs.report import ReportDialog
from registry_app.ui.frame import Fact, Strip
from registry_app.ui.look import Look
from registry_app.ui.places import ask_place, documents
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk
    from registry_app.services.reports import Report


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
        self._strip, self._working = strip, working

    def ask(self, subject_id: str, facts: Sequence[Fact]) -> None:
        """Ask what it is to be, then make it. `facts` say whom it is about."""
        dialog = ReportDialog(self._window, self._words, self._look, facts)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._make(subject_id, dialog)

    def _make(self, subject_id: str, chosen: ReportDialog) -> None:
        task = Task(self, self._work(subject_id, chosen))
        task.done.connect(self._save)
        task.failed.connect(self.refused)
        self._working.setVisible(True)
        task.ended.connect(lambda: self._working.setVisible(False))
        said = self._words("report_dialog.working")
        self._working.follow(task, said, may_cancel=False)
        task.start()

    def _work(self, subject_id: str, chosen: ReportDialog) -> Callable[[], Report]:
        """What the other thread does; it touches no widget."""
        desk, languages = self._desk, chosen.languages
        identifiable, draft = chosen.identifiable, chosen.draft

        def work() -> Report:
            from registry_app.services.reports import make_report

            return make_report(
                desk,
                Kind.PATIENT_SUMMARY,
                languages,
                subject_id=subject_id,
                identifiable=identifiable,
                draft=draft,
            )

        return work

    def _save(self, report: Report) -> None:
        """Ask where to; the name proposed is the report's number, never a person's."""
        words = self._words
        chosen = ask_place(
            self._window,
            words,
            words("report_dialog.save"),
            documents() / f"{report.number}.pdf",
            words("report_dialog.filter"),
        )
        if not chosen:
            self._strip.say("due", words("report_dialog.not-saved"))
            return
        try:
            Path(chosen).write_bytes(report.pdf)
        except OSError:
            self.refused.emit(Refused("report_dialog.cannot-write", file=chosen))
            return
        url = QUrl.fromLocalFile(chosen)
        self._strip.say(
            "done",
            words("report_dialog.saved", file=chosen),
            (words("report_dialog.open"), lambda: QDesktopServices.openUrl(url)),
        )
