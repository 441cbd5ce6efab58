"""The lists of a day say what the engine says, on every day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from registry_app.domain.course import EndReason, FollowUp
from registry_app.domain.plan.duties import is_unset, product_duties, subject_duties
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.ledger import ledger
from registry_app.domain.plan.records import Occurrence, Settled
from registry_app.domain.subject import Arm
from registry_app.services import due, obligations
from registry_app.services.cases import cases
from registry_app.services.protocol import protocol
from tests.builders import INJURY, a_clock, a_draft, a_subject, an_exam

DONE = (Standing.DONE, Standing.NOT_APPLICABLE)
DAYS = [date(2025, 12, 20) + timedelta(days=13 * n) for n in range(40)]


def four_cases(desk):
    """Four cases: examined and not, ended, of both arms; clocks, and what was done."""
    first, second, third = (a_subject(desk) for _ in range(3))
    a_subject(desk, arm=Arm.COMPARISON, injury_date=INJURY - timedelta(days=200))
    an_exam(desk, first, INJURY + timedelta(days=49))
    an_exam(desk, second, INJURY + timedelta(days=60))
    a_draft(desk, second, INJURY + timedelta(days=70))
    with desk.begin() as work:
        on = INJURY + timedelta(days=40)
        work.save(FollowUp(third.id, EndReason.WITHDRAWN, on, on))
    aware = date(2026, 3, 2)
    case = Occurrence("", "E2", "発熱", first.id, aware, aware + timedelta(days=1))
    saved = obligations.add_occurrence(desk, case)
    more = aware + timedelta(days=9)
    obligations.follow_up_information(desk, saved.id, more, "later finding")
    obligations.settle(desk, f"O4:{saved.id}", aware + timedelta(days=12), "report 1")
    key = f"visit:day-90:{second.id}"
    obligations.not_applicable(desk, key, "in another hospital")


@pytest.fixture
def furnish():
    return four_cases


@pytest.fixture
def full(desk):
    return desk


def _computed(desk, until):
    """Every duty by the engine alone."""
    by = protocol(desk)
    with desk.read() as reading:
        of_all = {one.id: one for one in reading.find(Settled)}
        occurrences = reading.find(Occurrence)
        found = [
            duty
            for one in cases(reading)
            for duty in ledger(subject_duties(by, one), one.settled, until)
        ]
    return [*found, *product_duties(by, occurrences, (), of_all, until)]


@pytest.mark.parametrize("on", DAYS)
def test_the_list_of_a_day_is_what_the_engine_has_open_then(full, on):
    until = on + timedelta(days=90)
    wanted = [
        duty
        for duty in _computed(full, until)
        if duty.standing(on) not in DONE
        and (
            is_unset(duty)
            or (
                duty.last_day is not None
                and (duty.opens <= on or duty.last_day <= until)
            )
        )
    ]

    found = due.due(full, on)

    assert {duty.key for duty in found} == {duty.key for duty in wanted}
    assert set(found) == set(wanted)
    assert found == ledger(wanted, {}, on)


@pytest.mark.parametrize("on", DAYS)
def test_today_counts_what_the_engine_has_late_and_open(full, on):
    there = replace(
        full, clock=a_clock(datetime(on.year, on.month, on.day, tzinfo=UTC))
    )
    duties = _computed(full, on + due.SOON)
    late = {duty.key for duty in duties if duty.standing(on) is Standing.LATE}
    open_ = {
        duty.key
        for duty in duties
        if duty.standing(on) in (Standing.RED, Standing.AMBER, Standing.GREEN)
        and (":SAP-" in duty.key or duty.last_day <= on + due.SOON)
    }
    # What was done after that day is done on the table of now: Today is of today.
    settled = {duty.key for duty in duties if duty.done or duty.not_applicable}

    now = due.today(there, limit=500)

    assert now.on == on
    assert {row.duty.key for row in now.late.rows} - settled == late - settled
    assert {row.duty.key for row in now.closing.rows} - settled == open_ - settled
    assert now.late.total == len(now.late.rows)
    assert [row.duty.last_day for row in now.late.rows] == sorted(
        row.duty.last_day for row in now.late.rows
    )


@pytest.mark.parametrize("on", DAYS[::4])
def test_the_weeks_ahead_count_windows_that_are_open_in_them(full, on):
    there = replace(
        full, clock=a_clock(datetime(on.year, on.month, on.day, tzinfo=UTC))
    )
    windows = [
        duty
        for duty in _computed(full, on)
        if duty.key.startswith("visit:")
        and not (duty.done or duty.not_applicable or duty.ended)
    ]

    weeks = due.today(there).weeks

    monday = on - timedelta(days=on.weekday())
    for number, week in enumerate(weeks):
        first = monday + timedelta(days=7 * number)
        last = first + timedelta(days=6)
        usable = [w for w in windows if w.opens <= last and w.due >= first]
        assert (week.monday, week.open) == (first, len(usable))
        assert week.closing == len([w for w in usable if w.due <= last])
    assert len(weeks) == 8


def test_today_names_the_drafts_and_the_people_by_their_reading(full):
    now = due.today(full)
    (row,) = now.waiting.rows
    assert (now.waiting.total, row.kana) == (1, "カクウ タロウ")
    assert row.draft.day == INJURY + timedelta(days=70)
    of_cases = [row for row in now.late.rows if ":SAP-" in row.duty.key]
    assert {row.kana for row in of_cases} == {"カクウ タロウ"}


def test_today_knows_the_regime_the_enrolment_and_what_is_to_be_confirmed(full):
    now = due.today(full)
    assert {one.arm: one.count for one in now.enrolment} == {
        Arm.TREATED: 3,
        Arm.COMPARISON: 1,
    }
    assert {one.arm: one.target for one in now.enrolment}[Arm.TREATED] == 90
    assert now.granted == date(2018, 12, 28)
    assert now.regime.term_end == date(2025, 12, 28)
    assert [duty.rule for duty in now.unset] == ["O2"]
    assert now.to_confirm == len(protocol(full).unsure())


def test_of_each_group_only_so_many_rows_are_named(full):
    now = due.today(full, limit=3)
    assert len(now.late.rows) == 3
    assert now.late.total > 3
    assert now.late.rows == due.today(full).late.rows[:3]


def test_what_was_done_this_week_is_named(full):
    subject = a_subject(full)
    obligations.settle(full, f"O13:{subject.id}", date(2026, 3, 31), "chart")
    now = due.today(full)
    assert [row.duty.subject_id for row in now.done_this_week.rows] == [subject.id]
