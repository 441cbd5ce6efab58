"""Worked examples of dates, as data; docs/due-dates.md is rendered from them.

A row says what is counted (`what`), under which pack and rule, from which days
(`given`), what must come out (`expected`), and, apart from the pack, the arithmetic by
which a person would count it (`by`: of each expected day the given day it starts from,
and what is added). `source` is where the rule comes from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from registry_app.domain.dates import in_era, read_date
from registry_app.words import Language, Words

MSC, IPSC, NATURAL = "msc-iv-sci", "ipsc-npc-sci", "natural-history"

SURVEY = "jRCT2053210130"
ART_23_26 = "PMD Act Art. 23-26"
ART_23_29 = "PMD Act Art. 23-29(1)"
ART_68_7 = "PMD Act Art. 68-7"
ART_68_10 = "PMD Act Art. 68-10(1)"
ART_68_10_2 = "PMD Act Art. 68-10(2)"
ART_68_14 = "PMD Act Art. 68-14, Enforcement Regulations Art. 228-25"
CIVIL = "Civil Code: the first day is not counted, a missing day is the month's end"
ASRM = "Act on the Safety of Regenerative Medicine"
CONVENTION = "convention of the program"
KEIO = "UMIN000035074"
EMSCI = "EMSCI visit schedule"
HOLIDAYS = "Act on National Holidays; year-end closing by custom"


@dataclass(frozen=True)
class Row:
    """One worked example. `how` names the function of test_due_dates.py that counts."""

    how: str
    what: str
    given: Mapping[str, str]
    expected: Mapping[str, str]
    source: str
    by: Mapping[str, str] = field(default_factory=dict)
    pack: str = ""
    rule: str = ""
    note: str = ""


def _window(what, visit, given, first, last, by, source, pack=MSC, note=""):
    """A window counted from the first of the given days."""
    start = next(iter(given))
    arithmetic = {
        name: f"{start} {words}"
        for name, words in zip(("first", "last"), by, strict=True)
    }
    return Row(
        "window",
        what,
        given,
        {"first": first, "last": last},
        source,
        arithmetic,
        pack,
        visit,
        note,
    )


def _clock(what, rule, aware, due, days, source, pack=MSC, target="", note="", **more):
    expected = {"due": due} | ({"target": target} if target else {})
    by = {"due": f"aware +{days}D"}
    return Row(
        "clock", what, {"aware": aware, **more}, expected, source, by, pack, rule, note
    )


def _period(what, rule, number, base, first, last, due, size, grace, source, **more):
    """Period `number`; `size` and `grace` such as 6M and 1M."""
    count, unit = int(size[:-1]), size[-1]
    begins, ends = f"+{count * (number - 1)}{unit}", f"+{count * number}{unit} -1D"
    expected = {"first": first, "last": last, "due": due}
    by = {
        "first": f"base {begins}",
        "last": f"base {ends}",
        "due": f"base {ends} then +{grace}",
    }
    for name in ("otherwise", "target"):
        if name in more:
            expected[name] = more.pop(name)
    if "otherwise" in expected:
        by["otherwise"] = f"base {ends} then +2M"
    pack, note = more.pop("pack", MSC), more.pop("note", "")
    given = {"base": base, "period": str(number), **more}
    return Row("period", what, given, expected, source, by, pack, rule, note)


def _infection(number, first, last, due, other, target="", note=""):
    more = {"target": target} if target else {}
    rule = "O8" if last >= "2026-05-01" else "O8-old"
    return _period(
        f"Infection report, period {number}",
        rule,
        number,
        "2018-12-28",
        first,
        last,
        due,
        "6M",
        "1M",
        ART_68_14,
        otherwise=other,
        note=note,
        **more,
    )


def _span(what, day, plus, expected, source=CIVIL):
    written = plus.replace("+", "").replace("-", "-")
    return Row(
        "span",
        what,
        {"day": day, "distance": written},
        {"day": expected},
        source,
        {"day": f"day {plus}"},
    )


ROWS = (
    # --- windows of the MSC pack
    _window(
        "Baseline exam, day 42 to 56",
        "baseline",
        {"injury": "2025-04-01"},
        "2025-05-13",
        "2025-05-27",
        ("+42D", "+56D"),
        SURVEY,
    ),
    _window(
        "Endpoint exam, day 150 to 210",
        "endpoint",
        {"injury": "2025-04-01"},
        "2025-08-29",
        "2025-10-28",
        ("+150D", "+210D"),
        SURVEY,
    ),
    _window(
        "Baseline over the year change",
        "baseline",
        {"injury": "2025-11-20"},
        "2026-01-01",
        "2026-01-15",
        ("+42D", "+56D"),
        SURVEY,
        note="a window opens on a holiday too: its days do not move",
    ),
    _window(
        "Baseline over 29 February",
        "baseline",
        {"injury": "2024-01-10"},
        "2024-02-21",
        "2024-03-06",
        ("+42D", "+56D"),
        SURVEY,
    ),
    _window(
        "The same in a year without 29 February",
        "baseline",
        {"injury": "2025-01-10"},
        "2025-02-21",
        "2025-03-07",
        ("+42D", "+56D"),
        SURVEY,
    ),
    _window(
        "Endpoint over 29 February",
        "endpoint",
        {"injury": "2023-09-15"},
        "2024-02-12",
        "2024-04-12",
        ("+150D", "+210D"),
        SURVEY,
    ),
    _window(
        "A corrected injury date moves its windows",
        "baseline",
        {"injury": "2025-04-03"},
        "2025-05-15",
        "2025-05-29",
        ("+42D", "+56D"),
        SURVEY,
        note="two days later than for an injury on 2025-04-01",
    ),
    _window(
        "Day 90 after injury",
        "day-90",
        {"injury": "2025-04-01"},
        "2025-06-16",
        "2025-07-14",
        ("+76D", "+104D"),
        CONVENTION,
    ),
    _window(
        "12 months after an injury on 29 February",
        "month-12",
        {"injury": "2024-02-29"},
        "2025-01-29",
        "2025-03-30",
        ("+12M -30D", "+12M +30D"),
        CONVENTION,
        note="centre 2025-02-28: the month's end stands for the 29th",
    ),
    _window(
        "48 months after an injury on 29 February",
        "month-48",
        {"injury": "2024-02-29"},
        "2028-01-30",
        "2028-03-30",
        ("+48M -30D", "+48M +30D"),
        CONVENTION,
        note="centre 2028-02-29",
    ),
    _window(
        "Day 220 after the infusion",
        "day-220",
        {"treatment": "2025-05-20", "injury": "2025-04-01"},
        "2025-11-26",
        "2026-01-25",
        ("+190D", "+250D"),
        CONVENTION,
    ),
    # --- windows of the other packs
    _window(
        "2 weeks after injury",
        "week-2",
        {"injury": "2025-04-01"},
        "2025-04-08",
        "2025-04-21",
        ("+7D", "+20D"),
        EMSCI,
        NATURAL,
    ),
    _window(
        "24 weeks after injury",
        "week-24",
        {"injury": "2025-04-01"},
        "2025-09-02",
        "2025-09-30",
        ("+154D", "+182D"),
        EMSCI,
        NATURAL,
    ),
    _window(
        "52 weeks after the transplant",
        "week-52",
        {"treatment": "2025-04-22", "injury": "2025-04-01"},
        "2026-04-07",
        "2026-05-05",
        ("+350D", "+378D"),
        KEIO,
        IPSC,
        note="364 days, not a year",
    ),
    # --- dates of a case
    Row(
        "subject",
        "Marrow on or before day 31",
        {"injury": "2025-04-01"},
        {"due": "2025-05-02"},
        "product information, 目安",
        {"due": "injury +31D"},
        MSC,
        "O13",
    ),
    Row(
        "subject",
        "Marrow, the 31 days over February",
        {"injury": "2024-02-10"},
        {"due": "2024-03-12"},
        "product information, 目安",
        {"due": "injury +31D"},
        MSC,
        "O13",
    ),
    Row(
        "subject",
        "Transplant of iPSC-derived cells on or before day 28",
        {"injury": "2025-04-01"},
        {"due": "2025-04-29", "target": "2025-04-28"},
        KEIO,
        {"due": "injury +28D"},
        IPSC,
        "transplant",
        "day 14 is 2025-04-15; 29 April is a holiday",
    ),
    Row(
        "criterion",
        "Transplant on day 13: a deviation",
        {"injury": "2025-04-01", "treatment": "2025-04-14"},
        {"verdict": "not met"},
        KEIO,
        pack=IPSC,
        rule="transplant-day",
    ),
    Row(
        "criterion",
        "Transplant on day 14: within 14 to 28",
        {"injury": "2025-04-01", "treatment": "2025-04-15"},
        {"verdict": "met"},
        KEIO,
        pack=IPSC,
        rule="transplant-day",
    ),
    Row(
        "criterion",
        "Transplant on day 28: within 14 to 28",
        {"injury": "2025-04-01", "treatment": "2025-04-29"},
        {"verdict": "met"},
        KEIO,
        pack=IPSC,
        rule="transplant-day",
    ),
    Row(
        "criterion",
        "Transplant on day 29: a deviation",
        {"injury": "2025-04-01", "treatment": "2025-04-30"},
        {"verdict": "not met"},
        KEIO,
        pack=IPSC,
        rule="transplant-day",
    ),
    Row(
        "retention",
        "Use record of a designated product, 20 years",
        {"treatment": "2025-05-20", "injury": "2025-04-01"},
        {"keep": "2045-05-20"},
        ART_68_7,
        {"keep": "treatment +240M"},
        MSC,
        "O14",
    ),
    Row(
        "retention",
        "Holder's record, 30 years",
        {"treatment": "2024-02-29", "injury": "2024-01-10"},
        {"keep": "2054-02-28"},
        ART_68_7,
        {"keep": "treatment +360M"},
        MSC,
        "RC-1",
        "2054 has no 29 February",
    ),
    # --- the term
    Row(
        "term",
        "Term of 7 years from the approval",
        {"approval": "2018-12-28"},
        {"due": "2025-12-28", "alarm": "2025-12-27", "target": "2025-12-26"},
        ART_23_26,
        {"due": "approval +84M", "alarm": "approval +84M -1D"},
        MSC,
        "O1",
        "12-27 if the first day is counted too: the earlier one alarms",
    ),
    Row(
        "term",
        "The same, extended by 3 years",
        {"approval": "2018-12-28", "extended": "3"},
        {"due": "2028-12-28", "alarm": "2028-12-27", "target": "2028-12-27"},
        ART_23_26,
        {"due": "approval +120M", "alarm": "approval +120M -1D"},
        MSC,
        "O1",
    ),
    Row(
        "term",
        "Extended by 1 year",
        {"approval": "2018-12-28", "extended": "1"},
        {"due": "2026-12-28", "alarm": "2026-12-27"},
        ART_23_26,
        {"due": "approval +96M", "alarm": "approval +96M -1D"},
        MSC,
        "O1",
    ),
    Row(
        "term",
        "Approval on 29 February: 7 years later there is none",
        {"approval": "2024-02-29"},
        {"due": "2031-02-28", "alarm": "2031-02-27"},
        ART_23_26,
        {"due": "approval +84M", "alarm": "approval +84M -1D"},
        MSC,
        "O1",
    ),
    Row(
        "term",
        "The term ends in a leap year",
        {"approval": "2021-02-28"},
        {"due": "2028-02-28", "alarm": "2028-02-27"},
        ART_23_26,
        {"due": "approval +84M", "alarm": "approval +84M -1D"},
        MSC,
        "O1",
        "the 28th, not the month's end",
    ),
    Row(
        "term",
        "Milestone 24 months before the end of the term",
        {"approval": "2018-12-28"},
        {"due": "2023-12-28"},
        CONVENTION,
        {"due": "approval +84M then -24M"},
        MSC,
        "T-24",
    ),
    Row(
        "term",
        "Milestone 6 months before it",
        {"approval": "2018-12-28"},
        {"due": "2025-06-28", "target": "2025-06-27"},
        CONVENTION,
        {"due": "approval +84M then -6M"},
        MSC,
        "T-6",
    ),
    # --- periods
    _infection(1, "2018-12-28", "2019-06-27", "2019-07-27", "2019-08-27", "2019-07-26"),
    _infection(2, "2019-06-28", "2019-12-27", "2020-01-27", "2020-02-27"),
    _infection(3, "2019-12-28", "2020-06-27", "2020-07-27", "2020-08-27"),
    _infection(
        10, "2023-06-28", "2023-12-27", "2024-01-27", "2024-02-27", "2024-01-26"
    ),
    _infection(
        14,
        "2025-06-28",
        "2025-12-27",
        "2026-01-27",
        "2026-02-27",
        note="the last one under the old rule",
    ),
    _infection(
        15,
        "2025-12-28",
        "2026-06-27",
        "2026-07-27",
        "2026-08-27",
        note="straddles 2026-05-01: the rule of its last day holds",
    ),
    _infection(16, "2026-06-28", "2026-12-27", "2027-01-27", "2027-02-27"),
    _period(
        "Infection report from a base on the 31st, period 1",
        "O8-old",
        1,
        "2023-08-31",
        "2023-08-31",
        "2024-02-28",
        "2024-03-28",
        "6M",
        "1M",
        ART_68_14,
        note="31 August + 6 months is 29 February 2024; the day before ends it",
    ),
    _period(
        "The same, period 2: the 31st is back",
        "O8-old",
        2,
        "2023-08-31",
        "2024-02-29",
        "2024-08-30",
        "2024-09-30",
        "6M",
        "1M",
        ART_68_14,
    ),
    _period(
        "Unknown non-serious events, year 1",
        "O6",
        1,
        "2018-12-28",
        "2018-12-28",
        "2019-12-27",
        "2020-02-27",
        "12M",
        "2M",
        "MHLW questions and answers",
    ),
    _period(
        "Periodic use-results report from a designated day",
        "O2",
        1,
        "2019-04-01",
        "2019-04-01",
        "2020-03-31",
        "2020-05-31",
        "12M",
        "2M",
        "Enforcement Regulations Art. 137-35",
        target="2020-05-29",
    ),
    _period(
        "The same, half a year and 2 months",
        "O2",
        3,
        "2019-04-01",
        "2020-04-01",
        "2020-09-30",
        "2020-11-30",
        "6M",
        "2M",
        "Enforcement Regulations Art. 137-35",
        preset="P6M-2M",
    ),
    Row(
        "period",
        "Half-years for 2 years, then years: period 4",
        {"base": "2019-04-01", "period": "4", "preset": "P6M-P12M-70D"},
        {"first": "2020-10-01", "last": "2021-03-31", "due": "2021-06-09"},
        "Enforcement Regulations Art. 137-35",
        {
            "first": "base +18M",
            "last": "base +24M -1D",
            "due": "base +24M -1D then +70D",
        },
        MSC,
        "O2",
    ),
    Row(
        "period",
        "The same, period 5: a year long",
        {"base": "2019-04-01", "period": "5", "preset": "P6M-P12M-70D"},
        {"first": "2021-04-01", "last": "2022-03-31", "due": "2022-06-09"},
        "Enforcement Regulations Art. 137-35",
        {
            "first": "base +24M",
            "last": "base +36M -1D",
            "due": "base +36M -1D then +70D",
        },
        MSC,
        "O2",
    ),
    _period(
        "Annual report of clinical research, accepted 2015-11-01",
        "annual",
        1,
        "2015-11-01",
        "2015-11-01",
        "2016-10-31",
        "2017-01-29",
        "12M",
        "90D",
        ASRM,
        pack=IPSC,
        target="2017-01-27",
        note="a committee prints 2017-01-31: counted by days, with a warning",
    ),
    _period(
        "The same, accepted 2025-02-01",
        "annual",
        1,
        "2025-02-01",
        "2025-02-01",
        "2026-01-31",
        "2026-05-01",
        "12M",
        "90D",
        ASRM,
        pack=IPSC,
        note="a service prints 2026-05-02: counted by days, with a warning",
    ),
    _period(
        "The same, its second year",
        "annual",
        2,
        "2025-02-01",
        "2026-02-01",
        "2027-01-31",
        "2027-05-01",
        "12M",
        "90D",
        ASRM,
        pack=IPSC,
        target="2027-04-30",
    ),
    _period(
        "Other events per 60 days, and 10 days",
        "D60",
        1,
        "2025-02-01",
        "2025-02-01",
        "2025-04-01",
        "2025-04-11",
        "60D",
        "10D",
        ASRM,
        pack=IPSC,
    ),
    _period(
        "The same, the seventh period",
        "D60",
        7,
        "2025-02-01",
        "2026-01-27",
        "2026-03-27",
        "2026-04-06",
        "60D",
        "10D",
        ASRM,
        pack=IPSC,
    ),
    # --- clocks
    _clock("15 days over New Year", "O4", "2025-12-25", "2026-01-09", 15, ART_68_10),
    _clock(
        "15 days that end in the year-end closing",
        "O4",
        "2025-12-18",
        "2026-01-02",
        15,
        ART_68_10,
        target="2025-12-26",
        note="29 December to 3 January, and the 27th and 28th a weekend",
    ),
    _clock(
        "30 days over New Year",
        "O5",
        "2025-12-10",
        "2026-01-09",
        30,
        ART_68_10,
    ),
    _clock(
        "30 days that end on New Year's Day",
        "O5",
        "2025-12-02",
        "2026-01-01",
        30,
        ART_68_10,
        target="2025-12-26",
    ),
    _clock(
        "15 days that end on a holiday",
        "O4",
        "2025-08-31",
        "2025-09-15",
        15,
        ART_68_10,
        target="2025-09-12",
        note="敬老の日 on a Monday: the target is the Friday before, the due day stays",
    ),
    _clock(
        "15 days that end in Golden Week",
        "O4",
        "2026-04-20",
        "2026-05-05",
        15,
        ART_68_10,
        target="2026-05-01",
    ),
    _clock(
        "15 days from 2024-02-20",
        "O4",
        "2024-02-20",
        "2024-03-06",
        15,
        ART_68_10,
        note="over 29 February",
    ),
    _clock(
        "Further information starts the 15 days again",
        "O4",
        "2026-01-08",
        "2026-02-05",
        15,
        ART_68_10,
        follow_up="2026-01-21",
        note="the first report stays due on 2026-01-23",
    ),
    _clock(
        "The first report stays due as it was",
        "O4",
        "2026-01-08",
        "2026-01-23",
        15,
        ART_68_10,
    ),
    _clock(
        "Entered late: day 0 stays the day of awareness",
        "O4",
        "2026-03-02",
        "2026-03-17",
        15,
        ART_68_10,
        note="entered on 2026-03-20, it is late at once",
    ),
    _clock(
        "Infection, known on the first day of the new rule",
        "O7",
        "2026-05-01",
        "2026-05-31",
        30,
        ART_68_14,
        target="2026-05-29",
    ),
    Row(
        "clock",
        "Infection, known on the day before: no such report",
        {"aware": "2026-04-30"},
        {"due": "none"},
        ART_68_14,
        pack=MSC,
        rule="O7",
    ),
    _clock(
        "Known at 00:30 on 1 May in Japan (15:30 on 30 April UTC)",
        "O7",
        "2026-04-30T15:30:00+00:00",
        "2026-05-31",
        30,
        ART_68_14,
        note="the day in Japan counts",
    ),
    Row(
        "clock",
        "Known one minute before midnight in Japan: the old rule",
        {"aware": "2026-04-30T14:59:00+00:00"},
        {"due": "none"},
        ART_68_14,
        pack=MSC,
        rule="O7",
    ),
    _clock(
        "Known at 23:59 on 31 December in Japan",
        "O4",
        "2025-12-31T14:59:00+00:00",
        "2026-01-15",
        15,
        ART_68_10,
    ),
    _clock(
        "Known a minute later, at midnight",
        "O4",
        "2025-12-31T15:00:00+00:00",
        "2026-01-16",
        15,
        ART_68_10,
    ),
    _clock(
        "Known in 平成31年, due in 令和元年",
        "O4",
        "平成31年4月20日",
        "2019-05-05",
        15,
        ART_68_10,
        target="2019-04-26",
        note="27 April to 6 May 2019 were all holidays",
    ),
    _clock(
        "Known in 令和元年, due in 令和2年",
        "O4",
        "令和元年12月20日",
        "2020-01-04",
        15,
        ART_68_10,
        target="2019-12-27",
    ),
    _clock(
        "Known on the first day of 令和",
        "O4",
        "R1.5.1",
        "2019-05-16",
        15,
        ART_68_10,
    ),
    _clock(
        "Alarm of the hospital's own report",
        "O9",
        "2026-01-08",
        "2026-01-23",
        15,
        ART_68_10_2,
        note="目安: no law names a day",
    ),
    _clock(
        "Hospital to holder, 1 day",
        "O10",
        "2026-01-08",
        "2026-01-09",
        1,
        "the contract with the holder",
    ),
    _clock(
        "Hospital to holder, known on 30 December",
        "O10",
        "2025-12-30",
        "2025-12-31",
        1,
        "the contract with the holder",
        target="2025-12-31",
        note="no business day lies between: the day itself is the target",
    ),
    _clock(
        "Death in clinical research, 7 days",
        "D7",
        "2025-04-25",
        "2025-05-02",
        7,
        ASRM,
        IPSC,
    ),
    _clock(
        "The same over Golden Week",
        "D7",
        "2025-04-28",
        "2025-05-05",
        7,
        ASRM,
        IPSC,
        "2025-05-02",
    ),
    _clock(
        "Serious in clinical research, 15 days",
        "D15",
        "2025-04-25",
        "2025-05-10",
        15,
        ASRM,
        IPSC,
        "2025-05-09",
    ),
    # --- dates of the product
    Row(
        "once",
        "Re-examination, 3 months after the survey period",
        {"survey-period-end": "2033-11-30"},
        {"due": "2034-02-28"},
        ART_23_29,
        {"due": "survey-period-end +3M"},
        MSC,
        "O15",
        "November has 30 days, February 28",
    ),
    Row(
        "once",
        "The same before a leap day",
        {"survey-period-end": "2031-11-30"},
        {"due": "2032-02-29", "target": "2032-02-27"},
        ART_23_29,
        {"due": "survey-period-end +3M"},
        MSC,
        "O15",
    ),
    Row(
        "once",
        "Two-factor login, fiscal year 2027",
        {"two-factor": "2027-04-01"},
        {"due": "2027-04-01"},
        "MHLW guideline, a target",
        {"due": "two-factor +0D"},
        MSC,
        "O16",
    ),
    # --- months and their ends
    _span("31 August + 6 months", "2025-08-31", "+6M", "2026-02-28"),
    _span("31 August + 6 months before a leap day", "2023-08-31", "+6M", "2024-02-29"),
    _span("29 February + 1 year", "2024-02-29", "+12M", "2025-02-28"),
    _span("29 February + 4 years", "2024-02-29", "+48M", "2028-02-29"),
    _span("28 February + 1 year into a leap year", "2023-02-28", "+12M", "2024-02-28"),
    _span("31 January + 1 month", "2025-01-31", "+1M", "2025-02-28"),
    _span("31 December + 2 months", "2025-12-31", "+2M", "2026-02-28"),
    _span("30 November + 3 months", "2025-11-30", "+3M", "2026-02-28"),
    _span("31 March - 1 month", "2025-03-31", "-1M", "2025-02-28"),
    _span("15 days over the turn of a leap year", "2023-12-25", "+15D", "2024-01-09"),
    # --- targets
    *(
        Row("target", what, {"due": due}, {"target": target}, HOLIDAYS)
        for what, due, target in (
            ("A business day is its own target", "2026-01-23", "2026-01-23"),
            ("Due on a Saturday", "2025-12-27", "2025-12-26"),
            ("Due on a Sunday", "2019-07-28", "2019-07-26"),
            ("Due on New Year's Day", "2026-01-01", "2025-12-26"),
            ("Due on a substitute holiday", "2025-11-24", "2025-11-21"),
            ("Due on a day between two holidays", "2026-09-22", "2026-09-18"),
            ("Due on the day of the enthronement, 2019", "2019-05-01", "2019-04-26"),
        )
    ),
)


def rendered():
    """docs/due-dates.md."""
    lines = [
        "# Due dates: worked examples",
        "",
        "Rendered from tests/spec/due_dates.py by `python -m tests.spec.due_dates`; a",
        "test fails when it is stale. Each date is counted by the program under the",
        "shipped protocol packs, and again from the column *counted as* with another",
        "library (python-dateutil). Day 0 is the day counted from, and is not counted.",
        "A holiday never moves a due date, only the *target*, the business day at or",
        "before it. M: calendar months, clipped to the month's end; D: calendar days.",
        "",
        "| what | pack, rule | from | gives | counted as | source |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_line(row) for row in ROWS]
    dates = sum(len(row.expected) for row in ROWS)
    lines += ["", f"{len(ROWS)} examples, {dates} results.", ""]
    return "\n".join(lines)


def _line(row):
    what = f"{row.what} ({row.note})" if row.note else row.what
    place = f"{row.pack} {row.rule}".strip() or "—"
    given = "; ".join(f"{name} {value}" for name, value in row.given.items())
    gives = "; ".join(f"{n} **{_dated(row, v)}**" for n, v in row.expected.items())
    by = "; ".join(f"{name} = {how}" for name, how in row.by.items()) or "—"
    return f"| {what} | {place} | {given} | {gives} | {by} | {row.source} |"


def _dated(row, value):
    """With the Japanese era where the example is about one."""
    aware = row.given.get("aware", "")
    if not aware or aware[0].isdigit():
        return value
    return f"{value} ({Words(Language.JA).say(in_era(date.fromisoformat(value)))})"


def day(text):
    """A day of the table."""
    return read_date(text)


if __name__ == "__main__":
    from registry_app.paths import ROOT

    (ROOT / "docs" / "due-dates.md").write_text(rendered(), encoding="utf-8")
