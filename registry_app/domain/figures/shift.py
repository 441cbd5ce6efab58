"""Grades at the baseline by grades at the endpoint, for each cohort and arm."""

from collections.abc import Iterator, Sequence
from typing import Final

from registry_app.domain.figures.analysis_sets import (
    Group,
    Member,
    Why,
    members,
    outside,
)
from registry_app.domain.figures.charts import ShiftChart, ShiftRow, cell
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import (
    Align,
    Block,
    Column,
    Figure,
    Row,
    Section,
    Table,
    Value,
)
from registry_app.domain.figures.efficacy_cells import (
    arm_name,
    column,
    count,
    group_name,
    heading,
    lock_mark,
    mark_of,
    over,
    short,
    visit_of,
    words,
)
from registry_app.domain.message import say
from registry_app.domain.subject import Arm

#: By how many grades better is told beside the table.
STEPS: Final = (1, 2)
_GRADES: Final = 48.0


def shift_section(dataset: Dataset, primary: Sequence[Group]) -> Section | None:
    """The figure and its numbers; None where no endpoint has grades."""
    groups = [group for group in distinct(primary) if group.members]
    if not groups:
        return None
    first = groups[0].endpoint
    blocks: list[Block] = []
    same = [group for group in groups if group.endpoint.order == first.order]
    chart = ShiftChart(
        order=first.order,
        at=short(visit_of(dataset.protocol, first.at).name),
        groups=tuple((group_name(one), tuple(_chart_rows(one))) for one in same),
        steps=STEPS,
    )
    blocks.append(
        Figure(
            "shift", say("efficacy.shift-figure"), chart, (say("efficacy.shift-note"),)
        )
    )
    blocks.append(shift_table(dataset, same))
    return Section(
        "efficacy-shift", say("efficacy.shift"), tuple(blocks), mark=lock_mark(dataset)
    )


def shift_table(dataset: Dataset, groups: Sequence[Group]) -> Table:
    """Every cell of the figure with the patients behind it."""
    order = groups[0].endpoint.order
    columns = _columns(order)
    rows: list[Row] = []
    for group in groups:
        told = group_name(group)
        rows.append(heading(_id(group), told, len(columns)))
        mark = mark_of(dataset.protocol, group)
        for grade, found in _by_grade(group):
            name = Value(grade.replace(",", " / ") or "—", grade, mark=mark)
            row_id = _row_id(group, grade)
            rows.append(Row(row_id, (name, *_cells(found, order)), level=1))
    return Table(
        "shift",
        say("efficacy.shift-table"),
        columns,
        tuple(rows),
        (say("efficacy.shift-table-note"),),
    )


def outside_section(dataset: Dataset, primary: Sequence[Group]) -> Section | None:
    """Those in no cohort, by the primary endpoint's windows: shown apart, never added.

    None where no endpoint has grades.
    """
    endpoints = [group.endpoint for group in primary if group.endpoint.order]
    if not endpoints:
        return None
    endpoint = endpoints[0]
    order = endpoint.order
    columns = _columns(order)
    rows: list[Row] = []
    for arm in Arm:
        found = members(dataset, endpoint, outside(dataset, arm))
        if not found:
            continue
        rows.append(heading(f"outside-{arm.value}", arm_name(arm), len(columns)))
        for grade in _grades(found, order):
            own = [one for one in found if one.grade == grade]
            name = Value(grade.replace(",", " / ") or "—", grade)
            row_id = f"outside-{arm.value}-{grade or 'none'}"
            rows.append(Row(row_id, (name, *_cells(own, order)), level=1))
    table = Table(
        "outside",
        say("efficacy.outside-table"),
        columns,
        tuple(rows),
        (say("efficacy.outside-note"), say("efficacy.shift-table-note")),
    )
    return Section("efficacy-outside", say("efficacy.outside"), (table,))


def distinct(groups: Sequence[Group]) -> Iterator[Group]:
    """Each cohort and arm once, though it may have several endpoints of grades."""
    seen = set()
    for group in groups:
        key = (group.cohort.id, group.arm)
        if group.endpoint.order and key not in seen:
            seen.add(key)
            yield group


def _id(group: Group) -> str:
    return f"{group.cohort.id}-{group.arm.value}"


def _row_id(group: Group, grade: str) -> str:
    return f"{_id(group)}-{grade or 'none'}"


def _columns(order: Sequence[str]) -> tuple[Column, ...]:
    wide = _GRADES / len(order)
    return (
        words("base", 20),
        *(Column(one, one, wide, Align.CENTRE) for one in order),
        column("undecided", 18),
        column("missing", 14),
        column("ahead", 14),
        column("evaluable", 16),
        *(
            Column(f"better-{n}", say("efficacy.head-better", steps=n), 19, Align.RIGHT)
            for n in STEPS
        ),
    )


def _cells(found: Sequence[Member], order: Sequence[str]) -> tuple[Value, ...]:
    counted = [one for one in found if one.evaluable]
    return (
        *(count([one for one in counted if one.after == (g,)]) for g in order),
        count([one for one in counted if len(one.after) > 1]),
        count([one for one in found if not one.evaluable and one.why is not Why.AHEAD]),
        count([one for one in found if one.why is Why.AHEAD]),
        count(counted),
        *(over(better(counted, order, n), len(counted)) for n in STEPS),
    )


def better(
    found: Sequence[Member], order: Sequence[str], steps: int
) -> tuple[Member, ...]:
    """Those who are better by so many grades for certain."""
    return tuple(
        one
        for one in found
        if (gained := one.gained(order)) is not None and gained[0] >= steps
    )


def _by_grade(group: Group) -> Iterator[tuple[str, list[Member]]]:
    for grade in _grades(group.members, group.endpoint.order, _asked(group)):
        yield grade, [one for one in group.members if one.grade == grade]


def _asked(group: Group) -> tuple[str, ...]:
    """The grades that the cohort is made of: a row of noughts is told, too."""
    tests = (t for t in group.cohort.tests if t.fact == group.endpoint.measure)
    return tuple(grade for test in tests for grade in test.one_of)


def _grades(
    found: Sequence[Member], order: Sequence[str], asked: Sequence[str] = ()
) -> list[str]:
    """The grades at the baseline, the worst first, what is not decided behind it."""
    seen = {one.grade for one in found} | set(asked)

    def place(grade: str) -> tuple[int, int, str]:
        parts = [order.index(one) for one in grade.split(",") if one in order]
        return (min(parts, default=len(order)), len(parts), grade)

    return sorted(seen, key=place)


def _chart_rows(group: Group) -> Iterator[ShiftRow]:
    order = group.endpoint.order
    for grade, found in _by_grade(group):
        counted = [one for one in found if one.evaluable]
        yield ShiftRow(
            base=grade.replace(",", "/") or "—",
            counts=tuple(sum(one.after == (g,) for one in counted) for g in order),
            missing=len(found) - len(counted),
            undecided=sum(len(one.after) > 1 for one in counted),
            better=tuple(len(better(counted, order, n)) for n in STEPS),
            cells=tuple(cell("shift", _row_id(group, grade), end) for end in order),
        )
