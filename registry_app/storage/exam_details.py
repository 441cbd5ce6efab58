"""What reports need of the completed ISNCSCI sheets of many cases, in one statement."""

from collections.abc import Collection, Iterator
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.result import Interval
from registry_app.domain.visit import ISNCSCI, Blinding, Form, Status, Visit
from registry_app.storage import trail
from registry_app.storage.tables import form, visit
from registry_app.storage.work import Reading


class Sheet(NamedTuple):
    """One completed sheet. `totals`: by the names of the sums, as intervals."""

    form_id: str
    visit_id: str
    assessor: str
    blinding: Blinding
    totals: dict[str, Interval]


_SHEETS: Final = sa.select(
    form.c.id, form.c.visit_id, form.c.assessor, form.c.blinding, form.c["values"]
).where(form.c.instrument == ISNCSCI, form.c.status == Status.COMPLETE)


def sheets(reading: Reading, ids: Collection[str]) -> dict[str, Sheet]:
    """The completed ISNCSCI sheets of these cases by form; as of then, too."""
    if reading.as_of is None:
        query = _SHEETS.join(visit, visit.c.id == form.c.visit_id).where(
            visit.c.subject_id.in_(ids)
        )
        rows = reading.connection.execute(query)
        return {row[0]: _sheet(*row) for row in rows}
    return {sheet.form_id: sheet for sheet in _then(reading, ids)}


def _then(reading: Reading, ids: Collection[str]) -> Iterator[Sheet]:
    """What did not change since is read as it is; the rest by the trail."""
    assert reading.as_of is not None
    visits = {one.id for one in reading.find(Visit, subject_id=ids)}
    changed = {
        entry.id
        for entry in trail.entries(reading.connection, kind="form", after=reading.as_of)
    }
    for row in reading.connection.execute(_SHEETS.where(form.c.visit_id.in_(visits))):
        if row[0] not in changed:
            yield _sheet(*row)
    for one in reading.find(Form, id=changed) if changed else ():
        ours = one.visit_id in visits and one.instrument == ISNCSCI
        if ours and one.status is Status.COMPLETE:
            yield _sheet(one.id, one.visit_id, one.assessor, one.blinding, one.values)


def _sheet(form_id: str, visit_id: str, assessor: str, told: str, values: Any) -> Sheet:
    # Not at start: a window that shows the sign-in has no need of it.
    from registry_app.domain.isncsci.classify import classify

    totals = dict(classify(Exam(values)).totals)
    right, left = totals["motor_right"], totals["motor_left"]
    totals["motor"] = Interval(right.low + left.low, right.high + left.high)
    return Sheet(form_id, visit_id, assessor, Blinding(told), totals)
