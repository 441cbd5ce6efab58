"""The clocks of ``registry-app clock``: found in a pack, counted, told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from registry_app.cli.duties import (
    duty_data,
    not_after,
    read_as_of,
    read_day,
    step_lines,
)
from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.plan.derivation import steps
from registry_app.domain.plan.duties import product_duties
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.pack import (
    EventClass,
    Owner,
    Pack,
    Rule,
    RuleKind,
)
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import Occurrence
from registry_app.packs.loader import load_pack
from registry_app.services.packs import known_packs
from registry_app.words import Words

_CLOCKS: Final = (RuleKind.CLOCK, RuleKind.ALARM)
_THIS: Final = "1"


@dataclass(frozen=True, slots=True)
class Counted:
    """What was asked for, and a duty for each clock that it starts."""

    protocol: Protocol
    asked: Rule | EventClass
    as_of: date
    duties: tuple[Duty, ...]


def count(name: str, aware: str, as_of: str | None, pack_id: str | None) -> Counted:
    """Count from the day of awareness, as both were written.

    Raises RegistryError for what cannot be read, is no clock, was not in force on that
    day, or has not happened.
    """
    on = read_as_of(as_of)
    day = not_after(read_day(aware, "--aware"), on)
    pack = _pack(pack_id, name)
    protocol = Protocol(pack)
    asked, rules = _clocks(pack, name)
    return Counted(protocol, asked, on, tuple(_duties(protocol, asked, rules, day)))


def as_data(found: Counted, words: Words) -> dict[str, Any]:
    """The first clock, and every other one under ``also``."""
    pack = found.protocol.pack
    head = {"pack": pack.id, "pack_version": pack.version, "asked": found.asked.id}
    data = [_data(found, duty, words) for duty in found.duties]
    return head | data[0] | {"also": data[1:]}


def as_lines(found: Counted, words: Words) -> Iterator[str]:
    """Every clock for people."""
    aware, pack = found.duties[0].trigger, found.protocol.pack
    yield words("clock.head", asked=found.asked.name, aware=aware, pack=pack.name)
    for duty in found.duties:
        yield ""
        yield from _lines(found, duty, words)


def _pack(chosen: str | None, name: str) -> Pack:
    """The pack that was named, else the only one that knows the rule."""
    if chosen is not None:
        return load_pack(chosen)
    found = [pack for pack in known_packs() if _find(pack, name) is not None]
    found = [pack for pack in found if not pack.made_up] or found
    if not found:
        # A rule that is no clock is known all the same, and said to be none.
        rules = ((pack, rule) for pack in known_packs() for rule in pack.rules)
        for pack, rule in rules:
            if rule.id.upper() == name.upper():
                return pack
        raise NotFound("clock.no-such-rule", rule=name)
    if len(found) > 1:
        ids = ", ".join(pack.id for pack in found)
        raise Refused("clock.say-pack", rule=name, packs=ids)
    return found[0]


def _find(pack: Pack, name: str) -> Rule | EventClass | None:
    """A clock, or a class of events, by its id in any case."""
    named: list[Rule | EventClass] = [r for r in pack.rules if r.kind in _CLOCKS]
    named += pack.events
    return next((one for one in named if one.id.upper() == name.upper()), None)


def _clocks(pack: Pack, name: str) -> tuple[Rule | EventClass, list[Rule]]:
    """What was asked for, and its clocks: those of the approval holder first."""
    asked = _find(pack, name)
    if isinstance(asked, Rule):
        return asked, [asked]
    if asked is None:
        other = next((r for r in pack.rules if r.id.upper() == name.upper()), None)
        if other is not None:
            raise Refused("clock.not-a-clock", rule=other.id, name=other.name)
        known = (*(r.id for r in pack.rules if r.kind in _CLOCKS), *_events(pack))
        raise NotFound(
            "clock.no-such-rule-here", rule=name, pack=pack.id, known=", ".join(known)
        )
    rules = [r for r in pack.rules if r.kind in _CLOCKS and asked.id in r.on]
    if not rules:
        raise Refused("clock.no-clock", event=asked.id, name=asked.name)
    return asked, sorted(rules, key=lambda rule: rule.owner is not Owner.HOLDER)


def _events(pack: Pack) -> list[str]:
    return [event.id for event in pack.events]


def _duties(
    protocol: Protocol, asked: Rule | EventClass, rules: list[Rule], aware: date
) -> list[Duty]:
    """A duty for each rule that was in force on that day.

    The regime is left out: without a registry nobody knows it. A class of events that
    was asked for lends the clock its confidence.
    """
    event = asked.id if isinstance(asked, EventClass) else _THIS
    found: list[Duty] = []
    for rule in rules:
        alone = replace(rule, regimes=(), on=(event,))
        pack = replace(protocol.pack, rules=(alone,), machine=None)
        this = Occurrence(_THIS, event, "", hospital_aware=aware, holder_aware=aware)
        found += product_duties(Protocol(pack), (this,), (), {}, aware)
    if not found:
        basis = rules[0].basis
        if basis.valid_from is not None and aware < basis.valid_from:
            key, day = "clock.not-yet-in-force", basis.valid_from
        else:
            key, day = "clock.no-longer-in-force", basis.valid_to or aware
        raise Refused(key, rule=rules[0].id, aware=aware, day=day)
    return found


def _data(found: Counted, duty: Duty, words: Words) -> dict[str, Any]:
    """A clock as JSON; days are counted from day 0, which is the day of awareness."""
    last = duty.last_day or duty.trigger
    as_of = found.as_of
    day, of = (as_of - duty.trigger).days, (last - duty.trigger).days
    return {
        "rule": duty.rule,
        "aware": duty.trigger.isoformat(),
        "as_of": as_of.isoformat(),
        "day": day,
        "of": of,
        "day_count": words("clock.count", day=day, of=of),
    } | duty_data(duty, as_of, steps(found.protocol, duty), words)


def _lines(found: Counted, duty: Duty, words: Words) -> Iterator[str]:
    """A clock for people."""
    data = _data(found, duty, words)
    owner = words(f"due.owner-{duty.owner.value}")
    yield words("clock.rule-line", rule=duty.rule, name=duty.name, owner=owner)
    last, late = duty.last_day, -(data["days_left"] or 0)
    key = "clock.due-line" if duty.legal else "clock.alarm-line"
    yield "  " + words(key, due=last, target=duty.target, count=data["day_count"])
    if late > 0:
        yield "  " + words("clock.late", days=late)
    if duty.to_confirm:
        yield "  " + words("clock.to-confirm")
    yield from step_lines(steps(found.protocol, duty), words)
