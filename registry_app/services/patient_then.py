"""A patient as all records of theirs stood after one of their entries."""

from dataclasses import dataclass
from typing import Any

from registry_app.domain.rights import Deed
from registry_app.domain.trail import Change, Entry
from registry_app.domain.trail_query import TrailQuery
from registry_app.services.desk import Desk
from registry_app.services.hiding import check_all_shown
from registry_app.services.rights import needs
from registry_app.services.trail_search import trail_page
from registry_app.storage.kinds import KINDS
from registry_app.storage.trail_of_patient import records_of


@dataclass(frozen=True, slots=True)
class Stood:
    """One item of a record, and what stood there: `value.new`."""

    kind: str
    id: str
    version: int
    value: Change


@needs(Deed.LOOK)
def own_entries(desk: Desk, subject_id: str, most: int = 5_000) -> tuple[Entry, ...]:
    """The patient's own entries, the oldest first: each a state that there was."""
    found = trail_page(desk, TrailQuery(subject_id=subject_id), most=most)
    return tuple(reversed(found.entries))


@needs(Deed.LOOK)
def patient_then(desk: Desk, subject_id: str, seq: int) -> tuple[Stood, ...]:
    """Every record of a patient as of an entry, item by item; none before the first.

    Raises Refused while anything is hidden from the person at the desk.
    """
    check_all_shown(desk)
    with desk.read() as reading:
        ids = records_of(reading.connection, subject_id)
    found: list[Stood] = []
    with desk.read(seq) as reading:
        for kind in KINDS:
            if not ids.get(kind.name):
                continue
            records: tuple[Any, ...] = reading.find(kind.type, id=list(ids[kind.name]))
            for record in records:
                for item, value in kind.plain(record).items():
                    parts = value.items() if isinstance(value, dict) else ()
                    if not parts:
                        at = Change(item, None, value)
                        found.append(Stood(kind.name, record.id, record.version, at))
                    for key, inner in parts:
                        at = Change(f"{item}.{key}", None, inner)
                        found.append(Stood(kind.name, record.id, record.version, at))
    return tuple(found)
