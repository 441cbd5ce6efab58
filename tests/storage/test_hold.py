"""What the disk refuses while a file is taken is said as what it is; nothing stays."""

import errno
import os
from pathlib import Path

import pytest
from filelock import FileLock

from registry_app.domain.errors import RegistryError
from registry_app.storage.hold import holder_of
from tests.builders import USER, at_desk

REFUSED = {
    errno.ENOSPC: "storage.disk-full",
    errno.EDQUOT: "storage.disk-full",
    errno.EROFS: "storage.read-only-folder",
    errno.EACCES: "storage.read-only-folder",
}


@pytest.mark.parametrize("number", REFUSED)
def test_a_lock_that_cannot_be_made(closed, monkeypatch, number):
    def refuse(_lock):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(FileLock, "acquire", refuse)
        with pytest.raises(RegistryError, match=REFUSED[number]):
            at_desk(closed)
    assert os.listdir(closed.parent) == [closed.name]
    at_desk(closed).close()


@pytest.mark.parametrize(
    ("number", "key"),
    [(errno.ENOSPC, "storage.disk-full"), (errno.EIO, "storage.disk-error")],
)
def test_a_note_that_cannot_be_written_gives_the_lock_back(
    closed, monkeypatch, number, key
):
    real = Path.write_text

    def refuse(path, *told, **more):
        if path.name.endswith(".holder"):
            raise OSError(number, os.strerror(number))
        return real(path, *told, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", refuse)
        with pytest.raises(RegistryError, match=key):
            at_desk(closed)
    assert os.listdir(closed.parent) == [closed.name]
    at_desk(closed).close()


def test_who_has_it_open_is_read_from_the_note_and_from_nothing_else(closed):
    assert holder_of(closed) is None
    desk = at_desk(closed)
    assert holder_of(closed).who == USER
    note = closed.with_name(f"{closed.name}.holder")
    note.write_text("{}")
    assert holder_of(closed) is None
    desk.close()
