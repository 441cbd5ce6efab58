import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QScrollArea, QWidget

from registry_app.domain.consent import Consent, Scope
from registry_app.ui.dialogs.consent import ConsentDialog
from tests.ui.pages.plan_room import day


@pytest.fixture
def saved():
    return []


@pytest.fixture
def dialog(qtbot, words, look, saved):
    parent = QWidget()
    qtbot.addWidget(parent)
    known = Consent(
        *("c", "SAP-0001-7", Scope.FOLLOW_UP, "Leaflet 3", day(2)),
        withdrawn_on=day(9),
        version=4,
    )
    dialog = ConsentDialog(
        *(parent, words, look, [], saved.append),
        subject_id="SAP-0001-7",
        today=day(30),
        known=known,
    )
    dialog.show()
    dialog.resize(dialog.width(), 420)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    yield dialog
    dialog.close()


def is_seen(dialog, widget):
    view = dialog.findChild(QScrollArea).viewport()
    place = QRect(widget.mapTo(view, widget.rect().topLeft()), widget.size())
    return view.rect().contains(place)


def test_without_a_reason_nothing_is_saved_and_the_place_of_it_comes_into_view(
    qtbot, dialog, saved
):
    assert not is_seen(dialog, dialog.why.input)

    dialog.accept()

    assert saved == []
    assert dialog.why.problem
    assert dialog.why.input.hasFocus()
    qtbot.waitUntil(lambda: is_seen(dialog, dialog.why.input))


def test_another_field_that_is_wrong_has_the_keys_before_the_reason(dialog):
    dialog.signed.line.clear()

    dialog.accept()

    assert dialog.signed.line.hasFocus()
    assert dialog.why.problem


def test_what_is_on_record_keeps_its_identity_and_version(dialog, saved):
    dialog.why.input.setText("Misread")

    dialog.accept()

    assert [(made.id, made.version) for made in saved] == [("c", 4)]
    assert dialog.reason == "Misread"
