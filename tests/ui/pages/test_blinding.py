"""The page of blinding: who is blind, the log, and what each role may do there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from registry_app.domain.blinding import Hidden, Unblinded
from registry_app.domain.person import Role
from registry_app.services import registry
from registry_app.services.blinding import assign_blind, blinding_of, unblind
from registry_app.ui.dialogs.blinding import (
    AssessUnblindingDialog,
    AssignBlindDialog,
    EndBlindDialog,
    WhichPatientDialog,
)
from registry_app.ui.dialogs.unblinding import UnblindingDialog
from registry_app.ui.pages.blinding import BlindingPage
from tests.builders import CHEAP, INJURY, a_subject, an_exam

OTHER = "quince jelly"
DAY = timedelta(days=1)


@pytest.fixture
def sato(desk):
    return registry.add_person(desk, "sato", "佐藤 架空", Role.ENTRY, OTHER, cost=CHEAP)


@pytest.fixture
def subject(desk):
    subject = a_subject(desk)
    an_exam(desk, subject)
    return subject


@pytest.fixture
def page(qtbot, desk, words, look, changes, sato):
    page = BlindingPage(desk, words, look, changes)
    qtbot.addWidget(page)
    return page


@pytest.fixture
def answers(monkeypatch):
    """The next dialog of a kind is filled in and accepted."""

    def answers(kind, fill):
        def exec_(dialog):
            fill(dialog)
            dialog.accept()
            return dialog.result()

        monkeypatch.setattr(kind, "exec", exec_)

    return answers


def shown(table):
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_where_nobody_is_blind_a_sentence_says_so(page):
    assert not page.no_assigned.isHidden()
    assert page.assigned.isHidden()
    assert not page.end.isEnabled()
    assert page.add.isEnabled()


def test_somebody_is_assigned_and_stands_in_the_list(page, answers, subject):
    def fill(dialog):
        dialog.person.input.choose("sato")
        dialog.patient.input.setText(subject.id.lower())
        dialog.to[Hidden.EARLIER].setChecked(False)

    answers(AssignBlindDialog, fill)
    page.ask_assign()

    ((state, person, what, case, since, until),) = shown(page.assigned)
    assert (state, person, case, until) == ("In force", "佐藤 架空", subject.id, "")
    assert "Arm" in what
    assert "Earlier" not in what
    assert since == page.desk.clock().date().isoformat()
    assert not page.assigned.isHidden()
    assert page.strip.said


def test_what_the_service_refuses_is_said_beside_its_field(page, answers, qtbot):
    kept = []

    def fill(dialog):
        dialog.patient.input.setText("SAP-9999-0")
        kept.append(dialog)

    answers(AssignBlindDialog, fill)
    page.ask_assign()

    assert kept[0].patient.problem
    assert shown(page.assigned) == []


def test_an_assignment_is_ended_with_a_day_and_a_reason(page, answers, desk):
    assign_blind(desk, "sato", {Hidden.ARM}, INJURY)
    page.reload()

    def fill(dialog):
        dialog.until.input.setText((INJURY + DAY).isoformat())
        dialog.reason.input.setText("another post")

    answers(EndBlindDialog, fill)
    page.ask_end()

    (line,) = shown(page.assigned)
    assert (line[0], line[-1]) == ("Ended", (INJURY + DAY).isoformat())
    assert line[3] == "Every patient"
    assert not page.end.isEnabled()


def test_an_unblinding_is_recorded_of_a_patient_and_of_a_name_on_a_sheet(
    page, answers, desk, subject
):
    def patient(dialog):
        dialog.patient.input.setText(subject.id)

    def fill(dialog):
        dialog.person.input.choose("kato")
        dialog.on.input.setText(INJURY.isoformat())
        dialog.what[Hidden.TREATMENT].setChecked(True)
        dialog.why.input.setText("a letter on the ward")

    answers(WhichPatientDialog, patient)
    answers(UnblindingDialog, fill)
    page.ask_unblinding()

    (line,) = shown(page.broken)
    assert line[0] == INJURY.isoformat()
    assert line[1:4] == ["架空 管理者", subject.id, "Accidental"]
    assert line[5:] == ["a letter on the ward", "1", "Not yet"]


def test_a_patient_who_is_not_there_is_refused_before_anything_is_asked(page, answers):
    kept = []
    answers(
        WhichPatientDialog,
        lambda dialog: (dialog.patient.input.setText("X-1"), kept.append(dialog)),
    )
    page.ask_unblinding()
    assert kept[0].patient.problem
    assert blinding_of(page.desk).unblindings == ()


def test_an_unblinding_is_assessed_and_the_assessment_corrected(
    page, answers, desk, subject
):
    unblind(desk, subject.id, "sato", Unblinded.PLANNED, INJURY, {Hidden.ARM}, "why")
    page.reload()
    answers(
        AssessUnblindingDialog, lambda dialog: dialog.assessed.input.setText("none")
    )
    page.ask_assess()
    assert shown(page.broken)[0][-1] == "none"
    assert shown(page.broken)[0][-2] == "0"

    def again(dialog):
        assert not dialog.reason.isHidden()
        dialog.assessed.input.setText("one exam")
        dialog.reason.input.setText("overlooked")

    answers(AssessUnblindingDialog, again)
    page.ask_assess()
    assert shown(page.broken)[0][-1] == "one exam"


def test_who_may_only_look_changes_nothing(qtbot, desk, words, look, changes, subject):
    assign_blind(desk, desk.person.id, {Hidden.ARM}, INJURY + 4_000 * DAY)
    reader = replace(desk, person=replace(desk.person, role=Role.READ_ONLY))
    page = BlindingPage(reader, words, look, changes)
    qtbot.addWidget(page)
    assert len(shown(page.assigned)) == 1
    for one in (page.add, page.end, page.assess, page.record_one):
        assert not one.isEnabled()


def test_who_enters_data_records_their_own_unblinding_alone(
    qtbot, desk, words, look, changes, subject, answers, sato
):
    entry = replace(desk, person=sato)
    page = BlindingPage(entry, words, look, changes)
    qtbot.addWidget(page)
    assert page.record_one.isEnabled()
    assert not page.add.isEnabled()
    offered = []

    def fill(dialog):
        offered.append(dialog.person.isHidden())
        dialog.what[Hidden.ARM].setChecked(True)
        dialog.why.input.setText("a letter")

    answers(WhichPatientDialog, lambda d: d.patient.input.setText(subject.id))
    answers(UnblindingDialog, fill)
    page.ask_unblinding()
    assert offered == [True]
    assert [one.person for one in blinding_of(desk).unblindings] == ["sato"]
