"""What a screen reader is told: every stop of the Tab key has a name."""

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from registry_app.domain.blinding import (
    BlindAssignment,
    Hidden,
    Unblinded,
    Unblinding,
)
from registry_app.domain.consent import Consent, Scope
from registry_app.domain.course import (
    Contact,
    ContactOutcome,
    ContactWay,
    Deviation,
    DeviationKind,
    FollowUp,
)
from registry_app.domain.course import Course as CaseCourse
from registry_app.domain.kit import Kit
from registry_app.domain.plan.change import ChangePlan
from registry_app.domain.plan.pack import Origin
from registry_app.domain.plan.records import Occurrence
from registry_app.domain.visit import ISNCSCI
from registry_app.services.blinding import assign_blind, unblind
from registry_app.services.courses import add_contact
from registry_app.services.hiding import veiled
from registry_app.services.kits import judged_kit, order
from registry_app.services.obligations import add_occurrence, ledger_on
from registry_app.services.pack_upgrades import PackUpgrade
from registry_app.services.plans import subject_plan
from registry_app.services.protocol import pack_in_use, protocol
from registry_app.services.regime import accept_regime, regime_plan
from registry_app.ui.charts import Figure
from registry_app.ui.dialogs.blinding import (
    AssessUnblindingDialog,
    AssignBlindDialog,
    EndBlindDialog,
    WhichPatientDialog,
)
from registry_app.ui.dialogs.comparison import ComparisonDialog
from registry_app.ui.dialogs.confirm import ConfirmDialog
from registry_app.ui.dialogs.consent import ConsentDialog, WithdrawDialog
from registry_app.ui.dialogs.contact import ContactDialog
from registry_app.ui.dialogs.correct_patient import CorrectPatientDialog
from registry_app.ui.dialogs.dates import DatesDialog
from registry_app.ui.dialogs.deviation import DeviationDialog
from registry_app.ui.dialogs.end_follow_up import EndFollowUpDialog
from registry_app.ui.dialogs.form import FormDialog
from registry_app.ui.dialogs.kit import KitDialog, NotGivenDialog
from registry_app.ui.dialogs.kit_given import GiveDialog
from registry_app.ui.dialogs.new_exam import NewExamDialog
from registry_app.ui.dialogs.occurrence import LaterDialog, OccurrenceDialog
from registry_app.ui.dialogs.pack_upgrade import PackUpgradeDialog
from registry_app.ui.dialogs.reason import ReasonDialog
from registry_app.ui.dialogs.regime import RegimeDialog
from registry_app.ui.dialogs.report import ReportDialog
from registry_app.ui.dialogs.restore import RestoreDialog
from registry_app.ui.dialogs.setting import SettingDialog
from registry_app.ui.dialogs.settle import ReceiptDialog, SettleDialog
from registry_app.ui.dialogs.unblinding import UnblindingDialog
from registry_app.ui.dialogs.visit_fields import occasions
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.attrition import AttritionPage
from registry_app.ui.pages.backups import BackupsPage
from registry_app.ui.pages.blinding import BlindingPage
from registry_app.ui.pages.enrol import EnrolPage
from registry_app.ui.pages.kits import KitsPage
from registry_app.ui.pages.obligations import ObligationsPage
from registry_app.ui.pages.patient import TABS, PatientPage
from registry_app.ui.pages.patient_visits_tab import VisitsTab
from registry_app.ui.pages.patients import PatientsPage
from registry_app.ui.pages.plan_settings import PlanSettingsPage
from registry_app.ui.pages.settings import SettingsPage
from registry_app.ui.pages.today import TodayPage
from registry_app.ui.pages.veiled_patient import VeiledPatientPage
from registry_app.ui.pages.worksheet import WorksheetPage
from registry_app.ui.patient_record import read_record
from registry_app.ui.settings import Settings
from registry_app.ui.start.create import CreateView
from registry_app.ui.start.sign_in import SignInView
from registry_app.ui.start.welcome import WelcomeView
from registry_app.words import Language, Words
from tests.builders import INJURY, a_draft, a_subject, an_exam
from tests.ui import report_screens
from tests.ui.pages import safety_screens


