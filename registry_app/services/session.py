"""A sitting at a registry, from the sign-in to the sign-out.

At its end the person's own key seals the trail: whoever makes the chain anew later,
with the keys of the file, cannot make that seal.
"""

from dataclasses import dataclass, replace

from registry_app.domain.errors import RegistryError
from registry_app.domain.message import Message
from registry_app.domain.rights import Deed
from registry_app.domain.seal import TrailSeal
from registry_app.domain.trail import Head
from registry_app.services.access import write_access
from registry_app.services.backups import on_close
from registry_app.services.desk import Desk
from registry_app.services.rights import needs
from registry_app.storage import seals, signed, trail


@dataclass(frozen=True, slots=True)
class Arrival:
    """What was found at sign-in in what was written since the last seal.

    `checked`: how many entries that was. No `problems`: it is as it was left. The whole
    trail is for `trail.verify`.
    """

    checked: int
    problems: tuple[Message, ...]
    notes: tuple[Message, ...]


@needs(Deed.OWN)
def arrive(desk: Desk) -> Arrival:
    """Check what was written since the newest seal, and the newest seal of each person.

    Then seal what this person has left unsealed: the sitting before was cut short. A
    file that cannot be read to its end is a problem like any other, and no refusal.
    """
    try:
        since, wrong = _newest_seal(desk)
        if since is None or wrong:
            return Arrival(0, wrong, ())
        found = desk.store.verify_since(since)
        if not found.problems and desk.store.shown is None:
            seal_trail(desk)
    except RegistryError as refusal:
        return Arrival(0, (refusal.message,), ())
    checked = found.head.seq - since.seq
    return Arrival(checked, tuple(found.problems), tuple(found.notes))


def _newest_seal(desk: Desk) -> tuple[Head | None, tuple[Message, ...]]:
    """The newest head that anybody has sealed, and what is wrong with the seals."""
    with desk.read() as reading:
        newest = seals.newest_of_each(reading.find(TrailSeal))
        wrong = seals.problems(reading.connection, desk.registry.id, newest)
        told = tuple(wrong)
    last = max(newest, key=lambda one: one.seq, default=None)
    return Head(last.seq, last.head) if last else None, told


@needs(Deed.OWN)
def seal_trail(desk: Desk) -> TrailSeal | None:
    """Seal the trail with the person's own key; None: there is nothing new of theirs.

    It says that the trail stood at its newest entry with its head.
    """
    with desk.begin() as work:
        own = work.find(TrailSeal, person=desk.person.id)
        last = max((one.seq for one in own), default=0)
        if not seals.wrote_since(work.connection, desk.person.id, last):
            return None
        end = trail.newest(work.connection, desk.registry.site)
        new = TrailSeal(
            id=f"{end.seq}:{desk.person.id}"[:64],
            person=desk.person.id,
            seq=end.seq,
            head=end.head,
            at=desk.clock(),
            public_key=desk.own.signing,
            signed="",
        )
        made = desk.own.sign(seals.statement(desk.registry.id, new))
        return work.save(replace(new, signed=signed.text(made)))


@needs(Deed.OWN)
def leave(desk: Desk) -> tuple[Message, ...]:
    """What is done as somebody signs out, before `desk.close`.

    What they looked at is written into the access log, and the trail is sealed.

    Nothing that fails here keeps anybody: it is told, and the file is closed then. Of
    a desk that only reads nothing can be kept (services/reading.py).
    """
    if desk.store.shown is not None:
        return ()
    troubles: list[Message] = []
    for last in (write_access, on_close, seal_trail):
        try:
            last(desk)
        except RegistryError as refusal:
            troubles.append(refusal.message)
    return tuple(troubles)
