"""How many reached the primary endpoint, and what becomes of that in a sensitivity.

n is who reached it for certain, N who is evaluable. Where the possible grades do not
agree, n is the worst case, and the best case stands beside it. The arms stand one under
the other and are never added up; nothing is tested.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from registry_app.domain.figures.analysis_sets import (
    Group,
    Member,
    Why,
    in_cohort,
    members,
)
from registry_app.domain.figures.charts import IntervalChart, IntervalRow, cell
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import (
    Block,
    Figure,
    Mark,
    Row,
    Said,
    Section,
    Table,
    Value,
)
from registry_app.domain.figures.efficacy_cells import (
    arm_name,
    behind,
    column,
    count,
    exact,
    heading,
    lock_mark,
    mark_of,
    over,
    wilson,
    words,
)
from registry_app.domain.figures.statistics import proportion, tenths
from registry_app.domain.message import say
from registry_app.domain.subject import Arm

#: The reasons that leave an endpoint open for good, so that it may be filled in.
_LOST = (Why.MISSING, Why.ENDED, Why.UNGRADED, Why.NOT_PRIMARY)
#: How much narrower and wider both windows are taken in the sensitivity.
_NARROW, _WIDE = 0.5, 1.5


def responders_section(
    dataset: Dataset, groups: Sequence[Group], name: str = "responders"
) -> Section:
    """The figure and its numbers, under the id `name`."""
    told = [group for group in groups if group.members or group.arm is Arm.TREATED]
    chart = IntervalChart(
        tuple(
            (endpoint_name, tuple(_lines(own, name)))
            for endpoint_name, own in _by_endpoint(told)
        )
    )
    blocks: list[Block] = [
        Figure(
            name,
            say("efficacy.responders-figure"),
            chart,
            (say("efficacy.responders-note"),),
        ),
        responders_table(dataset, told, name),
    ]
    title = say(f"efficacy.{name}")
    return Section(f"efficacy-{name}", title, tuple(blocks), mark=lock_mark(dataset))


def _by_endpoint(groups: Sequence[Group]) -> Iterator[tuple[Said, list[Group]]]:
    for endpoint in dict.fromkeys(group.endpoint.id for group in groups):
        own = [group for group in groups if group.endpoint.id == endpoint]
        yield own[0].endpoint.name, own


def _lines(groups: Sequence[Group], table: str) -> Iterator[IntervalRow]:
    """`table`: the id of the one that says the same in figures."""
    for group in groups:
        row_id = _row_id(group)
        at = cell(table, row_id, "n-of-n")
        name = say("efficacy.row-primary", arm=arm_name(group.arm))
        yield _line(name, group.reached, group.evaluable, at, lead=True)
        for grade, own in _grades(group):
            part = [one for one in own if one.reached]
            at = cell(table, f"{row_id}-{grade}", "n-of-n")
            yield _line(say("efficacy.row-grade", grade=grade), part, own, at, level=1)
        blinded = [one for one in group.evaluable if one.blinded]
        part = [one for one in blinded if one.reached]
        at = cell(table, f"{row_id}-blinded", "n-of-n")
        yield _line(say("efficacy.row-blinded"), part, blinded, at, level=1)


def _line(
    name: Said,
    part: Sequence[Member],
    whole: Sequence[Member],
    at: str,
    *,
    lead: bool = False,
    level: int = 0,
) -> IntervalRow:
    found = proportion(len(part), len(whole))
    return IntervalRow(
        name,
        found.n,
        found.total,
        found.exact,
        found.wilson,
        lead=lead,
        level=level,
        cell=at,
    )


def _row_id(group: Group) -> str:
    return f"{group.endpoint.id}-{group.arm.value}"


def _grades(group: Group) -> Iterator[tuple[str, list[Member]]]:
    """By the grade at the baseline, where there is more than one."""
    seen = sorted({one.grade for one in group.evaluable})
    if len(seen) > 1 and group.endpoint.order:
        for grade in seen:
            own = [one for one in group.evaluable if one.grade == grade]
            yield grade.replace(",", "/"), own


def responders_table(
    dataset: Dataset, groups: Sequence[Group], name: str = "responders"
) -> Table:
    """Each share with its intervals, the undecided, and the best case."""
    columns = (
        words("set", 50),
        column("n-of-n", 20),
        column("exact", 36),
        column("wilson", 24),
        column("undecided", 18),
        column("best", 20),
    )
    rows: list[Row] = []
    for told, own in _by_endpoint(groups):
        rows.append(heading(own[0].endpoint.id, told, len(columns)))
        for group in own:
            rows += _rows(group, mark_of(dataset.protocol, group))
    return Table(
        name,
        say("efficacy.responders-table"),
        columns,
        tuple(rows),
        (
            say("efficacy.note-n"),
            say("efficacy.note-intervals"),
            say("efficacy.note-not-compared"),
        ),
    )


def _rows(group: Group, mark: Mark) -> Iterator[Row]:
    row_id = _row_id(group)
    name = say("efficacy.row-primary", arm=arm_name(group.arm))
    yield _row(row_id, name, group.evaluable, mark=mark)
    if group.evaluable and not group.reached:
        yield _limit(row_id, group)
    for grade, own in _grades(group):
        told = say("efficacy.row-grade", grade=grade)
        yield _row(f"{row_id}-{grade}", told, own, level=2)
    blinded = [one for one in group.evaluable if one.blinded]
    told = say("efficacy.row-blinded")
    yield _row(f"{row_id}-blinded", told, blinded, level=2)


def _row(
    row_id: str,
    name: Said,
    whole: Sequence[Member],
    *,
    level: int = 1,
    mark: Mark = Mark.NONE,
) -> Row:
    sure = [one for one in whole if one.reached]
    open_ones = [one for one in whole if one.reached is None]
    found = proportion(len(sure), len(whole))
    best = [*sure, *open_ones]
    cells = (
        Value(name, mark=mark),
        over(sure, len(whole)),
        exact(found),
        wilson(found),
        count(open_ones),
        over(best, len(whole)),
    )
    return Row(row_id, cells, level=level)


def _limit(row_id: str, group: Group) -> Row:
    """Nobody did: how many still might, by the one-sided limit."""
    found = proportion(0, len(group.evaluable))
    assert found.upper is not None
    cells = (
        Value(say("efficacy.row-limit")),
        Value("—"),
        Value(f"≤ {tenths(found.upper)} %", found.plain["upper"]),
        Value("—"),
        Value("—"),
        Value("—"),
    )
    return Row(f"{row_id}-limit", cells, level=2)


def sensitivity_table(dataset: Dataset, groups: Sequence[Group]) -> Table:
    """The primary analysis again, each time with one thing taken otherwise."""
    columns = (
        words("analysis", 80),
        column("n-of-n", 22),
        column("exact", 40),
        column("wilson", 26),
    )
    rows: list[Row] = []
    for group in groups:
        if not group.members:
            continue
        told = say("efficacy.of", what=group.endpoint.name, whom=arm_name(group.arm))
        row_id = f"{group.endpoint.id}-{group.arm.value}"
        rows.append(heading(row_id, told, len(columns)))
        for name, part, whole in _analyses(dataset, group):
            found = proportion(len(part), len(whole))
            told = say(f"efficacy.sensitivity-{name}")
            cells = (
                Value(told),
                over(part, len(whole)),
                exact(found),
                wilson(found),
            )
            rows.append(Row(f"{row_id}-{name}", cells, level=1))
        if group.arm is Arm.TREATED:
            rows += _expected(row_id, group, groups)
    return Table(
        "sensitivity",
        say("efficacy.sensitivity-table"),
        columns,
        tuple(rows),
        (say("efficacy.sensitivity-note"), say("efficacy.note-not-compared")),
    )


def _analyses(
    dataset: Dataset, group: Group
) -> Iterator[tuple[str, Sequence[Member], Sequence[Member]]]:
    """Name, who reached it, of whom."""
    whole = group.evaluable
    yield "primary", group.reached, whole
    yield "undecided-best", (*group.reached, *group.undecided), whole
    lost = [one for one in group.members if one.why in _LOST]
    everybody = (*whole, *lost)
    yield "missing-worst", group.reached, everybody
    yield "missing-best", (*group.reached, *group.undecided, *lost), everybody
    for name, stretch in (("narrow", _NARROW), ("wide", _WIDE)):
        patients = in_cohort(dataset, group.cohort, group.arm)
        found = members(dataset, group.endpoint, patients, stretch=stretch)
        own = [one for one in found if one.evaluable]
        yield name, [one for one in own if one.reached], own
    blinded = [one for one in whole if one.blinded]
    yield "blinded", [one for one in blinded if one.reached], blinded
    if group.arm is Arm.TREATED:
        early = [one for one in whole if not one.late]
        yield "before", [one for one in early if one.reached], early


def expected(group: Group, groups: Sequence[Group]) -> Fraction | None:
    """How many of a group would reach the endpoint at the other arm's shares.

    By the grade at the baseline, of whoever is evaluable in the comparison arm under
    the same windows. None where one grade has nobody to compare with.
    """
    other = next(
        (
            one
            for one in groups
            if one.endpoint.id == group.endpoint.id and one.arm is Arm.COMPARISON
        ),
        None,
    )
    if other is None or not group.evaluable:
        return None
    total = Fraction(0)
    for grade in {one.grade for one in group.evaluable}:
        here = [one for one in group.evaluable if one.grade == grade]
        there = [one for one in other.evaluable if one.grade == grade]
        if not there:
            return None
        share = Fraction(sum(bool(one.reached) for one in there), len(there))
        total += len(here) * share
    return total


def _expected(row_id: str, group: Group, groups: Sequence[Group]) -> Iterator[Row]:
    found = expected(group, groups)
    if found is None:
        return
    shown = f"{tenths(found)} / {len(group.evaluable):,}"
    cells = (
        Value(say("efficacy.sensitivity-expected")),
        Value(shown, tenths(found), behind(group.evaluable)),
        Value("—"),
        Value("—"),
    )
    yield Row(f"{row_id}-expected", cells, level=1)
