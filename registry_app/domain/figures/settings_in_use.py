"""What an unconfirmed setting says here: its value in use, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.citation import distance
from registry_app.domain.plan.pack import Test
from registry_app.domain.plan.protocol import Part, Protocol


@dataclass(frozen=True, slots=True)
class InUse:
    """One setting that nobody has confirmed; `sources`: ids of the pack's sources."""

    id: str
    name: Told
    value: Message
    sources: tuple[str, ...]
    citation: Told | None


def in_use(protocol: Protocol, unsure: Part) -> InUse:
    """A setting with its value as it is in effect."""
    basis = unsure.basis
    value = _value(protocol, *unsure.id.split(":", 1))
    return InUse(unsure.id, unsure.name, value, basis.sources, basis.citation)


def _joined(parts: Sequence[Message]) -> Message:
    return reduce(lambda a, b: say("report_r4.joined", first=a, rest=b), parts)


def _value(protocol: Protocol, what: str, name: str) -> Message:
    pack = protocol.pack
    if what == "date":
        day = protocol.base_date(name)
        return (
            say("report_r4.value-unset")
            if day is None
            else say("report_r4.value-date", day=day.isoformat())
        )
    if what == "visit":
        visit = next(v for v in protocol.visits() if v.id == name)
        return say(
            "report_r4.value-window",
            anchor=protocol.anchor(visit.anchor).name,
            at=distance(visit.at),
            before=visit.before,
            after=visit.after,
        )
    if what == "rule":
        rule = next(r for r in protocol.rules() if r.id == name)
        if rule.every is None:
            return say("report_r4.value-due", due=distance(rule.due))
        every, due = distance(rule.every), distance(rule.due)
        return say("report_r4.value-every", every=every, due=due)
    if what == "criterion":
        return _test(next(c.test for c in pack.criteria if c.id == name))
    if what == "booklet":
        steps = next(b.steps for b in pack.booklets if b.id == name)
        return _joined(
            [
                say("report_r4.value-step", name=s.name, due=distance(s.due))
                for s in steps
            ]
        )
    return say("report_r4.value-as-said")  # a signal's name says all of it


def _test(test: Test) -> Message:
    if test.one_of:
        values = "/".join(test.one_of)
        return say("report_r4.value-one-of", fact=test.fact, values=values)
    least = "" if test.least is None else test.least
    most = "" if test.most is None else test.most
    return say("report_r4.value-range", fact=test.fact, least=least, most=most)
