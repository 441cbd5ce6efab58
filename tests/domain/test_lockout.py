from datetime import UTC, datetime, timedelta

import pytest

from registry_app.domain.lockout import FREE, LONGEST, MOST_FREE, Tries

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


def failed(count, at=NOW):
    return Tries("kato", count, at, count)


def test_the_first_wrong_passwords_cost_no_time():
    tries = Tries("kato", 0, NOW, 0)
    for _ in range(FREE):
        assert tries.waits_until(NOW) is None
        tries = tries.failed(NOW)

    assert tries.waits_until(NOW) == NOW + timedelta(seconds=2)


@pytest.mark.parametrize(
    ("count", "seconds"), [(5, 2), (6, 4), (9, 32), (13, 512), (14, 900), (10**9, 900)]
)
def test_each_further_one_doubles_the_wait_up_to_a_quarter_of_an_hour(count, seconds):
    until = failed(count).waits_until(NOW)

    assert until == NOW + timedelta(seconds=seconds)
    assert failed(count).waits_until(until) is None
    assert failed(count).waits_until(until - timedelta(seconds=1)) == until


def test_the_right_password_ends_the_wait_and_what_failed_is_still_to_be_told():
    tries = failed(9).succeeded()

    assert tries.waits_until(NOW) is None
    assert (tries.untold, tries.told().untold) == (9, 0)


def test_a_clock_set_back_ends_no_wait_and_makes_none_longer():
    tries = failed(14)
    earlier = NOW - timedelta(days=300)

    assert tries.waits_until(earlier) == earlier + LONGEST
    noted = tries.asked(earlier)
    assert noted.waits_until(earlier + LONGEST) is None
    assert tries.asked(NOW) == tries


def test_a_registry_may_let_more_or_fewer_pass_but_not_any_number():
    assert failed(3).waits_until(NOW, 3) == NOW + timedelta(seconds=2)
    assert failed(9).waits_until(NOW, 10) is None
    assert failed(MOST_FREE).waits_until(NOW, 10**9) == NOW + timedelta(seconds=2)
