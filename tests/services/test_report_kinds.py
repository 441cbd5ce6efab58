from datetime import timedelta

import pytest

from registry_app.domain.plan.records import Occurrence
from registry_app.domain.report import Kind
from registry_app.services.obligations import add_occurrence, settle
from registry_app.services.protocol import protocol, today_in_japan
from registry_app.services.report_kinds import (
    duties_served,
    reportable_cases,
    wanted_reports,
)
from registry_app.services.safety_deeds import dismiss
from tests.services.report_room import CASE, a_case, a_patient


@pytest.fixture
def subject(desk):
    return a_patient(desk)


def test_the_reports_of_the_pack_come_in_its_order(desk):
    found = wanted_reports(desk)

    assert [one.kind.letters for one in found] == [
        one.id for one in protocol(desk).pack.reports
    ]
    assert {one.kind for one in found} == {kind for kind in Kind if kind.archived}


def test_the_next_duty_is_the_open_one_with_the_nearest_day(desk):
    today = today_in_japan(desk)
    event = next(e.id for e in protocol(desk).pack.events if e.id == "E1")
    for days in (1, 5):
        aware = today - timedelta(days=days)
        add_occurrence(desk, Occurrence("", event, "x", holder_aware=aware))
    found = {one.kind: one for one in wanted_reports(desk)}
    due = found[Kind.CASE_REPORT].due

    assert due.trigger == today - timedelta(days=5)
    settle(desk, due.key, today, "R2-1")
    found = {one.kind: one for one in wanted_reports(desk)}
    assert found[Kind.CASE_REPORT].due.trigger == today - timedelta(days=1)


def test_a_report_without_a_rule_has_no_duty(desk):
    found = {one.kind: one for one in wanted_reports(desk)}

    assert found[Kind.DISCLOSURE].due is None
    assert duties_served(desk, Kind.DISCLOSURE) == ()


def test_an_individual_report_serves_the_clocks_of_its_case_only(desk, subject):
    a_case(desk, subject)
    aware = today_in_japan(desk)
    add_occurrence(desk, Occurrence("", "E1", "x", holder_aware=aware))
    found = duties_served(desk, Kind.CASE_REPORT, CASE)

    assert found
    assert {duty.key.split(":")[1] for duty in found} == {CASE}


def test_an_open_case_is_offered_for_an_individual_report(desk, subject):
    case = a_case(desk, subject)

    assert [one.id for one in reportable_cases(desk)] == [case.id]


def test_what_is_no_case_is_not_offered(desk, subject):
    case = a_case(desk, subject)
    dismiss(desk, case.id, "Not a case")

    assert reportable_cases(desk) == ()
