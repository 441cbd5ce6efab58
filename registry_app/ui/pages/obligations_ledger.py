"""The columns of the ledger, and their words."""

from collections.abc import Callable
from datetime import date
from typing import Final

from registry_app.domain.plan.duty import Duty, Standing
from registry_app.domain.plan.pack import RuleKind
from registry_app.domain.plan.protocol import Protocol
from registry_app.ui.duty_words import (
    SHAPES,
    day_said,
    days_ink,
    days_said,
    owner_said,
    standing_said,
    whom_said,
)
from registry_app.ui.rows_model import Column
from registry_app.words import Words

_OVER: Final = frozenset({Standing.DONE, Standing.NOT_APPLICABLE})


def clock_said(words: Words, duty: Duty, protocol: Protocol, on: date) -> str:
    """Of a running clock the day it is at, ``day 9 of 15``; else the days left."""
    kinds = {rule.id: rule.kind for rule in protocol.pack.rules}
    clock = kinds.get(duty.rule) in (RuleKind.CLOCK, RuleKind.ALARM)
    running = duty.standing(on) not in _OVER and on >= duty.trigger
    if clock and running and duty.due is not None:
        days, whole = (on - duty.trigger).days, (duty.due - duty.trigger).days
        return words("ledger_page.clock-day", days=days, all=whole)
    return days_said(words, duty, on)


def law_said(words: Words, duty: Duty) -> str:
    """The article; without one the rule, or that the plan of the pack asks for it."""
    if duty.basis.citation is not None:
        return words.say(duty.basis.citation)
    own = duty.key.startswith(("visit:", "booklet:"))
    return words("ledger_page.by-plan") if own else duty.rule


def confirmed_said(words: Words, duty: Duty) -> str:
    """Who has confirmed the rule; 要確認 where somebody must."""
    if duty.to_confirm:
        return words("ledger_page.to-confirm")
    who = duty.confirmed
    if who is None:
        return words("ledger_page.sourced")
    return words("ledger_page.confirmed-by", name=who.by, day=who.on.isoformat())


def ledger_columns(
    words: Words,
    protocol: Protocol,
    on: date,
    narrow: Callable[[], bool] = lambda: False,
) -> list[Column]:
    """The columns of the ledger, of rows that are duties.

    `narrow`: whether the column of who has confirmed has no room now; then the line
    below the name carries the mark.
    """

    def key(name: str) -> str:
        return words(f"ledger_page.{name}")

    def under(duty: Duty) -> str:
        who = whom_said(words, duty)
        if not duty.to_confirm or not narrow():
            return who
        return words("ledger_page.two", first=key("to-confirm"), last=who)

    return [
        Column(
            key("col-state"),
            lambda d: standing_said(words, d.standing(on)),
            104,
            "chip",
            "state",
            status=lambda d: SHAPES[d.standing(on)],
        ),
        Column(key("col-duty"), lambda d: words.say(d.name), 0, "strong", under=under),
        Column(
            key("col-owner"),
            lambda d: owner_said(words, d.owner),
            104,
            "text",
            "owner",
            spare=True,
        ),
        Column(
            key("col-clock"),
            lambda d: clock_said(words, d, protocol, on),
            112,
            ink=lambda d: days_ink(d, on),
        ),
        Column(
            key("col-due"), lambda d: day_said(d.due or d.alarm), 100, "figure", "due"
        ),
        Column(
            key("col-confirmed"),
            lambda d: confirmed_said(words, d),
            116,
            "chip",
            "confirmed",
            status=lambda d: "due" if d.to_confirm else "",
            spare=True,
        ),
        Column(
            key("col-rule"),
            lambda d: law_said(words, d),
            180,
            "quiet",
            "rule",
            spare=True,
        ),
    ]
