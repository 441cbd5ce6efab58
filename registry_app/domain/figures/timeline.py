"""What happened to one subject, and when: in days since injury (injury is day 0)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry_app.domain.figures.examined import Examined, completed
from registry_app.domain.message import Message, say
from registry_app.domain.subject import Subject


class Standing(StrEnum):
    """How far a window has come: the words of tokens.toml, table [status]."""

    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    BLOCKED = "blocked"
    OPEN = "open"


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
    """The days in which a visit is allowed, both ends included."""

    first_day: int
    last_day: int
    label: Message
    standing: Standing = Standing.OPEN


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
    windows: tuple[Window, ...] = (),
    today: date | None = None,
) -> Timeline:
    """The timeline of a subject, by day."""
    events = [Event(0, say("drawing.injury"))]
    if subject.treatment_date is not None:
        day = subject.day(subject.treatment_date)
        events.append(Event(day, say("drawing.treatment-day", day=day), treatment=True))
    marks = [
        ExamMark(subject.day(exam.form.date), completed(exam), exam.form.id)
        for exam in exams
    ]
    return Timeline(
        events=tuple(events),
        exams=tuple(sorted(marks, key=lambda mark: mark.day)),
        windows=windows,
        now=None if today is None else subject.day(today),
    )
