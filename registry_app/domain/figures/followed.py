"""Sums and totals over time, for each cohort and arm, with N at every visit.

Median and quartiles are of the values that are determined. Values with cells that were
not testable are counted beside them, and the median of all is given as if each such
cell were worst and as if it were best. Nothing is filled in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from registry_app.domain.figures.analysis_sets import in_arm, in_cohort
from registry_app.domain.figures.charts import (
    TrajectoryChart,
    TrajectoryPanel,
    TrajectoryPoint,
    TrajectorySeries,
    cell,
)
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.document import (
    Block,
    Figure,
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
    forms,
    heading,
    short,
    words,
)
from registry_app.domain.figures.measures import (
    SCIM,
    Measure,
    Seen,
    day_of,
    measures,
    missing,
    seen,
    visits,
)
from registry_app.domain.figures.statistics import Quartiles, number, quartiles
from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.pack import Origin, PlannedVisit
from registry_app.domain.subject import Arm

#: The panels of a figure (PAPER.md section 4); every measure has its table.
_DRAWN: Final = ("uems", "lems", SCIM)
#: Series in one panel, and single patients in one series: more cannot be told apart.
_TOGETHER, _CASES = 2, 100
#: A figure ends after the first year and its window; the tables go on.
_LAST_DAY: Final = 400


@dataclass(frozen=True, slots=True)
class Followed:
    """Patients whose values are looked at together: one cohort in one arm."""

    id: str
    cohort: Told | None
    arm: Arm
    patients: tuple[Patient, ...]

    @property
    def name(self) -> Message:
        """The cohort with the arm."""
        arm = arm_name(self.arm)
        if self.cohort is None:
            return arm
        return say("efficacy.group", cohort=short(self.cohort), arm=arm)


@dataclass(frozen=True)
class AtVisit:
    """What was found of a group at one visit; `lacking`: the window is over without."""

    visit: PlannedVisit
    found: tuple[Seen, ...]
    lacking: tuple[Patient, ...]

    @cached_property
    def sure(self) -> tuple[Seen, ...]:
        """The values that are determined."""
        return tuple(one for one in self.found if one.certain)

    @cached_property
    def middle(self) -> Quartiles | None:
        """Of the values that are determined."""
        return quartiles([float(one.low) for one in self.sure])

    @cached_property
    def bounds(self) -> tuple[float, float] | None:
        """The median of all, if what was not testable is worst, and if it is best."""
        low = quartiles([float(one.low) for one in self.found])
        high = quartiles([float(one.high) for one in self.found])
        return None if low is None or high is None else (low.median, high.median)


def followed(dataset: Dataset) -> tuple[Followed, ...]:
    """A group for each cohort and arm; of each arm alone where there are no cohorts."""
    cohorts = dataset.protocol.pack.cohorts
    found = [
        Followed(
            f"{cohort.id}-{arm.value}",
            cohort.name,
            arm,
            in_cohort(dataset, cohort, arm),
        )
        for arm in Arm
        for cohort in cohorts
    ]
    if not cohorts:
        found = [
            Followed(
                arm.value,
                None,
                arm,
                in_arm(dataset, arm),
            )
            for arm in Arm
        ]
    return tuple(one for one in found if one.patients)


Found = dict[str, dict[str, tuple[AtVisit, ...]]]


def trajectories_section(dataset: Dataset) -> Section:
    """A figure for each arm, a table for each measure; what all share is said once."""
    groups = followed(dataset)
    wanted = measures(dataset.protocol.pack)
    found: Found = {
        one.id: {group.id: _at_visits(dataset, group, one) for group in groups}
        for one in wanted
    }
    blocks: list[Block] = []
    drawn = [one for one in wanted if one.id in _DRAWN and _any(found[one.id])]
    for arm in Arm:
        own = [group for group in groups if group.arm is arm]
        for n in range(0, len(own) if drawn else 0, _TOGETHER):
            blocks.append(
                _figure(dataset, arm, own[n : n + _TOGETHER], drawn, found, n)
            )
    blocks.append(Prose(say("efficacy.trajectory-table-note"), note=True))
    blocks += [_table(dataset, one, groups, found[one.id]) for one in wanted]
    return Section("efficacy-trajectories", say("efficacy.trajectories"), tuple(blocks))


def _any(by_group: dict[str, tuple[AtVisit, ...]]) -> bool:
    return any(at.found for visits in by_group.values() for at in visits)


def _at_visits(
    dataset: Dataset, group: Followed, measure: Measure
) -> tuple[AtVisit, ...]:
    out = []
    for visit in visits(dataset, measure.form):
        if group.arm not in visit.arms:
            continue
        found, lacking = [], []
        for patient in group.patients:
            value = seen(dataset.protocol, patient, visit, measure)
            if value is not None:
                found.append(value)
            elif missing(dataset, patient, visit):
                lacking.append(patient)
        out.append(AtVisit(visit, tuple(found), tuple(lacking)))
    return tuple(out)


def _figure(
    dataset: Dataset,
    arm: Arm,
    groups: Sequence[Followed],
    drawn: Sequence[Measure],
    found: Found,
    first: int,
) -> Figure:
    panels = tuple(
        TrajectoryPanel(
            one.name,
            one.least,
            one.most,
            tuple(_series(one, group, found[one.id]) for group in groups),
        )
        for one in drawn
    )
    more = f"-{first // _TOGETHER + 1}" if first else ""
    crowded = any(len(group.patients) > _CASES for group in groups)
    notes = [say("efficacy.trajectory-key"), say("efficacy.trajectory-note")]
    if crowded:
        notes.append(say("efficacy.trajectory-crowded", most=_CASES))
    return Figure(
        f"trajectory-{arm.value}{more}",
        say("efficacy.trajectory-figure", arm=arm_name(arm)),
        TrajectoryChart(panels, _shaded(dataset)),
        tuple(notes),
    )


def _series(
    measure: Measure, group: Followed, by_group: dict[str, tuple[AtVisit, ...]]
) -> TrajectorySeries:
    reached = _reached(by_group)
    shown = [
        at
        for at in by_group[group.id]
        if at.visit.id in reached and day_of(at.visit) <= _LAST_DAY
    ]
    name = arm_name(group.arm) if group.cohort is None else short(group.cohort)
    return TrajectorySeries(
        name,
        tuple(_point(one, _cell(measure, group, one)) for one in shown),
        tuple(_cases(shown)) if len(group.patients) <= _CASES else (),
    )


def _cell(measure: Measure, group: Followed, at: AtVisit) -> str:
    return cell(_table_id(measure), _row_id(group, at), "n")


def _table_id(measure: Measure) -> str:
    return f"trajectory-{measure.id}"


def _row_id(group: Followed, at: AtVisit) -> str:
    return f"{group.id}-{at.visit.id}"


def _point(at: AtVisit, of_n: str) -> TrajectoryPoint:
    middle = at.middle
    open_ones = len(at.found) > len(at.sure)
    low, high = at.bounds if at.bounds is not None and open_ones else (None, None)
    return TrajectoryPoint(
        short(at.visit.name),
        day_of(at.visit),
        len(at.found),
        None if middle is None else middle.median,
        None if middle is None else middle.lower,
        None if middle is None else middle.upper,
        low,
        high,
        of_n,
    )


def _cases(at: Sequence[AtVisit]) -> Iterator[tuple[tuple[int, float], ...]]:
    lines: dict[str, list[tuple[int, float]]] = {}
    for one in at:
        for value in one.sure:
            day = value.patient.case.subject.day(value.exam.day)
            lines.setdefault(value.patient.id, []).append((day, float(value.low)))
    for case in sorted(lines):
        if len(lines[case]) > 1:
            yield tuple(sorted(lines[case]))


def _shaded(dataset: Dataset) -> tuple[tuple[int, int], ...]:
    """The windows of the primary endpoints, where they are counted from the injury."""
    pack = dataset.protocol.pack
    injuries = [a.id for a in pack.anchors if a.origin is Origin.INJURY]
    named = {n for e in pack.endpoints if e.primary for n in (e.baseline, e.at)}
    return tuple(
        (day_of(visit) - visit.before, day_of(visit) + visit.after)
        for visit in dataset.protocol.visits()
        if visit.id in named and visit.anchor in injuries
    )


def _table(
    dataset: Dataset,
    measure: Measure,
    groups: Sequence[Followed],
    by_group: dict[str, tuple[AtVisit, ...]],
) -> Table:
    columns = (
        words("visit", 67),
        column("day", 16),
        column("n", 10),
        column("median", 13),
        column("quartiles", 17),
        column("bounds", 19),
        column("untestable", 13),
        column("missing", 13),
    )
    unsure = {part.id for part in dataset.protocol.unsure()}
    reached = _reached(by_group)
    rows: list[Row] = []
    for group in groups:
        rows.append(heading(group.id, group.name, len(columns)))
        for at in by_group[group.id]:
            if at.visit.id in reached:
                mark = (
                    Mark.TO_CONFIRM if f"visit:{at.visit.id}" in unsure else Mark.NONE
                )
                row_id = _row_id(group, at)
                rows.append(Row(row_id, _cells(at, mark), level=1))
    name = say("efficacy.trajectory-table", measure=measure.name)
    return Table(_table_id(measure), name, columns, tuple(rows))


def _reached(by_group: dict[str, tuple[AtVisit, ...]]) -> frozenset[str]:
    """The visits whose window is over, or that were made, for anybody."""
    return frozenset(
        at.visit.id
        for visits in by_group.values()
        for at in visits
        if at.found or at.lacking
    )


def _cells(at: AtVisit, mark: Mark) -> tuple[Value, ...]:
    middle, bounds = at.middle, at.bounds
    open_ones = [one for one in at.found if not one.certain]
    dash = Value("—")
    return (
        Value(short(at.visit.name), at.visit.id, mark=mark),
        Value(f"{day_of(at.visit)}", day_of(at.visit)),
        Value(f"{len(at.found):,}", len(at.found), _behind(at.found)),
        dash if middle is None else Value(number(middle.median), f"{middle.median!r}"),
        dash
        if middle is None
        else Value(
            f"{number(middle.lower)}–{number(middle.upper)}",
            [f"{middle.lower!r}", f"{middle.upper!r}"],
        ),
        Value(
            f"{number(bounds[0])}–{number(bounds[1])}",
            [f"{bounds[0]!r}", f"{bounds[1]!r}"],
        )
        if bounds is not None and open_ones
        else dash,
        Value(f"{len(open_ones):,}", len(open_ones), _behind(open_ones)),
        Value(
            f"{len(at.lacking):,}",
            len(at.lacking),
            tuple(Ref("subject", one.id, one.id) for one in at.lacking),
        ),
    )


def _behind(found: Sequence[Seen]) -> tuple[Ref, ...]:
    return forms((one.patient.id, one.exam) for one in found)
