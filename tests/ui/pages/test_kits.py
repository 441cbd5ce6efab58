from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from registry_app.domain.kit import KitState, Manufacture
from registry_app.services.cases import case_of
from registry_app.services.kits import change, kits
from registry_app.ui.dialogs.kit import KitDialog, NotGivenDialog
from registry_app.ui.dialogs.kit_given import GiveDialog
from registry_app.ui.pages.kits import KitsPage
from tests.ui.pages.plan_room import a_patient, answer, day, ordered


@pytest.fixture
def furnish():
    return a_patient


@pytest.fixture
def patient(given):
    return given


@pytest.fixture
def page(qtbot, desk, words, look, changes, patient):
    ordered(desk, patient, "K-1")
    ordered(desk, None, "K-2", lot="LOT-7")
    given = ordered(desk, a_patient(desk, hospital_number="2"), "K-3", lot="LOT-8")
    change(desk, replace(given, not_given_on=day(30), not_given="Manufacture failed"))
    page = KitsPage(desk, words, look, changes)
    qtbot.addWidget(page)
    page.resize(1298, 657)
    page.show()
    return page


def rows(page):
    model = page.model
    return [
        [model.index(n, at).data() for at in range(model.columnCount())]
        for n in range(model.rowCount())
    ]


def choose(page, number):
    numbers = [row[0] for row in rows(page)]
    page.table.selectRow(numbers.index(number))


def test_the_sum_says_what_became_of_every_kit(page):
    assert page.sum.text() == "Ordered 3 = given 0 + not given 1 + pending 2"
    assert (page.difference.status, page.difference.text()) == ("done", "Difference 0")


def test_a_kit_of_nobody_stands_in_red_with_a_shape(page):
    assert page.unmatched.text() == "Belonging to nobody: 1"
    assert page.unmatched.status == "overdue"
    page.filters["unmatched"].click()

    assert [row[0] for row in rows(page)] == ["K-2"]
    assert rows(page)[0][2] == "Nobody yet"


def test_from_a_lot_one_comes_to_the_patients(qtbot, page):
    page.lot.setText("lot-8")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)

    assert rows(page)[0][0] == "K-3"
    opened = []
    page.open_subject.connect(opened.append)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened == [page.kit.subject_id]

    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)


def test_what_can_be_done_depends_on_the_kit(page):
    can = {}
    for number in ("K-1", "K-2", "K-3"):
        choose(page, number)
        can[number] = [name for name, b in page.deeds.items() if b.isEnabled()]

    assert can == {
        "K-1": ["give", "set-aside", "edit"],
        "K-2": ["match", "set-aside"],
        "K-3": ["edit"],
    }


def test_a_kit_is_ordered_for_nobody_yet(page, desk):
    def fill(dialog):
        dialog.number.input.setText("K-9")
        dialog.ordered.line.setText(day(40).isoformat())
        dialog.accept()

    answer(KitDialog, fill)
    page.order_button.click()

    assert "K-9" in {kit.number for kit in kits(desk)}
    assert "Ordered 4" in page.sum.text()


def test_a_number_that_is_taken_is_said_beside_it_and_nothing_is_lost(page):
    def fill(dialog):
        dialog.number.input.setText("K-1")
        dialog.lot.input.setText("LOT-1")
        dialog.accept()
        assert dialog.result() == 0
        assert "K-1" in dialog.number.problem
        assert dialog.lot.input.text() == "LOT-1"
        dialog.reject()

    answer(KitDialog, fill)
    page.order_button.click()
    assert page.model.rowCount() == 3


def test_a_kit_finds_its_case_and_the_dialog_says_whose_it_is(page, desk, patient):
    choose(page, "K-2")

    def fill(dialog):
        dialog.case.input.setText("SAP-9999-1")
        dialog.accept()
        assert dialog.case.problem
        dialog.case.input.setText(patient.id.lower())
        dialog.case.input.editingFinished.emit()
        assert "カクウ タロウ" in dialog.case._below.text()
        dialog.accept()

    answer(KitDialog, fill)
    page.deeds["match"].click()

    assert {k.number for k in kits(desk) if k.subject_id == patient.id} >= {"K-2"}
    assert not page.unmatched.isVisible()


def test_a_kit_that_is_not_given_needs_its_reason(page, desk):
    choose(page, "K-1")

    def fill(dialog):
        dialog.accept()
        assert dialog.why.problem
        dialog.made.choose(str(Manufacture.FAILED))
        dialog.why.input.setText("Too few cells")
        dialog.accept()

    answer(NotGivenDialog, fill)
    page.deeds["set-aside"].click()

    kit = next(kit for kit in kits(desk) if kit.number == "K-1")
    assert (kit.state, kit.not_given) == (KitState.NOT_GIVEN, "Too few cells")


def test_the_treatment_computes_cells_per_kg_and_asks_why_a_criterion_fails(
    page, desk, patient
):
    choose(page, "K-1")

    def fill(dialog):
        dialog.on.line.setText(day(45).isoformat())
        dialog.amounts["cells"].input.setText("3e8")
        dialog.amounts["weight"].input.setText("60")
        dialog.amounts["weight"].input.editingFinished.emit()
        assert "5.00×10⁶" in dialog._ratios["cells-per-kg"].text()
        failed = dict(dialog.criteria.fields)
        assert failed
        dialog.accept()
        assert dialog.result() == 0
        for field in dialog.criteria.fields.values():
            field.input.setText("Decided by the board")
        dialog.accept()
        assert dialog.result() == 1

    answer(GiveDialog, fill)
    page.deeds["give"].click()

    case = case_of(desk, patient.id)
    assert case.subject.treatment_date == day(45)
    assert case.kits[0].state is KitState.GIVEN
    assert {d.reason for d in case.deviations} == {"Decided by the board"}


def test_the_dialog_of_a_kit_says_whose_it_is(page, patient):
    seen = []

    def look_at(dialog):
        labels = dialog.findChildren(QLabel)
        seen.extend(label.text() for label in labels if label.isVisibleTo(dialog))

    choose(page, "K-1")
    answer(GiveDialog, look_at)
    page.deeds["give"].click()

    assert patient.id in " ".join(seen)
