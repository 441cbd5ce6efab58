"""The natural course beside the results: published series in the same picture.

A series is drawn beside those of this registry with the same grade at the baseline and
the same gain. Where its baseline was another one it is hollow and dashed, and says so,
or it is left out, as the plan says (CLINICAL.md section 3).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from registry_app.domain.evaluation import OtherWindow
from registry_app.domain.figures.analysis_sets import Group
from registry_app.domain.figures.charts import IntervalChart, IntervalRow, cell
from registry_app.domain.figures.comparators import (
    baseline_days,
    comparable,
    comparators_table,
)
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import (
    Block,
    Figure,
    Row,
    Said,
    Section,
    Table,
    Value,
)
from registry_app.domain.figures.efficacy_cells import (
    behind,
    column,
    exact,
    group_name,
    heading,
    wilson,
    words,
)
from registry_app.domain.figures.plan_items import other_window
from registry_app.domain.figures.shift import better, distinct
from registry_app.domain.figures.statistics import Proportion, proportion
from registry_app.domain.message import say
from registry_app.domain.plan.pack import Comparator, ComparatorRow, ComparatorShare

_NAME: Final = "natural-course"


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of figure and table: of this registry, or of a published series."""

    id: str
    name: Said
    baseline: Said
    share: Proportion
    comparable: bool
    value: Value
    own: bool = False


@dataclass(frozen=True, slots=True)
class _Event:
    """Better by so many grades or more, from one grade."""

    grade: str
    by: int

    @property
    def id(self) -> str:
        """As a row is named."""
        return f"{self.grade}-{self.by}"

    @property
    def name(self) -> Said:
        """In words."""
        return say("efficacy.natural-event", grade=self.grade, by=self.by)


def comparators_section(dataset: Dataset, groups: Sequence[Group]) -> Section | None:
    """Figure and tables, where the pack has comparators."""
    if not dataset.protocol.pack.comparators:
        return None
    blocks = natural_course(dataset, groups)
    return Section("efficacy-comparators", say("efficacy.comparators"), blocks)


def natural_course(dataset: Dataset, groups: Sequence[Group]) -> tuple[Block, ...]:
    """The figure with its numbers, where a series can be drawn; all as reported."""
    found = dict(_events(dataset, groups))
    reported = comparators_table(dataset)
    if not found:
        return (reported,)
    chart = IntervalChart(
        tuple(
            (event.name, tuple(_drawn(event, one) for one in lines))
            for event, lines in found.items()
        )
    )
    figure = Figure(
        _NAME, say("efficacy.natural-figure"), chart, (say("efficacy.natural-note"),)
    )
    return (reported, figure, _table(found))


def derived(share: ComparatorShare, row: ComparatorRow) -> Proportion | None:
    """Who got better, of a published series; None where N is not reported.

    A percentage gives n only if n of N, rounded as it was, is that percentage again.
    """
    if row.n is None:
        return None
    total = 0
    for name in share.of:
        people = _people(row.figures.get(name, ""), row.n, counted=share.counted)
        if people is None:
            return None
        total += people
    return proportion(total, row.n) if total <= row.n else None


def _people(text: str, total: int, *, counted: bool) -> int | None:
    try:
        told = Decimal(text)
    except InvalidOperation:
        return None
    if not told.is_finite():
        return None
    if counted:
        return int(told) if told == told.to_integral_value() else None
    people = (told * total / 100).to_integral_value(ROUND_HALF_UP)
    again = (100 * people / total).quantize(told, ROUND_HALF_UP)
    return int(people) if again == told else None


def _events(
    dataset: Dataset, groups: Sequence[Group]
) -> Iterator[tuple[_Event, tuple[_Line, ...]]]:
    """Each event of which there is a published series, with all its lines.

    The events of the primary endpoints come first, in their order.
    """
    pack = dataset.protocol.pack
    days = baseline_days(dataset.protocol)
    leave = other_window(dataset.evaluations) is OtherWindow.OMIT
    series: dict[_Event, list[_Line]] = {}
    for one in pack.comparators:
        alike = comparable(one, days)
        if one.share is None or (leave and not alike):
            continue
        event = _Event(one.share.grade, one.share.by)
        lines = _published(one, one.share, alike=alike)
        series.setdefault(event, []).extend(lines)
    asked = {
        (grade, int(group.endpoint.by))
        for group in groups
        for test in group.cohort.tests
        for grade in test.one_of
    }
    order = sorted(series, key=lambda e: ((e.grade, e.by) not in asked, e.grade, e.by))
    for event in order:
        own = tuple(_own(groups, event, days))
        if series[event]:
            yield event, (*own, *series[event])


def _own(
    groups: Sequence[Group], event: _Event, days: tuple[int, int] | None
) -> Iterator[_Line]:
    """The arms of this registry: evaluable, with that grade at the baseline."""
    for group in distinct(groups):
        found = [one for one in group.evaluable if one.grade == event.grade]
        if not found:
            continue
        gained = better(found, group.endpoint.order, event.by)
        share = proportion(len(gained), len(found))
        window: Said = "—"
        if days is not None:
            window = say("efficacy.window-days", first=days[0], last=days[1])
        yield _Line(
            f"{event.id}-{group.cohort.id}-{group.arm.value}",
            group_name(group),
            window,
            share,
            comparable=True,
            value=Value(share.over, share.plain, behind(gained), share.small),
            own=True,
        )


def _published(
    one: Comparator, share: ComparatorShare, *, alike: bool
) -> Iterator[_Line]:
    for n, row in enumerate(one.rows, 1):
        found = derived(share, row)
        if found is None:
            continue
        key = "same" if alike else "other"
        yield _Line(
            f"{one.id}-{n}",
            row.study,
            say(f"efficacy.natural-{key}", told=row.baseline),
            found,
            comparable=alike,
            value=Value(found.over, found.plain, strong=found.small),
        )


def _drawn(event: _Event, line: _Line) -> IntervalRow:
    share = line.share
    return IntervalRow(
        line.name,
        share.n,
        share.total,
        share.exact,
        share.wilson,
        comparable=line.comparable,
        lead=line.own,
        words="" if line.own else line.baseline,
        cell=cell(_NAME, _row_id(event, line), "n-of-n"),
    )


def _row_id(event: _Event, line: _Line) -> str:
    return line.id if line.own else f"{event.id}-{line.id}"


def _table(found: dict[_Event, tuple[_Line, ...]]) -> Table:
    columns = (
        words("study", 54),
        words("baseline", 42),
        column("n-of-n", 18),
        column("exact", 36),
        column("wilson", 18),
    )
    rows: list[Row] = []
    for event, lines in found.items():
        rows.append(heading(event.id, event.name, len(columns)))
        for line in lines:
            cells = (
                Value(line.name),
                Value(line.baseline),
                line.value,
                exact(line.share),
                wilson(line.share),
            )
            rows.append(Row(_row_id(event, line), cells, level=1))
    return Table(
        _NAME,
        say("efficacy.natural-table"),
        columns,
        tuple(rows),
        (say("efficacy.natural-derived"), say("efficacy.note-not-compared")),
    )
