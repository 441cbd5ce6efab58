"""A registry takes in its pack: when it is made, or at a sign-in to an older file."""

from typing import TYPE_CHECKING

from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.plan.records import PackInUse
from registry_app.domain.rights import Deed
from registry_app.packs.stored import content
from registry_app.paths import own_packs
from registry_app.services.planning import fill, in_use
from registry_app.services.rights import needs
from registry_app.storage.planned import unfilled

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


def adopted(pack_id: str) -> PackInUse:
    """The record of a pack as it lies in its folder. Raises NotFound, InvalidValue."""
    # Not at start: a registry brings its pack along.
    from registry_app.packs.loader import load_pack

    pack = load_pack(pack_id)
    return in_use(pack, content(pack))


@needs(Deed.OWN)
def take_in(desk: "Desk") -> None:
    """See that the registry has a pack that can be read, and its table of duties.

    A file of an older program gets the pack of its name, with an entry of whoever signs
    in. Raises Refused, which says how to go on, where there is no such pack or where
    the one that is kept cannot be read: a registry is not opened without its rules.
    """
    with desk.read() as reading:
        stored = reading.find(PackInUse)
        if stored:
            desk.planner.plan(reading)
            if not unfilled(reading.connection):
                return
    try:
        found = () if stored else (adopted(desk.registry.pack),)
    except (InvalidValue, NotFound) as problem:
        raise Refused(
            "protocol.no-pack-to-take-in",
            pack=desk.registry.pack,
            folder=own_packs() / desk.registry.pack,
            why=problem.message,
        ) from None
    with desk.begin() as work:
        for record in found:
            work.save(record)
        if not found:
            fill(work, desk.planner.plan(work))
