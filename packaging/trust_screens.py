"""The pictures of signatures, locks and source-verified marks."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from registry_app.domain.lock import Locked
from registry_app.domain.signature import Meaning, Signable
from registry_app.domain.visit import Form, Status
from registry_app.services.demo import PASSWORD
from registry_app.services.desk import Desk
from registry_app.services.exams import save_exam
from registry_app.services.locks import lock, locks
from registry_app.services.record_signing import sign_record, standing
from registry_app.services.source_checks import mark_as_checked
from registry_app.services.subjects import SubjectFile
from registry_app.ui.dialogs.reason import ReasonDialog
from registry_app.ui.dialogs.sign import SignDialog
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.patient import PatientPage
from registry_app.ui.pages.patient_visits_tab import VisitsTab

Go = Callable[[MainWindow], object]


def places(desk: Desk, file: SubjectFile) -> Iterator[tuple[str, Go]]:
    """A voided and marked exam, a signed and locked visit; made once, then shown."""
    voided, locked = _complete(file)
    if not locks(desk):
        _furnish(desk, voided, locked)
    case = file.subject.id
    yield (
        "worksheet-void",
        lambda w: (w.open_subject(case), w.open_exam(voided.id)),
    )
    visit = next(one for one in file.visits if one.id == locked.visit_id)

    def go(window: MainWindow) -> None:
        window.open_subject(case)
        page = window.page
        assert isinstance(page, PatientPage)
        page.show_visit(visit.code)

    yield "visit-locked", go

    def exams(window: MainWindow) -> None:
        go(window)
        for tab in window.page.findChildren(VisitsTab):
            tab.views.choose("exams")
            tab.views.chosen.emit("exams")

    yield "exams-signed", exams


def _complete(file: SubjectFile) -> tuple[Form, Form]:
    done = [one.form for one in file.exams if one.form.status is Status.COMPLETE]
    return done[1], done[2]


def _sign(desk: Desk, of: Signable, of_id: str) -> None:
    now = standing(desk, of, of_id)
    sign_record(desk, of, of_id, Meaning.PREPARED, PASSWORD, now.state)


def _furnish(desk: Desk, voided: Form, locked: Form) -> None:
    for item in ("R_M_C5", "R_LT_C2", "L_PP_T4"):
        mark_as_checked(desk, voided.id, f"values.{item}")
    _sign(desk, Signable.FORM, voided.id)
    values = {**voided.values, "R_LT_C2": "1"}
    save_exam(desk, replace(voided, values=values), "misread / 読み違い")
    _sign(desk, Signable.VISIT, locked.visit_id)
    lock(desk, Locked.VISIT, locked.visit_id, "monitored / モニタリング済み")


def dialogs(owner: MainWindow, case: str) -> Iterator[tuple[str, QWidget]]:
    """Signing a patient, and the reason of a lock."""
    desk, words = owner.desk, owner.words
    usual = (owner, words, owner.look)
    now = standing(desk, Signable.PATIENT, case)
    name = words("signing.patient-of", id=case)

    def save(*_told: object) -> None:
        """A picture is not to save anything."""

    yield (
        "sign-record",
        SignDialog(
            *(*usual, save),
            title=words("signing.sign-title"),
            what=words("signing.sign-what", name=name, digest=now.state[:16]),
            person=desk.person.display_name,
            given=now.holding,
        ),
    )
    yield (
        "lock-record",
        ReasonDialog(
            *(*usual, [], save),
            title=words("signing.lock-title"),
            go=words("signing.lock-go"),
            name=name,
            what=words("signing.lock-what"),
        ),
    )
