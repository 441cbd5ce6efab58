"""How what is possible is said to people: ``B or C``, ``C5–C7, T6``, ``S4-5``."""

from collections.abc import Sequence

from registry_app.domain.isncsci.result import Possible
from registry_app.domain.isncsci.segments import DAP, NON_KEY_ITEMS, ORDER, VAC
from registry_app.domain.message import Message, say

#: A name that needs no words, or one that does.
Said = str | Message


def level_said(value: str) -> Said:
    """A level, a zone or a grade: S4_5 is S4-5; NA and INT are said in words."""
    if value == "NA":
        return say("isncsci.not-applicable")
    if value == "INT":
        return say("isncsci.intact")
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


def values_said(field: str, values: Sequence[str]) -> Said:
    """The values of a field, neighbouring levels as a range: ``C5–C7 or T6``.

    Three levels or more make a range; NA and INT are never in one, nor are grades.
    """
    if field == "completeness":
        return one_of([say(f"isncsci.completeness-{v}") for v in values])
    if field == "ais":
        return one_of(list(values))
    parts: list[Said] = []
    run: list[str] = []
    for value in [*values, "NA"]:
        alone = value in ("NA", "INT")
        if run and (alone or ORDER[value] != ORDER[run[-1]] + 1):
            parts += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else run
            run = []
        if alone:
            parts.append(level_said(value))
        else:
            run.append(value)
    # The NA put at the end only closed the last run.
    return one_of(parts[:-1])


def shown(field: str, possible: Possible) -> Said:
    """A whole result with its star."""
    text = values_said(field, possible.values)
    return say("isncsci.starred", text=text) if possible.star else text
