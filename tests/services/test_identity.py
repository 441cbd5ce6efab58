"""Wrong passwords are counted, slow the next one, and an administrator is told."""

from datetime import UTC, datetime, timedelta

import pytest

from registry_app.domain.errors import Refused
from registry_app.domain.person import Role
from registry_app.domain.rights import Deed, may
from registry_app.services import identity, registry
from registry_app.words import Language, Words
from tests.builders import CHEAP, PASSWORD, USER, a_desk

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
OTHER = "quince jelly"


@pytest.fixture
def path(tmp_path):
    """A registry of two people that nobody has open."""
    path = tmp_path / "site.registry"
    desk = a_desk(path)
    registry.add_person(desk, "sato", "架空", Role.ENTRY, OTHER, cost=CHEAP)
    desk.close()
    return path


def sign_in(path, user=USER, password=PASSWORD, at=NOW):
    return registry.sign_in(path, user, password, clock=lambda: at)


def wrong(path, times, user=USER, at=NOW):
    for _ in range(times):
        with pytest.raises(Refused, match=r"storage\.wrong-password"):
            sign_in(path, user, "plum blossoms", at)


def test_after_five_wrong_passwords_even_the_right_one_waits(path):
    wrong(path, 5)
    with pytest.raises(Refused) as refused:
        sign_in(path)
    assert refused.value.message.key == "storage.wait-until"
    assert refused.value.message.params["count"] == 5
    for language in Language:
        assert Words(language).say(refused.value.message)

    sign_in(path, at=NOW + timedelta(seconds=2)).close()


def test_each_further_wrong_one_waits_twice_as_long(path):
    wrong(path, 5)
    later = NOW + timedelta(seconds=2)
    wrong(path, 1, at=later)
    with pytest.raises(Refused, match="wait-until"):
        sign_in(path, at=later + timedelta(seconds=3))

    sign_in(path, at=later + timedelta(seconds=4)).close()


def test_who_has_got_in_begins_anew_and_another_user_never_waits(path):
    wrong(path, 5)
    sign_in(path, "sato", OTHER).close()
    sign_in(path, at=NOW + timedelta(seconds=2)).close()
    wrong(path, 4)
    sign_in(path).close()


def test_a_clock_set_back_locks_nobody_out_for_long(path):
    wrong(path, 5)
    back = NOW - timedelta(days=365)
    with pytest.raises(Refused, match="wait-until"):
        sign_in(path, at=back)

    sign_in(path, at=back + timedelta(seconds=2)).close()


def test_an_administrator_is_told_until_they_have_read_it(path):
    wrong(path, 2, "sato")
    wrong(path, 1)
    sign_in(path, "sato", OTHER).close()
    for _ in range(2):
        desk = sign_in(path)
        told = [
            (one.user, one.untold, one.last) for one in identity.sign_in_troubles(desk)
        ]
        assert sorted(told) == [(USER, 1, NOW), ("sato", 2, NOW)]
        desk.close()
    desk = sign_in(path)
    identity.settle_sign_in_troubles(desk)
    assert identity.sign_in_troubles(desk) == ()
    desk.close()

    desk = sign_in(path)
    assert identity.sign_in_troubles(desk) == ()
    desk.close()
    assert not may(Role.ENTRY, Deed.PEOPLE)


def test_who_must_wait_still_waits_once_it_was_read(path):
    wrong(path, 5, "sato")
    desk = sign_in(path)
    identity.settle_sign_in_troubles(desk)
    desk.close()

    with pytest.raises(Refused, match="wait-until"):
        sign_in(path, "sato", OTHER)


def test_a_name_that_nobody_has_is_not_counted(path):
    before = path.read_bytes()
    for _ in range(6):
        with pytest.raises(Refused, match="wrong-password"):
            sign_in(path, "nobody")

    assert path.read_bytes() == before


def test_a_wrong_password_at_the_desk_counts_like_one_at_sign_in(path):
    desk = sign_in(path)
    for key in ["storage.wrong-password"] * 4 + ["report_service.wrong-password"]:
        with pytest.raises(Refused) as refused:
            identity.prove(desk, "plum blossoms", wrong=key)
        assert refused.value.message.key == key
    with pytest.raises(Refused, match="wait-until"):
        registry.change_password(desk, PASSWORD, OTHER, cost=CHEAP)
    desk.close()

    with pytest.raises(Refused, match="wait-until"):
        sign_in(path)
    desk = sign_in(path, at=NOW + timedelta(seconds=2))
    identity.prove(desk, PASSWORD)
    desk.close()
