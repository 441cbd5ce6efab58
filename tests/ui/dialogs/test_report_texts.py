from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget

from registry_app.domain.errors import Refused
from registry_app.ui.dialogs.report_texts import TextsDialog


@pytest.fixture
def disk():
    return {"full": False, "saved": []}


@pytest.fixture
def dialog(qtbot, words, look, disk):
    def save(written):
        if disk["full"]:
            raise Refused("storage.wrong-password")
        disk["saved"].append(written)

    dialog = TextsDialog(
        None, words, look, save, name="cut 1", slots=[("summary", "Summary")], texts={}
    )
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_part_that_is_written_in_one_language_names_the_other(dialog):
    assert dialog.state.text() == "Not written yet (1): Summary"
    dialog.en.text = "made-up words"
    dialog._typed()
    assert dialog.state.text() == "Not written yet (1): Summary (日本語)"


def test_a_refusal_is_told_before_one_can_leave(dialog, disk):
    disk["full"] = True
    dialog.en.text = "made-up words"
    dialog._typed()
    dialog.reject()

    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()


def test_each_new_refusal_is_told_though_one_was_before(dialog, disk):
    disk["full"] = True
    dialog.en.text = "made-up words"
    dialog._typed()
    dialog.reject()
    disk["full"] = False
    dialog.pause.timeout.emit()
    assert disk["saved"] == [{"summary": ("", "made-up words")}]

    disk["full"] = True
    dialog.en.text = "made-up words, and more"
    dialog._typed()
    dialog.reject()
    assert dialog.isVisible()


def test_what_saves_as_one_types_is_kept_as_no_draft(qtbot, words, look, disk):
    class Followed(QWidget):
        keeper = None

    window, seen = Followed(), []
    window.keeper = SimpleNamespace(follow=seen.append)
    qtbot.addWidget(window)
    dialog = TextsDialog(
        window, words, look, disk["saved"].append, name="", slots=[("a", "A")], texts={}
    )
    dialog.show()

    assert not seen
