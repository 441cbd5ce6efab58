"""Every worked example of due_dates.py, by the program and by another library."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from registry_app.domain.course import Course
from registry_app.domain.plan.calendar import (
    add_span,
    business_day_before,
    day_in_japan,
)
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.duties import product_duties, subject_duties
from registry_app.domain.plan.eligibility import judge
from registry_app.domain.plan.protocol import Protocol, read_span
from registry_app.domain.plan.records import Occurrence, RegimeEntry, Setting
from registry_app.domain.plan.windows import windows
from registry_app.domain.subject import Arm, Cause, Sex, Subject
from registry_app.packs.loader import load_pack
from registry_app.paths import ROOT
from tests.spec.due_dates import ROWS, day, rendered

FAR = date(2040, 1, 1)
_PACKS = {}


def protocol(row, *entries, **dates):
    """The shipped pack of a row, with these base dates set."""
    if row.pack not in _PACKS:
        _PACKS[row.pack] = load_pack(row.pack)
    settings = {
        f"date:{name}": Setting(f"date:{name}", {"date": value})
        for name, value in dates.items()
    }
    if "preset" in row.given:
        key = f"rule:{row.rule}"
        settings[key] = Setting(key, {"preset": row.given["preset"]})
    return Protocol(_PACKS[row.pack], settings, entries)


def a_case(row):
    treated = row.given.get("treatment")
    subject = Subject(
        "case",
        Arm.TREATED if row.pack != "natural-history" else Arm.COMPARISON,
        Sex.UNKNOWN,
        day(row.given["injury"]),
        cause=Cause.TRAUMATIC,
        treatment_date=None if treated is None else day(treated),
    )
    return Case(subject, Course("case"))


def the_duty(duties, key):
    found = [duty for duty in duties if duty.key == key]
    assert len(found) <= 1
    return found[0] if found else None


def of_duty(duty):
    """What a row may ask of a duty, written as in the table."""
    if duty is None:
        return {"due": "none"}
    days = {
        "due": duty.due or duty.alarm,
        "alarm": duty.alarm,
        "target": duty.target,
        "first": duty.period and duty.period[0],
        "last": duty.period and duty.period[1],
        "keep": duty.period and duty.period[1],
    }
    return {name: value.isoformat() for name, value in days.items() if value}


def window(row):
    made = windows(protocol(row), a_case(row))
    (found,) = [w for w in made if w.visit.id == row.rule]
    return {"first": found.first.isoformat(), "last": found.last.isoformat()}


def clock(row):
    plan = protocol(row)
    rule = next(rule for rule in plan.rules() if rule.id == row.rule)
    written = row.given["aware"]
    moment = datetime.fromisoformat(written) if "T" in written else None
    aware = day_in_japan(moment) if moment else day(written)
    again = row.given.get("follow_up")
    occurrence = Occurrence(
        "case",
        rule.on[0],
        "made-up",
        hospital_aware=aware,
        holder_aware=aware,
        follow_ups={"1": day(again)} if again else {},
    )
    duties = product_duties(plan, (occurrence,), (), {}, FAR)
    key = f"{row.rule}:case"
    return of_duty(the_duty(duties, f"{key}:1" if again else key))


def period(row):
    name = next(r for r in protocol(row).pack.rules if r.id == row.rule).counts_from
    # The term would lapse at the end of 2025, and its periods with it.
    applied = RegimeEntry("1", "applied", date(2025, 11, 14), "made-up letter")
    plan = protocol(row, applied, **{name: row.given["base"]})
    rule = next(rule for rule in plan.rules() if rule.id == row.rule)
    duties = product_duties(plan, (), (), {}, FAR)
    key = f"{rule.series or rule.id}:{row.given['period']}"
    found = the_duty(duties, key)
    assert found.rule == row.rule
    result = of_duty(found)
    if rule.otherwise is not None:
        other = add_span(found.period[1], rule.otherwise)
        result["otherwise"] = other.isoformat()
    return result


def term(row):
    approval, years = row.given["approval"], int(row.given.get("extended", 0))
    entries = ()
    if years:
        on = day(approval) + timedelta(days=365 * 6)
        entries = (RegimeEntry("1", "extended", on, "made-up letter", years),)
    plan = protocol(row, *entries, approval=approval)
    return of_duty(the_duty(product_duties(plan, (), (), {}, FAR), row.rule))


def once(row):
    ((name, value),) = row.given.items()
    entries = (
        RegimeEntry("1", "applied", date(2025, 11, 14), "made-up letter"),
        RegimeEntry("2", "full", date(2026, 6, 1), "made-up letter"),
    )
    plan = protocol(row, *entries, **{name: value})
    return of_duty(the_duty(product_duties(plan, (), (), {}, FAR), row.rule))


def subject(row):
    duties = subject_duties(protocol(row), a_case(row))
    return of_duty(the_duty(duties, f"{row.rule}:case"))


def criterion(row):
    case = a_case(row)
    judged = judge(protocol(row), case, "treatment", FAR)
    (found,) = [one for one in judged if one.criterion.id == row.rule]
    return {"verdict": found.verdict.value}


def span(row):
    distance = row.given["distance"]
    sign, number = ("-", distance[1:]) if distance[0] == "-" else ("", distance)
    found = add_span(day(row.given["day"]), read_span(f"{sign}P{number}"))
    return {"day": found.isoformat()}


def target(row):
    return {"target": business_day_before(day(row.given["due"])).isoformat()}


HOW = {
    "window": window,
    "clock": clock,
    "period": period,
    "term": term,
    "once": once,
    "subject": subject,
    "retention": subject,
    "criterion": criterion,
    "span": span,
    "target": target,
}


def ids(row):
    return row.what


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_the_program_counts_every_example_as_it_stands_in_the_table(row):
    counted = HOW[row.how](row)

    assert {name: counted.get(name) for name in row.expected} == row.expected


def independent(row, arithmetic):
    """The day that the column *counted as* gives, with another library."""
    start, *parts = arithmetic.split()
    written = row.given.get("follow_up") or row.given[start]
    if "T" in written:
        # Japan is nine hours before Greenwich, all the year.
        moment = datetime.fromisoformat(written).astimezone(UTC)
        found = (moment + timedelta(hours=9)).date()
    else:
        found = day(written)
    added = relativedelta()
    for part in parts:
        if part == "then":
            found, added = found + added, relativedelta()
            continue
        number, unit = int(part[:-1]), {"M": "months", "D": "days"}[part[-1]]
        added += relativedelta(**{unit: number})
    return (found + added).isoformat()


@pytest.mark.parametrize("row", [row for row in ROWS if row.by], ids=ids)
def test_another_library_counts_the_same(row):
    assert {n: independent(row, how) for n, how in row.by.items()} == {
        name: row.expected[name] for name in row.by
    }


#: The days around the examples on which offices are closed, written down by hand.
CLOSED = {
    date.fromisoformat(text)
    for year, days in {
        2019: "04-29 04-30 05-01 05-02 05-03 05-06 12-30 12-31",
        2020: "01-01 01-02 01-03",
        2025: "04-29 05-05 05-06 09-15 11-24 12-29 12-30 12-31",
        2026: "01-01 01-02 05-04 05-05 05-06 09-21 09-22 09-23",
    }.items()
    for text in (f"{year}-{rest}" for rest in days.split())
}


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "target" in row.expected], ids=ids
)
def test_only_closed_days_lie_between_a_target_and_its_last_day(row):
    expected = {**row.given, **row.expected}
    last = day(expected.get("alarm") or expected["due"])
    found = day(row.expected["target"])

    def closed(one):
        return one.weekday() >= 5 or one in CLOSED

    between = [found + timedelta(days=n) for n in range(1, (last - found).days + 1)]
    assert all(map(closed, between))
    assert not closed(found) or found == last


def test_there_are_at_least_sixty_dates_from_five_kinds_of_rule():
    assert len(ROWS) >= 60
    assert len({row.how for row in ROWS}) >= 5


def test_every_example_has_a_source_and_no_two_are_the_same():
    assert all(row.source for row in ROWS)
    assert len({(r.what, r.rule, str(r.given)) for r in ROWS}) == len(ROWS)


def test_the_page_of_examples_is_what_the_table_says():
    page = (ROOT / "docs" / "due-dates.md").read_text("utf-8")

    assert page == rendered(), "stale: run python -m tests.spec.due_dates"


def test_years_of_research_warn_that_others_count_differently():
    row = next(row for row in ROWS if row.rule == "annual")
    plan = protocol(row, **{"plan-accepted": "2015-11-01"})
    duty = the_duty(product_duties(plan, (), (), {}, FAR), "annual:1")

    assert duty.warning is not None
    assert re.search(r"2017-01-31|2017年1月31日|90", duty.warning.ja)
