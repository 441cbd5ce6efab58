"""Made-up courses of spinal cord injuries, plausible enough to practise on.

Not a model of recovery: a few typical courses after CLINICAL.md section 3 (most change
in the first three months, complete injuries mostly stay so), with chance in each cell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from random import Random
from typing import Final

from registry_app.domain.isncsci.segments import (
    DAP,
    DERMATOMES,
    KEY_MUSCLES,
    SCORE_ITEMS,
    SEGMENTS,
    VAC,
    Modality,
    Side,
    score_item,
)

#: The grade at the first exam, then the one that it comes to, and on which day.
COURSES: Final = (
    *(("A", "A", 0), ("C", "D", 60), ("A", "B", 70), ("B", "C", 50)),
    *(("A", "A", 0), ("B", "D", 150), ("C", "D", 100), ("A", "C", 80)),
    *(("C", "C", 0), ("A", "A", 0), ("B", "B", 0), ("C", "D", 30)),
)
#: The first segment that is not normal any more; more necks than backs, as in life.
LEVELS: Final = (
    "C5",
    "C6",
    "C4",
    "C7",
    "T4",
    "C5",
    "C6",
    "C8",
    "T10",
    "C6",
    "T8",
    "C5",
)
#: Half of the recovery is over after so many days.
_HALF: Final = 60
#: Segments below the level with some feeling or movement, in any injury.
_ZONE: Final = 3
_SHIFT: Final = 5


@dataclass(frozen=True, slots=True)
class Course:
    """One injury and what becomes of it. `luck`: of each cell, 0 to 1, for good."""

    first: str
    later: str
    turns_on: int
    levels: Mapping[Side, int]
    luck: Mapping[str, float]

    def grade(self, day: int) -> str:
        """The grade that the exam of this day is made to show."""
        return self.later if day >= self.turns_on else self.first

    def sheet(self, day: int) -> dict[str, str]:
        """The whole sheet of an exam so many days after the injury."""
        grade = self.grade(day)
        gain = 1 - exp(-0.69 * day / _HALF)
        values = {}
        for side in Side:
            for segment in KEY_MUSCLES:
                item = score_item(side, Modality.MOTOR, segment)
                values[item] = str(self._motor(item, segment, side, grade, gain))
            for modality in (Modality.LIGHT_TOUCH, Modality.PIN_PRICK):
                for segment in DERMATOMES:
                    item = score_item(side, modality, segment)
                    values[item] = str(self._sensory(item, segment, side, grade, gain))
        values[VAC] = "Yes" if grade in "CD" else "No"
        values[DAP] = "No" if grade == "A" else "Yes"
        return values

    def _below(self, segment: str, side: Side, gain: float) -> float:
        """How far below the last normal segment; recovery moves that one down."""
        return SEGMENTS.index(segment) - self.levels[side] + 1 - 1.4 * gain

    def _motor(
        self, item: str, segment: str, side: Side, grade: str, gain: float
    ) -> int:
        below, luck = self._below(segment, side, gain), self.luck[item]
        if below <= 0:
            return 5
        zone = (4.6 - 1.3 * below) * (0.6 + 0.4 * luck) if below <= _ZONE else 0.0
        spared = {"A": 0.0, "B": 0.0, "C": 0.4 + 1.6 * gain, "D": 2.4 + 1.8 * gain}
        return min(5, max(0, round(zone), round(spared[grade] * (0.6 + 0.6 * luck))))

    def _sensory(
        self, item: str, segment: str, side: Side, grade: str, gain: float
    ) -> int:
        below, luck = self._below(segment, side, gain), self.luck[item]
        if below <= 0:
            return 2
        if grade == "A":
            return 1 if below <= _ZONE and luck > 0.3 * below - 0.2 else 0
        if segment == "S4_5":
            return 1
        worse = 0.35 if "_PP_" in item else 0.0
        spared = {"B": 0.5, "C": 0.7, "D": 0.9}[grade] + 0.6 * gain - worse
        return min(2, max(0, round(spared + 0.9 * (luck - 0.5))))


def course(number: int, chance: Random) -> Course:
    """The course of the n-th made-up patient."""
    # Two dozen on, the courses fall to others: no arm is better by its places.
    turn = number + number // (2 * len(COURSES)) * _SHIFT
    first, later, turns_on = COURSES[turn % len(COURSES)]
    level = SEGMENTS.index(LEVELS[turn * 5 % len(LEVELS)])
    return Course(
        first,
        later,
        turns_on,
        {Side.RIGHT: level, Side.LEFT: level + chance.choice((0, 0, 1))},
        {item: chance.random() for item in SCORE_ITEMS},
    )
