"""What was written in a stretch of time, and where the trail stood at its end."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from registry_app.domain.trail import Head
from registry_app.storage import trail, trail_search
from registry_app.storage.tables import entry
from registry_app.storage.trail_search import Asked


class Written(NamedTuple):
    """How many entries somebody wrote about one kind of record."""

    kind: str
    person: str
    entries: int


def written(
    connection: sa.Connection, since: datetime, until: datetime
) -> list[Written]:
    """What was written from one moment on and before another."""
    query = (
        sa.select(entry.c.kind, entry.c.actor, sa.func.count())
        .where(entry.c.at >= since, entry.c.at < until)
        .group_by(entry.c.kind, entry.c.actor)
    )
    return [Written(*row) for row in connection.execute(query)]


def end_before(connection: sa.Connection, chain: str, until: datetime) -> Head | None:
    """The newest entry before a moment; None: the trail begins later."""
    _, high = trail_search.bounds(connection, chain, Asked(until=until))
    query = (
        sa.select(entry.c.seq, entry.c.head)
        .where(entry.c.chain == trail.CHAIN, entry.c.seq <= high, entry.c.at < until)
        .order_by(entry.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else Head(row.seq, row.head)
