from datetime import date

import pytest

from registry_app.domain.errors import InvalidValue
from registry_app.domain.hold import LegalHold

HOLD = LegalHold("H1", "SAP-0001-7", date(2026, 3, 1), "lawsuit")


def test_a_hold_is_in_force_from_its_first_day_until_it_is_lifted():
    lifted = LegalHold(
        *("H1", "SAP-0001-7", date(2026, 3, 1), "lawsuit"),
        lifted_on=date(2026, 4, 1),
        lifted_why="settled",
    )
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]

    assert [HOLD.holds(day) for day in days] == [False, True, True, True]
    assert [lifted.holds(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"why": " "}, "hold-needs-reason"),
        ({"lifted_on": date(2026, 4, 1)}, "lifting-needs-reason"),
        ({"lifted_on": date(2026, 2, 1), "lifted_why": "x"}, "lifted-before-set"),
    ],
)
def test_a_hold_and_its_lifting_have_a_reason_and_days_in_order(told, key):
    with pytest.raises(InvalidValue, match=rf"retention\.{key}"):
        LegalHold(
            **{
                "id": "H1",
                "subject_id": "SAP-0001-7",
                "set_on": date(2026, 3, 1),
                "why": "lawsuit",
                **told,
            }
        )
