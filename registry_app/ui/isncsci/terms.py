"""The words for items and levels, as the whole worksheet uses them."""

from collections.abc import Sequence
from typing import Final

from registry_app.domain.isncsci.display import item_said
from registry_app.domain.isncsci.result import Possible
from registry_app.domain.isncsci.segments import ORDER
from registry_app.domain.visit import Form, How
from registry_app.domain.worksheet.entry import ANAL_ITEMS, shown
from registry_app.words import Words

GRADES: Final = ("A", "B", "C", "D", "E")


def level_name(segment: str) -> str:
    """A segment as it is written: ``S4-5``."""
    return segment.replace("_", "-")


def item_name(words: Words, item: str) -> str:
    """An item in words: ``left pin prick T6``."""
    if item in ANAL_ITEMS:
        return words(f"worksheet.{item.lower()}-long")
    return words.say(item_said(item))


def answer_name(words: Words, value: str) -> str:
    """An answer of VAC or DAP in words."""
    return words(f"worksheet.answer-{value}") if value else ""


def spoken(words: Words, form: Form, previous: str, item: str) -> str:
    """What a screen reader says of an item: where, what, how, and what was before."""
    value = form.values.get(item, "")
    said = [item_name(words, item)]
    if item in ANAL_ITEMS and value:
        said.append(answer_name(words, value))
    else:
        said.append(shown(value) or words("worksheet.empty"))
    if form.how.get(item) is How.FILLED:
        said.append(words("worksheet.filled"))
    if item in form.unanswered:
        said.append(words("worksheet.star-unanswered"))
    if previous:
        said.append(words("worksheet.earlier", value=shown(previous)))
    return words("worksheet.comma").join(said)


def ranges(values: Sequence[str], order: Sequence[str]) -> list[tuple[str, str]]:
    """Values in runs of neighbours: first and last of each. NA stands alone."""
    runs: list[tuple[str, str]] = []
    for value in values:
        before = runs[-1][1] if runs else "NA"
        follows = before != "NA" and order.index(value) == order.index(before) + 1
        if follows or (before, value) == ("S3", "INT"):  # S4-5 is never a level
            runs[-1] = (runs[-1][0], value)
        else:
            runs.append((value, value))
    return runs


def possible_text(
    words: Words, field: str, possible: Possible, between: str = ""
) -> str:
    """What a field can be: ``C5``, ``B or C``, ``C5–C7 or T6``; a star if it has one.

    `between`: what stands between the last two, where the room is small.
    """
    if field == "completeness":
        parts = [words(f"worksheet.completeness-{v}") for v in possible.values]
    else:
        order = GRADES if field == "ais" else list(ORDER)
        parts = []
        for first, last in ranges(possible.values, order):
            names = [
                words("worksheet.not-applicable") if v == "NA" else v
                for v in (first, last)
            ]
            names = [level_name(name) for name in names]
            pair = order.index(last) - order.index(first) == 1
            if first == last:
                parts.append(names[0])
            elif pair and field == "ais":
                parts += names
            else:
                parts.append(f"{names[0]}–{names[1]}")
    *most, last_part = parts
    text = (
        (between or words("worksheet.or")).join(
            [(between or ", ").join(most), last_part]
        )
        if most
        else last_part
    )
    return text + ("*" if possible.star else "")