class Room:
    """What a screen is made with: a registry with one patient and two exams."""

    def __init__(self, desk, words, look, changes, patient, draft):
        self.desk, self.words, self.look, self.changes = desk, words, look, changes
        self.patient, self.draft = patient, draft
        self.today = desk.clock().date()

    @property
    def usual(self):
        return self.desk, self.words, self.look, self.changes


@pytest.fixture(params=list(Language))
def language(request):
    return request.param


def a_patient(desk):
    patient = a_subject(desk)
    an_exam(desk, patient, R_M_L2="NT")
    return patient, a_draft(desk, patient, INJURY + timedelta(days=50), R_M_L3="3*")


@pytest.fixture
def furnish():
    return a_patient


@pytest.fixture
def room(language, desk, look, changes, given):
    return Room(desk, Words(language), look, changes, *given)


def patient_page(room, tab=0):
    page = PatientPage(*room.usual, room.patient.id)
    page.tabs.setCurrentIndex(tab)
    return page


def patient_numbers(room):
    page = patient_page(room)
    for figure in page.findChildren(Figure):
        figure.switch(True)
    return page


def new_exam(room, parent):
    plan = subject_plan(room.desk, room.patient.id)
    visits = protocol(room.desk).visits()
    return NewExamDialog(
        parent,
        room.words,
        room.look,
        [],
        nothing,
        occasions=occasions(visits, plan.windows, ISNCSCI, room.patient.arm),
        injury=INJURY,
        today=room.today,
        assessor="kato",
    )


def nothing(_made):
    """What a dialog would save."""


def calendar(room):
    page = ObligationsPage(*room.usual)
    page.views.choose("calendar")
    page._show_view("calendar")
    return page


def started(room):
    """The window, after something became known: its clock is shown."""
    event = protocol(room.desk).pack.events[0].id
    aware = room.today - timedelta(days=3)
    add_occurrence(room.desk, Occurrence("", event, "x", holder_aware=aware))
    return ObligationsPage(*room.usual)


def settle(room, parent):
    return SettleDialog(
        parent, room.words, room.look, [], nothing, name="x", today=room.today
    )


def later(room, parent):
    return LaterDialog(
        parent, room.words, room.look, [], nothing, name="x", today=room.today
    )


def occurrence(room, parent):
    pack = protocol(room.desk).pack
    return OccurrenceDialog(
        parent, room.words, room.look, nothing, pack=pack, today=room.today
    )


def setting(room, parent, what):
    return SettingDialog(
        parent, room.words, room.look, nothing, what=what, today=room.today
    )


def a_rule(room, *, presets):
    rules = protocol(room.desk).pack.rules
    return next(rule for rule in rules if bool(rule.presets) is presets)


def change_of_regime(room, parent):
    change = regime_plan(room.desk, "applied", date(2025, 11, 14), "x")
    accept_regime(room.desk, change)
    window = MainWindow(*room.usual)
    course = window.plan.regime_course()
    window.deleteLater()
    return RegimeDialog(parent, room.words, room.look, course, room.today)


def corrected_regime(room, parent):
    made = change_of_regime(room, parent)
    made.past.button.click()
    return made


def a_loss(room):
    """The page of attrition, with somebody who may be lost."""
    lost = ContactOutcome.NOT_REACHED
    contact = Contact("", room.patient.id, room.today, ContactWay.PHONE, lost)
    add_contact(room.desk, contact)
    return AttritionPage(*room.usual)


def broken(room):
    arm, how = {"arm": True}, Unblinded.ACCIDENTAL
    told = "u", room.patient.id, "kato", how, room.today, arm, "x", "y"
    return Unblinding(*told)


def blinding_page(room):
    """Both tables, with a row each."""
    later = room.today + timedelta(days=9)
    assign_blind(room.desk, "kato", {Hidden.ARM}, later, room.patient.id)
    told = "kato", Unblinded.PLANNED, room.today, {Hidden.ARM}, "x"
    unblind(room.desk, room.patient.id, *told)
    return BlindingPage(*room.usual)


