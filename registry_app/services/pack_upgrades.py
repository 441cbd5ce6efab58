"""Another version of the pack: what it would change, and following it."""

from dataclasses import dataclass, replace
from typing import Any, Final

from registry_app.domain.errors import Refused
from registry_app.domain.message import Told
from registry_app.domain.plan.change import ChangePlan
from registry_app.domain.plan.pack import Pack
from registry_app.domain.plan.records import THE_PACK, PackInUse, Setting
from registry_app.domain.rights import Deed
from registry_app.packs.loader import load_pack
from registry_app.packs.stored import content
from registry_app.services.carrying import carried, changed
from registry_app.services.desk import Desk
from registry_app.services.planning import Plan, in_use
from registry_app.services.protocol import pack_in_use, protocol, today_in_japan
from registry_app.services.rights import needs
from registry_app.services.safety_clocks import follow_all


@dataclass(frozen=True, slots=True)
class PartChange:
    """One element of the pack that is new, gone or says something else.

    `kind`: the list of the pack it stands in. `before`, `after`: the element; None
    where there is none. `fields`: what of it differs.
    """

    kind: str
    id: str
    name: Told
    before: object | None
    after: object | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackUpgrade:
    """What another version of the pack would change: for the rules, and for whom.

    `based_on`: the version of the record that it was looked at against.
    """

    pack: Pack
    now: PackInUse
    parts: tuple[PartChange, ...]
    plan: ChangePlan

    @property
    def subjects(self) -> int:
        """For how many cases a duty begins, ends or changes."""
        return len(self.plan.subjects)


@needs(Deed.LOOK)
def upgrade_plan(desk: Desk) -> PackUpgrade | None:
    """What the pack in its folder would change; None: it is the one in use.

    Raises NotFound or InvalidValue where there is none, or none that is sound.
    """
    pack = load_pack(pack_in_use(desk).pack)
    if pack == protocol(desk).pack:
        return None
    return pack_upgrade(desk, pack)


@needs(Deed.LOOK)
def pack_upgrade(desk: Desk, pack: Pack) -> PackUpgrade:
    """What this pack would change. Raises Refused: another pack, no newer version."""
    today = today_in_japan(desk)
    with desk.read() as reading:
        now = reading.get(PackInUse, THE_PACK)
        if pack.id != now.pack:
            raise Refused("protocol.other-pack", id=pack.id, pack=now.pack)
        if pack.version <= now.pack_version:
            raise Refused(
                "protocol.no-newer-version",
                version=pack.version,
                known=now.pack_version,
            )
        plan = desk.planner.plan(reading)
        after = Plan(replace(plan.protocol, pack=pack))
        change = changed(reading, plan, after, today)
        return PackUpgrade(pack, now, _parts(plan.protocol.pack, pack), change)


@needs(Deed.PLAN)
def accept_pack(desk: Desk, upgrade: PackUpgrade, reason: str) -> PackInUse:
    """Follow this version from now on; what ends by it stays, with the reason.

    Nobody has confirmed what the new version says otherwise: it is to be confirmed
    again. The open safety cases are classed anew. Raises Refused where the pack in use
    is not the one that it was compared with, or where it would end another duty by now.
    """
    today = today_in_japan(desk)
    record = in_use(upgrade.pack, content(upgrade.pack), upgrade.now.version)
    with desk.begin(reason) as work:
        before = desk.planner.plan(work)
        with carried(work, before, reason, today, seen=upgrade.plan):
            for setting in work.find(Setting, id=_said_otherwise(upgrade)):
                if setting.confirmed_by:
                    work.save(
                        replace(
                            setting, confirmed_by="", confirmed_on=None, evidence=""
                        )
                    )
            saved = work.save(record)
        follow_all(work, desk)
        return saved


#: The kind in the id of a setting, by the list of the pack that it is about.
_SETTINGS: Final = {
    "base_dates": "date",
    "visits": "visit",
    "criteria": "criterion",
    "rules": "rule",
    "events": "event",
    "booklets": "booklet",
    "signals": "signal",
    "specials": "special",
    "forms": "form",
}


def _said_otherwise(upgrade: PackUpgrade) -> list[str]:
    """Ids of the settings of what is no longer as it was, but for its name."""
    return [
        f"{_SETTINGS[part.kind]}:{part.id}"
        for part in upgrade.parts
        if part.kind in _SETTINGS and set(part.fields) - {"name"}
    ]


_PARTS: Final = (
    *("base_dates", "anchors", "forms", "visits", "criteria", "cohorts", "endpoints"),
    *("comparators", "signals", "specials", "events", "rules", "booklets", "reports"),
)


def _parts(before: Pack, after: Pack) -> tuple[PartChange, ...]:
    found = []
    for kind in _PARTS:
        was: dict[str, Any] = {one.id: one for one in getattr(before, kind)}
        will: dict[str, Any] = {one.id: one for one in getattr(after, kind)}
        for part in {**was, **will}:
            old, new = was.get(part), will.get(part)
            if old == new:
                continue
            differs = (
                tuple(
                    name
                    for name in type(old).__dataclass_fields__
                    if getattr(old, name) != getattr(new, name)
                )
                if old and new
                else ()
            )
            name: Told = getattr(new or old, "name", None) or Told(part, part)
            found.append(PartChange(kind, part, name, old, new, differs))
    return tuple(found)
