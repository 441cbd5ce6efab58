"""R1 section 3: the conditions of the approval, and what stands for each of them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final

from registry_app.domain.figures.cells import Refs, dash, number, said
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.deviation_tables import deviation_ref, every_deviation
from registry_app.domain.figures.document import (
    Mark,
    Prose,
    Ref,
    Row,
    Said,
    Section,
    Table,
    Value,
)
from registry_app.domain.figures.tally import (
    column,
    comparison,
    people,
    to_confirm,
    treated,
    words,
)
from registry_app.domain.message import Told, say
from registry_app.domain.plan.duty import Duty, Standing
from registry_app.domain.plan.eligibility import Verdict
from registry_app.domain.plan.pack import Criterion
from registry_app.domain.subject import Arm


def conditions(dataset: Dataset) -> Section:
    """Each condition, the criteria behind it, the duties and how they stand."""
    return Section(
        "approval-conditions",
        say("periodic.section-conditions"),
        (
            _met(dataset),
            _conditions(dataset),
            _criteria(dataset),
            _duties(dataset),
        ),
    )


def _met(dataset: Dataset) -> Prose:
    """What stands for the conditions, in numbers; the tables below have the rest."""
    target = next(
        (t.number for t in dataset.protocol.pack.targets if t.arm is Arm.TREATED), None
    )
    kits = [kit for kit in dataset.kits if kit.ordered_on <= dataset.on]
    return Prose(
        say(
            "periodic.conditions-met",
            kits=len(kits),
            matched=sum(bool(kit.subject_id) for kit in kits),
            treated=len(treated(dataset.patients, dataset.on)),
            target=say("periodic.word-not-set") if target is None else f"{target}",
            compared=len(comparison(dataset.patients)),
        )
    )


def _conditions(dataset: Dataset) -> Table:
    """The text of each condition, and who has checked it against the approval."""
    protocol = dataset.protocol
    own = () if protocol.pack.product is None else protocol.pack.product.conditions
    rows = []
    for n, one in enumerate(own, 1):
        setting = f"condition:{one.id}"
        mark = to_confirm(protocol, setting, one.basis)
        checked = protocol.confirmed(setting)
        if checked is not None:
            on, by = checked.on.isoformat(), checked.by
            said_so: Said = say("periodic.checked", by=by, on=on)
        elif mark is Mark.NONE:
            sources = ", ".join(one.basis.sources)
            said_so = say("periodic.by-source", sources=sources)
        else:
            said_so = say("periodic.unchecked")
        cells = (Value(f"{n}", n), said(one.text, one.id, mark=mark), Value(said_so))
        rows.append(Row(one.id, cells))
    return Table(
        "conditions",
        say("periodic.table-conditions"),
        (words("number", 10), words("condition", 112), words("checked", 46)),
        tuple(rows),
    )


def _criteria(dataset: Dataset) -> Table:
    """Each criterion: how it was answered at enrolment, and what deviated from it."""
    arm = [p for p in dataset.patients if p.case.subject.arm is Arm.TREATED]
    broken: dict[str, list[Ref]] = defaultdict(list)
    for patient, deviation in every_deviation(dataset):
        broken[deviation.rule].append(deviation_ref(patient, deviation))
    return Table(
        "criteria",
        say("periodic.table-criteria", n=len(arm)),
        (
            words("criterion", 78),
            column("met", 20),
            column("not-met", 22),
            column("not-answered", 24),
            column("deviations", 24),
        ),
        tuple(
            _criterion(dataset, criterion, arm, tuple(broken.get(criterion.id, ())))
            for criterion in dataset.protocol.pack.criteria
        ),
        notes=(say("periodic.note-criteria"),),
    )


def _criterion(
    dataset: Dataset, criterion: Criterion, arm: Sequence[Patient], broken: Refs
) -> Row:
    by: dict[str, list[Patient]] = defaultdict(list)
    for patient in arm:
        frozen = patient.case.indication
        answer = None if frozen is None else frozen.verdicts.get(criterion.id)
        by[answer or Verdict.UNKNOWN.value].append(patient)
    mark = to_confirm(dataset.protocol, f"criterion:{criterion.id}", criterion.basis)
    answers = (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN)
    judged = criterion.stage == "enrolment"
    return Row(
        criterion.id,
        (
            said(criterion.name, criterion.id, mark=mark),
            *(people(by[a.value]) if judged else dash() for a in answers),
            number(len(broken), broken),
        ),
    )


_STANDINGS: Final = ("done", "done-late", "late-now", "still-open", "not-owed")


def _duties(dataset: Dataset) -> Table:
    """The duties of the product by rule, as they stand on the day of the cut."""
    by_rule: dict[str, list[Duty]] = defaultdict(list)
    for duty in dataset.duties:
        if not duty.subject_id:
            by_rule[duty.rule].append(duty)
    rows = []
    for rule, duties in sorted(by_rule.items()):
        first = duties[0]
        mark = Mark.TO_CONFIRM if any(d.to_confirm for d in duties) else Mark.NONE
        counts = [_standing(duty, dataset.on) for duty in duties]
        rows.append(
            Row(
                rule,
                (
                    Value(rule, rule),
                    said(_rule_name(dataset, first), None, mark=mark),
                    Value(
                        say(f"periodic.owner-{first.owner.value}"), first.owner.value
                    ),
                    *(number(counts.count(name)) for name in _STANDINGS),
                ),
            )
        )
    return Table(
        "duties",
        say("periodic.table-duties", on=dataset.on.isoformat()),
        (
            words("rule", 11),
            words("duty", 68),
            words("owner", 24),
            column("done", 10),
            column("done-late", 16),
            column("late-now", 13),
            column("still-open", 12),
            column("not-owed", 14),
        ),
        tuple(rows),
        notes=(say("periodic.note-duties"),),
    )


def _rule_name(dataset: Dataset, duty: Duty) -> Told:
    names = (r.name for r in dataset.protocol.pack.rules if r.id == duty.rule)
    return next(names, duty.name)


def _standing(duty: Duty, on: date) -> str:
    standing = duty.standing(on)
    if standing is Standing.DONE:
        return "done-late" if duty.days_late else "done"
    if standing is Standing.NOT_APPLICABLE:
        return "not-owed"
    return "late-now" if standing is Standing.LATE else "still-open"
