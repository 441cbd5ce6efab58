from datetime import date

import pytest

from registry_app.domain.errors import InvalidValue
from registry_app.domain.referral import Referral, reported

ALL = Referral("B", "C5", date(2026, 4, 2), "Made-up hospital")


@pytest.mark.parametrize("told", [ALL, Referral("A"), Referral(nli="INT"), Referral()])
def test_what_was_reported_is_read_back_from_the_frozen_facts(told):
    assert reported({"ais": "C", "age": "45", **told.facts}) == told


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"ais": "F"}, "reported-grade"),
        ({"ais": "B,C"}, "reported-grade"),
        ({"nli": "C9"}, "reported-level"),
        ({"by": "Somebody"}, "reported-nothing"),
        ({"on": date(2026, 4, 2)}, "reported-nothing"),
    ],
)
def test_what_is_no_finding_is_refused(told, key):
    with pytest.raises(InvalidValue, match=rf"enrolment\.{key}"):
        Referral(**told)
