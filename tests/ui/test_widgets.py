import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from registry_app.ui.look import Look, Theme
from registry_app.ui.widgets import Chip, Segments, button


@pytest.fixture
def segments(qtbot, look):
    made = Segments(look, [("yes", "Yes"), ("no", "No"), ("nt", "NT")], "VAC")
    qtbot.addWidget(made)
    made.show()
    return made


def test_segments_are_chosen_by_arrow_keys(segments, qtbot):
    heard = []
    segments.chosen.connect(heard.append)
    segments.setFocus()

    for _ in range(4):
        qtbot.keyClick(segments.focusWidget(), Qt.Key.Key_Right)

    assert (segments.value, heard) == ("nt", ["yes", "no", "nt"])


def test_segments_are_one_stop_for_tab(segments):
    segments.choose("no")

    stops = [
        made.text()
        for made in segments.findChildren(QPushButton)
        if made.focusPolicy() == Qt.FocusPolicy.StrongFocus
    ]
    assert stops == ["No"]


def test_a_choice_that_is_optional_can_be_taken_back(qtbot, look):
    made = Segments(look, [("yes", "Yes"), ("no", "No")], "VAC", optional=True)
    qtbot.addWidget(made)
    first = made.focusProxy()

    first.click()
    assert made.value == "yes"
    first.click()

    assert made.value == ""


def test_enter_presses_a_button_that_has_the_focus(qtbot, look):
    pressed = []
    made = button(look, "Go", press=lambda: pressed.append(True))
    qtbot.addWidget(made)

    qtbot.keyClick(made, Qt.Key.Key_Return)

    assert pressed == [True]


def test_a_chip_keeps_its_words_for_a_screen_reader(qtbot, look):
    chip = Chip(look, "due", "2 doubts")
    qtbot.addWidget(chip)

    assert chip.text() == "2 doubts"
    assert chip.sizeHint().height() == look.size("chip")


@pytest.mark.parametrize("theme", Theme)
def test_a_training_registry_has_another_accent(theme):
    training, real = Look(theme, training=True), Look(theme)

    assert training.colour("accent") == real.colour("training")
    assert training.colour("text1") == real.colour("text1")


def test_every_length_grows_with_the_text():
    assert Look(text_size=200).size("row_table") == 2 * Look().size("row_table")
    assert Look(text_size=200).font().pixelSize() == 2 * Look().font().pixelSize()


def test_enter_on_a_segment_is_left_to_the_form(segments, qtbot):
    qtbot.keyClick(segments.focusProxy(), Qt.Key.Key_Return)

    assert segments.value == ""
