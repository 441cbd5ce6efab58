"""The whole trail, or what is wanted of it, as files that others can read and check.

JSONL: one entry a line, as it is sealed, the oldest first, with its state and its
head. CSV: one line a change, first values too, with the words of record and item.
Neither is held in memory: the lines come one by one.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from registry_app.domain.handover import Outgoing
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Subject
from registry_app.domain.trail import Change, Entry, Plain
from registry_app.domain.trail_query import TrailQuery
from registry_app.services.desk import Desk
from registry_app.services.rights import needs
from registry_app.services.trail_search import oldest_first
from registry_app.services.trail_words import item_text, kind_text, value_text
from registry_app.storage.check import no_going
from registry_app.storage.disk import write_lines
from registry_app.storage.follow import Going
from registry_app.words import Language, Words

#: What stands at the beginning of a CSV file, so that Excel reads it as UTF-8.
BOM: Final = "\ufeff"
CSV_COLUMNS: Final = (
    *("seq", "at", "person", "workstation", "program", "engine", "kind", "record"),
    *("version", "patient", "item", "old", "new", "reason", "state", "head"),
    *("kind_in_words", "item_in_words", "old_in_words", "new_in_words"),
)


@needs(Deed.LOOK)
def outgoing_trail(desk: Desk, what: str, query: TrailQuery) -> Outgoing:
    """What leaves, for the access log. `what`: trail-csv or trail-jsonl."""
    with desk.read() as reading:
        subjects = [one.id for one in reading.find(Subject)]
    if query.subject_id:
        subjects = [one for one in subjects if one == query.subject_id]
    return Outgoing(what, tuple(subjects), CSV_COLUMNS, export=True, identifiable=True)


@needs(Deed.LOOK)
def trail_jsonl(
    desk: Desk, query: TrailQuery, going: Going = no_going
) -> Iterator[str]:
    """Lines of JSON, one for each entry, the oldest first.

    `going`: told how much was looked through, 0 to 1; what it raises ends it.
    """
    for entry, patient in oldest_first(desk, query, going):
        yield json.dumps(as_data(entry, patient), ensure_ascii=False) + "\n"


@needs(Deed.LOOK)
def trail_csv(
    desk: Desk, query: TrailQuery, language: Language, going: Going = no_going
) -> Iterator[str]:
    """Lines of CSV, one for each change, the oldest first; a BOM before the first."""
    words = Words(language)
    yield BOM + _line(CSV_COLUMNS)
    for entry, patient in oldest_first(desk, query, going):
        for change in entry.changes:
            yield _line(_cells(words, entry, patient, change))


@needs(Deed.LOOK)
def export_trail(
    desk: Desk,
    query: TrailQuery,
    what: str,
    language: Language,
    out: Path,
    going: Going = no_going,
) -> None:
    """Write a new file, whole or not at all. `what`: trail-csv or trail-jsonl.

    `going`: told how far it is, 0 to 1; what it raises leaves no file. Raises Refused
    where the disk cannot take it.
    """
    if what == "trail-csv":
        lines = trail_csv(desk, query, language, going)
    else:
        lines = trail_jsonl(desk, query, going)
    write_lines(out, lines)


def as_data(entry: Entry, patient: str) -> dict[str, object]:
    """An entry as the data of one line of JSON; its changes as they are sealed."""
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "person": entry.actor,
        "workstation": entry.workstation,
        "program": entry.program,
        "engine": entry.engine,
        "kind": entry.kind,
        "record": entry.id,
        "version": entry.version,
        "patient": patient or None,
        "reason": entry.reason,
        "changes": [
            {"item": one.item, "old": one.old, "new": one.new} for one in entry.changes
        ],
        "state": entry.state,
        "head": entry.head,
        "form": entry.form,
    }


def _cells(words: Words, entry: Entry, patient: str, change: Change) -> list[str]:
    kind = entry.kind
    return [
        *(str(entry.seq), entry.at.isoformat(), entry.actor, entry.workstation),
        *(entry.program, entry.engine, kind, entry.id, str(entry.version), patient),
        *(change.item, _stored(change.old), _stored(change.new), entry.reason),
        *(entry.state, entry.head, kind_text(words, kind)),
        item_text(words, kind, change.item),
        value_text(words, kind, change, change.old),
        value_text(words, kind, change, change.new),
    ]


def _stored(value: Plain) -> str:
    """A value as it is stored; nothing for none."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _line(cells: Sequence[str]) -> str:
    """One line of CSV (RFC 4180); no cell begins a formula of a spreadsheet."""
    out = io.StringIO()
    csv.writer(out).writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
