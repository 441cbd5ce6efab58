"""What is told about backups, and when."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from registry_app.domain.keeping import Occasion, Restored
from registry_app.services import backups, drills
from registry_app.services.backup_warnings import Remedy, backup_warnings
from registry_app.services.policy import policy, set_policy
from tests.builders import a_registry, a_subject


@pytest.fixture
def place(desk, tmp_path):
    place = tmp_path / "backups"
    place.mkdir()
    set_policy(desk, replace(policy(desk), backup_place=str(place), detached_days=0))
    return place


def told(desk, days=0):
    moved = desk.clock() + timedelta(days=days)
    found = backup_warnings(replace(desk, clock=lambda: moved))
    return [(one.said.key.removeprefix("backup."), one.red) for one in found]


def test_a_registry_without_a_place_is_warned_at_once(desk):
    assert told(desk) == [("warn-no-place", True)]


def test_nothing_is_told_of_a_training_registry(tmp_path):
    desk = a_registry(tmp_path / "t.registry", training=True)
    assert told(desk, 1000) == []
    desk.close()


def test_a_new_registry_has_a_day_for_its_first_backup(desk, place):
    assert told(desk) == []
    assert told(desk, 2) == [("warn-none", True)]


def test_a_backup_is_too_old_once_it_was_missed_and_something_is_new(desk, place):
    backups.back_up(desk, Occasion.TIME)
    assert told(desk, 4) == []

    a_subject(desk)

    assert told(desk, 2) == []
    assert told(desk, 4) == [("warn-old", True)]


def test_a_proof_is_asked_for_as_often_as_the_policy_says(desk, place):
    backups.back_up(desk, Occasion.TIME)
    assert told(desk, 91) == [("warn-never-proved", True)]

    drills.drill(desk)

    assert ("warn-proof-old", True) not in told(desk, 89)
    assert ("warn-proof-old", True) in told(desk, 91)


def test_a_drill_that_failed_is_told_until_another_one_succeeds(desk, place):
    (made,) = backups.back_up(desk, Occasion.TIME).records
    Path(made.file).write_bytes(b"no registry")
    drills.drill(desk)
    assert told(desk) == [("warn-drill-failed", True)]

    backups.back_up(desk, Occasion.TIME)
    drills.drill(desk)

    assert told(desk) == []


def test_a_detached_medium_is_asked_for_as_a_reminder(desk, place):
    known = replace(policy(desk), detached_days=30)
    set_policy(desk, known, "made up")
    backups.back_up(desk, Occasion.TIME)
    assert told(desk, 31) == [("warn-detached", False)]

    backups.back_up_to(desk, place)

    assert told(desk, 29) == []


def test_a_restore_that_is_not_settled_is_told(desk, place):
    with desk.begin() as work:
        work.save(Restored("r", "old", "0" * 64, 1, "0" * 64, desk.clock()))
    (one,) = backup_warnings(desk)
    assert (one.remedy, one.red) == (Remedy.SETTLE, False)
