"""The second factor of a person: one-time codes (RFC 6238), kept beside their seed."""

import hashlib
import hmac
import secrets
import struct
import unicodedata
from base64 import b32encode
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

SECRET_BYTES: Final = 20
#: Seconds that a code is good for; one step before and after is taken as well, for the
#: clocks of a telephone and of a computer in a hospital differ.
STEP: Final = 30
_DRIFT: Final = (-1, 0, 1)
CODES: Final = 10
_CODE_LETTERS: Final = 10
_HEAD: Final = struct.Struct(f">{SECRET_BYTES}sQ")
_HASH_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Factor:
    """What the codes are made from.

    `step`: the newest one whose code was taken, since none is taken twice; `codes`:
    hashes of the backup codes that are left, each good once.
    """

    secret: bytes = field(repr=False)
    step: int = 0
    codes: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def base32(self) -> str:
        """The secret, as it is typed into an app where no camera reads it."""
        return b32encode(self.secret).decode()

    def taken(self, typed: str, now: datetime) -> "Factor | None":
        """Itself once this code was taken; None where it is wrong or was used."""
        # Not at start: only who has a second factor needs it.
        import pyotp

        plain = unicodedata.normalize("NFKC", typed).upper()
        code = "".join(c for c in plain if c.isalnum())
        totp = pyotp.TOTP(self.base32, interval=STEP)
        this = int(now.timestamp()) // STEP
        for step in (this + drift for drift in _DRIFT):
            right = hmac.compare_digest(totp.at(step * STEP).encode(), code.encode())
            if right and step > self.step:
                return replace(self, step=step)
        spent = _hash(code)
        if spent in self.codes:
            left = tuple(one for one in self.codes if one != spent)
            return replace(self, codes=left)
        return None

    def with_codes(self) -> tuple["Factor", tuple[str, ...]]:
        """With new backup codes, and these, to be written down this once."""
        codes = tuple(_new_code() for _ in range(CODES))
        hashes = tuple(_hash(code.replace("-", "")) for code in codes)
        return replace(self, codes=hashes), codes

    def written(self) -> bytes:
        """As it is wrapped, behind the seed."""
        return _HEAD.pack(self.secret, self.step) + b"".join(self.codes)

    @classmethod
    def read(cls, raw: bytes) -> "Factor | None":
        """From what was wrapped; nothing there is no second factor."""
        if not raw:
            return None
        secret, step = _HEAD.unpack_from(raw)
        rest = raw[_HEAD.size :]
        starts = range(0, len(rest), _HASH_BYTES)
        codes = tuple(rest[at : at + _HASH_BYTES] for at in starts)
        return cls(secret, step, codes)


def new_factor() -> Factor:
    """One that no app knows yet."""
    return Factor(secrets.token_bytes(SECRET_BYTES))


def _new_code() -> str:
    letters = b32encode(secrets.token_bytes(_CODE_LETTERS)).decode()[:_CODE_LETTERS]
    half = _CODE_LETTERS // 2
    return f"{letters[:half]}-{letters[half:]}"


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()[:_HASH_BYTES]
