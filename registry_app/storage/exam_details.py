"""What reports need of the completed ISNCSCI sheets of many cases, in one statement."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.result import Interval
from registry_app.domain.plan.case import ExamFact
from registry_app.domain.visit import ISNCSCI, Blinding, Form, Status, Visit
from registry_app.storage import derived, trail
from registry_app.storage.plain_sheets import PlainSheets
from registry_app.storage.tables import form, visit
from registry_app.storage.work import Reading


class Sheet(NamedTuple):
    """One completed sheet. `totals`: ``uems``, ``lems``, ``motor``, ``lt``, ``pp``.

    `rates`: the form that it is a second rating of, or "". `fact`: of a second rating,
    which no list of a case's forms names.
    """

    form_id: str
    visit_id: str
    assessor: str
    blinding: Blinding
    totals: dict[str, Interval]
    rates: str = ""
    fact: ExamFact | None = None


#: Which of them are meant is told here and not in the statement: the index of states
#: would be chosen then, and every form looked at for each lot of cases.
_FORMS: Final = sa.select(
    form.c.id,
    form.c.visit_id,
    form.c.assessor,
    form.c.blinding,
    sa.cast(form.c["values"], sa.Text).label("written"),
    form.c.rates,
    form.c.instrument,
    form.c.status,
    form.c.date,
    form.c.ais,
    form.c.nli,
)


def sheets(reading: Reading, ids: Collection[str]) -> dict[str, Sheet]:
    """The completed ISNCSCI sheets of these cases by form; as of then, too."""
    if reading.as_of is None:
        query = _FORMS.join(visit, visit.c.id == form.c.visit_id).where(
            visit.c.subject_id.in_(ids)
        )
        # All at once: each row fetched alone lets go of Python's lock for so short that
        # another thread, which waits for it, is passed over again and again.
        rows = reading.connection.execute(query).all()
        plain = PlainSheets()
        return {row.id: _sheet(row, plain) for row in rows if _meant(row)}
    return {sheet.form_id: sheet for sheet in _then(reading, ids)}


def _then(reading: Reading, ids: Collection[str]) -> Iterator[Sheet]:
    """What did not change since is read as it is; the rest by the trail."""
    assert reading.as_of is not None
    plain = PlainSheets()
    visits = {one.id for one in reading.find(Visit, subject_id=ids)}
    changed = {
        entry.id
        for entry in trail.entries(reading.connection, kind="form", after=reading.as_of)
    }
    for row in reading.connection.execute(_FORMS.where(form.c.visit_id.in_(visits))):
        if row.id not in changed and _meant(row):
            yield _sheet(row, plain)
    for one in reading.find(Form, id=changed) if changed else ():
        if one.visit_id in visits and _meant(one):
            yield _sheet(_Then(one), plain)


class _Then:
    """A form as it was, under the names of its columns."""

    def __init__(self, one: Form) -> None:
        self.id, self.visit_id, self.date = one.id, one.visit_id, one.date
        self.assessor, self.blinding, self.rates = one.assessor, one.blinding, one.rates
        self.written = json.dumps(dict(one.values))
        found = derived.of_form(one)
        self.ais, self.nli = found["ais"], found["nli"]


def _meant(row: Any) -> bool:
    return bool(row.instrument == ISNCSCI and row.status == Status.COMPLETE)


def _sheet(row: Any, plain: PlainSheets) -> Sheet:
    written = row.written
    found = plain.totals(written) or _totals(json.loads(written))
    blinding = Blinding(row.blinding)
    rates = row.rates
    fact = _fact(row) if rates else None
    return Sheet(row.id, row.visit_id, row.assessor, blinding, found, rates, fact)


def _fact(row: Any) -> ExamFact:
    ais, nli = (tuple(text.split(",")) if text else () for text in (row.ais, row.nli))
    return ExamFact(row.id, ISNCSCI, row.date, complete=True, ais=ais, nli=nli)


def _totals(values: Mapping[str, str]) -> dict[str, Interval]:
    # Not at start: a window that shows the sign-in has no need of it.
    from registry_app.domain.isncsci.classify import classify

    found = classify(Exam(values)).totals
    right, left = found["motor_right"], found["motor_left"]
    motor = Interval(right.low + left.low, right.high + left.high)
    return {
        "uems": found["uems"],
        "lems": found["lems"],
        "motor": motor,
        "lt": found["lt"],
        "pp": found["pp"],
    }
