"""How far a setting may go: no date, no distance and no window that nobody plans in.

A setting is read with every screen. One that ran out of the calendar, or a period that
never ended, would close the registry to everybody.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from registry_app.domain.errors import InvalidValue
from registry_app.domain.plan.pack import RuleKind, Span
from registry_app.domain.plan.protocol import Protocol, read_span

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
MONTHS: Final = 1200  # a hundred years
DAYS: Final = 36_525


def check_values(
    protocol: Protocol, setting_id: str, values: Mapping[str, str]
) -> None:
    """Refuse values of a setting that lead nowhere. Raises InvalidValue.

    A period must go forward; only the milestones of a term lie before their day.
    """
    if "date" in values:
        year = date.fromisoformat(values["date"]).year
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise InvalidValue("plan.year-too-far", first=FIRST_YEAR, last=LAST_YEAR)
    for name in ("before", "after"):
        if int(values.get(name, 0)) > DAYS:
            raise InvalidValue("plan.too-many-days", days=DAYS)
    for name in ("at", "due", "every"):
        if name in values:
            span = read_span(values[name])
            if abs(span.months) > MONTHS or abs(span.days) > DAYS:
                raise InvalidValue("plan.too-far", text=values[name])
            if name == "every" and _sign(span) <= 0:
                raise InvalidValue("plan.no-period", text=values[name])
            if name == "due" and _sign(span) < 0 and not _of_term(protocol, setting_id):
                raise InvalidValue("plan.backwards", text=values[name])


def _sign(span: Span) -> int:
    return span.months or span.days


def _of_term(protocol: Protocol, setting_id: str) -> bool:
    rule_id = setting_id.partition(":")[2]
    return any(
        rule.id == rule_id and rule.kind is RuleKind.TERM
        for rule in protocol.pack.rules
    )
