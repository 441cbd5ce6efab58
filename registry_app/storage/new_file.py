"""A new registry file: pages for the key slots first, then tables, first records."""

import contextlib
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa

from registry_app.domain.errors import Refused
from registry_app.storage import (
    append_only,
    database,
    key_area,
    migrate,
    tables,
    trail,
    work,
)
from registry_app.storage.disk import check_writable, sync, sync_folder, told
from registry_app.storage.hold import Hold, Holder
from registry_app.storage.key_area import PAGE, PAGES, Area
from registry_app.storage.work import Work


def create(
    path: Path,
    holder: Holder,
    area: Area,
    key: bytes,
    author: trail.Author,
    first: Callable[[Work], None],
) -> None:
    """Make a registry file; `first` saves its first records.

    Never over another file: raises Refused where there is one. Until it is whole the
    file has another name, so that a power cut leaves no half of a registry.
    """
    if not path.parent.is_dir():
        raise Refused("storage.no-such-folder", file=path.name)
    with told():
        if path.exists():
            raise Refused("storage.exists", file=path.name)
        check_writable(path)
    hold = Hold(path, holder)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with _claimed(path), told(), database.told():
            _reserve(part, key)
            with part.open("r+b", buffering=0) as file:
                key_area.write(file, area)
            _fill(part, key, area.site, author, first)
            sync(part)
            part.replace(path)
            sync_folder(path.parent)
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            part.with_name(f"{part.name}{end}").unlink(missing_ok=True)
        hold.release()


@contextlib.contextmanager
def _claimed(path: Path) -> Iterator[None]:
    """Take the name, so that `replace` can only ever replace our own empty file."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise Refused("storage.exists", file=path.name) from None
    except OSError:
        raise Refused("storage.read-only-folder", file=path.name) from None
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _reserve(part: Path, key: bytes) -> None:
    """The first page, and after it the pages that SQLite will never touch.

    A table whose one row fills them is struck off the list of tables: then they belong
    to nothing, and are not free either.
    """
    part.touch(mode=0o600, exist_ok=False)
    connection = database.connect(part, key, key_area.salt(secrets.token_bytes(8)))
    try:
        connection.execute(f"PRAGMA cipher_page_size = {PAGE}")
        connection.execute("PRAGMA auto_vacuum = NONE")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("CREATE TABLE reserve (bytes BLOB)")
        # One page less: each page also keeps its seal and a pointer to the next.
        connection.execute(
            "INSERT INTO reserve VALUES (zeroblob(?))", [PAGE * (len(PAGES) - 1)]
        )
        root = connection.execute("SELECT rootpage FROM sqlite_master").fetchone()[0]
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'reserve'")
        connection.execute("PRAGMA writable_schema = OFF")
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        if (root, pages) != (PAGES.start, PAGES.stop - 1):
            raise RuntimeError("the reserved pages are not where they must be")
    finally:
        connection.close()


def _fill(
    part: Path,
    key: bytes,
    site: str,
    author: trail.Author,
    first: Callable[[Work], None],
) -> None:
    raw = database.connect(part, key)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.close()
    engine = database.engine(part, key)
    writer = database.Writer(engine)
    try:
        with writer.transaction() as connection:
            make_tables(connection)
            writer.commit()
        with work.begin(writer, trail.chain_key(key), site, author, "") as begun:
            first(begun)
    finally:
        writer.close()
        engine.dispose()
    database.fold(part, key)


def make_tables(connection: sa.Connection) -> None:
    """All tables as of the newest revision; the same as its migrations make."""
    tables.metadata.create_all(connection)
    append_only.protect(connection)
    migrate.version_table.create(connection)
    connection.execute(migrate.version_table.insert().values(version_num=migrate.HEAD))
