"""The exams of a blinded assessor: which are to be done, and one's own sheet.

Nothing that is given here holds the arm, anything of the treatment, or an earlier
result: not of a visit that only one arm has, not of an exam by somebody else, and not
of one's own once it is complete (E6(R3) 4.1; CLINICAL.md section 8).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from registry_app.domain.blinding import Unblinding
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.windows import Placed, placed
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Identity
from registry_app.domain.visit import ISNCSCI, Blinding, Form, Status, Visit
from registry_app.services.blinded_desk import (
    begun_by_me,
    neutral_visits,
    open_to,
)
from registry_app.services.blinding import breaks
from registry_app.services.cases import cases
from registry_app.services.desk import Desk
from registry_app.services.exams import begin_exam
from registry_app.services.rights import needs
from registry_app.services.worksheet import Worksheet, bare_worksheet
from registry_app.storage.work import Reading

#: An exam is offered so long before its window, in days, and a completed one stands in
#: the list so long after its window. A draft waits however long it takes.
_AHEAD: Final = timedelta(days=14)
_AFTER: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class ToAssess:
    """One exam to be done, or one's own. `day`: what it is aimed at, since injury.

    `first`, `last`: its window, both days in it. `form_id`: one's own sheet, "" while
    nothing is begun; `on`: its day; `complete`: nothing is left to do.
    """

    subject_id: str
    name: str
    kana: str
    hospital_number: str
    visit_code: str
    day: int
    first: date
    last: date
    form_id: str = ""
    on: date | None = None
    complete: bool = False


@needs(Deed.ASSESS)
def exams_to_do(desk: Desk) -> tuple[ToAssess, ...]:
    """What is open now and soon, and one's own sheets; by the end of the window.

    A visit that somebody else has examined is left out, as is whose follow-up has
    ended.
    """
    today = day_in_japan(desk.clock())
    with desk.read() as reading:
        protocol = desk.planner.plan(reading).protocol
        neutral = neutral_visits(protocol)
        drafts = _drafts_of_mine(reading, desk)
        windows = [
            (one, place)
            for one in cases(reading)
            for place in placed(protocol, one)
            if place.visit.id in neutral
            and (
                place.first - _AHEAD <= today <= place.last + _AFTER
                or (one.subject.id, place.visit.id) in drafts
            )
        ]
        sheets = _sheets(reading, {one.subject.id for one, _ in windows})
        mine = begun_by_me(reading, desk, [form.id for form, _ in sheets])
        names = {
            one.id: one
            for one in reading.find(Identity, id={c.subject.id for c, _ in windows})
        }
    found = []
    for one, place in windows:
        own = [
            form
            for form, visit in sheets
            if form.id in mine
            and (visit.subject_id, visit.code) == (one.subject.id, place.visit.id)
        ]
        row = _row(one, place, names.get(one.subject.id))
        found += [
            replace(
                row,
                form_id=form.id,
                on=form.date,
                complete=form.status is Status.COMPLETE,
            )
            for form in own
        ]
        if not own and place.last >= today and not _over(one, place, today):
            found.append(row)
    return tuple(
        sorted(found, key=lambda row: (row.complete, row.last, row.subject_id))
    )


@needs(Deed.ASSESS)
def begin_assessment(
    desk: Desk, subject_id: str, visit_code: str, on: date, reason: str = ""
) -> Form:
    """One's own sheet of a visit, blinded. Raises NotFound, or Refused.

    Refused: a visit that would tell the arm, a day outside the window without a reason.
    Who is on record as knowing the treatment is not blinded, and the sheet says so.
    """
    name = desk.person.display_name
    with desk.read() as reading:
        known = breaks(reading, subject_id).before(subject_id, name, on)
    return begin_exam(desk, subject_id, visit_code, on, name, _blinding(known), reason)


def _blinding(known: Unblinding | None) -> Blinding:
    told = known is not None and known.tells
    return Blinding.KNOWS if told else Blinding.BLINDED


@needs(Deed.ASSESS)
def open_assessment(desk: Desk, form_id: str) -> Worksheet:
    """One's own draft with nothing around it. Raises NotFound, or Refused.

    Refused: somebody else's sheet, and one's own when it is complete, whose result is
    an earlier one from then on.
    """
    with desk.read() as reading:
        form = open_to(reading, desk, form_id)
        return bare_worksheet(reading, desk, form)


def _drafts_of_mine(reading: Reading, desk: Desk) -> set[tuple[str, str]]:
    """Of which patient and visit one's own drafts are."""
    drafts = reading.find(Form, instrument=ISNCSCI, status=Status.DRAFT)
    mine = begun_by_me(reading, desk, [form.id for form in drafts])
    ids = {form.visit_id for form in drafts if form.id in mine}
    return {(one.subject_id, one.code) for one in reading.find(Visit, id=ids)}


def _sheets(reading: Reading, ids: set[str]) -> list[tuple[Form, Visit]]:
    visits = {one.id: one for one in reading.find(Visit, subject_id=ids)}
    forms = reading.find(Form, visit_id=tuple(visits), instrument=ISNCSCI)
    return [(form, visits[form.visit_id]) for form in forms]


def _row(one: Case, place: Placed, who: Identity | None) -> ToAssess:
    return ToAssess(
        one.subject.id,
        f"{who.family} {who.given}".strip() if who else "",
        f"{who.family_kana} {who.given_kana}".strip() if who else "",
        who.hospital_number if who else "",
        place.visit.id,
        (place.centre - one.subject.injury_date).days,
        place.first,
        place.last,
    )


def _over(one: Case, place: Placed, today: date) -> bool:
    """Somebody else has examined at that visit, or nobody is to any more."""
    end = one.follow_up
    ended_on = None if end is None else end.ended_on
    if ended_on is not None and ended_on <= today:
        return True
    return any(
        fact.complete
        and fact.instrument == ISNCSCI
        and place.first <= fact.day <= place.last
        for fact in one.exams
    )
