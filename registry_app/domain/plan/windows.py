"""The windows of a case: when a visit may be made, and which exam counts for it.

An exam is never moved and never lost. A window looks for the exams in it and names the
one that counts, by the rule that the pack states: the nearest to its centre, of two
the earlier, if nothing else is said (REGULATION.md section 3).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from registry_app.domain.message import Message, say
from registry_app.domain.plan.calendar import add_span, clips
from registry_app.domain.plan.case import Case, ExamFact
from registry_app.domain.plan.citation import distance, rests_on
from registry_app.domain.plan.duty import Step
from registry_app.domain.plan.pack import Anchor, Pick, PlannedVisit, Span
from registry_app.domain.plan.protocol import Protocol


class Window(NamedTuple):
    """One visit of one case: `first` and `last` are both in it.

    `target_first`, `target_last`: the wished-for days, where the pack names them.
    `counted`: the exam that counts, and `why`; `others`: the completed ones in the
    window that do not. `flags`: what must be known of the one that counts.
    """

    visit: PlannedVisit
    anchor: Anchor
    anchor_day: date
    centre: date
    first: date
    last: date
    target_first: date | None = None
    target_last: date | None = None
    counted: ExamFact | None = None
    why: Message | None = None
    flags: tuple[Message, ...] = ()
    others: tuple[ExamFact, ...] = ()

    def holds(self, day: date) -> bool:
        """Whether a day lies in the window."""
        return self.first <= day <= self.last


@lru_cache(maxsize=1 << 10)
def _days(number: int) -> timedelta:
    """Remembered: a plan has few, and thousands of cases ask for them."""
    return timedelta(days=number)


class Placed(NamedTuple):
    """A window without what was found in it."""

    visit: PlannedVisit
    anchor: Anchor
    anchor_day: date
    centre: date
    first: date
    last: date


def placed(protocol: Protocol, case: Case) -> Iterator[Placed]:
    """Each window of a case whose anchor is known, in the order of the pack.

    A visit that another arm is asked for, or that was not in force then, has none.
    """
    anchors = protocol.anchors
    days = {name: case.day_of(anchor) for name, anchor in anchors.items()}
    arm = case.subject.arm
    for visit in protocol.visits():
        day = days[visit.anchor]
        if day is None or arm not in visit.arms:
            continue
        centre = add_span(day, visit.at)
        if visit.basis.in_force(centre):
            yield Placed(
                visit,
                anchors[visit.anchor],
                day,
                centre,
                centre - _days(visit.before),
                centre + _days(visit.after),
            )


def counted(
    protocol: Protocol, case: Case, at: Placed
) -> tuple[ExamFact | None, list[ExamFact]]:
    """The exam that counts in a window, and every completed one that lies in it.

    An exam on or after the day of `PlannedVisit.precedes` counts only where there is
    no earlier one.
    """
    return _counted(protocol, case, at, _completed(case))


_Completed: TypeAlias = Mapping[str, Sequence[ExamFact]]


def _completed(case: Case) -> _Completed:
    """The completed forms of a case, by their instrument."""
    found: dict[str, list[ExamFact]] = {}
    for exam in case.exams:
        if exam.complete:
            found.setdefault(exam.instrument, []).append(exam)
    return found


def _counted(
    protocol: Protocol, case: Case, at: Placed, completed: _Completed
) -> tuple[ExamFact | None, list[ExamFact]]:
    visit, first, last = at.visit, at.first, at.last
    there = completed.get(visit.forms[0], ()) if visit.forms else ()
    found = [exam for exam in there if first <= exam.day <= last]
    if not found:
        return None, found
    choice: Sequence[ExamFact] = found
    if visit.precedes:
        before = case.day_of(protocol.anchor(visit.precedes))
        if before is not None:
            choice = [exam for exam in found if exam.day < before] or found
    if len(choice) == 1:
        return choice[0], found

    def order(exam: ExamFact) -> tuple[int, date, bool, str]:
        return (
            _rank(visit.pick, exam.day, at.centre),
            exam.day,
            exam.visit_code != visit.id,
            exam.form_id,
        )

    return min(choice, key=order), found


def _rank(pick: Pick, day: date, centre: date) -> int:
    if pick is Pick.NEAREST:
        return abs((day - centre).days)
    return day.toordinal() if pick is Pick.FIRST else -day.toordinal()


def windows(protocol: Protocol, case: Case) -> tuple[Window, ...]:
    """Every window of a case, by its first day; unknown anchors have none yet."""
    completed = _completed(case)
    drafts = [exam for exam in case.exams if not exam.complete]
    found = [
        _window(protocol, case, at, completed, drafts) for at in placed(protocol, case)
    ]
    return tuple(sorted(found, key=lambda window: (window.first, window.last)))


def fits(
    protocol: Protocol, case: Case, instrument: str, day: date
) -> tuple[Window, ...]:
    """The windows that a form of this instrument on this day lies in."""
    return tuple(
        window
        for window in windows(protocol, case)
        if window.holds(day) and instrument in window.visit.forms
    )


def _window(
    protocol: Protocol,
    case: Case,
    at: Placed,
    completed: _Completed,
    drafts: Sequence[ExamFact],
) -> Window:
    visit, centre = at.visit, at.centre
    chosen, found = _counted(protocol, case, at, completed)
    before, after = visit.target_before, visit.target_after
    wished = before is not None or after is not None
    target_first = centre - _days(before or 0) if wished else None
    target_last = centre + _days(after or 0) if wished else None
    if chosen is None:
        flags = _drafted(at, drafts) if drafts else ()
        return Window(*at, target_first, target_last, flags=flags)
    return Window(
        *at,
        target_first,
        target_last,
        chosen,
        _why(visit, centre, chosen, found),
        tuple(_flags(protocol, case, visit, chosen, target_first, target_last)),
        tuple(exam for exam in found if exam is not chosen),
    )


def _why(
    visit: PlannedVisit, centre: date, chosen: ExamFact, found: list[ExamFact]
) -> Message:
    """Why this exam counts, and no other of those found."""
    if len(found) == 1:
        return say("plan.counted-only", day=chosen.day)
    if visit.pick is not Pick.NEAREST:
        return say(f"plan.counted-{visit.pick.value}", number=len(found))
    away = abs((chosen.day - centre).days)
    rivals = [exam for exam in found if exam is not chosen]
    if any(abs((exam.day - centre).days) < away for exam in rivals):
        return say("plan.counted-before", number=len(found))
    tied = any(
        exam.day != chosen.day and abs((exam.day - centre).days) == away
        for exam in rivals
    )
    key = "plan.counted-tie" if tied else "plan.counted-nearest"
    return say(key, number=len(found), centre=centre, days=away)


def _drafted(at: Placed, drafts: Sequence[ExamFact]) -> tuple[Message, ...]:
    """What must be known of drafts, which cannot count."""
    return tuple(
        say("plan.flag-draft", day=exam.day)
        for exam in drafts
        if at.first <= exam.day <= at.last and exam.instrument in at.visit.forms[:1]
    )


def _flags(
    protocol: Protocol,
    case: Case,
    visit: PlannedVisit,
    chosen: ExamFact,
    target_first: date | None,
    target_last: date | None,
) -> Iterator[Message]:
    """What must be known of the exam that counts."""
    if visit.precedes:
        anchor = protocol.anchor(visit.precedes)
        day = case.day_of(anchor)
        if day is not None and chosen.day >= day:
            yield say("plan.flag-after", anchor=anchor.name, day=day)
    if target_first and target_last and not target_first <= chosen.day <= target_last:
        yield say("plan.flag-target", first=target_first, last=target_last)


def window_steps(window: Window) -> tuple[Step, ...]:
    """How the window was found, a step a line, and what it rests on."""
    visit = window.visit
    before, after = Span(days=visit.before), Span(days=visit.after)
    away = (window.centre - window.anchor_day).days
    centre = "plan.step-centre-before" if away < 0 else "plan.step-centre"
    clipped = clips(window.anchor_day, visit.at)
    steps = [
        Step(window.anchor_day, say("plan.step-anchor", anchor=window.anchor.name)),
        Step(
            window.centre,
            say(centre, distance=distance(visit.at)),
            say("plan.step-clipped") if clipped else say("plan.step-day", number=away),
        ),
        Step(window.first, say("plan.step-first", distance=distance(before))),
        Step(window.last, say("plan.step-last", distance=distance(after))),
    ]
    if window.target_first is not None:
        steps.append(Step(window.target_first, say("plan.step-target-first")))
        steps.append(Step(window.target_last, say("plan.step-target-last")))
    if window.counted is not None:
        steps.append(Step(window.counted.day, say("plan.step-counted"), window.why))
    return (*steps, rests_on(visit.duty or visit.id, visit.name, visit.basis))
