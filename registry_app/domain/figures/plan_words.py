"""The items of an evaluation plan in words, for a page and for a report."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from registry_app.domain.evaluation import OtherWindow
from registry_app.domain.figures.cells import joined
from registry_app.domain.figures.document import Said
from registry_app.domain.figures.plan_items import MISSING, NOT_FILLED, OTHER_WINDOW
from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.citation import distance
from registry_app.domain.plan.facts import FACTS
from registry_app.domain.plan.protocol import Protocol, read_span
from registry_app.domain.subject import Arm

#: Parts whose value is the id of something that has a name.
_NAMED: Final[Mapping[str, str]] = {
    "baseline": "visit",
    "at": "visit",
    "cohort": "cohort",
    "anchor": "anchor",
    "precedes": "anchor",
    "form": "form",
}
#: Facts whose values have names.
_WORDED: Final = ("arm", "region")
_Names: TypeAlias = "Mapping[str, Told | Message]"
_KINDS: Final = ("cohort", "endpoint", "target", "visit")


def item_name(item: str, protocol: Protocol) -> Said:
    """What an item is about: ``endpoint:primary-1`` is the name of that endpoint."""
    if item == MISSING:
        return say("efficacy.item-missing")
    if item == OTHER_WINDOW:
        return say("efficacy.item-other-window")
    kind, _, name = item.partition(":")
    if kind not in _KINDS:
        return item
    told = _names(protocol).get(item)
    return say(f"efficacy.item-{kind}", name=Told(name, name) if told is None else told)


def item_says(item: str, text: str, protocol: Protocol) -> Said:
    """Canonical words as people read them, part by part; "" : it says nothing."""
    if not text:
        return say("efficacy.item-nothing")
    if item == MISSING and text == NOT_FILLED:
        return say("efficacy.not-filled")
    if item == OTHER_WINDOW and text in tuple(OtherWindow):
        return OtherWindow(text).told
    if item.startswith("target:"):
        return say("efficacy.people", number=text)
    names = _names(protocol)
    parts = []
    for part in text.split("; "):
        name, _, value = part.partition("=")
        if not value:
            return text
        parts.append(_part(name, value, names))
    return joined(parts, "efficacy.and")


def _part(name: str, value: str, names: _Names) -> Message:
    """One part, such as ``before=7``, with what its value names."""
    if name in ("primary", "pick", "unit"):
        return say(f"efficacy.part-{name}-{value}")
    if name == "tests":
        tests = [_test(test) for test in value.split(" and ")]
        return say("efficacy.part-tests", value=joined(tests, "efficacy.and"))
    if name == "at" and f"visit:{value}" not in names:
        return say("efficacy.part-distance", value=distance(read_span(value)))
    if name == "measure" and value in FACTS:
        return say("efficacy.part-measure", value=say(f"plan.fact-{value}"))
    kind = _NAMED.get(name, "")
    told = names.get(f"{kind}:{value}", Told(value, value))
    return say(f"efficacy.part-{name}", value=told)


def _test(test: str) -> Message:
    """``age in [20, 70]``, ``region in {cervical}``, with their names."""
    fact, _, wanted = test.partition(" in ")
    name = say(f"plan.fact-{fact}") if fact in FACTS else Told(fact, fact)
    inside = wanted[1:-1].split(", ")
    if wanted.startswith("["):
        least, most = inside
        return say("efficacy.test-range", fact=name, least=least, most=most)
    values = [
        say(f"plan.{fact}-{one}") if fact in _WORDED else Told(one, one)
        for one in inside
    ]
    return say("efficacy.test-values", fact=name, values=joined(values, "efficacy.or"))


def _names(protocol: Protocol) -> dict[str, Told | Message]:
    pack = protocol.pack
    return {
        **{f"endpoint:{one.id}": one.name for one in pack.endpoints},
        **{f"cohort:{one.id}": one.name for one in pack.cohorts},
        **{f"visit:{one.id}": one.name for one in pack.visits},
        **{f"anchor:{one.id}": one.name for one in pack.anchors},
        **{f"form:{one.id}": one.name for one in pack.forms},
        **{f"target:{arm.value}": say(f"subject.arm-{arm.value}") for arm in Arm},
    }
