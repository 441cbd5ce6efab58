"""Lists of cases, sorted and filtered by the data base."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from registry_app.domain.names import search_key
from registry_app.domain.subject import Arm, Identity
from registry_app.domain.visit import ISNCSCI, Status
from registry_app.storage.plan_tables import planned
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
_VISITS: Final = "visit:"
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
    query = sa.select(subject.c.id).outerjoin(identity, identity.c.id == subject.c.id)
    by: sa.ColumnElement[Any]
    if sort in _NEXT:
        next_visit = _next_visit(today)
        query = query.outerjoin(next_visit, next_visit.c.subject_id == subject.c.id)
        by = next_visit.c[sort]
    else:
        by = _BY[sort]
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
    order: list[Any] = [by.desc() if descending else by.asc()]
    if sort != "id":
        text_column = isinstance(by.type, sa.String)
        unknown = sa.or_(by.is_(None), by == "") if text_column else by.is_(None)
        order = [sa.case((unknown, 1), else_=0), *order, subject.c.id]
    return list(reading.connection.scalars(query.order_by(*order)))


def _next_visit(today: date) -> sa.Subquery:
    """Of each case the window that closes first of those that are still to be met."""
    nth = sa.func.row_number().over(
        partition_by=planned.c.subject_id,
        order_by=(planned.c.last, planned.c.opens, planned.c.key),
    )
    coming = (
        sa.select(
            planned.c.subject_id,
            planned.c.opens.label("next_first"),
            planned.c.last.label("next_last"),
            nth.label("nth"),
        )
        .where(
            planned.c.open,
            planned.c.last >= today,
            planned.c.key.startswith(_VISITS, autoescape=True),
        )
        .subquery("coming")
    )
    return sa.select(coming).where(coming.c.nth == 1).subquery("next_visit")


def next_visits(
    reading: Reading, ids: Sequence[str], today: date
) -> dict[str, tuple[str, date, date]]:
    """The visit of each case that closes first: its id, first and last day."""
    query = (
        sa.select(planned.c.subject_id, planned.c.key, planned.c.opens, planned.c.last)
        .where(
            planned.c.subject_id.in_(ids),
            planned.c.open,
            planned.c.last >= today,
            planned.c.key.startswith(_VISITS, autoescape=True),
        )
        .order_by(planned.c.last.desc(), planned.c.opens.desc(), planned.c.key.desc())
    )
    return {
        case: (_visit_of(key, case), opens, last)
        for case, key, opens, last in reading.connection.execute(query)
    }


def counted_grades(
    reading: Reading, ids: Sequence[str], visits: Sequence[str]
) -> dict[str, str]:
    """The possible grades at the exam that counts for one of these visits, by case."""
    keys = [f"{_VISITS}{visit_id}:{case}" for visit_id in visits for case in ids]
    query = (
        sa.select(planned.c.subject_id, form.c.ais)
        .join(form, form.c.id == planned.c.form_id)
        .where(planned.c.key.in_(keys))
        .order_by(planned.c.trigger.desc(), planned.c.key.desc())
    )
    return {row.subject_id: row.ais for row in reading.connection.execute(query)}


def unmet_visits(
    reading: Reading, first: date, last: date
) -> list[tuple[str, str, date]]:
    """Case, visit and last day of owed windows that close between two days, not met."""
    query = sa.select(planned.c.subject_id, planned.c.key, planned.c.last).where(
        planned.c.open,
        planned.c.last.between(first, last),
        planned.c.key.startswith(_VISITS, autoescape=True),
    )
    return [
        (case, _visit_of(key, case), day)
        for case, key, day in reading.connection.execute(query)
    ]


def _visit_of(key: str, case: str) -> str:
    """The visit that a planned duty is about: ``visit:<visit>:<case>``."""
    return key.removeprefix(_VISITS).removesuffix(f":{case}")


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
    """subject_id, status, date, ais, nli of every exam of these cases, by date."""
    query = (
        sa.select(
            visit.c.subject_id, form.c.status, form.c.date, form.c.ais, form.c.nli
        )
        .join(form, form.c.visit_id == visit.c.id)
        .where(visit.c.subject_id.in_(ids), form.c.instrument == ISNCSCI)
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
