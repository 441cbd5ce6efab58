from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from registry_app.ui.dates import DateField
from registry_app.ui.inputs import Choice, Field, Line, NameLine

TODAY = date(2026, 4, 1)


@pytest.fixture
def day(qtbot, look, words):
    field = DateField(look, words, "Injury date", TODAY)
    qtbot.addWidget(field)
    return field


def test_a_japanese_date_is_kept_as_iso_with_the_other_calendar_beside(day, qtbot):
    qtbot.keyClicks(day.line, "R8.1.5")
    qtbot.keyClick(day.line, Qt.Key.Key_Return)

    assert day.line.text() == "2026-01-05"
    assert day.take() == date(2026, 1, 5)
    assert day.line.accessibleDescription() == "2026-01-05 (Reiwa 8.1.5)"


def test_t_stands_for_today(day):
    day.line.setText("t")

    assert day.take() == TODAY


@pytest.mark.parametrize("typed", ["2026-13-40", "H31.5.1", "20260402"])
def test_what_is_no_day_stays_as_typed_with_a_problem_beside(day, typed):
    day.line.setText(typed)

    assert day.take() is None
    assert day.problem
    assert day.line.text() in (typed, "2026-04-02")
    assert day.line.property("wrong") == "true"


def test_a_missing_day_is_a_problem_only_where_it_is_needed(day):
    assert day.take() is None
    assert not day.problem

    assert day.take(required=True) is None
    assert day.problem


def test_what_is_wrong_is_said_until_one_types_there(qtbot, look):
    line = Line(look, "Site")
    field = Field(look, "Site", line, "Two letters")
    qtbot.addWidget(field)
    field.set_problem("Write two letters.")

    qtbot.keyClicks(line, "S")

    assert not field.problem
    assert line.accessibleDescription() == "Two letters"


def compose(line, text):
    QApplication.sendEvent(line, QInputMethodEvent(text, []))


def commit(line, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def test_a_name_proposes_the_kana_it_was_converted_from(qtbot, look):
    line, heard = NameLine(look, "Family name"), []
    qtbot.addWidget(line)
    line.reading.connect(heard.append)

    for step in ("m", "み", "みほ", "みほn", "みほん", "見本"):
        compose(line, step)
    assert line.text() == ""
    commit(line, "見本")

    assert (line.text(), heard) == ("見本", ["ミホン"])


def test_the_wheel_changes_no_box_that_nobody_has_chosen(qtbot, look):
    box = Choice(look, "Cause", [("a", "A"), ("b", "B")], "a")
    qtbot.addWidget(box)
    point, none = QPointF(5, 5), QPoint()
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(
        point,
        point,
        none,
        QPoint(0, -120),
        buttons,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    QApplication.sendEvent(box, turn)

    assert box.value == "a"


def test_a_problem_is_told_to_a_screen_reader_too(qtbot, look):
    line = Line(look, "Site code")
    field = Field(look, "Site code", line, "hint")
    qtbot.addWidget(field)

    field.set_problem("Wrong.")
    assert (field.problem, line.accessibleDescription()) == ("Wrong.", "Wrong.")

    field.set_problem("")
    assert (field.problem, line.accessibleDescription()) == ("", "hint")
