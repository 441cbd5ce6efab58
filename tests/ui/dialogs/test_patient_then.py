"""A past state of a patient is plainly marked, and one slides through them."""

from PySide6.QtWidgets import QWidget

from registry_app.ui.dialogs.patient_then import PatientThenDialog
from tests.builders import a_subject, an_exam


def test_one_slides_from_the_newest_state_to_the_first(qtbot, desk, words, look):
    subject = a_subject(desk)
    an_exam(desk, subject)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PatientThenDialog(parent, desk, words, look, subject.id)
    newest = dialog.table.model().rowCount()
    assert "past state" in dialog.banner.said.text()
    dialog.slider.setValue(0)
    assert f"entry {dialog.entries[0].seq}" in dialog.banner.said.text()
    assert 0 < dialog.table.model().rowCount() < newest
    dialog.close()
