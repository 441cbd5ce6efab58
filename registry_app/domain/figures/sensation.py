"""What the body map shows of one exam, or of the change between two.

A dermatome without a certain score is a range, so that a map never guesses: not
testable, unknown and open cells may be anything from 0 to 2 (RULES.md 2.1).
"""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.segments import (
    DERMATOMES,
    Modality,
    Side,
    score_item,
)


class View(StrEnum):
    """Which scores are looked at."""

    LOWER = "lower"
    LIGHT_TOUCH = "light touch"
    PIN_PRICK = "pin prick"


class Level(StrEnum):
    """The sensation of one dermatome of one side."""

    NORMAL = "2"
    ALTERED = "1"
    ABSENT = "0"
    NOT_TESTABLE = "NT"
    OPEN = "open"


class Change(StrEnum):
    """How one dermatome of one side differs from the earlier exam."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "unknown"


Place = tuple[str, Side]
PLACES: Final[tuple[Place, ...]] = tuple((d, s) for d in DERMATOMES for s in Side)
_MODALITIES: Final = {
    View.LOWER: (Modality.LIGHT_TOUCH, Modality.PIN_PRICK),
    View.LIGHT_TOUCH: (Modality.LIGHT_TOUCH,),
    View.PIN_PRICK: (Modality.PIN_PRICK,),
}


class _Range(NamedTuple):
    low: int
    high: int


def _range(value: str | None) -> _Range:
    digit = (value or "").rstrip("*")
    return _Range(int(digit), int(digit)) if digit.isdigit() else _Range(0, 2)


def _written(exam: Exam, place: Place, view: View) -> list[str | None]:
    segment, side = place
    return [
        exam.values.get(score_item(side, modality, segment))
        for modality in _MODALITIES[view]
    ]


def _lowest(written: list[str | None]) -> _Range:
    ranges = [_range(value) for value in written]
    return _Range(min(r.low for r in ranges), min(r.high for r in ranges))


def levels(exam: Exam, view: View = View.LOWER) -> Mapping[Place, Level]:
    """The level of every dermatome, as it was examined (a star changes nothing).

    The lower of two is known when one of them is 0, whatever the other is.
    """
    found = {}
    for place in PLACES:
        written = _written(exam, place, view)
        least = _lowest(written)
        if least.low == least.high:
            found[place] = Level(str(least.low))
        elif None in written:
            found[place] = Level.OPEN
        else:
            found[place] = Level.NOT_TESTABLE
    return found


def changes(
    before: Exam, after: Exam, view: View = View.LOWER
) -> Mapping[Place, Change]:
    """The change of every dermatome; UNKNOWN where the ranges leave it open."""
    found = {}
    for place in PLACES:
        then = _lowest(_written(before, place, view))
        now = _lowest(_written(after, place, view))
        if now.low > then.high:
            found[place] = Change.BETTER
        elif now.high < then.low:
            found[place] = Change.WORSE
        elif now.low == now.high == then.low == then.high:
            found[place] = Change.SAME
        else:
            found[place] = Change.UNKNOWN
    return found


def counts(of: Mapping[Place, Change]) -> Mapping[Change, int]:
    """How many dermatomes (of 56) are better, worse, the same or not known."""
    seen = Counter(of.values())
    return {change: seen[change] for change in Change}
