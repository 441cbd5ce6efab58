"""The death of somebody who was given the product opens a draft of a safety case."""

from datetime import date

import pytest

from registry_app.domain.course import EndReason, FollowUp
from registry_app.domain.safety import CaseState, Event, Outcome, SafetyCase
from registry_app.domain.subject import Arm
from registry_app.services import courses, safety
from registry_app.services import safety_deeds as deeds
from tests.builders import a_subject

DIED = date(2026, 3, 20)


def end(desk, subject, reason=EndReason.DEATH):
    courses.end_follow_up(
        desk,
        FollowUp(subject.id, ended_on=DIED, reason=reason, last_known_alive=DIED),
    )


def drafts(desk):
    return [
        one for one in safety.safety_cases(desk) if one.case.state is CaseState.DRAFT
    ]


def test_a_death_after_the_product_opens_a_draft_of_the_gravest_class(desk):
    subject = a_subject(desk)
    end(desk, subject)

    (line,) = drafts(desk)

    assert line.case.subject_id == subject.id
    assert line.classed.event_class == "E1"
    assert (line.events[0].onset, line.events[0].fatal) == (DIED, True)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"treatment_date": None}, EndReason.DEATH),
        ({"arm": Arm.COMPARISON}, EndReason.DEATH),
        ({}, EndReason.LOST),
    ],
)
def test_nobody_else_opens_one(desk, told, reason):
    end(desk, a_subject(desk, **told), reason)

    assert drafts(desk) == []


def test_a_death_that_a_case_tells_of_already_opens_no_other(desk):
    subject = a_subject(desk)
    deeds.open_case(
        desk,
        SafetyCase("", "made up", subject_id=subject.id, hospital_aware=DIED),
        (Event("", "", "made up", outcome=Outcome.FATAL),),
    )

    end(desk, subject)

    assert drafts(desk) == []
