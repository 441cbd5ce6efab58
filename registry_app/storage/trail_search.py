"""Entries that are looked for, the newest first, in a trail of any length.

Nothing here reads the whole trail at once. What an index answers is answered by it;
the rest is looked through in slices, from the newest entry back, so that whoever asks
has what was found so far after each of them, and may stop.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from registry_app.domain.trail import Entry
from registry_app.storage import trail
from registry_app.storage.tables import entry
from registry_app.storage.trail_of_patient import records_of

#: Entries of the first slice; the next are larger until one takes this long.
_SLICE: Final = 2_000
_SECONDS: Final = 0.08
#: SQLite takes so many values at a time.
_MOST: Final = 500
#: Clocks are put right by less than this without a record (services/clock_watch.py).
_UNSAID: Final = timedelta(minutes=1)
#: With more jumps of the clock than this, no day is looked up beforehand.
_JUMPS: Final = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; `since` and `until` (excluded) are moments, UTC."""

    person: str = ""
    kind: str = ""
    subject_id: str = ""
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""
    item: str = ""
    record_id: str = ""

    @property
    def searched(self) -> bool:
        """Whether no index answers it, so that entries have to be looked at."""
        return bool(self.words or self.item or (self.person and self.kind))


def found(
    connection: sa.Connection, chain: str, asked: Asked, before: int, most: int
) -> Iterator[tuple[list[Entry], float, int]]:
    """Slice by slice: what it holds, how much is done (0 to 1), and where it ended.

    Only entries with a smaller number than `before`. It ends with `most` of them, or
    where the trail begins; whoever goes on asks again, before where it ended.
    """
    low, high = bounds(connection, chain, asked)
    high = min(high, before - 1)
    if asked.subject_id or asked.record_id:
        yield _of_records(connection, asked, low, high, most)
        return
    size = _SLICE if asked.searched else high - low + 1
    top, missing = high, most
    while top >= low and missing > 0:
        bottom = max(low, top - size + 1)
        begun = time.monotonic()
        got = _slice(connection, chain, asked, bottom, top, missing)
        full = len(got) == missing
        missing -= len(got)
        reached = got[-1].seq if full else bottom
        done = (high - reached + 1) / max(high - low + 1, 1)
        yield got, min(done, 1.0), 0 if reached <= low else reached
        top = reached - 1
        if time.monotonic() - begun < _SECONDS:
            size *= 2


def forward(
    connection: sa.Connection, chain: str, asked: Asked
) -> Iterator[tuple[list[Entry], float]]:
    """All that is wanted, lot by lot, the oldest first; and how much is done.

    Of one patient or one record all is found at once: it is not much.
    """
    low, high = bounds(connection, chain, asked)
    if asked.subject_id or asked.record_id:
        got, _, _ = _of_records(connection, asked, low, high, high)
        yield got[::-1], 1.0
        return
    for bottom in range(low, high + 1, _MOST):
        top = min(bottom + _MOST - 1, high)
        got = _slice(connection, chain, asked, bottom, top, _MOST)
        yield got[::-1], (top - low + 1) / (high - low + 1)


def _slice(
    connection: sa.Connection, chain: str, asked: Asked, low: int, high: int, most: int
) -> list[Entry]:
    """At most so many of what is wanted between two entries, the newest first."""
    query = sa.select(entry).where(entry.c.seq.between(low, high))
    if asked.person and asked.kind:
        # Two indices hold all that is asked here: no entry is read for it.
        both = sa.intersect(
            *(
                sa.select(entry.c.seq).where(
                    column == wanted, entry.c.seq.between(low, high)
                )
                for column, wanted in (
                    (entry.c.kind, asked.kind),
                    (entry.c.actor, asked.person),
                )
            )
        )
        query = query.where(entry.c.seq.in_(both)).where(entry.c.chain == chain)
    elif asked.person:
        query = query.where(entry.c.actor == asked.person)
    elif asked.kind:
        query = query.where(entry.c.kind == asked.kind)
    else:
        query = query.where(entry.c.chain == chain)
    query = _narrowed(query, asked).order_by(entry.c.seq.desc())
    return _first(connection, query, asked, most)


def _first(
    connection: sa.Connection, query: sa.Select[Any], asked: Asked, most: int
) -> list[Entry]:
    got: list[Entry] = []
    for row in connection.execute(query):
        one = trail.read(row._mapping)
        if _has(one, asked.item):
            got.append(one)
            if len(got) == most:
                break
    return got


