"""The key slots live in pages that SQLite never touches: proven, not believed."""

import os
import signal
import subprocess
import sys

import pytest

from registry_app.services import registry, trail
from registry_app.storage import database, key_area
from registry_app.storage.key_area import END, PAGE
from tests.builders import CHEAP, PASSWORD, a_registry, a_subject, an_exam, at_desk


def _area(path):
    with path.open("rb") as file:
        return file.read(END)[PAGE:]


def test_a_closed_registry_is_one_file(tmp_path):
    path = tmp_path / "site.registry"
    desk = a_registry(path)
    an_exam(desk, a_subject(desk))
    desk.close()

    assert [found.name for found in tmp_path.iterdir()] == ["site.registry"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_copy_of_the_file_opens_elsewhere(closed, tmp_path):
    moved = tmp_path / "elsewhere.registry"
    closed.rename(moved)
    at_desk(moved).close()


def test_writing_growing_and_shrinking_leave_the_slots_as_they_are(closed):
    before = _area(closed)
    key = _key(closed)
    connection = database.connect(closed, key)
    connection.execute("CREATE TABLE filler (n INTEGER, text TEXT)")
    for n in range(2000):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO filler VALUES (?, ?)", [n, "x" * (n % 9000)])
        if n % 3 == 0:
            connection.execute("DELETE FROM filler WHERE n = ?", [n // 2])
        connection.execute("COMMIT")
        if n % 500 == 0:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            assert _area(closed) == before
    connection.execute("DROP TABLE filler")
    connection.close()

    assert _area(closed) == before
    assert database.damage(closed, key) == []
    at_desk(closed).close()


def test_a_killed_writer_and_its_recovery_leave_the_slots_as_they_are(closed):
    before = _area(closed)
    key = _key(closed)
    program = """
import sys
from pathlib import Path
from registry_app.storage import database
connection = database.connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
connection.execute("CREATE TABLE IF NOT EXISTS filler (text TEXT)")
while True:
    connection.execute("INSERT INTO filler VALUES (?)", ["x" * 3000])
    print("written", flush=True)
"""
    for writes in (1, 40, 400):
        writer = subprocess.Popen(
            [sys.executable, "-c", program, closed, key.hex()], stdout=subprocess.PIPE
        )
        for _ in range(writes):
            writer.stdout.readline()
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate()
        assert _area(closed) == before
        assert database.damage(closed, key) == []
        assert _area(closed) == before


@pytest.mark.parametrize("half", [0, 1])
def test_a_torn_write_of_the_slots_leaves_the_other_copy(closed, half):
    start = PAGE + half * (END - PAGE) // 2
    with closed.open("r+b") as file:
        file.seek(start + 100)
        file.write(b"torn" * 50)

    desk = at_desk(closed)
    assert [note.key for note in trail.verify(desk).notes] == ["trail.slots-torn"]
    registry.change_password(desk, PASSWORD, "quince jelly", cost=CHEAP)
    assert trail.verify(desk).notes == ()
    desk.close()

    at_desk(closed, password="quince jelly").close()
    with closed.open("rb", buffering=0) as file:
        assert key_area.read(file).slots


@pytest.mark.parametrize("copy", [1, 2])
def test_one_flipped_bit_behind_the_slots_is_told_too(closed, copy):
    with closed.open("r+b") as file:
        file.seek(PAGE + copy * (END - PAGE) // 2 - 1)
        file.write(b"\x04")

    desk = at_desk(closed)

    assert [note.key for note in trail.verify(desk).notes] == ["trail.slots-torn"]
    desk.close()


def test_slots_that_are_both_torn_are_damage_and_not_a_crash(closed):
    with closed.open("r+b") as file:
        for start in (PAGE, PAGE + (END - PAGE) // 2):
            file.seek(start + 100)
            file.write(b"torn" * 50)
    with pytest.raises(Exception, match=r"storage\.damaged"):
        registry.look_at(closed)


def test_an_old_password_opens_nothing_even_from_the_older_copy(closed):
    desk = at_desk(closed)
    old = desk.store.area.slots[0].wrapped
    registry.change_password(desk, PASSWORD, "quince jelly", cost=CHEAP)
    desk.close()

    assert old.encode() not in closed.read_bytes()


def test_the_check_knows_exactly_the_pages_of_the_slots(path):
    desk = a_registry(path)
    an_exam(desk, a_subject(desk))
    assert trail.verify(desk).problems == ()
    desk.close()
    with path.open("r+b") as file:
        file.seek(-2000, os.SEEK_END)
        file.write(b"damage")
    damage = database.damage(path, desk.store.key)
    pages = path.stat().st_size // PAGE
    assert f"HMAC verification failed for page {pages}" in damage


def _key(path):
    desk = at_desk(path)
    desk.close()
    return desk.store.key
