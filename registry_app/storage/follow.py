"""The chain of the trail, followed from one end to the other, and what it seals.

Of each entry some forty bytes are kept, so that a trail of millions can be checked.
"""

import hmac
import json
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Final, NamedTuple, TypeAlias

import sqlalchemy as sa

from registry_app.domain.message import Message, say
from registry_app.domain.trail import Head
from registry_app.storage import trail
from registry_app.storage.kinds import KINDS
from registry_app.storage.prepared import Prepared
from registry_app.storage.tables import entry

#: Told how far a check is, from 0 to 1; what it raises ends the check.
Going: TypeAlias = Callable[[float], None]
#: How often it is told, in entries or records.
STEP: Final = 4_096
#: The bytes of a SHA-256.
_LONG: Final = 32
_NO_STATE: Final = bytes(_LONG)
_ALL: Final = Prepared(sa.select(entry).order_by(entry.c.chain, entry.c.seq), *entry.c)
_NEWER: Final = Prepared(
    sa.select(entry)
    .where(entry.c.chain == sa.bindparam("chain"))
    .where(entry.c.seq > sa.bindparam("after"))
    .order_by(entry.c.seq),
    *entry.c,
)
#: Answered by the index alone.
_OF_KIND: Final = Prepared(
    sa.select(entry.c.record_id, entry.c.seq)
    .where(entry.c.kind == sa.bindparam("kind"))
    .order_by(entry.c.record_id, entry.c.seq),
    entry.c.record_id,
    entry.c.seq,
)


@dataclass
class Found:
    """What a check of the trail has found.

    `problems`: somebody went past the program. `notes`: nobody did, but say so.
    """

    head: Head = field(default_factory=lambda: Head(0, trail.GENESIS))
    problems: list[Message] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


class End(NamedTuple):
    """What the newest entry of a record says of it."""

    id: str
    version: int
    state: str
    form: int


class Followed:
    """What the entries that were followed seal, by the record that each is of.

    `filed`: the SHA-256 of each file that a report was filed with, and its report.
    """

    def __init__(self, since: int) -> None:
        self.filed: dict[str, str] = {}
        self.kinds: set[str] = set()
        self._since = since
        self._versions, self._forms = array("q"), array("B")
        self._states = bytearray()
        #: Where entries stand that are not where their number says.
        self._odd: dict[int, int] = {}
        #: Of a few entries, which are of which record: the index holds all there are.
        self._few: dict[str, dict[str, list[int]]] = {}

    def __len__(self) -> int:
        return len(self._versions)

    def add(
        self, seq: int, kind: str, record_id: str, version: int, state: str, form: int
    ) -> int:
        """One more entry; how many there are then."""
        place = len(self._versions)
        if seq != self._since + place + 1:
            self._odd[seq] = place
        self._versions.append(version)
        self._forms.append(form)
        self._states += _bytes(state)
        self.kinds.add(kind)
        if self._since:
            self._few.setdefault(kind, {}).setdefault(record_id, []).append(seq)
        return place + 1

    def ends(self, connection: sa.Connection, kind: str, found: Found) -> Iterator[End]:
        """Each record of a kind in the order of ids, as its newest entry leaves it.

        One whose versions do not follow each other was removed, and written again as
        if it never had been.
        """
        for record_id, seqs in self._records(connection, kind):
            before = None if self._since else 0
            place = -1
            for seq in seqs:
                place = self._odd.get(seq, seq - self._since - 1)
                version = self._versions[place]
                if before is not None and version != before + 1:
                    told = {"kind": kind_name(kind), "id": record_id}
                    found.problems.append(say("trail.record-missing", **told))
                before = version
            at = place * _LONG
            state = self._states[at : at + _LONG].hex()
            yield End(record_id, self._versions[place], state, self._forms[place])

    def _records(
        self, connection: sa.Connection, kind: str
    ) -> Iterator[tuple[str, list[int]]]:
        if self._since:
            yield from sorted(self._few.get(kind, {}).items())
            return
        rows = _OF_KIND.rows(connection, {"kind": kind})
        for record_id, group in groupby(rows, key=lambda row: row[0]):
            yield record_id, [seq for _, seq in group]


def follow(
    connection: sa.Connection, key: bytes, chain: str, found: Found, going: Going
) -> Followed:
    """Follow the chain from the head that `found` has; that is its end then."""
    since = found.head.seq
    followed = Followed(since)
    left = max(trail.newest(connection, chain).seq - since, 1)
    last_at: datetime | None = None
    sealing, add = trail.Sealing(key), followed.add
    last, before = since, found.head.head
    rows = _NEWER if since else _ALL
    asked = {"after": since, "chain": chain}
    try:
        for row in rows.rows(connection, asked):
            (of_chain, seq, at, *_, head, form, changes) = row
            kind, record_id, version, _, state = row[7:12]
            if seq != last + 1 or of_chain != chain:
                found.problems.append(say("trail.entry-missing", seq=last + 1))
            if not hmac.compare_digest(sealing.head(before, row), head):
                found.problems.append(say("trail.entry-changed", seq=seq))
            if kind == "clock_jump":
                found.notes.append(_jump(seq, changes))
            elif last_at is not None and at < last_at:
                found.notes.append(say("trail.clock-went-back", seq=seq))
            last, before, last_at = seq, head, at
            done = add(seq, kind, record_id, version, state, form)
            if kind == "report":
                _note_file(record_id, changes, followed.filed)
            if done % STEP == 0:
                going(min(done / left, 1.0))
    finally:
        found.head = Head(last, before)
    return followed


def _bytes(state: object) -> bytes:
    """A state; what is none is that of no record."""
    try:
        made = bytes.fromhex(str(state))
    except ValueError:
        return _NO_STATE
    return made if len(made) == _LONG else _NO_STATE


def _jump(seq: int, changes: str) -> Message:
    """The clock was moved, and the program has said so then."""
    told = json.loads(changes)
    moved = {name: _minute(told[name][1]) for name in ("before", "after")}
    return say("trail.clock-jumped", seq=seq, **moved)


def _minute(text: str) -> str:
    return datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M UTC")


def _note_file(record_id: str, said: str, filed: dict[str, str]) -> None:
    """A report's entry names the file that was kept with it; the oldest have none."""
    changes = json.loads(said)
    if "digest" in changes or record_id in filed.values():
        _, sha256 = changes.get("sha256", (None, None))
        if sha256:
            filed[sha256] = record_id


def kind_name(name: str) -> Message:
    """A kind of record in words."""
    known = any(kind.name == name for kind in KINDS)
    return say(f"trail.kind-{name if known else 'unknown'}")
