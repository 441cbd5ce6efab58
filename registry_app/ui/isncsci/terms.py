"""The words for items and levels, as the whole worksheet uses them."""

from typing import Final

from registry_app.domain.isncsci.display import item_said
from registry_app.domain.isncsci.display import shown as field_said
from registry_app.domain.isncsci.result import Possible
from registry_app.domain.message import Message, Told
from registry_app.domain.visit import Form, How
from registry_app.domain.worksheet.entry import ANAL_ITEMS, shown
from registry_app.services.plans import UNSCHEDULED
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


def possible_text(words: Words, field: str, possible: Possible) -> str:
    """What a field can be: ``C5``, ``B or C``, ``C5–C7 or T6*``."""
    said = field_said(field, possible)
    return said if isinstance(said, str) else words.say(said)


def visit_said(words: Words, code: str, name: Message | Told | None) -> str:
    """A visit as the pack names it; unscheduled; else as it was written."""
    if name is not None:
        return words.say(name)
    return words("enrol.exam-unscheduled") if code == UNSCHEDULED else code
