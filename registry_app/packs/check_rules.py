"""What an obligation must hold to, each kind of it with its own needs."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from registry_app.domain.message import say
from registry_app.domain.plan.pack import Preset, Rule, RuleKind
from registry_app.packs.found import (
    Known,
    Mistake,
    forward,
    positive,
    together,
)

#: So long may its id or series be, that the keys of its duties fit.
LONGEST: Final = 26
#: What the keys of visits, booklets and unset base dates begin with.
_RESERVED: Final = ("booklet", "unset", "visit")
_AWARE: Final = ("holder", "hospital")
_CLOCKS: Final = (RuleKind.CLOCK, RuleKind.ALARM)
_BASED: Final = (RuleKind.PERIOD, RuleKind.ONCE)
_ANCHORED: Final = (RuleKind.SUBJECT, RuleKind.RETENTION)
#: Which kinds a key belongs to; elsewhere it would do nothing.
_ONLY: Final = {
    "every": (RuleKind.PERIOD,),
    "later": (RuleKind.PERIOD,),
    "later_from": (RuleKind.PERIOD,),
    "series": (RuleKind.PERIOD,),
    "presets": (RuleKind.PERIOD,),
    "on": _CLOCKS,
    "restarts": _CLOCKS,
    "done_by": (RuleKind.TERM, RuleKind.SUBJECT, *_CLOCKS),
    "counts_from": (*_BASED, *_ANCHORED, *_CLOCKS),
}
_KEY: Final = {"presets": "preset"}


def rule(known: Known, path: str, rule: Rule) -> Iterator[Mistake]:
    """The mistakes of one obligation."""
    for key, kinds in _ONLY.items():
        if getattr(rule, key) and rule.kind not in kinds:
            yield f"{path}.{_KEY.get(key, key)}", say("packs.not-here", kind=rule.kind)
    if rule.kind is not RuleKind.TERM:
        yield from forward(f"{path}.due", rule.due)
    yield from forward(f"{path}.otherwise", rule.otherwise)
    if len(rule.series) > LONGEST:
        yield f"{path}.series", say("packs.long-id", most=LONGEST)
    both = (rule.otherwise, rule.otherwise_when)
    yield from together(path, *both, keys="otherwise, otherwise_when")
    yield from _counted(known, path, rule)
    yield from _periods(path, rule)
    machine = known.pack.machine
    states = [state.id for state in machine.states] if machine else []
    named = [("regimes", regime) for regime in rule.regimes]
    if rule.kind is RuleKind.TERM and rule.done_by:
        named.append(("done_by", rule.done_by))
    for key, state in named:
        if state not in states and ("machine", "") not in known.lost:
            said = say("packs.dangling", id=state, known=", ".join(states))
            yield f"{path}.{key}", said
    if not rule.arms:
        yield f"{path}.arms", say("packs.empty")


def _counted(known: Known, path: str, rule: Rule) -> Iterator[Mistake]:
    """What its days are counted from is there."""
    here = f"{path}.counts_from"
    if rule.kind in _BASED:
        yield from known.missing(here, [rule.counts_from], "base_dates")
    elif rule.kind in _ANCHORED:
        yield from known.missing(here, [rule.counts_from], "anchors")
        if rule.done_by:
            yield from known.missing(f"{path}.done_by", [rule.done_by], "anchors")
    elif rule.kind in _CLOCKS:
        if rule.counts_from not in _AWARE:
            yield here, say("packs.not-one-of", known=", ".join(_AWARE))
        if rule.done_by and (rule.done_by, rule.counts_from) != _AWARE:
            yield f"{path}.done_by", say("packs.not-one-of", known=_AWARE[0])
        if not rule.on:
            yield f"{path}.on", say("packs.empty")
        yield from known.missing(f"{path}.on", rule.on, "events")
    elif rule.kind is RuleKind.TERM:
        machine = known.pack.machine
        if machine is None or machine.term is None:
            yield f"{path}.kind", say("packs.no-term")


def _periods(path: str, rule: Rule) -> Iterator[Mistake]:
    if rule.kind is RuleKind.PERIOD and rule.every is None:
        yield f"{path}.every", say("packs.missing-key")
    cadences: list[tuple[str, Rule | Preset]] = [(path, rule)]
    cadences += [(f"{path}.preset[{preset.id}]", preset) for preset in rule.presets]
    for here, cadence in cadences:
        for key in ("every", "later", "later_from"):
            yield from positive(f"{here}.{key}", getattr(cadence, key))
        both = (cadence.later, cadence.later_from)
        yield from together(here, *both, keys="later, later_from")
    for preset in rule.presets:
        yield from forward(f"{path}.preset[{preset.id}].due", preset.due)
    own = (rule.every, rule.due, rule.later, rule.later_from)
    offered = [(p.every, p.due, p.later, p.later_from) for p in rule.presets]
    if offered and own not in offered:
        yield f"{path}.preset", say("packs.no-preset")


def series(known: Known) -> Iterator[Mistake]:
    """Rules of one series share base and length, and no day has two of them.

    The key of a duty begins with a series or with a rule, so neither may look like the
    other, nor like the beginning of another kind of key.
    """
    named = {one.series for one in known.pack.rules if one.series}
    for one in known.pack.rules:
        here = f"obligation[{one.id}]"
        if one.id in _RESERVED or (one.id in named and one.series != one.id):
            yield f"{here}.id", say("packs.reserved", id=one.id)
        if one.series in _RESERVED:
            yield f"{here}.series", say("packs.reserved", id=one.series)
    for one, other in combinations(known.pack.rules, 2):
        if not one.series or one.series != other.series:
            continue
        path = f"obligation[{other.id}]"
        for key in ("counts_from", "every", "later", "later_from"):
            if getattr(one, key) != getattr(other, key):
                yield f"{path}.{key}", say("packs.series-differs", other=one.id)
        first, second = one.basis, other.basis
        apart = (first.valid_to and second.valid_from) and (
            first.valid_to < second.valid_from
        )
        apart = apart or (
            (second.valid_to and first.valid_from)
            and second.valid_to < first.valid_from
        )
        if not apart:
            yield f"{path}.valid_from", say("packs.series-overlaps", other=one.id)
