"""A second start brings the first window up, if it is of the same user and file."""

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QWidget

from registry_app.paths import ROOT, settings_file
from registry_app.ui.second_instance import FirstInstance, brought_to_front, last_file
from registry_app.ui.settings import Settings, write_settings

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from registry_app.ui.second_instance import brought_to_front
app = QCoreApplication([])
sys.exit(0 if brought_to_front(Path(sys.argv[1])) else 3)
"""


def start_again(path):
    return subprocess.Popen([sys.executable, "-c", SECOND, path], cwd=ROOT)


@pytest.fixture
def first(qtbot, qapp, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    first = FirstInstance(qapp, lambda: window)
    first.window = window
    first.listen(tmp_path / "site.registry")
    yield first
    first.stop()


def test_a_second_start_on_the_same_file_calls_the_first(qtbot, first, tmp_path):
    with qtbot.waitSignal(first.called, timeout=60_000):
        second = start_again(tmp_path / "site.registry")
    assert second.wait() == 0
    assert not first.window.isMinimized()


def test_a_second_start_on_another_file_goes_on_by_itself(first, tmp_path):
    assert start_again(tmp_path / "other.registry").wait() == 3


def test_once_the_registry_is_closed_nobody_answers(first, tmp_path):
    first.stop()
    assert start_again(tmp_path / "site.registry").wait() == 3


def test_it_listens_where_a_killed_program_has_listened(qtbot, qapp, tmp_path):
    left = FirstInstance(qapp, lambda: None)
    left.listen(tmp_path / "site.registry")
    again = FirstInstance(qapp, lambda: None)
    again.listen(tmp_path / "site.registry")
    with qtbot.waitSignal(again.called, timeout=60_000):
        second = start_again(tmp_path / "site.registry")
    assert second.wait() == 0
    left.stop()
    again.stop()


def test_a_start_without_a_name_means_the_last_file_that_is_there(qapp, tmp_path):
    assert not brought_to_front(None)
    there = tmp_path / "there.registry"
    there.touch()
    recent = (str(tmp_path / "gone.registry"), str(there))
    write_settings(settings_file(), Settings(recent=recent))
    assert last_file() == there
