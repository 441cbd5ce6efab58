"""One patient: the timeline above, and below what there is of it, by tabs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from registry_app.domain.figures.patient_summary import patient_summary
from registry_app.domain.signature import Signable
from registry_app.services.courses import contacts
from registry_app.services.forms import forms
from registry_app.services.safety import safety_cases, saturations
from registry_app.services.subjects import correct_subject
from registry_app.ui.changes import Changes
from registry_app.ui.charts import listen_for_tables
from registry_app.ui.dialogs.correct_patient import Corrected, CorrectPatientDialog
from registry_app.ui.dialogs.patient_then import PatientThenDialog
from registry_app.ui.easel import Easel
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.pages.patient_contacts import ContactsTab
from registry_app.ui.pages.patient_documents import DocumentsTab
from registry_app.ui.pages.patient_history import HistoryTab, history
from registry_app.ui.pages.patient_looks import HistoryAndLooks
from registry_app.ui.pages.patient_overview import Overview
from registry_app.ui.pages.patient_safety import SafetyTab
from registry_app.ui.pages.patient_timeline import TimelineCard
from registry_app.ui.pages.patient_treatment import TreatmentTab
from registry_app.ui.pages.patient_visits_tab import VisitsTab
from registry_app.ui.patient_facts import follows_spine, patient_facts
from registry_app.ui.patient_record import PatientRecord, read_record
from registry_app.ui.record_bar import RecordBar
from registry_app.ui.tabs import Tabs
from registry_app.ui.widgets import (
    Card,
    Inside,
    button,
    column,
    hand_keys,
    label,
    row,
    scrolled,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: The tabs in their order, by the keys of their names.
TABS = (
    "overview",
    "visits",
    "treatment",
    "safety",
    "documents",
    "contacts",
    "history",
)

#: Up to this text size, in hundredths, tabs and buttons stand side by side.
_SIDE_BY_SIDE = 125


class _Places(QStackedWidget):
    """As high as the tab that is shown, whatever the others need."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _tab: self.updateGeometry())

    def sizeHint(self) -> QSize:
        """That of the tab."""
        shown = self.currentWidget()
        return super().sizeHint() if shown is None else shown.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """That of the tab."""
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()


