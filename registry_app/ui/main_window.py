"""The window after sign-in: puts the pages together, and decides nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from registry_app.domain.errors import RegistryError
from registry_app.domain.report import Kind
from registry_app.services.cases import case_of
from registry_app.services.ledger_list import LedgerQuery
from registry_app.services.protocol import protocol, today_in_japan
from registry_app.services.subjects import open_subject
from registry_app.ui.about import about_said
from registry_app.ui.actions import make_menus
from registry_app.ui.background import Working
from registry_app.ui.changes import Changes
from registry_app.ui.dialogs.new_exam import ask_new_exam
from registry_app.ui.finder import Finder
from registry_app.ui.frame import Banner, Bar, Fact, Rail, Strip
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.pages.attrition import AttritionPage
from registry_app.ui.pages.enrol import EnrolPage
from registry_app.ui.pages.kits import KitsPage
from registry_app.ui.pages.obligations import ObligationsPage
from registry_app.ui.pages.patient import PatientPage
from registry_app.ui.pages.patients import PatientsPage
from registry_app.ui.pages.plan_settings import PlanSettingsPage
from registry_app.ui.pages.settings import SettingsPage
from registry_app.ui.pages.today import TodayPage
from registry_app.ui.pages.worksheet import WorksheetPage
from registry_app.ui.patient_facts import patient_facts
from registry_app.ui.plan_commands import PlanCommands
from registry_app.ui.printing import Printing
from registry_app.ui.widgets import Inside, column, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.plan.case import Case
    from registry_app.services.desk import Desk
    from registry_app.services.subjects import SubjectFile


#: The item of the rail for a page; the others are about patients.
_PLACES: Final[tuple[tuple[type[Page], str], ...]] = (
    (TodayPage, "today"),
    (ObligationsPage, "duties"),
    (KitsPage, "flask"),
    (SettingsPage, "settings"),
    (PlanSettingsPage, "settings"),
)


class MainWindow(QMainWindow):
    """signed_out(): the registry is left; open_other(): for another one.

    left(): the window has been closed by the user, and the program with it.
    """

    signed_out = Signal()
    open_other = Signal()
    left = Signal()

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__()
        self.desk, self.words, self.look, self.changes = desk, words, look, changes
        self._back: Callable[[], None] | None = None
        self._home: Callable[[], None] = self.show_today
        self._file: SubjectFile | None = None
        self._case: Case | None = None
        self.today = today_in_japan(desk)
        self.rail = Rail(
            look,
            [
                ("today", words("today.title")),
                ("patients", words("patients.title")),
                ("duties", words("ledger_page.title")),
                ("flask", words("kits_page.title")),
                ("settings", words("settings.title")),
            ],
        )
        self.bar = Bar(
            words, look, desk.registry.site, desk.person.display_name, self.sign_out
        )
        self.actions_by_name = make_menus(self.bar.menu, self, self, words)
        self.banner = Banner(look)
        self.banner.hide()
        self.strip = Strip(words, look)
        self.working = Working(words, look)
        self.working.setVisible(False)
        self.pages = QStackedWidget()
        self.printing = Printing(self, desk, words, look, self.strip, self.working)
        self.printing.refused.connect(self.refuse)
        self.plan = PlanCommands(
            self, desk, words, look, changes, self.strip, self.printing
        )
        self.finder = Finder(desk, words, look, self.bar.search)
        page = column(self.banner, self.strip, self.pages, self.working, gap=0)
        under = row(self.rail, Inside(page), gap=0)
        self.setCentralWidget(Inside(column(self.bar, Inside(under), gap=0)))
        self.rail.chosen.connect(self._rail_chosen)
        changes.subject.connect(self._subject_changed)
        self.finder.opened.connect(self.open_subject)
        self.patients = PatientsPage(desk, words, look, changes)
        self.patients.enrol.connect(self.enrol)
        self.patients.follow_up.connect(self.show_attrition)
        # The list follows the search field; elsewhere Enter brings it up.
        self.finder.searched.connect(self.patients.search)
        self._connect(self.patients)
        self.pages.addWidget(self.patients)
        self.setMinimumSize(800, 500)
        self.resize(1366, 697)  # 1366 x 768 without title bar and task bar
        self._home()

    # ── pages ────────────────────────────────────────────────────────────────────

    @property
    def page(self) -> Page:
        """The page that is shown."""
        shown = self.pages.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def _connect(self, page: Page) -> None:
        page.open_subject.connect(self.open_subject)
        page.open_exam.connect(self.open_exam)
        page.new_exam.connect(self._new_exam_for)
        page.print_report.connect(self._print_report_of)
        page.open_duty.connect(self.open_duty)
        page.open_plan.connect(self.show_plan)
        page.close_requested.connect(self.go_back)
        page.state_changed.connect(self._state_changed)
        page.refused.connect(self.refuse)

    def _leave(self) -> bool:
        """Whether the page shown can be left; then it is gone, but for the list."""
        return self.page.may_close()

    def _go(self, make: Callable[[], Page], back: Callable[[], None] | None) -> None:
        if not self._leave():
            self._entered(self.page, stays=True)
            return
        try:
            page = make()
        except RegistryError as refusal:
            self.refuse(refusal)
            return
        old = self.page
        if page is not self.patients:
            self._connect(page)
            self.pages.addWidget(page)
        self._back = back
        self.bar.state.show_status("done", "")
        self.pages.setCurrentWidget(page)
        if old is not self.patients and old is not page:
            self.pages.removeWidget(old)
            old.deleteLater()
        self._entered(page)

    def _entered(self, page: Page, stays: bool = False) -> None:
        """Rail, banner, title and actions say where we are."""
        places = ((kind, name) for kind, name in _PLACES if isinstance(page, kind))
        self.rail.choose(next((name for _kind, name in places), "patients"))
        if not stays:
            self.strip.hide()
            page.setFocus()  # else it asks something, and has the keys where it asks
        self._show_banner(page.subject_id)
        for name in ("print", "new-exam"):
            self.actions_by_name[name].setEnabled(bool(page.subject_id))
        self.actions_by_name["back"].setEnabled(self._back is not None)
        what = page.windowTitle()
        title = self.words("app.title")
        self.setWindowTitle(self.words("app.title-of", what=what, title=title))

    def _show_banner(self, subject_id: str) -> None:
        self._file = open_subject(self.desk, subject_id) if subject_id else None
        self._case = case_of(self.desk, subject_id) if subject_id else None
        if self._file is not None:
            self.banner.show_facts(self.facts())
        self.banner.setVisible(self._file is not None)

    def facts(self) -> list[Fact]:
        """What the banner says of the open patient; dialogs say the same."""
        if self._file is None:
            return []
        pack = protocol(self.desk).pack
        return patient_facts(self.words, self._file, self.today, pack, self._case)

    def _subject_changed(self, subject_id: str) -> None:
        if subject_id == self.page.subject_id:
            self._show_banner(subject_id)

    def _state_changed(self, key: str, params: dict[str, object]) -> None:
        if self.sender() is self.page:
            text = self.words(key, **params)
            self.bar.state.show_status(str(params.get("kind", "done")), text)

    def _rail_chosen(self, name: str) -> None:
        {
            "today": self.show_today,
            "patients": self.show_patients,
            "duties": self.show_obligations,
            "flask": self.show_kits,
            "settings": self.show_settings,
        }[name]()

    def _mark(self, status: str) -> None:
        """What is late or due stands at the rail, by a shape and its word."""
        said = {"overdue": "ledger_page.late", "due": "ledger_page.red"}
        for name in ("today", "duties"):
            words = self.words(said[status]) if status else ""
            self.rail.mark(name, status, words)

    def refuse(self, refusal: RegistryError) -> None:
        """Say a refusal in the strip; the work goes on."""
        self.strip.say("overdue", self.words.say(refusal.message))

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
            self._home = self.show_today
            return page

        self._go(make, None)

    def show_patients(self) -> None:
        """The list."""

        def make() -> Page:
            self._home = self.show_patients
            return self.patients

        self._go(make, None)

    def show_obligations(self) -> None:
        """The ledger."""
        self._show_ledger()

    def open_duty(self, key: str) -> None:
        """One duty, in the ledger."""
        self._show_ledger(key)

    def _show_ledger(self, key: str = "", wanted: LedgerQuery | None = None) -> None:
        came_from = self._home

        def make() -> Page:
            page = ObligationsPage(
                self.desk, self.words, self.look, self.changes, key, wanted
            )
            page.start_clock.connect(self.start_clock)
            page.change_regime.connect(self.plan.change_regime)
            page.print_ledger.connect(self.plan.print_ledger)
            page.marked.connect(self._mark)
            self._home = self.show_obligations
            return page

        self._go(make, came_from if key or wanted else None)

    def show_attrition(self) -> None:
        """Who is about to be lost, and who has left the follow-up."""
        here = self.show_attrition
        self._go(self._place(AttritionPage, here), self.show_patients)

    def show_kits(self) -> None:
        """The kits."""
        self._go(self._place(KitsPage, self.show_kits), None)

    def show_settings(self) -> None:
        """The settings."""
        self._go(self._page(SettingsPage), self._home)

    def show_plan(self) -> None:
        """The settings of the plan."""
        self._go(self._page(PlanSettingsPage), self._home)

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
            self._home = here
            return kind(self.desk, self.words, self.look, self.changes)

        return make

    def open_subject(self, subject_id: str) -> None:
        """The page of a patient."""
        self._go(self._page(PatientPage, subject_id), self._home)

    def open_exam(self, form_id: str) -> None:
        """The sheet of an exam; from there one goes back to its patient."""

        def back() -> None:
            self.open_subject(self.page.subject_id)

        self._go(self._page(WorksheetPage, form_id), back)

    def enrol(self) -> None:
        """The form for a new patient."""

        def make() -> Page:
            page = EnrolPage(self.desk, self.words, self.look, self.changes)
            page.enrolled.connect(self.open_subject)
            return page

        self._go(make, self._home)

    def go_back(self) -> None:
        """One page up."""
        if self._back is not None:
            self._back()

    def new_exam(self) -> None:
        """An exam for the open patient."""
        self._new_exam_for(self.page.subject_id)

    def _new_exam_for(self, subject_id: str, visit: str = "") -> None:
        if self._file is None or self._file.subject.id != subject_id:
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

    def find_patient(self) -> None:
        """To the search field."""
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def open_registry(self) -> None:
        """Another registry: this one is left first."""
        if self._leave():
            self.open_other.emit()

    def sign_out(self) -> None:
        """Leave the registry; drafts are kept."""
        if self._leave():
            self.signed_out.emit()

    def leave(self) -> None:
        """End the program."""
        self.close()

    def about(self) -> None:
        """Which program, which file."""
        self.strip.say("now", about_said(self.words, self.desk))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing asks the page first."""
        if self._leave():
            event.accept()
            self.left.emit()
        else:
            event.ignore()
