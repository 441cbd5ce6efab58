"""The trail as it is looked through: a page of entries at a time, the newest first."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

from registry_app.domain.dates import TOKYO
from registry_app.domain.person import Person
from registry_app.domain.rights import Deed
from registry_app.domain.trail import Entry, Plain
from registry_app.domain.trail_query import TrailQuery
from registry_app.services.desk import Desk
from registry_app.services.hiding import check_all_shown
from registry_app.services.rights import needs
from registry_app.storage import trail_search
from registry_app.storage.trail_of_patient import patients_of
from registry_app.storage.trail_search import Asked
from registry_app.storage.work import Reading

#: Entries of a page, where nobody says otherwise.
PAGE: Final = 100
#: Behind the newest entry of any trail.
_END: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class TrailPart:
    """What was found; `older`: go on before this entry, None: the trail ends here.

    `jumps`: those of the entries right before which the clock jumped. `patients`: the
    case ID of the record of each entry, by its number, where it has one.
    """

    entries: tuple[Entry, ...]
    older: int | None
    jumps: frozenset[int]
    patients: Mapping[int, str]


#: What was found since it was told last, and how much was looked through, 0 to 1.
Going: TypeAlias = Callable[[TrailPart, float], None]


def _nothing_told(_found: TrailPart, _share: float) -> None:
    """Nobody watches."""


@needs(Deed.LOOK)
def trail_page(
    desk: Desk,
    query: TrailQuery,
    before: int | None = None,
    most: int = PAGE,
    going: Going = _nothing_told,
) -> TrailPart:
    """The newest entries that are wanted, or the newest before one.

    `going`: told what is found, part by part; what it raises ends the search. Raises
    Refused while anything is hidden from the person at the desk: it tells of everybody.
    """
    check_all_shown(desk)
    parts: list[TrailPart] = []
    with desk.read() as reading:
        connection = reading.connection
        start = _END if before is None else before
        site = desk.registry.site
        found = trail_search.found(connection, site, _asked(query), start, most)
        for entries, share, ended in found:
            parts.append(_part(reading, entries, ended))
            going(parts[-1], share)
    return TrailPart(
        tuple(entry for part in parts for entry in part.entries),
        parts[-1].older if parts else None,
        frozenset(seq for part in parts for seq in part.jumps),
        {seq: one for part in parts for seq, one in part.patients.items()},
    )


def _part(reading: Reading, entries: list[Entry], ended: int) -> TrailPart:
    connection, ids = reading.connection, dict[str, set[str]]()
    for entry in entries:
        ids.setdefault(entry.kind, set()).add(entry.id)
    patients = {
        (kind, one): patient
        for kind, of_kind in ids.items()
        for one, patient in patients_of(connection, kind, of_kind).items()
    }
    return TrailPart(
        tuple(entries),
        ended or None,
        trail_search.after_jumps(connection, [entry.seq for entry in entries]),
        {
            entry.seq: patients[entry.kind, entry.id]
            for entry in entries
            if (entry.kind, entry.id) in patients
        },
    )


@needs(Deed.LOOK)
def oldest_first(
    desk: Desk, query: TrailQuery, share: Callable[[float], None]
) -> Iterator[tuple[Entry, str]]:
    """Every entry that is wanted with its case ID or "", from the first one on.

    In one view of the file; some hundreds at a time are in memory. `share`: told how
    much was looked through, 0 to 1. Raises Refused as `trail_page` does.
    """
    check_all_shown(desk)
    with desk.read() as reading:
        connection, site = reading.connection, desk.registry.site
        for entries, done in trail_search.forward(connection, site, _asked(query)):
            part = _part(reading, entries, 0)
            for entry in entries:
                yield entry, part.patients.get(entry.seq, "")
            share(done)


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One change of one item: what stood there, what does since, how it came there.

    `how`: the provenance of a score, as it stood then (domain/visit.py: How).
    """

    entry: Entry
    old: Plain
    new: Plain
    how: str


@needs(Deed.LOOK)
def item_history(
    desk: Desk, kind: str, record_id: str, item: str
) -> tuple[ItemChange, ...]:
    """Every change of one item of one record, the newest first."""
    query = TrailQuery(kind=kind, record_id=record_id)
    entries = trail_page(desk, query, most=_END).entries
    field, _, key = item.partition(".")
    source = f"how.{key}" if key and field == "values" else ""
    how, found = "", list[ItemChange]()
    for entry in reversed(entries):
        for change in entry.changes:
            if change.item == source:
                how = str(change.new or "")
        found += [
            ItemChange(entry, change.old, change.new, how)
            for change in entry.changes
            if change.item == item
        ]
    return tuple(reversed(found))


@needs(Deed.LOOK)
def writers(desk: Desk) -> tuple[Person, ...]:
    """Everybody who may have written an entry, the retired too."""
    with desk.read() as reading:
        return reading.find(Person)


def _asked(query: TrailQuery) -> Asked:
    return Asked(
        person=query.person,
        kind=query.kind,
        subject_id=query.subject_id,
        since=_begins(query.first),
        until=_begins(query.last, timedelta(days=1)),
        words=query.words.strip(),
        item=query.item,
        record_id=query.record_id,
    )


def _begins(day: date | None, later: timedelta = timedelta()) -> datetime | None:
    """When a day begins in Japan, or one after it."""
    return None if day is None else datetime.combine(day, time(), TOKYO) + later
