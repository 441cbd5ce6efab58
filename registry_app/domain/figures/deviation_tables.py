"""R1 section 9, deviations (逸脱): by kind, rule and reason."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from registry_app.domain.blinding import Unblinded
from registry_app.domain.course import Deviation, DeviationKind
from registry_app.domain.figures.cells import number, written
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.document import Ref, Row, Section, Table, Value
from registry_app.domain.figures.tally import (
    amount,
    column,
    in_period,
    people,
    within,
    words,
)
from registry_app.domain.message import Told, say
from registry_app.domain.plan.facts import number as number_of
from registry_app.domain.plan.protocol import Protocol

Found = tuple[Patient, Deviation]
#: So many reasons have a row of their own; the listing has all.
_REASONS: Final = 20


@dataclass(frozen=True, slots=True)
class _Unblinded(Deviation):
    """An unblinding that nobody had planned, as the deviation that it is."""


def every_deviation(dataset: Dataset) -> tuple[Found, ...]:
    """Each deviation with its patient, by case ID, day and id.

    With those that were recorded as such stand the unplanned and the accidental
    unblindings, which are not recorded twice.
    """
    broken: dict[str, list[Deviation]] = defaultdict(list)
    for one in _unplanned(dataset):
        broken[one.subject_id].append(one)
    return tuple(
        (patient, deviation)
        for patient in dataset.patients
        for deviation in sorted(
            (*patient.case.deviations, *broken[patient.id]),
            key=lambda d: (d.on, d.id),
        )
        if deviation.on <= dataset.on
    )


def _unplanned(dataset: Dataset) -> Iterator[Deviation]:
    kind = DeviationKind.UNBLINDING
    for one in dataset.unblindings:
        if one.how is not Unblinded.PLANNED:
            id_, case, found = one.id, one.subject_id, one.how.value
            yield _Unblinded(id_, case, kind, "", one.on, one.why, found)


def deviation_ref(patient: Patient, deviation: Deviation) -> Ref:
    """The record of a deviation."""
    kind = "unblinding" if isinstance(deviation, _Unblinded) else "deviation"
    return Ref(kind, deviation.id, patient.id)


def deviation_refs(found: Sequence[Found]) -> tuple[Ref, ...]:
    """The records of deviations, by case ID."""
    return tuple(deviation_ref(p, d) for p, d in found)


def rule_name(protocol: Protocol, rule: str) -> Told:
    """A criterion or a visit by its name; else as it was written."""
    pack = protocol.pack
    names = {
        **{visit.id: visit.name for visit in pack.visits},
        **{criterion.id: criterion.name for criterion in pack.criteria},
    }
    return names.get(rule, Told(rule, rule))


def deviations(dataset: Dataset) -> Section:
    """By kind and rule, and the reasons that were given."""
    found = every_deviation(dataset)
    return Section(
        "protocol-deviations",
        say("periodic.section-deviations"),
        (_by_rule(dataset, found), _by_reason(found)),
    )


def _by_rule(dataset: Dataset, found: Sequence[Found]) -> Table:
    by_kind: dict[DeviationKind, dict[str, list[Found]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in found:
        by_kind[one[1].kind][one[1].rule].append(one)
    rows: list[Row] = []
    for kind in DeviationKind:
        rules = by_kind.get(kind, {})
        every = [one for rule in rules.values() for one in rule]
        rows.append(_row(dataset, kind.value, Value(kind.told), every, group=True))
        for rule in sorted(rules):
            name = Value(rule_name(dataset.protocol, rule), rule)
            rows.append(_row(dataset, f"{kind.value}:{rule}", name, rules[rule]))
    rows.append(_row(dataset, "all", Value(say("periodic.row-all")), found, group=True))
    return Table(
        "deviations",
        say("periodic.table-deviations"),
        (
            words("deviation", 96),
            column("patients", 24),
            column("period-count", 24),
            column("cumulative-count", 24),
        ),
        tuple(rows),
        notes=(say("periodic.note-deviations"),),
    )


def _row(
    dataset: Dataset,
    name: str,
    said: Value,
    found: Sequence[Found],
    *,
    group: bool = False,
) -> Row:
    patients = {p.id: p for p, _ in found}
    recent = [one for one in found if within(one[1].on, dataset.period)]
    now = number(len(recent), deviation_refs(recent))
    every = number(len(found), deviation_refs(found))
    cells = (said, people([*patients.values()]), in_period(now, dataset.period), every)
    return Row(name, cells, group, 0 if group else 1)


def _by_reason(found: Sequence[Found]) -> Table:
    """Reasons as they were written, the most frequent first; the rare ones together."""
    reasons: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        reasons[one[1].reason.strip()].append(one)
    ordered = sorted(reasons.items(), key=lambda each: (-len(each[1]), each[0]))
    rows = [
        Row(f"{n}", (written(reason), number(len(own), deviation_refs(own))))
        for n, (reason, own) in enumerate(ordered[:_REASONS], 1)
    ]
    rest = [one for _, own in ordered[_REASONS:] for one in own]
    if rest:
        name = Value(say("periodic.row-other-reasons"))
        rows.append(Row("other", (name, number(len(rest), deviation_refs(rest)))))
    return Table(
        "deviation-reasons",
        say("periodic.table-reasons"),
        (words("reason", 136), column("cumulative-count", 32)),
        tuple(rows),
    )


def what_found(protocol: Protocol, deviation: Deviation) -> Value:
    """What was found, in words: an amount with its unit, a code by its name."""
    text = deviation.found.strip()
    if deviation.kind is DeviationKind.WINDOW:
        return written(text.replace("/", " – "))
    if isinstance(deviation, _Unblinded):
        return Value(Unblinded(text).told, text)
    tests = {one.id: one.test.fact for one in protocol.pack.criteria}
    fact = tests.get(deviation.rule, "")
    figure = number_of(text)
    if figure is None:
        if fact in ("sex", "cause") and "," not in text:
            return Value(say(f"subject.{fact}-{text}"), text)
        return written(text)
    if fact.startswith("days:"):
        return Value(say("enrol.found-days", days=text), text)
    product = protocol.pack.product
    for quantity in () if product is None else product.quantities:
        if fact == f"amount:{quantity.id}":
            said = amount(float(figure))
            return Value(say("treatment.amount", number=said, unit=quantity.unit), text)
    return written(text)
