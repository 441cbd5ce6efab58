"""The visits of one patient: what is planned, every exam, every other form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QWidget

from registry_app.domain.plan.pack import FormPlan
from registry_app.domain.signature import Signable
from registry_app.domain.visit import ISNCSCI
from registry_app.services.forms import FormEntry, correct_form, record_form
from registry_app.ui.dialogs.form import Filled, FormDialog
from registry_app.ui.dialogs.visit_fields import occasions
from registry_app.ui.frame import Fact
from registry_app.ui.page import Page
from registry_app.ui.pages.patient_exams import ExamsTable, FormsTable
from registry_app.ui.pages.patient_terms import visit_name
from registry_app.ui.pages.patient_visits import PlannedVisits
from registry_app.ui.patient_facts import follows_spine
from registry_app.ui.patient_record import PatientRecord
from registry_app.ui.record_bar import RecordBar
from registry_app.ui.widgets import Card, Inside, Segments, button, column, row


class VisitsTab(QWidget):
    """opened(form ID): that sheet; begin(visit): an exam of it; saved(): a form.

    print_card(): the dates to hand over. `view` is kept by the page.
    """

    opened = Signal(str)
    begin = Signal(str)
    saved = Signal()
    print_card = Signal()
    viewed = Signal(str)

    def __init__(
        self,
        page: Page,
        record: PatientRecord,
        facts: Sequence[Fact],
        entries: tuple[FormEntry, ...],
        view: str,
    ) -> None:
        super().__init__()
        words, look = page.words, page.look
        self._page, self._desk, self._words, self._look = page, page.desk, words, look
        self._record, self._facts = record, facts
        self._entries = {entry.form.id: entry for entry in entries}
        plans = [plan for plan in record.protocol.pack.forms if plan.items]
        choices = [("planned", words("patient.view-planned"))]
        if follows_spine(record.protocol.pack) or record.file.exams:
            count = len(record.file.exams)
            choices.append(("exams", words("patient.view-exams", count=count)))
        if plans or entries:
            choices.append(("forms", words("patient.view-forms", count=len(entries))))
        self.views = Segments(look, choices, words("patient.view"))
        self._places = QStackedWidget()
        self.planned = PlannedVisits(page, record)
        self.planned.opened.connect(self.opened)
        self.planned.begin.connect(self._begin)
        self.exams = ExamsTable(words, look, record)
        self.exams.opened.connect(self.opened)
        self.forms = FormsTable(words, look, record, entries)
        self.forms.opened.connect(self.correct)
        self._names = [name for name, _said in choices]
        for name, place in (
            ("planned", self.planned),
            ("exams", self._with_record(self.exams)),
            ("forms", self._with_record(self.forms)),
        ):
            if name in self._names:
                self._places.addWidget(place)
        self.views.chosen.connect(self._view)
        card = button(look, words("patient.print-card"), "small", self.print_card.emit)
        card.setVisible(bool(record.plan.windows))
        self.form_button = self._form_button(plans)
        head = row(self.views, None, self.form_button, card)
        whole = column(head, self._places)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        at = view if view in self._names else "planned"
        if not record.protocol.pack.visits and view not in self._names:
            at = self._names[-1]
        self.views.choose(at)
        self._places.setCurrentIndex(self._names.index(at))
        self.setFocusProxy(self.views)

    def show_visit(self, visit: str) -> None:
        """Choose a planned visit."""
        self.views.choose("planned")
        self._view("planned")
        self.planned.choose(visit)

    def _with_record(self, table: ExamsTable | FormsTable) -> QWidget:
        """The table, and under it how far the chosen form can be trusted."""
        card = Card(self._look)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(table)
        bar = RecordBar(self._page, lambda: self._called(table.chosen))

        def show() -> None:
            if form := table.chosen:
                bar.show_record(Signable.FORM, form)

        table.selectionModel().currentRowChanged.connect(lambda *_rows: show())
        show()
        both = column(card, bar)
        both.setStretch(0, 1)
        return Inside(both)

    def _called(self, form_id: str) -> str:
        """What a form is called where it is signed."""
        words, file = self._words, self._record.file
        told = {"id": file.subject.id}
        if form_id in self._entries:
            entry = self._entries[form_id]
            name = words.say(entry.plan.name) if entry.plan else entry.form.instrument
            day = entry.form.date.isoformat()
            return words("signing.form-of", form=name, day=day, **told)
        exam = next(one for one in file.exams if one.form.id == form_id)
        visit = visit_name(words, self._record, exam.visit.code)
        day = exam.form.date.isoformat()
        return words("signing.exam-of", visit=visit, day=day, **told)

    def _view(self, name: str) -> None:
        if name:
            self._places.setCurrentIndex(self._names.index(name))
            self.viewed.emit(name)

    def _form_button(self, plans: Sequence[FormPlan]) -> QPushButton:
        """A menu of the forms that the pack declares."""
        words, look = self._words, self._look
        made = button(look, words("patient.new-form"), "small")
        menu = QMenu(made)
        for plan in plans:
            item = menu.addAction(words.say(plan.name))
            item.triggered.connect(lambda _on, p=plan: self.record(p))
        made.setMenu(menu)
        made.setVisible(bool(plans))
        return made

    def _begin(self, visit: str) -> None:
        """An exam, or the form that decides whether that visit was made."""
        visits = self._record.protocol.visits()
        forms = next((v.forms for v in visits if v.id == visit), ())
        instrument = forms[0] if forms else ISNCSCI
        plans = {plan.id: plan for plan in self._record.protocol.pack.forms}
        plan = plans.get(instrument)
        if plan is None or not plan.items:
            self.begin.emit(visit)
        else:
            self.record(plan, visit)

    def record(self, plan: FormPlan, visit: str = "") -> None:
        """Ask for a new form of an instrument, and save it."""

        def save(filled: Filled) -> None:
            assert filled.at is not None
            record_form(
                self._desk,
                self._record.file.subject.id,
                filled.at.visit,
                plan.id,
                filled.at.day,
                filled.values,
                filled.at.assessor,
                filled.at.blinding,
                filled.at.reason,
            )

        self._ask(plan, save, visit=visit)

    def correct(self, form_id: str) -> None:
        """Ask for other values of a form, with the reason."""
        entry = self._entries[form_id]
        if entry.plan is None:
            return

        def save(filled: Filled) -> None:
            correct_form(self._desk, entry.form, filled.values, filled.reason)

        self._ask(entry.plan, save, entry=entry)

    def _ask(
        self,
        plan: FormPlan,
        save: Callable[[Filled], object],
        *,
        entry: FormEntry | None = None,
        visit: str = "",
    ) -> None:
        record = self._record
        subject, protocol = record.file.subject, record.protocol
        dialog = FormDialog(
            self,
            self._words,
            self._look,
            self._facts,
            save,
            plan=plan,
            occasions=occasions(
                protocol.visits(), record.plan.windows, plan.id, subject.arm
            ),
            injury=subject.injury_date,
            today=record.today,
            assessor=self._desk.person.display_name,
            form=None if entry is None else entry.form,
            visit=visit,
        )
        if dialog.exec():
            self.saved.emit()
        dialog.deleteLater()
