"""A new data key: the same registry for all who may sign in, and for nobody else."""

import errno
import os
import resource
import signal
import subprocess
import sys
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2

from registry_app.domain.errors import Refused
from registry_app.paths import ROOT
from registry_app.services import people, registry, trail
from registry_app.services.subjects import SubjectQuery, open_subject, subject_ids
from registry_app.storage import database, keys, rotation, tables
from registry_app.storage.keys import Slot
from registry_app.storage.personal import Personal, sealed
from tests.builders import (
    CHEAP,
    USER,
    a_registry_with_code,
    a_subject,
    an_exam,
    at_desk,
)

OTHER = "quince jelly"


@pytest.fixture
def site(path):
    """A registry of two people with an exam in it, and its recovery sheet."""
    desk, halves = a_registry_with_code(path)
    registry.add_person(desk, "sato", "架空", "entry", OTHER, cost=CHEAP)
    an_exam(desk, a_subject(desk))
    yield desk, halves
    desk.close()


def rows(desk):
    with desk.read() as reading:
        return {
            name: [tuple(row) for row in reading.connection.execute(sa.select(table))]
            for name, table in sorted(tables.metadata.tables.items())
        }


def schema(desk):
    with desk.read() as reading:
        query = sa.text("SELECT type, name, sql FROM sqlite_master ORDER BY name")
        return [tuple(row) for row in reading.connection.execute(query)]


def test_everything_is_there_under_the_new_key_and_nothing_under_the_old(path, site):
    desk, _ = site
    old, before, made = desk.store.secrets, rows(desk), schema(desk)
    head = trail.head(desk)

    people.rotate(desk)

    (told,) = trail.trail_entries(desk, newest=1)
    assert (told.kind, told.seq) == ("key_event", head.seq + 1)
    after = rows(desk)
    for name in ("entry", "key_event"):  # that it was done comes after all that was
        after[name].pop()
    assert (after, schema(desk)) == (before, made)
    assert desk.store.secrets.trail == old.trail
    assert desk.store.key != old.data
    assert trail.verify(desk).problems == ()
    desk.close()
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    assert path.stat().st_mode & 0o777 == 0o600
    connection = database.connect(path, old.data)
    with pytest.raises(dbapi2.DatabaseError):
        connection.execute("SELECT * FROM entry").fetchall()
    connection.close()


def test_everybody_signs_in_with_what_they_know(path, site):
    desk, halves = site
    people.rotate(desk)
    desk.close()

    for user, password in ((USER, "plum blossom"), ("sato", OTHER)):
        again = at_desk(path, user, password)
        assert again.store.secrets == desk.store.secrets
        again.close()
    registry.recover(path, halves, USER, "another sentence", cost=CHEAP).close()


def test_the_desk_goes_on_writing_and_a_key_can_be_changed_again(path, site):
    desk, _ = site
    people.rotate(desk)
    an_exam(desk, a_subject(desk))
    people.rotate(desk)
    a_subject(desk)

    assert trail.verify(desk).problems == ()
    desk.close()
    again = at_desk(path)
    first, *_ = found = subject_ids(again, SubjectQuery())
    assert len(found) == 3
    assert open_subject(again, first).exams
    again.close()


def test_a_slot_of_before_opens_nothing_that_is_written_since(path, site):
    desk, _ = site
    slot = desk.store.area.slot(keys.USER, "sato")
    people.retire_person(desk, "sato", "moved away")
    people.rotate(desk)
    desk.store.rewrite(desk.store.area.with_slot(slot))
    desk.close()

    with pytest.raises(Refused, match="damaged"):
        at_desk(path, "sato", OTHER)


def test_the_new_key_is_not_sealed_to_a_public_key_that_a_stranger_put_there(site):
    desk, _ = site
    area = desk.store.area
    stranger = Personal.new().slot(
        area.binding, Slot(keys.USER, "sato", CHEAP), "open", desk.store.secrets
    )
    right = sealed(area.binding, stranger, replace(desk.store.secrets, data=bytes(32)))
    forged = replace(stranger, vouched=right.vouched)
    desk.store.rewrite(area.with_slot(forged))
    before = desk.store.secrets

    with pytest.raises(Refused, match="slot-altered") as refused:
        people.rotate(desk)

    assert refused.value.message.params == {"user": "sato"}
    assert desk.store.secrets == before


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [(keys.USER, "sato", "sign-in-first"), (keys.RECOVERY, "", "new-sheet-first")],
)
def test_a_slot_of_the_old_form_has_to_be_renewed_first(site, kind, name, key):
    desk, _ = site
    area = desk.store.area
    old = keys.wrap(area.binding, Slot(kind, name, CHEAP), desk.store.key, OTHER)
    desk.store.rewrite(area.with_slot(old))

    with pytest.raises(Refused, match=key):
        people.rotate(desk)


