"""The planned visits of one case: its windows, what counts for them, what is next."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry_app.domain.message import Message, Told
from registry_app.domain.plan.windows import Window


class VisitStanding(StrEnum):
    """How far a planned visit has come."""

    MADE = "made"
    MISSED = "missed"
    OPEN = "open"
    AHEAD = "ahead"
    ENDED = "ended"  # its window opens after the follow-up has ended


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One planned visit. `first`, `last`: the window, both days included.

    `wished`: the narrower days that are wished for. `counted`: the day of the exam that
    counts, `form` its id, and `why` it does; `flags`: what is doubtful about it.
    `owed`: missing it is a duty missed. `to_confirm`: 要確認.
    """

    name: Told
    first: date
    last: date
    wished: tuple[date, date] | None
    standing: VisitStanding
    counted: date | None
    why: Message | None
    flags: tuple[Message, ...]
    owed: bool
    to_confirm: bool
    form: str = ""


def visit_rows(
    windows: Iterable[Window],
    on: date,
    *,
    ended_on: date | None = None,
    unsure: Collection[str] = (),
) -> tuple[VisitRow, ...]:
    """The visits of a case as they stand at the end of a day, in order of time.

    `unsure`: ids of settings that nobody has confirmed (`Protocol.unsure`).
    """
    rows = [
        VisitRow(
            name=window.visit.name,
            first=window.first,
            last=window.last,
            wished=_wished(window),
            standing=_standing(window, on, ended_on),
            counted=None if window.counted is None else window.counted.day,
            why=window.why,
            flags=window.flags,
            owed=window.visit.owed,
            to_confirm=f"visit:{window.visit.id}" in unsure,
            form="" if window.counted is None else window.counted.form_id,
        )
        for window in windows
    ]
    return tuple(sorted(rows, key=lambda row: (row.first, row.last, row.name.en)))


def coming(rows: Sequence[VisitRow]) -> tuple[VisitRow, ...]:
    """The visits that are still to be made, the one that closes first at the top."""
    wanted = (VisitStanding.OPEN, VisitStanding.AHEAD)
    ahead = [row for row in rows if row.standing in wanted]
    return tuple(sorted(ahead, key=lambda row: (row.last, row.first)))


def _wished(window: Window) -> tuple[date, date] | None:
    if window.target_first is None or window.target_last is None:
        return None
    return window.target_first, window.target_last


def _standing(window: Window, on: date, ended_on: date | None) -> VisitStanding:
    if window.counted is not None and window.counted.day <= on:
        return VisitStanding.MADE
    if ended_on is not None and window.last >= ended_on:
        return VisitStanding.ENDED
    if window.last < on:
        return VisitStanding.MISSED
    return VisitStanding.OPEN if window.first <= on else VisitStanding.AHEAD
