"""From the wish for a report to a PDF on the disk: asked, made, saved, shown where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog

from registry_app.domain.errors import Refused
from registry_app.ui.background import Task
from registry_app.ui.dialogs.report import ReportDialog
from registry_app.ui.places import documents

if TYPE_CHECKING:
    from registry_app.services.reports import Report
    from registry_app.ui.main_window import MainWindow


class Printing(QObject):
    """Makes reports for the window, off the GUI thread."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def ask(self, subject_id: str) -> None:
        """Ask what it is to be, then make it."""
        window = self._window
        if not subject_id or not window.page.may_close():
            return
        dialog = ReportDialog(window, window.words, window.look, window.facts())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._make(subject_id, dialog)

    def _make(self, subject_id: str, chosen: ReportDialog) -> None:
        desk, languages = self._window.desk, chosen.languages
        identifiable, draft = chosen.identifiable, chosen.draft

        def work() -> Report:
            from registry_app.services.reports import patient_summary

            return patient_summary(
                desk, subject_id, languages, identifiable=identifiable, draft=draft
            )

        task = Task(self, work)
        task.done.connect(self._save)
        task.failed.connect(self._window.refuse)
        working = self._window.working
        working.setVisible(True)
        task.ended.connect(lambda: working.setVisible(False))
        words = self._window.words("report_dialog.working")
        working.follow(task, words, may_cancel=False)
        task.start()

    def _save(self, report: Report) -> None:
        """Ask where to; the name proposed is the report's number, never a person's."""
        window, words = self._window, self._window.words
        start = str(documents() / f"{report.number}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(
            window, words("report_dialog.save"), start, words("report_dialog.filter")
        )
        if not chosen:
            window.strip.say("due", words("report_dialog.not-saved"))
            return
        try:
            Path(chosen).write_bytes(report.pdf)
        except OSError:
            window.refuse(Refused("report_dialog.cannot-write", file=chosen))
            return
        url = QUrl.fromLocalFile(chosen)
        window.strip.say(
            "done",
            words("report_dialog.saved", file=chosen),
            (words("report_dialog.open"), lambda: QDesktopServices.openUrl(url)),
        )
