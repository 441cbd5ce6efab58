"""A verified copy: the bytes of the file, then opened and compared.

Not SQLite's own backup: that would leave the pages of the key slots behind.
"""

import os
import shutil
from io import FileIO
from pathlib import Path

import sqlalchemy as sa

from registry_app.domain.errors import Refused
from registry_app.storage import database, key_area
from registry_app.storage.disk import sync_folder, told


def copy(path: Path, file: FileIO, key: bytes, target: Path) -> None:
    """Copy an open file, key slots and all, while nobody can write to it.

    `file` is the handle that stays open. Raises Refused where there is a file already,
    where the copy does not equal the original, or where somebody is still reading an
    older state.
    """
    if target.exists():
        raise Refused("storage.exists", file=target.name)
    part = target.with_name(f"{target.name}.part")
    with told(), database.told():
        original = database.engine(path, key)
        writer = database.Writer(original)
        try:
            database.fold(path, key)
            with writer.transaction() as connection:
                if not database.folded(path, key):
                    raise Refused("storage.busy")
                _copy_bytes(file, part)
                before = counts(connection)
            if database.damage(part, key) or counted(part, key) != before:
                raise Refused("storage.copy-differs", file=target.name)
            part.replace(target)
            sync_folder(target.parent)
        finally:
            writer.close()
            original.dispose()
            part.unlink(missing_ok=True)


def _copy_bytes(file: FileIO, part: Path) -> None:
    file.seek(0)
    with part.open("wb") as out:
        part.chmod(0o600)
        shutil.copyfileobj(file, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())


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
    entry = sa.table("entry", sa.column("seq"), sa.column("head"))
    newest = sa.select(entry.c.head).order_by(entry.c.seq.desc()).limit(1)
    found["entry"] = (found["entry"][0], connection.scalar(newest) or "")
    return found
