"""How AIS and the subscores went, over days since injury.

A sum with open or untestable cells stays an interval, an AIS with several possible
grades a set: a figure shows the whole of it, never a point within.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from registry_app.domain.figures.examined import (
    Examined,
    first_hand,
    ungraded,
    written,
)
from registry_app.domain.isncsci.result import TOTALS
from registry_app.domain.subject import Subject

#: The sums shown, each with the figure's pane it belongs to.
MOTOR: Final = ("uems", "lems")
SENSORY: Final = ("lt", "pp")


@dataclass(frozen=True, slots=True)
class Point:
    """One sum of one exam, from `low` to `high`; `ref` is the id of the form.

    `counted`: it is the exam that counts for a visit of the plan.
    """

    day: int
    low: int
    high: int
    counted: bool
    ref: str = ""

    @property
    def certain(self) -> bool:
        """The sum is determined."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class GradePoint:
    """The AIS of one exam: every possible grade, A first."""

    day: int
    grades: tuple[str, ...]
    star: bool
    counted: bool
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """One sum over time; `most` is its maximum."""

    name: str
    most: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Trajectory:
    """AIS and the four sums of one subject, by day."""

    ais: tuple[GradePoint, ...]
    motor: tuple[Track, ...]
    sensory: tuple[Track, ...]
    treatment_day: int | None

    @property
    def last_day(self) -> int:
        """The last day that must be seen."""
        return max([*self._days, self.treatment_day or 0, 0])

    @property
    def first_day(self) -> int:
        """The first day: the injury, or an exam that was dated before it."""
        return min([0, *self._days])

    @property
    def _days(self) -> list[int]:
        return [point.day for track in self.motor for point in track.points]


def trajectory(
    subject: Subject, exams: Sequence[Examined], counted: Collection[str] = ()
) -> Trajectory:
    """The trajectory of a subject; without empty sheets and second ratings.

    `counted`: the ids of the forms that count for a visit of the plan.
    """
    seen = sorted(filter(written, first_hand(exams)), key=lambda exam: exam.form.date)
    treated = subject.treatment_date

    def track(name: str) -> Track:
        points = [
            Point(
                subject.day(exam.form.date),
                *exam.result.totals[name],
                exam.form.id in counted,
                exam.form.id,
            )
            for exam in seen
        ]
        return Track(name, TOTALS[name], tuple(points))

    return Trajectory(
        ais=tuple(
            GradePoint(
                subject.day(exam.form.date),
                *exam.result["ais"],
                exam.form.id in counted,
                exam.form.id,
            )
            for exam in seen
            if not ungraded(exam)
        ),
        motor=tuple(map(track, MOTOR)),
        sensory=tuple(map(track, SENSORY)),
        treatment_day=None if treated is None else subject.day(treated),
    )
