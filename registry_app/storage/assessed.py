"""Who assessed which form of whom, and when, without reading what is written on it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from registry_app.domain.visit import Status
from registry_app.storage.tables import form, visit


class Assessed(NamedTuple):
    """One form of one visit. `rates`: the sheet that it is a second rating of."""

    form_id: str
    subject_id: str
    visit_code: str
    instrument: str
    assessor: str
    on: date
    complete: bool
    rates: str


_FORMS = sa.select(
    form.c.id,
    visit.c.subject_id,
    visit.c.code,
    form.c.instrument,
    form.c.assessor,
    form.c.date,
    form.c.status,
    form.c.rates,
).join(visit, visit.c.id == form.c.visit_id)


def assessed(connection: sa.Connection, subject_id: str = "") -> Iterator[Assessed]:
    """The forms of a patient, or of all ("")."""
    of = visit.c.subject_id == subject_id
    query = _FORMS.where(of) if subject_id else _FORMS
    for row in connection.execute(query).all():
        yield Assessed(
            row.id,
            row.subject_id,
            row.code,
            row.instrument,
            row.assessor,
            row.date,
            row.status == Status.COMPLETE,
            row.rates or "",
        )
