"""What a screen reader is told: every stop of the Tab key has a name."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from registry_app.services.subjects import open_subject
from registry_app.ui.charts import Figure
from registry_app.ui.dialogs.correct_patient import CorrectPatientDialog
from registry_app.ui.dialogs.new_exam import NewExamDialog
from registry_app.ui.dialogs.report import ReportDialog
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.enrol import EnrolPage
from registry_app.ui.pages.patient import PatientPage
from registry_app.ui.pages.patients import PatientsPage
from registry_app.ui.pages.settings import SettingsPage
from registry_app.ui.pages.worksheet import WorksheetPage
from registry_app.ui.settings import Settings
from registry_app.ui.start.create import CreateView
from registry_app.ui.start.sign_in import SignInView
from registry_app.ui.start.welcome import WelcomeView
from registry_app.words import Language, Words
from tests.builders import INJURY, a_draft, a_subject, an_exam


class Room:
    """What a screen is made with: a registry with one patient and two exams."""

    def __init__(self, desk, words, look, changes, patient, draft):
        self.desk, self.words, self.look, self.changes = desk, words, look, changes
        self.patient, self.draft = patient, draft
        self.today = desk.clock().date()

    @property
    def usual(self):
        return self.desk, self.words, self.look, self.changes

    @property
    def file(self):
        return open_subject(self.desk, self.patient.id)


@pytest.fixture(params=list(Language))
def room(request, desk, look, changes):
    patient = a_subject(desk)
    an_exam(desk, patient, R_M_L2="NT")
    draft = a_draft(desk, patient, INJURY + timedelta(days=50), R_M_L3="3*")
    return Room(desk, Words(request.param), look, changes, patient, draft)


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
    return NewExamDialog(
        parent,
        room.words,
        room.look,
        [],
        visits=["baseline"],
        injury=INJURY,
        today=room.today,
        assessor="kato",
    )


SCREENS = {
    "welcome": lambda room, _: WelcomeView(room.words, room.look, Settings()),
    "create": lambda room, _: CreateView(room.words, room.look, [("none", "None")]),
    "sign in": lambda room, _: SignInView(room.words, room.look, room.desk.path),
    "window": lambda room, _: MainWindow(*room.usual),
    "patients": lambda room, _: PatientsPage(*room.usual),
    "enrol": lambda room, _: EnrolPage(*room.usual),
    "settings": lambda room, _: SettingsPage(*room.usual),
    "patient": lambda room, _: patient_page(room),
    "patient, numbers": lambda room, _: patient_numbers(room),
    "patient, exams": lambda room, _: patient_page(room, 1),
    "patient, history": lambda room, _: patient_page(room, 2),
    "worksheet": lambda room, _: WorksheetPage(*room.usual, room.draft.id),
    "new exam": new_exam,
    "report": lambda room, parent: ReportDialog(parent, room.words, room.look, []),
    "correct": lambda room, parent: CorrectPatientDialog(
        parent, room.words, room.look, room.file, room.today
    ),
}


@pytest.fixture(params=SCREENS)
def screen(request, qtbot, room):
    parent = QWidget()  # of a dialog; kept until the dialog is gone
    made = SCREENS[request.param](room, parent)
    qtbot.addWidget(made)
    made.resize(1298, 688)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


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


def test_every_stop_of_the_tab_key_has_a_name(screen):
    unnamed = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in stops(screen)
        if not name_of(widget)
    ]

    assert stops(screen)
    assert unnamed == []


def test_a_page_has_at_most_one_primary_button(screen):
    primary = [
        widget
        for widget in screen.findChildren(QWidget)
        if widget.property("kind") == "primary" and widget.isVisibleTo(screen)
    ]

    assert len(primary) <= 1
