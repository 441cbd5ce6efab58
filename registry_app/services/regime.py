"""The state of the approval: what it is, what it was, and what a change would do."""

from dataclasses import dataclass, replace
from datetime import date

from registry_app.domain.errors import Refused
from registry_app.domain.plan.change import ChangePlan
from registry_app.domain.plan.records import RegimeEntry
from registry_app.domain.plan.regime import (
    RegimeState,
    Stretch,
    check_entry,
    state_on,
    stretches,
)
from registry_app.domain.rights import Deed
from registry_app.services.carrying import carried, changed
from registry_app.services.desk import Desk
from registry_app.services.planning import Plan
from registry_app.services.protocol import protocol, today_in_japan
from registry_app.services.rights import needs


@dataclass(frozen=True, slots=True)
class RegimeChange:
    """A change that was looked at and not made yet.

    `plan`: what begins, ends and changes. `state`: the regime on the day of the entry,
    after it. `known`: the entries that it was looked at with.
    """

    entry: RegimeEntry
    plan: ChangePlan
    state: RegimeState | None
    known: tuple[RegimeEntry, ...]


@needs(Deed.LOOK)
def regime(desk: Desk, day: date | None = None) -> RegimeState | None:
    """The regime at the end of a day; None where the pack has none (research)."""
    return state_on(protocol(desk), day or today_in_japan(desk))


@needs(Deed.LOOK)
def entries(desk: Desk) -> tuple[RegimeEntry, ...]:
    """The entries that made it what it is, by day."""
    return protocol(desk).regime


@needs(Deed.LOOK)
def history(desk: Desk) -> tuple[Stretch, ...]:
    """Every state since the approval, a lapse that follows from the term too."""
    return stretches(protocol(desk))


@needs(Deed.LOOK)
def regime_plan(
    desk: Desk,
    state: str,
    on: date,
    evidence: str,
    years: int = 0,
    corrects: str = "",
) -> RegimeChange:
    """What an entry would change; nothing is stored. Raises Refused.

    `corrects`: the id of the entry in whose place it comes.
    """
    today = today_in_japan(desk)
    if on > today:
        raise Refused("obligations.regime-later", on=on)
    with desk.read() as reading:
        before = desk.planner.plan(reading)
        known = before.protocol.regime
        old = reading.get(RegimeEntry, corrects) if corrects else None
        entry = RegimeEntry(
            corrects or desk.new_id(),
            state,
            on,
            evidence.strip(),
            years,
            old.version if old else 0,
        )
        check_entry(before.protocol, entry)
        others = (one for one in known if one.id != entry.id)
        then = sorted((*others, entry), key=lambda one: (one.on, one.id))
        after = Plan(replace(before.protocol, regime=tuple(then)))
        plan = changed(reading, before, after, today)
    return RegimeChange(entry, plan, state_on(after.protocol, on), known)


@needs(Deed.PLAN)
def accept_regime(desk: Desk, change: RegimeChange, reason: str = "") -> RegimeEntry:
    """Make the change that was looked at; what ends by it stays, with the evidence.

    What it brings back is owed again. `reason`: needed to correct an entry. Raises
    Refused where the regime has changed since it was looked at, or where another duty
    would end by now.
    """
    why = reason.strip() or change.entry.evidence
    today = today_in_japan(desk)
    with desk.begin(reason) as work:
        before = desk.planner.plan(work)
        if before.protocol.regime != change.known:
            raise Refused("storage.changed-meanwhile")
        with carried(work, before, why, today, seen=change.plan):
            return work.save(change.entry)
