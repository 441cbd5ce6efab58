"""Places on the disk: may they be written, and is what was written there for good."""

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from registry_app.domain.errors import Refused


def check_writable(path: Path) -> None:
    """Raises Refused where the file or its folder may not be written.

    The permission bits are asked as well as the system: what somebody has marked
    read-only stays so for an administrator too.
    """
    for place, key in (
        (path, "storage.read-only-file"),
        (path.parent, "storage.read-only-folder"),
    ):
        if not place.exists():
            continue
        bits = place.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
        if not bits or not os.access(place, os.W_OK):
            raise Refused(key, file=path.name)


@contextlib.contextmanager
def told() -> Iterator[None]:
    """What the disk refuses while a file is written becomes a sentence."""
    try:
        yield
    except OSError as error:
        full = is_full(error)
        raise Refused("storage.disk-full" if full else "storage.disk-error") from error


def is_full(error: OSError) -> bool:
    """Whether there is no room on the disk, or none left of the user's share."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """A whole new file of UTF-8 or none: written beside its place, then put there.

    Raises Refused where the disk cannot take it.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with told():
            with part.open("x", encoding="utf-8", newline="") as file:
                file.writelines(lines)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Bring a file down to the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Bring a new name down to the disk, where the system can (not on Windows)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