def _narrowed(query: sa.Select[Any], asked: Asked) -> sa.Select[Any]:
    """What is read of the entry itself."""
    columns = entry.c
    if asked.words:
        query = query.where(columns.reason.contains(asked.words, autoescape=True))
    for name in filter(None, asked.item.partition(".")[::2]):
        query = query.where(columns.changes.contains(f'"{name}":', autoescape=True))
    if asked.since is not None:
        query = query.where(columns.at >= asked.since)
    if asked.until is not None:
        query = query.where(columns.at < asked.until)
    return query


def _has(one: Entry, item: str) -> bool:
    """Whether an entry changed an item, or any item of a field."""
    return not item or any(
        change.item == item or change.item.startswith(f"{item}.")
        for change in one.changes
    )


def _of_records(
    connection: sa.Connection, asked: Asked, low: int, high: int, most: int
) -> tuple[list[Entry], float, int]:
    """Of some records: their entries are found by an index, and there are not many."""
    if asked.record_id:
        ids: Mapping[str, Sequence[str]] = {asked.kind: [asked.record_id]}
    else:
        ids = records_of(connection, asked.subject_id, asked.kind)
    seqs: list[int] = []
    for kind, of_kind in ids.items():
        for lot in _lots(of_kind):
            query = sa.select(entry.c.seq).where(
                entry.c.kind == kind,
                entry.c.record_id.in_(lot),
                entry.c.seq.between(low, high),
            )
            # Sorted here: asked to, SQLite goes through all entries of the kind.
            seqs += connection.scalars(query).all()
    seqs.sort(reverse=True)
    got: list[Entry] = []
    for lot in _lots(seqs):
        query = sa.select(entry).where(
            entry.c.chain == trail.CHAIN, entry.c.seq.in_(lot)
        )
        if asked.person:
            query = query.where(entry.c.actor == asked.person)
        query = _narrowed(query, asked).order_by(entry.c.seq.desc())
        got += _first(connection, query, asked, most - len(got))
        if len(got) == most:
            return got, 1.0, got[-1].seq
    return got, 1.0, 0


def after_jumps(connection: sa.Connection, seqs: Sequence[int]) -> frozenset[int]:
    """Those of the entries that stand right behind a recorded jump of the clock."""
    jumped: set[int] = set()
    for lot in _lots([seq - 1 for seq in seqs]):
        query = sa.select(entry.c.seq).where(
            entry.c.kind == "clock_jump", entry.c.seq.in_(lot)
        )
        jumped.update(seq + 1 for seq in connection.execute(query).scalars())
    return frozenset(jumped)


def _lots(all_of_it: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for at in range(0, len(all_of_it), _MOST):
        yield all_of_it[at : at + _MOST]


def bounds(connection: sa.Connection, chain: str, asked: Asked) -> tuple[int, int]:
    """The first and the last entry that can be of the days that are asked for.

    Times grow with the numbers of the entries, but for recorded jumps of the clock.
    """
    last = trail.newest(connection, chain).seq
    if asked.since is None and asked.until is None:
        return 1, last
    query = sa.select(entry.c.seq).where(entry.c.kind == "clock_jump")
    jumps = sorted(connection.execute(query.limit(_JUMPS + 1)).scalars())
    if len(jumps) > _JUMPS:
        return 1, last
    low, high = last + 1, 0
    for first, end in zip(
        [1, *jumps], [*(seq - 1 for seq in jumps), last], strict=True
    ):
        begins, ends = first, end
        if asked.since is not None:
            begins = _after(connection, chain, first, end, asked.since - _UNSAID)
        if asked.until is not None:
            ends = _after(connection, chain, first, end, asked.until + _UNSAID) - 1
        if begins <= ends:
            low, high = min(low, begins), max(high, ends)
    return low, high


def _after(
    connection: sa.Connection, chain: str, low: int, high: int, at: datetime
) -> int:
    """The first entry of a stretch that is not before a moment; else the one behind."""
    high += 1
    while low < high:
        middle = (low + high) // 2
        query = sa.select(entry.c.at).where(
            entry.c.chain == chain, entry.c.seq == middle
        )
        found_at = connection.scalar(query)
        if found_at is not None and found_at < at:
            low = middle + 1
        else:
            high = middle
    return low
