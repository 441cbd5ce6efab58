"""The screens of safety, for what is asked of every screen (test_accessible.py)."""

from datetime import timedelta

from registry_app.services.safety import case_file, safety_cases
from registry_app.ui.charts import Figure
from registry_app.ui.dialogs.safety_case import (
    NewCaseDialog,
    NewEventDialog,
    TakeDialog,
)
from registry_app.ui.dialogs.safety_version import (
    LetterDialog,
    SentDialog,
    VersionDialog,
)
from registry_app.ui.pages.patient import TABS as PATIENT_TABS
from registry_app.ui.pages.patient import PatientPage
from registry_app.ui.pages.safety import SafetyPage
from registry_app.ui.pages.safety_case import SafetyCasePage
from registry_app.ui.pages.safety_form import TABS
from tests.ui.pages.safety_room import a_case, a_signal


def nothing(_made):
    """What a dialog would save."""


def the_list(room):
    a_case(room.desk, room.patient)
    return SafetyPage(*room.usual)


def one_case(room, tab):
    """A case with an event, a test, a version, a letter, an infusion with SpO2."""
    a_signal(room.desk, room.patient, room.patient.injury_date + timedelta(days=30))
    case = a_case(room.desk, room.patient)
    page = SafetyCasePage(*room.usual, case.id)
    page.form.parts["tests"].add_button.click()
    page.form.go_to(tab)
    for figure in page.findChildren(Figure):
        figure.switch(tab == "lung")
    return page


def a_draft(room):
    a_signal(room.desk, room.patient, room.patient.injury_date + timedelta(days=30))
    (line,) = safety_cases(room.desk)
    return SafetyCasePage(*room.usual, line.case.id)


def of_patient(room):
    a_signal(room.desk, room.patient, room.patient.injury_date + timedelta(days=30))
    page = PatientPage(*room.usual, room.patient.id)
    page.tabs.setCurrentIndex(PATIENT_TABS.index("safety"))
    return page


def a_dialog(kind, **told):
    def made(room, parent):
        return kind(
            *(parent, room.words, room.look, [], nothing), today=room.today, **told
        )

    return made


def with_case(kind):
    def made(room, parent):
        case = case_file(room.desk, a_case(room.desk, room.patient).id).case
        return kind(
            *(parent, room.words, room.look, [], nothing), today=room.today, case=case
        )

    return made


SCREENS = {
    "safety": lambda room, _: the_list(room),
    "safety, of a patient": lambda room, _: of_patient(room),
    **{f"case, {tab}": lambda room, _, t=tab: one_case(room, t) for tab in TABS},
    "case, draft": lambda room, _: a_draft(room),
    "new case": a_dialog(NewCaseDialog, specials=()),
    "new case of a patient": a_dialog(NewCaseDialog, specials=(), subject_id="x"),
    "take a draft": with_case(TakeDialog),
    "another event": with_case(NewEventDialog),
    "first version": a_dialog(VersionDialog, name="x", first=True),
    "later version": a_dialog(VersionDialog, name="x", first=False),
    "sent": a_dialog(SentDialog, name="x"),
    "letter": a_dialog(LetterDialog, case_id="x"),
}
