"""A registry that is only read: a private copy of the file as it was at one moment.

Nothing is written beside the file, and no lock is taken on it: it may be open in
another program or on another computer, or lie on a disc that takes no writes. A reader
in SQLite's own way would write into the memory that writers share, keep them from
folding in their log, and see nothing of it from another computer.
(docs/decisions/0016-where-the-file-lies.md)
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from io import FileIO
from pathlib import Path
from secrets import token_hex
from typing import Any, Final, NoReturn

from registry_app.domain.errors import Refused
from registry_app.storage import database, key_area, migrate
from registry_app.storage.disk import told
from registry_app.storage.hold import Held, Shown, holder_of
from registry_app.storage.key_area import END, Area
from registry_app.storage.personal import FileSecrets
from registry_app.storage.scratch import scratch, sweep
from registry_app.storage.store import Denied, Store, look
from registry_app.storage.trail import Author
from registry_app.storage.work import Work

#: How often a copy is begun anew, where the log was folded in while it was made.
_TRIES: Final = 8
#: The head of a write-ahead log: its salts change whenever it begins anew.
_LOG_HEAD: Final = 32


class ReadStore(Store):
    """A copy to read, from `open_to_read` until `close`, which removes it."""

    def __init__(
        self,
        part: Path,
        held: Held,
        file: FileIO,
        area: Area,
        secrets: FileSecrets,
        shown: Shown,
    ) -> None:
        super().__init__(part, held, file, area, secrets)
        self._ready = False
        self.shown = shown

    def ready(self) -> None:
        """From now on nothing is written any more, to the copy neither."""
        self._ready = True

    def begin(self, author: Author, reason: str = "") -> AbstractContextManager[Work]:
        """Refused, once it is `ready`."""
        if self._ready:
            self._refuse()
        return super().begin(author, reason)

    def rewrite(self, *_told: Any, **_more: Any) -> NoReturn:
        """Refused."""
        self._refuse()

    def rotate(self, *_told: Any, **_more: Any) -> NoReturn:
        """Refused."""
        self._refuse()

    def back_up(self, *_told: Any, **_more: Any) -> NoReturn:
        """Refused: what was copied could not be put on record."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise read_only_refusal(self.shown)


def read_only_refusal(shown: Shown | None) -> Refused:
    """Why nothing can be saved, and what to do."""
    holder = shown.holder if shown else None
    if holder is None:
        return Refused("guards.only-read")
    return Refused(
        "guards.only-read-by", who=holder.who, host=holder.host, since=holder.since
    )


class _Part:
    """The copy's own folder entry, given back as the store is closed."""

    def __init__(self, undo: contextlib.ExitStack) -> None:
        self._undo = undo

    def release(self) -> None:
        self._undo.close()


def open_to_read(
    path: Path, unlock: Callable[[Area], FileSecrets], now: datetime
) -> ReadStore:
    """A copy of a file as it is now; `unlock` gives its secrets, or refuses.

    An older file is upgraded in the copy. Raises NotFound or Refused, as `open_store`
    does, but a failed try is counted nowhere: the file is not written.
    """
    try:
        secrets = unlock(look(path))
    except Denied as denied:
        raise denied.refusal from None
    folder = Path(tempfile.gettempdir()) / f"registry-reading-{_user()}"
    with contextlib.ExitStack() as undo, told(), database.told():
        folder.mkdir(mode=0o700, exist_ok=True)
        sweep(folder)
        if shutil.disk_usage(folder).free < 2 * path.stat().st_size:
            raise Refused("guards.no-room-to-read", folder=folder)
        # The ending tells `sweep` that it is ours.
        name = f"{token_hex(4)}.registry.part"
        part = undo.enter_context(scratch(folder / name))
        holder = holder_of(path)
        _copy(path, part)
        file = undo.enter_context(part.open("r+b", buffering=0))
        area = key_area.read(file)
        found = database.revision(part, secrets.data)
        if found not in migrate.REVISIONS:
            raise key_area.newer(path.name, area.program)
        if database.damage(part, secrets.data):
            raise Refused("storage.damaged")
        if found != migrate.HEAD:
            _upgrade(part, secrets.data)
        area = replace(area, revision=migrate.HEAD)
        kept = undo.pop_all()
        try:
            shown = Shown(now, holder)
            return ReadStore(part, _Part(kept), file, area, secrets, shown)
        except BaseException:
            kept.close()
            raise


def _copy(path: Path, part: Path) -> None:
    """The file and its log, as of one moment.

    What is folded into the file while it is copied stands in the log as well, until
    the log begins anew: so the file is copied first, then the log, and again from the
    start where the log has begun anew meanwhile. SQLite reads the log over the file.
    """
    log = path.with_name(f"{path.name}-wal")
    part_log = part.with_name(f"{part.name}-wal")
    for _ in range(_TRIES):
        before = _state(path, log)
        _copy_bytes(path, part)
        part_log.unlink(missing_ok=True)
        if before[0]:
            with contextlib.suppress(FileNotFoundError):
                _copy_bytes(log, part_log)
        if _state(path, log) == before and _head(part_log) == before[0]:
            return
    raise Refused("storage.busy")


def _state(path: Path, log: Path) -> tuple[bytes, object, bytes]:
    """What is another one once the copy is of no one moment."""
    head = _head(log)
    status = path.stat()
    # Without a log the file itself stands still, or somebody writes its key slots.
    size = None if head else (status.st_size, status.st_mtime_ns)
    with path.open("rb", buffering=0) as file:
        return head, (status.st_ino, size), file.read(END)


def _head(log: Path) -> bytes:
    try:
        with log.open("rb", buffering=0) as file:
            head = file.read(_LOG_HEAD)
    except FileNotFoundError:
        return b""
    return head if len(head) == _LOG_HEAD else b""


def _copy_bytes(source: Path, target: Path) -> None:
    with source.open("rb") as file, target.open("wb") as out:
        target.chmod(0o600)
        shutil.copyfileobj(file, out, 1 << 20)


def _upgrade(part: Path, key: bytes) -> None:
    engine = database.engine(part, key)
    try:
        with engine.connect() as connection:
            migrate.run(connection.execution_options(writing=True))
    finally:
        engine.dispose()


def _user() -> str:
    """Another folder for each user of a computer: nobody else may look into it."""
    return str(os.getuid()) if hasattr(os, "getuid") else "0"
