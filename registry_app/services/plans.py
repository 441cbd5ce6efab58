"""The plan of one case, and what fits it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from registry_app.domain.course import Deviation, DeviationKind
from registry_app.domain.errors import Refused
from registry_app.domain.message import Message, say
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.cohorts import CohortStanding, cohort_of
from registry_app.domain.plan.duties import subject_duties
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.eligibility import Judged, judge
from registry_app.domain.plan.flags import (
    consent_flags,
    decided_on,
    outside,
    unexplained,
)
from registry_app.domain.plan.ledger import ledger
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.windows import Window, fits, windows
from registry_app.domain.rights import Deed, may
from registry_app.services.blinding import hidden_in
from registry_app.services.cases import case, case_of
from registry_app.services.desk import Desk
from registry_app.services.eligibility import listed
from registry_app.services.protocol import protocol
from registry_app.services.rights import needs
from registry_app.storage.work import Reading

#: The code of a visit that no plan foresees (予定外来院).
UNSCHEDULED: Final = "unscheduled"


@dataclass(frozen=True, slots=True)
class SubjectPlan:
    """All that the plan says of one case on a day.

    `judged`: each criterion as it stands now; how it stood at enrolment is frozen in
    `case.indication`. `flags`: what must be known: of the windows in their order, then
    of exams, consents and criteria that go against the plan.
    """

    case: Case
    windows: tuple[Window, ...]
    duties: tuple[Duty, ...]
    cohort: CohortStanding
    judged: tuple[Judged, ...]
    flags: tuple[Message, ...]


@needs(Deed.LOOK)
def subject_plan(
    desk: Desk, subject_id: str, on: date | None = None, as_of: int | None = None
) -> SubjectPlan:
    """The plan of a case on a day, today if none is named. Raises NotFound.

    `as_of`: from what was known, and under the rules that held, after a trail entry.
    """
    followed = protocol(desk, as_of)
    found = case_of(desk, subject_id, as_of)
    day = on or day_in_japan(desk.clock())
    placed = windows(followed, found)
    of_windows = list[Message]()
    for window in placed:  # windows overlap: what is said of two is said once
        of_windows += [flag for flag in window.flags if flag not in of_windows]
    judged = (
        *judge(followed, found, "enrolment", decided_on(found, day)),
        *judge(followed, found, "treatment", day),
    )
    return SubjectPlan(
        found,
        placed,
        ledger(subject_duties(followed, found), found.settled, day),
        cohort_of(followed, found, placed),
        judged,
        (
            *of_windows,
            *outside(found, placed),
            *consent_flags(found, day),
            *unexplained(found, judged),
        ),
    )


def departure(
    reading: Reading,
    desk: Desk,
    subject_id: str,
    visit_code: str,
    instrument: str,
    day: date,
    reason: str,
) -> Deviation | None:
    """The deviation of a form that lies outside the window of its visit.

    None where it lies in it, or the visit has none: it is unscheduled, not in the plan,
    or its anchor is not known yet. Raises Refused without a reason; the refusal says
    which windows the day fits.
    """
    followed = desk.planner.plan(reading).protocol
    if visit_code not in {visit.id for visit in followed.pack.visits}:
        return None
    found = case(reading, subject_id)
    window = _window(followed, found, visit_code, instrument)
    if window is None or window.holds(day):
        return None
    if not reason.strip():
        hidden = hidden_in(reading, desk, (subject_id,))[subject_id]
        if hidden or not may(desk.person.role, Deed.LOOK):
            # The days would tell of a treatment whoever must not know of it.
            raise Refused("course.out-of-window-blinded", day=day)
        told = _fits(followed, found, instrument, day)
        raise Refused(
            "course.out-of-window",
            day=day,
            visit=window.visit.name,
            first=window.first,
            last=window.last,
            fits=told,
        )
    return Deviation(
        desk.new_id(),
        subject_id,
        DeviationKind.WINDOW,
        visit_code,
        day,
        reason.strip(),
        f"{window.first.isoformat()}/{window.last.isoformat()}",
    )


def _window(
    followed: Protocol, found: Case, visit_code: str, instrument: str
) -> Window | None:
    for window in windows(followed, found):
        if window.visit.id == visit_code and instrument in window.visit.forms:
            return window
    return None


def _fits(followed: Protocol, found: Case, instrument: str, day: date) -> Message:
    fitting = fits(followed, found, instrument, day)
    if not fitting:
        return say("course.fits-none")
    return say("course.fits-some", visits=listed(one.visit.name for one in fitting))
