"""Help: the support bundle is written where somebody says."""

import zipfile

import pytest

from registry_app.ui import help_commands
from registry_app.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot, look, words, changes, desk):
    window = MainWindow(desk, words, look, changes)
    qtbot.addWidget(window)
    window.show()
    return window


def test_the_bundle_is_kept_where_somebody_says(qtbot, window, monkeypatch, tmp_path):
    place = tmp_path / "help.zip"
    monkeypatch.setattr(help_commands, "ask_place", lambda *_asked: str(place))

    window.actions_by_name["support"].trigger()

    qtbot.waitUntil(lambda: "help.zip" in window.strip.said, timeout=300_000)
    assert "registry.json" in zipfile.ZipFile(place).namelist()


def test_a_place_that_cannot_be_written_is_told(qtbot, window, monkeypatch, tmp_path):
    place = tmp_path / "none" / "help.zip"
    monkeypatch.setattr(help_commands, "ask_place", lambda *_asked: str(place))
    window.actions_by_name["support"].trigger()
    qtbot.waitUntil(lambda: window.strip.said != "", timeout=300_000)
    assert not place.exists()


def test_who_rather_not_writes_nothing(window, monkeypatch):
    monkeypatch.setattr(help_commands, "ask_place", lambda *_asked: "")
    window.actions_by_name["support"].trigger()
    assert window.strip.said == ""
