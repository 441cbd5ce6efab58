"""What a person holds: a seed that nobody else has, and the keys that follow from it.

The seed is wrapped by the person's password (keys.py). The secrets of the file, its
data key and its trail key, are sealed to the person's public key. So a new password
wraps the seed anew and nothing else; a new data key is sealed to everybody without any
password; nobody, administrator or holder of the data key, can sign for another.
"""

import base64
import hmac
import json
from dataclasses import dataclass, field, replace
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from registry_app.domain.errors import Refused
from registry_app.storage.factor import Factor
from registry_app.storage.keys import KEY_LENGTH, Cost, Slot, new_key, unwrap, wrap
from registry_app.storage.trail import chain_key

# These labels stand for good: another label is another key.
_OPENING: Final = b"registry-app person opening 1"
_SIGNING: Final = b"registry-app person signing 1"
_SEALING: Final = b"registry-app file secrets 1"
_VOUCHING: Final = b"registry-app slot 1"
_VOUCH_BYTES: Final = 16
#: Each sealing has a key of its own, so that its nonce may always be the same.
_NONCE: Final = bytes(12)


@dataclass(frozen=True, slots=True)
class FileSecrets:
    """The two keys of a file: of its pages, and of the seals of its trail.

    The trail key stays when the data key is changed, so that old seals can be checked.
    """

    data: bytes = field(repr=False)
    trail: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "FileSecrets":
        """Of a new file."""
        return cls(new_key(), new_key())

    @classmethod
    def old(cls, data: bytes) -> "FileSecrets":
        """Of a file whose slots wrap the data key: the trail key followed from it."""
        return cls(data, chain_key(data))


@dataclass(frozen=True, slots=True)
class Personal:
    """The secrets of the person who is signed in; kept in memory only."""

    seed: bytes = field(repr=False)
    factor: Factor | None = None

    @classmethod
    def new(cls) -> "Personal":
        """Of somebody new."""
        return cls(new_key())

    @property
    def signing(self) -> str:
        """The public half of the signing key (Ed25519), base64."""
        return _text(self._signing_key().public_key().public_bytes_raw())

    def sign(self, said: bytes) -> bytes:
        """The person's signature (Ed25519) over what is said."""
        return self._signing_key().sign(said)

    def slot(self, binding: str, bare: Slot, secret: str, given: FileSecrets) -> Slot:
        """A whole slot of this person: `bare` says for whom, and at which cost."""
        own = replace(
            bare,
            public=_text(self._opening_key().public_key().public_bytes_raw()),
            signing=self.signing,
        )
        return sealed(binding, self.wrapped(binding, own, secret), given)

    def wrapped(self, binding: str, slot: Slot, secret: str) -> Slot:
        """The slot with these secrets wrapped anew; what is sealed in it stays."""
        inner = self.seed + (self.factor.written() if self.factor else b"")
        bare = replace(slot, factor=self.factor is not None)
        return wrap(binding, bare, inner, secret)

    def unsealed(self, binding: str, slot: Slot) -> FileSecrets:
        """The file's secrets. Raises Refused where the slot was altered."""
        raw = base64.b64decode(slot.sealed)
        public, box = raw[:KEY_LENGTH], raw[KEY_LENGTH:]
        try:
            shared = self._opening_key().exchange(
                X25519PublicKey.from_public_bytes(public)
            )
            cipher = AESGCM(_sealing_key(shared, public, slot.public))
            inner = cipher.decrypt(_NONCE, box, _about(binding, slot))
        except (InvalidTag, ValueError):
            raise Refused("storage.damaged") from None
        return FileSecrets(inner[:KEY_LENGTH], inner[KEY_LENGTH:])

    def _opening_key(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(_key(self.seed, b"", _OPENING))

    def _signing_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(_key(self.seed, b"", _SIGNING))


@dataclass(frozen=True, slots=True)
class Opened:
    """What a slot has given to who knew its secret; `slot`: itself, in the new form."""

    secrets: FileSecrets
    own: Personal
    slot: Slot


def opened(binding: str, slot: Slot, secret: str) -> Opened | None:
    """Open a slot; None where the secret is wrong.

    A slot of the old form comes back in the new one, for the caller to write.
    Raises Refused where the slot was altered.
    """
    inner = unwrap(binding, slot, secret)
    if inner is None:
        return None
    if slot.old:
        given, own = FileSecrets.old(inner), Personal.new()
        bare = Slot(slot.kind, slot.name, slot.cost)
        return Opened(given, own, own.slot(binding, bare, secret, given))
    own = Personal(inner[:KEY_LENGTH], Factor.read(inner[KEY_LENGTH:]))
    return Opened(own.unsealed(binding, slot), own, slot)


def new_slot(
    binding: str, kind: str, name: str, secret: str, cost: Cost, given: FileSecrets
) -> Slot:
    """A slot with a new seed, which nobody sees but who knows the secret."""
    return Personal.new().slot(binding, Slot(kind, name, cost), secret, given)


def sealed(binding: str, slot: Slot, given: FileSecrets) -> Slot:
    """The slot with other secrets of the file sealed to its public key."""
    public = X25519PublicKey.from_public_bytes(base64.b64decode(slot.public))
    once = X25519PrivateKey.generate()
    sender = once.public_key().public_bytes_raw()
    cipher = AESGCM(_sealing_key(once.exchange(public), sender, slot.public))
    box = cipher.encrypt(_NONCE, given.data + given.trail, _about(binding, slot))
    return replace(
        slot, sealed=_text(sender + box), vouched=_vouch(binding, slot, given.data)
    )


def vouched(binding: str, slot: Slot, data_key: bytes) -> bool:
    """Whether the public keys in it were put there by somebody who had the data key.

    A slot can be written by whoever can write the file: a new data key must not be
    sealed to a public key that a stranger has put into one.
    """
    return not slot.old and hmac.compare_digest(
        slot.vouched, _vouch(binding, slot, data_key)
    )


def _vouch(binding: str, slot: Slot, data_key: bytes) -> str:
    key = _key(data_key, b"", _VOUCHING)
    said = [binding, slot.kind, slot.name, slot.public, slot.signing]
    line = json.dumps(said, ensure_ascii=False).encode()
    return _text(hmac.digest(key, line, "sha256")[:_VOUCH_BYTES])


def _about(binding: str, slot: Slot) -> bytes:
    return json.dumps([binding, slot.kind, slot.name], ensure_ascii=False).encode()


def _sealing_key(shared: bytes, sender: bytes, receiver: str) -> bytes:
    return _key(shared, sender + base64.b64decode(receiver), _SEALING)


def _key(material: bytes, salt: bytes, label: bytes) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=salt, info=label)
    return hkdf.derive(material)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
