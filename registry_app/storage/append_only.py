"""The data base itself refuses to change or delete an entry of the trail."""

from typing import Final

import sqlalchemy as sa

_SQLITE: Final = tuple(
    f"CREATE TRIGGER entry_no_{verb.lower()} BEFORE {verb} ON entry "
    "BEGIN SELECT RAISE(ABORT, 'entries of the trail stay as they are'); END"
    for verb in ("UPDATE", "DELETE")
)
_POSTGRESQL: Final = (
    "CREATE FUNCTION entry_stays() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'entries of the trail stay as they are'; END $$",
    "CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION entry_stays()",
)


def protect(connection: sa.Connection) -> None:
    """Make the triggers."""
    postgresql = connection.dialect.name == "postgresql"
    for statement in _POSTGRESQL if postgresql else _SQLITE:
        connection.exec_driver_sql(statement)


def protected(connection: sa.Connection) -> bool:
    """Whether the triggers are there, and are ours."""
    if connection.dialect.name == "postgresql":
        query = "SELECT count(*) FROM pg_trigger WHERE tgname = 'entry_stays'"
        return connection.exec_driver_sql(query).scalar() == 1
    query = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    return set(connection.exec_driver_sql(query).scalars()) == set(_SQLITE)
