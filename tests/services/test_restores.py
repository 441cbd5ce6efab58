"""A restore: shown first, beside the file in use, never over it."""

from dataclasses import replace
from pathlib import Path

import pytest

from registry_app.domain.errors import Refused
from registry_app.domain.keeping import Occasion, Restored
from registry_app.domain.person import Role
from registry_app.services import backups, registry, restores, trail
from registry_app.services.policy import policy, set_policy
from tests.builders import CHEAP, PASSWORD, USER, a_subject, at_desk


@pytest.fixture
def backup(desk, tmp_path):
    place = tmp_path / "backups"
    place.mkdir()
    a_subject(desk)
    registry.add_person(desk, "sato", "架空 入力者", Role.ENTRY, PASSWORD, cost=CHEAP)
    set_policy(desk, replace(policy(desk), backup_place=str(place)))
    (made,) = backups.back_up(desk, Occasion.DEMAND).records
    return made


def restoring(backup, target, **told):
    return restores.restoring(Path(backup.file), target, USER, PASSWORD, **told)


def test_what_differs_is_shown_and_the_file_in_use_stays(desk, backup, tmp_path):
    a_subject(desk)
    before = Path(backup.file).read_bytes()
    target = tmp_path / "復元.registry"

    with restoring(backup, target, present=desk) as waiting:
        shown = waiting.preview
        waiting.accept(target, USER, PASSWORD)

    assert shown.problems == ()
    assert (shown.backup.patients, shown.backup.entries) == (1, backup.seq)
    assert shown.backup.last_by == USER
    assert shown.beside.same_trail
    assert shown.beside.facts.patients == 2
    assert shown.beside.newer == {
        "backup": 1,
        "subject": 1,
        "identity": 1,
        "indication": 1,
    }
    assert Path(backup.file).read_bytes() == before
    assert trail.verify(desk).problems == ()
    other = at_desk(target)
    (record,) = restores.unsettled_restores(other)
    assert (record.seq, record.sha256) == (backup.seq, backup.sha256)
    assert trail.verify(other).problems == ()
    other.close()
    assert not list(tmp_path.glob("*.part*"))


def test_who_only_looks_leaves_nothing(desk, backup, tmp_path):
    before = {one.name for one in tmp_path.iterdir()}

    with restoring(backup, tmp_path / "new.registry"):
        pass

    assert {one.name for one in tmp_path.iterdir()} == before


def test_it_is_never_over_another_file(desk, backup, tmp_path):
    with (
        pytest.raises(Refused, match=r"storage\.exists"),
        restoring(backup, desk.path),
    ):
        pass
    target = tmp_path / "new.registry"
    with restoring(backup, target) as waiting:
        target.write_bytes(b"mine")
        with pytest.raises(Refused, match=r"storage\.exists"):
            waiting.accept(target, USER, PASSWORD)
    assert target.read_bytes() == b"mine"


def test_it_takes_a_password_of_the_backup_and_the_right_to_restore(
    desk, backup, tmp_path
):
    file, target = Path(backup.file), tmp_path / "new.registry"
    before = file.read_bytes()
    for user, password, refusal in (
        (USER, "not this one", r"storage\.wrong-password"),
        ("nobody", PASSWORD, r"storage\.wrong-password"),
        ("sato", PASSWORD, r"rights\.not-allowed"),
    ):
        with (
            pytest.raises(Refused, match=refusal),
            restores.restoring(file, target, user, password),
        ):
            pass
    assert file.read_bytes() == before


def test_a_damaged_backup_is_shown_as_such_and_not_restored(desk, backup, tmp_path):
    file, target = Path(backup.file), tmp_path / "new.registry"
    with file.open("r+b") as out:
        out.seek(-2000, 2)
        out.write(b"damage")

    with restoring(backup, target) as waiting:
        assert waiting.preview.problems
        with pytest.raises(Refused, match=r"backup\.not-sound"):
            waiting.accept(target, USER, PASSWORD)
    assert not target.exists()


def test_a_file_in_use_that_went_another_way_is_told(desk, backup, tmp_path):
    target = tmp_path / "new.registry"
    a_subject(desk)
    (newer,) = backups.back_up(desk, Occasion.DEMAND).records
    with restoring(backup, target) as waiting:
        waiting.accept(target, USER, PASSWORD)
    other = at_desk(target)
    for _ in range(3):
        a_subject(other)

    third = tmp_path / "third.registry"
    with restoring(newer, third, present=other) as waiting:
        assert not waiting.preview.beside.same_trail
        assert waiting.preview.beside.newer == {}
    other.close()


def test_an_older_file_is_upgraded_aside_and_stays_as_it_was(tmp_path):
    from tests.faults.deeds import older

    kept = tmp_path / "old.registry"
    older(kept)
    before = kept.read_bytes()
    target = tmp_path / "new.registry"

    with restores.restoring(kept, target, USER, PASSWORD) as waiting:
        assert waiting.preview.problems == ()
        waiting.accept(target, USER, PASSWORD)

    assert kept.read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} == {kept.name, target.name}
    other = at_desk(target)
    assert [type(one) for one in restores.unsettled_restores(other)] == [Restored]
    other.close()
