"""Days: read as people write them in Japan, told in both calendars; ages.

A date is a day, never a moment. Qt has no Japanese eras, so the table is ours.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from typing import Final

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Message, say

#: A moment is told, and its day counted, in Japan.
TOKYO: Final = timezone(timedelta(hours=9))


@dataclass(frozen=True, slots=True)
class Era:
    """A Japanese era: its letter, its two kanji, and its first day."""

    name: str
    letter: str
    kanji: str
    start: date


def _kanji(*codes: int) -> str:
    return "".join(map(chr, codes))


#: Newest first: 令和, 平成, 昭和, 大正, 明治 (from the day of the Gregorian calendar).
ERAS = (
    Era("reiwa", "R", _kanji(0x4EE4, 0x548C), date(2019, 5, 1)),
    Era("heisei", "H", _kanji(0x5E73, 0x6210), date(1989, 1, 8)),
    Era("showa", "S", _kanji(0x662D, 0x548C), date(1926, 12, 25)),
    Era("taisho", "T", _kanji(0x5927, 0x6B63), date(1912, 7, 30)),
    Era("meiji", "M", _kanji(0x660E, 0x6CBB), date(1873, 1, 1)),
)
_FIRST = chr(0x5143)  # 元, the first year of an era
_YEAR, _MONTH, _DAY = chr(0x5E74), chr(0x6708), chr(0x65E5)  # 年 月 日
_REST = (
    rf"\s*[{_YEAR}./-]\s*(?P<month>\d{{1,2}})"
    rf"\s*[{_MONTH}./-]\s*(?P<day>\d{{1,2}})\s*{_DAY}?"
)
_WESTERN = re.compile(r"(?P<year>\d{4})" + _REST)
_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_NAMES = "|".join(f"{era.kanji}|{era.letter}" for era in ERAS)
_IN_ERA = re.compile(
    rf"(?P<era>{_NAMES})?\s*(?P<year>{_FIRST}|\d{{1,2}})" + _REST, re.IGNORECASE
)
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u30fc]")


def read_date(text: str) -> date:
    """The day that is meant: 2026-01-05, 2026/1/5, 20260105, R8.1.5, 令和8年1月5日.

    Full-width characters are taken; a year of one or two digits without an era is one
    of the present era, 令和. Raises InvalidValue for what cannot be read, for days that
    do not exist, and for years that an era did not have (平成 ended on 2019-04-30).

    >>> read_date("Ｒ８．１．５").isoformat()
    '2026-01-05'
    """
    written = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()
    found = _WESTERN.fullmatch(written) or _DIGITS.fullmatch(written)
    if found:
        return _day(int(found["year"]), found)
    found = _IN_ERA.fullmatch(written)
    if found is None:
        raise InvalidValue("date.unreadable")
    named = (found["era"] or ERAS[0].letter).upper()
    index = next(i for i, era in enumerate(ERAS) if named in (era.letter, era.kanji))
    era = ERAS[index]
    year = 1 if found["year"] == _FIRST else int(found["year"])
    read = _day(era.start.year + year - 1, found)
    ended = ERAS[index - 1].start if index else date.max
    if year == 0 or not era.start <= read < ended:
        raise InvalidValue("date.outside-era", era=say(f"date.era-{era.name}"))
    return read


def _day(year: int, found: re.Match[str]) -> date:
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        raise InvalidValue("date.no-such-day") from None


def in_era(day: date) -> Message | None:
    """The day in the Japanese calendar, such as 令和8年1月5日; None before Meiji."""
    for era in ERAS:
        if day >= era.start:
            year = day.year - era.start.year + 1
            return say(
                "date.in-era",
                era=say(f"date.era-{era.name}"),
                year=say("date.first-year") if year == 1 else year,
                month=day.month,
                day=day.day,
            )
    return None


def age(born: date, on: date) -> int:
    """Completed years of life on a day.

    >>> age(date(1981, 3, 14), date(2026, 3, 13))
    44
    """
    before_birthday = (on.month, on.day) < (born.month, born.day)
    return on.year - born.year - before_birthday
