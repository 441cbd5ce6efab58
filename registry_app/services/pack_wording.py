"""What a pack says in figures and ids, as sentences: windows, tests, when it is due."""

from collections.abc import Mapping, Sequence
from typing import Final

from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.citation import distance
from registry_app.domain.plan.pack import (
    Item,
    Pack,
    PlannedVisit,
    Rule,
    RuleKind,
    Span,
    Test,
    When,
)
from registry_app.domain.safety import CaseOrigin, Seriousness
from registry_app.words import Language, Words


def named(pack: Pack) -> Mapping[tuple[str, str], Told]:
    """The names of what rules and visits point to, by kind and id."""
    states = pack.machine.states if pack.machine else ()
    return {
        **{("date", one.id): one.name for one in pack.base_dates},
        **{("anchor", one.id): one.name for one in pack.anchors},
        **{("state", one.id): one.name for one in states},
    }


def window(visit: PlannedVisit, names: Mapping[tuple[str, str], Told]) -> Message:
    """The days of a visit: what it is counted from, how far, and its width."""
    return say(
        "packs.window",
        anchor=names["anchor", visit.anchor],
        at=distance(visit.at),
        before=visit.before,
        after=visit.after,
    )


def question(test: Test) -> Message:
    """One test as it is written: the fact and what passes."""
    if test.one_of:
        return say("packs.test-one-of", fact=test.fact, values=", ".join(test.one_of))
    least, most = test.least, test.most
    if least is None:
        return say("packs.test-most", fact=test.fact, most=most)
    if most is None:
        return say("packs.test-least", fact=test.fact, least=least)
    return say("packs.test-range", fact=test.fact, least=least, most=most)


def allowed(item: Item) -> str:
    """What may be entered, without words: a range, or the ids of the choices."""
    if item.choices:
        return ", ".join(choice.id for choice in item.choices)
    if item.least is None and item.most is None:
        return ""
    ends = ("" if end is None else f"{end}" for end in (item.least, item.most))
    return "–".join(ends)


def when(rule: Rule, names: Mapping[tuple[str, str], Told]) -> Message:
    """When a duty is due, as a sentence."""
    span = distance(rule.due)
    anchored = rule.kind in (RuleKind.SUBJECT, RuleKind.RETENTION)
    pointed = ("anchor" if anchored else "date", rule.counts_from)
    base = names.get(pointed, Told("", ""))
    if rule.kind is RuleKind.TERM:
        if rule.due == Span():
            return say("packs.when-term-end")
        return say("packs.when-term", span=span)
    if rule.kind in (RuleKind.CLOCK, RuleKind.ALARM):
        who = say(f"packs.aware-{rule.counts_from}")
        key = "clock" if rule.kind is RuleKind.CLOCK else "alarm"
        events = ", ".join(rule.on)
        return say(f"packs.when-{key}", who=who, span=span, events=events)
    if rule.kind is RuleKind.PERIOD:
        every = distance(rule.every or Span())
        if rule.later is None or rule.later_from is None:
            return say("packs.when-period", base=base, every=every, span=span)
        return say(
            "packs.when-later",
            base=base,
            every=every,
            first=distance(rule.later_from),
            later=distance(rule.later),
            span=span,
        )
    if rule.kind is RuleKind.SUBJECT and rule.done_by:
        done = names["anchor", rule.done_by]
        return say("packs.when-done", base=base, span=span, done=done)
    if rule.kind is RuleKind.RETENTION:
        return say("packs.when-kept", base=base, span=span)
    if rule.kind is RuleKind.KIT:
        return say("packs.when-kit", span=span)
    return say("packs.when-once", base=base, span=span)


def remarks(rule: Rule) -> tuple[Message | Told, ...]:
    """What else must be known of a duty: exceptions, regimes, whether it is law."""
    said: list[Message | Told] = []
    if rule.otherwise is not None and rule.otherwise_when is not None:
        other = distance(rule.otherwise)
        said.append(say("packs.otherwise", when=rule.otherwise_when, span=other))
    if rule.restarts:
        said.append(say("packs.restarts"))
    if rule.if_any:
        said.append(say("packs.if-any"))
    if not rule.legal:
        said.append(say("packs.not-legal"))
    if rule.presets:
        said.append(say("packs.presets", count=len(rule.presets)))
    if rule.warning is not None:
        said.append(rule.warning)
    return tuple(said)


def way(when: When) -> Told:
    """One way to be of a class of events, as a list of what must be so."""
    origins = [CaseOrigin(one).told for one in when.origin]
    criteria = [Seriousness(one).told for one in when.serious_as]
    said = [*_either("packs.way-origin", origins)]
    said += [
        say(f"packs.way-{name}-{'yes' if getattr(when, name) else 'no'}")
        for name in _ASKED
        if getattr(when, name) is not None
    ]
    said += _either("packs.way-serious-as", criteria)
    return _joined(said, "、", ", ")


#: The facts of an event that a class may ask for.
_ASKED: Final = (
    *("fatal", "serious", "expected", "suspected", "infection", "frequency"),
)


def _either(key: str, told: Sequence[Message]) -> list[Message]:
    return [say(key, what=_joined(told, "／", " / "))] if told else []


def _joined(told: Sequence[Message], ja: str, en: str) -> Told:
    in_ja, in_en = (Words(language) for language in (Language.JA, Language.EN))
    return Told(
        ja.join(in_ja.say(one) for one in told),
        en.join(in_en.say(one) for one in told),
    )
