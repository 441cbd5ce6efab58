"""An unblinding from the menu, its mark on the exams, the doubt at a new exam."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from registry_app.domain.blinding import Hidden, Unblinded
from registry_app.domain.person import Role
from registry_app.domain.visit import Blinding
from registry_app.services import registry
from registry_app.services.blinding import assign_blind, blinding_of, unblind
from registry_app.services.exams import begin_exam
from registry_app.ui.dialogs.new_exam import NewExamDialog
from registry_app.ui.dialogs.unblinding import UnblindingDialog
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.patient import TABS
from registry_app.ui.pages.patient_exams import ExamsTable
from registry_app.ui.pages.patient_visits_tab import VisitsTab
from tests.builders import CHEAP, INJURY, PASSWORD, a_subject, an_exam

DAY = timedelta(days=1)


@pytest.fixture
def subject(desk):
    subject = a_subject(desk)
    an_exam(desk, subject)
    an_exam(desk, subject, INJURY + 49 * DAY)
    return subject


@pytest.fixture
def window(qtbot, desk, words, look, changes, subject):
    window = MainWindow(desk, words, look, changes)
    qtbot.addWidget(window)
    window.show()
    window.open_subject(subject.id)
    return window


def known(desk, subject, on, *what):
    how, me = Unblinded.ACCIDENTAL, desk.person.id
    return unblind(desk, subject.id, me, how, on, what or (Hidden.ARM,), "a letter")


def exams(window):
    page = window.page
    page.tabs.setCurrentIndex(TABS.index("visits"))
    tab = page.findChild(VisitsTab)
    tab.views.choose("exams")
    tab.views.chosen.emit("exams")
    model = page.findChild(ExamsTable).model()
    titles = [model.headerData(c, Qt.Orientation.Horizontal) for c in range(20)]
    column = titles.index("Blinding")
    return [model.index(row, column) for row in range(model.rowCount())]


def test_the_menu_records_one_of_the_open_patient(window, desk, subject, monkeypatch):
    action = window.actions_by_name["unblinding"]
    assert action.isEnabled()

    def fill(dialog):
        assert dialog.person.input.count() == 1
        dialog.on.input.setText((INJURY + 10 * DAY).isoformat())
        dialog.what[Hidden.ARM].setChecked(True)
        dialog.why.input.setText("a letter")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(UnblindingDialog, "exec", fill)
    action.trigger()

    (one,) = blinding_of(desk, subject.id).unblindings
    assert (one.person, one.on) == (desk.person.id, INJURY + 10 * DAY)
    assert window.strip.said
    marked = [index.data() for index in exams(window)]
    assert marked[0] == "Unknown"
    assert "unblinded since 2026-01-20" in marked[1]


def test_the_command_waits_for_a_patient(window):
    window.show_patients()
    assert not window.actions_by_name["unblinding"].isEnabled()


def test_a_marked_exam_says_why_where_the_mouse_rests(window, desk, subject):
    known(desk, subject, INJURY + 10 * DAY)
    window.open_subject(subject.id)
    first, second = exams(window)
    tip = Qt.ItemDataRole.ToolTipRole
    assert first.data(tip) is None
    assert "a letter" in second.data(tip)
    assert "Accidental" in second.data(tip)


def test_an_assessor_who_is_no_user_is_offered_too(window, desk, subject, monkeypatch):
    begin_exam(desk, subject.id, "unscheduled", INJURY, "架空 三郎")
    offered = []

    def fill(dialog):
        box = dialog.person.input
        offered.extend(box.itemText(n) for n in range(box.count()))
        return 0

    monkeypatch.setattr(UnblindingDialog, "exec", fill)
    window.record_unblinding()
    assert offered == ["架空 管理者", "架空 三郎"]


@pytest.fixture
def new_exam(window, monkeypatch):
    """What the dialog warns of, once blinded is chosen."""

    def new_exam(assessor=None):
        told = []

        def fill(dialog):
            assert dialog.warning.isHidden()
            if assessor is not None:
                dialog.assessor.input.setText(assessor)
            dialog.blinding.choose(str(Blinding.BLINDED))
            dialog.blinding.chosen.emit(str(Blinding.BLINDED))
            told.append("" if dialog.warning.isHidden() else dialog.warning.text())
            dialog.blinding.choose(str(Blinding.KNOWS))
            dialog.blinding.chosen.emit(str(Blinding.KNOWS))
            assert dialog.warning.isHidden()
            return 0

        monkeypatch.setattr(NewExamDialog, "exec", fill)
        window.new_exam()
        return told[0]

    return new_exam


def test_a_blinded_exam_by_who_is_not_assigned_is_doubted(new_exam):
    assert "not assigned blind" in new_exam("架空 三郎")


def test_a_blinded_exam_by_who_came_to_know_is_doubted(new_exam, desk, subject):
    known(desk, subject, INJURY + 10 * DAY)
    assert "unblinded for this patient on 2026-01-20" in new_exam()


def test_who_is_assigned_blind_is_not_doubted(new_exam, desk):
    registry.add_person(desk, "sato", "Dr Sato", Role.ENTRY, PASSWORD, cost=CHEAP)
    assign_blind(desk, "sato", {Hidden.ARM}, INJURY)
    assert new_exam("Dr Sato") == ""
