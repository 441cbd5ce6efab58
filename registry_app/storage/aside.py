"""A backup opened aside: as a copy of its own, encrypted, and never the backup itself.

It is brought to the newest tables, where it is of an older program, and checked whole.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from registry_app.domain.errors import Refused
from registry_app.domain.message import Message, say
from registry_app.domain.trail import Head
from registry_app.storage import backup, check, database, key_area, migrate
from registry_app.storage.backup import Going, nothing_told
from registry_app.storage.disk import told
from registry_app.storage.key_area import Area
from registry_app.storage.kinds import KINDS
from registry_app.storage.personal import FileSecrets
from registry_app.storage.scratch import scratch
from registry_app.storage.tables import entry
from registry_app.storage.trail import CHAIN
from registry_app.storage.work import Reading

#: How far it is once the copy is open.
_OPEN: Final = 0.6


@dataclass(frozen=True, slots=True)
class Aside:
    """A backup in a copy of its own, as long as the block lasts.

    `sha256`, `size`: of the backup's file. `problems`: what the check of the pages, of
    the trail and of every record has found. `head`: the end of its trail. `records`:
    how many there are of each kind.
    """

    part: Path
    sha256: str
    size: int
    area: Area
    secrets: FileSecrets = field(repr=False)
    head: Head
    problems: tuple[Message, ...]
    records: dict[str, int]

    @contextlib.contextmanager
    def read(self) -> Iterator[Reading]:
        """One consistent view."""
        engine = database.engine(self.part, self.secrets.data)
        try:
            with database.reading(engine) as connection:
                yield Reading(connection)
        finally:
            engine.dispose()


@contextlib.contextmanager
def aside(
    source: Path,
    part: Path,
    unlock: Callable[[Area], FileSecrets],
    going: Going = nothing_told,
) -> Iterator[Aside]:
    """Open a backup aside, at `part`, which is removed in the end.

    `unlock` gives its secrets, or refuses. `going`: told how far it is, from 0 to 1;
    what it raises ends it. Raises NotFound or Refused: no such file, foreign, damaged
    so that it cannot be opened, of a newer program, no room.
    """
    area = _known(key_area.look(source), source)
    secrets = unlock(area)
    with told(), database.told(), scratch(part):
        sha256 = backup.duplicate(source, part, going)
        size = part.stat().st_size
        key = secrets.data
        damage = database.damage(part, key)
        found = database.revision(part, key)
        if found not in migrate.REVISIONS:
            raise key_area.newer(source.name, area.program)
        if found != migrate.HEAD and not damage:
            _upgrade(part, key, area)
        going(_OPEN)
        problems = [say("trail.file-damaged", what=line) for line in damage]
        head = Head(0, "")
        records: dict[str, int] = {}
        try:
            head, records, wrong = _checked(part, secrets, area.site, going)
            problems += wrong
        except Refused as refusal:
            problems.append(refusal.message)
        yield Aside(part, sha256, size, area, secrets, head, tuple(problems), records)


def _known(area: Area, path: Path) -> Area:
    if area.revision not in migrate.REVISIONS:
        raise key_area.newer(path.name, area.program)
    return area


def _upgrade(part: Path, key: bytes, area: Area) -> None:
    engine = database.engine(part, key)
    try:
        with engine.connect() as connection:
            migrate.run(connection.execution_options(writing=True))
    finally:
        engine.dispose()
    database.fold(part, key)
    with part.open("r+b", buffering=0) as file:
        key_area.write(file, replace(area, revision=migrate.HEAD))


def _checked(
    part: Path, secrets: FileSecrets, chain: str, going: Going
) -> tuple[Head, dict[str, int], list[Message]]:
    engine = database.engine(part, secrets.data)
    try:
        with database.reading(engine) as connection:
            driver = connection.connection.driver_connection
            with database.looking(driver, lambda: going(_OPEN)):
                found = check.verify(connection, secrets.trail, chain)
                count = sa.func.count
                records = {
                    kind.name: connection.scalar(
                        sa.select(count()).select_from(kind.table)
                    )
                    or 0
                    for kind in KINDS
                }
    finally:
        engine.dispose()
    going(1.0)
    return found.head, records, found.problems


def records_then(connection: sa.Connection, seq: int) -> dict[str, int]:
    """How many records of each kind there were after an entry of the trail."""
    query = (
        sa.select(entry.c.kind, sa.func.count().label("number"))
        .where(entry.c.chain == CHAIN, entry.c.seq <= seq, entry.c.version == 1)
        .group_by(entry.c.kind)
    )
    return {one.kind: one.number for one in connection.execute(query)}


def written_since(connection: sa.Connection, seq: int) -> dict[str, int]:
    """How many entries of each kind of record are newer than one."""
    query = (
        sa.select(entry.c.kind, sa.func.count().label("number"))
        .where(entry.c.chain == CHAIN, entry.c.seq > seq)
        .group_by(entry.c.kind)
    )
    return {one.kind: one.number for one in connection.execute(query)}
