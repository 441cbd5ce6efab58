"""What a signature says, in bytes, and whether the person's own key has said it.

The seals of the trail hold against whoever has no data key. A signature holds against
whoever has: the private half of its key follows from the signer's password alone.
"""

import base64
import json
from collections.abc import Iterator

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from registry_app.domain.message import Message, say
from registry_app.domain.signature import Signature
from registry_app.storage.tables import canonical, entry

#: Stands for good: another form of a statement gets another number.
_LABEL = "registry-app signature 1"


def statement(registry_id: str, one: Signature) -> bytes:
    """All that a signature says, of which registry, with its public key."""
    at = one.at.isoformat()
    said = (one.id, one.of, one.of_id, one.state, one.meaning.value)
    who = (one.person, one.name, one.role, at, one.public_key)
    return canonical([_LABEL, registry_id, *said, *who]).encode()


def text(raw: bytes) -> str:
    """A signature as it is kept: base64."""
    return base64.b64encode(raw).decode()


def holds(registry_id: str, one: Signature) -> bool:
    """Whether the private half of its key has made what it carries."""
    return made_by(one.public_key, one.signed, statement(registry_id, one))


def made_by(public_key: str, signed: str, said: bytes) -> bool:
    """Whether the private half of a key has signed what is said; both are base64."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
        key.verify(base64.b64decode(signed), said)
    except (InvalidSignature, ValueError):
        return False
    return True


def problems(
    connection: sa.Connection, registry_id: str, signatures: tuple[Signature, ...]
) -> Iterator[Message]:
    """Signatures that nobody's key has made, or another key than the signer's.

    One without any is sound only where the signer had no key yet: what was signed with
    an older program.
    """
    keys = keys_of_people(connection)
    given = _given(connection)
    for one in signatures:
        own = [(seq, key) for seq, key in keys.get(one.person, []) if key]
        told = say("trail.signature-not-theirs", id=one.id, person=one.person)
        if one.signed or one.public_key:
            known = any(key == one.public_key for _, key in own)
            if not known or not holds(registry_id, one):
                yield told
        elif any(seq < given.get(one.id, 0) for seq, _ in own):
            yield told


def keys_of_people(connection: sa.Connection) -> dict[str, list[tuple[int, str]]]:
    """Every public key that each person ever had, and the entry that says so."""
    found: dict[str, list[tuple[int, str]]] = {}
    query = (
        sa.select(entry.c.seq, entry.c.record_id, entry.c.changes)
        .where(entry.c.kind == "person")
        .order_by(entry.c.seq)
    )
    for seq, person, changes in connection.execute(query):
        told = json.loads(changes) if isinstance(changes, str) else changes
        if "public_key" in told:
            found.setdefault(person, []).append((seq, told["public_key"][1] or ""))
    return found


def _given(connection: sa.Connection) -> dict[str, int]:
    """The entry that each signature was given with."""
    query = sa.select(entry.c.record_id, entry.c.seq).where(entry.c.kind == "signature")
    return {row.record_id: row.seq for row in connection.execute(query)}
