"""Lists of cases, sorted and filtered by the data base."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from registry_app.domain.names import search_key
from registry_app.domain.subject import Arm, Identity
from registry_app.domain.visit import ISNCSCI, Status
from registry_app.storage.coming import next_visits
from registry_app.storage.tables import form, identity, subject, visit
from registry_app.storage.work import Reading

_COMPLETED: Final = (
    form.c.instrument == ISNCSCI,
    form.c.status == Status.COMPLETE.value,
)
#: How many completed exams each case has, and the day of the last one.
_EXAMS: Final = (
    sa.select(
        visit.c.subject_id,
        sa.func.max(form.c.date).label("date"),
        sa.func.count().label("exams"),
    )
    .join(visit, visit.c.id == form.c.visit_id)
    .where(*_COMPLETED)
    .group_by(visit.c.subject_id)
    .subquery("exams")
)
#: What that last exam says. Of two on one day the more severe orders the list.
_LAST: Final = (
    sa.select(
        visit.c.subject_id,
        sa.func.min(form.c.ais).label("ais"),
        sa.func.min(form.c.nli_order).label("nli_order"),
    )
    .join(visit, visit.c.id == form.c.visit_id)
    .join(
        _EXAMS,
        sa.and_(
            _EXAMS.c.subject_id == visit.c.subject_id, _EXAMS.c.date == form.c.date
        ),
    )
    .where(*_COMPLETED)
    .group_by(visit.c.subject_id)
    .subquery("last")
)
_PLAIN: Final[Mapping[str, sa.ColumnElement[Any]]] = {
    "id": subject.c.id,
    "kana": identity.c.kana_key,
    "arm": subject.c.arm,
    "sex": subject.c.sex,
    "injury_date": subject.c.injury_date,
    "treatment_date": subject.c.treatment_date,
}
_OF_EXAMS: Final[Mapping[str, sa.ColumnElement[Any]]] = {
    "exams": sa.func.coalesce(_EXAMS.c.exams, 0),
    "latest_exam": _EXAMS.c.date,
}
_OF_LAST: Final[Mapping[str, sa.ColumnElement[Any]]] = {
    "ais_latest": _LAST.c.ais,
    "nli_latest": _LAST.c.nli_order,
}
_BY: Final = {**_PLAIN, **_OF_EXAMS, **_OF_LAST}
#: Of the next visit: the window that closes first of those that have not closed.
_NEXT: Final = ("next_first", "next_last")
#: What a list can be sorted by.
SORTS: Final = (*_BY, *_NEXT)


def subject_ids(
    reading: Reading,
    text: str,
    arm: Arm | None,
    sort: str,
    today: date,
    *,
    descending: bool,
) -> list[str]:
    """Case IDs, in order; cases without the value that is sorted by come last.

    `today`: the day on which the next visit is looked for.
    """
    if sort in _NEXT:
        ids = subject_ids(reading, text, arm, "id", today, descending=False)
        return _by_next_visit(reading, ids, sort, today, descending=descending)
    query = sa.select(subject.c.id).outerjoin(identity, identity.c.id == subject.c.id)
    if sort in _OF_EXAMS:
        query = query.outerjoin(_EXAMS, _EXAMS.c.subject_id == subject.c.id)
    if sort in _OF_LAST:
        query = query.outerjoin(_LAST, _LAST.c.subject_id == subject.c.id)
    if wanted := search_key(text):
        query = query.where(
            sa.or_(
                subject.c.search.contains(wanted, autoescape=True),
                identity.c.search.contains(wanted, autoescape=True),
            )
        )
    if arm is not None:
        query = query.where(subject.c.arm == arm.value)
    by = _BY[sort]
    order: list[Any] = [by.desc() if descending else by.asc()]
    if sort != "id":
        text_column = isinstance(by.type, sa.String)
        unknown = sa.or_(by.is_(None), by == "") if text_column else by.is_(None)
        order = [sa.case((unknown, 1), else_=0), *order, subject.c.id]
    return list(reading.connection.scalars(query.order_by(*order)))


def _by_next_visit(
    reading: Reading, ids: list[str], sort: str, today: date, *, descending: bool
) -> list[str]:
    """These case IDs by a day of their next visit; who has none comes last."""
    coming = next_visits(reading, today)
    first = sort == _NEXT[0]
    days = {case: one.first if first else one.last for case, one in coming.items()}
    known = [case for case in ids if case in days]
    known.sort(key=days.__getitem__, reverse=descending)
    return known + [case for case in ids if case not in days]


def last_visits(reading: Reading) -> dict[str, date]:
    """The day on which each case was last seen at a visit."""
    query = sa.select(
        visit.c.subject_id, sa.func.max(visit.c.date).label("day")
    ).group_by(visit.c.subject_id)
    return {row.subject_id: row.day for row in reading.connection.execute(query)}


def since(reading: Reading) -> dict[str, date]:
    """The last day that a case itself says: of its treatment, else of its injury."""
    day = sa.func.coalesce(subject.c.treatment_date, subject.c.injury_date)
    query = sa.select(subject.c.id, day.label("day")).order_by(subject.c.id)
    return {row.id: row.day for row in reading.connection.execute(query)}


def subjects(reading: Reading, ids: Sequence[str]) -> dict[str, Any]:
    """What a list shows of each of these cases itself."""
    query = (
        sa.select(
            *(subject.c[name] for name in ("id", "arm", "sex", "injury_date")),
            subject.c.treatment_date,
            sa.func.coalesce(identity.c.family_kana, "").label("family_kana"),
            sa.func.coalesce(identity.c.given_kana, "").label("given_kana"),
        )
        .outerjoin(identity, identity.c.id == subject.c.id)
        .where(subject.c.id.in_(ids))
    )
    return {row.id: row for row in reading.connection.execute(query)}


def exams(reading: Reading, ids: Sequence[str]) -> list[Any]:
    """subject_id, status, date, ais, nli of the exams of these cases, by date.

    A second rating tells of the assessors, and is none of them.
    """
    query = (
        sa.select(
            visit.c.subject_id, form.c.status, form.c.date, form.c.ais, form.c.nli
        )
        .join(form, form.c.visit_id == visit.c.id)
        .where(visit.c.subject_id.in_(ids), form.c.instrument == ISNCSCI)
        .where(form.c.rates.is_(None))
        .order_by(form.c.date, form.c.id)
    )
    return list(reading.connection.execute(query))


def last_subject_id(reading: Reading) -> str | None:
    """The newest case ID that was given out; its digits may be more than four."""
    query = sa.select(subject.c.id).order_by(
        sa.func.length(subject.c.id).desc(), subject.c.id.desc()
    )
    return reading.connection.scalar(query.limit(1))


def alike(reading: Reading, who: Identity, source_code: str) -> list[str]:
    """Cases that may be the same person.

    The same hospital number, the same code in an import, or the same reading of the
    name together with a birth date that is the same or not known.
    """
    kana = search_key(who.family_kana + who.given_kana)
    number = search_key(who.hospital_number)
    either = []
    if number:
        either.append(identity.c.number_key == number)
    if source_code:
        either.append(subject.c.source_code == source_code)
    if kana:
        same = identity.c.kana_key == kana
        either.append(sa.and_(same, _same_day(who.birth_date)))
    if not either:
        return []
    query = (
        sa.select(subject.c.id)
        .outerjoin(identity, identity.c.id == subject.c.id)
        .where(sa.or_(*either))
        .order_by(subject.c.id)
    )
    return list(reading.connection.scalars(query))


def _same_day(day: date | None) -> sa.ColumnElement[bool]:
    if day is None:
        return sa.true()
    return sa.or_(identity.c.birth_date == day, identity.c.birth_date.is_(None))
