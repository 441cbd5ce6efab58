"""One open registry file: its lock, its key area, its engine."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from registry_app.domain.errors import Refused
from registry_app.storage import database, key_area, migrate, work
from registry_app.storage.hold import Hold, Holder
from registry_app.storage.key_area import Area
from registry_app.storage.trail import Author, chain_key
from registry_app.storage.work import Reading, Work


class Store:
    """An open file, from `open_store` until `close`."""

    def __init__(
        self, path: Path, hold: Hold, file: BinaryIO, area: Area, key: bytes
    ) -> None:
        self.path = path
        self.area = area
        self.key = key
        self._hold = hold
        # Kept open: to close any handle on a file drops the locks that SQLite has on it
        # in this process (POSIX), so the one for the key area is closed last.
        self._file = file
        self._seal = chain_key(key)
        self._engine = database.engine(path, key)

    @contextlib.contextmanager
    def begin(self, author: Author, reason: str = "") -> Iterator[Work]:
        """One write transaction; it commits as the block ends, if it saved something."""
        with work.begin(
            self._engine, self._seal, self.area.site, author, reason
        ) as begun:
            yield begun

    @contextlib.contextmanager
    def read(self, as_of: int | None = None) -> Iterator[Reading]:
        """One consistent view, of now or as of a trail entry."""
        with database.reading(self._engine) as connection:
            yield Reading(connection, as_of)

    def rewrite(self, area: Area) -> None:
        """Put other slots into the file."""
        key_area.write(self._file, area)
        self.area = area

    def close(self) -> None:
        """Bring everything into the one file, and let others have it."""
        try:
            self._engine.dispose()
            with database.told():
                database.fold(self.path, self.key)
        finally:
            self._file.close()
            self._hold.release()


def look(path: Path) -> Area:
    """What a file shows without being opened. Raises NotFound or Refused."""
    return _known(key_area.look(path), path)


def open_store(path: Path, holder: Holder, unlock: Callable[[Area], bytes]) -> Store:
    """
    Open a file; `unlock` gives the data key, or refuses. Then nothing was changed.

    Raises NotFound or Refused, each with its own sentence: see resources/i18n/storage.toml.
    """
    look(path)
    with contextlib.ExitStack() as undo:
        hold = Hold(path, holder)
        undo.callback(hold.release)
        file = undo.enter_context(path.open("r+b"))
        area = _known(key_area.read(file), path)
        key = unlock(area)
        found = database.revision(path, key)
        if found not in migrate.REVISIONS:
            raise Refused("storage.newer", file=path.name)
        undo.pop_all()
    return Store(path, hold, file, area, key)


def _known(area: Area, path: Path) -> Area:
    if area.revision not in migrate.REVISIONS:
        raise Refused("storage.newer", file=path.name)
    return area
