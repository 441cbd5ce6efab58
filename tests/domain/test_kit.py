from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_app.domain.errors import InvalidValue
from registry_app.domain.kit import Kit, KitState, Manufacture, amount, reconcile
from registry_app.words import Language, Words

ORDERED = date(2026, 3, 1)
LATER = ORDERED + timedelta(days=20)
GIVEN = {"subject_id": "SAP-0001-7", "given_on": LATER}
SET_ASIDE = {"not_given": "died before", "not_given_on": LATER}


def a_kit(number="K-1", **told):
    return Kit(f"id-{number}", number, ORDERED, **told)


def test_a_kit_is_pending_until_it_is_given_or_set_aside():
    assert a_kit().state is KitState.PENDING
    assert a_kit(manufacture=Manufacture.FAILED).state is KitState.PENDING
    assert a_kit(**GIVEN).state is KitState.GIVEN
    assert a_kit(**SET_ASIDE).state is KitState.NOT_GIVEN


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"number": " "}, "no-number"),
        ({**GIVEN, **SET_ASIDE}, "given-and-not"),
        ({**GIVEN, "given_on": ORDERED - timedelta(days=1)}, "given-before-order"),
        ({"given_on": LATER}, "given-to-nobody"),
        ({**GIVEN, "manufacture": Manufacture.FAILED}, "given-though-failed"),
        ({"not_given": "died before"}, "reason-and-day"),
        ({"not_given_on": LATER}, "reason-and-day"),
        ({"not_given_on": LATER, "not_given": " "}, "reason-and-day"),
        (
            {**SET_ASIDE, "not_given_on": ORDERED - timedelta(days=1)},
            "not-given-before-order",
        ),
        ({"amounts": {"cells": "many"}}, "not-an-amount"),
        ({"amounts": {"cells": "-1"}}, "not-an-amount"),
        ({"amounts": {"cells": "NaN"}}, "not-an-amount"),
        ({"amounts": {"cells": "Infinity"}}, "not-an-amount"),
    ],
)
def test_a_kit_that_cannot_be_is_none(told, key):
    with pytest.raises(InvalidValue, match=key):
        a_kit(**told)


@pytest.mark.parametrize(
    ("text", "number"), [("1.2e8", 120_000_000), ("0", 0), ("62.5", Decimal("62.5"))]
)
def test_an_amount_is_read_as_it_is_written(text, number):
    assert amount("cells", text) == number


def test_ordered_is_given_and_not_given_and_pending():
    """REGULATION.md section 4: an unmatched kit is a duty."""
    kits = [
        a_kit("K-3", **GIVEN),
        a_kit("K-2", **SET_ASIDE),
        a_kit("K-4", subject_id="SAP-0002-5"),
        a_kit("K-1"),
    ]
    found = reconcile(kits)
    assert (found.ordered, found.given, found.not_given, found.pending) == (4, 1, 1, 2)
    assert found.unmatched == ("K-1", "K-2")
    assert found.difference == 0


@given(st.lists(st.sampled_from([{}, GIVEN, SET_ASIDE, {"subject_id": "SAP-0002-5"}])))
def test_no_kit_is_lost_whatever_became_of_it(fates):
    kits = [a_kit(f"K-{n}", **told) for n, told in enumerate(fates)]
    found = reconcile(kits)
    assert found.difference == 0
    assert len(found.unmatched) == sum(not kit.subject_id for kit in kits)


@pytest.mark.parametrize("language", list(Language))
def test_every_state_has_a_name(language):
    words = Words(language)
    assert len({words.say(one.told) for one in (*KitState, *Manufacture)}) >= 5
