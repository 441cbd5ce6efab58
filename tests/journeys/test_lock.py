"""The locked screen and a power cut, each while somebody types in a dialog."""

import pytest

from registry_app.services import registry
from registry_app.services.subjects import SubjectQuery, open_subject, subject_ids
from registry_app.words import Language, Words
from tests.builders import PASSWORD, USER, a_registry, a_subject
from tests.journeys.desktop import PATIENCE, Desktop, screen

#: What is being typed when it happens.
TYPED, MORE = "Prof Zebra", " Quartz"
LOCALE = "en_GB"


class Somebody:
    """At a desktop, with a registry of one patient."""

    def __init__(self, desktop):
        self.desktop, self.words = desktop, Words(Language.EN)
        self.file = desktop.home / "sap.registry"
        desk = a_registry(self.file)
        self.case = a_subject(desk, family="Kakuu").id
        desk.close()

    def at(self, key, **params):
        return self.desktop.at(self.words(key, **params))

    def sign_in(self, then):
        self.at("signin.title")
        self.desktop.write(PASSWORD)
        self.desktop.press("Return")
        self.at(then)

    def begin_to_type(self):
        self.desktop.press("ctrl+2")
        self.at("patients.title")
        self.desktop.press("Return")
        self.desktop.at(f"{self.case} —")
        self.desktop.press("ctrl+e")
        self.at("enrol.exam-title")
        self.desktop.press("Tab", "Tab")
        self.desktop.write(TYPED)

    def lock(self):
        self.desktop.press("ctrl+l")
        self.at("lock.title")
        self.desktop.settle()

    def go_on_with_the_draft(self):
        self.at("drafts.list-title")
        self.desktop.press("Return")
        self.at("enrol.exam-title")

    def open_the_sheet(self):
        self.desktop.press("ctrl+Return")
        whatever = self.words("worksheet.title-of", id=self.case, visit="").strip()
        self.desktop.at(whatever)

    def assessor(self):
        """Of the only exam in the file."""
        desk = registry.sign_in(self.file, USER, PASSWORD)
        try:
            (case,) = subject_ids(desk, SubjectQuery())
            (exam,) = open_subject(desk, case).exams
        finally:
            desk.close()
        return exam.form.assessor


@pytest.fixture
def somebody(tmp_path):
    with screen() as display:
        yield Somebody(Desktop(display, tmp_path, LOCALE))


def test_what_is_typed_waits_behind_the_lock(somebody):
    desktop = somebody.desktop
    with desktop.program("open", somebody.file) as program:
        somebody.sign_in("today.title")
        somebody.begin_to_type()
        somebody.lock()
        assert somebody.case not in " ".join(desktop.titles())
        desktop.write(PASSWORD)
        desktop.press("Return")
        somebody.at("enrol.exam-title")
        desktop.settle()
        desktop.write(MORE)

        somebody.open_the_sheet()
        desktop.press("ctrl+q")
        assert program.wait(PATIENCE) == 0

    assert somebody.assessor() == TYPED + MORE


def test_what_was_typed_outlives_a_power_cut(somebody):
    desktop = somebody.desktop
    with desktop.program("open", somebody.file) as program:
        somebody.sign_in("today.title")
        somebody.begin_to_type()
        somebody.lock()  # writes what is typed, at once
        program.kill()
        program.wait(PATIENCE)

    with desktop.program("open", somebody.file) as program:
        somebody.sign_in("drafts.list-title")
        somebody.go_on_with_the_draft()
        somebody.open_the_sheet()
        desktop.press("ctrl+q")
        assert program.wait(PATIENCE) == 0

    assert somebody.assessor() == TYPED
