"""What a figure of a report shows, as data; drawing/ makes shapes of it.

Ids are plain; words are `Said` of document.py, which cannot be imported here: a text of
the catalogue, of a pack, or as typed.

What is drawn leads to its records by the cell of a table of the same report that says
the same number (`cell`): the chart itself holds no records.
"""

from dataclasses import dataclass
from typing import TypeAlias

from registry_app.domain.message import Message, Told

_Said: TypeAlias = "Message | Told | str"


def cell(table: str, row: str, column: str) -> str:
    """The cell of a table, by the ids of document.py.

    >>> cell("shift", "cohort-1-treated-A", "B")
    'shift|cohort-1-treated-A|B'
    """
    return f"{table}|{row}|{column}"


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """Patients of one baseline grade. `counts`: by end grade, in the chart's order.

    `better`: how many are better by each of the chart's steps for certain. `cells`: of
    the counts, one for each.
    """

    base: str
    counts: tuple[int, ...]
    missing: int
    undecided: int = 0
    better: tuple[int, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftChart:
    """AIS at baseline by AIS at the end; `order` from worst to best."""

    order: tuple[str, ...]
    at: _Said
    groups: tuple[tuple[_Said, tuple[ShiftRow, ...]], ...]
    steps: tuple[int, ...] = (1, 2)


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """n of N with both intervals, in percent; None where N is 0.

    `comparable` False: another baseline window; drawn hollow and dashed. `lead`: the
    main result of its group. `level`: indented so far. `words`: further ones under it.
    `cell`: of n.
    """

    name: _Said
    n: int
    total: int
    exact: tuple[float, float] | None
    wilson: tuple[float, float] | None
    comparable: bool = True
    lead: bool = False
    level: int = 0
    words: _Said = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class IntervalChart:
    """Proportions with their intervals, by group."""

    groups: tuple[tuple[_Said, tuple[IntervalRow, ...]], ...]


@dataclass(frozen=True, slots=True)
class FlowLeft:
    """Those who left after a box for one reason. `cell`: of n."""

    name: _Said
    n: int
    cell: str = ""


@dataclass(frozen=True, slots=True)
class FlowBox:
    """One box of the flow of patients, and what left it, by reason, on its right.

    `cell`: of n.
    """

    id: str
    name: _Said
    n: int
    left: tuple[FlowLeft, ...] = ()
    cell: str = ""


@dataclass(frozen=True, slots=True)
class FlowChart:
    """The attrition flow: a column of boxes an arm or set, each from top to bottom."""

    columns: tuple[tuple[_Said, tuple[FlowBox, ...]], ...]


@dataclass(frozen=True, slots=True)
class TrajectoryPoint:
    """One visit of a series: its day after injury, N, median and quartiles.

    `low`, `high`: the median if every untestable cell is worst, or best. `cell`: of N.
    """

    visit: _Said
    day: int
    n: int
    median: float | None
    lower: float | None
    upper: float | None
    low: float | None = None
    high: float | None = None
    cell: str = ""


@dataclass(frozen=True, slots=True)
class TrajectorySeries:
    """One series. `cases`: the single patients, (day, value) by day."""

    name: _Said
    points: tuple[TrajectoryPoint, ...]
    cases: tuple[tuple[tuple[int, float], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class TrajectoryPanel:
    """One measure; at most two series share a panel (PAPER.md section 4)."""

    name: _Said
    least: float
    most: float
    series: tuple[TrajectorySeries, ...]


@dataclass(frozen=True, slots=True)
class TrajectoryChart:
    """Panels that share one axis of days after injury; `windows`: shaded days."""

    panels: tuple[TrajectoryPanel, ...]
    windows: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SaturationCurve:
    """SpO2 of one infusion: (minutes since its start, percent).

    `ended`: when the infusion ended, in minutes. `below`, `falls_by`: the thresholds of
    the signal rules. `before`: the value before. `cells`: of the value before, where
    there is one, and of the points.
    """

    points: tuple[tuple[float, float], ...]
    before: float | None = None
    below: float | None = None
    falls_by: float | None = None
    ended: float | None = None
    cells: tuple[str, ...] = ()


Chart: TypeAlias = (
    "ShiftChart | IntervalChart | FlowChart | TrajectoryChart | SaturationCurve"
)
