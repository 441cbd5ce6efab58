"""The reports that the pack asks for, and the duties that each of them fulfils."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from registry_app.domain.message import Told
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.pack import Owner
from registry_app.domain.report import Kind
from registry_app.domain.rights import Deed
from registry_app.domain.safety import CaseState, SafetyCase
from registry_app.services.desk import Desk
from registry_app.services.hiding import hidden_subjects
from registry_app.services.ledger_list import (
    Ledger,
    LedgerQuery,
    ledger_keys,
    ledger_rows,
    open_ledger,
)
from registry_app.services.protocol import protocol
from registry_app.services.rights import needs

_KINDS: Final = {kind.letters: kind for kind in Kind if kind.archived}
#: So many open duties are offered at most; one does not choose among more.
_OFFERED: Final = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report that is asked for. `due`: the open duty that it fulfils next.

    `to_confirm`: nobody has confirmed that this report is owed. `on`: the day of it.
    """

    kind: Kind
    name: Told
    owner: Owner
    rule: str
    due: Duty | None
    to_confirm: bool
    on: date


@needs(Deed.LOOK)
def wanted_reports(desk: Desk) -> tuple[Wanted, ...]:
    """The reports of the pack in use, in its order."""
    ledger = open_ledger(desk)
    found = []
    for one in protocol(desk).pack.reports:
        if one.id not in _KINDS:
            continue
        due = next(iter(_open(desk, ledger, one.rule)), None) if one.rule else None
        unsure = one.basis.confidence.value == "unconfirmed"
        unsure = unsure or (due is not None and due.to_confirm)
        kind = _KINDS[one.id]
        found.append(
            Wanted(kind, one.name, one.owner, one.rule, due, unsure, ledger.on)
        )
    return tuple(found)


def _open(desk: Desk, ledger: Ledger, rule: str) -> list[Duty]:
    """The open duties of a rule, those with the nearest day first."""
    query = LedgerQuery("open", rule=rule, sort="due")
    keys = ledger_keys(desk, ledger, query)[:_OFFERED]
    rows = ledger_rows(desk, ledger, keys)
    return sorted(rows, key=lambda duty: duty.last_day or date.max)


@needs(Deed.LOOK)
def duties_served(desk: Desk, kind: Kind, about: str = "") -> tuple[Duty, ...]:
    """The open duties that a report of this kind may fulfil.

    `about`: the safety case of an individual report: every clock of that case.
    """
    ledger = open_ledger(desk)
    if about:
        keys = ledger_keys(desk, ledger, LedgerQuery("open", sort="due"))
        of_case = [key for key in keys if key.split(":")[1:2] == [about]]
        return tuple(ledger_rows(desk, ledger, of_case))
    reports = protocol(desk).pack.reports
    rule = next((r.rule for r in reports if _KINDS.get(r.id) is kind), "")
    return tuple(_open(desk, ledger, rule)) if rule else ()


@needs(Deed.LOOK)
def reportable_cases(desk: Desk) -> tuple[SafetyCase, ...]:
    """The safety cases that are reported one by one, the newest number first."""
    states = (CaseState.OPEN, CaseState.CLOSED)
    with desk.read() as reading:
        hidden = hidden_subjects(reading, desk)
        found = [
            one
            for one in reading.find(SafetyCase)
            if one.state in states and one.subject_id not in hidden
        ]
    return tuple(sorted(found, key=lambda one: one.id, reverse=True))
