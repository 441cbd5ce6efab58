"""A registry that another program has open, or that lies on a disc, is only read."""

import os
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from registry_app.domain.errors import RegistryError
from registry_app.services import reading, registry, session, subjects, trail
from registry_app.services.subjects import SubjectQuery
from registry_app.storage import migrate
from tests.builders import (
    PASSWORD,
    USER,
    a_clock,
    a_registry,
    a_subject,
    an_own_pack,
    at_desk,
)

KEPT = Path(__file__).parents[1] / "storage" / "kept"

#: Another program that has the file open, with patients that are only in its log.
OTHER = """
import sys
from pathlib import Path
from tests.builders import a_subject, at_desk
desk = at_desk(Path(sys.argv[1]))
a_subject(desk)
print("open", flush=True)
for line in sys.stdin:
    for _ in range(int(line)):
        a_subject(desk)
    print("written", flush=True)
desk.close()
"""


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "aside"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "aside").mkdir()
    (tmp_path / "site").mkdir()
    path = tmp_path / "site" / "site.registry"
    a_registry(path).close()
    return path


@pytest.fixture
def other(path):
    """Another program that has it open: hand it a number of patients to write."""
    program = subprocess.Popen(
        [sys.executable, "-c", OTHER, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout.readline() == "open\n"

    def write(number):
        program.stdin.write(f"{number}\n")
        program.stdin.flush()
        assert program.stdout.readline() == "written\n"

    write.program = program
    yield write
    program.communicate()


def seen(folder):
    """Each file of a folder: its bytes, its times, its mode."""
    return {
        one.name: (one.read_bytes(), one.stat().st_mtime_ns, one.stat().st_mode)
        for one in folder.iterdir()
    }


def ids(desk):
    return subjects.subject_ids(desk, SubjectQuery())


def test_what_another_program_has_open_is_read_without_touching_it(path, other):
    before = seen(path.parent)

    desk = reading.sign_in_to_read(path, USER, PASSWORD)

    assert len(ids(desk)) == 1
    assert trail.verify(desk).problems == ()
    assert session.arrive(desk).problems == ()
    said = reading.shown_state(desk)
    assert said.key == "guards.reading-by"
    assert said.params["who"] == USER
    other(3)  # it goes on; the copy stays as it was
    assert len(ids(desk)) == 1
    after = seen(path.parent)
    assert before.keys() == after.keys()
    assert before["site.registry"][0] == after["site.registry"][0]
    assert session.leave(desk) == ()
    desk.close()
    again = reading.sign_in_to_read(path, USER, PASSWORD)
    assert len(ids(again)) == 4
    again.close()


def test_nothing_is_left_of_the_copy(path, tmp_path):
    desk = reading.sign_in_to_read(path, USER, PASSWORD)
    (folder,) = (tmp_path / "aside").iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(folder.iterdir())
    desk.close()
    assert list(folder.iterdir()) == []


def test_a_copy_that_a_killed_program_left_is_removed_at_the_next_reading(
    path, tmp_path
):
    killed = """
import os, signal, sys
from pathlib import Path
from registry_app.services.reading import sign_in_to_read
from tests.builders import PASSWORD, USER
desk = sign_in_to_read(Path(sys.argv[1]), USER, PASSWORD)
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", killed, path], check=False)
    (folder,) = (tmp_path / "aside").iterdir()
    assert list(folder.iterdir())

    reading.sign_in_to_read(path, USER, PASSWORD).close()

    assert list(folder.iterdir()) == []


def test_every_write_is_refused_with_who_has_it(path, other):
    desk = reading.sign_in_to_read(path, USER, PASSWORD)
    with pytest.raises(RegistryError, match=r"guards\.only-read-by"):
        a_subject(desk)
    with pytest.raises(RegistryError, match=r"guards\.only-read-by"):
        registry.change_password(desk, PASSWORD, "quince jelly and bread")
    with pytest.raises(RegistryError, match=r"guards\.only-read-by"):
        desk.store.back_up(path.with_name("copy.registry"))
    assert not path.with_name("copy.registry").exists()
    desk.close()


def test_a_file_on_a_medium_that_takes_no_writes_is_read(path):
    path.chmod(0o400)
    path.parent.chmod(0o500)
    before = seen(path.parent)
    with pytest.raises(RegistryError, match=r"storage\.read-only"):
        at_desk(path)

    desk = reading.sign_in_to_read(path, USER, PASSWORD)

    assert reading.shown_state(desk).key == "guards.reading"
    with pytest.raises(RegistryError, match=r"guards\.only-read$"):
        a_subject(desk)
    desk.close()
    assert seen(path.parent) == before
    path.parent.chmod(0o700)


def test_an_older_file_is_upgraded_in_the_copy_alone(path):
    an_own_pack("follow-up")
    path.unlink()
    shutil.copyfile(KEPT / "0001.registry", path)
    before = seen(path.parent)

    desk = reading.sign_in_to_read(path, USER, PASSWORD)

    assert len(ids(desk)) == 2
    assert desk.store.area.revision == migrate.HEAD
    desk.close()
    assert seen(path.parent) == before


def test_a_writing_desk_shows_no_state(path):
    desk = at_desk(path)
    assert reading.shown_state(desk) is None
    desk.close()


def test_wrong_passwords_are_counted_as_long_as_the_program_runs(path):
    start = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
    before = seen(path.parent)
    told = []
    for _ in range(7):
        with pytest.raises(RegistryError) as refused:
            reading.sign_in_to_read(path, USER, "wrong", clock=lambda: start)
        told.append(str(refused.value))
    assert told == ["storage.wrong-password"] * 5 + ["storage.wait-until"] * 2
    assert seen(path.parent) == before

    later = a_clock(start + timedelta(hours=1))
    reading.sign_in_to_read(path, USER, PASSWORD, clock=later).close()
    reading.sign_in_to_read(path, USER, PASSWORD, clock=lambda: start).close()


def test_a_copy_is_of_one_moment_however_much_is_written_meanwhile(path, other):
    """The other program writes all the time, and folds its log in now and then."""
    other.program.stdin.write("400\n")
    other.program.stdin.flush()
    counts = []
    for _ in range(4):
        desk = reading.sign_in_to_read(path, USER, PASSWORD)
        counts.append(len(ids(desk)))
        assert trail.verify(desk).problems == ()
        desk.close()
    assert counts == sorted(counts)
    assert other.program.stdout.readline() == "written\n"


def test_a_log_that_begins_anew_meanwhile_begins_the_copy_anew(path, monkeypatch):
    from registry_app.storage import reading_copy

    looks = iter([b"a" * 32, b"b" * 32])
    real = reading_copy._head
    monkeypatch.setattr(
        reading_copy, "_head", lambda log: next(looks, None) or real(log)
    )
    reading.sign_in_to_read(path, USER, PASSWORD).close()
    assert next(looks, "all used") == "all used"

    never = iter(range(1000))
    monkeypatch.setattr(reading_copy, "_head", lambda _log: str(next(never)).encode())
    with pytest.raises(RegistryError, match=r"storage\.busy"):
        reading.sign_in_to_read(path, USER, PASSWORD)
    assert os.listdir(path.parent) == ["site.registry"]
