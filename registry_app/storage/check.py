"""The trail from its first entry, and every record against its newest one."""

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from registry_app.domain.message import Message, say
from registry_app.domain.trail import Head
from registry_app.storage import append_only, trail
from registry_app.storage.derived import ENGINE
from registry_app.storage.kinds import KINDS
from registry_app.storage.records import Kind
from registry_app.storage.report_tables import report, report_file
from registry_app.storage.tables import entry

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
    newest = _chain(connection, key, chain, found)
    for kind in KINDS:
        _records(connection, kind, newest, found)
    for kind_name, record_id in sorted(newest):
        found.problems.append(
            say("trail.record-missing", kind=_kind(kind_name), id=record_id)
        )
    _files(connection, found)
    if not append_only.protected(connection):
        found.problems.append(say("trail.unprotected"))
    return found


def _chain(
    connection: sa.Connection, key: bytes, chain: str, found: Found
) -> dict[tuple[str, str], tuple[int, str, int]]:
    """Follow the chain; version, state and form of the newest entry of each record."""
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
        newest[row["kind"], row["record_id"]] = (
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


def _files(connection: sa.Connection, found: Found) -> None:
    """Every file against its SHA-256, and every filed report against its files.

    A report without a digest was filed by its SHA-256 alone.
    """
    kept: set[str] = set()
    for row in _rows(connection, sa.select(report_file)):
        kept.add(row["sha256"])
        if hashlib.sha256(row["content"]).hexdigest() != row["sha256"]:
            found.problems.append(say("trail.file-changed", id=row["report"]))
    filed = sa.select(report.c.id, report.c.sha256).where(report.c.digest != "")
    for row in _rows(connection, filed.order_by(report.c.id)):
        if row["sha256"] not in kept:
            found.problems.append(say("trail.file-missing", id=row["id"]))


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