def veiled_page(room):
    assign_blind(room.desk, "kato", {Hidden.ARM}, room.today, room.patient.id)
    return VeiledPatientPage(*room.usual, veiled(room.desk, room.patient.id))


def upgrade(room, parent):
    duties = ledger_on(room.desk)
    plan = ChangePlan(duties[:1], duties[1:2], ((duties[2], duties[2]),))
    pack = protocol(room.desk).pack
    found = PackUpgrade(pack, pack_in_use(room.desk), (), plan)
    return PackUpgradeDialog(parent, room.words, room.look, nothing, upgrade=found)


def pack_of(room):
    return protocol(room.desk).pack


def enrol_page(room, steps):
    """The enrolment, so many parts on."""
    page = EnrolPage(*room.usual)
    page.who.sex.choose("male")
    page.injury.injury.line.setText(INJURY.isoformat())
    page.injury.cause.choose("non-traumatic")
    page.injury.arm.choose("treated")
    for _ in range(steps):
        for field in page.eligibility.criteria.fields.values():
            field.input.setText("x")
        page.go_on()
        for field in page.eligibility.criteria.fields.values():
            field.input.setText("x")
    return page


def visits(room, view):
    page = patient_page(room, TABS.index("visits"))
    tab = page.findChild(VisitsTab)
    tab.views.choose(view)
    tab.views.chosen.emit(view)
    return page


def kits_page(room):
    order(room.desk, Kit("", "K-1", room.today))
    return KitsPage(*room.usual)


def give(room, parent):
    kit = Kit("k", "K-1", room.today, room.patient.id)
    return GiveDialog(
        *(parent, room.words, room.look, [], nothing),
        kit=kit,
        pack=pack_of(room),
        judge=lambda made, answers: judged_kit(room.desk, made, answers),
        today=room.today,
    )


def fill_in(room, parent):
    """A form with items of every kind that the pack has."""
    plan = max(pack_of(room).forms, key=lambda f: len({i.kind for i in f.items}))
    placed = subject_plan(room.desk, room.patient.id).windows
    planned = protocol(room.desk).visits()
    return FormDialog(
        *(parent, room.words, room.look, [], nothing),
        plan=plan,
        occasions=occasions(planned, placed, plan.id, room.patient.arm),
        injury=INJURY,
        today=room.today,
        assessor="kato",
    )


