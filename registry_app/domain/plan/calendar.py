"""Days as duties count them: clipped months, business days, days in Japan.

A law counts calendar days; a holiday moves nothing but the *target*, the day on which
an office can still be reached (REGULATION.md sections 5 and 10).
"""

import calendar
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from registry_app.domain.dates import TOKYO
from registry_app.domain.plan.pack import Span

_DAY = timedelta(days=1)


class Closed(StrEnum):
    """Why an office is closed on a day."""

    SATURDAY = "saturday"
    SUNDAY = "sunday"
    HOLIDAY = "holiday"  # 国民の祝日に関する法律
    YEAR_END = "year-end"  # 29 December to 3 January, by custom


@lru_cache(maxsize=1 << 15)
def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day where it has no such day.

    >>> add_months(date(2025, 8, 31), 6).isoformat()
    '2026-02-28'
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_span(day: date, span: Span) -> date:
    """The day at a distance: calendar months first, then days."""
    if span.months:
        day = add_months(day, span.months)
    return day + timedelta(days=span.days) if span.days else day


def times(span: Span, number: int) -> Span:
    """A distance `number` times over."""
    return Span(span.months * number, span.days * number)


def clips(day: date, span: Span) -> bool:
    """Whether the month reached is too short for the day, so that its end is taken."""
    return bool(span.months) and add_months(day, span.months).day != day.day


@lru_cache(maxsize=1 << 15)
def closed(day: date) -> Closed | None:
    """Why an office is closed on a day; None on a business day.

    Remembered, for a holiday costs more to find than a duty.
    """
    weekday = day.weekday()
    if weekday >= calendar.SATURDAY:
        return Closed.SATURDAY if weekday == calendar.SATURDAY else Closed.SUNDAY
    if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
        return Closed.HOLIDAY if _is_holiday(day) else Closed.YEAR_END
    return Closed.HOLIDAY if _is_holiday(day) else None


def _is_holiday(day: date) -> bool:
    """By the library's calendar, which is read when the first target is asked for."""
    import jpholiday

    found: bool = jpholiday.is_holiday(day)
    return found


@lru_cache(maxsize=1 << 15)
def business_day_before(day: date) -> date:
    """The day itself, or the nearest earlier business day in Japan."""
    while closed(day) is not None:
        day -= _DAY
    return day


def target_within(first: date, last: date) -> date:
    """The last business day of `first` to `last`; `last` where there is none."""
    found = business_day_before(last)
    return found if found >= first else last


def day_in_japan(moment: datetime) -> date:
    """The day that a moment belongs to in Japan.

    Raises ValueError for a moment without a zone: nobody knows its day.
    """
    if moment.tzinfo is None:
        raise ValueError(moment)
    return moment.astimezone(TOKYO).date()
