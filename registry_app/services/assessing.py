"""The exams of a blinded assessor: which are to be done, and one's own sheet.

Nothing that is given here holds the arm, anything of the treatment, or an earlier
result: not of a visit that only one arm has, not of an exam by somebody else, and not
of one's own once it is complete (E6(R3) 4.1; CLINICAL.md section 8).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from registry_app.domain.blinding import Unblinding, assessor_key
from registry_app.domain.course import Course, FollowUp
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.windows import Placed, placed
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Identity, Subject
from registry_app.domain.visit import ISNCSCI, Blinding, Form
from registry_app.services.blinded_desk import (
    begun_by_me,
    neutral_visits,
    open_to,
)
from registry_app.services.blinding import breaks
from registry_app.services.desk import Desk
from registry_app.services.exams import begin_exam
from registry_app.services.rights import needs
from registry_app.services.worksheet import Worksheet, bare_worksheet
from registry_app.storage.assessed import Assessed, assessed
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
def exams_to_do(desk: Desk, subject_id: str = "") -> tuple[ToAssess, ...]:
    """What is open now and soon, and one's own sheets; by the end of the window.

    `subject_id`: of this patient alone. A visit that somebody else has examined is left
    out, as is whose follow-up has ended.
    """
    today = day_in_japan(desk.clock())
    asked = {"id": subject_id} if subject_id else {}
    with desk.read() as reading:
        protocol = desk.planner.plan(reading).protocol
        neutral = neutral_visits(protocol)
        sheets, mine = _sheets(reading, desk, subject_id)
        ended = {one.id: one.ended_on for one in reading.find(FollowUp, **asked)}
        subjects = reading.find(Subject, **asked)
        names = {one.id: one for one in reading.find(Identity, **asked)}
    found: list[ToAssess] = []
    for subject in subjects:
        gone = ended.get(subject.id)
        over = gone is not None and gone <= today
        made = sheets.get(subject.id, ())
        for place in placed(protocol, Case(subject, Course(subject.id))):
            if place.visit.id not in neutral:
                continue
            own = [
                sheet
                for sheet in made
                if sheet.form_id in mine and sheet.visit_code == place.visit.id
            ]
            near = place.first - _AHEAD <= today <= place.last + _AFTER
            row = _row(subject, place, names.get(subject.id))
            found += [
                replace(row, form_id=one.form_id, on=one.on, complete=one.complete)
                for one in own
                if near or not one.complete
            ]
            wanted = near and not own and not over and place.last >= today
            if wanted and not any(_counts(sheet, place) for sheet in made):
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


def _sheets(
    reading: Reading, desk: Desk, subject_id: str
) -> tuple[dict[str, list[Assessed]], set[str]]:
    """The ISNCSCI sheets by patient, and which of them are one's own.

    One's own bear one's name; that one has begun them is what the trail says.
    """
    sheets: dict[str, list[Assessed]] = {}
    named: list[str] = []
    me = assessor_key(desk.person.display_name)
    for one in assessed(reading.connection, subject_id):
        if one.instrument == ISNCSCI:
            sheets.setdefault(one.subject_id, []).append(one)
            if assessor_key(one.assessor) == me:
                named.append(one.form_id)
    return sheets, begun_by_me(reading, desk, named)


def _counts(sheet: Assessed, place: Placed) -> bool:
    """Whether somebody has examined in the window of a visit."""
    return sheet.complete and not sheet.rates and place.first <= sheet.on <= place.last


def _row(subject: Subject, place: Placed, who: Identity | None) -> ToAssess:
    return ToAssess(
        subject.id,
        f"{who.family} {who.given}".strip() if who else "",
        f"{who.family_kana} {who.given_kana}".strip() if who else "",
        who.hospital_number if who else "",
        place.visit.id,
        (place.centre - subject.injury_date).days,
        place.first,
        place.last,
    )
