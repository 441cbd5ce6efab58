"""What a safety case refuses: state, versions and events that cannot be so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.safety import (
    CaseState,
    CaseVersion,
    Event,
    Finding,
    SafetyCase,
)
from registry_app.services import safety
from registry_app.services import safety_deeds as deeds
from tests.services.report_room import a_case, a_patient


def test_what_a_deed_does_is_not_done_by_saving(desk):
    case = a_case(desk, a_patient(desk))
    closed = replace(case, state=CaseState.CLOSED, closed_why="made up")
    for told in (closed, replace(case, versions={})):
        with pytest.raises(Refused, match=r"safety\.own-deed"):
            deeds.save_case(desk, told, "made up")
    with pytest.raises(NotFound):
        deeds.save_case(desk, replace(case, id="SAP-S0099", version=0))

    assert safety.case_file(desk, case.id).case == case


def test_a_version_was_sent_on_no_day_to_come_and_not_before_it_was_known(desk):
    case = a_case(desk, a_patient(desk))
    day0 = case.versions["1"].day0
    for sent, key in (
        (day0 - timedelta(days=1), "safety.sent-before-known"),
        (date(2099, 1, 1), "safety.day-to-come"),
    ):
        version = CaseVersion(day0, "more", sent_on=sent)
        with pytest.raises(InvalidValue) as refusal:
            deeds.new_version(desk, case.id, version)
        assert str(refusal.value) == key


def test_an_event_stays_in_its_case_and_with_its_patient(desk):
    subject = a_patient(desk)
    case, other = a_case(desk, subject), a_case(desk, subject)
    (event,) = safety.case_file(desk, case.id).events
    with pytest.raises(NotFound):
        deeds.save_event(desk, replace(event, case_id=other.id), "made up")

    elsewhere = Event("", case.id, "made-up rash", "SAP-9999-9")
    assert deeds.save_event(desk, elsewhere).subject_id == case.subject_id


def test_nothing_of_an_event_is_known_before_its_day(desk):
    case, day = a_case(desk, a_patient(desk)), date(2099, 1, 1)
    for told in ({"ended": day}, {"tests": {"1": Finding("CRP", day)}}):
        with pytest.raises(InvalidValue, match=r"safety\.day-to-come"):
            deeds.save_event(desk, Event("", case.id, "made-up rash", **told))


@pytest.mark.parametrize(
    "state", [CaseState.DRAFT, CaseState.CLOSED, CaseState.NOT_A_CASE]
)
def test_a_new_case_is_open_and_nothing_else(desk, state):
    subject = a_patient(desk)
    made = SafetyCase(
        "",
        "made-up fever",
        state=state,
        subject_id=subject.id,
        hospital_aware=date(2026, 3, 20),
        closed_why="made up",
    )
    with pytest.raises(Refused, match=r"safety\.opened-open") as refused:
        deeds.open_case(desk, made)
    assert refused.value.message.params["state"] == state.told
    assert safety.safety_cases(desk) == ()
