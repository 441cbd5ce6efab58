"""How what is possible is said to people: ``B or C``, ``C5–C7, T6``, ``S4-5``."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from registry_app.domain.isncsci.result import Possible
from registry_app.domain.isncsci.segments import DAP, NON_KEY_ITEMS, SEGMENTS, VAC
from registry_app.domain.message import Message, say

#: A name that needs no words, or one that does.
Said = str | Message
#: Pairs of values with no other between them. S4-5 is never a level: INT follows S3.
_NEIGHBOURS: Final = frozenset([*pairwise("ABCDE"), *pairwise(SEGMENTS), ("S3", "INT")])


def level_said(value: str) -> str:
    """A level, a zone or a grade, as on the sheet: S4_5 is S4-5; NA, INT."""
    return value.replace("_", "-")


def item_said(item: str) -> Message:
    """A place of the sheet: ``left pin prick T6``, ``VAC``."""
    if item in (VAC, DAP):
        return say("isncsci.item-anal", name=item)
    side, *rest = item.split("_", 2)
    if item in NON_KEY_ITEMS:
        return say("isncsci.item-non-key", side=side_said(side))
    modality, segment = rest
    return say(
        "isncsci.item",
        side=side_said(side),
        modality=say(f"isncsci.modality-{modality}"),
        level=segment.replace("_", "-"),
    )


def side_said(side: str) -> Message:
    """A side by its first letter, R or L."""
    return say(f"isncsci.side-{side}")


def one_of(parts: Sequence[Said]) -> Said:
    """``a, b or c``."""
    return _joined(parts, "isncsci.or")


def all_of(parts: Sequence[Said]) -> Said:
    """``a, b and c``."""
    return _joined(parts, "isncsci.and")


def listed(parts: Sequence[Said]) -> Said:
    """``a, b, c``."""
    return _joined(parts, "isncsci.comma")


def _joined(parts: Sequence[Said], last: str) -> Said:
    *most, end = parts
    if not most:
        return end
    text = most[0]
    for part in most[1:]:
        text = say("isncsci.comma", first=text, last=part)
    return Message(last, {"first": text, "last": end})


def _runs(values: Sequence[str]) -> list[list[str]]:
    """Values in runs of neighbours."""
    runs: list[list[str]] = []
    for value in values:
        if runs and (runs[-1][-1], value) in _NEIGHBOURS:
            runs[-1].append(level_said(value))
        else:
            runs.append([level_said(value)])
    return runs


def values_said(field: str, values: Sequence[str]) -> Said:
    """The values of a field: ``B or C``, ``C5–C7 or T6``.

    Three neighbours or more make a range; it holds nothing that is not possible.
    """
    if field == "completeness":
        return one_of([say(f"isncsci.completeness-{v}") for v in values])
    parts: list[Said] = []
    for run in _runs(values):
        parts += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else run
    return one_of(parts)


def compact(possible: Possible) -> str:
    """Levels or grades where there is little room: ``B–C``, ``NA, C5–C7, T6*``."""
    runs = [
        run if len(run) == 1 else [run[0], run[-1]] for run in _runs(possible.values)
    ]
    return ", ".join("–".join(run) for run in runs) + "*" * possible.star


def shown(field: str, possible: Possible) -> Said:
    """A whole result with its star."""
    text = values_said(field, possible.values)
    return say("isncsci.starred", text=text) if possible.star else text
