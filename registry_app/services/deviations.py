"""Deviations (逸脱): departures from the plan, each with its reason."""

from dataclasses import replace

from registry_app.domain.course import Deviation
from registry_app.domain.errors import InvalidValue
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Subject
from registry_app.services.desk import Desk
from registry_app.services.hiding import hidden_subjects
from registry_app.services.rights import needs


@needs(Deed.LOOK)
def deviations(desk: Desk, subject_id: str | None = None) -> tuple[Deviation, ...]:
    """The deviations of a case, or of all, newest first; none of who is hidden."""
    with desk.read() as reading:
        of = {} if subject_id is None else {"subject_id": subject_id}
        hidden = hidden_subjects(reading, desk)
        found = [
            one for one in reading.find(Deviation, **of) if one.subject_id not in hidden
        ]
    return tuple(sorted(found, key=lambda one: (one.on, one.id), reverse=True))


@needs(Deed.ENTER)
def add_deviation(desk: Desk, deviation: Deviation) -> Deviation:
    """Record a deviation. Raises InvalidValue for a day that has not come."""
    _check(desk, deviation)
    with desk.begin() as work:
        work.get(Subject, deviation.subject_id)
        return work.save(replace(deviation, id=deviation.id or desk.new_id()))


@needs(Deed.ENTER)
def correct_deviation(desk: Desk, deviation: Deviation, reason: str) -> Deviation:
    """Correct what was written of a deviation, for a reason; none is ever deleted."""
    _check(desk, deviation)
    with desk.begin(reason) as work:
        return work.save(deviation)


def _check(desk: Desk, deviation: Deviation) -> None:
    if deviation.on > day_in_japan(desk.clock()):
        raise InvalidValue("course.deviation-in-future", day=deviation.on)
