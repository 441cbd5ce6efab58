"""The periods of a rule: each begins on the day after the one before it ends.

``start(k) = base + every × (k − 1)``; the end is the day before the next start. Both
are counted from the base date, never from each other, so that a clipped month end does
not stay clipped (REGULATION.md section 10).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from registry_app.domain.plan.calendar import add_span, times
from registry_app.domain.plan.pack import Rule, Span


class Period(NamedTuple):
    """The k-th period; `first` and `last` are both in it."""

    number: int
    first: date
    last: date


def distance_to(rule: Rule, number: int) -> Span:
    """From the base date to the day on which period `number` + 1 begins.

    From `Rule.later_from` on the periods are `Rule.later` long.
    """
    every = rule.every or Span()
    if rule.later is None or rule.later_from is None:
        return times(every, number)
    short = _count(rule.later_from, every)
    if number <= short:
        return times(every, number)
    early, late = times(every, short), times(rule.later, number - short)
    return Span(early.months + late.months, early.days + late.days)


def _count(whole: Span, part: Span) -> int:
    """How many parts it takes to reach the whole."""
    size, of = (whole.months, part.months) if part.months else (whole.days, part.days)
    return -(-size // of) if of else 0


def periods(rule: Rule, base: date, until: date) -> Iterator[Period]:
    """All periods that begin on or before a day; none that do not go forward."""
    number, first = 1, add_span(base, distance_to(rule, 0))
    while first <= until:
        after = add_span(base, distance_to(rule, number))
        if after <= first:
            return
        yield Period(number, first, after - timedelta(days=1))
        number, first = number + 1, after
