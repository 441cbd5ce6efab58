from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_app.domain.dates import ERAS, age, in_era, read_date
from registry_app.domain.errors import InvalidValue
from registry_app.words import Language, Words


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-01-05", "2026-01-05"),
        ("2026/1/5", "2026-01-05"),
        ("2026年1月5日", "2026-01-05"),
        ("20260105", "2026-01-05"),
        ("２０２６０１０５", "2026-01-05"),
        ("R8.1.5", "2026-01-05"),
        ("r8-1-5", "2026-01-05"),
        ("令和8年1月5日", "2026-01-05"),
        ("８．１．５", "2026-01-05"),
        ("令和元年5月1日", "2019-05-01"),
        ("H31.4.30", "2019-04-30"),
        ("Ｓ６４．１．７", "1989-01-07"),
        ("平成元年1月8日", "1989-01-08"),
        ("昭和 45年 3月 9日", "1970-03-09"),
        ("2026－1－5", "2026-01-05"),
    ],
)
def test_a_day_is_read_however_it_is_written(written, iso):
    assert read_date(written).isoformat() == iso


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("S64.1.8", "date.outside-era"),
        ("H31.5.1", "date.outside-era"),
        ("R1.4.30", "date.outside-era"),
        ("R0.1.1", "date.outside-era"),
        ("2026-02-30", "date.no-such-day"),
        ("20261340", "date.no-such-day"),
        ("tomorrow", "date.unreadable"),
        ("2026/01", "date.unreadable"),
        ("", "date.unreadable"),
        ("令成8年1月5日", "date.unreadable"),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(written, key):
    with pytest.raises(InvalidValue) as refusal:
        read_date(written)

    assert refusal.value.message.key == key


@given(st.dates(min_value=ERAS[-1].start, max_value=date(2117, 12, 31)))
def test_a_day_told_in_the_japanese_calendar_reads_back(day):
    assert read_date(Words(Language.JA).say(in_era(day))) == day


def test_the_first_year_of_an_era_has_its_own_name():
    assert Words(Language.JA).say(in_era(date(2019, 5, 1))) == "令和元年5月1日"


def test_a_day_before_meiji_has_no_era():
    assert in_era(date(1872, 12, 31)) is None


def test_an_age_counts_completed_years():
    born = date(1980, 2, 29)

    assert age(born, date(2026, 2, 28)) == 45
    assert age(born, date(2026, 3, 1)) == 46
