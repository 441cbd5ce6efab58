"""The pictures of one patient: each tab, each part of the enrolment, each dialog."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.course import FollowUp
from registry_app.domain.kit import Kit
from registry_app.domain.plan.pack import Origin
from registry_app.services.kits import judged_kit
from registry_app.ui.dialogs.comparison import ComparisonDialog
from registry_app.ui.dialogs.consent import ConsentDialog, WithdrawDialog
from registry_app.ui.dialogs.contact import ContactDialog
from registry_app.ui.dialogs.dates import DatesDialog
from registry_app.ui.dialogs.deviation import DeviationDialog
from registry_app.ui.dialogs.end_follow_up import EndFollowUpDialog
from registry_app.ui.dialogs.form import FormDialog
from registry_app.ui.dialogs.hold import HoldDialog
from registry_app.ui.dialogs.kit import KitDialog, NotGivenDialog
from registry_app.ui.dialogs.kit_given import GiveDialog
from registry_app.ui.dialogs.visit_fields import occasions
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.enrol import EnrolPage
from registry_app.ui.pages.patient import TABS, PatientPage
from registry_app.ui.patient_record import PatientRecord, read_record

Go = Callable[[MainWindow], object]


def places(case: str) -> Iterator[tuple[str, Go]]:
    """The tabs of a patient, the parts of the enrolment, the kits."""
    for name in TABS:
        yield f"patient-{name}" if name != TABS[0] else "patient", tab(case, name)
    for number in range(5):
        yield f"enrol-{number + 1}", _enrolment(number)
    yield "kits", lambda window: window.show_kits()


def tab(case: str, name: str) -> Go:
    """A patient, with one tab open."""

    def go(window: MainWindow) -> None:
        window.open_subject(case)
        assert isinstance(window.page, PatientPage)
        window.page.tabs.setCurrentIndex(TABS.index(name))

    return go


def _enrolment(parts: int) -> Go:
    """The enrolment of a made-up person, so many parts on; nobody is enrolled."""

    def go(window: MainWindow) -> None:
        window.enrol()
        page = window.page
        assert isinstance(page, EnrolPage)
        # A picture leaves without being asked about what was typed.
        page.may_close = lambda: True  # type: ignore[method-assign]
        if parts:
            page.who.family_kana.setText("エイゾウ")
            page.who.birth.line.setText("1980-05-05")
            page.who.sex.choose("male")
            page.injury.injury.line.setText("2026-10-20")
            page.injury.cause.choose("non-traumatic")
            page.injury.arm.choose("treated")
            page.injury.arm.chosen.emit("treated")
        for _ in range(min(parts, 3)):
            page.go_on()

    return go


def dialogs(owner: MainWindow, case: str) -> Iterator[tuple[str, QWidget]]:
    """Each with its fields as they are when it opens."""
    desk, words, look = owner.desk, owner.words, owner.look
    record = read_record(desk, case)
    today, who = record.today, desk.person.display_name

    def save(_value: object) -> None:
        """A picture is not to save anything."""

    usual = (owner, words, look, owner.facts(), save)
    pack, subject = record.protocol.pack, record.file.subject
    kit = next(iter(record.case.kits), Kit("k", "K-1", today, subject.id))
    pending = Kit("k", kit.number, kit.ordered_on, subject.id, amounts=kit.amounts)
    signed = Consent("c", case, Scope.FOLLOW_UP, "v3", today)
    yield (
        "consent",
        ConsentDialog(*usual, subject_id=case, today=today, explained_by=who),
    )
    yield "withdraw", WithdrawDialog(*usual, consent=signed, today=today)
    yield "hold", HoldDialog(*usual, subject_id=case, today=today)
    yield "contact", ContactDialog(*usual, subject_id=case, today=today, by=who)
    closes = [window.last for window in record.plan.windows]
    yield (
        "end-follow-up",
        EndFollowUpDialog(*usual, follow_up=FollowUp(case), closes=closes, today=today),
    )
    yield "order-kit", KitDialog(*usual, today=today, who=lambda _case: "")
    yield "not-given", NotGivenDialog(*usual, kit=pending, today=today)
    given = GiveDialog(
        *usual,
        kit=pending,
        pack=pack,
        judge=lambda made, answers: judged_kit(desk, made, answers),
        today=today,
    )
    given.on.line.setText(today.isoformat())
    given.on.line.editingFinished.emit()
    yield "give", given
    own = [anchor for anchor in pack.anchors if anchor.origin is Origin.DATE]
    dates = record.case.course.dates
    yield "dates", DatesDialog(*usual, anchors=own, dates=dates, today=today)
    yield (
        "comparison",
        ComparisonDialog(*usual, course=record.case.course, variables=pack.matching),
    )
    yield (
        "deviation",
        DeviationDialog(*usual, subject_id=case, rules=[], today=today),
    )
    yield "form", _form(record, usual, who)


def _form(record: PatientRecord, usual: tuple[object, ...], who: str) -> QWidget:
    """The form of the pack with the most kinds of items."""
    pack, subject = record.protocol.pack, record.file.subject
    plan = max(pack.forms, key=lambda form: len({item.kind for item in form.items}))
    return FormDialog(
        *usual,  # type: ignore[arg-type]
        plan=plan,
        occasions=occasions(
            record.protocol.visits(), record.plan.windows, plan.id, subject.arm
        ),
        injury=subject.injury_date,
        today=record.today,
        assessor=who,
    )
