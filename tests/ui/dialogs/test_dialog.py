import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea, QWidget

from registry_app.ui.dialogs.dialog import Dialog


@pytest.fixture
def opened(qtbot, words, look):
    """A dialog with a field of some height, which is what it gives."""
    parent = QWidget()
    qtbot.addWidget(parent)

    def open_one(height):
        field = QWidget()
        field.setMinimumHeight(height)
        dialog = Dialog(parent, words, look, [])
        dialog.lay_out("Title", "Go on", field)
        dialog.show()
        return dialog, field

    return open_one


def hidden_below(dialog):
    return dialog.findChild(QScrollArea).verticalScrollBar().maximum()


def test_a_dialog_opens_as_high_as_its_fields_where_the_screen_has_room(opened):
    screen = QGuiApplication.primaryScreen().availableGeometry().height()

    dialog, _field = opened(screen - 230)

    assert hidden_below(dialog) == 0


def test_a_dialog_is_never_higher_than_the_screen(opened):
    screen = QGuiApplication.primaryScreen().availableGeometry().height()

    dialog, _field = opened(3 * screen)

    assert dialog.height() <= screen
    assert hidden_below(dialog) > 0


def test_a_dialog_grows_with_what_is_added_to_it(opened, qtbot):
    dialog, field = opened(40)

    field.setMinimumHeight(420)

    qtbot.waitUntil(lambda: hidden_below(dialog) == 0 and field.height() >= 420)
