"""A verified copy: the bytes of the file, then opened and compared.

Not SQLite's own backup: that would leave the pages of the key slots behind. While the
bytes are copied others read and write on: what they write goes to the log beside the
file, and the file itself stays as it is (`database.at_rest`).
"""

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Final, TypeAlias

import sqlalchemy as sa

from registry_app.domain.errors import Refused
from registry_app.domain.trail import Head
from registry_app.storage import check, database, key_area
from registry_app.storage.disk import sync_folder, told
from registry_app.storage.personal import FileSecrets
from registry_app.storage.scratch import PART, scratch

#: Told how far something is, from 0 to 1; what it raises ends it.
Going: TypeAlias = Callable[[float], None]
#: So much is read at a time; the key area is in the first piece, whole.
_PIECE: Final = 1 << 20
#: How far it is once the bytes are copied, and once the pages are checked.
_COPIED, _SOUND = 0.4, 0.6


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy: the SHA-256 and the size (bytes) of its file, the end of its trail."""

    sha256: str
    size: int
    head: Head


def nothing_told(_share: float) -> None:
    """For who does not ask how far it is."""


def copy(
    path: Path,
    file: FileIO,
    key: bytes,
    target: Path,
    going: Going = nothing_told,
    turn: AbstractContextManager[object] | None = None,
    proof: Callable[[Path, Head], None] = lambda _part, _head: None,
) -> Copied:
    """Copy an open file, key slots and all, as it is at one moment.

    `file` is the handle that stays open, `turn` what its users take turns by. `proof`:
    asked before the copy gets its name; what it raises leaves none.

    Raises Refused where there is a file already, where the copy does not equal the
    original, and where somebody goes on reading an older state.
    """
    if target.exists():
        raise Refused("storage.exists", file=target.name)
    part = target.with_name(f"{target.name}{PART}")
    with told(), database.told(), scratch(part):
        with database.at_rest(path, key) as connection:
            copied = _copy_bytes(file, part, going, turn or threading.Lock())
            before = counts(connection)
        head = Head(before["entry"][0], before["entry"][1])

        def same() -> None:
            if counted(part, key) != before:
                raise Refused("storage.copy-differs", file=target.name)
            proof(part, head)

        _check(part, key, target.name, same)
        going(_SOUND)
        # Read again from the disk: what was checked is what was copied.
        if digest(part) != copied:
            raise Refused("storage.copy-differs", file=target.name)
        size = part.stat().st_size
        part.rename(target)
        sync_folder(target.parent)
    going(1.0)
    return Copied(copied, size, head)


def _check(part: Path, key: bytes, name: str, proof: Callable[[], None]) -> None:
    """Its pages, and by `proof` what they hold, side by side. Raises Refused."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        damage = beside.submit(database.damage, part, key)
        try:
            proof()
        except Exception:
            # What the proof stumbled over is the damage.
            if damage.result():
                raise Refused("storage.copy-differs", file=name) from None
            raise
        if damage.result():
            raise Refused("storage.copy-differs", file=name)


def again(source: Path, target: Path, sha256: str, going: Going) -> None:
    """A second copy of a verified one: the very same bytes, read again to be sure."""
    if target.exists():
        raise Refused("storage.exists", file=target.name)
    with told(), scratch(target.with_name(f"{target.name}{PART}")) as part:
        if duplicate(source, part, going) != sha256 or digest(part) != sha256:
            raise Refused("storage.copy-differs", file=target.name)
        part.rename(target)
        sync_folder(target.parent)


def duplicate(source: Path, part: Path, going: Going = nothing_told) -> str:
    """The bytes of a file that nobody writes to; their SHA-256."""
    with source.open("rb", buffering=0) as file:
        return _copy_bytes(file, part, going, threading.Lock())


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def prove(part: Path, secrets: FileSecrets, chain: str, head: Head) -> None:
    """The whole trail of a copy and every record against it. Raises Refused."""
    engine = database.engine(part, secrets.data)
    try:
        with database.reading(engine) as connection:
            found = check.verify(connection, secrets.trail, chain)
    finally:
        engine.dispose()
    if found.problems or found.head != head:
        raise Refused("backup.not-sound")


def _copy_bytes(
    file: FileIO, part: Path, going: Going, turn: AbstractContextManager[object]
) -> str:
    whole, done = hashlib.sha256(), 0
    size = os.fstat(file.fileno()).st_size
    with part.open("wb") as out:
        with contextlib.suppress(OSError):  # a medium may know no such rights
            part.chmod(0o600)
        while True:
            with turn:
                file.seek(done)
                piece = file.read(_PIECE)
            if not piece:
                break
            out.write(piece)
            whole.update(piece)
            done += len(piece)
            going(min(done / max(size, 1), 1.0) * _COPIED)
        out.flush()
        os.fsync(out.fileno())
    return whole.hexdigest()


def counted(part: Path, key: bytes) -> dict[str, tuple[int, str]]:
    """`counts` of a file that nobody has open; its key area can be read."""
    with part.open("rb", buffering=0) as file:
        key_area.read(file)
    engine = database.engine(part, key)
    try:
        with database.reading(engine) as connection:
            return counts(connection)
    finally:
        engine.dispose()


def counts(connection: sa.Connection) -> dict[str, tuple[int, str]]:
    """Rows of each table there is, and the newest head of the trail."""
    found = {}
    for name in sa.inspect(connection).get_table_names():
        table = sa.table(name)
        number = connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        found[name] = (number, "")
    entry = sa.table("entry", *map(sa.column, ("chain", "seq", "head")))
    chain = sa.select(entry.c.chain).limit(1).scalar_subquery()
    newest = sa.select(entry.c.head).where(entry.c.chain == chain)
    last = connection.scalar(newest.order_by(entry.c.seq.desc()).limit(1))
    found["entry"] = (found["entry"][0], last or "")
    return found
