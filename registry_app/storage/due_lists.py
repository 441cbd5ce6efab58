"""What lists of duties ask of the table `planned`, each in one indexed statement."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_app.domain.visit import Status
from registry_app.storage.plan_tables import planned
from registry_app.storage.tables import form, identity, subject, visit

_ROW: Final = planned.c
_WEEK: Final = timedelta(days=7)
_IS_VISIT: Final = sa.and_(_ROW.key >= "visit:", _ROW.key < "visit;")


def late(
    connection: sa.Connection, on: date, limit: int
) -> tuple[int, list[Mapping[Any, Any]]]:
    """How many open duties are past their last day, and the most overdue ones."""
    return _page(connection, limit, _ROW.open.is_(True), _ROW.last < on)


def open_now(
    connection: sa.Connection, on: date, limit: int
) -> tuple[int, list[Mapping[Any, Any]]]:
    """How many duties can be done on this day, and those that close first."""
    begun = (_ROW.open.is_(True), _ROW.opens <= on, _ROW.last >= on)
    return _page(connection, limit, *begun)


def done_between(
    connection: sa.Connection, first: date, last: date, limit: int
) -> tuple[int, list[Mapping[Any, Any]]]:
    """How many were done on these days, and the first ones by their last day."""
    return _page(connection, limit, _ROW.done.between(first, last))


def unsettled(
    connection: sa.Connection, on: date, until: date
) -> Iterator[Mapping[Any, Any]]:
    """Every duty that was open on a day, or whose last day is on or before `until`.

    One by one: there may be many.
    """
    later = sa.and_(
        _ROW.ended == "",
        sa.or_(_ROW.done.is_(None), _ROW.done > on),
        sa.or_(_ROW.not_applicable == "", _ROW.not_applicable_on > on),
    )
    # Said so that no index is used: a good part of the rows is wanted, and to fetch
    # them in the order of an index decrypts every page many times.
    wanted = sa.case((_ROW.open.is_(True), 1), (later, 1), else_=0) == 1
    begun_or_due = sa.case((_ROW.opens <= on, 1), (_ROW.last <= until, 1), else_=0) == 1
    query = sa.select(planned).where(wanted, begun_or_due, _ROW.last.is_not(None))
    yield from connection.execute(query).mappings()


def begun(connection: sa.Connection, until: date) -> list[Mapping[Any, Any]]:
    """Every duty that begins on or before a day, or is settled already."""
    return _rows(connection, sa.or_(_ROW.opens <= until, _ROW.open.is_(False)))


def by_key(connection: sa.Connection, key: str) -> Mapping[Any, Any] | None:
    """One row; None: no duty of a subject has this key."""
    return next(iter(_rows(connection, _ROW.key == key)), None)


def visits_by_week(
    connection: sa.Connection, monday: date, weeks: int
) -> list[tuple[date, int, int]]:
    """Monday, windows that can be used in the week, those of them that close in it."""
    end = monday + weeks * _WEEK
    visits = (_ROW.open.is_(True), _IS_VISIT)
    query = sa.select(sa.func.count()).where(
        *visits, _ROW.opens < monday + _WEEK, _ROW.last >= monday
    )
    usable = connection.scalar(query) or 0
    opening = _per_week(connection, _ROW.opens, monday, end, *visits)
    closing = _per_week(connection, _ROW.last, monday, end, *visits)
    found = []
    for number in range(weeks):
        if number:
            usable += opening[number] - closing[number - 1]
        found.append((monday + number * _WEEK, usable, closing[number]))
    return found


def _per_week(
    connection: sa.Connection,
    day: sa.Column[Any],
    monday: date,
    end: date,
    *where: sa.ColumnElement[bool],
) -> list[int]:
    counts = [0] * ((end - monday).days // 7)
    query = (
        sa.select(day, sa.func.count())
        .where(*where, day >= monday, day < end)
        .group_by(day)
    )
    for on, number in connection.execute(query):
        counts[(on - monday).days // 7] += number
    return counts


class Draft(NamedTuple):
    """A form that was begun and not completed."""

    form_id: str
    subject_id: str
    instrument: str
    visit_code: str
    day: date


def drafts(connection: sa.Connection, limit: int) -> tuple[int, list[Draft]]:
    """How many forms are drafts, and the oldest ones."""
    is_draft = form.c.status == Status.DRAFT.value
    query = (
        sa.select(form.c.id, visit.c.subject_id, form.c.instrument, visit.c.code)
        .add_columns(form.c.date)
        .join(visit, visit.c.id == form.c.visit_id)
        .where(is_draft)
        .order_by(form.c.date, form.c.id)
        .limit(limit)
    )
    found = [Draft(*row) for row in connection.execute(query)]
    counted = sa.select(sa.func.count()).select_from(form).where(is_draft)
    total = connection.scalar(counted) or 0
    return total, found


def enrolled(connection: sa.Connection) -> dict[str, int]:
    """How many cases there are, by arm."""
    query = sa.select(subject.c.arm, sa.func.count()).group_by(subject.c.arm)
    return {arm: number for arm, number in connection.execute(query)}  # noqa: C416


def kana(connection: sa.Connection, ids: Sequence[str]) -> dict[str, str]:
    """The reading of the name of these cases, as far as it is known."""
    query = sa.select(
        identity.c.id, identity.c.family_kana, identity.c.given_kana
    ).where(identity.c.id.in_(ids))
    return {
        case: f"{family} {given}".strip()
        for case, family, given in connection.execute(query)
    }


def _page(
    connection: sa.Connection, limit: int, *where: sa.ColumnElement[bool]
) -> tuple[int, list[Mapping[Any, Any]]]:
    query = sa.select(sa.func.count()).select_from(planned).where(*where)
    return connection.scalar(query) or 0, _rows(connection, *where, limit=limit)


def _rows(
    connection: sa.Connection,
    *where: sa.ColumnElement[bool],
    limit: int | None = None,
) -> list[Mapping[Any, Any]]:
    query = sa.select(planned).where(*where).limit(limit)
    query = query.order_by(_ROW.last, _ROW.key)
    return list(connection.execute(query).mappings())
