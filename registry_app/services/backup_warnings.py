"""What is to be told about backups: none, too old, not proved, a medium to connect."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from registry_app.domain.dates import TOKYO
from registry_app.domain.keeping import Backup, Drill, Place, Restored
from registry_app.domain.message import Message, say
from registry_app.domain.policy import Policy
from registry_app.domain.rights import Deed
from registry_app.services.backups import anything_since, folders
from registry_app.services.desk import Desk
from registry_app.services.policy import policy
from registry_app.services.rights import needs
from registry_app.storage import trail

#: A backup by time that is late by so many turns is missed.
_TURNS: Final = 3
#: How old the newest may be where none is made by time; and a registry without one.
_DAYS: Final = timedelta(days=7)


class Remedy(StrEnum):
    """What helps against a warning."""

    PLACE = "place"
    BACKUP = "backup"
    DRILL = "drill"
    DETACHED = "detached"
    SETTLE = "settle"


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning, the worst first. `red`: data may be lost; else it is a reminder."""

    said: Message
    remedy: Remedy
    red: bool


@needs(Deed.OWN)
def backup_warnings(desk: Desk) -> tuple[Warned, ...]:
    """What is wrong with the backups now; of a training registry nothing is told."""
    if desk.registry.training:
        return ()
    with desk.read() as reading:
        copies = reading.find(Backup)
        proofs = reading.find(Drill)
        unsettled = reading.find(Restored, settled=False)
        first = trail.entry_at(reading.connection, 1)
        kept = [one for one in copies if one.place is not Place.DETACHED]
        last = max(kept, key=lambda one: one.at, default=None)
        new = anything_since(reading, last.seq if last else 0)
    born = first.at if first else desk.clock()
    known, now = policy(desk), desk.clock()
    found = [
        *_copies(known, last, now, born, new=new),
        *_proofs(known, copies, proofs, now),
        *_detached(known, copies, now, born),
    ]
    if unsettled:
        said = say("backup.restore-unsettled", day=_day(unsettled[0].at))
        found.append(Warned(said, Remedy.SETTLE, red=False))
    return tuple(sorted(found, key=lambda one: not one.red))


def _copies(
    known: Policy, last: Backup | None, now: datetime, born: datetime, *, new: bool
) -> Iterator[Warned]:
    if not folders(known):
        yield Warned(say("backup.warn-no-place"), Remedy.PLACE, red=True)
        return
    hours = known.backup_hours
    most = max(timedelta(hours=_TURNS * hours), timedelta(days=1)) if hours else _DAYS
    if last is None:
        if now - born > timedelta(days=1):
            yield Warned(say("backup.warn-none"), Remedy.BACKUP, red=True)
        return
    if now - last.at > most and new:
        said = say("backup.warn-old", day=_day(last.at), days=(now - last.at).days)
        yield Warned(said, Remedy.BACKUP, red=True)


def _proofs(
    known: Policy,
    copies: tuple[Backup, ...],
    proofs: tuple[Drill, ...],
    now: datetime,
) -> Iterator[Warned]:
    if not copies:
        return
    last = max(proofs, key=lambda one: one.at, default=None)
    if last is not None and last.problem:
        said = say("backup.warn-drill-failed", day=_day(last.at))
        yield Warned(said, Remedy.DRILL, red=True)
        return
    sound = max((one.at for one in proofs if not one.problem), default=None)
    since = sound or min(one.at for one in copies)
    if now - since <= timedelta(days=known.drill_days):
        return
    days = (now - since).days
    key = "backup.warn-proof-old" if sound else "backup.warn-never-proved"
    yield Warned(say(key, day=_day(since), days=days), Remedy.DRILL, red=True)


def _detached(
    known: Policy, copies: tuple[Backup, ...], now: datetime, born: datetime
) -> Iterator[Warned]:
    if not known.detached_days:
        return
    taken = (one.at for one in copies if one.place is Place.DETACHED)
    last = max(taken, default=born)
    if now - last > timedelta(days=known.detached_days):
        said = say("backup.warn-detached", days=(now - last).days)
        yield Warned(said, Remedy.DETACHED, red=False)


def _day(at: datetime) -> str:
    return f"{at.astimezone(TOKYO):%Y-%m-%d}"
