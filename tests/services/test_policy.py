"""The policy of a registry: its defaults, and an administrator's change."""

from dataclasses import replace

import pytest

from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.policy import Policy, SecondFactor
from registry_app.services.policy import policy, set_policy
from registry_app.services.registry import sign_in


def test_until_one_is_set_the_defaults_hold(desk):
    assert policy(desk) == Policy()
    assert 5 <= policy(desk).idle_minutes <= 15


def test_a_change_of_a_policy_that_was_set_needs_a_reason(desk):
    strict = replace(Policy(), second_factor=SecondFactor.REQUIRED, idle_minutes=5)
    saved = set_policy(desk, strict)

    assert policy(desk) == saved
    with pytest.raises(Refused, match="reason-needed"):
        set_policy(desk, replace(saved, idle_minutes=15))
    set_policy(desk, replace(saved, idle_minutes=15), "ward round")
    assert policy(desk).idle_minutes == 15


@pytest.mark.parametrize(
    "wrong",
    [
        {"idle_minutes": 0},
        {"idle_minutes": 61},
        {"tries": 2},
        {"backup_hours": -1},
        {"backup_generations": 2},
        {"detached_days": -1},
        {"drill_days": 0},
    ],
)
def test_what_no_registry_could_keep_to_is_refused(wrong):
    with pytest.raises(InvalidValue, match=r"policy\.not-"):
        replace(Policy(), **wrong)


def test_how_many_wrong_passwords_cost_nothing_counts_before_the_file_is_open(desk):
    set_policy(desk, replace(Policy(), tries=3))
    desk.close()
    for _ in range(3):
        with pytest.raises(Refused, match="wrong-password"):
            sign_in(desk.path, desk.person.id, "guess")

    with pytest.raises(Refused, match="wait-until"):
        sign_in(desk.path, desk.person.id, "guess")
