"""How a duty is said on every screen: its state, its days, its owner, for whom."""

from datetime import date
from typing import Final

from registry_app.domain.plan.duty import Duty, Standing
from registry_app.domain.plan.pack import Owner
from registry_app.words import Words

#: The shape of each standing (ui/paint.py).
SHAPES: Final = {
    Standing.LATE: "overdue",
    Standing.RED: "due",
    Standing.AMBER: "due",
    Standing.GREEN: "open",
    Standing.WAITING: "open",
    Standing.DONE: "done",
    Standing.NOT_APPLICABLE: "blocked",
}
_WORDS: Final = {
    Standing.LATE: "ledger_page.late",
    Standing.RED: "ledger_page.red",
    Standing.AMBER: "ledger_page.amber",
    Standing.GREEN: "ledger_page.green",
    Standing.WAITING: "ledger_page.waiting",
    Standing.DONE: "ledger_page.done",
    Standing.NOT_APPLICABLE: "ledger_page.not-applicable",
}
_INKS: Final = {
    Standing.LATE: "overdue",
    Standing.RED: "due",
    Standing.AMBER: "due",
    Standing.DONE: "done",
}
_OWNERS: Final = {
    Owner.HOLDER: "ledger_page.owner-mah",
    Owner.HOSPITAL: "ledger_page.owner-hospital",
    Owner.PHYSICIAN: "ledger_page.owner-physician",
}
_ONLY: Final = {
    Owner.HOLDER: "ledger_page.only-mah",
    Owner.HOSPITAL: "ledger_page.only-hospital",
    Owner.PHYSICIAN: "ledger_page.only-physician",
}


def standing_said(words: Words, standing: Standing) -> str:
    """The word of a standing."""
    return words(_WORDS[standing])


def owner_said(words: Words, owner: Owner) -> str:
    """Who owes it."""
    return words(_OWNERS[owner])


def only_owner_said(words: Words, owner: Owner) -> str:
    """Who owes it, and that nobody else does."""
    return words(_ONLY[owner])


def whom_said(words: Words, duty: Duty, kana: str = "") -> str:
    """The case that a duty is about, or the product; and the period, if it has one."""
    who = duty.subject_id or words("ledger_page.product-wide")
    if duty.subject_id and kana:
        who = words("ledger_page.whom", id=duty.subject_id, kana=kana)
    if duty.period is None or duty.due is None:
        return who
    first, last = (day.isoformat() for day in duty.period)
    about = words("ledger_page.about-period", first=first, last=last)
    return words("ledger_page.two", first=who, last=about)


def days_said(words: Words, duty: Duty, on: date) -> str:
    """The days of a duty in words: left, late, in time, or why there are none."""
    standing, left = duty.standing(on), duty.days_left(on)
    if standing is Standing.NOT_APPLICABLE:
        return standing_said(words, standing)
    if standing is Standing.DONE:
        late = duty.days_late
        if duty.due is None:
            return words("ledger_page.done")
        if late:
            return words("ledger_page.done-late", days=late)
        return words("ledger_page.in-time")
    if left is None:
        return words("ledger_page.no-day")
    if on < duty.opens:
        return words("ledger_page.opens", day=duty.opens.isoformat())
    if left == 0:
        return words("ledger_page.last")
    key = "left" if left > 0 else "over"
    many = "one" if abs(left) == 1 else "many"
    return words(f"ledger_page.{key}-{many}", days=abs(left))


def days_ink(duty: Duty, on: date) -> str:
    """The colour of `days_said`; the words say it without."""
    return _INKS.get(duty.standing(on), "text2")


def day_said(day: date | None) -> str:
    """A day as tables show it; nothing for none."""
    return "" if day is None else day.isoformat()