class Enough(Exception):
    """Somebody has pressed Cancel."""


@pytest.mark.parametrize("at", [0.0, 0.79, 0.8, 1.0])
def test_who_ends_it_half_way_goes_on_with_the_file_as_it_was(path, site, at):
    desk, _ = site
    before, key, seen = rows(desk), desk.store.key, []

    def going(share):
        seen.append(share)
        if share >= at:
            raise Enough

    with pytest.raises(Enough):
        people.rotate(desk, going)

    assert seen == sorted(seen)
    assert (desk.store.key, rows(desk)) == (key, before)
    assert not list(path.parent.glob("*.part*"))
    a_subject(desk)
    desk.close()
    at_desk(path).close()


def test_somebody_who_still_reads_keeps_the_file_as_it_is(path, site):
    desk, _ = site
    key = desk.store.key
    with desk.read() as reading:
        reading.connection.execute(sa.text("SELECT count(*) FROM entry")).scalar()
        with pytest.raises(Refused, match=r"storage\.busy"):
            people.rotate(desk)

    assert desk.store.key == key
    people.rotate(desk)
    assert trail.verify(desk).problems == ()


def test_a_record_changed_past_the_program_is_found_before_the_key_is(site):
    desk, _ = site
    key = desk.store.key
    with desk.store._writer.transaction() as connection:
        connection.exec_driver_sql("UPDATE subject SET sex = 'female'")
        desk.store._writer.commit()

    with pytest.raises(Refused, match="verify-first"):
        people.rotate(desk)

    assert desk.store.key == key


def test_a_full_disk_leaves_the_file_as_it_was(path, site):
    desk, _ = site
    before, key = rows(desk), desk.store.key
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    for size in (4096, 140_000, 300_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
        try:
            with pytest.raises(Refused, match="disk"):
                people.rotate(desk)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert (desk.store.key, rows(desk)) == (key, before)
        assert not list(path.parent.glob("*.part*"))
    signal.signal(signal.SIGXFSZ, ignored)
    people.rotate(desk)


#: Dies at the n-th thing that it does with a file of the folder, for n from 1 on, until
#: it comes through; after each death the registry is opened and checked.
KILLED = """
import os, signal, sys
from itertools import count
from pathlib import Path
from registry_app.services import people, trail
from tests.builders import at_desk
path = Path(sys.argv[1])
old = bytes.fromhex(sys.argv[2])

def look():
    desk = at_desk(path)
    assert trail.verify(desk).problems == (), "problems"
    told = len(trail.trail_entries(desk, "key_event"))  # of each that came through
    assert trail.head(desk).seq == int(sys.argv[3]) + told, "entries"
    desk.close()
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    return desk.store.key

def rotate(deaths):
    desk = at_desk(path)
    left = deaths
    def died(*_):
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
    def seen(event, told):
        files = event in ("open", "os.rename", "os.remove")
        if files and str(path.parent) in str(told):
            died()
    synced = os.fsync
    os.fsync = lambda handle: (died(), synced(handle))
    sys.addaudithook(seen)
    people.rotate(desk, died)
    desk.close()
    os._exit(0)

keys = set()
for deaths in count(1):
    child = os.fork()
    if not child:
        try:
            rotate(deaths)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    key = look()
    keys.add(key == old)
    if not os.WIFSIGNALED(status):
        assert status == 0 and key != old
        break
    if key != old:
        old = key
print(deaths, sorted(keys))
"""


def test_killed_in_each_step_the_registry_is_whole_under_either_key(path, site):
    desk, _ = site
    seq = trail.head(desk).seq
    desk.close()

    run = subprocess.run(
        [sys.executable, "-c", KILLED, path, desk.store.key.hex(), str(seq)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    deaths, _, kinds = run.stdout.strip().partition(" ")
    assert int(deaths) > 20
    assert kinds == "[False, True]"


@pytest.mark.parametrize(
    ("code", "key"),
    [(errno.EIO, "storage.disk-error"), (errno.ENOSPC, "storage.disk-full")],
)
def test_a_disk_that_fails_at_what_was_left_over_is_told(path, site, code, key):
    desk, _ = site
    desk.close()

    def failing(*_):
        raise OSError(code, os.strerror(code))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rotation, "clear", failing)
        with pytest.raises(Refused, match=key.replace(".", r"\.")):
            at_desk(path)
    at_desk(path).close()


def test_a_disk_that_fails_at_the_end_of_a_change_of_keys_undoes_nothing(path, site):
    desk, _ = site
    old = desk.store.secrets

    clear, cleared = rotation.clear, []

    def failing(*place):
        cleared.append(place)
        if len(cleared) > 1:  # the first is before the new file is filled
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        clear(*place)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rotation, "clear", failing)
        people.rotate(desk)

    assert len(cleared) > 1
    assert desk.store.secrets != old
    desk.close()
    at_desk(path).close()
