from datetime import date, timedelta

from registry_app.domain.figures.obligations_status import obligations_status
from registry_app.domain.message import say
from registry_app.domain.plan.duty import Standing
from tests.reports.made_up_duties import (
    ON,
    UNSURE,
    a_duty,
    a_protocol,
    a_visit_duty,
    cases_of,
    many_duties,
    some_duties,
)


def status(duties, **told):
    return obligations_status(duties, a_protocol(), ON, **told)


def test_the_strip_counts_each_duty_in_the_stretch_of_its_last_day():
    found = status([a_duty(f"O4:{n}", n) for n in (-1, 0, 7, 8, 30, 31, 90, 91)])

    counts = found.counts
    assert (counts.late, counts.red, counts.amber, counts.green) == (1, 2, 2, 2)
    assert counts.to_confirm == 3


def test_the_earlier_of_two_ways_of_counting_decides():
    duty = a_duty("O1", 8, alarm=ON + timedelta(days=7))

    assert status([duty]).counts.red == 1
    assert status([duty]).ahead[0].days == -7


def test_the_most_overdue_stand_first():
    found = status([a_duty(f"O4:{n}", -n) for n in (3, 173, 1)])

    assert [line.days for line in found.late] == [173, 3, 1]


def test_a_window_that_is_not_open_yet_stands_among_what_comes():
    duty = a_duty("O4:1", 75, opens=ON + timedelta(days=40))

    (line,) = status([duty]).ahead
    assert line.standing is Standing.GREEN


def test_many_cases_alike_are_one_line_that_names_every_late_case():
    cases = cases_of(30)
    found = status([a_visit_duty(c, -n - 1) for n, c in enumerate(cases)])

    (line,) = found.late
    assert line.count == 30
    assert {each.case for each in line.late} == set(cases)
    assert line.days == 30
    assert (line.first, line.last) == (
        ON - timedelta(days=30),
        ON - timedelta(days=1),
    )


def test_few_cases_and_duties_of_the_product_have_a_line_each():
    few = status([a_visit_duty(c, -1) for c in cases_of(4)])
    product = status([a_duty(f"O4:{n}", -n) for n in range(1, 9)])

    assert len(few.late) == 4
    assert len(product.late) == 8


def test_confirmed_and_unconfirmed_are_never_in_one_line():
    cases = cases_of(12)
    found = status(
        [
            *(a_visit_duty(c, 5) for c in cases[:6]),
            *(a_visit_duty(c, 5, basis=UNSURE) for c in cases[6:]),
        ]
    )

    assert sorted(line.to_confirm for line in found.ahead) == [False, True]


def test_every_duty_that_has_a_day_is_counted_in_exactly_one_table():
    duties = many_duties(40)
    found = status(duties)

    tables = (found.late, found.ahead, found.done, found.not_applicable)
    shown = sum(line.count for lines in tables for line in lines)
    beyond = [
        d
        for d in duties
        if d.done is None
        and not d.not_applicable
        and d.ended is None
        and (d.days_left(ON) is None or d.days_left(ON) > 90)
    ]
    assert shown + len(beyond) == len(duties)


def test_done_since_the_last_report_is_what_was_done_or_written_down_since():
    long_ago = ON - timedelta(days=200)
    before = a_duty("O4:1", -210, done=long_ago)
    late_entry = a_duty("O4:2", -210, done=long_ago)
    after = a_duty("O4:3", -10, done=ON - timedelta(days=12))
    since = ON - timedelta(days=90)

    everything = status([before, late_entry, after])
    found = status([before, late_entry, after], since=since, recorded={"O4:2"})

    assert len(everything.done) == 3
    assert [line.days for line in found.done] == [0 + 10, -2]


def test_what_cannot_be_dated_is_shown_and_not_counted():
    found = status(some_duties())

    (line,) = found.undated
    assert line.rule == "O15"


def test_a_reason_stands_beside_what_does_not_apply():
    (line,) = status(some_duties()).not_applicable

    assert "Q-12" in line.reason


def test_the_lanes_hold_each_due_day_once_with_its_number():
    found = status([a_visit_duty(c, n % 3) for n, c in enumerate(cases_of(9))])

    (lane,) = found.lanes
    assert [(due.day, due.count) for due in lane.dues] == [(0, 3), (1, 3), (2, 3)]


def test_an_occurrence_is_named_beside_its_clock():
    found = status([a_duty("O4:abc", 5)], occurrences={"abc": "肺塞栓（架空）"})

    assert found.ahead[0].about == "肺塞栓（架空）"


def test_an_unset_base_date_is_among_the_unconfirmed_with_its_value():
    values = {each.id: each.value.key for each in status([]).to_confirm}

    assert values == {
        "date:designated": "report_r4.value-unset",
        "visit:endpoint": "report_r4.value-window",
        "rule:O2": "report_r4.value-every",
    }
    assert status([]).on == date(2026, 5, 31)


def test_the_reason_of_one_patient_is_not_said_of_another():
    def ended(cases, *reasons):
        return status(
            a_visit_duty(
                case,
                40,
                ended=say("plan.follow-up-ended", reason=reasons[n % len(reasons)]),
            )
            for n, case in enumerate(cases)
        )

    (alike,) = ended(cases_of(6), "death").not_applicable
    (unlike,) = ended(cases_of(6), "death", "transferred").not_applicable

    assert (alike.count, alike.reason.params) == (6, {"reason": "death"})
    assert (unlike.count, unlike.reason.key) == (6, "report_r4.reason-follow-up")
