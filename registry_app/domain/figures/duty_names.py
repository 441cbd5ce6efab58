"""What a duty is called where it stands alone: with its booklet, or its occurrence."""

from collections.abc import Mapping
from typing import Final

from registry_app.domain.message import Told
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.protocol import Protocol

_BOOKLET: Final = "booklet:"


def full_name(duty: Duty, protocol: Protocol) -> Told:
    """The name of a duty; a hand-over of a booklet with the name of the booklet."""
    if not duty.key.startswith(_BOOKLET):
        return duty.name
    for booklet in protocol.pack.booklets:
        if booklet.id == duty.rule and not duty.name.ja.startswith(booklet.name.ja):
            name = booklet.name
            return Told(f"{name.ja}：{duty.name.ja}", f"{name.en}: {duty.name.en}")
    return duty.name


def occurrence_of(duty: Duty, occurrences: Mapping[str, str]) -> str:
    """The name of what started the clock of a duty, by the ids of occurrences."""
    parts = duty.key.split(":")
    return occurrences.get(parts[1], "") if len(parts) > 1 else ""
