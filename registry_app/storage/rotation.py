"""A registry under a new data key: another file, filled from the one there is.

Never in place: SQLCipher's own way would move the pages of the key slots, and a power
cut would leave half of the pages under either key. What is said of who wrote what stays
as it is, under the same trail key.
"""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from secrets import token_bytes
from typing import Final

from registry_app.domain.errors import Refused
from registry_app.storage import backup, check, database, key_area
from registry_app.storage.disk import sync
from registry_app.storage.key_area import Area
from registry_app.storage.keys import RECOVERY
from registry_app.storage.personal import FileSecrets, sealed, vouched

#: What it tells of how far it is once the rows are there; then they are checked.
_FILLED: Final = 0.8
_ENDS: Final = ("", "-wal", "-shm", "-journal")


def beside(path: Path) -> Path:
    """The file that is filled, until it takes the place of the other."""
    return path.with_name(f"{path.name}.new-key.part")


def clear(path: Path) -> None:
    """Remove what a power cut has left of a file that was being filled."""
    part = beside(path)
    for end in _ENDS:
        part.with_name(f"{part.name}{end}").unlink(missing_ok=True)


def resealed(area: Area, old: FileSecrets, new: FileSecrets) -> Area:
    """The same ways in, to other secrets; nobody's password is needed.

    Raises Refused where a slot is of the old form, which takes its password to be
    rewritten, and where a stranger may have put another public key into one.
    """
    waiting = [slot.name for slot in area.slots if slot.old and slot.kind != RECOVERY]
    if waiting:
        raise Refused("storage.sign-in-first", users=", ".join(waiting))
    for slot in area.slots:
        if slot.old:
            raise Refused("storage.new-sheet-first")
        if not vouched(area.binding, slot, old.data):
            raise Refused("storage.slot-altered", user=slot.name)
    slots = tuple(sealed(area.binding, slot, new) for slot in area.slots)
    return replace(area, slots=slots)


def fill(
    path: Path,
    old: FileSecrets,
    area: Area,
    new: FileSecrets,
    going: Callable[[float], None],
) -> Path:
    """Make the other file and check it, while nobody writes to the one there is.

    `going`: told how far it is, from 0 to 1; what it raises ends it. Raises Refused
    where what was written is not what there is, or where the check of the whole finds
    something.
    """
    part = beside(path)
    clear(path)
    part.touch(mode=0o600, exist_ok=False)
    database.reserve(part, new.data, key_area.salt(token_bytes(8)))
    with part.open("r+b", buffering=0) as file:
        key_area.write(file, area)
    look = _look(path, part, going)
    database.copy_rows(path, old.data, part, new.data, look)
    database.fold(part, new.data)
    going(_FILLED)
    _check(path, old, area, part, new)
    database.fold(part, new.data)
    sync(part)
    going(1.0)
    return part


def _look(path: Path, part: Path, going: Callable[[float], None]) -> Callable[[], None]:
    """Tells how large the new file is beside the old."""
    whole = sum(_size(path, end) for end in _ENDS)

    def look() -> None:
        share = sum(_size(part, end) for end in _ENDS) / whole
        going(min(share, 1.0) * _FILLED)

    return look


def _size(path: Path, end: str) -> int:
    with contextlib.suppress(FileNotFoundError):
        return path.with_name(f"{path.name}{end}").stat().st_size
    return 0


def _check(
    path: Path, old: FileSecrets, area: Area, part: Path, new: FileSecrets
) -> None:
    """Page by page, row by row, and the whole chain."""
    engine = database.engine(path, old.data)
    try:
        with database.reading(engine) as connection:
            counted = backup.counts(connection)
    finally:
        engine.dispose()
    if database.damage(part, new.data) or backup.counted(part, new.data) != counted:
        raise Refused("storage.copy-differs", file=part.name)
    engine = database.engine(part, new.data)
    try:
        with database.reading(engine) as connection:
            found = check.verify(connection, new.trail, area.site)
    finally:
        engine.dispose()
    if found.problems:
        raise Refused("storage.verify-first")
