"""Months, spans and business days against a library and against every single day."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from registry_app.domain.plan.calendar import (
    Closed,
    add_months,
    add_span,
    business_day_before,
    clips,
    closed,
    day_in_japan,
    target_within,
    times,
)
from registry_app.domain.plan.pack import Span
from tests.domain.plan.packs import APPROVAL

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
FIRST, LAST = APPROVAL, date(2031, 12, 31)


@given(days, st.integers(-400, 400), st.integers(-400, 400))
def test_a_span_is_months_then_days_as_another_library_counts(day, months, more):
    assert add_months(day, months) == day + relativedelta(months=months)
    assert add_span(day, Span(months, more)) == day + relativedelta(
        months=months
    ) + timedelta(days=more)


@given(days, st.integers(-400, 400))
def test_it_says_when_a_month_was_too_short(day, months):
    clipped = clips(day, Span(months))

    assert clipped == (add_months(day, months).day != day.day)
    assert not clips(day, Span(days=months))


@given(days, st.integers(1, 60))
def test_periods_counted_from_the_base_never_drift(day, number):
    assert add_span(day, times(Span(6), number)) == add_months(day, 6 * number)


def test_on_every_day_the_target_is_the_nearest_business_day_at_or_before():
    last = business_day_before(FIRST)
    day = FIRST
    while day <= LAST:
        if closed(day) is None:
            last = day
        assert business_day_before(day) == last
        assert (day - last).days <= 12
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2025-09-13", Closed.SATURDAY),
        ("2025-09-14", Closed.SUNDAY),
        ("2025-09-15", Closed.HOLIDAY),  # Respect for the Aged Day, a Monday
        ("2025-09-16", None),
        ("2025-02-24", Closed.HOLIDAY),  # a substitute for a Sunday
        ("2026-09-22", Closed.HOLIDAY),  # a day between two holidays
        ("2019-05-02", Closed.HOLIDAY),  # the ten days of 2019
        ("2025-12-28", Closed.SUNDAY),
        ("2026-12-28", None),
        ("2025-12-29", Closed.YEAR_END),
        ("2026-01-01", Closed.HOLIDAY),
        ("2026-01-02", Closed.YEAR_END),
        ("2027-01-04", None),
    ],
)
def test_offices_are_closed_on_weekends_holidays_and_around_new_year(day, why):
    assert closed(date.fromisoformat(day)) is why


def test_a_target_never_comes_before_the_first_day():
    sunday = date(2025, 9, 14)

    assert target_within(date(2025, 9, 1), sunday) == date(2025, 9, 12)
    assert target_within(date(2025, 9, 13), sunday) == sunday


def test_a_moment_belongs_to_the_day_that_it_is_in_japan():
    assert day_in_japan(datetime(2026, 4, 30, 14, 59, 59, tzinfo=UTC)) == date(
        2026, 4, 30
    )
    assert day_in_japan(datetime(2026, 4, 30, 15, tzinfo=UTC)) == date(2026, 5, 1)
    west = timezone(timedelta(hours=-10))
    assert day_in_japan(datetime(2026, 4, 30, 5, tzinfo=west)) == date(2026, 5, 1)
    with pytest.raises(ValueError, match="2026"):
        day_in_japan(datetime(2026, 4, 30, 15))
