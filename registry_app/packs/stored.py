"""A pack as a registry keeps it: one canonical text, and its checksum."""

import hashlib
from functools import lru_cache
from typing import Any

import msgspec

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import say
from registry_app.domain.plan.pack import Pack
from registry_app.packs.check import mistakes
from registry_app.packs.parse import Problem


def content(pack: Pack) -> str:
    """The whole pack as JSON, keys in order and no blanks: one text for one pack."""
    return msgspec.json.encode(pack, order="sorted").decode()


def checksum(text: str) -> str:
    """The SHA-256 of a pack's content, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=8)
def from_content(text: str) -> Pack:
    """The pack of a content. It is read once: every report asks for it several times.

    Raises InvalidValue where it is none, where it says what this program does not know,
    and where it contradicts itself.
    """
    try:
        pack = msgspec.json.decode(text, type=Pack)
        known = msgspec.json.decode(content(pack))
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise InvalidValue("packs.cannot-read", why=error) from None
    unknown = _unknown(msgspec.json.decode(text), known, "")
    if unknown:
        why = say("packs.stored-key", path=unknown)
        raise InvalidValue("packs.cannot-read", why=why)
    for path, message in mistakes(pack):
        why = Problem(pack.id, path, message).said
        raise InvalidValue("packs.cannot-read", why=why)
    return pack


def _unknown(written: Any, known: Any, path: str) -> str:
    """The path of a key that was passed over; "" where there is none."""
    if isinstance(written, dict):
        for key, value in written.items():
            here = f"{path}.{key}" if path else key
            if key not in known:
                return here
            if found := _unknown(value, known[key], here):
                return found
    if isinstance(written, list):
        for at, (value, other) in enumerate(zip(written, known, strict=True)):
            if found := _unknown(value, other, f"{path}[{at}]"):
                return found
    return ""
