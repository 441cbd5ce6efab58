"""The regime of the approval: a dated state machine, with a term that runs.

What was entered is a list of dated entries; everything else is derived. A term that
ends while nothing was done lapses by itself, on the day after its last one. Past the
term with an application pending the approval stays in force (PMD Act Art. 23-26(6)).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from registry_app.domain.errors import Refused
from registry_app.domain.message import Told
from registry_app.domain.plan.calendar import add_months, add_span
from registry_app.domain.plan.pack import Machine, State
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import RegimeEntry

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time in one state, from `since` until the next one begins.

    `since` None: from the beginning, for the day of approval is not set. `term_end`:
    the last day of the term as it was in this stretch, extensions included.
    """

    state: State
    since: date | None
    term_end: date | None
    extended_years: int = 0
    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class RegimeState:
    """The regime on one day.

    `past_term`: the term is over and the approval continues. `lapsed`: the term ended
    and nothing was done. `term_alarm`: the day before `term_end`, which is the last one
    where the first day is counted too.
    """

    state: State
    since: date | None
    past_term: bool
    lapsed: bool
    term_end: date | None
    term_alarm: date | None
    extended_years: int


def stretches(protocol: Protocol) -> tuple[Stretch, ...]:
    """All states of the regime in order, the last one without end.

    Empty where the pack has no machine (research, natural history).
    """
    machine = protocol.pack.machine
    if machine is None:
        return ()
    return _walk(machine, _approved(protocol), protocol.regime)


def state_on(protocol: Protocol, day: date) -> RegimeState | None:
    """The regime at the end of a day; None where the pack has no machine."""
    found = stretches(protocol)
    if not found:
        return None
    held = [s for s in found if s.since is None or s.since <= day]
    now = held[-1] if held else found[0]
    end = now.term_end
    return RegimeState(
        now.state,
        now.since,
        past_term=now.state.continues and end is not None and day > end,
        lapsed=now.lapsed,
        term_end=end,
        term_alarm=None if end is None else end - _DAY,
        extended_years=now.extended_years,
    )


def held(
    found: Sequence[Stretch], regimes: Iterable[str], first: date, last: date
) -> bool:
    """Whether one of these states holds on some day of `first` to `last`."""
    names = tuple(regimes)
    ends = [*(s.since for s in found[1:]), None]
    return any(
        stretch.state.id in names
        and (stretch.since is None or stretch.since <= last)
        and (end is None or (end > first and end != stretch.since))
        for stretch, end in zip(found, ends, strict=True)
    )


def next_states(protocol: Protocol, day: date) -> tuple[State, ...]:
    """The states that an entry of this day can lead to."""
    machine, now = protocol.pack.machine, state_on(protocol, day)
    if machine is None or now is None:
        return ()
    most = machine.extension.months // 12 if machine.extension else 0
    return tuple(
        state
        for state in machine.states
        if state.id in now.state.next
        and (state.id != machine.extends or now.extended_years < most)
    )


def check_entry(protocol: Protocol, entry: RegimeEntry) -> None:
    """Refuse an entry that the machine does not allow, be it backdated or not.

    An entry of the same id is replaced. The entries after it must still be possible.
    Raises Refused with what is wrong.
    """
    machine, approved = protocol.pack.machine, _approved(protocol)
    if machine is None:
        raise Refused("plan.no-regime")
    state = next((s for s in machine.states if s.id == entry.state), None)
    if state is None:
        raise Refused("plan.no-such-state", state=entry.state)
    if not entry.evidence.strip():
        raise Refused("plan.no-evidence")
    if machine.counted_from and approved is None:
        raise Refused("plan.approval-not-set")
    if approved is not None and entry.on < approved:
        raise Refused("plan.before-approval", on=entry.on, approved=approved)
    _check_years(machine, entry)
    others = [other for other in protocol.regime if other.id != entry.id]
    entries = sorted([*others, entry], key=_order)
    for index, one in enumerate(entries):
        before = _walk(machine, approved, entries[:index], one.on)[-1]
        if one.state in before.state.next:
            most = machine.extension.months // 12 if machine.extension else 0
            if before.extended_years + one.years > most:
                raise Refused("plan.too-long", years=most)
        elif one is entry:
            raise Refused(
                "plan.not-reached",
                state=state.name,
                now=before.state.name,
                on=entry.on,
            )
        elif one.on >= entry.on:
            raise Refused(
                "plan.breaks-later",
                state=_named(machine, one.state).name,
                on=one.on,
                now=before.state.name,
            )


def _check_years(machine: Machine, entry: RegimeEntry) -> None:
    extends = entry.state == machine.extends
    if extends and entry.years < 1:
        raise Refused("plan.no-years")
    if not extends and entry.years:
        raise Refused("plan.years-elsewhere")


def _approved(protocol: Protocol) -> date | None:
    """The day that the term is counted from; None where it is not set."""
    machine = protocol.pack.machine
    if machine is None or not machine.counted_from:
        return None
    return protocol.base_date(machine.counted_from)


def _order(entry: RegimeEntry) -> tuple[date, str]:
    return entry.on, entry.id


def _named(machine: Machine, name: str) -> State:
    """A state by its id; one that the pack has given up leads nowhere."""
    found = (state for state in machine.states if state.id == name)
    return next(found, State(name, Told(name, name)))


def _walk(
    machine: Machine,
    approved: date | None,
    entries: Iterable[RegimeEntry],
    until: date | None = None,
) -> tuple[Stretch, ...]:
    """The stretches that these entries make, with every lapse (before `until`)."""
    end = None
    if approved is not None and machine.term is not None:
        end = add_span(approved, machine.term)
    found = [Stretch(_named(machine, machine.initial), approved, end)]
    for entry in sorted(entries, key=_order):
        _lapse(machine, found, entry.on)
        now = found[-1]
        years = now.extended_years + entry.years
        last = now.term_end
        if entry.years and approved is not None and machine.term is not None:
            last = add_months(add_span(approved, machine.term), 12 * years)
        found.append(Stretch(_named(machine, entry.state), entry.on, last, years))
    _lapse(machine, found, until)
    return tuple(found)


def _lapse(machine: Machine, found: list[Stretch], before: date | None) -> None:
    """End the last stretch with its term, if that comes before a day."""
    now = found[-1]
    if not now.state.runs or now.term_end is None or not machine.lapses_to:
        return
    lapsed = now.term_end + _DAY
    if before is None or lapsed <= before:
        state = _named(machine, machine.lapses_to)
        found.append(
            Stretch(state, lapsed, now.term_end, now.extended_years, lapsed=True)
        )
