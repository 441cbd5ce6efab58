"""The data base itself refuses to change or delete a trail entry, or a filed report."""

from typing import Final

import sqlalchemy as sa

#: The tables, and what is said of them.
_KEPT: Final = {
    "entry": "entries of the trail stay as they are",
    "report_file": "reports that were filed stay as they are",
}


def _sqlite(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_KEPT[table]}'); END"
        for verb in ("UPDATE", "DELETE")
    )


def _postgresql(table: str) -> tuple[str, ...]:
    return (
        f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_KEPT[table]}'; END $$",
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE OR TRUNCATE "
        f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()",
    )


def protect(connection: sa.Connection) -> None:
    """Make the triggers."""
    made = _postgresql if connection.dialect.name == "postgresql" else _sqlite
    for table in _KEPT:
        for statement in made(table):
            connection.exec_driver_sql(statement)


def protected(connection: sa.Connection) -> bool:
    """Whether the triggers are there, and are ours."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(f"'{table}_stays'" for table in _KEPT)
        query = f"SELECT count(*) FROM pg_trigger WHERE tgname IN ({names})"
        return connection.exec_driver_sql(query).scalar() == len(_KEPT)
    query = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    ours = {statement for table in _KEPT for statement in _sqlite(table)}
    return set(connection.exec_driver_sql(query).scalars()) == ours
