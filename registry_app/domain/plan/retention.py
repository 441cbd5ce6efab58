"""Until when the records of a case are kept: the latest day that any rule asks for.

RC-1 to RC-3 of REGULATION.md section 6. The years are settings of the pack. What no
rule names a day for (RC-4) is kept as long as the registry: nothing is ever deleted.
"""

from datetime import date
from typing import NamedTuple

from registry_app.domain.plan.calendar import add_span
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.pack import Origin, Rule, RuleKind
from registry_app.domain.plan.protocol import Protocol


class Kept(NamedTuple):
    """What one rule asks for: records are kept through `until`."""

    rule: Rule
    until: date


def kept(protocol: Protocol, case: Case) -> tuple[Kept, ...]:
    """What each rule asks for the records of a case, the latest day first.

    A rule that counts from the treatment counts from the last use of the product.
    """
    found = []
    for rule in retention_rules(protocol):
        if case.subject.arm not in rule.arms:
            continue
        days = [day for day in _days(protocol, case, rule) if rule.basis.in_force(day)]
        if not days:
            continue
        settled = case.settled.get(f"{rule.id}:{case.subject.id}")
        chosen = settled is not None and settled.otherwise
        due = rule.otherwise if chosen and rule.otherwise is not None else rule.due
        found.append(Kept(rule, add_span(max(days), due)))
    return tuple(sorted(found, key=lambda one: (one.until, one.rule.id), reverse=True))


def retain_until(protocol: Protocol, case: Case) -> date | None:
    """The last day on which the records of a case are kept; None: no rule names one."""
    return max((one.until for one in kept(protocol, case)), default=None)


def retention_rules(protocol: Protocol) -> tuple[Rule, ...]:
    """The rules of retention in their order."""
    return tuple(rule for rule in protocol.rules() if rule.kind is RuleKind.RETENTION)


def retention_unsure(protocol: Protocol) -> bool:
    """Whether the years of a rule of retention are not confirmed yet."""
    unsure = {part.id for part in protocol.unsure()}
    return any(f"rule:{rule.id}" in unsure for rule in retention_rules(protocol))


def _days(protocol: Protocol, case: Case, rule: Rule) -> list[date]:
    anchor = protocol.anchor(rule.counts_from)
    days = [case.day_of(anchor)]
    if anchor.origin is Origin.TREATMENT:
        days += [kit.given_on for kit in case.kits]
    return [day for day in days if day is not None]
