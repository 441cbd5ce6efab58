"""What happened to one subject, and when: in days since injury (injury is day 0)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from registry_app.domain.figures.examined import (
    Examined,
    completed,
    counted_by,
    first_hand,
)
from registry_app.domain.figures.visits import VisitRow, VisitStanding, visit_rows
from registry_app.domain.message import Message, Told, say
from registry_app.domain.subject import Subject

if TYPE_CHECKING:
    from registry_app.domain.plan.case import ExamFact
    from registry_app.domain.plan.windows import Window as PlanWindow

#: Windows that open so many days after all that has happened are not drawn: a plan of
#: many years would leave no room for the weeks that matter.
_AHEAD: Final = 400


#: What the ref of a window begins with; the visit's ID follows.
WINDOW: Final = "window:"


class Standing(StrEnum):
    """How far a window has come: the words of tokens.toml, table [status]."""

    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    BLOCKED = "blocked"
    OPEN = "open"


_STANDINGS: Final = {
    VisitStanding.MADE: Standing.DONE,
    VisitStanding.OPEN: Standing.DUE,
    VisitStanding.MISSED: Standing.OVERDUE,
    VisitStanding.ENDED: Standing.BLOCKED,
    VisitStanding.AHEAD: Standing.OPEN,
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened once. The treatment has a sign of its own."""

    day: int
    label: Message
    treatment: bool = False


@dataclass(frozen=True, slots=True)
class ExamMark:
    """An exam; `ref` is the id of its form."""

    day: int
    counted: bool
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which a visit is allowed, both ends included.

    `label`: all that is to be said of it; `short`: its name, where there is no room.
    `rank`: whose words are left out first where there is still no room: the highest.
    `ref`: stands for the visit.
    """

    first_day: int
    last_day: int
    label: Message
    standing: Standing = Standing.OPEN
    short: Message | None = None
    rank: int = 0
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """All of it; `now` is the day on which the file is looked at."""

    events: tuple[Event, ...]
    exams: tuple[ExamMark, ...]
    windows: tuple[Window, ...] = ()
    now: int | None = None

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day that must be seen."""
        seen = [
            *(e.day for e in self.events),
            *(e.day for e in self.exams),
            *(d for w in self.windows for d in (w.first_day, w.last_day)),
            *([] if self.now is None else [self.now]),
        ]
        return min(seen), max(seen)


def timeline(
    subject: Subject,
    exams: Sequence[Examined],
    *,
    forms: Sequence[ExamFact] = (),
    windows: Sequence[PlanWindow] = (),
    anchors: Sequence[tuple[Told, date]] = (),
    injury: Told | None = None,
    treatment: Told | None = None,
    on: date | None = None,
    today: date | None = None,
    ended_on: date | None = None,
) -> Timeline:
    """The timeline of a subject, by day; a second rating has no mark of its own.

    `forms`: of any instrument; one that a window counts has a mark too, unless an exam
    of that day has one. `windows`: of the plan, as they stand `on` a day (or `today`);
    then an exam counts if a window counts it, else if it is completed. `anchors`:
    further dates of the case; `injury`, `treatment`: how the pack names those two.
    """
    events = _events(subject, anchors, injury, treatment)
    counts = counted_by(windows)
    marks = [
        ExamMark(
            subject.day(exam.form.date),
            exam.form.id in counts if windows else completed(exam),
            exam.form.id,
        )
        for exam in first_hand(exams)
    ]
    days = {mark.day for mark in marks if mark.counted}
    for form in forms:
        day = subject.day(form.day)
        if form.form_id in counts and day not in days:
            marks.append(ExamMark(day, True, form.form_id))
            days.add(day)
    now = None if today is None else subject.day(today)
    seen = [*(e.day for e in events), *(m.day for m in marks), now or 0]
    stands = on or today
    drawn = [
        window
        for window in windows
        if subject.day(window.first) <= max(seen) + _AHEAD and stands is not None
    ]
    return Timeline(
        events=events,
        exams=tuple(sorted(marks, key=lambda mark: mark.day)),
        windows=tuple(_windows(subject, drawn, stands, ended_on)),
        now=now,
    )


def _events(
    subject: Subject,
    anchors: Sequence[tuple[Told, date]],
    injury: Told | None,
    treatment: Told | None,
) -> tuple[Event, ...]:
    first = _named(injury) if injury else say("drawing.injury")
    events = [Event(0, first)]
    events += [Event(subject.day(day), _named(name)) for name, day in anchors]
    if subject.treatment_date is not None:
        day = subject.day(subject.treatment_date)
        name = treatment or say("drawing.treatment")
        told = say("drawing.event-day", name=name, day=day)
        events.append(Event(day, told, treatment=True))
    return tuple(sorted(events, key=lambda event: event.day))


def _named(name: Told) -> Message:
    return say("drawing.named", name=name)


def _windows(
    subject: Subject,
    windows: Sequence[PlanWindow],
    on: date | None,
    ended_on: date | None,
) -> Iterator[Window]:
    """Each window as it stands; an offer that was not taken up is nothing missed."""
    next_one = True
    for window in windows:
        assert on is not None
        (row,) = visit_rows([window], on, ended_on=ended_on)
        missed = row.standing is VisitStanding.MISSED
        standing = _STANDINGS[row.standing]
        label = _label(subject, row, on)
        if missed and not row.owed:
            standing, label = Standing.OPEN, _named(row.name)
        ahead = row.standing is VisitStanding.AHEAD
        if standing in (Standing.DUE, Standing.OVERDUE):
            rank = 0 if standing is Standing.DUE else 1
        elif ahead and next_one:
            rank, next_one = 2, False
        elif row.standing is VisitStanding.MADE:
            rank = 3 if row.owed else 4
        else:
            rank = 5
        yield Window(
            subject.day(row.first),
            subject.day(row.last),
            label,
            standing,
            _named(row.name),
            rank,
            f"{WINDOW}{window.visit.id}",
        )


def _label(subject: Subject, row: VisitRow, on: date | None) -> Message:
    """The name of a window with its state, last day and days left."""
    if row.counted is not None and row.standing is VisitStanding.MADE:
        day = subject.day(row.counted)
        return say("drawing.window-made", visit=row.name, day=day)
    if row.standing is VisitStanding.ENDED:
        return say("drawing.window-ended", visit=row.name)
    if on is None or row.standing is VisitStanding.AHEAD:
        return _named(row.name)
    days, last = (row.last - on).days, row.last.isoformat()
    if days < 0:
        return say("drawing.window-missed", visit=row.name, last=last, days=-days)
    return say("drawing.window-open", visit=row.name, last=last, days=days)
