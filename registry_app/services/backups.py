"""Backups: made, verified, kept in generations; by time, on close and on demand.

Only a copy that was opened and checked whole gets its name and its record. Nothing is
removed but a file that this registry made, and whose bytes are still those it wrote.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from registry_app.domain.dates import TOKYO
from registry_app.domain.errors import Refused, RegistryError
from registry_app.domain.keeping import Backup, Drill, Occasion, Place, Restored
from registry_app.domain.message import Message
from registry_app.domain.policy import Policy
from registry_app.domain.rights import Deed
from registry_app.domain.trail import Head
from registry_app.services.desk import Desk
from registry_app.services.policy import policy
from registry_app.services.rights import needs
from registry_app.storage import backup, scratch, trail
from registry_app.storage.backup import Going, nothing_told
from registry_app.storage.work import Reading

#: The ending of a backup's name.
ENDING: Final = ".registry-backup"
#: What is written about backups and sign-outs is no reason for another backup.
_OF_ITSELF: Final = frozenset({"backup", "trail_seal", "drill"})
#: Who only looked leaves a line in the access log: that can wait for the next hour.
_LOOKED: Final = frozenset({"access"})
#: So many are told of: to look for each file on another computer takes its time.
_MOST: Final = 200
#: The places that the policy names; a copy elsewhere is nobody's to remove.
_KEPT_PLACES: Final = (Place.FIRST, Place.SECOND)


@dataclass(frozen=True, slots=True)
class Generation:
    """A backup that was made; `there`: its file is; `proved`: by a drill."""

    record: Backup
    there: bool
    proved: bool


@dataclass(frozen=True, slots=True)
class Made:
    """What came of making a backup: one record a place, one trouble a place."""

    records: tuple[Backup, ...]
    troubles: tuple[Message, ...]


@needs(Deed.OWN)
def back_up(desk: Desk, occasion: Occasion, going: Going = nothing_told) -> Made:
    """Make a verified copy in each place of the policy; older ones go after it.

    One place that fails does not hide the other. `going`: told how far it is, from 0 to
    1; what it raises leaves no copy. Raises Refused where the policy names no place.
    """
    known = policy(desk)
    places = folders(known)
    if not places:
        raise Refused("backup.no-place")
    made: list[Backup] = []
    troubles: list[Message] = []
    try:
        for place, folder in places:
            scratch.sweep(folder)
            try:
                made.append(_copied(desk, place, folder, occasion, made, going))
            except RegistryError as refusal:
                troubles.append(refusal.message)
    finally:  # whoever gives up at the second place has the first
        with desk.begin() as work:
            records = tuple(work.save(one) for one in made)
    for one in records:
        troubles += _retire_older(desk, known, one)
    return Made(records, tuple(troubles))


@needs(Deed.KEEP)
def back_up_to(desk: Desk, target: Path, going: Going = nothing_told) -> Backup:
    """Make a verified copy in a folder of one's choice: a medium that is taken away.

    `target`: the folder, or the new file itself by an ending of ours. Nothing there is
    ever removed. Raises Refused where it cannot be written.
    """
    target = target.absolute()
    # Without one of our endings it is a folder: of a medium that is not connected.
    named = target.suffix in (ENDING, ".registry") and not target.is_dir()
    folder = target.parent if named else target
    scratch.try_place(folder)
    scratch.sweep(folder)
    place, occasion = Place.DETACHED, Occasion.DEMAND
    at = desk.clock()
    file = target if named else _named(desk, folder, at)
    copied = desk.store.back_up(file, going)
    with desk.begin() as work:
        return work.save(_record(desk, file, place, occasion, copied, at))


@needs(Deed.OWN)
def on_close(desk: Desk) -> None:
    """At sign-out: a backup, where the policy asks for one and something is new.

    Raises Refused with the first trouble; what could be made was made.
    """
    known = policy(desk)
    if not known.backup_on_close or not folders(known):
        return
    if not _something_new(desk, _OF_ITSELF | _LOOKED):
        return
    troubles = back_up(desk, Occasion.CLOSE).troubles
    if troubles:
        raise Refused(troubles[0].key, **troubles[0].params)


@needs(Deed.OWN)
def backup_due(desk: Desk) -> bool:
    """Whether one by time is due: the last is old, and something is new since."""
    known = policy(desk)
    if not known.backup_hours or not folders(known):
        return False
    newest = _newest(desk)
    since = desk.clock() - timedelta(hours=known.backup_hours)
    return (newest is None or newest.at <= since) and _something_new(desk)


@needs(Deed.OWN)
def check_places(desk: Desk) -> tuple[Message, ...]:
    """Which places of the policy cannot be written, and why: each is tried.

    What was left there half done, by a power cut, is removed.
    """
    found = []
    for _, folder in folders(policy(desk)):
        try:
            scratch.try_place(folder)
            scratch.sweep(folder)
        except Refused as refusal:
            found.append(refusal.message)
    return tuple(found)


def check_place(folder: Path) -> None:
    """Try to write into a folder that is to be a place. Raises Refused."""
    scratch.try_place(folder)


@needs(Deed.OWN)
def generations(desk: Desk) -> tuple[Generation, ...]:
    """The backups that were made last, the newest first; their files are looked for."""
    with desk.read() as reading:
        records = reading.find(Backup)
        proved = {one.backup for one in reading.find(Drill) if not one.problem}
    return tuple(
        Generation(one, Path(one.file).is_file(), one.id in proved)
        for one in sorted(records, key=lambda one: (one.at, one.id), reverse=True)[
            :_MOST
        ]
    )


@needs(Deed.KEEP)
def settle_restore(desk: Desk) -> None:
    """All is well after a restore: older backups may go again."""
    with desk.begin() as work:
        for one in work.find(Restored, settled=False):
            work.save(replace(one, settled=True))


def folders(known: Policy) -> tuple[tuple[Place, Path], ...]:
    """The places of a policy, and the folder of each."""
    named = zip(_KEPT_PLACES, (known.backup_place, known.second_place), strict=True)
    return tuple((place, Path(folder)) for place, folder in named if folder)


def _copied(
    desk: Desk,
    place: Place,
    folder: Path,
    occasion: Occasion,
    made: Sequence[Backup],
    going: Going,
) -> Backup:
    """A copy in a folder: of the file, or of a copy that was verified just now."""
    if not folder.is_dir():
        raise Refused("backup.no-folder", place=f"{folder}")
    at = desk.clock()
    if made:
        (first,) = made
        target = folder / Path(first.file).name
        backup.again(Path(first.file), target, first.sha256, going)
        copied = backup.Copied(first.sha256, first.size, Head(first.seq, first.head))
    else:
        target = _named(desk, folder, at)
        copied = desk.store.back_up(target, going)
    return _record(desk, target, place, occasion, copied, at)


def _record(
    desk: Desk,
    target: Path,
    place: Place,
    occasion: Occasion,
    copied: backup.Copied,
    at: datetime,
) -> Backup:
    return Backup(
        id=desk.new_id(),
        file=f"{target}",
        place=place,
        occasion=occasion,
        sha256=copied.sha256,
        size=copied.size,
        seq=copied.head.seq,
        head=copied.head.head,
        at=at,
    )


def _named(desk: Desk, folder: Path, at: datetime) -> Path:
    """Sorted by time; nothing of what is in it but how long the trail is."""
    with desk.read() as reading:
        seq = trail.newest(reading.connection, desk.registry.site).seq
    day = at.astimezone(TOKYO)
    return folder / f"{desk.path.stem}.{day:%Y-%m-%dT%H%M}.{seq}{ENDING}"


def _retire_older(desk: Desk, known: Policy, new: Backup) -> list[Message]:
    """Remove the oldest copies of a place, beyond those that the policy keeps.

    Never the newest that a drill has proved, never one whose bytes are not those that
    were written, and none as long as a restore is not settled.
    """
    with desk.read() as reading:
        if reading.find(Restored, settled=False):
            return []
        kept = _last_proved(reading)
        there = [
            one
            for one in reading.find(Backup, place=new.place)
            if Path(one.file).parent == Path(new.file).parent
            and Path(one.file).is_file()
        ]
    there.sort(key=lambda one: (one.at, one.id), reverse=True)
    troubles: list[Message] = []
    for old in there[known.backup_generations :]:
        file = Path(old.file)
        try:
            if old.id != kept and backup.digest(file) == old.sha256:
                file.unlink()
        except OSError as error:
            troubles.append(scratch.not_writable(file.parent, error).message)
    return troubles


def _last_proved(reading: Reading) -> str:
    sound = [one for one in reading.find(Drill) if not one.problem]
    newest = max(sound, key=lambda one: one.at, default=None)
    return newest.backup if newest else ""


def _newest(desk: Desk) -> Backup | None:
    with desk.read() as reading:
        kept = reading.find(Backup, place=_KEPT_PLACES)
    return max(kept, key=lambda one: one.at, default=None)


def _something_new(desk: Desk, but: frozenset[str] = _OF_ITSELF) -> bool:
    newest = _newest(desk)
    with desk.read() as reading:
        return anything_since(reading, newest.seq if newest else 0, but)


def anything_since(
    reading: Reading, seq: int, but: frozenset[str] = _OF_ITSELF
) -> bool:
    """Whether anything was written after an entry `but` about backups and sign-outs."""
    since = trail.entries(reading.connection, after=seq)
    return any(entry.kind not in but for entry in since)