SCREENS = {
    **report_screens.SCREENS,
    "welcome": lambda room, _: WelcomeView(room.words, room.look, Settings()),
    "create": lambda room, _: CreateView(room.words, room.look, [("none", "None")]),
    "sign in": lambda room, _: SignInView(room.words, room.look, room.desk.path),
    "window": lambda room, _: MainWindow(*room.usual),
    "patients": lambda room, _: PatientsPage(*room.usual),
    "today": lambda room, _: TodayPage(*room.usual),
    "obligations": lambda room, _: ObligationsPage(*room.usual),
    "obligations, a clock": lambda room, _: started(room),
    "obligations, calendar": lambda room, _: calendar(room),
    "plan settings": lambda room, _: PlanSettingsPage(*room.usual),
    **{f"enrol, {n}": lambda room, _, n=n: enrol_page(room, n) for n in range(5)},
    "settings": lambda room, _: SettingsPage(*room.usual),
    "backups": lambda room, _: BackupsPage(*room.usual),
    "restore": lambda room, parent: RestoreDialog(
        parent, room.words, room.look, room.desk
    ),
    "patient": lambda room, _: patient_page(room),
    "patient, numbers": lambda room, _: patient_numbers(room),
    **{
        f"patient, {name}": lambda room, _, n=n: patient_page(room, n)
        for n, name in enumerate(TABS)
        if n
    },
    "patient, exams": lambda room, _: visits(room, "exams"),
    "patient, forms": lambda room, _: visits(room, "forms"),
    "kits": lambda room, _: kits_page(room),
    "order a kit": lambda room, parent: KitDialog(
        *(parent, room.words, room.look, [], nothing),
        today=room.today,
        who=lambda _case: "",
    ),
    "kit not given": lambda room, parent: NotGivenDialog(
        *(parent, room.words, room.look, [], nothing),
        kit=Kit("k", "K-1", room.today),
        today=room.today,
    ),
    "treatment": give,
    "form": fill_in,
    "consent": lambda room, parent: ConsentDialog(
        *(parent, room.words, room.look, [], nothing),
        subject_id=room.patient.id,
        today=room.today,
        explained_by="kato",
    ),
    "withdrawal": lambda room, parent: WithdrawDialog(
        *(parent, room.words, room.look, [], nothing),
        consent=Consent("c", room.patient.id, Scope.FOLLOW_UP, "x", room.today),
        today=room.today,
    ),
    "contact": lambda room, parent: ContactDialog(
        *(parent, room.words, room.look, [], nothing),
        subject_id=room.patient.id,
        today=room.today,
        by="kato",
    ),
    "end of follow-up": lambda room, parent: EndFollowUpDialog(
        *(parent, room.words, room.look, [], nothing),
        follow_up=FollowUp(room.patient.id),
        closes=[room.today],
        today=room.today,
    ),
    "dates": lambda room, parent: DatesDialog(
        *(parent, room.words, room.look, [], nothing),
        anchors=[a for a in pack_of(room).anchors if a.origin is Origin.DATE],
        dates={},
        today=room.today,
    ),
    "comparison": lambda room, parent: ComparisonDialog(
        *(parent, room.words, room.look, [], nothing),
        course=CaseCourse(room.patient.id),
        variables=pack_of(room).matching,
    ),
    "deviation": lambda room, parent: DeviationDialog(
        *(parent, room.words, room.look, [], nothing),
        subject_id=room.patient.id,
        rules=[],
        today=room.today,
    ),
    "worksheet": lambda room, _: WorksheetPage(*room.usual, room.draft.id),
    "new exam": new_exam,
    "report": lambda room, parent: ReportDialog(parent, room.words, room.look, []),
    "settle": settle,
    "receipt": lambda room, parent: ReceiptDialog(
        parent, room.words, room.look, [], nothing, name="x", receipt=""
    ),
    "reason": lambda room, parent: ReasonDialog(
        *(parent, room.words, room.look, [], nothing),
        title="x",
        go="x",
        name="x",
        what="x",
    ),
    "confirm": lambda room, parent: ConfirmDialog(
        *(parent, room.words, room.look, nothing),
        name="x",
        says=("x",),
        person="x",
    ),
    "later information": later,
    "occurrence": occurrence,
    "base date": lambda room, parent: setting(
        room, parent, protocol(room.desk).pack.base_dates[0]
    ),
    "days of a visit": lambda room, parent: setting(
        room, parent, protocol(room.desk).pack.visits[0]
    ),
    "cadence": lambda room, parent: setting(room, parent, a_rule(room, presets=True)),
    "distance": lambda room, parent: setting(room, parent, a_rule(room, presets=False)),
    "regime": change_of_regime,
    "regime, an entry corrected": corrected_regime,
    "attrition": lambda room, _: a_loss(room),
    "consent, corrected": lambda room, parent: ConsentDialog(
        *(parent, room.words, room.look, [], nothing),
        subject_id=room.patient.id,
        today=room.today,
        known=Consent(
            *("c", room.patient.id, Scope.FOLLOW_UP, "x", room.today),
            withdrawn_on=room.today,
        ),
    ),
    "contact, corrected": lambda room, parent: ContactDialog(
        *(parent, room.words, room.look, [], nothing),
        subject_id=room.patient.id,
        today=room.today,
        known=Contact(
            *("c", room.patient.id, room.today),
            *(ContactWay.MAIL, ContactOutcome.MOVED),
        ),
    ),
    "deviation, corrected": lambda room, parent: DeviationDialog(
        *(parent, room.words, room.look, [], nothing),
        subject_id=room.patient.id,
        rules=[],
        today=room.today,
        known=Deviation(
            *("d", room.patient.id, DeviationKind.OTHER, "x", room.today, "x")
        ),
    ),
    "occurrence, corrected": lambda room, parent: OccurrenceDialog(
        *(parent, room.words, room.look, nothing),
        pack=pack_of(room),
        today=room.today,
        known=Occurrence(
            *("o", pack_of(room).events[0].id, "x", "", room.today),
            follow_ups={"1": room.today},
        ),
    ),
    "pack": upgrade,
    "blinding": lambda room, _: blinding_page(room),
    "patient, hidden": lambda room, _: veiled_page(room),
    "assign blind": lambda room, parent: AssignBlindDialog(
        *(parent, room.words, room.look, nothing),
        people=[("kato", "x")],
        today=room.today,
    ),
    "end blind": lambda room, parent: EndBlindDialog(
        *(parent, room.words, room.look, [], nothing),
        known=BlindAssignment("b", "kato", "", {"arm": True}, room.today),
        today=room.today,
    ),
    "unblinding": lambda room, parent: UnblindingDialog(
        *(parent, room.words, room.look, [], nothing),
        people=[("kato", "x"), ("sato", "y")],
        today=room.today,
    ),
    "unblinding, assessed": lambda room, parent: AssessUnblindingDialog(
        *(parent, room.words, room.look, [], nothing),
        known=broken(room),
        exams=1,
    ),
    "which patient": lambda room, parent: WhichPatientDialog(
        parent, room.words, room.look, nothing
    ),
    **safety_screens.SCREENS,
    "correct": lambda room, parent: CorrectPatientDialog(
        *(parent, room.words, room.look, [], nothing),
        read_record(room.desk, room.patient.id),
    ),
}


