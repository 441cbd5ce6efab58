"""Forms of items that a pack declares: what may be written in each place."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from registry_app.domain.message import Message, say
from registry_app.domain.plan.pack import FormPlan, Item

YES: Final = "yes"
NO: Final = "no"


def said(values: Mapping[str, str]) -> dict[str, str]:
    """The values without blanks around them; an empty one says nothing."""
    return {item: text.strip() for item, text in values.items() if text.strip()}


def problems(plan: FormPlan, values: Mapping[str, str]) -> dict[str, Message]:
    """What cannot stand where it was written, by the item; {} where all can.

    An item without a value is no problem: it is missing, and is shown so.
    """
    items = {item.id: item for item in plan.items}
    found = {}
    for item, text in said(values).items():
        if item not in items:
            found[item] = say("forms.no-such-item", item=item)
        elif wrong := _wrong(items[item], text):
            found[item] = wrong
    return found


def _wrong(item: Item, text: str) -> Message | None:
    if item.kind == "number":
        return _wrong_number(item, text)
    if item.kind == "choice" and text not in [choice.id for choice in item.choices]:
        return say("forms.no-such-choice", item=item.name, text=text)
    if item.kind == "yes-no" and text not in (YES, NO):
        return say("forms.not-yes-or-no", item=item.name, text=text)
    if item.kind == "date":
        try:
            date.fromisoformat(text)
        except ValueError:
            return say("forms.not-a-date", item=item.name, text=text)
    return None


def _wrong_number(item: Item, text: str) -> Message | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        return say("forms.not-a-number", item=item.name, text=text)
    low = item.least is not None and number < item.least
    high = item.most is not None and number > item.most
    if low or high:
        key = "forms.out-of-range"
        if item.most is None:
            key = "forms.too-low"
        elif item.least is None:
            key = "forms.too-high"
        return say(key, item=item.name, text=text, least=item.least, most=item.most)
    return None
