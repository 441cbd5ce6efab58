"""The visits to come, of many cases at once, from the table of the plan.

The key of a planned visit names it and its case: ``visit:<visit>:<case>``. What looks
at all cases reads nothing but the index over the open duties.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import sqlalchemy as sa

from registry_app.storage.plan_tables import planned
from registry_app.storage.tables import form
from registry_app.storage.work import Reading

_VISITS: Final = "visit:"
_IS_VISIT: Final = sa.and_(
    planned.c.open, planned.c.key.startswith(_VISITS, autoescape=True)
)
_COLUMNS: Final = (planned.c.key, planned.c.opens, planned.c.last)


class Coming(NamedTuple):
    """A visit that was not made yet, with the first and the last day of its window."""

    visit: str
    first: date
    last: date


def next_visits(
    reading: Reading, today: date, ids: Sequence[str] | None = None
) -> dict[str, Coming]:
    """The visit of each case that closes first, of those that have not closed.

    Of these cases, or of all; in the order in which they close.
    """
    query = sa.select(*_COLUMNS).where(_IS_VISIT, planned.c.last >= today)
    if ids is not None:
        query = query.where(planned.c.subject_id.in_(ids))
    found: dict[str, Coming] = {}
    in_order = query.order_by(planned.c.last, planned.c.key)
    for key, first, last in reading.connection.execute(in_order):
        visit, case = _parts(key)
        found.setdefault(case, Coming(visit, first, last))
    return found


def unmet_visits(
    reading: Reading, first: date, last: date
) -> list[tuple[str, str, date]]:
    """Case, visit and last day of owed windows that close between two days, not met."""
    query = sa.select(*_COLUMNS).where(_IS_VISIT, planned.c.last.between(first, last))
    rows = reading.connection.execute(query.order_by(planned.c.last, planned.c.key))
    parts = [(_parts(row.key), row.last) for row in rows]
    return [(case, visit, day) for (visit, case), day in parts]


def counted_grades(
    reading: Reading, ids: Sequence[str], visits: Sequence[str]
) -> dict[str, str]:
    """The possible grades at the exam that counts for one of these visits, by case."""
    keys = [f"{_VISITS}{visit}:{case}" for visit in visits for case in ids]
    query = (
        sa.select(planned.c.subject_id, form.c.ais)
        .join(form, form.c.id == planned.c.form_id)
        .where(planned.c.key.in_(keys))
        .order_by(planned.c.trigger.desc(), planned.c.key.desc())
    )
    return {row.subject_id: row.ais for row in reading.connection.execute(query)}


def _parts(key: str) -> tuple[str, str]:
    """Visit and case of a key; a case ID has no colon."""
    visit, _, case = key.removeprefix(_VISITS).rpartition(":")
    return visit, case
