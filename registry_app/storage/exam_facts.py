"""What the plan needs of the forms of many cases, without reading their sheets."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from registry_app.domain.plan.case import ExamFact
from registry_app.domain.visit import ISNCSCI, Form, Status, Visit
from registry_app.storage import derived, trail
from registry_app.storage.tables import form, visit
from registry_app.storage.work import Reading


def exam_facts(
    reading: Reading, ids: Collection[str]
) -> dict[str, tuple[ExamFact, ...]]:
    """The forms of these cases by case, in order of day and id; as of then, too.

    A second rating is none of them: it never counts for a window or a cohort.
    """
    found: dict[str, list[ExamFact]] = {}
    if reading.as_of is None:
        query = _FACTS.add_columns(visit.c.subject_id, visit.c.code).join(
            visit, visit.c.id == form.c.visit_id
        )
        meant = query.where(visit.c.subject_id.in_(ids), form.c.rates.is_(None))
        for *row, case, code in reading.connection.execute(meant).all():
            found.setdefault(case, []).append(_fact(row, code))
    else:
        for case, fact in _then(reading, ids):
            found.setdefault(case, []).append(fact)
    return {
        case: tuple(sorted(facts, key=lambda fact: (fact.day, fact.form_id)))
        for case, facts in found.items()
    }


def sheets(reading: Reading, ids: Collection[str]) -> dict[str, Mapping[str, str]]:
    """What is written on these forms, by their ids; as it is now."""
    query = sa.select(form.c.id, form.c["values"]).where(form.c.id.in_(ids))
    return {row[0]: row[1] for row in reading.connection.execute(query)}


#: A sheet of 132 scores is left where it is; the values of other forms are few.
_FACTS = sa.select(
    form.c.id,
    form.c.visit_id,
    form.c.instrument,
    form.c.date,
    form.c.status,
    form.c.ais,
    form.c.nli,
    sa.case((form.c.instrument != ISNCSCI, form.c["values"])).label("values"),
)


def _then(reading: Reading, ids: Collection[str]) -> list[tuple[str, ExamFact]]:
    """What did not change since is read as it is; the rest is classified anew."""
    assert reading.as_of is not None
    visits = {one.id: one for one in reading.find(Visit, subject_id=ids)}
    changed = {
        entry.id
        for entry in trail.entries(reading.connection, kind="form", after=reading.as_of)
    }
    found = []
    query = _FACTS.where(form.c.visit_id.in_(visits), form.c.rates.is_(None))
    for row in reading.connection.execute(query).all():
        if row.id not in changed:
            at = visits[row.visit_id]
            found.append((at.subject_id, _fact(row, at.code)))
    for one in reading.find(Form, id=changed) if changed else ():
        if (at_then := visits.get(one.visit_id)) and not one.rates:
            values = None if one.instrument == ISNCSCI else one.values
            told = derived.of_form(one)
            then = (
                *(one.id, one.visit_id, one.instrument, one.date, one.status),
                *(told["ais"], told["nli"], values),
            )
            found.append((at_then.subject_id, _fact(then, at_then.code)))
    return found


def _fact(row: Sequence[Any], code: str) -> ExamFact:
    """`row`: the columns of `_FACTS`; `code`: of the visit."""
    form_id, _visit, instrument, day, status, ais, nli, values = row
    complete = status == Status.COMPLETE
    return ExamFact(
        form_id, instrument, day, complete, code, _split(ais), _split(nli), values or {}
    )


def _split(several: str) -> tuple[str, ...]:
    return tuple(several.split(",")) if several else ()
