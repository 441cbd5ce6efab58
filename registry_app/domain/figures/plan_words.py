"""The items of an evaluation plan in words, for a page and for a report."""

from collections.abc import Mapping
from typing import Final

from registry_app.domain.evaluation import OtherWindow
from registry_app.domain.figures.cells import joined
from registry_app.domain.figures.document import Said
from registry_app.domain.figures.plan_items import MISSING, NOT_FILLED, OTHER_WINDOW
from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.subject import Arm

#: Parts whose value is the id of a visit, or of another thing that has a name.
_VISITS: Final = ("baseline", "at")
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


def _part(name: str, value: str, names: Mapping[str, Told | Message]) -> Message:
    if name in _VISITS:
        told = names.get(f"visit:{value}", Told(value, value))
    elif name in ("cohort", "anchor", "precedes"):
        kind = "cohort" if name == "cohort" else "anchor"
        told = names.get(f"{kind}:{value}", Told(value, value))
    else:
        told = Told(value, value)
    return say(f"efficacy.part-{name}", value=told)


def _names(protocol: Protocol) -> dict[str, Told | Message]:
    pack = protocol.pack
    return {
        **{f"endpoint:{one.id}": one.name for one in pack.endpoints},
        **{f"cohort:{one.id}": one.name for one in pack.cohorts},
        **{f"visit:{one.id}": one.name for one in pack.visits},
        **{f"anchor:{one.id}": one.name for one in pack.anchors},
        **{f"target:{arm.value}": say(f"subject.arm-{arm.value}") for arm in Arm},
    }
