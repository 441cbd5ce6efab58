"""What a person's seal of the trail says, and whether the trail still says the same.

The chain holds against whoever has no trail key. Who has it may make the chain anew
from any entry on; the seals of the others they cannot make, and those that they leave
name a head that is no longer there.
"""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from registry_app.domain.message import Message, say
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.seal import TrailSeal
from registry_app.storage import signed
from registry_app.storage.tables import canonical, entry
from registry_app.storage.trail import CHAIN

#: Stands for good: another form of a statement gets another number.
_LABEL: Final = "registry-app trail seal 1"
#: What somebody wrote, and did not seal for so long, is not one sitting cut short.
_LONGEST_SITTING: Final = timedelta(days=31)


def statement(registry_id: str, one: TrailSeal) -> bytes:
    """All that a seal says, of which registry, with its public key."""
    said = (one.id, one.person, one.seq, one.head, one.at.isoformat(), one.public_key)
    return canonical([_LABEL, registry_id, *said]).encode()


def problems(
    connection: sa.Connection, registry_id: str, seals: Collection[TrailSeal]
) -> Iterator[Message]:
    """Seals that their person's key has not made, or of a trail that is another now."""
    keys = signed.keys_of_people(connection)
    heads = _heads(connection, {one.seq for one in seals})
    for one in seals:
        own = {key for _, key in keys.get(one.person, []) if key}
        said = statement(registry_id, one)
        made = signed.made_by(one.public_key, one.signed, said)
        if one.public_key not in own or not made:
            yield say("trail.seal-not-theirs", seq=one.seq, person=one.person)
        elif heads.get(one.seq) != one.head:
            yield say("trail.seal-of-another", seq=one.seq, person=one.person)


def unsealed(
    connection: sa.Connection, seals: Collection[TrailSeal]
) -> tuple[list[Message], list[Message]]:
    """Problems and notes about what people wrote and their own key has not sealed.

    A sitting that ended in a power cut leaves such entries until its person signs in
    again: that is a note. Of many days it is a problem: their seals were taken away.
    Nothing is said of a trail without any seal: an older program made it.
    """
    problems: list[Message] = []
    notes: list[Message] = []
    if not seals:
        return problems, notes
    for person in signed.keys_of_people(connection):
        last = max((one.seq for one in seals if one.person == person), default=0)
        where = sa.and_(
            entry.c.actor == person,
            entry.c.seq > last,
            entry.c.kind != "trail_seal",
        )
        query = sa.select(
            sa.func.count(), sa.func.min(entry.c.at), sa.func.max(entry.c.at)
        ).where(where)
        count, first, newest = connection.execute(query).one()
        if not count:
            continue
        days = {"first": day_in_japan(first), "last": day_in_japan(newest)}
        told = {"person": person, "count": count, **days}
        if newest - first > _LONGEST_SITTING:
            problems.append(say("trail.seals-missing", **told))
        else:
            notes.append(say("trail.unsealed", **told))
    return problems, notes


def newest_of_each(seals: Collection[TrailSeal]) -> list[TrailSeal]:
    """The newest seal of each person."""
    found: dict[str, TrailSeal] = {}
    for one in sorted(seals, key=lambda seal: seal.seq):
        found[one.person] = one
    return list(found.values())


def wrote_since(connection: sa.Connection, person: str, seq: int) -> bool:
    """Whether somebody wrote an entry after this one, other than their seals."""
    query = (
        sa.select(entry.c.seq)
        .where(entry.c.actor == person, entry.c.seq > seq)
        .where(entry.c.kind != "trail_seal")
        .limit(1)
    )
    return connection.execute(query).first() is not None


def _heads(connection: sa.Connection, wanted: Collection[int]) -> dict[int, str]:
    """The head at each of these entries."""
    found: dict[int, str] = {}
    asked = sorted(wanted)
    for at in range(0, len(asked), 500):  # SQLite takes so many values at a time
        lot = asked[at : at + 500]
        query = sa.select(entry.c.seq, entry.c.head).where(
            entry.c.chain == CHAIN, entry.c.seq.in_(lot)
        )
        found.update((row.seq, row.head) for row in connection.execute(query))
    return found
