"""People are added and retired, and never deleted or renamed."""

from dataclasses import replace

import pytest

from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.person import Person, Role
from registry_app.services import people, registry, trail
from registry_app.storage import keys
from tests.builders import CHEAP, PASSWORD, USER, at_desk

OTHER = "quince jelly"


@pytest.fixture
def sato(desk):
    return registry.add_person(
        desk, "sato", "架空 入力者", Role.ENTRY, OTHER, cost=CHEAP
    )


def test_who_is_retired_has_no_slot_and_signs_in_no_more(desk, sato):
    people.retire_person(desk, "sato", "moved away")

    assert desk.store.area.slot(keys.USER, "sato") is None
    desk.close()
    assert registry.look_at(desk.path).users == (USER,)
    with pytest.raises(Refused, match="wrong-password"):
        at_desk(desk.path, "sato", OTHER)


def test_a_retired_person_stays_among_the_people_and_keeps_their_name(desk, sato):
    people.retire_person(desk, "sato", "moved away")

    assert people.people(desk) == (
        desk.person,
        replace(sato, retired=True, version=2),
    )
    entry = trail.trail_entries(desk, "person", "sato")[0]
    assert (entry.reason, entry.actor) == ("moved away", USER)
    with pytest.raises(Refused, match="user-exists"):
        registry.add_person(desk, "sato", "別人", Role.ENTRY, OTHER, cost=CHEAP)


def test_the_last_administrator_is_not_retired_and_nobody_retires_themselves(desk):
    with pytest.raises(Refused, match="last-administrator"):
        people.retire_person(desk, USER, "moved away")
    registry.add_person(desk, "mori", "架空", Role.ADMINISTRATOR, OTHER, cost=CHEAP)
    with pytest.raises(Refused, match="not-oneself"):
        people.retire_person(desk, USER, "moved away")
    people.retire_person(desk, "mori", "moved away")

    with pytest.raises(Refused, match="last-administrator"):
        people.retire_person(desk, USER, "moved away")


def test_nobody_is_retired_without_a_reason_twice_or_who_is_not_there(desk, sato):
    with pytest.raises(Refused, match="reason-needed"):
        people.retire_person(desk, "sato", " ")
    with pytest.raises(NotFound):
        people.retire_person(desk, "nobody", "moved away")
    people.retire_person(desk, "sato", "moved away")
    with pytest.raises(Refused, match="retired-already"):
        people.retire_person(desk, "sato", "moved away")


def test_a_slot_that_a_power_cut_has_left_goes_at_the_next_sign_in(desk, sato):
    with desk.begin("moved away") as work:
        work.save(replace(work.get(Person, "sato"), retired=True))
    desk.close()

    with pytest.raises(Refused, match=r"storage\.retired"):
        at_desk(desk.path, "sato", OTHER)
    at_desk(desk.path, USER, PASSWORD).close()

    assert registry.look_at(desk.path).users == (USER,)


def test_another_role_needs_a_reason_and_stands_in_the_trail(desk, sato):
    with pytest.raises(Refused, match="reason-needed"):
        people.change_role(desk, "sato", Role.DATA_MANAGER, " ")

    changed = people.change_role(desk, "sato", Role.DATA_MANAGER, "new post")

    assert changed.role is Role.DATA_MANAGER
    (now, _first) = trail.trail_entries(desk, "person", "sato")
    assert (now.reason, now.changes[0].item) == ("new post", "role")
    with pytest.raises(Refused, match=r"people\.same-role"):
        people.change_role(desk, "sato", Role.DATA_MANAGER, "again")


def test_nobody_changes_their_own_role_so_an_administrator_is_left(desk):
    with pytest.raises(Refused, match="not-own-role"):
        people.change_role(desk, USER, Role.READ_ONLY, "tired")


def test_who_is_retired_gets_no_other_role(desk, sato):
    people.retire_person(desk, "sato", "moved away")
    with pytest.raises(Refused, match=r"storage\.retired"):
        people.change_role(desk, "sato", Role.SAFETY, "new post")


def test_an_account_says_how_somebody_signs_in(desk, sato):
    me, other = people.accounts(desk)
    assert (me.person, me.given, me.factor, me.failed) == (desk.person, False, False, 0)
    assert (other.person, other.given) == (sato, True)
    path = desk.path
    desk.close()
    with pytest.raises(Refused):
        at_desk(path, "sato", "guess")
    desk = at_desk(path)
    assert people.accounts(desk)[1].failed == 1
    people.retire_person(desk, "sato", "moved away")
    assert people.accounts(desk)[1].given is False
    desk.close()
