"""One patient: the timeline above, and below what there is of it, by tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from registry_app.domain.figures.patient_summary import patient_summary
from registry_app.services.subjects import SubjectFile, correct_subject, open_subject
from registry_app.ui.changes import Changes
from registry_app.ui.charts import listen_for_tables
from registry_app.ui.dialogs.correct_patient import CorrectPatientDialog
from registry_app.ui.easel import Easel
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.pages.patient_exams import ExamsTable
from registry_app.ui.pages.patient_history import HistoryTab, history
from registry_app.ui.pages.patient_overview import Overview, TimelineCard
from registry_app.ui.tabs import Tabs
from registry_app.ui.widgets import Card, Inside, button, column, label, row, scrolled
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

_TABS = ("overview", "exams", "history")


class PatientPage(Page):
    """Everything of one patient; it is read again when that patient changes."""

    def __init__(
        self, desk: Desk, words: Words, look: Look, changes: Changes, subject_id: str
    ) -> None:
        super().__init__(desk, words, look, changes)
        self.subject_id = subject_id
        self.setWindowTitle(subject_id)
        self._file: SubjectFile | None = None
        self._easel = Easel(words, look)
        self._map_choice = ""
        self._above = QVBoxLayout()
        names = [words(f"patient.{name}") for name in _TABS]
        self.tabs = Tabs(look, names, words("patient.tabs"))
        self._places = QStackedWidget()
        self.new_button = button(
            look,
            words("patient.new-exam"),
            "primary",
            lambda: self.new_exam.emit(subject_id),
        )
        self.report_button = button(
            look,
            words("patient.report"),
            "",
            lambda: self.print_report.emit(subject_id),
        )
        correct = button(look, words("patient.correct"), "quiet", self.correct)
        head = row(self.tabs, None, correct, self.report_button, self.new_button)
        whole = Inside(
            column(self._above, head, self._places, gap=8, margins=(12, 8, 12, 12))
        )
        # With less room than this the figures cannot be read: the page scrolls.
        whole.setMinimumSize(look.px(980), look.px(440))
        self.setLayout(column(scrolled(whole), gap=0))
        self.tabs.currentChanged.connect(self._show_tab)
        self.tabs.entered.connect(self._enter_tab)
        changes.subject.connect(self._changed)
        listen_for_tables(self)
        self.reload()
        self.setFocusProxy(self.tabs)

    def _changed(self, subject_id: str) -> None:
        if subject_id == self.subject_id:
            self.reload()

    def reload(self) -> None:
        """Read everything again; the tab and the choice of the map stay."""
        with self.asking():
            self._file = open_subject(self.desk, self.subject_id)
        if self._file is None:
            return
        today = self.desk.clock().astimezone().date()
        count = len(self._file.exams)
        self.tabs.setTabText(1, self.words("patient.exams-count", count=count))
        while (item := self._above.takeAt(0)) is not None:
            _drop(item.widget())
        above = TimelineCard(self.words, self._easel, self._file, today)
        above.opened.connect(self.open_exam)
        self._above.addWidget(above)
        while (old := self._places.widget(0)) is not None:
            self._places.removeWidget(old)
            _drop(old)
        for _ in _TABS:
            self._places.addWidget(QWidget())
        self._made: set[int] = set()
        self._show_tab(self.tabs.currentIndex())

    def _show_tab(self, number: int) -> None:
        """Make a tab when it is first looked at."""
        if self._file is None:
            return
        if number not in self._made:
            self._made.add(number)
            make = (self._overview, self._exams, self._history)[number]
            self._places.insertWidget(number, make(self._file))
            if (empty := self._places.widget(number + 1)) is not None:
                self._places.removeWidget(empty)
                _drop(empty)
        self._places.setCurrentIndex(number)

    def _enter_tab(self) -> None:
        """The keys go to the first thing of the tab that takes them."""
        for child in self._places.findChildren(QWidget):
            if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                child.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _overview(self, file: SubjectFile) -> QWidget:
        if not file.exams:
            return self._nothing()
        made = Overview(
            self.words,
            self._easel,
            file,
            patient_summary(file.subject, file.identity, file.exams),
            self.desk.clock().astimezone().date(),
            self._map_choice,
        )
        made.map_shown.connect(self._keep_map)
        made.opened.connect(self.open_exam)
        return made

    def _keep_map(self, choice: str) -> None:
        self._map_choice = choice

    def _exams(self, file: SubjectFile) -> QWidget:
        if not file.exams:
            return self._nothing()
        table = ExamsTable(self.words, self.look, file.subject, file.exams)
        table.opened.connect(self.open_exam)
        card = Card(self.look)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(table)
        card.setFocusProxy(table)
        return card

    def _history(self, file: SubjectFile) -> QWidget:
        return HistoryTab(self.words, self.look, file, history(self.desk, file))

    def _nothing(self) -> QWidget:
        """One sentence what belongs here; the button for it stands above."""
        said = label(self.look, self.words("patient.no-exam"), "text2")
        card = Card(self.look)
        card.body.addWidget(Inside(column(None, row(None, said, None), None)))
        return card

    def correct(self) -> None:
        """Ask what was wrong and why, and save it."""
        if self._file is None:
            return
        today = self.desk.clock().astimezone().date()
        asked = CorrectPatientDialog(self, self.words, self.look, self._file, today)
        if asked.exec():
            self.save_correction(asked)
        asked.deleteLater()

    def save_correction(self, asked: CorrectPatientDialog) -> None:
        """Save what was accepted in the dialog."""
        with self.asking():
            correct_subject(self.desk, asked.subject, asked.reason, asked.identity)
            self.changes.subject.emit(self.subject_id)


def _drop(widget: QWidget | None) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()
