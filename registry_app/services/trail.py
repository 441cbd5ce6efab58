"""The trail: read, and checked as a whole."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from registry_app.domain.errors import Refused
from registry_app.domain.message import Message, say
from registry_app.domain.rights import Deed
from registry_app.domain.seal import TrailSeal
from registry_app.domain.signature import Signature
from registry_app.domain.trail import Entry, Head
from registry_app.services.desk import Desk
from registry_app.services.hiding import check_all_shown
from registry_app.services.rights import needs
from registry_app.storage import planned, seals, signed, trail
from registry_app.storage.check import Found, no_going
from registry_app.storage.follow import Going
from registry_app.storage.work import Reading

#: How much of a check is done once the pages of the file are read.
_PAGES: Final = 0.2


@needs(Deed.LOOK)
def trail_entries(
    desk: Desk,
    record_kind: str | None = None,
    record_id: str | Collection[str] | None = None,
    newest: int | None = None,
) -> list[Entry]:
    """Entries, the newest first: of all, of a kind of record, of some records.

    Raises Refused while anything is hidden from the person at the desk.
    """
    check_all_shown(desk)
    with desk.read() as reading:
        ids = [record_id] if isinstance(record_id, str) else record_id
        return list(
            trail.entries(reading.connection, kind=record_kind, ids=ids, newest=newest)
        )


@needs(Deed.OWN)
def head(desk: Desk) -> Head:
    """The end of the trail: print it outside the file, and nothing can be cut off."""
    with desk.read() as reading:
        return trail.newest(reading.connection, desk.registry.site)


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the whole registry has found; no problems: all is well.

    `notes` are worth saying and no sign of tampering: the clock was set back.
    """

    entries: int
    head: str
    problems: tuple[Message, ...]
    notes: tuple[Message, ...] = ()


@needs(Deed.LOOK)
def verify(desk: Desk, going: Going = no_going) -> Verified:
    """Check the file, the trail from its start, and every record against it.

    Where the file is too damaged to be read to its end, that alone is told. `going`:
    told how far it is, from 0 to 1; what it raises ends the check.
    """
    going(0.0)
    damage = [say("trail.file-damaged", what=line) for line in desk.store.damage()]
    try:
        found = desk.store.verify(lambda share: going(_PAGES + share * (1 - _PAGES)))
        if not found.problems:  # else nobody knows what the signatures are of
            with desk.read() as reading:
                given = reading.find(Signature)
                forged = signed.problems(reading.connection, desk.registry.id, given)
                found.problems.extend(forged)
                _seals(desk, reading, found)
        problems = (*damage, *found.problems)
        if not problems:  # what was changed past the program is no ground for a plan
            problems = tuple(_plan_made_again(desk))
    except Refused as refusal:
        return Verified(0, "", (*damage, refusal.message))
    torn = [] if desk.store.slots_whole() else [say("trail.slots-torn")]
    return Verified(found.head.seq, found.head.head, problems, (*torn, *found.notes))


@needs(Deed.LOOK)
def stands(desk: Desk, printed: Head) -> bool:
    """Whether the trail still says at an entry what a paper says of it.

    A head is printed on each report and on the monthly control sheet. Raises Refused
    where the trail is shorter than that: its end was cut off, or it is an older copy.
    """
    with desk.read() as reading:
        end = trail.newest(reading.connection, desk.registry.site)
        there = trail.entry_at(reading.connection, printed.seq)
    if there is None:
        raise Refused("trail.shorter-than-paper", seq=printed.seq, last=end.seq)
    return there.head == printed.head


def _seals(desk: Desk, reading: Reading, found: Found) -> None:
    """Every seal of a person, and what they wrote under none."""
    kept = reading.find(TrailSeal)
    wrong = list(seals.problems(reading.connection, desk.registry.id, kept))
    missing, notes = seals.unsealed(reading.connection, kept)
    found.problems.extend([*wrong, *missing])
    found.notes.extend(notes)


def _plan_made_again(desk: Desk) -> list[Message]:
    """The kept duties against the engine; they are derived, so they are made again."""
    with desk.read() as reading:
        differing = list(desk.planner.differing(reading))
    if not differing:
        return []
    with desk.begin() as work:
        for one in differing:  # a row may stand under another case than its own
            planned.put(work, one, ())
        desk.planner.make_again(work, differing)
    return [say("trail.plan-made-again", count=len(differing))]
