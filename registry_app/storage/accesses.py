"""The access log, the newest first, filtered by the data base."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from registry_app.domain.access import Access
from registry_app.storage.trust_tables import access
from registry_app.storage.work import Reading


def access_ids(
    reading: Reading,
    *,
    person: str,
    act: str,
    subject_id: str,
    since: datetime | None,
    until: datetime | None,
    most: int,
) -> list[str]:
    """The newest `most` that fit; "" and None: whatever it is. `until`: before then."""
    columns = access.c
    wanted: list[sa.ColumnElement[bool]] = []
    for column, asked in (
        (columns.person, person),
        (columns.act, act),
        (columns.subject_id, subject_id),
    ):
        if asked:
            wanted.append(column == asked)
    if since is not None:
        wanted.append(columns.at >= since)
    if until is not None:
        wanted.append(columns.at < until)
    query: Any = sa.select(columns.id).where(sa.and_(sa.true(), *wanted))
    query = query.order_by(columns.at.desc(), columns.id.desc()).limit(most)
    return list(reading.connection.scalars(query))


def access_rows(reading: Reading, ids: list[str]) -> list[Access]:
    """These, in the same order."""
    found = {one.id: one for one in reading.find(Access, id=ids)}
    return [found[one] for one in ids if one in found]


def people(reading: Reading) -> list[str]:
    """Everybody of whom the log tells, each found by one look into its index."""
    found: list[str] = []
    query = sa.select(sa.func.min(access.c.person))
    last = reading.connection.scalar(query)
    while last is not None:
        found.append(last)
        last = reading.connection.scalar(query.where(access.c.person > last))
    return found
