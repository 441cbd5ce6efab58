"""Parts of R3: the plan and its history, the populations, the programs."""

from collections.abc import Iterator, Sequence
from typing import Final

from registry_app.domain.cut import DataCut
from registry_app.domain.evaluation import Evaluation
from registry_app.domain.figures.analysis_sets import Group
from registry_app.domain.figures.cells import dash, day, fields, number, said, written
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.document import (
    Fields,
    Mark,
    Prose,
    Ref,
    Row,
    Section,
    Table,
    Value,
)
from registry_app.domain.figures.efficacy_cells import (
    arm_name,
    column,
    count,
    heading,
    words,
)
from registry_app.domain.figures.plan_items import (
    Moved,
    amendments,
    definitions,
    drift,
    in_force,
    in_order,
)
from registry_app.domain.figures.plan_words import item_name, item_says
from registry_app.domain.figures.statistics import proportion
from registry_app.domain.figures.tally import subjects, treated
from registry_app.domain.message import say
from registry_app.domain.subject import Arm

#: What the items of a plan are told under, in this order.
_KINDS: Final = ("endpoint", "cohort", "visit")
_REST: Final = "rest"


def plan_section(dataset: Dataset) -> Section:
    """Section 2: the plan that the results are counted by, and every change of it."""
    plan = in_force(dataset.evaluations)
    moved = _changes(dataset)
    late = any(one.after_lock and one.of_results for one in moved)
    return Section(
        "evaluation-plan",
        say("efficacy.r3-plan"),
        (
            _header(dataset, plan)
            if plan is not None
            else Prose(say("efficacy.plan-none")),
            _versions(dataset),
            _history(dataset, moved),
            _items(dataset, plan),
        ),
        mark=Mark.AFTER_LOCK if late else Mark.NONE,
    )


def _header(dataset: Dataset, plan: Evaluation) -> Fields:
    """Who fixed it, and when; what had been examined by then speaks for itself."""
    refs = (Ref("evaluation", plan.id),)
    ends = {e.at for e in dataset.protocol.pack.endpoints if e.primary}
    early = [
        one
        for one in dataset.patients
        if plan.locked_on is not None
        and any(
            (window := one.windows.get(end)) is not None
            and window.counted is not None
            and window.counted.day <= plan.locked_on
            for end in ends
        )
    ]
    rows = (
        ("version", said(say("efficacy.plan-named", id=plan.id, label=plan.label))),
        ("locked", day(plan.locked_on, refs)),
        ("locked-by", written(plan.locked_by, refs)),
        ("data-seen", said(_seen(seen=plan.data_seen).shown, plan.data_seen, refs)),
        ("examined", number(len(early), subjects(early))),
    )
    return Fields("plan", fields(lambda name: say(f"efficacy.plan-{name}"), rows))


def _versions(dataset: Dataset) -> Table:
    """Each version: since when, locked or not, by whom, with what seen, and why."""
    rows = []
    for one in in_order(dataset.evaluations):
        refs = (Ref("evaluation", one.id),)
        cells = (
            Value(one.id, one.id, refs),
            written(one.label),
            day(one.effective_on),
            dash() if one.locked_on is None else day(one.locked_on),
            written(one.approved_by),
            _seen(seen=one.data_seen),
            written(one.why),
        )
        rows.append(Row(f"version-{one.id}", cells))
    columns = (
        words("version", 12),
        words("label", 32),
        words("effective", 21),
        words("locked", 21),
        words("approved-by", 24),
        words("seen", 18),
        words("why", 40),
    )
    name = say("efficacy.plan-versions-table")
    return Table("plan-versions", name, columns, tuple(rows))


def _items(dataset: Dataset, plan: Evaluation | None) -> Table:
    """What is fixed, in words."""
    items = _definitions(dataset, plan)
    unsure = {part.id for part in dataset.protocol.unsure()}
    columns = (words("item", 68), words("says", 100))
    rows: list[Row] = []
    for kind in (*_KINDS, _REST):
        own = [item for item in items if _kind(item) == kind]
        if own:
            rows.append(heading(kind, say(f"efficacy.items-{kind}"), len(columns)))
        for item in own:
            name = Value(
                item_name(item, dataset.protocol),
                item,
                mark=Mark.TO_CONFIRM if item in unsure else Mark.NONE,
            )
            said_ = item_says(item, items[item], dataset.protocol)
            rows.append(Row(item, (name, Value(said_, items[item])), level=1))
    return Table("plan-items", say("efficacy.plan-items-table"), columns, tuple(rows))


def _kind(item: str) -> str:
    kind = item.partition(":")[0]
    return kind if kind in _KINDS else _REST


def _definitions(dataset: Dataset, plan: Evaluation | None) -> dict[str, str]:
    fixed = {} if plan is None else dict(plan.definitions)
    return fixed or definitions(dataset.protocol)


def canonical_table(dataset: Dataset) -> Table:
    """The same in canonical words: what two versions are compared by."""
    items = _definitions(dataset, in_force(dataset.evaluations))
    rows = tuple(
        Row(item, (Value(item, item), Value(text, text)))
        for item, text in items.items()
    )
    columns = (words("item", 48), words("canonical", 120))
    return Table("plan-canonical", say("efficacy.plan-canonical-table"), columns, rows)


def _changes(dataset: Dataset) -> tuple[Moved, ...]:
    """Between the versions, and what the protocol says otherwise than the plan."""
    plan = in_force(dataset.evaluations)
    moved = () if plan is None else drift(plan, dataset.protocol)
    return (*amendments(dataset.evaluations), *moved)


