"""Tables that an interrupted migration of another program left behind.

Ours run in one transaction and leave none. A program that was cut off between two
statements leaves the copy of a table that it was making again, and the next migration
stumbles over its name (FEATURES.md F69).
"""

from typing import Final

import sqlalchemy as sa

from registry_app.domain.errors import Refused
from registry_app.storage.tables import metadata

#: Alembic's own copies, and those of our revisions: what stands around the name.
_AROUND: Final = (("_alembic_tmp_", ""), ("", "_kept"))


def left_over(connection: sa.Connection) -> dict[str, str]:
    """The tables left behind, each with the name of the table that it is a copy of."""
    names = set(sa.inspect(connection).get_table_names())
    found = {}
    for name in sorted(names):
        for before, after in _AROUND:
            real = name.removeprefix(before).removesuffix(after)
            ours = name == f"{before}{real}{after}" != real
            if ours and (before or real in metadata.tables):
                found[name] = real
    return found


def remove(connection: sa.Connection) -> None:
    """Drop them, in the transaction of the migration.

    Each only where the table that it is a copy of has all of its rows, or where it has
    none. Raises Refused otherwise: then rows are in the copy alone, and nothing is lost
    as long as nobody drops it.
    """
    for name, real in left_over(connection).items():
        if _only_here(connection, name, real):
            raise Refused("guards.left-over-rows", table=name)
        sa.Table(name, sa.MetaData()).drop(connection)


def _only_here(connection: sa.Connection, name: str, real: str) -> bool:
    """Whether a copy may have rows that its table has not."""
    copy = sa.table(name)
    number = connection.scalar(sa.select(sa.func.count()).select_from(copy)) or 0
    if not number:
        return False
    inspector = sa.inspect(connection)
    if real not in inspector.get_table_names():
        return True
    keys = inspector.get_pk_constraint(real)["constrained_columns"]
    columns = {column["name"] for column in inspector.get_columns(name)}
    if not keys or not columns.issuperset(keys):
        return True
    mine = sa.table(name, *(sa.column(key) for key in keys))
    its = sa.table(real, *(sa.column(key) for key in keys))
    same = sa.and_(*(mine.c[key] == its.c[key] for key in keys))
    missing = sa.select(sa.literal(1)).select_from(mine)
    missing = missing.where(~sa.exists().select_from(its).where(same)).limit(1)
    return connection.execute(missing).first() is not None
