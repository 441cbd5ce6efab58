from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from registry_app.domain.course import (
    Contact,
    ContactOutcome,
    ContactWay,
    EndReason,
    FollowUp,
)
from registry_app.services.courses import add_contact, end_follow_up, resume
from registry_app.ui.main_window import MainWindow
from registry_app.ui.pages.attrition import AttritionPage
from tests.ui.pages.plan_room import a_patient, day


@pytest.fixture
def silent(desk):
    """Not reached yet, and to be called again on a day that has gone by."""
    patient = a_patient(desk)
    contact = Contact(
        *("", patient.id, day(60), ContactWay.PHONE, ContactOutcome.NOT_REACHED),
        by="kato",
        again_on=day(70),
    )
    add_contact(desk, contact)
    return patient


@pytest.fixture
def gone(desk):
    patient = a_patient(desk, hospital_number="2")
    end_follow_up(
        desk,
        FollowUp(
            *(patient.id, EndReason.TRANSFERRED, day(50), day(49)),
            transferred_to="Another hospital",
        ),
    )
    return patient


@pytest.fixture
def page(qtbot, desk, words, look, changes, silent, gone):
    page = AttritionPage(desk, words, look, changes)
    qtbot.addWidget(page)
    page.resize(1298, 657)
    page.show()
    qtbot.waitUntil(lambda: bool(page.sum.text()))
    return page


def rows(page):
    model = page.models[page.views.value]
    return [
        [model.index(n, at).data() for at in range(model.columnCount())]
        for n in range(model.rowCount())
    ]


def show(page, view):
    page.views.choose(view)
    page.views.chosen.emit(view)


def test_the_sum_says_how_many_are_followed_may_be_lost_and_have_left(page):
    said = "Followed up 1, of whom 1 may be lost; ended 1"

    assert page.sum.text() == said


def test_who_may_be_lost_is_said_with_why_the_last_contact_and_the_next(page, silent):
    ((case, why, alive, contact, again),) = rows(page)

    assert case == silent.id
    assert why
    assert alive == day(0).isoformat()
    assert (contact, again) == (day(60).isoformat(), day(70).isoformat())
    assert (
        page.models["at-risk"].columns[4].status(page.models["at-risk"].row(0)) == "due"
    )


def test_every_reason_of_the_chosen_row_is_said_in_words_below(page, silent):
    said = page.whole.text()

    assert said.startswith(silent.id)
    assert "Not reached, attempts: 1" in said
    assert f"To be called again since {day(70)}" in said


def test_who_has_left_is_said_with_why_and_when_last_known_alive(page, gone):
    show(page, "ended")

    assert rows(page) == [
        [
            gone.id,
            "Transferred",
            day(50).isoformat(),
            day(49).isoformat(),
            "Another hospital",
        ]
    ]
    assert page.whole.text() == f"{gone.id}: Another hospital"


def test_enter_opens_the_patient(qtbot, page, silent, gone):
    opened = []
    page.open_subject.connect(opened.append)

    qtbot.keyClick(page.tables["at-risk"], Qt.Key.Key_Return)
    show(page, "ended")
    qtbot.keyClick(page.tables["ended"], Qt.Key.Key_Return)

    assert opened == [silent.id, gone.id]


def test_a_contact_that_is_recorded_is_read_again(qtbot, page, desk, silent, changes):
    again = desk.clock().date() + timedelta(days=3)
    contact = Contact(
        *("", silent.id, day(80), ContactWay.PHONE, ContactOutcome.NOT_REACHED),
        again_on=again,
    )
    add_contact(desk, contact)
    changes.subject.emit(silent.id)

    qtbot.waitUntil(lambda: "attempts: 2" in page.whole.text())
    assert rows(page)[0][3:] == [day(80).isoformat(), again.isoformat()]


def test_who_is_followed_up_again_leaves_the_list_of_those_who_left(
    qtbot, page, desk, gone, changes
):
    show(page, "ended")
    resume(desk, gone.id, "Came back")
    changes.subject.emit(gone.id)

    qtbot.waitUntil(lambda: page.sum.text().endswith("ended 0"))
    assert page._none.isVisible()
    assert not page.whole.text()


def test_nothing_is_said_of_anybody_before_everybody_was_looked_through(
    qtbot, desk, words, look, changes, gone
):
    page = AttritionPage(desk, words, look, changes)
    qtbot.addWidget(page)
    show(page, "ended")

    assert (page.sum.text(), page._none.text(), page._count.text()) == ("", "", "")
    qtbot.waitUntil(lambda: bool(page.sum.text()))
    assert page._count.text() == words("attrition.count", count=1)


def test_an_empty_list_says_what_belongs_there(qtbot, desk, words, look, changes):
    page = AttritionPage(desk, words, look, changes)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page.sum.text()))

    assert page._none.text() == words("attrition.none-at-risk")
    assert page._none.isVisible()
    show(page, "ended")
    assert page._none.text() == words("attrition.none-ended")


def test_the_list_of_patients_and_the_menu_lead_there_and_back(
    qtbot, desk, words, look, changes, silent
):
    window = MainWindow(desk, words, look, changes)
    qtbot.addWidget(window)
    window.show()
    window.show_patients()
    window.patients.attrition_button.click()
    assert isinstance(window.page, AttritionPage)
    qtbot.waitUntil(lambda: bool(window.page.sum.text()))

    window.page.open_subject.emit(silent.id)
    assert window.page.subject_id == silent.id
    window.go_back()
    assert isinstance(window.page, AttritionPage)
    window.go_back()
    assert window.page is window.patients

    window.actions_by_name["attrition"].trigger()
    assert isinstance(window.page, AttritionPage)
    qtbot.waitUntil(lambda: bool(window.page.sum.text()))
