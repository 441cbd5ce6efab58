"""The trail from its first entry, and every record against its newest one."""

import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from registry_app.domain.message import Message, say
from registry_app.domain.trail import Head
from registry_app.storage import append_only, trail
from registry_app.storage.derived import ENGINE
from registry_app.storage.kinds import KINDS
from registry_app.storage.records import Kind
from registry_app.storage.report_tables import report_file
from registry_app.storage.tables import entry

#: What comes of a value that this program has never written there.
_UNREADABLE: Final = (LookupError, TypeError, ValueError)
#: Rows are fetched in lots, so that a long trail need not fit into memory.
_LOT = 1000
#: SQLite takes so many values at a time.
_MOST: Final = 500


@dataclass
class Found:
    """What a check of the whole trail has found.

    `problems`: somebody went past the program. `notes`: nobody did, but say so.
    """

    head: Head = field(default_factory=lambda: Head(0, trail.GENESIS))
    problems: list[Message] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


def verify(connection: sa.Connection, key: bytes, chain: str) -> Found:
    """Check all of it; the file itself, page by page, is `database.damage`."""
    found = Found()
    filed: dict[str, str] = {}
    try:
        newest = _chain(connection, key, chain, found, filed)
    except _UNREADABLE:
        found.problems.append(say("trail.entry-changed", seq=found.head.seq + 1))
        return found
    for kind in KINDS:
        try:
            _records(connection, kind, newest, found)
        except _UNREADABLE:
            found.problems.append(say("trail.unreadable", kind=_kind(kind.name)))
            newest = {one: last for one, last in newest.items() if one[0] != kind.name}
    _missing(newest, found)
    _files(connection, filed, found)
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
    last = connection.scalar(sa.select(entry.c.head).where(entry.c.seq == since.seq))
    if since.seq and last != since.head:
        found.problems.append(say("trail.entry-changed", seq=since.seq))
        return found
    try:
        newest = _chain(connection, key, chain, found, {})
        for kind in KINDS:
            ids = [one for name, one in newest if name == kind.name]
            for at in range(0, len(ids), _MOST):
                _records(connection, kind, newest, found, ids[at : at + _MOST])
    except _UNREADABLE:
        found.problems.append(say("trail.entry-changed", seq=found.head.seq + 1))
        return found
    _missing(newest, found)
    return found


def _missing(newest: Mapping[tuple[str, str], object], found: Found) -> None:
    for kind_name, record_id in sorted(newest):
        found.problems.append(
            say("trail.record-missing", kind=_kind(kind_name), id=record_id)
        )


def _chain(
    connection: sa.Connection,
    key: bytes,
    chain: str,
    found: Found,
    filed: dict[str, str],
) -> dict[tuple[str, str], tuple[int, str, int]]:
    """Follow the chain; version, state and form of the newest entry of each record.

    It begins after the head that `found` has. `filed` gets the SHA-256 of each file
    that a report was filed with, and its report.
    """
    newest: dict[tuple[str, str], tuple[int, str, int]] = {}
    last_at, whole = None, found.head.seq == 0
    query = sa.select(entry).order_by(entry.c.chain, entry.c.seq)
    if not whole:
        query = query.where(entry.c.seq > found.head.seq)
    for row in _rows(connection, query):
        seq = found.head.seq + 1
        if row["seq"] != seq or row["chain"] != chain:
            found.problems.append(say("trail.entry-missing", seq=seq))
        sealed = trail.seal(key, found.head.head, row)
        if not hmac.compare_digest(sealed, row["head"]):
            found.problems.append(say("trail.entry-changed", seq=row["seq"]))
        if row["kind"] == "clock_jump":
            found.notes.append(_jump(row))
        elif last_at is not None and row["at"] < last_at:
            found.notes.append(say("trail.clock-went-back", seq=row["seq"]))
        last_at = row["at"]
        found.head = Head(row["seq"], row["head"])
        record = row["kind"], row["record_id"]
        before = newest.get(record, (0,))[0] if whole or record in newest else None
        if before is not None and row["version"] != before + 1:
            # It was removed, and written again as if it never had been.
            found.problems.append(
                say("trail.record-missing", kind=_kind(record[0]), id=record[1])
            )
        if row["kind"] == "report":
            _note_file(row, filed)
        newest[record] = (
            row["version"],
            row["state"],
            row["form"],
        )
    return newest


def _records(
    connection: sa.Connection,
    kind: Kind,
    newest: dict[tuple[str, str], tuple[int, str, int]],
    found: Found,
    ids: Collection[str] | None = None,
) -> None:
    """Every record of a kind, or these, against its newest entry."""
    query = sa.select(kind.table).order_by(kind.table.c.id)
    if ids is not None:
        query = query.where(kind.table.c.id.in_(ids))
    for row in _rows(connection, query):
        sealed = newest.pop((kind.name, row["id"]), None)
        told = {"kind": _kind(kind.name), "id": row["id"]}
        if sealed is None:
            found.problems.append(say("trail.record-without-entry", **told))
            continue
        version, state, form = sealed
        if (row["version"], trail.state(kind.plain_of_row(row), form)) != (
            version,
            state,
        ):
            found.problems.append(say("trail.record-changed", **told))
        elif not _derived_well(kind, row):
            found.problems.append(say("trail.derived-changed", **told))


def _jump(row: Any) -> Message:
    """The clock was moved, and the program has said so then."""
    told = json.loads(row["changes"])
    moved = {name: _minute(told[name][1]) for name in ("before", "after")}
    return say("trail.clock-jumped", seq=row["seq"], **moved)


def _minute(text: str) -> str:
    return datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M UTC")


def _note_file(row: Any, filed: dict[str, str]) -> None:
    """A report's entry names the file that was kept with it; the oldest have none."""
    changes = json.loads(row["changes"])
    if "digest" in changes or row["record_id"] in filed.values():
        _, sha256 = changes.get("sha256", (None, None))
        if sha256:
            filed[sha256] = row["record_id"]


def _files(connection: sa.Connection, filed: dict[str, str], found: Found) -> None:
    """Every file against its SHA-256, and every edition of a report against its file.

    A report without a digest was filed by its SHA-256 alone.
    """
    missing = dict(filed)
    for row in _rows(connection, sa.select(report_file)):
        named = missing.pop(row["sha256"], None)
        content = hashlib.sha256(row["content"]).hexdigest()
        if content != row["sha256"] or named != row["report"]:
            found.problems.append(say("trail.file-changed", id=row["report"]))
    for report in dict.fromkeys(missing.values()):
        found.problems.append(say("trail.file-missing", id=report))


def _derived_well(kind: Kind, row: Any) -> bool:
    """Whether the derived columns are what the record gives, by the same engine."""
    if row.get("engine", ENGINE) not in (ENGINE, ""):
        return True
    value = {name: row[name] for name in kind.fields}
    derived = kind.derive(kind.read(row["id"], row["version"], value))
    return all(row[name] == wanted for name, wanted in derived.items())


def _rows(connection: sa.Connection, query: sa.Select[Any]) -> Any:
    result = connection.execution_options(yield_per=_LOT).execute(query)
    return (row._mapping for row in result)


def _kind(name: str) -> Message:
    known = any(kind.name == name for kind in KINDS)
    return say(f"trail.kind-{name if known else 'unknown'}")
