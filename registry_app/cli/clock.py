"""``registry-app clock``: the due date of one report, counted from a day; no registry.

A rule (O4) is counted by itself. A class of events (E2) starts every clock that the
pack hangs on it; the first one of the approval holder stands in front.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from registry_app.cli.desk import add_json, add_lang, print_json
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
from registry_app.words import Words

_CLOCKS: Final = (RuleKind.CLOCK, RuleKind.ALARM)
_THIS: Final = "1"


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("clock.clock")
    parser: ArgumentParser = subparsers.add_parser("clock", help=text, description=text)
    parser.add_argument("rule", metavar="RULE", help=words("clock.rule"))
    parser.add_argument(
        "--aware", required=True, metavar="D", help=words("clock.aware")
    )
    parser.add_argument("--as-of", metavar="D", help=words("clock.as-of"))
    parser.add_argument("--pack", metavar="ID", help=words("clock.pack"))
    add_json(parser, words)
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Count it. Refused: what is no clock, not in force then, or has not happened."""
    words: Words = args.words
    as_of = read_as_of(args.as_of)
    aware = not_after(read_day(args.aware, "--aware"), as_of)
    pack = _pack(args.pack, args.rule)
    protocol = Protocol(pack)
    asked, rules = _clocks(pack, args.rule)
    duties = _counted(protocol, rules, aware)
    data = [_data(protocol, duty, as_of, words) for duty in duties]
    if args.json:
        head = {"pack": pack.id, "pack_version": pack.version, "asked": asked.id}
        print_json(head | data[0] | {"also": data[1:]})
        return 0
    print(words("clock.head", asked=asked.name, aware=aware, pack=pack.name))
    for duty, one in zip(duties, data, strict=True):
        print()
        for line in _lines(protocol, duty, one, words):
            print(line)
    return 0


def _pack(chosen: str | None, name: str) -> Pack:
    """The pack that was named, else the only one that knows the rule."""
    from registry_app.packs.loader import load_pack
    from registry_app.services.packs import known_packs

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


def _counted(protocol: Protocol, rules: list[Rule], aware: date) -> list[Duty]:
    """A duty for each rule that was in force on that day.

    The regime is left out: without a registry nobody knows it.
    """
    found: list[Duty] = []
    for rule in rules:
        alone = replace(rule, regimes=(), on=(_THIS,))
        pack = replace(protocol.pack, rules=(alone,), machine=None)
        this = Occurrence(_THIS, _THIS, "", hospital_aware=aware, holder_aware=aware)
        found += product_duties(Protocol(pack), (this,), (), {}, aware)
    if not found:
        basis = rules[0].basis
        if basis.valid_from is not None and aware < basis.valid_from:
            key, day = "clock.not-yet-in-force", basis.valid_from
        else:
            key, day = "clock.no-longer-in-force", basis.valid_to or aware
        raise Refused(key, rule=rules[0].id, aware=aware, day=day)
    return found


def _data(protocol: Protocol, duty: Duty, as_of: date, words: Words) -> dict[str, Any]:
    """A clock as JSON; days are counted from day 0, which is the day of awareness."""
    last = duty.last_day or duty.trigger
    day, of = (as_of - duty.trigger).days, (last - duty.trigger).days
    return {
        "rule": duty.rule,
        "aware": duty.trigger.isoformat(),
        "as_of": as_of.isoformat(),
        "day": day,
        "of": of,
        "day_count": words("clock.count", day=day, of=of),
    } | duty_data(duty, as_of, steps(protocol, duty), words)


def _lines(
    protocol: Protocol, duty: Duty, data: dict[str, Any], words: Words
) -> Iterator[str]:
    """A clock for people."""
    owner = words(f"due.owner-{duty.owner.value}")
    yield words("clock.rule-line", rule=duty.rule, name=duty.name, owner=owner)
    last, late = duty.last_day, -(data["days_left"] or 0)
    key = "clock.due-line" if duty.legal else "clock.alarm-line"
    yield "  " + words(key, due=last, target=duty.target, count=data["day_count"])
    if late > 0:
        yield "  " + words("clock.late", days=late)
    if duty.to_confirm:
        yield "  " + words("clock.to-confirm")
    yield from step_lines(steps(protocol, duty), words)
