"""Backups: verified, kept in generations, and never anybody else's file removed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from registry_app.domain.errors import Refused
from registry_app.domain.keeping import Drill, Occasion, Place, Restored
from registry_app.domain.policy import Policy
from registry_app.services import backups, trail
from registry_app.services.policy import policy, set_policy
from tests.builders import a_subject, at_desk


@pytest.fixture
def places(tmp_path):
    found = (tmp_path / "控え" / "第1", tmp_path / "second place")
    for folder in found:
        folder.mkdir(parents=True)
    return found


def with_places(desk, *folders, **told):
    first, second = (*map(str, folders), "", "")[:2]
    known = replace(policy(desk), backup_place=first, second_place=second, **told)
    set_policy(desk, known, "made up")


def made(desk, occasion=Occasion.DEMAND):
    done = backups.back_up(desk, occasion)
    assert done.troubles == ()
    return done.records


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def test_a_backup_opens_with_the_same_password_and_its_chain_is_whole(desk, places):
    a_subject(desk)
    with_places(desk, *places)
    before = trail.head(desk)

    first, second = made(desk)

    assert (first.place, second.place) == (Place.FIRST, Place.SECOND)
    assert (first.seq, first.head) == (before.seq, before.head)
    assert Path(first.file).read_bytes() == Path(second.file).read_bytes()
    assert first.size == Path(first.file).stat().st_size
    other = at_desk(Path(first.file))
    assert trail.head(other) == before
    assert trail.verify(other).problems == ()
    other.close()
    assert trail.verify(desk).problems == ()


def test_its_name_tells_the_time_and_nothing_of_a_patient(desk, places):
    with_places(desk, places[0])

    (first,) = made(desk)

    assert names(places[0]) == [f"site.2026-04-01T1800.{first.seq}.registry-backup"]


def test_one_place_that_fails_is_told_and_does_not_hide_the_other(desk, places):
    with_places(desk, places[0] / "gone", places[1])

    done = backups.back_up(desk, Occasion.DEMAND)

    assert [one.place for one in done.records] == [Place.SECOND]
    assert [one.key for one in done.troubles] == ["backup.no-folder"]
    assert [one.key for one in backups.check_places(desk)] == ["backup.no-folder"]


def test_without_a_place_it_is_refused(desk):
    with pytest.raises(Refused, match=r"backup\.no-place"):
        backups.back_up(desk, Occasion.DEMAND)
    assert not backups.backup_due(desk)
    backups.on_close(desk)
    assert backups.generations(desk) == ()


def test_the_oldest_goes_after_the_newer_one_is_there(desk, places):
    with_places(desk, places[0], backup_generations=3)

    files = [made(desk)[0].file for _ in range(5)]

    assert names(places[0]) == sorted(Path(one).name for one in files[2:])
    there = [one.there for one in backups.generations(desk)]
    assert there == [True, True, True, False, False]


def test_nobody_elses_file_is_removed_and_none_that_was_changed(desk, places):
    with_places(desk, places[0], backup_generations=3)
    mine = places[0] / "site.2020-01-01T0000.1.registry-backup"
    mine.write_bytes(b"mine")
    (first,) = made(desk)
    with Path(first.file).open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\0")

    for _ in range(4):
        made(desk)

    assert mine.exists()
    assert Path(first.file).exists()
    assert len(names(places[0])) == 5


def test_the_last_proved_one_stays(desk, places):
    with_places(desk, places[0], backup_generations=3)
    (first,) = made(desk)
    with desk.begin() as work:
        work.save(Drill("d", first.id, "kato", desk.clock(), 1, "0" * 64, 1, 1))

    for _ in range(4):
        made(desk)

    assert Path(first.file).exists()
    assert len(names(places[0])) == 4


def test_none_is_removed_until_a_restore_is_settled(desk, places):
    with_places(desk, places[0], backup_generations=3)
    with desk.begin() as work:
        work.save(Restored("r", "old", "0" * 64, 1, "0" * 64, desk.clock()))

    for _ in range(5):
        made(desk)
    assert len(names(places[0])) == 5
    backups.settle_restore(desk)
    made(desk)

    assert len(names(places[0])) == 3


def test_a_disk_that_fails_while_it_is_copied_leaves_the_older_ones(
    desk, places, monkeypatch
):
    with_places(desk, places[0], backup_generations=3)
    kept = [made(desk)[0].file for _ in range(3)]

    def full(_file, part, *_told):
        part.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("registry_app.storage.backup._copy_bytes", full)
    done = backups.back_up(desk, Occasion.TIME)

    assert [one.key for one in done.troubles] == ["storage.disk-full"]
    assert names(places[0]) == sorted(Path(one).name for one in kept)


def test_who_gives_up_leaves_no_copy(desk, places):
    with_places(desk, places[0])

    def stop(share):
        if share > 0.5:
            raise Refused("report_service.cancelled")

    done = backups.back_up(desk, Occasion.DEMAND, stop)

    assert done.records == ()
    assert names(places[0]) == []


def test_what_a_kill_has_left_is_swept_away_with_the_next(desk, places):
    with_places(desk, places[0])
    stale = places[0] / "site.2026-03-01T0900.7.registry-backup.part"
    for end in ("", "-wal", "-shm", ".held"):
        stale.with_name(f"{stale.name}{end}").write_bytes(b"left")
    notes = places[0] / "notes.part"
    notes.write_text("mine")

    made(desk)

    assert not list(places[0].glob("*.registry-backup.part*"))
    assert notes.exists()


def test_on_close_only_where_something_is_new(desk, places):
    with_places(desk, places[0])
    backups.on_close(desk)
    backups.on_close(desk)
    assert len(names(places[0])) == 1

    a_subject(desk)
    backups.on_close(desk)

    assert len(names(places[0])) == 2
    newest = backups.generations(desk)[0]
    assert newest.record.occasion is Occasion.CLOSE


def test_by_time_once_the_hours_are_over_and_something_is_new(desk, places):
    with_places(desk, places[0], backup_hours=24)
    assert backups.backup_due(desk)
    made(desk, Occasion.TIME)
    later = replace(desk, clock=lambda: desk.clock() + timedelta(hours=25))
    assert not backups.backup_due(later)

    a_subject(desk)

    assert not backups.backup_due(desk)
    assert backups.backup_due(later)


def test_saving_goes_on_while_the_bytes_are_copied(desk, places):
    a_subject(desk)
    with_places(desk, places[0])
    saved = []

    def save(share):
        if share and not saved:
            saved.append(a_subject(desk))

    (first,) = backups.back_up(desk, Occasion.DEMAND, save).records

    assert saved
    assert trail.head(desk).seq > first.seq + 1
    other = at_desk(Path(first.file))
    assert trail.verify(other).problems == ()
    assert trail.head(other).seq == first.seq
    other.close()
    assert trail.verify(desk).problems == ()


def test_a_copy_on_a_medium_is_remembered_and_never_removed(desk, places):
    with_places(desk, places[0], backup_generations=3)
    stick = places[1]
    for _ in range(5):
        copy = backups.back_up_to(desk, stick)

    assert copy.place is Place.DETACHED
    assert len(names(stick)) == 5
    with pytest.raises(Refused, match=r"backup\.no-folder"):
        backups.back_up_to(desk, stick / "gone")


def test_a_policy_without_places_names_no_folder():
    assert backups.folders(Policy()) == ()
