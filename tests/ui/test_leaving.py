"""The end of a sitting, off the GUI thread; and a backup that is not worked in."""

from dataclasses import replace
from pathlib import Path

import pytest

from registry_app.domain.errors import Refused
from registry_app.domain.keeping import Occasion
from registry_app.services import backups
from registry_app.services.policy import policy, set_policy
from registry_app.ui.app import Program, application
from registry_app.ui.dialogs.restore import RestoreDialog
from registry_app.ui.leaving import waited_for
from registry_app.ui.start.sign_in import SignInView
from registry_app.ui.start.welcome import WelcomeView


def test_what_was_waited_for_comes_back(qtbot, words, look):
    assert waited_for(None, words, look, lambda: ("a", "trouble")) == ("a", "trouble")


def test_what_goes_wrong_meanwhile_is_raised_here(qtbot, words, look):
    def work():
        raise Refused("storage.busy")

    with pytest.raises(Refused, match=r"storage\.busy"):
        waited_for(None, words, look, work)


@pytest.fixture
def backup(desk, tmp_path):
    place = tmp_path / "backups"
    place.mkdir()
    set_policy(desk, replace(policy(desk), backup_place=str(place)))
    return Path(backups.back_up(desk, Occasion.DEMAND).records[0].file)


@pytest.fixture
def program(qtbot, look):
    program = Program(application())
    yield program
    program.window.close()
    program.window.deleteLater()
    look.apply(application())


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_backup_is_restored_before_anybody_signs_in(
    program, backup, monkeypatch, goes_on
):
    """Who rather not is at the welcome, and the backup is as it was."""
    before = backup.read_bytes()
    restored = backup.with_name("new.registry")

    def exec_(dialog):
        assert dialog.file.input.text() == str(backup)
        dialog.restored = restored
        return goes_on

    monkeypatch.setattr(RestoreDialog, "exec", exec_)
    program.begin(backup)

    view = program.window.view
    assert isinstance(view, SignInView if goes_on else WelcomeView)
    assert not goes_on or view.path == restored
    assert backup.read_bytes() == before
