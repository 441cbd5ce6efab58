"""The trail from its first entry, and every record against its newest one."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
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
    for kind_name, record_id in sorted(newest):
        found.problems.append(
            say("trail.record-missing", kind=_kind(kind_name), id=record_id)
        )
    _files(connection, filed, found)
    if not append_only.protected(connection):
        found.problems.append(say("trail.unprotected"))
    return found


def _chain(
    connection: sa.Connection,
    key: bytes,
    chain: str,
    found: Found,
    filed: dict[str, str],
) -> dict[tuple[str, str], tuple[int, str, int]]:
    """Follow the chain; version, state and form of the newest entry of each record.

    `filed` gets the SHA-256 of each file that a report was filed with, and its report.
    """
    newest: dict[tuple[str, str], tuple[int, str, int]] = {}
    last_at = None
    query = sa.select(entry).order_by(entry.c.chain, entry.c.seq)
    for row in _rows(connection, query):
        seq = found.head.seq + 1
        if row["seq"] != seq or row["chain"] != chain:
            found.problems.append(say("trail.entry-missing", seq=seq))
        sealed = trail.seal(key, found.head.head, row)
        if not hmac.compare_digest(sealed, row["head"]):
            found.problems.append(say("trail.entry-changed", seq=row["seq"]))
        if last_at is not None and row["at"] < last_at:
            found.notes.append(say("trail.clock-went-back", seq=row["seq"]))
        last_at = row["at"]
        found.head = Head(row["seq"], row["head"])
        record = row["kind"], row["record_id"]
        if row["version"] != newest.get(record, (0,))[0] + 1:
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
) -> None:
    for row in _rows(connection, sa.select(kind.table).order_by(kind.table.c.id)):
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
