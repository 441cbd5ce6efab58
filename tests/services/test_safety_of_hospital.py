"""ASRM: the hospital's own report, 7 or 15 days from the day on which it knew.

Its day 0 is the hospital's (REGULATION.md section 9); no holder need know of the case.
"""

from dataclasses import replace
from datetime import date

import pytest

from registry_app.domain.errors import InvalidValue, NotFound
from registry_app.domain.plan.duty import Standing
from registry_app.domain.safety import (
    CaseState,
    CaseVersion,
    Event,
    SafetyCase,
    Seriousness,
)
from registry_app.services import obligations, safety
from registry_app.services import safety_deeds as deeds
from tests.builders import a_registry

KNEW = date(2026, 3, 20)
SENT = date(2026, 3, 25)
#: The clock of the desk stands on 1 April 2026.
TODAY = date(2026, 4, 1)


@pytest.fixture
def desk(tmp_path):
    desk = a_registry(tmp_path / "site.registry", pack="ipsc-npc-sci")
    yield desk
    desk.close()


def a_case(desk, criterion=Seriousness.HOSPITAL, **told):
    serious = {one.value: one is criterion for one in Seriousness}
    event = Event("", "", "made-up fever", serious=serious)
    case = SafetyCase("", "made-up fever", **{"hospital_aware": KNEW, **told})
    return deeds.open_case(desk, case, (event,))


def clocks(desk, case):
    return {clock.rule: clock for clock in safety.case_file(desk, case.id).clocks}


@pytest.mark.parametrize(
    ("criterion", "rule", "due"),
    [
        (Seriousness.DEATH, "D7", date(2026, 3, 27)),
        (Seriousness.HOSPITAL, "D15", date(2026, 4, 4)),
    ],
)
def test_what_the_hospital_sent_answers_its_clock_without_a_holder(
    desk, criterion, rule, due
):
    case = a_case(desk, criterion)
    assert clocks(desk, case)[rule].due == due
    assert deeds.owed_by_hospital(desk, case.id)

    deeds.record_sent(desk, case.id, "1", SENT, "committee 4")

    clock = clocks(desk, case)[rule]
    assert (clock.done, clock.standing) == (SENT, Standing.DONE)
    (duty,) = (d for d in obligations.ledger_on(desk) if d.key == f"{rule}:{case.id}")
    assert duty.done == SENT
    # It is no word about the holder: the notice to it is owed still.
    assert clocks(desk, case)["D-maker"].runs
    closed = deeds.close_case(desk, case.id, "nothing is left to do")
    assert (closed.state, closed.versions) == (CaseState.CLOSED, {})


def test_the_receipt_may_come_later_and_another_day_needs_a_reason(desk):
    case = a_case(desk)
    deeds.record_sent(desk, case.id, "1", SENT)
    deeds.record_sent(desk, case.id, "1", SENT, "committee 4")
    later = date(2026, 3, 26)
    deeds.record_sent(desk, case.id, "1", later, reason="misread the letter")

    assert clocks(desk, case)["D15"].done == later


def test_it_was_sent_on_no_day_to_come_and_not_before_the_hospital_knew(desk):
    case = a_case(desk)
    for day, key in (
        (date(2026, 3, 19), "safety.sent-before-known"),
        (date(2026, 4, 2), "safety.day-to-come"),
    ):
        with pytest.raises(InvalidValue) as refused:
            deeds.record_sent(desk, case.id, "1", day)
        assert str(refused.value) == key
    with pytest.raises(NotFound):
        deeds.record_sent(desk, case.id, "2", SENT)


def test_a_holder_who_learns_of_it_later_changes_nothing_of_the_hospitals_day(desk):
    case = a_case(desk, versions={"1": CaseVersion(date(2026, 3, 30))})

    deeds.record_sent(desk, case.id, "1", SENT)

    assert clocks(desk, case)["D15"].done == SENT
    saved = safety.case_file(desk, case.id).case
    assert deeds.save_case(desk, replace(saved, narrative="made up")).narrative


def test_a_report_that_the_holder_owes_still_needs_the_day_on_which_it_knew(tmp_path):
    desk = a_registry(tmp_path / "msc.registry")
    case = a_case(desk)

    assert not deeds.owed_by_hospital(desk, case.id)
    with pytest.raises(NotFound):
        deeds.record_sent(desk, case.id, "1", SENT)
    desk.close()


def test_what_the_holder_sends_later_leaves_the_day_of_the_hospital(desk):
    case = a_case(desk)
    deeds.record_sent(desk, case.id, "1", SENT, "committee 4")
    version = CaseVersion(date(2026, 3, 27))
    deeds.new_version(desk, case.id, version)
    deeds.record_sent(desk, case.id, "1", date(2026, 3, 30), "holder 1")

    assert clocks(desk, case)["D15"].done == SENT
    assert safety.case_file(desk, case.id).case.versions["1"].receipt == "holder 1"
