import pytest
from PySide6.QtWidgets import QLabel

from registry_app.domain.access import Act
from registry_app.domain.handover import Basis, Handover, Outgoing
from registry_app.services import access
from registry_app.ui.dialogs.asking import line_of
from registry_app.ui.dialogs.handover import HandoverDialog
from registry_app.ui.pages.access import AccessPage
from registry_app.ui.pages.patient import TABS, PatientPage
from registry_app.ui.pages.patient_looks import HistoryAndLooks
from tests.builders import a_subject

SAID = Handover("学会発表", Basis.ACADEMIC, "架空大学")


@pytest.fixture
def subject(desk):
    """A patient at whom somebody has looked, and whose data have left."""
    subject = a_subject(desk)
    access.opened(desk, "patients")
    access.opened(desk, "patient", subject.id)
    access.searched(desk, "カクウ", 1)
    access.printed(desk, "R5-1", subject.id)
    leaving = Outgoing("R5-2", (subject.id,), ("identity",), export=True)
    access.exported(desk, leaving, SAID)
    return subject


@pytest.fixture
def page(qtbot, desk, words, look, changes, subject):
    made = AccessPage(desk, words, look, changes)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(table, column):
    model = table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_the_newest_stands_above_in_words(page, subject):
    assert shown(page.list.table, 2) == [
        "Exported",
        "Printed",
        "Searched",
        "Opened",
        "Opened",
    ]
    assert shown(page.list.table, 3)[3:] == ["Patient page", "List of patients"]
    assert shown(page.list.table, 4)[0] == subject.id
    assert page.list.count.text() == "5 records"


def test_below_stands_all_that_was_said_of_an_export(page):
    said = page.list.more.text()

    assert "学会発表" in said
    assert "架空大学" in said
    assert "academic research" in said
    assert "1 never agreed" in said


def test_it_is_filtered_by_act_person_patient_and_days(page, subject):
    page.act.choose(Act.PRINTED.value)
    page.filter()
    assert shown(page.list.table, 3) == ["R5-1"]
    page.act.choose("")
    page.patient.setText(subject.id.lower())
    page.filter()
    assert len(shown(page.list.table, 0)) == 3
    page.days.first.setText("2020-01-01")
    page.days.last.setText("2020-01-02")
    page.filter()
    assert page.list.count.text() == "There is no such record."
    assert page.list.more.text() == ""
    assert page.person.findData("kato") > 0


def test_a_patient_page_says_who_has_looked(qtbot, desk, words, look, changes, subject):
    page = PatientPage(desk, words, look, changes, subject.id)
    qtbot.addWidget(page)
    page.show()
    page.tabs.setCurrentIndex(TABS.index("history"))
    (both,) = page.findChildren(HistoryAndLooks)
    both.choice.choose("looks")
    both.choice.chosen.emit("looks")

    assert shown(both.looks.table, 2) == ["Exported", "Printed", "Opened"]


def asked(qtbot, desk, words, look, *, identifiable):
    leaving = Outgoing("R5-1", export=True, identifiable=identifiable)
    dialog = HandoverDialog(None, desk, words, look, leaving)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_what_names_people_is_not_handed_out_before_all_is_said(
    qtbot, desk, words, look
):
    dialog = asked(qtbot, desk, words, look, identifiable=True)
    dialog.accept()
    assert dialog.isVisible()
    assert "on record" in dialog.purpose.problem
    line_of(dialog.purpose).setText(SAID.purpose)
    dialog.accept()
    assert dialog.basis.problem
    dialog.basis.input.choose(SAID.basis.value)
    line_of(dialog.recipient).setText(SAID.recipient)
    dialog.accept()

    assert not dialog.isVisible()
    assert dialog.said() == SAID


def test_what_names_nobody_needs_nothing_said(qtbot, desk, words, look):
    dialog = asked(qtbot, desk, words, look, identifiable=False)
    dialog.accept()

    assert not dialog.isVisible()
    assert dialog.said() == Handover()


def test_the_dialog_says_that_the_opt_out_cannot_be_used(qtbot, desk, words, look):
    dialog = asked(qtbot, desk, words, look, identifiable=True)
    said = [one.text() for one in dialog.findChildren(QLabel)]

    assert words("access.no-opt-out") in said
