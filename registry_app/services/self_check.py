"""The self-check: program, file, trail, backups, packs, fonts, clock, room, place.

It tells nothing of any patient: a support bundle holds what it says.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Final, TypeAlias

from registry_app.domain.checkup import CheckItem, Health
from registry_app.domain.dates import TOKYO
from registry_app.domain.errors import RegistryError
from registry_app.domain.message import Message, say
from registry_app.domain.rights import Deed
from registry_app.domain.trouble import ClockJump
from registry_app.packs.loader import load_pack, pack_ids
from registry_app.paths import RESOURCES
from registry_app.reports import fonts
from registry_app.services.backup_warnings import backup_warnings
from registry_app.services.backups import check_places, generations
from registry_app.services.desk import Desk
from registry_app.services.places import Trait, place_warnings, still_there
from registry_app.services.program import code_hash, program
from registry_app.services.rights import needs
from registry_app.services.trail import verify
from registry_app.storage import migrate, place, trail
from registry_app.words import Language, Words

Going: TypeAlias = Callable[[float], None]
_MIB: Final = 1 << 20
#: Two computers may differ by so much.
_SLACK: Final = timedelta(minutes=5)
#: What each part costs, of the whole.
_SHARE: Final = 0.9


def no_going(_share: float) -> None:
    """Nobody asks how far it is."""


@needs(Deed.LOOK)
def self_check(desk: Desk, going: Going = no_going) -> tuple[CheckItem, ...]:
    """Look at all of it; the whole trail, and every record against it.

    `going`: told how far it is, from 0 to 1; what it raises ends the check.
    """
    return (
        _program(),
        *_file_and_trail(desk, going),
        _told("backups", partial(_backups, desk)),
        _told("packs", _packs),
        _told("fonts", _fonts),
        _told("clock", partial(_clock, desk)),
        *_places(desk),
    )


Found: TypeAlias = tuple[Health, tuple[Message, ...]]


def _told(name: str, look: Callable[[], Found]) -> CheckItem:
    """What a look at one thing has found; that it was refused is found, too."""
    try:
        health, said = look()
    except RegistryError as refusal:
        return CheckItem(name, Health.WRONG, (refusal.message,))
    return CheckItem(name, health, said)


def _program() -> CheckItem:
    said = say(
        "self_check.program",
        program=program(),
        sha256=code_hash() or say("self_check.no-sources"),
        revision=migrate.HEAD,
    )
    return CheckItem("program", Health.GOOD, (said,))


def _file_and_trail(desk: Desk, going: Going) -> Iterator[CheckItem]:
    found = verify(desk, lambda share: going(share * _SHARE))
    torn = desk.store.damage()
    size = desk.path.stat().st_size if desk.path.exists() else 0
    said = say("self_check.file", mib=f"{size / _MIB:.1f}")
    gone = still_there(desk)
    wrong = tuple(say("trail.file-damaged", what=line) for line in torn)
    wrong = (*wrong, gone) if gone else wrong
    yield CheckItem("file", Health.WRONG if wrong else Health.GOOD, (said, *wrong))
    about = say("self_check.trail", entries=found.entries, head=found.head)
    problems = [one for one in found.problems if one not in wrong]
    count = say("self_check.problems", count=len(problems))
    told = [_without_record(one) for one in problems]
    health = Health.WRONG if problems else Health.GOOD
    if health is Health.GOOD and found.notes:
        health = Health.LOOK
    yield CheckItem(
        "trail",
        health,
        (about, *((count, *told[:3]) if told else ()), *found.notes[:3]),
    )


def _without_record(problem: Message) -> Message:
    """What is wrong, by its key: `verify` names the record, and a bundle must not."""
    return say("self_check.problem", rule=problem.key)


def _backups(desk: Desk) -> Found:
    if desk.registry.training:
        return Health.GOOD, (say("self_check.no-backup-of-training"),)
    made = generations(desk)
    warned = backup_warnings(desk)
    said = [say("self_check.no-backup")]
    if made:
        newest = made[0]
        at = newest.record.at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")
        there = sum(one.there for one in made)
        proved = sum(one.proved for one in made)
        count = len(made)
        said = [
            say("self_check.backups", at=at, made=count, there=there, proved=proved)
        ]
    troubles = check_places(desk)
    health = Health.LOOK if warned else Health.GOOD
    if troubles or any(one.red for one in warned):
        health = Health.WRONG
    return health, (*said, *(one.said for one in warned), *troubles)


def _packs() -> Found:
    names, wrong = [], []
    for name in pack_ids():
        try:
            pack = load_pack(name)
        except RegistryError as refusal:
            wrong.append(say("self_check.pack-wrong", pack=name, why=refusal.message))
        else:
            names.append(f"{pack.id} {pack.version}")
    said = say("self_check.packs", packs=", ".join(names))
    return (Health.WRONG if wrong else Health.GOOD), (said, *wrong)


def _fonts() -> Found:
    written = Words(Language.JA)("self_check.fonts-sample")
    there = sorted(one.name for one in (RESOURCES / "fonts").glob("*.ttf"))
    try:
        fonts.register()
        missing = "".join(sorted(fonts.missing(written)))
    except OSError:
        missing = written
    if missing:
        return Health.WRONG, (say("self_check.fonts-missing", missing=missing),)
    return Health.GOOD, (say("self_check.fonts", fonts=", ".join(there)),)


def _clock(desk: Desk) -> Found:
    now = desk.clock()
    with desk.read() as reading:
        jumps = len(reading.find(ClockJump))
        newest = trail.newest_at(reading.connection, desk.registry.site)
    zone = now.astimezone().strftime("%Y-%m-%d %H:%M %z")
    said = say("self_check.clock", now=zone, jumps=jumps)
    if newest is not None and now < newest - _SLACK:
        at = newest.astimezone().strftime("%Y-%m-%d %H:%M")
        return Health.WRONG, (said, say("self_check.clock-behind", at=at))
    return Health.GOOD, (said,)


def _places(desk: Desk) -> Iterator[CheckItem]:
    warned = place_warnings(desk.path)
    room = [one.message for one in warned if one.trait is Trait.SPACE]
    where = [one.message for one in warned if one.trait is not Trait.SPACE]
    try:
        free = place.room(desk.path) // _MIB
    except OSError:
        free = 0
    said = say("self_check.space", free=f"{free:,}")
    yield CheckItem("space", Health.LOOK if room else Health.GOOD, (said, *room))
    good = (say("self_check.place"),)
    yield CheckItem(
        "place", Health.LOOK if where else Health.GOOD, tuple(where) or good
    )
