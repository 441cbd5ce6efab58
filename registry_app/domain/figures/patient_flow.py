"""R1 section 5: the flow of patients, from the registration to who counts.

The figure and the table beside it are made of the same stages: nobody is lost between
a stage and the next, and each of those who left has one reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from registry_app.domain.figures.analysis_sets import Group, Why, outside
from registry_app.domain.figures.charts import FlowBox, FlowChart, FlowLeft, cell
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.document import Figure, Row, Said, Table, Value
from registry_app.domain.figures.tally import baseline_visit, column, people, words
from registry_app.domain.message import say
from registry_app.domain.subject import Arm

_TABLE: Final = "flow"
_COLUMNS: Final = {Arm.TREATED: "treated-arm", Arm.COMPARISON: "comparison"}


@dataclass(frozen=True, slots=True)
class _Part:
    """Patients of one arm under a name."""

    id: str
    name: Said
    found: Sequence[Patient]


@dataclass(frozen=True, slots=True)
class _Stage:
    """Who is in a box of the flow, and who left after it."""

    box: _Part
    left: tuple[_Part, ...] = field(default=())


def flow(dataset: Dataset, groups: Sequence[Group]) -> tuple[Figure, Table]:
    """The figure and its table. `groups`: see `primary` of analysis_sets."""
    stages = {arm: tuple(_stages(dataset, arm, groups)) for arm in Arm}
    return _figure(dataset, stages), _table(stages)


def _stages(dataset: Dataset, arm: Arm, groups: Sequence[Group]) -> Iterator[_Stage]:
    registered = [p for p in dataset.patients if p.case.subject.arm is arm]
    entered = registered
    if arm is Arm.TREATED:
        entered = [p for p in registered if p.given(dataset.on)]
        not_given = [p for p in registered if not p.given(dataset.on)]
        left = (
            _gone("set-aside", [p for p in not_given if p.set_aside(dataset.on)]),
            _gone("waiting", [p for p in not_given if not p.set_aside(dataset.on)]),
        )
        yield _Stage(_box("registered", registered), left)
    visit = baseline_visit(dataset.protocol)
    based = [p for p in entered if p.counted(visit) is not None]
    unbased = [p for p in entered if p.counted(visit) is None]
    name = "treated" if arm is Arm.TREATED else "registered"
    yield _Stage(_box(name, entered), (_gone("without-baseline", unbased),))
    own = {
        one.patient.id: one
        for group in groups
        if group.arm is arm
        for one in group.members
    }
    out = {p.id for p in outside(dataset, arm)}
    others = [p for p in based if p.id not in own]
    left = (
        _gone("out-of-cohort", [p for p in others if p.id in out]),
        _gone("cohort-open", [p for p in others if p.id not in out]),
    )
    yield _Stage(_box("with-baseline", based), left)
    inside = [p for p in based if p.id in own]
    reasons = tuple(
        _Part(f"why-{why.value}", why.told, [p for p in inside if own[p.id].why is why])
        for why in Why
        if why is not Why.NO_BASELINE  # who has none left two boxes above
    )
    yield _Stage(_box("in-cohort", inside), reasons)
    yield _Stage(_box("evaluable", [p for p in inside if own[p.id].evaluable]))


def _box(name: str, found: Sequence[Patient]) -> _Part:
    return _Part(name, say(f"periodic.flow-{name}"), found)


def _gone(name: str, found: Sequence[Patient]) -> _Part:
    return _Part(name, say(f"periodic.row-{name}"), found)


def _figure(dataset: Dataset, stages: dict[Arm, tuple[_Stage, ...]]) -> Figure:
    columns = tuple(
        (
            say(f"subject.arm-{arm.value}"),
            tuple(_drawn(stage, _COLUMNS[arm]) for stage in own),
        )
        for arm, own in stages.items()
    )
    return Figure(
        "flow",
        say("periodic.figure-flow", on=dataset.on.isoformat()),
        FlowChart(columns),
        notes=(say("periodic.note-flow"),),
    )


def _drawn(stage: _Stage, column_id: str) -> FlowBox:
    left = tuple(
        FlowLeft(one.name, len(one.found), cell(_TABLE, one.id, column_id))
        for one in stage.left
        if one.found
    )
    box = stage.box
    at = cell(_TABLE, box.id, column_id)
    return FlowBox(box.id, box.name, len(box.found), left, at)


def _table(stages: dict[Arm, tuple[_Stage, ...]]) -> Table:
    """A row a box, and under it who left; — where an arm has no such box."""
    by_arm = {
        arm: {part.id: part.found for stage in own for part in (stage.box, *stage.left)}
        for arm, own in stages.items()
    }
    rows = []
    for stage in stages[Arm.TREATED]:  # which has every box
        for part in (stage.box, *stage.left):
            strong = part is stage.box
            cells = [
                people(found[part.id], strong=strong)
                if part.id in found
                else Value("—")
                for found in by_arm.values()
            ]
            row = Row(part.id, (Value(part.name), *cells), strong, int(not strong))
            rows.append(row)
    return Table(
        _TABLE,
        say("periodic.table-flow"),
        (words("item", 104), *(column(name, 32) for name in _COLUMNS.values())),
        tuple(rows),
    )