class PatientPage(Page):
    """Everything of one patient; it is read again when that patient changes.

    begin_exam(case ID, visit): an exam of that planned visit. print_card(case ID): the
    dates to hand over. new_case(case ID): ask for a safety case.
    """

    begin_exam = Signal(str, str)
    print_card = Signal(str)
    new_case = Signal(str)

    def __init__(
        self, desk: Desk, words: Words, look: Look, changes: Changes, subject_id: str
    ) -> None:
        super().__init__(desk, words, look, changes)
        self.subject_id = subject_id
        self.setWindowTitle(subject_id)
        self._record: PatientRecord | None = None
        self._easel = Easel(words, look)
        self._map_choice = self._view = ""
        self._above = QVBoxLayout()
        names = [words(f"patient.{name}") for name in TABS]
        self.tabs = Tabs(look, names, words("patient.tabs"))
        self._places = _Places()
        self._places.setMinimumHeight(look.px(300))
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
        called = words("signing.patient-of", id=subject_id)
        self.record = RecordBar(self, lambda: called)
        inside = column(
            *(self.record, self._above, head, self._places),
            gap=8,
            margins=(12, 8, 12, 12),
        )
        inside.setStretch(3, 1)
        self._whole = Inside(inside)
        self.setLayout(column(scrolled(self._whole), gap=0))
        self.tabs.currentChanged.connect(self._show_tab)
        self.tabs.entered.connect(self._enter_tab)
        changes.subject.connect(self._changed)
        changes.plan.connect(self.reload)
        listen_for_tables(self)
        self.reload()
        self.record.show_record(Signable.PATIENT, subject_id)
        hand_keys(self, self.tabs)

    def _changed(self, subject_id: str) -> None:
        if subject_id == self.subject_id:
            self.reload()

    def reload(self) -> None:
        """Read everything again; the tab and the choice of the map stay."""
        with self.asking():
            self._record = read_record(self.desk, self.subject_id)
        if self._record is None:
            return
        pack = self._record.protocol.pack
        self.new_button.setVisible(follows_spine(pack))
        count = len({exam.form_id for exam in self._record.case.exams})
        self.tabs.setTabText(
            TABS.index("visits"), self.words("patient.visits-count", count=count)
        )
        while (item := self._above.takeAt(0)) is not None:
            _drop(item.widget())
        above = TimelineCard(self.words, self._easel, self._record)
        above.opened.connect(self.open_exam)
        above.shown.connect(self.show_visit)
        self._above.addWidget(above)
        while (old := self._places.widget(0)) is not None:
            self._places.removeWidget(old)
            _drop(old)
        for _ in TABS:
            self._places.addWidget(QWidget())
        self._made: set[int] = set()
        self._show_tab(self.tabs.currentIndex())

    def _show_tab(self, number: int) -> None:
        """Make a tab when it is first looked at."""
        if self._record is None:
            return
        if number not in self._made:
            self._made.add(number)
            self._places.insertWidget(number, self._make(TABS[number], self._record))
            if (empty := self._places.widget(number + 1)) is not None:
                self._places.removeWidget(empty)
                _drop(empty)
        self._places.setCurrentIndex(number)
        # With less room than this the figures cannot be read: the page scrolls.
        wide = 980 if TABS[number] == "overview" else 640
        self._whole.setMinimumWidth(self.look.px(wide))

    def _make(self, name: str, record: PatientRecord) -> QWidget:
        """What one tab shows."""
        makers: dict[str, Callable[[PatientRecord], QWidget]] = {
            "overview": self._overview,
            "visits": self._visits,
            "treatment": self._treatment,
            "safety": self._safety,
            "documents": self._documents,
            "contacts": self._contacts,
            "history": self._history,
        }
        return makers[name](record)

    @property
    def tab(self) -> QWidget | None:
        """What the chosen tab shows."""
        return self._places.currentWidget()

    def _enter_tab(self) -> None:
        """The keys go to the first thing of the tab that takes them."""
        for child in self._places.findChildren(QWidget):
            if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                child.setFocus(Qt.FocusReason.TabFocusReason)
                return

    @property
    def facts(self) -> list[Fact]:
        """What dialogs say of the patient."""
        record = self._record
        if record is None:
            return []
        pack = record.protocol.pack
        return patient_facts(self.words, record.file, record.today, pack, record.case)

    def _overview(self, record: PatientRecord) -> QWidget:
        file = record.file
        if not file.exams:
            return self._nothing(record)
        made = Overview(
            self.words,
            self._easel,
            record,
            patient_summary(
                file.subject,
                file.identity,
                file.exams,
                windows=record.plan.windows,
                on=record.today,
            ),
            self._map_choice,
        )
        made.map_shown.connect(self._keep_map)
        made.opened.connect(self.open_exam)
        return made

    def _keep_map(self, choice: str) -> None:
        self._map_choice = choice

    def _visits(self, record: PatientRecord) -> QWidget:
        made = VisitsTab(
            self,
            record,
            self.facts,
            forms(self.desk, self.subject_id),
            self._view,
        )
        made.opened.connect(self.open_exam)
        made.begin.connect(lambda visit: self.begin_exam.emit(self.subject_id, visit))
        made.print_card.connect(lambda: self.print_card.emit(self.subject_id))
        made.viewed.connect(self._keep_view)
        made.saved.connect(self._saved)
        return made

    def show_visit(self, visit: str) -> None:
        """Go to the planned visit."""
        self._view = "planned"
        self.tabs.setCurrentIndex(TABS.index("visits"))
        shown = self._places.currentWidget()
        if isinstance(shown, VisitsTab):
            shown.show_visit(visit)

    def _keep_view(self, view: str) -> None:
        self._view = view

    def _treatment(self, record: PatientRecord) -> QWidget:
        made = TreatmentTab(self.desk, self.words, self.look, record, self.facts)
        made.saved.connect(self._saved)
        return made

    def _safety(self, record: PatientRecord) -> QWidget:
        case = self.subject_id
        cases = safety_cases(self.desk, subject_id=case)
        curves = saturations(self.desk, case)
        pack = record.protocol.pack
        made = SafetyTab(self.words, self._easel, pack, cases, curves)
        made.opened.connect(self.open_safety_case)
        made.new_case.connect(lambda: self.new_case.emit(case))
        return made

    def _documents(self, record: PatientRecord) -> QWidget:
        made = DocumentsTab(self.desk, self.words, self.look, record, self.facts)
        made.saved.connect(self._saved)
        return made

    def _contacts(self, record: PatientRecord) -> QWidget:
        made = ContactsTab(
            self.desk,
            self.words,
            self.look,
            record,
            self.facts,
            contacts(self.desk, self.subject_id),
        )
        made.saved.connect(self._saved)
        return made

    def _history(self, record: PatientRecord) -> QWidget:
        desk, words, look = self.desk, self.words, self.look
        changes = HistoryTab(words, look, record, history(desk, record))
        changes.as_of.connect(self.show_then)
        return HistoryAndLooks(desk, words, look, changes, self.subject_id)

    def show_then(self) -> None:
        """The patient as of one of the entries; nothing can be changed there."""
        told = (self.desk, self.words, self.look, self.subject_id)
        with self.asking():
            dialog = PatientThenDialog(self, *told)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _saved(self) -> None:
        """Something was recorded: everybody who shows this patient reads it again."""
        self.changes.subject.emit(self.subject_id)

    def _nothing(self, record: PatientRecord) -> QWidget:
        """One sentence what belongs here; the button for it stands above."""
        has_sheet = follows_spine(record.protocol.pack)
        key = "patient.no-exam" if has_sheet else "patient.no-sheet"
        said = label(self.look, self.words(key), "text2", wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = Card(self.look)
        card.body.addWidget(Inside(column(None, said, None)))
        return card

    def correct(self) -> None:
        """Ask what was wrong and why, and save it."""
        record = self._record
        if record is None:
            return

        def save(made: Corrected) -> None:
            correct_subject(self.desk, made.subject, made.reason, made.identity)

        asked = CorrectPatientDialog(
            self, self.words, self.look, self.facts, save, record
        )
        if asked.exec():
            self._saved()
        asked.deleteLater()


def _drop(widget: QWidget | None) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()