def _history(dataset: Dataset, moved: Sequence[Moved]) -> Table:
    columns = (
        words("version", 16),
        words("item", 30),
        words("before", 44),
        words("after", 44),
        words("lock", 20),
        words("seen", 14),
    )
    return Table(
        "plan-history",
        say("efficacy.plan-history-table"),
        columns,
        tuple(_lines(dataset, moved)),
        (say("efficacy.plan-history-note"),),
    )


def _lines(dataset: Dataset, moved: Sequence[Moved]) -> Iterator[Row]:
    protocol = dataset.protocol
    known = {one.id: one for one in in_order(dataset.evaluations)}
    for n, one in enumerate(moved, 1):
        version = known.get(one.version)
        refs = () if version is None else (Ref("evaluation", version.id),)
        shown = say("efficacy.plan-moved") if version is None else version.id
        lock = say(f"efficacy.{'after' if one.after_lock else 'before'}-lock")
        late = one.after_lock and one.of_results
        cells = (
            Value(shown, one.version, refs),
            Value(item_name(one.item, protocol), one.item),
            Value(item_says(one.item, one.before, protocol), one.before),
            Value(item_says(one.item, one.after, protocol), one.after),
            Value(
                lock,
                one.after_lock,
                strong=late,
                mark=Mark.AFTER_LOCK if late else Mark.NONE,
            ),
            dash() if version is None else _seen(seen=one.data_seen),
        )
        yield Row(f"change-{n}", cells)


def _seen(*, seen: bool) -> Value:
    return Value(say(f"efficacy.data-{'seen' if seen else 'unseen'}"), seen)


def targets_table(dataset: Dataset, groups: Sequence[Group]) -> Table:
    """People aimed at, enrolled, treated and evaluable, by arm."""
    aims = {one.arm: one.number for one in dataset.protocol.pack.targets}
    rows = []
    for arm in Arm:
        own = [one for one in dataset.patients if one.case.subject.arm is arm]
        given = treated(own, dataset.on)
        aim = aims.get(arm)
        found = {
            member.patient.id: member
            for group in groups
            if group.arm is arm
            for member in group.evaluable
        }
        reached = len(given) if arm is Arm.TREATED else len(own)
        share = dash()
        if aim is not None:
            part = proportion(min(reached, aim), aim)
            share = Value(f"{reached:,} / {aim:,}", part.plain, subjects(own))
        cells = (
            Value(arm_name(arm)),
            Value(say("efficacy.no-target")) if aim is None else number(aim),
            number(len(own), subjects(own)),
            dash() if arm is Arm.COMPARISON else number(len(given), subjects(given)),
            count(list(found.values())),
            share,
        )
        rows.append(Row(f"target-{arm.value}", cells))
    columns = (
        words("group", 48),
        column("target", 24),
        column("enrolled", 24),
        column("treated", 24),
        column("evaluable", 24),
        column("of-target", 24),
    )
    return Table("targets", say("efficacy.targets-table"), columns, tuple(rows))


def matching_table(dataset: Dataset) -> Table | None:
    """By what the comparison arm was matched, and how often that is known."""
    pack = dataset.protocol.pack
    if not pack.matching:
        return None
    own = [p for p in dataset.patients if p.case.subject.arm is Arm.COMPARISON]
    if not own:
        return None
    rows = [
        _known(
            name.id,
            Value(name.name),
            [p for p in own if p.case.course.matching.get(name.id)],
            len(own),
        )
        for name in pack.matching
    ]
    matched = [p for p in own if p.case.course.matched_to]
    told = Value(say("efficacy.matched-to"))
    rows.append(_known("matched-to", told, matched, len(own)))
    columns = (words("variable", 108), column("known", 60))
    return Table(
        "matching",
        say("efficacy.matching-table"),
        columns,
        tuple(rows),
        (say("efficacy.matching-note"),),
    )


def _known(row_id: str, name: Value, found: Sequence[Patient], total: int) -> Row:
    share = proportion(len(found), total)
    return Row(
        row_id, (name, Value(share.over, share.plain, subjects(found), share.small))
    )


def programs_table(
    dataset: Dataset, cut: DataCut | None, seal: str, code: str
) -> Table:
    """What counted the figures, and the entry of the trail that they are of.

    `seal`: SHA-256 of the pack as the registry keeps it. `code`: that of the program
    which counts now; the one which froze the cut is named by its version.
    """
    pack = dataset.protocol.pack
    none = say("efficacy.not-frozen")
    told: list[tuple[str, Value]] = [
        ("pack", Value(f"{pack.id} {pack.version}", f"{pack.id} {pack.version}")),
        ("seal", Value(seal, seal) if seal else dash()),
        ("program", Value(none) if cut is None else Value(cut.program, cut.program)),
        ("code", Value(code, code) if code else dash()),
        ("engine", Value(none) if cut is None else Value(cut.engine, cut.engine)),
        ("entry", Value(none) if cut is None else number(cut.seq)),
        ("head", Value(none) if cut is None else Value(cut.head, cut.head)),
    ]
    rows = tuple(
        Row(name, (Value(say(f"efficacy.program-{name}")), value))
        for name, value in told
    )
    columns = (words("program", 58), words("version", 110))
    return Table(
        "programs",
        say("efficacy.programs-table"),
        columns,
        rows,
        (say("efficacy.programs-note"),),
    )
