import base64
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from registry_app.domain.errors import Refused
from registry_app.storage import keys, personal
from registry_app.storage.keys import Slot
from registry_app.storage.personal import FileSecrets, Personal, opened, sealed, vouched
from tests.builders import CHEAP

FILE, PASSWORD = "this file", "plum blossom"
SECRETS = FileSecrets(bytes(range(32)), bytes(range(32, 64)))
BARE = Slot(keys.USER, "kato", CHEAP)


def a_slot(own=None, binding=FILE, secret=PASSWORD):
    return (own or Personal.new()).slot(binding, BARE, secret, SECRETS)


def an_old_slot():
    return keys.wrap(FILE, BARE, SECRETS.data, PASSWORD)


def test_a_password_gives_the_secrets_of_the_file_and_the_persons_own():
    own = Personal.new()
    slot = a_slot(own)

    found = opened(FILE, slot, PASSWORD)

    assert (found.secrets, found.own, found.slot) == (SECRETS, own, slot)
    assert opened(FILE, slot, "plum blossoms") is None


def test_neither_the_seed_nor_a_key_stands_in_the_slot():
    own = Personal.new()
    written = repr(a_slot(own).plain()).encode()

    for secret in (own.seed, SECRETS.data, SECRETS.trail, PASSWORD.encode()):
        assert secret not in written
        assert secret.hex().encode() not in written
        assert base64.b64encode(secret) not in written


def test_no_secret_is_shown_where_somebody_prints_it():
    own = Personal.new()
    shown = repr((own, SECRETS, opened(FILE, a_slot(own), PASSWORD)))

    for secret in (own.seed, SECRETS.data, SECRETS.trail):
        assert repr(secret) not in shown
        assert secret.hex() not in shown


def test_a_new_password_wraps_the_seed_anew_and_leaves_what_is_sealed():
    own = Personal.new()
    slot = a_slot(own)

    new = own.wrapped(FILE, slot, "quince jelly")

    assert opened(FILE, new, PASSWORD) is None
    assert opened(FILE, new, "quince jelly").secrets == SECRETS
    assert (new.wrapped, new.salt) != (slot.wrapped, slot.salt)
    kept = ("public", "signing", "sealed", "vouched")
    assert [getattr(new, name) for name in kept] == [
        getattr(slot, name) for name in kept
    ]


def test_another_data_key_is_sealed_to_everybody_without_a_password():
    slot, other = a_slot(), FileSecrets(bytes(32), SECRETS.trail)

    new = sealed(FILE, slot, other)

    assert opened(FILE, new, PASSWORD).secrets == other
    assert (new.wrapped, new.public) == (slot.wrapped, slot.public)


def test_a_signature_is_the_persons_and_of_what_was_said():
    own, other = Personal.new(), Personal.new()
    signature = own.sign(b"reviewed")

    def check(signing, said):
        raw = base64.b64decode(signing)
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, said)

    check(a_slot(own).signing, b"reviewed")
    for signing, said in ((own.signing, b"approved"), (other.signing, b"reviewed")):
        with pytest.raises(InvalidSignature):
            check(signing, said)


def test_the_keys_follow_from_the_seed_for_good():
    own = Personal(bytes(range(32)))

    assert own.signing == "FL7tAcE40kKdaMm1wbX5MfBLQWtQTtFncQIbL3wubC8="
    assert a_slot(own).public == "S8Xl6Bzb3j7T93GdUv0ywzt7EFepzN4YUG3Y8zpWgDM="


def test_a_slot_of_the_old_form_opens_and_comes_back_in_the_new_one():
    old = an_old_slot()

    found = opened(FILE, old, PASSWORD)

    assert old.old
    assert found.secrets == FileSecrets.old(SECRETS.data)
    again = opened(FILE, found.slot, PASSWORD)
    assert (again.secrets, again.own) == (found.secrets, found.own)
    assert not found.slot.old


@pytest.mark.parametrize("name", ["public", "signing"])
def test_a_public_key_that_a_stranger_put_there_is_not_vouched_for(name):
    slot = a_slot()
    forged = replace(slot, **{name: getattr(a_slot(), name)})

    assert vouched(FILE, slot, SECRETS.data)
    assert not vouched(FILE, forged, SECRETS.data)
    assert not vouched("another file", slot, SECRETS.data)
    assert not vouched(FILE, slot, bytes(32))
    assert not vouched(FILE, an_old_slot(), SECRETS.data)
    assert opened(FILE, forged, PASSWORD) is None


def test_a_slot_whose_sealed_part_was_altered_is_damage():
    slot = a_slot()
    for altered in (a_slot().sealed, "", base64.b64encode(bytes(112)).decode()):
        with pytest.raises(Refused, match="damaged"):
            opened(FILE, replace(slot, sealed=altered), PASSWORD)


def test_a_slot_of_another_file_or_user_opens_nothing():
    slot = a_slot()

    assert opened("another file", slot, PASSWORD) is None
    assert opened(FILE, replace(slot, name="sato"), PASSWORD) is None


def test_a_new_slot_has_a_seed_of_its_own():
    made = [
        personal.new_slot(FILE, keys.USER, "kato", PASSWORD, CHEAP, SECRETS)
        for _ in range(2)
    ]

    first, second = (opened(FILE, slot, PASSWORD) for slot in made)
    assert first.own != second.own
    assert first.secrets == second.secrets == SECRETS
