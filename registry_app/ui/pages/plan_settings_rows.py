"""The rules of the plan as rows: kind, name, value, source, who confirmed."""

from collections.abc import Iterator
from dataclasses import dataclass

from registry_app.domain.message import Told
from registry_app.domain.plan.citation import distance
from registry_app.domain.plan.duty import Confirmed
from registry_app.domain.plan.pack import (
    Basis,
    Confidence,
    Owner,
    PlannedVisit,
    Rule,
    Test,
)
from registry_app.domain.plan.protocol import Protocol
from registry_app.words import Words


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One thing that can be confirmed; `id` of its setting, such as ``rule:O2``.

    `value` as it holds here, `packed` as the pack has it where that differs. `unset`: a
    base date that is not known. `editable`: another value can be set here.
    """

    id: str
    name: Told
    basis: Basis
    confirmed: Confirmed | None
    value: str = ""
    packed: str = ""
    owner: Owner | None = None
    unset: bool = False
    editable: bool = False

    @property
    def kind(self) -> str:
        """date, visit, criterion, rule, booklet, signal."""
        return self.id.partition(":")[0]

    @property
    def unsure(self) -> bool:
        """Whether it carries 要確認."""
        unsure = self.basis.confidence is Confidence.UNCONFIRMED
        return unsure and self.confirmed is None

    @property
    def state(self) -> str:
        """The last part of the key of its state."""
        if self.unset:
            return "unset"
        if self.unsure:
            return "unsure"
        return "sure" if self.confirmed else "sourced"


#: The shape of each state.
SHAPES = {"unset": "overdue", "unsure": "due", "sure": "done", "sourced": "open"}


def plan_rows(words: Words, plan: Protocol) -> list[PlanRow]:
    """Everything of the plan that rests on a source, in the order of the pack."""
    rules = [*_visits(words, plan), *_rules(words, plan)]
    return [*_dates(plan), *rules, *_others(words, plan)]


def _dates(plan: Protocol) -> Iterator[PlanRow]:
    for base in plan.pack.base_dates:
        id_, now = f"date:{base.id}", plan.base_date(base.id)
        yield PlanRow(
            id_,
            base.name,
            base.basis,
            plan.confirmed(id_),
            now.isoformat() if now else "",
            base.value.isoformat() if base.value and base.value != now else "",
            unset=now is None,
            editable=True,
        )


def _visits(words: Words, plan: Protocol) -> Iterator[PlanRow]:
    for packed, visit in zip(plan.pack.visits, plan.visits(), strict=True):
        id_ = f"visit:{visit.id}"
        value, before = (visit_value(words, plan, v) for v in (visit, packed))
        yield PlanRow(
            id_,
            visit.name,
            visit.basis,
            plan.confirmed(id_),
            value,
            before if before != value else "",
            Owner.HOSPITAL,
            editable=True,
        )


def _rules(words: Words, plan: Protocol) -> Iterator[PlanRow]:
    for packed, rule in zip(plan.pack.rules, plan.rules(), strict=True):
        id_ = f"rule:{rule.id}"
        value, before = rule_value(words, rule), rule_value(words, packed)
        yield PlanRow(
            id_,
            rule.name,
            rule.basis,
            plan.confirmed(id_),
            value,
            before if before != value else "",
            rule.owner,
            editable=True,
        )


def _others(words: Words, plan: Protocol) -> Iterator[PlanRow]:
    """Criteria, booklets, events and more: they are confirmed, not set otherwise."""
    values = {f"criterion:{c.id}": _range(words, c.test) for c in plan.pack.criteria}
    for booklet in plan.pack.booklets:
        steps = [
            words("plan_settings.step", name=step.name, due=distance(step.due))
            for step in booklet.steps
        ]
        values[f"booklet:{booklet.id}"] = words("plan_settings.then").join(steps)
    reports = {f"report:{one.id}": one for one in plan.pack.reports}
    for id_, report in reports.items():
        values[id_] = plan.form_number(report.id)
    signals = {f"signal:{one.id}": one for one in plan.signals()}
    for part in plan.parts():
        signal = signals.get(part.id)
        if part.id.partition(":")[0] not in ("date", "visit", "rule"):
            yield PlanRow(
                part.id,
                part.name,
                part.basis,
                plan.confirmed(part.id),
                values.get(part.id, ""),
                editable=part.id in reports
                or (signal is not None and signal.threshold is not None),
            )


def _range(words: Words, test: Test) -> str:
    """The figures that pass; a question to a person has none."""
    least, most = test.least, test.most
    if least is not None and most is not None:
        return words("plan_settings.from-to", least=least, most=most)
    if least is not None:
        return words("plan_settings.at-least", least=least)
    if most is not None:
        return words("plan_settings.at-most", most=most)
    return words("ledger_page.comma").join(test.one_of) if test.fact == "ais" else ""


def visit_value(words: Words, plan: Protocol, visit: PlannedVisit) -> str:
    """The window of a visit."""
    key = "plan_settings.visit-value"
    if visit.at.months < 0 or visit.at.days < 0:
        key = "plan_settings.visit-earlier"
    return words(
        key,
        anchor=plan.anchor(visit.anchor).name,
        at=distance(visit.at),
        before=visit.before,
        after=visit.after,
    )


def rule_value(words: Words, rule: Rule) -> str:
    """The distance of a rule, and how often it comes."""
    due = distance(rule.due)
    if rule.every is None:
        return words("plan_settings.rule-due", due=due)
    every = distance(rule.every)
    value = words("plan_settings.rule-every", every=every, due=due)
    if rule.later is not None and rule.later_from is not None:
        return words(
            "plan_settings.rule-later",
            value=value,
            first=distance(rule.later_from),
            later=distance(rule.later),
        )
    return value
