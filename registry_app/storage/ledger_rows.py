"""What the page of the ledger asks of `planned`: all keys at once, rows by page."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_app.domain.plan.duty import AMBER_DAYS, RED_DAYS
from registry_app.storage.plan_tables import planned

_ROW: Final = planned.c
#: The ledger of so many keys is asked for at a time: SQLite takes no more values.
_MOST: Final = 500


class Place(NamedTuple):
    """What a duty is put in order by, as text: so it is read fast, and compared fast.

    `rank`: of its state, or of its part; then its last day; then its key.
    """

    rank: str
    last: str
    key: str


#: Stands for no last day: after all others.
NEVER: Final = "9999-12-31"
LATE, BEGUN, WAITING, DONE, NOT_OWED = "01234"


def places(
    connection: sa.Connection,
    state: str,
    on: date,
    until: date,
    ranks: Mapping[str, str] | None = None,
    parts: Collection[str] | None = None,
) -> list[Place]:
    """Every duty that stands so on a day (`_where`), of these parts; in no order.

    `parts` None: of any. `ranks`: by part what it is put in order by; else its state.
    """
    rank = _state(on) if ranks is None else _by_part(ranks)
    last = sa.func.coalesce(sa.type_coerce(_ROW.last, sa.String), NEVER)
    query = sa.select(rank, last, _ROW.key).where(*_where(state, on, until))
    if parts is not None:
        query = query.where(_ROW.part.in_(sorted(parts)))
    return [Place(*row) for row in connection.execute(query).all()]


def odd_keys(connection: sa.Connection, state: str, on: date, until: date) -> list[str]:
    """Those of no part: each differs from all others, and is looked at by itself."""
    query = sa.select(_ROW.key).where(_ROW.part == "", *_where(state, on, until))
    return list(connection.scalars(query))


def _state(on: date) -> sa.ColumnElement[str]:
    return sa.case(
        (sa.and_(_ROW.open.is_(False), _ROW.done.is_not(None)), DONE),
        (_ROW.open.is_(False), NOT_OWED),
        (sa.or_(_ROW.last.is_(None), _ROW.opens > on), WAITING),
        (_ROW.last < on, LATE),
        else_=BEGUN,
    )


def _by_part(ranks: Mapping[str, str]) -> sa.ColumnElement[str]:
    if not ranks:
        return sa.literal("")
    return sa.case(ranks, value=_ROW.part, else_="")


def _where(state: str, on: date, until: date) -> list[sa.ColumnElement[bool]]:
    """What must hold of a row: now, late, soon, open, done, not-owed; else anything."""
    is_open = _ROW.open.is_(True)
    if state == "now":
        return [is_open, _ROW.opens <= on, _ROW.last.is_not(None)]
    if state == "late":
        return [is_open, _ROW.opens <= on, _ROW.last < on]
    if state == "soon":
        end = on + timedelta(days=AMBER_DAYS)
        return [is_open, _ROW.opens <= on, _ROW.last.between(on, end)]
    if state == "open":
        return [is_open, _ROW.opens <= until]
    if state == "done":
        return [_ROW.open.is_(False), _ROW.done.is_not(None)]
    if state == "not-owed":
        return [_ROW.open.is_(False), _ROW.done.is_(None)]
    return [sa.or_(_ROW.opens <= until, _ROW.open.is_(False))]


def by_keys(
    connection: sa.Connection, keys: Sequence[str]
) -> dict[str, Mapping[Any, Any]]:
    """The rows of these keys, as far as there are any."""
    found: dict[str, Mapping[Any, Any]] = {}
    for at in range(0, len(keys), _MOST):
        query = sa.select(planned).where(_ROW.key.in_(keys[at : at + _MOST]))
        for row in connection.execute(query).mappings():
            found[row["key"]] = row
    return found


def due_between(
    connection: sa.Connection, first: date, last: date, until: date
) -> list[Mapping[Any, Any]]:
    """The rows whose last day lies on these days, of what has begun by `until`."""
    query = sa.select(planned).where(
        _ROW.last.between(first, last),
        sa.or_(_ROW.opens <= until, _ROW.open.is_(False)),
    )
    return list(connection.execute(query.order_by(_ROW.last, _ROW.key)).mappings())


def counts(connection: sa.Connection, on: date) -> tuple[int, int, int]:
    """How many are late; due within 30 days; of these within 7."""

    def between(days: int) -> int:
        end = on + timedelta(days=days)
        where = (_ROW.opens <= on, _ROW.last.between(on, end))
        return _count(connection, *where)

    return (
        _count(connection, _ROW.opens <= on, _ROW.last < on),
        between(AMBER_DAYS),
        between(RED_DAYS),
    )


def _count(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(planned)
    return connection.scalar(query.where(_ROW.open.is_(True), *where)) or 0
