"""One open registry file: its lock, its key area, its engine."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from io import FileIO
from pathlib import Path

from registry_app.domain.errors import Refused
from registry_app.domain.trail import Head
from registry_app.storage import (
    backup,
    check,
    database,
    key_area,
    migrate,
    rotation,
    trail,
    work,
)
from registry_app.storage.backup import Copied, Going
from registry_app.storage.disk import sync_folder, told
from registry_app.storage.hold import Held, Hold, Holder, Shown
from registry_app.storage.key_area import Area
from registry_app.storage.keys import new_key
from registry_app.storage.personal import FileSecrets
from registry_app.storage.scratch import sweep
from registry_app.storage.trail import Author
from registry_app.storage.work import Reading, Work


class Denied(Exception):
    """Nobody gets in, and `area` is written: it counts the try. `refusal` is said."""

    def __init__(self, refusal: Refused, area: Area) -> None:
        super().__init__(refusal)
        self.refusal, self.area = refusal, area


class Store:
    """An open file, from `open_store` until `close`."""

    #: Which state is shown, where the file is only read (reading_copy.py).
    shown: Shown | None = None

    def __init__(
        self, path: Path, hold: Held, file: FileIO, area: Area, secrets: FileSecrets
    ) -> None:
        self.path = path
        self.area = area
        self.secrets = secrets
        self._hold = hold
        # Kept open: to close any handle on a file drops the locks that SQLite has on it
        # in this process (POSIX), so the one for the key area is closed last.
        self._file = file
        # Its place in the file is one for all threads.
        self._at_file, self._copying = threading.Lock(), threading.Lock()
        self._engine = database.engine(path, secrets.data)
        self._writer = database.Writer(self._engine)

    @property
    def key(self) -> bytes:
        """The data key: what the pages of the file are encrypted with."""
        return self.secrets.data

    def begin(self, author: Author, reason: str = "") -> AbstractContextManager[Work]:
        """One write transaction; it commits at the end, if it saved something."""
        self.check_there()
        seal, site = self.secrets.trail, self.area.site
        return work.begin(self._writer, seal, site, author, reason)

    def check_there(self) -> None:
        """Raise Refused unless the file at its place is the one that is open.

        What is written to one that was removed or replaced would be lost, unsaid.
        """
        if self._file.closed:  # while another one takes its place (`rotate`)
            return
        try:
            there = self.path.stat()
        except OSError:
            raise Refused("guards.gone", file=self.path.name) from None
        if not os.path.samestat(there, os.fstat(self._file.fileno())):
            raise Refused("guards.replaced", file=self.path.name)

    @contextlib.contextmanager
    def read(self, as_of: int | None = None) -> Iterator[Reading]:
        """One consistent view, of now or as of a trail entry."""
        with database.reading(self._engine) as connection:
            yield Reading(connection, as_of)

    def back_up(self, target: Path, going: Going = backup.nothing_told) -> Copied:
        """A verified copy of all there is at this moment. Never over another file.

        Page by page, its whole trail, every record against it; others work on.
        `going`: told how far it is, from 0 to 1; what it raises leaves no copy.
        """

        def proof(part: Path, head: Head) -> None:
            backup.prove(part, self.secrets, self.area.site, head)

        with self._one_at_a_time():
            return backup.copy(
                self.path, self._file, self.key, target, going, self._at_file, proof
            )

    @contextlib.contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """The file is copied, or takes another key: not both, and not twice."""
        if not self._copying.acquire(blocking=False):
            raise Refused("storage.busy")
        try:
            yield
        finally:
            self._copying.release()

    def damage(self) -> list[str]:
        """What is wrong with the file as a file, page by page."""
        return database.damage(self.path, self.key)

    def slots_whole(self) -> bool:
        """Whether both copies of the key slots are sound, and say the same."""
        with self._at_file:
            return key_area.whole(self._file)

    def verify(self, going: Going = backup.nothing_told) -> check.Found:
        """The whole trail, and every record against it. `going`: as in `back_up`."""
        with database.reading(self._engine) as connection:
            seal, site = self.secrets.trail, self.area.site
            return check.verify(connection, seal, site, going)

    def verify_since(self, since: Head) -> check.Found:
        """What was written after a head that somebody vouches for."""
        with database.reading(self._engine) as connection:
            seal, site = self.secrets.trail, self.area.site
            return check.verify_since(connection, seal, site, since)

    def rewrite(self, area: Area) -> None:
        """Put other slots into the file."""
        with self._at_file:
            key_area.write(self._file, area)
        self.area = area

    def rotate(self, going: Callable[[float], None]) -> None:
        """Another data key: the file is written anew beside, checked, and swapped.

        Cut off at any moment, the file is whole, under the old key or the new one.
        `going`: told how far it is, from 0 to 1; what it raises leaves all as it was.
        """
        old, new = self.secrets, FileSecrets(new_key(), self.secrets.trail)
        area = rotation.resealed(self.area, old, new)
        try:
            with told(), database.told(), self._one_at_a_time():
                if self.damage():
                    raise Refused("storage.damaged")
                with self._writer.transaction() as connection:
                    newest = trail.newest(connection, area.site)
                    part = rotation.fill(self.path, old, area, new, going)
                self._swap(part, newest, area, new)
        finally:
            # Where the disk fails, that is told; what is left goes at the next start.
            with contextlib.suppress(OSError):
                rotation.clear(self.path)

    def _swap(self, part: Path, newest: Head, area: Area, new: FileSecrets) -> None:
        """Let the new file take the place of this one; else go on with this one."""
        self._writer.close()
        if self._engine.pool.checkedout():  # type: ignore[attr-defined]
            self._writer = database.Writer(self._engine)
            raise Refused("storage.busy")
        self._engine.dispose()
        try:
            # What was saved since it was filled would be lost; and beside a log of the
            # old file, which somebody who still reads keeps there, it would be damaged.
            same = self._newest() == newest
            database.fold(self.path, self.key)
            if not same or self.path.with_name(f"{self.path.name}-wal").exists():
                raise Refused("storage.busy")
            self._file.close()
            part.replace(self.path)
            sync_folder(self.path.parent)
            self.area, self.secrets = area, new
        finally:
            if self._file.closed:
                self._file = self.path.open("r+b", buffering=0)
            self._engine = database.engine(self.path, self.key)
            self._writer = database.Writer(self._engine)

    def _newest(self) -> Head:
        engine = database.engine(self.path, self.key)
        try:
            with database.reading(engine) as connection:
                return trail.newest(connection, self.area.site)
        finally:
            engine.dispose()

    def close(self) -> None:
        """Bring everything into the one file, and let others have it."""
        if self._file.closed:
            return
        try:
            self._writer.close()
            self._engine.dispose()
            with database.told():
                database.fold(self.path, self.key)
        finally:
            self._file.close()
            self._hold.release()


def look(path: Path) -> Area:
    """What a file shows without being opened. Raises NotFound or Refused."""
    return _known(key_area.look(path), path)


def open_store(
    path: Path, holder: Holder, unlock: Callable[[Area], FileSecrets], today: date
) -> Store:
    """Open a file; `unlock` gives its secrets, or refuses. Then nothing was changed.

    Where it raises Denied, the failed try is counted in the file, and nothing else.

    A file of an older program is upgraded, after a backup copy that bears the day.

    Raises NotFound or Refused, each case with a sentence (resources/i18n/storage.toml).
    """
    look(path)
    with told(), database.told(), contextlib.ExitStack() as undo:
        hold = Hold(path, holder)
        undo.callback(hold.release)
        rotation.clear(path)
        sweep(path.parent)
        file = undo.enter_context(path.open("r+b", buffering=0))
        area = _known(key_area.read(file), path)
        try:
            secrets = unlock(area)
        except Denied as denied:
            key_area.write(file, denied.area)
            raise denied.refusal from None
        key = secrets.data
        found = database.revision(path, key)
        if found not in migrate.REVISIONS:
            raise key_area.newer(path.name, area.program)
        if found != migrate.HEAD:
            migrate.upgrade(path, file, key, today)
        if area.revision != migrate.HEAD:
            area = replace(area, revision=migrate.HEAD)
            key_area.write(file, area)
        store = Store(path, hold, file, area, secrets)
        undo.pop_all()
    return store


def _known(area: Area, path: Path) -> Area:
    if area.revision not in migrate.REVISIONS:
        raise key_area.newer(path.name, area.program)
    return area
