"""What is to be said of the place where a registry lies: before it is made, and after.

A place that is not good for it is named before anything is lost, with what to do; the
work goes on, for it may be the only place there is.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from registry_app.domain.errors import Refused
from registry_app.domain.message import Message, say
from registry_app.domain.rights import Deed
from registry_app.services.desk import Desk
from registry_app.services.rights import needs
from registry_app.storage import disk, place

_MIB: Final = 1 << 20
#: Room for a new registry to be made at all, and to grow for a while.
_LEAST: Final = 8 * _MIB
_ROOMY: Final = 256 * _MIB
#: A backup beside it and the copy before an upgrade: each as large as the file.
_COPIES: Final = 2


class Trait(StrEnum):
    """What is wrong with a place."""

    CLOUD = "cloud"
    NETWORK = "network"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing that is wrong with a place, and what to do."""

    trait: Trait
    message: Message


def place_warnings(path: Path) -> tuple[Warned, ...]:
    """What is wrong with the place of a registry, or of one that is to be made."""
    path = path.absolute()
    found = []
    if service := place.cloud(path):
        named = say("guards.some-service") if service == "?" else service
        cloud = say("guards.cloud", file=path.name, service=named)
        found.append(Warned(Trait.CLOUD, cloud))
    if kind := place.network(path):
        network = say("guards.network", file=path.name, kind=kind)
        found.append(Warned(Trait.NETWORK, network))
    with_room = _room(path)
    if with_room is not None:
        found.append(Warned(Trait.SPACE, with_room))
    return tuple(found)


def _room(path: Path) -> Message | None:
    try:
        free = place.room(path)
        size = path.stat().st_size if path.exists() else 0
    except OSError:
        return None
    wanted = max(_ROOMY, _COPIES * size + _ROOMY // 4)
    if free >= wanted:
        return None
    return say("guards.space", free=free // _MIB, wanted=wanted // _MIB)


def check_new_place(path: Path, accepted: bool = False) -> None:
    """Raise Refused where a registry must not be made.

    Where something synchronises the folder, or it is in another computer, it may be
    made all the same once somebody has `accepted` that.
    """
    path = path.absolute()
    if not path.parent.is_dir():
        raise Refused("storage.no-such-folder", file=path.name)
    if place.read_only(path):
        raise Refused("guards.read-only-medium", file=path.name)
    if path.exists():
        raise Refused("storage.exists", file=path.name)
    disk.check_writable(path)
    try:
        free = place.room(path)
    except OSError:
        free = _LEAST
    if free < _LEAST:
        raise Refused("guards.no-space", free=free // _MIB, wanted=_LEAST // _MIB)
    for warned in place_warnings(path):
        if warned.trait is not Trait.SPACE and not accepted:
            key = f"guards.new-{warned.trait}"
            raise Refused(key, **warned.message.params)


@needs(Deed.OWN)
def still_there(desk: Desk) -> Message | None:
    """None while the file that is open is the one at its place; else what to do.

    A stick that was pulled, a file that was moved, or replaced by a synchronisation:
    nothing is written any more from then on, for it would be lost.
    """
    try:
        desk.store.check_there()
    except Refused as refusal:
        return refusal.message
    return None
