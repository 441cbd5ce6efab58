"""The ledger a page at a time: the order first, a row when it is looked at.

With ten thousand patients the ledger has more than a hundred thousand duties; the page
shows thirty of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from registry_app.domain.errors import InvalidValue
from registry_app.domain.plan.duty import Duty, Standing
from registry_app.domain.plan.pack import Owner
from registry_app.domain.rights import Deed
from registry_app.services.desk import Desk
from registry_app.services.hiding import hidden_subjects, keys_shown
from registry_app.services.obligations import AHEAD
from registry_app.services.product_duties import of_product
from registry_app.services.protocol import today_in_japan
from registry_app.services.rights import needs
from registry_app.storage import ledger_rows as rows_of
from registry_app.storage.ledger_rows import NEVER, Place

#: How a query can ask a duty to stand.
STATES: Final = ("now", "open", "late", "soon", "unsure", "done", "not-owed", "all")
SORTS: Final = ("state", "owner", "due", "rule", "confirmed")
_NOW: Final = (Standing.LATE, Standing.RED, Standing.AMBER, Standing.GREEN)
_SOON: Final = (Standing.RED, Standing.AMBER)
_RANKS: Final = {
    Standing.LATE: rows_of.LATE,
    Standing.RED: rows_of.BEGUN,
    Standing.AMBER: rows_of.BEGUN,
    Standing.GREEN: rows_of.BEGUN,
    Standing.WAITING: rows_of.WAITING,
    Standing.DONE: rows_of.DONE,
    Standing.NOT_APPLICABLE: rows_of.NOT_OWED,
}
_OVER: Final = (Standing.DONE, Standing.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """Which duties, in which order. `owner` None, `rule` "": any."""

    state: str = "now"
    owner: Owner | None = None
    rule: str = ""
    sort: str = "state"
    descending: bool = False

    def __post_init__(self) -> None:
        if self.state not in STATES or self.sort not in SORTS:
            raise InvalidValue(
                "storage.no-such-order", sort=f"{self.state} {self.sort}"
            )

    def takes(self, duty: Duty) -> bool:
        """Whether owner, rule and certainty of a duty are those asked for."""
        if self.owner is not None and duty.owner is not self.owner:
            return False
        if self.rule and duty.rule != self.rule:
            return False
        return self.state != "unsure" or duty.to_confirm


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger as it was opened: its day, and the few duties of the product."""

    on: date
    until: date
    product: Mapping[str, Duty]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many duties are late; due within 30 days (`soon`); of these within 7."""

    late: int
    soon: int
    red: int


@needs(Deed.LOOK)
def open_ledger(desk: Desk) -> Ledger:
    """All that has begun, or begins within 90 days, or is settled."""
    on = today_in_japan(desk)
    until = on + AHEAD
    with desk.read() as reading:
        protocol = desk.planner.plan(reading).protocol
        hidden = hidden_subjects(reading, desk)
        found = [
            duty
            for duty in of_product(reading, protocol, until, unmatched_only=True)
            if duty.subject_id not in hidden
        ]
    return Ledger(on, until, {duty.key: duty for duty in found})


@needs(Deed.LOOK)
def ledger_counts(desk: Desk, ledger: Ledger) -> Counts:
    """What is late and what is due, in figures."""
    with desk.read() as reading:
        late, soon, red = rows_of.counts(reading.connection, ledger.on)
    standings = [duty.standing(ledger.on) for duty in ledger.product.values()]
    return Counts(
        late + standings.count(Standing.LATE),
        soon + sum(standing in _SOON for standing in standings),
        red + standings.count(Standing.RED),
    )


@needs(Deed.LOOK)
def ledger_keys(desk: Desk, ledger: Ledger, query: LedgerQuery) -> list[str]:
    """The keys that a query asks for, in its order.

    By state: the late first, then what is open by its last day, what has not begun,
    what is settled.
    """
    on = ledger.on
    alone = [duty for duty in ledger.product.values() if _lets(query, duty, on)]
    state = "open" if query.state == "unsure" else query.state
    asked = (state, on, ledger.until)
    with desk.read() as reading:
        plan, connection = desk.planner.plan(reading), reading.connection
        parts = {part: plan.template(part) for part in plan.parts(query.takes)}
        ranks = None
        if query.sort != "state":
            ranks = {part: _rank(query, duty, on) for part, duty in parts.items()}
        found = rows_of.places(connection, *asked, ranks, parts)
        odd = rows_of.by_keys(connection, rows_of.odd_keys(connection, *asked))
        alone += [
            duty for duty in plan.shown(reading, odd.values()) if query.takes(duty)
        ]
        found += [_place(query, duty, on) for duty in alone]
        keys = [place.key for place in sorted(found, reverse=query.descending)]
        return keys_shown(reading, desk, keys)


@needs(Deed.LOOK)
def ledger_rows(desk: Desk, ledger: Ledger, keys: Sequence[str]) -> list[Duty]:
    """The duties of these keys, in the same order; one that is gone is left out."""
    with desk.read() as reading:
        keys = keys_shown(reading, desk, keys)
        own = [key for key in keys if key not in ledger.product]
        rows = rows_of.by_keys(reading.connection, own)
        shown = desk.planner.plan(reading).shown(reading, rows.values())
    found = {**ledger.product, **{duty.key: duty for duty in shown}}
    return [found[key] for key in keys if key in found]


@needs(Deed.LOOK)
def due_between(
    desk: Desk, ledger: Ledger, query: LedgerQuery, first: date, last: date
) -> list[Duty]:
    """The duties of a query whose last day lies on these days, both included."""

    def there(duty: Duty) -> bool:
        day = duty.last_day
        return (
            day is not None and first <= day <= last and _lets(query, duty, ledger.on)
        )

    with desk.read() as reading:
        plan = desk.planner.plan(reading)
        rows = rows_of.due_between(reading.connection, first, last, ledger.until)
        found = [*ledger.product.values(), *plan.shown(reading, rows)]
        hidden = hidden_subjects(reading, desk)
        found = [one for one in found if one.subject_id not in hidden]
    return [duty for duty in found if there(duty)]


def _place(query: LedgerQuery, duty: Duty, on: date) -> Place:
    last = NEVER if duty.last_day is None else duty.last_day.isoformat()
    return Place(_rank(query, duty, on), last, duty.key)


def _rank(query: LedgerQuery, duty: Duty, on: date) -> str:
    """What a duty is put in order by, before its last day."""
    by: Mapping[str, Callable[[], str]] = {
        "state": lambda: _RANKS[duty.standing(on)],
        "owner": lambda: duty.owner.value,
        "due": lambda: "",
        "rule": lambda: duty.rule,
        "confirmed": lambda: "" if duty.to_confirm else "sure",
    }
    return by[query.sort]()


def _lets(query: LedgerQuery, duty: Duty, on: date) -> bool:
    standing = duty.standing(on)
    stands = {
        "now": standing in _NOW,
        "open": standing not in _OVER,
        "unsure": standing not in _OVER,
        "late": standing is Standing.LATE,
        "soon": standing in _SOON,
        "done": standing is Standing.DONE,
        "not-owed": standing is Standing.NOT_APPLICABLE,
        "all": True,
    }
    return stands[query.state] and query.takes(duty)
