"""Files on the way to be something: nobody else's, and gone afterwards.

They are encrypted like the registry, and each is held by a lock as long as somebody is
at work on it. What a power cut has left is held by nobody: it is swept away.
"""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from typing import Final

from filelock import FileLock, Timeout

from registry_app.domain.errors import Refused

#: What SQLite and the program lay beside a file.
_BESIDE: Final = ("-wal", "-shm", "-journal", ".lock", ".holder")
_HELD: Final = ".held"
PART: Final = ".part"
#: What a part is of: nothing else is ever swept away.
_OURS: Final = (".registry-backup", ".registry", ".restore", ".drill")


@contextlib.contextmanager
def scratch(part: Path) -> Iterator[Path]:
    """A name to write at; what is there afterwards is removed.

    Raises Refused where somebody else is at work on it, or nothing can be written.
    """
    lock = _lock(part)
    try:
        lock.acquire()
    except Timeout:
        raise Refused("storage.busy") from None
    except OSError as error:
        raise not_writable(part.parent, error) from None
    try:
        _remove(part)
        yield part
    finally:
        _remove(part)
        _release(lock, part)


def sweep(folder: Path) -> None:
    """Remove what was left half done in a folder, where nobody is at work on it.

    Only what has two endings of ours (``.registry-backup.part``): nobody else's file.
    """
    with contextlib.suppress(OSError):
        names = {one.name.partition(PART)[0] for one in folder.glob(f"*{PART}*")}
        for name in sorted(names):
            if Path(name).suffix not in _OURS:
                continue
            part = folder / f"{name}{PART}"
            with contextlib.suppress(Timeout, OSError):
                lock = _lock(part)
                lock.acquire()
                _remove(part)
                _release(lock, part)


def try_place(folder: Path) -> None:
    """Write a little file into a folder and take it away again. Raises Refused."""
    if not folder.is_dir():
        raise Refused("backup.no-folder", place=f"{folder}")
    tried = folder / f".registry-write-test-{token_hex(4)}"
    try:
        with tried.open("xb") as file:
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise not_writable(folder, error) from None
    finally:
        with contextlib.suppress(OSError):
            tried.unlink()


def not_writable(folder: Path, error: OSError) -> Refused:
    """Why nothing can be written there."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    key = "backup.place-full" if full else "backup.not-writable"
    return Refused(key, place=f"{folder}")


def _lock(part: Path) -> FileLock:
    # Begun in one thread, ended in another: a person decides between.
    return FileLock(f"{part}{_HELD}", timeout=0, mode=0o600, thread_local=False)


def _remove(part: Path) -> None:
    for end in ("", *_BESIDE):
        part.with_name(f"{part.name}{end}").unlink(missing_ok=True)


def _release(lock: FileLock, part: Path) -> None:
    # Windows: an open file is not removed; its lock is what counts.
    with contextlib.suppress(OSError):
        part.with_name(f"{part.name}{_HELD}").unlink()
    lock.release()
