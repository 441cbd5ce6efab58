"""The trail: one entry for each saved record, each sealed over the one before."""

import hashlib
import hmac
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring
from typing import Any, Final

import sqlalchemy as sa

from registry_app.domain.trail import Differences, Entry, Head, Plain, listed
from registry_app.storage.derived import ENGINE
from registry_app.storage.prepared import Prepared
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


def state(plain: Mapping[str, Plain], form: int) -> str:
    """The SHA-256 of a record's whole value, in the given way of writing."""
    return sha256(_WRITERS[form](plain))


def sha256(text: str) -> str:
    """What `state` is of a value in canonical form."""
    return hashlib.sha256(text.encode()).hexdigest()


def newest(connection: sa.Connection, chain: str) -> Head:
    """The end of the trail."""
    found = _NEWEST.first(connection, {"chain": chain})
    return Head(**found) if found else Head(0, GENESIS)


_LAST_SEQ: Final = (
    sa.select(sa.func.max(entry.c.seq))
    .where(entry.c.chain == sa.bindparam("chain"))
    .scalar_subquery()
)
_NEWEST: Final = Prepared(
    sa.select(entry.c.seq, entry.c.head).where(
        entry.c.chain == sa.bindparam("chain"), entry.c.seq == _LAST_SEQ
    ),
    entry.c.seq,
    entry.c.head,
)
_NEWEST_AT: Final = Prepared(
    sa.select(entry.c.at).where(
        entry.c.chain == sa.bindparam("chain"), entry.c.seq == _LAST_SEQ
    ),
    entry.c.at,
)
#: So many ids are asked for at once: SQLite has a limit.
_LOT: Final = 500
_INSERT: Final = Prepared(entry.insert())
_STATE: Final = Prepared(
    sa.select(entry.c.state, entry.c.form)
    .where(entry.c.kind == sa.bindparam("of"))
    .where(entry.c.record_id == sa.bindparam("id"))
    .where(entry.c.version == sa.bindparam("at_version"))
    .order_by(entry.c.seq.desc()),
    entry.c.state,
    entry.c.form,
)


def newest_at(connection: sa.Connection, chain: str) -> datetime | None:
    """When the newest entry was written; None: there is none yet."""
    found = _NEWEST_AT.first(connection, {"chain": chain})
    return found["at"] if found else None


def says(
    connection: sa.Connection,
    kind: str,
    record_id: str,
    version: int,
    plain: Mapping[str, Plain],
) -> bool:
    """Whether the trail agrees that a record of this version is so.

    Where there is no such entry, it does: that is for the check of the chain to tell.
    """
    asked = {"of": kind, "id": record_id, "at_version": version}
    found = _STATE.first(connection, asked)
    return found is None or state(plain, found["form"]) == found["state"]


def append(
    connection: sa.Connection,
    key: bytes,
    chain: str,
    author: Author,
    *,
    kind: str,
    record_id: str,
    version: int,
    changes: Differences,
    state: str,
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
        "state": state,
        "form": FORM,
    }
    head = seal(key, last.head, row)
    _INSERT.run(connection, {**row, "head": head})
    return Head(last.seq + 1, head)


_SEALED: Final = (
    *("form", "chain", "seq", "at", "actor", "workstation", "program", "engine"),
    *("kind", "record_id", "version", "reason", "state"),
)


def seal(key: bytes, before: str, row: Mapping[str, Any]) -> str:
    """The head after an entry: HMAC-SHA256 over the head before and all it says.

    Three lines, none of which can hold a line break: the head before, what the entry
    says in canonical form, and its changes as they are stored.
    """
    said = [row[name] for name in _SEALED]
    said[_SEALED.index("at")] = row["at"].isoformat()
    lines = f"{before}\n{_WRITERS[row['form']](said)}\n{row['changes']}"
    return hmac.digest(key, lines.encode(), "sha256").hex()


class Sealing:
    """`seal` for one entry after another, of which many say the same of their author.

    What it gives is the same, byte by byte; a value of a type that no entry has is
    refused with TypeError, and a way of writing that is not known with LookupError.
    """

    def __init__(self, key: bytes) -> None:
        self._keyed = hmac.new(key, digestmod="sha256")

    def head(self, before: str, row: tuple[Any, ...]) -> str:
        """The head after an entry; `row`: its columns up to `changes`, in order."""
        (chain, seq, at, actor, workstation, program, engine, kind) = row[:8]
        (record_id, version, reason, state, _, form, changes) = row[8:]
        _WRITERS[form]  # only the first is known, and written here
        start = _inner(form, chain)
        author = _inner(actor, workstation, program, engine, kind)
        said = (
            f'[{start},{_number(seq)},"{at.isoformat()}",{author},'
            f"{_text(record_id)},{_number(version)},{_text(reason)},{_text(state)}]"
        )
        one = self._keyed.copy()
        one.update(f"{before}\n{said}\n{changes}".encode())
        return one.hexdigest()


#: Canonical form of a number and of a text; TypeError of anything else.
_number: Final = int.__repr__
_text: Final = encode_basestring


@lru_cache(maxsize=4096, typed=True)
def _inner(*said: object) -> str:
    """What a part of a list is in canonical form."""
    return canonical(said)[1:-1]


#: The chain of the file, which holds no other: with it the entries are found in their
#: order, and need not be sorted first, all there are.
CHAIN: Final = sa.select(entry.c.chain).limit(1).scalar_subquery()


def entries(
    connection: sa.Connection,
    *,
    kind: str | None = None,
    ids: Collection[str] | None = None,
    after: int = 0,
    newest: int | None = None,
) -> Iterator[Entry]:
    """Entries newer than `after`, the newest first; at most `newest` of them."""
    query = sa.select(entry).where(entry.c.seq > after)
    if kind is None:
        query = query.where(entry.c.chain == CHAIN)
    else:
        query = query.where(entry.c.kind == kind)
    if ids is not None:
        query = query.where(entry.c.record_id.in_(ids))
    for row in connection.execute(query.order_by(entry.c.seq.desc()).limit(newest)):
        yield read(row._mapping)


def begun_by(
    connection: sa.Connection, kind: str, ids: Collection[str], actor: str
) -> tuple[str, ...]:
    """Which of these records somebody was the first to write."""
    query = sa.select(entry.c.record_id).where(
        entry.c.kind == kind, entry.c.version == 1, entry.c.actor == actor
    )
    found: list[str] = []
    rest = iter(ids)
    while lot := list(islice(rest, _LOT)):
        found += connection.scalars(query.where(entry.c.record_id.in_(lot)))
    return tuple(found)


def entry_at(connection: sa.Connection, seq: int) -> Entry | None:
    """The entry with this number; None where there is none."""
    if not 0 < seq < 1 << 31:  # more than the column holds
        return None
    query = sa.select(entry).where(entry.c.chain == CHAIN, entry.c.seq == seq)
    row = connection.execute(query).first()
    return None if row is None else read(row._mapping)


def read(row: Mapping[Any, Any]) -> Entry:
    """An entry from its row."""
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
        changes=listed(json.loads(row["changes"])),
        reason=row["reason"],
        state=row["state"],
        head=row["head"],
        form=row["form"],
    )
