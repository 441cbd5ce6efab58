"""Legal holds: set on a case, and lifted, each on a day and for a reason."""

from dataclasses import replace
from datetime import date

from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.hold import LegalHold
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Subject
from registry_app.services.desk import Desk
from registry_app.services.rights import needs


@needs(Deed.ENTER)
def set_hold(desk: Desk, hold: LegalHold) -> LegalHold:
    """Set a hold on a case; its reason is that of the trail, too.

    Raises InvalidValue for a day that has not come, and Refused where one holds.
    """
    _check(desk, hold.set_on)
    with desk.begin(hold.why) as work:
        work.get(Subject, hold.subject_id)
        for one in work.find(LegalHold, subject_id=hold.subject_id):
            if one.lifted_on is None:
                raise Refused("retention.already-held", day=one.set_on)
        return work.save(replace(hold, id=hold.id or desk.new_id()))


@needs(Deed.ENTER)
def lift_hold(desk: Desk, hold_id: str, on: date, why: str) -> LegalHold:
    """Lift a hold. Raises InvalidValue without a reason or a day, Refused if lifted."""
    _check(desk, on)
    with desk.begin(why) as work:
        hold = work.get(LegalHold, hold_id)
        if hold.lifted_on is not None:
            raise Refused("retention.already-lifted", day=hold.lifted_on)
        return work.save(replace(hold, lifted_on=on, lifted_why=why.strip()))


def _check(desk: Desk, day: date) -> None:
    if day > day_in_japan(desk.clock()):
        raise InvalidValue("retention.day-in-future", day=day)
