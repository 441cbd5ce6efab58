"""One record, as it is kept, against the entry of the trail that sealed it."""

from typing import Any

import sqlalchemy as sa

from registry_app.domain.trail import Entry
from registry_app.storage import trail
from registry_app.storage.kinds import OF_TYPE
from registry_app.storage.records import Kind


def as_sealed(connection: sa.Connection, of: type, entry: Entry) -> bool:
    """Whether the record of `entry` says what it said then, in the very same bytes.

    Two ways of writing one value are told apart, too: nobody but this program writes.
    False where it is not there, or holds what no program can read.
    """
    kind = OF_TYPE[of]
    columns = kind.columns
    raw = sa.select(*(sa.cast(column, sa.LargeBinary) for column in columns))
    found = connection.execute(raw.where(kind.table.c.id == entry.id)).first()
    if found is None:
        return False
    try:
        texts = [None if one is None else bytes(one).decode() for one in found]
        row = kind.select_one.first(connection, {"id": entry.id})
        assert row is not None
        plain = kind.plain_of_row(row)
    except ValueError:
        return False
    sealed = (entry.version, entry.state)
    if (row["version"], trail.state(plain, entry.form)) != sealed:
        return False
    return texts == list(_written(connection, kind, row))


def _written(connection: sa.Connection, kind: Kind, row: dict[str, Any]) -> list[Any]:
    """The columns of a row as this program writes them, as text."""
    dialect = connection.dialect
    found = []
    for column in kind.columns:
        implementation: Any = column.type.dialect_impl(dialect)
        write = implementation.bind_processor(dialect)
        value = row[column.name]
        kept = value if write is None else write(value)
        found.append(None if kept is None else f"{kept}")
    return found