class Seen(NamedTuple):
    """What was found on a screen: widgets by their names, or by their kinds."""

    stops: int
    unnamed: tuple
    primary: int
    missed: tuple


#: Every screen is made once, and asked all of it: most of the time goes into making it.
SEEN = {}


@pytest.fixture(params=SCREENS)
def seen(request, language):
    key = request.param, language
    if key not in SEEN:
        SEEN[key] = request.getfixturevalue("look_at")(request.param)
    return SEEN[key]


@pytest.fixture
def look_at(qtbot, qapp, room):
    parent = QWidget()  # of a dialog; kept until the dialog is gone

    def looked(name):
        screen = SCREENS[name](room, parent)
        qtbot.addWidget(screen)
        screen.resize(1298, 688)
        with qtbot.waitExposed(screen):
            screen.show()
        found = Seen(
            stops=len(stops(screen)),
            unnamed=unnamed(screen),
            primary=primary(screen),
            missed=missed(screen, qapp),
        )
        screen.close()
        return found

    return looked


def stops(screen):
    """Every widget that the Tab key can reach."""
    return [
        widget
        for widget in screen.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.isVisibleTo(screen)
        and widget.isEnabled()
    ]


def name_of(widget):
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name).strip()


def unnamed(screen):
    """The stops without a name."""
    return tuple(
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in stops(screen)
        if not name_of(widget)
    )


def primary(screen):
    """How many primary buttons are seen."""
    return sum(
        widget.property("kind") == "primary" and widget.isVisibleTo(screen)
        for widget in screen.findChildren(QWidget)
    )


def chosen_by_arrows(widget):
    """Of buttons that exclude each other Tab comes to one; arrows lead on."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and not widget.isChecked()


def missed(screen, qapp):
    """The stops that the Tab key does not come to."""
    if isinstance(screen, WorksheetPage):
        return ()  # in the sheet Tab leads from score to score, and F6 out of it
    screen.activateWindow()
    screen.setFocus()
    wanted = {stop for stop in stops(screen) if not chosen_by_arrows(stop)}
    reached = set()
    for _press in range(2 * len(wanted) + 2):
        reached.add(qapp.focusWidget())
        QTest.keyClick(qapp.focusWidget() or screen, Qt.Key.Key_Tab)
    return tuple(name_of(one) for one in wanted - reached)


def test_every_stop_of_the_tab_key_has_a_name(seen):
    assert seen.stops
    assert seen.unnamed == ()


def test_a_page_has_at_most_one_primary_button(seen):
    assert seen.primary <= 1


def test_the_tab_key_comes_to_every_stop(seen):
    assert seen.missed == ()
