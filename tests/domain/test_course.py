from datetime import date, timedelta

import pytest

from registry_app.domain.course import (
    Contact,
    ContactOutcome,
    ContactWay,
    Deviation,
    DeviationKind,
    EndReason,
    FollowUp,
)
from registry_app.domain.errors import InvalidValue
from registry_app.words import Language, Words

DAY = date(2026, 4, 1)
CASE = "SAP-0001-7"


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"reason": EndReason.LOST}, "end-needs-day"),
        ({"ended_on": DAY}, "end-needs-day"),
        ({"reason": EndReason.LOST, "ended_on": DAY}, "end-needs-last-known-alive"),
        (
            {
                "reason": EndReason.DEATH,
                "ended_on": DAY,
                "last_known_alive": DAY + timedelta(days=1),
            },
            "alive-after-death",
        ),
        (
            {
                "reason": EndReason.TRANSFERRED,
                "ended_on": DAY,
                "last_known_alive": DAY,
            },
            "transferred-nowhere",
        ),
    ],
)
def test_an_end_of_follow_up_that_cannot_be_is_none(told, key):
    with pytest.raises(InvalidValue, match=key):
        FollowUp(CASE, **told)


def test_somebody_lost_may_be_known_alive_after_the_end():
    ended = FollowUp(CASE, EndReason.LOST, DAY, DAY + timedelta(days=9))
    assert ended.ended
    assert not FollowUp(CASE).ended


def test_nobody_is_called_again_before_the_call():
    with pytest.raises(InvalidValue, match="again-before"):
        Contact(
            "c-1",
            CASE,
            DAY,
            ContactWay.PHONE,
            ContactOutcome.NOT_REACHED,
            again_on=DAY - timedelta(days=1),
        )


def test_no_deviation_is_without_its_reason():
    with pytest.raises(InvalidValue, match="deviation-needs-reason"):
        Deviation("d-1", CASE, DeviationKind.WINDOW, "baseline", DAY, " ")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", [EndReason, ContactWay, ContactOutcome, DeviationKind])
def test_every_choice_has_a_name_of_its_own(kind, language):
    words = Words(language)
    assert len({words.say(one.told) for one in kind}) == len(kind)
