"""What opens a file: key slots, passwords and the two halves of the recovery sheet.

A *slot* holds no secret: the salt and cost of Argon2id, a nonce, and what is wrapped
under AES-256-GCM, bound to what the file is and to whom the slot is for. That is a
person's seed (personal.py); in a slot of the old form it is the data key itself.
(docs/decisions/0010-keys-of-people.md)
"""

import base64
import hashlib
import json
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from registry_app.domain.errors import InvalidValue, Refused

KEY_LENGTH: Final = 32
LEAST_PASSWORD: Final = 8
USER: Final = "user"
RECOVERY: Final = "recovery"
_RECOVERY_BYTES: Final = 20
_CHECK_BYTES: Final = 2


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a password costs.

    The passes and lanes of RFC 9106's second recommended option with twice its memory,
    so that a sign-in takes 0.3 to 0.7 s on two cores (docs/performance.md).
    `t` passes, `m` KiB of memory, `p` lanes.
    """

    t: int = 3
    m: int = 128 * 1024
    p: int = 4

    def __post_init__(self) -> None:
        # A file is not trusted before it is opened: it must not ask for all memory.
        if not (1 <= self.t <= 64 and 8 <= self.m <= 4 << 20 and 1 <= self.p <= 64):
            raise ValueError("not a cost that this program sets")


#: What a password costs unless a test says otherwise.
STANDARD: Final = Cost()


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to open the file. `name` is a user, or empty for the recovery sheet.

    `salt`, `nonce` and `wrapped` are hexadecimal. The others are base64, and empty in a
    slot of the old form: the public halves of the person's two keys (`public` X25519,
    `signing` Ed25519), the file's secrets sealed to `public`, and a seal that shows
    that somebody who had the data key has put these public keys here. `factor`: a code
    is asked for, too; `given`: somebody else has thought of the password. Both are
    bound to what is wrapped, so that nobody takes them off.
    """

    kind: str
    name: str
    cost: Cost
    salt: str = ""
    nonce: str = ""
    wrapped: str = ""
    public: str = ""
    signing: str = ""
    sealed: str = ""
    vouched: str = ""
    factor: bool = False
    given: bool = False

    @property
    def old(self) -> bool:
        """Whether it wraps the data key itself, as the first files did."""
        return not self.public

    def plain(self) -> dict[str, Any]:
        """As it is written in the key area."""
        return {name: said for name, said in asdict(self).items() if said}

    @classmethod
    def read(cls, plain: dict[str, Any]) -> "Slot":
        """From the key area. Raises KeyError, TypeError or ValueError if it is none."""
        cost = Cost(**plain["cost"])
        slot = cls(**{"name": "", **plain, "cost": cost})
        hexes = slot.salt, slot.nonce, slot.wrapped
        salt, nonce, _ = map(bytes.fromhex, hexes)
        for text in (slot.public, slot.signing, slot.sealed, slot.vouched):
            base64.b64decode(text, validate=True)
        texts = all(isinstance(one, str) for one in (slot.kind, slot.name))
        whole = all(type(one) is int for one in (cost.t, cost.m, cost.p))
        if not texts or not whole or (len(salt), len(nonce)) != (16, 12):
            raise ValueError("not a slot that this program writes")
        return slot


def new_key() -> bytes:
    """A random data key, trail key or seed."""
    return secrets.token_bytes(KEY_LENGTH)


def wrap(binding: str, slot: Slot, inner: bytes, secret: str) -> Slot:
    """The slot with `inner` in it, for `secret` to open; all else stays as it is.

    `binding` says which file it belongs to.
    """
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    bare = replace(slot, salt=salt.hex(), nonce=nonce.hex(), wrapped="")
    cipher = AESGCM(_derived(secret, salt, slot.cost))
    wrapped = cipher.encrypt(nonce, inner, _bound(binding, bare))
    return replace(bare, wrapped=wrapped.hex())


def unwrap(binding: str, slot: Slot, secret: str) -> bytes | None:
    """What is in it; None where the secret is wrong or the slot was altered."""
    cipher = AESGCM(_derived(secret, bytes.fromhex(slot.salt), slot.cost))
    try:
        return cipher.decrypt(
            bytes.fromhex(slot.nonce),
            bytes.fromhex(slot.wrapped),
            _bound(binding, slot),
        )
    except InvalidTag:
        return None


def _bound(binding: str, slot: Slot) -> bytes:
    said = [binding, slot.kind, slot.name, slot.salt, asdict(slot.cost)]
    if not slot.old:
        said += ["seed", slot.public, slot.signing]
    if slot.factor:
        said += ["factor"]
    if slot.given:
        said += ["given"]
    return json.dumps(said, sort_keys=True, ensure_ascii=False).encode()


def _derived(secret: str, salt: bytes, cost: Cost) -> bytes:
    # NFKC: a password typed through another input method is the same password.
    typed = unicodedata.normalize("NFKC", secret).encode()
    kdf = Argon2id(
        salt=salt,
        length=KEY_LENGTH,
        iterations=cost.t,
        lanes=cost.p,
        memory_cost=cost.m,
    )
    return kdf.derive(typed)


def check_password(password: str) -> None:
    """Raises InvalidValue for one that is too short. Length is what counts."""
    if len(unicodedata.normalize("NFKC", password)) < LEAST_PASSWORD:
        raise InvalidValue("storage.password-too-short", least=LEAST_PASSWORD)


def new_recovery_half() -> str:
    """160 random bits and a check, to be printed: nine groups of four characters."""
    return _written(secrets.token_bytes(_RECOVERY_BYTES))


def joined(halves: Sequence[str]) -> str:
    """The recovery code of the two halves of a sheet, as typed, in either order.

    A half says nothing of the code. The one code of an older sheet is its own whole.
    Raises Refused for one that was mistyped.
    """
    whole = bytes(_RECOVERY_BYTES)
    for number, typed in enumerate(halves, 1):
        raw = _raw(typed)
        if raw is None and len(halves) == 1:
            raise Refused("storage.recovery-code-mistyped")
        if raw is None:
            raise Refused("storage.recovery-half-mistyped", half=number)
        whole = bytes(a ^ b for a, b in zip(whole, raw, strict=True))
    return _written(whole)


def _raw(text: str) -> bytes | None:
    """A recovery code as it was typed from paper; None where its check is wrong.

    Case, width and 0 for O, 1 for I, 8 for B are forgiven.
    """
    wide = unicodedata.normalize("NFKC", text).upper()
    typed = "".join(c for c in wide if c.isalnum())
    typed = typed.translate(str.maketrans("018", "OIB"))
    try:
        raw = base64.b32decode(typed + "=" * (-len(typed) % 8))[:_RECOVERY_BYTES]
    except ValueError:
        raw = b""
    if len(raw) < _RECOVERY_BYTES or _written(raw).replace("-", "") != typed:
        return None
    return raw


def _written(raw: bytes) -> str:
    check = hashlib.sha256(raw).digest()[:_CHECK_BYTES]
    letters = base64.b32encode(raw + check).decode().rstrip("=")
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))
