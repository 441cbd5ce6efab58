"""The self-check begins by itself, and what it found can be copied."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from registry_app.ui.dialogs.self_check import SelfCheckDialog


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def dialog(qtbot, look, words, desk, parent):
    dialog = SelfCheckDialog(parent, desk, words, look)
    with qtbot.waitSignal(dialog.checked, timeout=300_000):
        dialog.show()
    return dialog


def test_each_thing_is_shown_and_copied(dialog, words):
    dialog.copy()
    text = QGuiApplication.clipboard().text()
    for item in dialog.items:
        assert words.say(item.title) in text
        for said in item.said:
            assert words.say(said) in text
    assert dialog.strip.said == words("self_check.copied")


def test_it_is_done_again(qtbot, dialog):
    before = dialog.items
    with qtbot.waitSignal(dialog.checked, timeout=300_000):
        dialog.go.click()
    assert dialog.items is not before
    assert dialog.isVisible()


def test_who_leaves_meanwhile_is_not_waited_for(look, words, desk, parent):
    dialog = SelfCheckDialog(parent, desk, words, look)
    dialog.reject()
    assert dialog.items == ()
