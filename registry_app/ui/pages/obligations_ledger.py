"""The ledger: which duties are shown, their columns, their words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
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

_SOON: Final = frozenset({Standing.RED, Standing.AMBER})
_OVER: Final = frozenset({Standing.DONE, Standing.NOT_APPLICABLE})
#: What each filter by state lets through.
STATES: Final[Mapping[str, Callable[[Duty, Standing], bool]]] = {
    "open": lambda _duty, standing: standing not in _OVER,
    "late": lambda _duty, standing: standing is Standing.LATE,
    "soon": lambda _duty, standing: standing in _SOON,
    "unsure": lambda duty, _standing: duty.to_confirm,
    "done": lambda _duty, standing: standing is Standing.DONE,
    "not-owed": lambda _duty, standing: standing is Standing.NOT_APPLICABLE,
    "all": lambda _duty, _standing: True,
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which duties are shown: by state (a name of STATES), owner, rule; "" for any."""

    state: str = "open"
    owner: str = ""
    rule: str = ""

    def lets(self, duty: Duty, on: date) -> bool:
        """Whether a duty is shown."""
        if self.owner and duty.owner.value != self.owner:
            return False
        if self.rule and duty.rule != self.rule:
            return False
        return STATES[self.state](duty, duty.standing(on))


def sort_key(name: str, on: date) -> Callable[[Duty], tuple[object, ...]]:
    """The order of a column: by state is late first, then what comes next."""
    order = list(Standing)

    def last(duty: Duty) -> date:
        return duty.last_day or date.max

    keys: dict[str, Callable[[Duty], tuple[object, ...]]] = {
        "state": lambda d: (_rank(order, d, on), last(d), d.key),
        "owner": lambda d: (d.owner.value, last(d), d.key),
        "due": lambda d: (last(d), d.key),
        "rule": lambda d: (d.rule, last(d), d.key),
        "confirmed": lambda d: (not d.to_confirm, last(d), d.key),
    }
    return keys[name]


def _rank(order: list[Standing], duty: Duty, on: date) -> int:
    """Red, amber and green are one group: their days put them in order."""
    standing = duty.standing(on)
    if standing in (Standing.RED, Standing.AMBER):
        standing = Standing.GREEN
    return order.index(standing)


def counts(duties: Iterable[Duty], on: date) -> tuple[int, int]:
    """How many are late, and how many are due within 30 days."""
    standings = [duty.standing(on) for duty in duties]
    return standings.count(Standing.LATE), sum(s in _SOON for s in standings)


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
        Column(key("col-due"), lambda d: day_said(d.due), 100, "figure", "due"),
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
