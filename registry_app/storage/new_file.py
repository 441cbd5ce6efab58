"""A new registry file: pages for the key slots first, then tables, first records."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_bytes, token_hex

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
from registry_app.storage.key_area import Area
from registry_app.storage.personal import FileSecrets
from registry_app.storage.work import Work


def create(
    path: Path,
    holder: Holder,
    area: Area,
    secrets: FileSecrets,
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
    part = path.with_name(f"{path.name}.{token_hex(4)}.part")
    try:
        with _claimed(path), told(), database.told():
            part.touch(mode=0o600, exist_ok=False)
            database.reserve(part, secrets.data, key_area.salt(token_bytes(8)))
            with part.open("r+b", buffering=0) as file:
                key_area.write(file, area)
            _fill(part, secrets, area.site, author, first)
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


def _fill(
    part: Path,
    secrets: FileSecrets,
    site: str,
    author: trail.Author,
    first: Callable[[Work], None],
) -> None:
    engine = database.engine(part, secrets.data)
    writer = database.Writer(engine)
    try:
        with writer.transaction() as connection:
            make_tables(connection)
            writer.commit()
        with work.begin(writer, secrets.trail, site, author, "") as begun:
            first(begun)
    finally:
        writer.close()
        engine.dispose()
    database.fold(part, secrets.data)


def make_tables(connection: sa.Connection) -> None:
    """All tables as of the newest revision; the same as its migrations make."""
    tables.metadata.create_all(connection)
    append_only.protect(connection)
    migrate.version_table.create(connection)
    connection.execute(migrate.version_table.insert().values(version_num=migrate.HEAD))
