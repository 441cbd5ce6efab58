import pytest
from PySide6.QtCore import Qt

from registry_app.ui.prose import Prose


@pytest.fixture
def prose(qtbot, look):
    made = Prose(look, "Course", "First")
    qtbot.addWidget(made)
    made.show()
    return made


def test_enter_is_a_new_line_and_blanks_around_are_no_text(qtbot, prose):
    prose.edit.moveCursor(prose.edit.textCursor().MoveOperation.End)
    with qtbot.waitSignal(prose.changed):
        qtbot.keyClick(prose.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(prose.edit, "second  ")

    assert prose.text == "First\nsecond"


def test_it_is_named_and_takes_the_keys(prose):
    prose.setFocus()

    assert prose.focusProxy() is prose.edit
    assert prose.edit.accessibleName() == "Course"
    assert prose.edit.tabChangesFocus()


def test_the_same_text_again_is_no_change(qtbot, prose):
    with qtbot.assertNotEmitted(prose.changed):
        prose.text = "First"
