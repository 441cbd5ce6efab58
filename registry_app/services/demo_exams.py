"""The exams of made-up patients, with what happens at real bedsides."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from registry_app.domain.blinding import Hidden, Unblinded, Unblinding
from registry_app.domain.course import FollowUp
from registry_app.domain.isncsci.segments import DAP, VAC
from registry_app.domain.subject import Arm, Subject
from registry_app.domain.visit import (
    ISNCSCI,
    Blinding,
    Form,
    StarNote,
    StarReason,
    Status,
    Visit,
)
from registry_app.services import demo_duties, demo_forms
from registry_app.services.demo_course import ROUND
from registry_app.services.desk import Desk
from registry_app.services.exams import save
from registry_app.services.made_up import course
from registry_app.services.plans import UNSCHEDULED, departure
from registry_app.storage.work import Work

#: Visits that somebody missed, and visits with a second form.
_MISSED: Final = {12: "day-90", 14: "day-90", 18: "endpoint", 21: "day-90"}
#: Casts, refusals, old lesions, exams cut short: by the place in the round.
_CAST_AT_FIRST, _NO_ANAL_EXAM = 4, 9
_PLEXOPATHY: Final = {7: "4**", 14: "4*"}
_LAST_IS_DRAFT: Final = (2, 11)
#: Whose assessor came to know, at which visit, and how.
_UNBLINDED: Final = {
    (5, "baseline"): Unblinded.ACCIDENTAL,
    (8, "endpoint"): Unblinded.PLANNED,
    (10, "endpoint"): Unblinded.ACCIDENTAL,
    (16, "endpoint"): Unblinded.UNPLANNED,
}
_CAST: Final = ("L_M_C7", "L_M_C8", "L_LT_C7", "L_LT_C8", "L_PP_C7", "L_PP_C8")
_PLEXUS: Final = "R_M_C5"
_STILL_OPEN: Final = tuple(f"L_M_{s}" for s in ("L2", "L3", "L4", "L5", "S1"))


def write_exams(
    work: Work,
    desk: Desk,
    number: int,
    subject: Subject,
    ended: FollowUp | None,
    today: date,
    people: dict[str, Any],
    chance: Random,
) -> None:
    """The exams that were made while the patient came."""
    demo_forms.infusion(work, desk, number, subject, people, chance)
    injury = course(number, chance)
    treatment = subject.treatment_date
    treated_on = None if treatment is None else subject.day(treatment)
    gone = ended.last_known_alive if ended else None
    until = subject.day(gone) + 1 if gone else subject.day(today)
    days = [
        (code, day)
        for code, day in _visits(number, treated_on, chance)
        if day < until and code != _MISSED.get(number % ROUND)
    ]
    for nth, (code, day) in enumerate(days):
        on = subject.injury_date + timedelta(days=day)
        reason = people["reason"]["window"]
        departs = departure(work, desk, subject.id, code, ISNCSCI, on, reason)
        visit = work.save(Visit(desk.new_id(), subject.id, code, on))
        form = Form(
            desk.new_id(),
            visit.id,
            ISNCSCI,
            on,
            status=Status.COMPLETE,
            assessor=people["assessors"][(number + nth) % len(people["assessors"])],
            blinding=_blinding(subject.arm, number, nth),
            values=injury.sheet(day),
        )
        last = nth == len(days) - 1
        form = _with_oddities(form, number, people, first=nth == 0, last=last)
        form = save(work, form)
        if departs is not None:
            work.save(replace(departs, form_id=form.id))
        if code in demo_forms.WITH_SCALES:
            demo_forms.scales(work, desk, visit, form, injury, day)
        if code == "baseline":
            demo_forms.background(work, desk, number, visit, form)
        if code == "endpoint":
            demo_forms.second_rating(work, desk, number, form, people)
        if (number % ROUND, code) in _UNBLINDED:
            _unblind(work, desk, number, code, visit, form.assessor, people)


def _unblind(
    work: Work,
    desk: Desk,
    number: int,
    code: str,
    visit: Visit,
    assessor: str,
    people: dict[str, Any],
) -> None:
    """The assessor of this exam came to know, on its day or the day after it."""
    how = _UNBLINDED[number % ROUND, code]
    after = timedelta(days=how is Unblinded.PLANNED)
    what = Hidden.EARLIER if number % 2 else Hidden.TREATMENT
    told = people["unblinding"]
    work.save(
        Unblinding(
            desk.new_id(),
            visit.subject_id,
            assessor,
            how,
            visit.date + after,
            {what.value: True},
            told[how.value],
            "" if how is Unblinded.UNPLANNED else told["assessed"],
        )
    )


def _visits(
    number: int, treated_on: int | None, chance: Random
) -> Iterator[tuple[str, int]]:
    """Visit codes of the pack and days since injury.

    The baseline (49 +- 7 days) lies before the treatment, where there is one. Some come
    a week after a window has closed.
    """
    yield UNSCHEDULED, chance.randint(3, 13)
    yield "baseline", treated_on - chance.randint(1, 2) if treated_on else 49
    late = 18 if number % ROUND == demo_duties.TOO_LATE else 0
    yield "day-90", chance.randint(84, 96) + late
    yield "endpoint", chance.randint(168, 192)
    if treated_on and number % 2:
        yield "day-220", treated_on + chance.randint(210, 230)
    yield "month-12", chance.randint(352, 378)
    yield "month-24", chance.randint(716, 744)


def _blinding(arm: Arm, number: int, nth: int) -> Blinding:
    if arm is Arm.COMPARISON or (number + nth) % 3:
        return Blinding.BLINDED
    return Blinding.KNOWS if nth % 2 else Blinding.UNKNOWN


def _with_oddities(
    form: Form,
    number: int,
    people: dict[str, Any],
    *,
    first: bool,
    last: bool,
) -> Form:
    """What happens at real bedsides: casts, refusals, old lesions, exams cut short."""
    nth = number % ROUND
    values = dict(form.values)
    if nth == _CAST_AT_FIRST and first:
        values |= dict.fromkeys(_CAST, "NT")
        form = replace(form, comment=people["comment-cast"])
    if nth == _NO_ANAL_EXAM and first:
        values |= dict.fromkeys((VAC, DAP), "NT")
        form = replace(form, comment=people["comment-anal"])
    if nth in _PLEXOPATHY:
        values[_PLEXUS] = _PLEXOPATHY[nth]
        note = StarNote(
            StarReason.PLEXOPATHY,
            normal=_PLEXOPATHY[nth].endswith("**"),
            text=people["note-plexopathy"],
        )
        form = replace(form, stars={_PLEXUS: note}, comment=people["comment-star"])
    if nth in _LAST_IS_DRAFT and last:
        for item in _STILL_OPEN:
            del values[item]
        form = replace(form, status=Status.DRAFT)
    return replace(form, values=values)
