"""The card for a patient: when to come, in both calendars, large and plain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry_app.domain.figures.visits import VisitRow, coming
from registry_app.domain.message import Told
from registry_app.domain.subject import Identity


@dataclass(frozen=True, slots=True)
class CardDate:
    """One visit to come: any day from `first` to `last`, both included.

    `wished`: the days that suit best. `offered`: nobody owes it, so that a patient
    comes only if asked to. `to_confirm`: its rule is unconfirmed.
    """

    name: Told
    first: date
    last: date
    wished: tuple[date, date] | None
    open: bool
    offered: bool
    to_confirm: bool


@dataclass(frozen=True, slots=True)
class DatesCard:
    """What the card says. `name`: only where it was asked for."""

    on: date
    case: str
    name: str
    dates: tuple[CardDate, ...]


def dates_card(
    case: str, rows: Sequence[VisitRow], on: date, identity: Identity | None = None
) -> DatesCard:
    """The card of a case; `identity` puts the name on it.

    The visits that are owed: one that is only offered is arranged by the hospital.
    """
    name = ""
    if identity is not None:
        name = " ".join(filter(None, (identity.family, identity.given)))
    dates = tuple(
        CardDate(
            name=row.name,
            first=row.first,
            last=row.last,
            wished=row.wished,
            open=row.first <= on,
            offered=not row.owed,
            to_confirm=row.to_confirm,
        )
        for row in coming(rows)
        if row.owed
    )
    return DatesCard(on, case, name, dates)
