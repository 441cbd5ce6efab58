from datetime import date

import pytest

from registry_app.ui.dates import DateField

TODAY = date(2026, 4, 1)


@pytest.fixture
def field(qtbot, look, words):
    made = DateField(look, words, "Onset", TODAY)
    qtbot.addWidget(made)
    return made


def test_another_day_is_shown_in_both_calendars_and_takes_a_problem_back(field):
    field.line.setText("no day")
    assert field.take() is None
    assert field.problem

    field.show_day(date(2026, 3, 2))
    assert not field.problem
    assert field.take() == date(2026, 3, 2)

    field.show_day(None)
    assert field.line.text() == ""
    assert field.take() is None


def test_what_is_being_typed_is_read_without_a_word(field):
    field.line.setText("R8.3")
    assert field.written is None
    assert not field.problem

    field.line.setText("R8.3.31")
    assert field.written == date(2026, 3, 31)
    assert field.line.text() == "R8.3.31"
