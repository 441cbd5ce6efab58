from datetime import timedelta

import pytest

from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.hold import LegalHold
from registry_app.services import cases, trail
from registry_app.services.holds import lift_hold, set_hold
from tests.builders import INJURY, a_subject

DAY = INJURY + timedelta(days=31)


@pytest.fixture
def case(desk):
    return a_subject(desk).id


def test_a_hold_is_set_and_lifted_for_a_reason_that_the_trail_keeps(desk, case):
    hold = set_hold(desk, LegalHold("", case, DAY, "lawsuit 12"))
    before = trail.head(desk).seq
    lift_hold(desk, hold.id, DAY + timedelta(days=2), "withdrawn")

    assert not cases.case_of(desk, case).hold(DAY + timedelta(days=2))
    assert cases.case_of(desk, case, before).hold(DAY + timedelta(days=2)) == hold
    entries = trail.trail_entries(desk, "legal_hold", hold.id)
    assert [entry.reason for entry in entries] == ["withdrawn", "lawsuit 12"]


def test_a_case_has_one_hold_at_a_time(desk, case):
    hold = set_hold(desk, LegalHold("", case, DAY, "lawsuit"))
    with pytest.raises(Refused, match=r"retention\.already-held"):
        set_hold(desk, LegalHold("", case, DAY, "another"))
    lift_hold(desk, hold.id, DAY, "settled")
    with pytest.raises(Refused, match=r"retention\.already-lifted"):
        lift_hold(desk, hold.id, DAY, "settled")
    set_hold(desk, LegalHold("", case, DAY, "another"))

    assert cases.case_of(desk, case).hold(DAY).why == "another"


def test_neither_is_of_a_day_that_has_not_come_or_without_a_reason(desk, case):
    ahead = DAY + timedelta(days=9999)
    with pytest.raises(InvalidValue, match=r"retention\.day-in-future"):
        set_hold(desk, LegalHold("", case, ahead, "lawsuit"))
    hold = set_hold(desk, LegalHold("", case, DAY, "lawsuit"))
    with pytest.raises(InvalidValue, match=r"retention\.day-in-future"):
        lift_hold(desk, hold.id, ahead, "settled")
    with pytest.raises(InvalidValue, match=r"retention\.lifting-needs-reason"):
        lift_hold(desk, hold.id, DAY, " ")
