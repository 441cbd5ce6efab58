"""The half year that a six-month infection report is about, and how it is counted.

``period_k = [base + 6(k−1) months, base + 6k months − 1 day]``, due a month after its
end, or two where a translation is needed (REGULATION.md section 5.2). The base day is a
setting of the product.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from registry_app.domain.figures.cells import (
    Refs,
    columns,
    day,
    fields,
    refs_of,
    rows,
    said,
)
from registry_app.domain.figures.cover import long_day
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import FieldRow, Mark, Table, Value
from registry_app.domain.message import Message, say
from registry_app.domain.plan.calendar import add_span, business_day_before
from registry_app.domain.plan.citation import distance
from registry_app.domain.plan.pack import Rule, RuleKind
from registry_app.domain.plan.periods import Period, periods
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.report import Kind


@dataclass(frozen=True, slots=True)
class Half:
    """One period of the rule. `every_period`: owed even with nothing to report."""

    first: date
    last: date
    rule: Rule
    fields: tuple[FieldRow, ...]
    table: Table

    @property
    def every_period(self) -> bool:
        """Whether the old rule holds: reported even where there is nothing."""
        return not self.rule.if_any

    @property
    def kind(self) -> str:
        """The name of the worksheet."""
        return "kind-old" if self.every_period else "kind-6"


def half_of(dataset: Dataset) -> Half | None:
    """The period that ends with the dataset's, or the last one that has ended.

    None where the pack has no such rule, or its base date is not set.
    """
    protocol = dataset.protocol
    found = None
    for rule in _rules(protocol):
        base = protocol.base_date(rule.counts_from)
        if base is None:
            continue
        wanted = dataset.on if dataset.period is None else dataset.period[1]
        for one in periods(rule, base, wanted):
            ended = one.last <= wanted
            if ended and rule.basis.in_force(one.last):
                later = found is None or one.last > found[1].last
                found = (rule, one, base) if later else found
    return None if found is None else _half(protocol, *found)


def _rules(protocol: Protocol) -> Iterator[Rule]:
    """The rule that the pack names for this report, and those of its series."""
    letters = Kind.INFECTION.letters
    named = {kind.rule for kind in protocol.pack.reports if kind.id == letters}
    rules = protocol.rules()
    series = {rule.series for rule in rules if rule.id in named and rule.series}
    for rule in rules:
        periodic = rule.kind is RuleKind.PERIOD
        if periodic and (rule.id in named or rule.series in series):
            yield rule


def _half(protocol: Protocol, rule: Rule, one: Period, base: date) -> Half:
    unsure = {part.id for part in protocol.unsure()}
    parts = {f"rule:{rule.id}", f"date:{rule.counts_from}"}
    mark = Mark.TO_CONFIRM if unsure & parts else Mark.NONE
    refs = refs_of("setting", sorted(parts & set(protocol.settings)))
    due = add_span(one.last, rule.due)
    later = None if rule.otherwise is None else add_span(one.last, rule.otherwise)
    return Half(
        one.first,
        one.last,
        rule,
        _cover(one, due, later, mark, refs),
        _arithmetic(protocol, rule, one, base, mark, refs),
    )


def _cover(
    one: Period, due: date, later: date | None, mark: Mark, refs: Refs
) -> tuple[FieldRow, ...]:
    span = say(
        "infection.half",
        number=one.number,
        first=long_day(one.first),
        last=long_day(one.last),
    )
    days = [one.first.isoformat(), one.last.isoformat()]
    named = [
        ("half-year", Value(span, [*days], refs, mark=mark)),
        ("due", Value(long_day(due), due.isoformat(), refs, mark=mark)),
    ]
    if later is not None:
        words = Value(long_day(later), later.isoformat(), refs, mark=mark)
        named.append(("due-translated", words))
    return fields(_label, named)


def _arithmetic(
    protocol: Protocol, rule: Rule, one: Period, base: date, mark: Mark, refs: Refs
) -> Table:
    """Each step of the arithmetic, so that it can be done again by hand."""
    due = add_span(one.last, rule.due)
    found = [
        (say("infection.step-base", name=_base_name(protocol, rule)), base),
        (
            say(
                "infection.step-first",
                every=distance(rule.every) if rule.every else "",
                number=one.number - 1,
            ),
            one.first,
        ),
        (say("infection.step-last", number=one.number), one.last),
        (say("infection.step-due", span=distance(rule.due)), due),
        (say("infection.step-target"), business_day_before(due)),
    ]
    if rule.otherwise is not None:
        other = add_span(one.last, rule.otherwise)
        when = rule.otherwise_when or rule.name
        span = distance(rule.otherwise)
        step = say("infection.step-otherwise", when=when, span=span)
        found.append((step, other))
    return Table(
        "arithmetic",
        say("infection.table-arithmetic", rule=rule.id, name=rule.name),
        columns(_label, ("step", 128.0), ("on", 40.0)),
        rows((said(step), day(on, refs, mark)) for step, on in found),
    )


def _base_name(protocol: Protocol, rule: Rule) -> object:
    bases = protocol.pack.base_dates
    return next((b.name for b in bases if b.id == rule.counts_from), rule.name)


def _label(name: str) -> Message:
    return say(f"infection.{name}")
