"""The window after sign-in: which page stands where, and what each command does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from registry_app.domain.errors import RegistryError
from registry_app.domain.message import say
from registry_app.domain.report import Kind
from registry_app.domain.rights import may
from registry_app.services.hiding import Veiled, veiled
from registry_app.services.ledger_list import LedgerQuery
from registry_app.services.reading import shown_state
from registry_app.ui.about import about_said
from registry_app.ui.actions import WRITING, make_menus
from registry_app.ui.backup_watch import BackupWatch
from registry_app.ui.changes import Changes
from registry_app.ui.dialogs.new_exam import ask_new_exam
from registry_app.ui.dialogs.unblinding import ask_unblinding
from registry_app.ui.help_commands import HelpCommands
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.pages.assessment_sheet import AssessmentSheetPage
from registry_app.ui.pages.attrition import AttritionPage
from registry_app.ui.pages.backups import BackupsPage
from registry_app.ui.pages.enrol import EnrolPage
from registry_app.ui.pages.kits import KitsPage
from registry_app.ui.pages.obligations import ObligationsPage
from registry_app.ui.pages.patient import PatientPage
from registry_app.ui.pages.plan_settings import PlanSettingsPage
from registry_app.ui.pages.safety import SafetyPage
from registry_app.ui.pages.safety_case import SafetyCasePage
from registry_app.ui.pages.safety_deeds import ask_new_case
from registry_app.ui.pages.settings import SettingsPage
from registry_app.ui.pages.settings_places import SETTINGS_PLACES
from registry_app.ui.pages.today import TodayPage
from registry_app.ui.pages.trail import TrailPage
from registry_app.ui.pages.veiled_patient import VeiledPatientPage
from registry_app.ui.pages.worksheet import WorksheetPage
from registry_app.ui.plan_commands import PlanCommands
from registry_app.ui.printing import Printing
from registry_app.ui.rail_places import RAIL
from registry_app.ui.report_commands import ReportCommands
from registry_app.ui.window_frame import WindowFrame
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class MainWindow(WindowFrame):
    """open_other(): the registry is left for another one."""

    open_other = Signal()

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.printing = Printing(self, desk, words, look, self.strip, self.working)
        self.printing.refused.connect(self.refuse)
        self.plan = PlanCommands(
            self, desk, words, look, changes, self.strip, self.printing
        )
        self.reports = ReportCommands(self)
        self.help = HelpCommands(self)
        #: The commands that the person, or the file as it is open, does not allow.
        self._closed: list[str] = []
        self.actions_by_name = make_menus(self.bar.menu, self, self, words)
        self.backups = BackupWatch(
            self,
            desk,
            words,
            look,
            self.strip,
            self.working,
            lambda: self.show_place("backups"),
        )
        self.backups.deeds.refused.connect(self.refuse)
        self.notices.addWidget(self.backups.shown)
        self._allow()
        self.rail.chosen.connect(self._rail_chosen)
        self.finder.opened.connect(self.open_subject)
        self.patients.enrol.connect(self.enrol)
        self.patients.follow_up.connect(self.show_attrition)
        self.connect_page(self.patients)
        self.show_today()

    def _allow(self) -> None:
        """A command that cannot be used here is grey, and says why."""
        desk, words, role = self.desk, self.words, self.desk.person.role
        reading = shown_state(desk)
        for name, deed in WRITING.items():
            why = reading
            if not may(role, deed):
                why = say("rights.not-allowed", deed=deed.told, role=role.told)
            if why is not None:
                self._closed.append(name)
                self.actions_by_name[name].setEnabled(False)
                self.actions_by_name[name].setToolTip(words.say(why))

    def _entered(self, page: Page, stays: bool = False) -> None:
        """The page of backups says itself what is wrong with them."""
        super()._entered(page, stays)
        for name in self._closed:
            self.actions_by_name[name].setEnabled(False)
        self.backups.shown.setVisible(not isinstance(page, BackupsPage))

    def connect_page(self, page: Page) -> None:
        """Listen to where a page wants to go."""
        super().connect_page(page)
        page.open_subject.connect(self.open_subject)
        page.open_exam.connect(self.open_exam)
        page.new_exam.connect(self._new_exam_for)
        page.print_report.connect(self._print_report_of)
        page.open_duty.connect(self.open_duty)
        page.open_plan.connect(self.show_plan)
        page.open_kits.connect(self.show_kits)
        page.open_place.connect(self.show_place)
        page.open_safety_case.connect(self.open_safety_case)
        page.open_report.connect(self.reports.open)

    def _rail_chosen(self, icon: str) -> None:
        next(place for place in RAIL if place.icon == icon).show(self)

    def _mark(self, status: str) -> None:
        """What is late or due stands at the rail, by a shape and its word."""
        said = {"overdue": "ledger_page.late", "due": "ledger_page.red"}
        for name in ("today", "duties"):
            words = self.words(said[status]) if status else ""
            self.rail.mark(name, status, words)

    # ── commands (ui/actions.py) ─────────────────────────────────────────────────

    def show_today(self) -> None:
        """What needs a person."""

        def make() -> Page:
            page = TodayPage(self.desk, self.words, self.look, self.changes)
            page.enrol.connect(self.enrol)
            page.print_list.connect(self.plan.print_today)
            page.show_ledger.connect(lambda wanted: self._show_ledger("", wanted))
            page.marked.connect(self._mark)
            self._mark(page.status)
            self.home = self.show_today
            return page

        self.go(make, None)

    def show_patients(self) -> None:
        """The list."""

        def make() -> Page:
            self.home = self.show_patients
            return self.patients

        self.go(make, None)

    def show_obligations(self) -> None:
        """The ledger."""
        self._show_ledger()

    def open_duty(self, key: str) -> None:
        """One duty, in the ledger."""
        self._show_ledger(key)

    def _show_ledger(self, key: str = "", wanted: LedgerQuery | None = None) -> None:
        came_from = self.home

        def make() -> Page:
            page = ObligationsPage(
                self.desk, self.words, self.look, self.changes, key, wanted
            )
            page.start_clock.connect(self.start_clock)
            page.change_regime.connect(self.plan.change_regime)
            page.print_ledger.connect(self.plan.print_ledger)
            page.marked.connect(self._mark)
            self.home = self.show_obligations
            return page

        self.go(make, came_from if key or wanted else None)

    def show_attrition(self) -> None:
        """Who is about to be lost, and who has left the follow-up."""
        here = self.show_attrition
        self.go(self._place(AttritionPage, here), self.show_patients)

    def show_safety(self) -> None:
        """The safety cases."""

        def make() -> Page:
            page = SafetyPage(self.desk, self.words, self.look, self.changes)
            page.new_case.connect(self._new_safety_case_of)
            self.home = self.show_safety
            return page

        self.go(make, None)

    def open_safety_case(self, number: str) -> None:
        """One safety case; back leads to where one came from."""
        page, back = self.page, self.home
        if isinstance(page, PatientPage):
            back = partial(self.open_subject, page.subject_id)

        def make() -> Page:
            made = SafetyCasePage(
                self.desk, self.words, self.look, self.changes, number
            )
            made.done.connect(lambda said: self.strip.say("done", said))
            return made

        self.go(make, back)

    def new_safety_case(self) -> None:
        """A new safety case, of the open patient if there is one."""
        self._new_safety_case_of(self.page.subject_id)

    def _new_safety_case_of(self, subject_id: str) -> None:
        facts = self.facts() if subject_id else []
        try:
            case = ask_new_case(
                self, self.desk, self.words, self.look, facts, subject_id
            )
        except RegistryError as refusal:
            self.refuse(refusal)
            return
        if case is not None:
            if case.subject_id:
                self.changes.subject.emit(case.subject_id)
            self.changes.plan.emit()
            self.open_safety_case(case.id)
            said = self.words("safety_page.opened", case=case.id)
            self.strip.say("done", said)

    def record_unblinding(self) -> None:
        """Of the open patient: whose exams are marked from that day on."""
        case = self.page.subject_id
        about = self.desk, self.words, self.look, self.facts(), case
        hidden = self.veiled.hidden if self.veiled is not None else frozenset()
        if not case or not self.page.may_close():
            return
        try:
            if not ask_unblinding(self, *about, hidden):
                return
        except RegistryError as refusal:
            self.refuse(refusal)
            return
        if self.veiled is not None:
            self.open_subject(case)
        else:
            self.changes.subject.emit(case)
        self.strip.say("done", self.words("blinding_ui.recorded"))

    def show_kits(self) -> None:
        """The kits."""
        self.go(self._place(KitsPage, self.show_kits), None)

    def show_trail(self) -> None:
        """The trail."""
        self.go(self._place(TrailPage, self.show_trail), None)

    def show_settings(self) -> None:
        """The settings."""
        self.go(self._page(SettingsPage), self.home)

    def show_place(self, name: str) -> None:
        """A page behind the settings."""
        place = next(one for one in SETTINGS_PLACES if one.name == name)
        self.go(self._page(place.page), self.show_settings)

    def show_plan(self) -> None:
        """The settings of the plan."""
        self.go(self._page(PlanSettingsPage), self.home)

    def start_clock(self) -> None:
        """Record what became known; of the open patient, if there is one."""
        self.plan.start_clock(self.page.subject_id)

    def _page(self, kind: Callable[..., Page], *more: str) -> Callable[[], Page]:
        return lambda: kind(self.desk, self.words, self.look, self.changes, *more)

    def _place(
        self, kind: Callable[..., Page], here: Callable[[], None]
    ) -> Callable[[], Page]:
        """A page to which one comes back from a patient."""

        def make() -> Page:
            self.home = here
            return kind(self.desk, self.words, self.look, self.changes)

        return make

    def open_subject(self, subject_id: str) -> None:
        """The page of a patient; of one of whom something is hidden, what is not."""

        def make() -> Page:
            if (one := veiled(self.desk, subject_id)) is not None:
                return self._veiled(one)
            page = PatientPage(
                self.desk, self.words, self.look, self.changes, subject_id
            )
            page.begin_exam.connect(self._new_exam_for)
            page.print_card.connect(self._print_card_of)
            page.new_case.connect(self._new_safety_case_of)
            return page

        self.go(make, self.home)

    def _veiled(self, one: Veiled) -> Page:
        page = VeiledPatientPage(self.desk, self.words, self.look, self.changes, one)
        page.revealed.connect(partial(self.open_subject, one.subject_id))
        page.begun.connect(
            lambda form: self.go(
                self._page(AssessmentSheetPage, form),
                partial(self.open_subject, one.subject_id),
            )
        )
        return page

    def open_exam(self, form_id: str) -> None:
        """The sheet of an exam; from there one goes back to its patient."""

        def back() -> None:
            self.open_subject(self.page.subject_id)

        self.go(self._page(WorksheetPage, form_id), back)

    def enrol(self) -> None:
        """The form for a new patient."""

        def make() -> Page:
            page = EnrolPage(self.desk, self.words, self.look, self.changes)
            page.enrolled.connect(self.open_subject)
            return page

        self.go(make, self.home)

    def new_exam(self) -> None:
        """An exam for the open patient."""
        self._new_exam_for(self.page.subject_id)

    def _new_exam_for(self, subject_id: str, visit: str = "") -> None:
        if self.file is None or self.file.subject.id != subject_id:
            return
        form_id = ""
        try:
            form_id = ask_new_exam(
                self,
                self.desk,
                self.words,
                self.look,
                self.facts(),
                subject_id,
                visit,
            )
        except RegistryError as refusal:
            self.refuse(refusal)
        if form_id:
            self.changes.subject.emit(subject_id)
            self.open_exam(form_id)

    def print_report(self) -> None:
        """The report of the open patient."""
        self._print_report_of(self.page.subject_id)

    def _print_report_of(self, subject_id: str) -> None:
        """Only what is saved can be printed, so the page is asked first."""
        if subject_id and self.page.may_close():
            self.printing.ask(subject_id, self.facts())

    def _print_card_of(self, subject_id: str) -> None:
        """The dates of a patient's visits, to hand over."""
        self.printing.ask(subject_id, self.facts(), kind=Kind.CARD)

    def do_to_record(self, deed: str) -> None:
        """Sign, lock … what the page shows."""
        if self.page.record is not None:
            self.page.record.do(deed)

    def find_patient(self) -> None:
        """To the search field."""
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def open_registry(self) -> None:
        """Another registry: this one is left first."""
        if self.may_leave():
            self.open_other.emit()

    def about(self) -> None:
        """Which program, which file."""
        self.strip.say("now", about_said(self.words, self.desk))
