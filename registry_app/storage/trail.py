"""The trail: one entry for each saved record, each sealed over the one before."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from registry_app.domain.trail import Change, Entry, Head, Plain
from registry_app.storage.derived import ENGINE
from registry_app.storage.tables import canonical, entry

#: The number of `tables.canonical`; an older entry is checked with its own function.
FORM: Final = 1
_WRITERS: Final[Mapping[int, Callable[[object], str]]] = {FORM: canonical}
#: The head before the first entry.
GENESIS: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, from where, with which program, at what time."""

    actor: str
    workstation: str
    program: str
    at: datetime


def chain_key(data_key: bytes) -> bytes:
    """The key of the seals: without the data key nobody makes a chain that verifies."""
    return hmac.digest(data_key, b"registry-app trail 1", "sha256")


def state(plain: Mapping[str, Plain], form: int = FORM) -> str:
    """The SHA-256 of a record's whole value, in the given way of writing."""
    return hashlib.sha256(_WRITERS[form](plain).encode()).hexdigest()


def newest(connection: sa.Connection, chain: str) -> Head:
    """The end of the trail."""
    found = connection.execute(_NEWEST, {"chain": chain}).one_or_none()
    return Head(*found) if found else Head(0, GENESIS)


_NEWEST: Final = (
    sa.select(entry.c.seq, entry.c.head)
    .where(entry.c.chain == sa.bindparam("chain"))
    .order_by(entry.c.seq.desc())
    .limit(1)
)
_INSERT: Final = entry.insert()


def append(
    connection: sa.Connection,
    key: bytes,
    chain: str,
    author: Author,
    *,
    kind: str,
    record_id: str,
    version: int,
    changes: Mapping[str, tuple[Plain, Plain]],
    plain: Mapping[str, Plain],
    reason: str,
) -> Head:
    """Seal one saved record into the trail."""
    last = newest(connection, chain)
    row = {
        "chain": chain,
        "seq": last.seq + 1,
        "at": author.at,
        "actor": author.actor,
        "workstation": author.workstation,
        "program": author.program,
        "engine": ENGINE,
        "kind": kind,
        "record_id": record_id,
        "version": version,
        "changes": canonical(changes),
        "reason": reason,
        "state": state(plain),
        "form": FORM,
    }
    row["head"] = seal(key, last.head, row)
    connection.execute(_INSERT, row)
    return Head(last.seq + 1, row["head"])


_SEALED: Final = (
    *("form", "chain", "seq", "at", "actor", "workstation", "program", "engine"),
    *("kind", "record_id", "version", "changes", "reason", "state"),
)


def seal(key: bytes, before: str, row: Mapping[str, Any]) -> str:
    """The head after an entry: HMAC-SHA256 over the head before and all it says."""
    said = [row[name] for name in _SEALED]
    said[3] = row["at"].isoformat()
    text = _WRITERS[row["form"]](said)
    return hmac.digest(key, f"{before}\n{text}".encode(), "sha256").hex()


def entries(
    connection: sa.Connection,
    *,
    kind: str | None = None,
    ids: list[str] | None = None,
    after: int = 0,
    newest: int | None = None,
) -> Iterator[Entry]:
    """Entries newer than `after`, the newest first; at most `newest` of them."""
    query = sa.select(entry).where(entry.c.seq > after)
    if kind is not None:
        query = query.where(entry.c.kind == kind)
    if ids is not None:
        query = query.where(entry.c.record_id.in_(ids))
    for row in connection.execute(query.order_by(entry.c.seq.desc()).limit(newest)):
        yield read(row._mapping)


def read(row: Mapping[Any, Any]) -> Entry:
    """An entry from its row."""
    changes = json.loads(row["changes"])
    return Entry(
        seq=row["seq"],
        at=row["at"],
        actor=row["actor"],
        workstation=row["workstation"],
        program=row["program"],
        engine=row["engine"],
        kind=row["kind"],
        id=row["record_id"],
        version=row["version"],
        changes=tuple(Change(item, *both) for item, both in changes.items()),
        reason=row["reason"],
        state=row["state"],
        head=row["head"],
        form=row["form"],
    )
