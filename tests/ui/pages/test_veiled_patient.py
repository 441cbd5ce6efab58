"""A patient to whom one is blind: nothing is shown until it is recorded."""

from datetime import timedelta

import pytest

from registry_app.domain.blinding import Hidden
from registry_app.services.blinding import assign_blind, blinding_of
from registry_app.services.enrolment import enrol
from registry_app.ui.dialogs.new_assessment import NewAssessmentDialog
from registry_app.ui.dialogs.unblinding import UnblindingDialog
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.assessment_sheet import AssessmentSheetPage
from registry_app.ui.pages.patient import PatientPage
from registry_app.ui.pages.veiled_patient import VeiledPatientPage
from tests.builders import INJURY, an_enrolment

EVERYTHING = frozenset(Hidden)


@pytest.fixture
def subject(desk):
    """Injured 45 days ago, and treated: the baseline exam is open."""
    day = desk.clock().date() - timedelta(days=45)
    told = an_enrolment(injury_date=day, treatment_date=day + timedelta(days=30))
    return enrol(desk, told)


@pytest.fixture
def window(qtbot, desk, words, look, changes, subject):
    assign_blind(desk, desk.person.id, EVERYTHING, INJURY)
    window = MainWindow(desk, words, look, changes)
    qtbot.addWidget(window)
    window.show()
    window.open_subject(subject.id)
    return window


def said(window):
    return [fact.value for fact in window.facts()]


def test_the_page_and_the_banner_say_who_it_is_and_no_more(window, subject):
    assert isinstance(window.page, VeiledPatientPage)
    assert said(window) == [subject.id, "カクウ タロウ", "0012345", "Blind"]
    assert window.banner.isVisible()
    for name in ("print", "new-exam"):
        assert not window.actions_by_name[name].isEnabled()


def test_the_list_shows_a_word_instead_of_arm_and_day(window):
    window.show_patients()
    model = window.patients.table.model()
    cells = [model.index(0, column).data() for column in range(6)]
    assert cells[2:5] == ["Hidden"] * 3
    assert "Hidden" in model.index(0, 6).data()


def test_an_unblinding_is_recorded_and_the_patient_is_shown(
    window, subject, monkeypatch, desk
):
    def fill(dialog):
        assert all(box.isChecked() for box in dialog.what.values())
        dialog.why.input.setText("a serious event")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(UnblindingDialog, "exec", fill)
    window.page.ask_unblind()

    assert isinstance(window.page, PatientPage)
    assert "Treated" in said(window)
    (one,) = blinding_of(desk, subject.id).unblindings
    assert (one.person, one.why) == ("kato", "a serious event")
    assert window.actions_by_name["new-exam"].isEnabled()


def test_nothing_is_shown_where_the_dialog_is_left(window, monkeypatch, desk):
    monkeypatch.setattr(UnblindingDialog, "exec", lambda _dialog: 0)
    window.page.ask_unblind()
    assert isinstance(window.page, VeiledPatientPage)
    assert blinding_of(desk).unblindings == ()


def test_an_own_exam_is_begun_and_opened_with_nothing_around_it(window, monkeypatch):
    def fill(dialog):
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(NewAssessmentDialog, "exec", fill)
    (one,) = window.page.exams
    window.page.open_sheet(one)

    assert isinstance(window.page, AssessmentSheetPage)
    assert window.page.editor.form.assessor == "架空 管理者"
    assert said(window)[-1] == "Blind"
    window.go_back()
    (again,) = window.page.exams
    assert again.form_id
    window.page.open_sheet(again)
    assert isinstance(window.page, AssessmentSheetPage)
