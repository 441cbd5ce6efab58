import pytest
from PySide6.QtCore import Qt

from registry_app.domain.visit import StarNote, StarReason


@pytest.fixture
def strip(card):
    return card.strip


def test_the_strip_is_seen_only_at_a_starred_score(strip, grid, qtbot, editor):
    assert not strip.isVisible()
    qtbot.keyClicks(grid, "3*")
    assert strip.isVisible()
    assert strip.title.text() == "Right motor C5  3*"
    editor.go("R_M_C8")
    assert not strip.isVisible()


def test_a_star_is_answered_from_the_number_pad_and_the_sheet_goes_on(
    strip, grid, qtbot, editor
):
    qtbot.keyClicks(grid, "3*")
    assert strip.reason.hasFocus()
    qtbot.keyClicks(strip.reason, "2")
    qtbot.keyClicks(strip.normal.focusProxy(), "1")

    assert editor.form.stars["R_M_C5"] == StarNote(StarReason.NEUROPATHY, normal=True)
    assert editor.form.values["R_M_C5"] == "3**"
    assert grid.hasFocus()
    qtbot.keyClicks(grid, "4")
    assert editor.form.values == {"R_M_C5": "3**", "R_M_C6": "4"}


def test_a_star_stands_at_the_score_just_typed_though_the_next_cell_is_filled(
    grid, qtbot, editor
):
    qtbot.keyClicks(grid, "333")
    editor.go("R_M_C5")
    qtbot.keyClicks(grid, "4*")

    assert editor.form.values == {"R_M_C5": "4*", "R_M_C6": "3", "R_M_C7": "3"}


def test_a_star_that_is_refused_leaves_the_place_of_typing(grid, qtbot, editor):
    qtbot.keyClicks(grid, "5*4")

    assert editor.form.values == {"R_M_C5": "5", "R_M_C6": "4"}


def test_a_star_put_at_a_score_gone_to_stays_there(strip, grid, qtbot, editor):
    qtbot.keyClicks(grid, "33")
    editor.go("R_M_C5")
    qtbot.keyClicks(grid, "*")
    qtbot.keyClick(strip.reason, Qt.Key.Key_Escape)

    assert editor.current == "R_M_C5"


def test_another_reason_asks_for_words(strip, grid, qtbot, editor):
    qtbot.keyClicks(grid, "3*")
    qtbot.keyClicks(strip.reason, "4")
    assert strip.text.hasFocus()
    qtbot.keyClicks(strip.text, "Fracture 1")
    qtbot.keyClick(strip.text, Qt.Key.Key_Return)
    qtbot.keyClicks(strip.normal.focusProxy(), "0")

    note = StarNote(StarReason.OTHER, normal=False, text="Fracture 1")
    assert editor.form.stars["R_M_C5"] == note
    assert editor.form.unanswered == ()


def test_escape_goes_back_to_the_sheet_with_the_star_unanswered(
    strip, grid, qtbot, editor
):
    qtbot.keyClicks(grid, "3*")
    qtbot.keyClick(strip.reason, Qt.Key.Key_Escape)

    assert grid.hasFocus()
    assert editor.form.unanswered == ("R_M_C5",)


def test_a_star_pressed_again_is_taken_away(strip, grid, qtbot, editor):
    qtbot.keyClicks(grid, "3*")
    grid.setFocus()
    qtbot.keyClicks(grid, "/")

    assert editor.form.values == {"R_M_C5": "3"}
    assert not strip.isVisible()


def test_the_pointer_answers_too(strip, grid, qtbot, editor):
    qtbot.keyClicks(grid, "3*")
    strip.reason.setCurrentIndex(0)
    strip.reason.activated.emit(0)
    yes = strip.normal.focusProxy()
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)

    assert editor.form.stars["R_M_C5"] == StarNote(StarReason.PLEXOPATHY, normal=True)
