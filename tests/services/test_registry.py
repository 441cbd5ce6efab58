"""Who may sign in, and with what: the people of a registry and their keys."""

import shutil
from dataclasses import replace

import pytest

from registry_app.domain.errors import Refused
from registry_app.domain.person import Person
from registry_app.services import registry, trail
from registry_app.storage import key_area, keys
from registry_app.storage.keys import Slot
from registry_app.storage.trail import chain_key
from tests.builders import (
    CHEAP,
    PASSWORD,
    USER,
    a_desk,
    a_registry,
    an_own_pack,
    at_desk,
)
from tests.storage.test_migrate import KEPT


@pytest.fixture
def path(tmp_path):
    return tmp_path / "site.registry"


def slots(path):
    with path.open("rb", buffering=0) as file:
        return key_area.read(file).slots


def test_a_new_file_has_a_trail_key_that_does_not_follow_from_the_data_key(path):
    desk = a_registry(path)
    desk.close()

    assert desk.store.secrets.trail != chain_key(desk.store.key)
    assert [slot.old for slot in slots(path)] == [False, False]


@pytest.mark.parametrize("kept", ["0001", "0002", "0003"])
def test_a_slot_of_an_older_file_is_brought_to_the_new_form_at_sign_in(path, kept):
    shutil.copyfile(KEPT / f"{kept}.registry", path)
    an_own_pack("follow-up")  # the first file was made under a pack that is gone
    before = slots(path)

    desk = at_desk(path)
    assert trail.verify(desk).problems == ()
    desk.close()

    assert all(slot.old for slot in before)
    after = {slot.kind: slot for slot in slots(path)}
    # Nobody has typed the recovery code: its slot opens as it always did.
    assert after[keys.RECOVERY] == next(s for s in before if s.kind == keys.RECOVERY)
    assert not after[keys.USER].old
    again = at_desk(path)
    assert (again.store.secrets, again.own) == (desk.store.secrets, desk.own)
    assert again.store.secrets.trail == chain_key(again.store.key)
    again.close()


def test_an_older_file_opens_with_its_one_code_until_there_is_a_new_sheet(path):
    code = keys.new_recovery_half()
    desk = a_desk(path)
    area, secrets = desk.store.area, desk.store.secrets
    old = Slot(keys.RECOVERY, "", CHEAP)
    old_slot = keys.wrap(area.binding, old, secrets.data, code)
    with_trail = replace(secrets, trail=chain_key(secrets.data))
    desk.store.secrets = with_trail
    desk.store.rewrite(area.with_slot(old_slot))
    desk.close()
    assert registry.look_at(path).recovery_codes == 1

    desk = registry.recover(path, [code], USER, "quince jelly", cost=CHEAP)
    assert desk.store.secrets == with_trail
    halves = registry.new_recovery_sheet(desk, cost=CHEAP)
    desk.close()

    assert registry.look_at(path).recovery_codes == 2
    with pytest.raises(Refused, match="recovery-half-missing"):
        registry.recover(path, [code], USER, "quince jelly", cost=CHEAP)
    registry.recover(path, halves, USER, "quince jelly", cost=CHEAP).close()


def test_a_new_password_wraps_the_seed_anew_and_nothing_else(path):
    desk = a_desk(path)
    before = desk.store.area.slot(keys.USER, USER)

    registry.change_password(desk, PASSWORD, "quince jelly", cost=CHEAP)
    desk.close()

    (after,) = (slot for slot in slots(path) if slot.kind == keys.USER)
    assert after.sealed == before.sealed
    assert (after.public, after.signing) == (before.public, before.signing)
    assert after.wrapped != before.wrapped
    again = at_desk(path, password="quince jelly")
    assert again.own == desk.own
    again.close()


def test_nobody_gets_the_seed_of_another(path):
    desk = a_desk(path)
    registry.add_person(
        desk, "sato", "架空 入力者", "entry", "quince jelly", cost=CHEAP
    )
    desk.close()

    other = at_desk(path, "sato", "quince jelly")
    other.close()

    assert other.store.secrets == desk.store.secrets
    assert other.own != desk.own
    for said in (repr(desk), repr(other)):
        assert desk.own.seed.hex() not in said
        assert repr(desk.own.seed) not in said


def test_who_was_given_a_password_gets_a_seed_of_their_own_by_changing_it(path):
    desk = a_desk(path)
    registry.add_person(desk, "sato", "架空", "entry", "quince jelly", cost=CHEAP)
    assert not registry.password_was_given(desk)
    desk.close()
    other = at_desk(path, "sato", "quince jelly")
    assert registry.password_was_given(other)

    registry.change_password(other, "quince jelly", "my own sentence", cost=CHEAP)
    assert not registry.password_was_given(other)
    with other.read() as reading:
        known = reading.get(Person, "sato").public_key
    other.close()

    again = at_desk(path, "sato", "my own sentence")
    assert again.own != other.own
    assert again.own.signing == again.person.public_key == known
    registry.change_password(again, "my own sentence", "another of mine", cost=CHEAP)
    again.close()
    third = at_desk(path, "sato", "another of mine")
    assert third.own == again.own
    third.close()
