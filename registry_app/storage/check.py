"""The trail from its first entry, and every record against its newest one."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from registry_app.domain.message import say
from registry_app.domain.trail import Head
from registry_app.storage import append_only, trail
from registry_app.storage.derived import ENGINE
from registry_app.storage.follow import (
    STEP,
    End,
    Found,
    Going,
    follow,
    kind_name,
)
from registry_app.storage.kinds import KINDS
from registry_app.storage.prepared import Prepared
from registry_app.storage.records import Kind
from registry_app.storage.report_tables import report_file

__all__ = ["Found", "no_going", "verify", "verify_since"]

#: A row by the names of its columns, of SQLAlchemy's or not.
Row: TypeAlias = Any
#: What comes of a value that this program has never written there.
_UNREADABLE: Final = (LookupError, TypeError, ValueError)
#: SQLite takes so many values at a time.
_MOST: Final = 500
#: How much of a check is done once the chain is followed.
_CHAINED: Final = 0.6


def no_going(_share: float) -> None:
    """Nobody watches."""


def verify(
    connection: sa.Connection, key: bytes, chain: str, going: Going = no_going
) -> Found:
    """Check all of it; the file itself, page by page, is `database.damage`.

    `going`: told how far it is, from 0 to 1; what it raises ends it.
    """
    found = Found()
    try:
        followed = follow(connection, key, chain, found, lambda x: going(x * _CHAINED))
    except _UNREADABLE:
        found.problems.append(say("trail.entry-changed", seq=found.head.seq + 1))
        return found
    done = _Counting(len(followed), going)
    for kind in KINDS:
        ends = followed.ends(connection, kind.name, found)
        try:
            _compare(kind, ends, _stored(connection, kind), found, done)
        except _UNREADABLE:
            found.problems.append(say("trail.unreadable", kind=kind_name(kind.name)))
    for name in sorted(followed.kinds - {kind.name for kind in KINDS}):
        for end in followed.ends(connection, name, found):
            _missing(name, end, found)
    _files(connection, followed.filed, found)
    if not append_only.protected(connection):
        found.problems.append(say("trail.unprotected"))
    return found


def verify_since(
    connection: sa.Connection, key: bytes, chain: str, since: Head
) -> Found:
    """Check what was written after a head that somebody vouches for, and no more.

    `since`: what the trail must still say at that entry. Records that were not touched
    since are not looked at: `verify` does that.
    """
    found = Found(since)
    there = trail.entry_at(connection, since.seq)
    if since.seq and (there is None or there.head != since.head):
        found.problems.append(say("trail.entry-changed", seq=since.seq))
        return found
    try:
        followed = follow(connection, key, chain, found, no_going)
        done = _Counting(len(followed), no_going)
        for kind in KINDS:
            ends = list(followed.ends(connection, kind.name, found))
            rows = _stored(connection, kind, [end.id for end in ends])
            _compare(kind, iter(ends), rows, found, done)
    except _UNREADABLE:
        found.problems.append(say("trail.entry-changed", seq=found.head.seq + 1))
    return found


class _Counting:
    """How many records were looked at, of at most so many."""

    def __init__(self, most: int, going: Going) -> None:
        self._most, self._going, self._done = max(most, 1), going, 0

    def one_more(self) -> None:
        self._done += 1
        if self._done % STEP == 0:
            share = min(self._done / self._most, 1.0)
            self._going(_CHAINED + share * (1 - _CHAINED))


def _stored(
    connection: sa.Connection, kind: Kind, ids: Sequence[str] | None = None
) -> Iterator[Row]:
    """The rows of a kind, or these, in the order of their ids."""
    columns = kind.table.c
    names = [column.name for column in columns]
    query = sa.select(kind.table).order_by(columns.id)
    if ids is None:
        for values in Prepared(query, *columns).rows(connection, {}):
            yield dict(zip(names, values, strict=True))
        return
    for at in range(0, len(ids), _MOST):
        asked = query.where(columns.id.in_(ids[at : at + _MOST]))
        yield from connection.execute(asked).mappings()


def _missing(name: str, end: End, found: Found) -> None:
    found.problems.append(say("trail.record-missing", kind=kind_name(name), id=end.id))


def _compare(
    kind: Kind,
    ends: Iterator[End],
    rows: Iterator[Row],
    found: Found,
    done: _Counting,
) -> None:
    """Every record of a kind against its newest entry; both in the order of ids."""
    end = next(ends, None)
    for row in rows:
        done.one_more()
        while end is not None and end.id < row["id"]:
            _missing(kind.name, end, found)
            end = next(ends, None)
        sealed = end if end is not None and end.id == row["id"] else None
        if wrong := _wrong(kind, row, sealed):
            told = {"kind": kind_name(kind.name), "id": row["id"]}
            found.problems.append(say(wrong, **told))
        if sealed is not None:
            end = next(ends, None)
    while end is not None:
        _missing(kind.name, end, found)
        end = next(ends, None)


def _wrong(kind: Kind, row: Row, sealed: End | None) -> str:
    """What is wrong with a record; "" for nothing."""
    if sealed is None:
        return "trail.record-without-entry"
    said = row["version"], trail.state(kind.plain_of_row(row), sealed.form)
    if said != (sealed.version, sealed.state):
        return "trail.record-changed"
    return "" if _derived_well(kind, row) else "trail.derived-changed"


def _files(connection: sa.Connection, filed: dict[str, str], found: Found) -> None:
    """Every file against its SHA-256, and every edition of a report against its file.

    A report without a digest was filed by its SHA-256 alone.
    """
    missing = dict(filed)
    files = connection.execution_options(yield_per=1).execute(sa.select(report_file))
    for row in files.mappings():
        named = missing.pop(row["sha256"], None)
        content = row["content"]
        made = isinstance(content, bytes) and hashlib.sha256(content).hexdigest()
        if made != row["sha256"] or named != row["report"]:
            found.problems.append(say("trail.file-changed", id=row["report"]))
    for report in dict.fromkeys(missing.values()):
        found.problems.append(say("trail.file-missing", id=report))


def _derived_well(kind: Kind, row: Row) -> bool:
    """Whether the derived columns are what the record gives, by the same engine."""
    if not kind.derives:
        return True
    if row.get("engine", ENGINE) not in (ENGINE, ""):
        return True
    value = {name: row[name] for name in kind.fields}
    derived = kind.derive(kind.read(row["id"], row["version"], value))
    return all(row[name] == wanted for name, wanted in derived.items())
