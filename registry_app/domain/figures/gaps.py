"""What is missing or uncertain on one sheet, in as few words as it can be said."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry_app.domain.isncsci.segments import (
    DAP,
    NEEDED_ITEMS,
    VAC,
    Modality,
    Side,
    score_item,
    segments_of,
)
from registry_app.domain.visit import Form


class Doubt(StrEnum):
    """Why a score is not certain, or not taken as it was examined."""

    OPEN = "open"
    NOT_TESTABLE = "not testable"
    UNKNOWN = "unknown"
    STAR = "star"
    STAR_NORMAL = "star normal"


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring items of one column, such as right light touch T5 to T8."""

    side: Side
    modality: Modality
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Gap:
    """All items of one sheet with one kind of doubt; `anal`: VAC and DAP."""

    doubt: Doubt
    count: int
    runs: tuple[Run, ...]
    anal: tuple[str, ...]


def doubt_of(value: str | None) -> Doubt | None:
    """What makes a written value uncertain; None for a plain score.

    A star that is also NT counts as not testable: that is what leaves it open.
    """
    if value is None:
        return Doubt.OPEN
    if value.startswith("NT"):
        return Doubt.NOT_TESTABLE
    if value == "UNK":
        return Doubt.UNKNOWN
    if value.endswith("**"):
        return Doubt.STAR_NORMAL
    return Doubt.STAR if value.endswith("*") else None


def gaps(form: Form) -> tuple[Gap, ...]:
    """Every doubt of a sheet, open items first."""
    found: Mapping[str, Doubt | None] = {
        item: doubt_of(form.values.get(item)) for item in NEEDED_ITEMS
    }
    return tuple(gap for doubt in Doubt if (gap := _gap(doubt, found)).count)


def _gap(doubt: Doubt, found: Mapping[str, Doubt | None]) -> Gap:
    return Gap(
        doubt=doubt,
        count=sum(each is doubt for each in found.values()),
        runs=tuple(
            run
            for side in Side
            for modality in Modality
            for run in _runs(side, modality, doubt, found)
        ),
        anal=tuple(item for item in (VAC, DAP) if found[item] is doubt),
    )


def _runs(
    side: Side, modality: Modality, doubt: Doubt, found: Mapping[str, Doubt | None]
) -> list[Run]:
    out: list[Run] = []
    going_on = False
    for segment in segments_of(modality):
        here = found[score_item(side, modality, segment)] is doubt
        if here and going_on:
            out[-1] = Run(side, modality, out[-1].first, segment)
        elif here:
            out.append(Run(side, modality, segment, segment))
        going_on = here
    return out
