"""The trajectory: AIS steps, motor and sensory sums in three panes over one axis.

A sum that is not certain is a whisker over all it can be, an AIS that is not certain a
hatched span over the possible grades. No point is ever put inside either, and the line
to it only tells how far it may go.
"""

from collections.abc import Sequence
from typing import Final

from registry_app.domain.figures.trajectory import Trajectory
from registry_app.drawing.days import DayAxis
from registry_app.drawing.panes import Pane, days, grid, three_panes
from registry_app.drawing.pen import Pen
from registry_app.drawing.shapes import (
    Align,
    Box,
    Line,
    Mark,
    Picture,
    Shape,
    Sign,
    Text,
)
from registry_app.drawing.steps import grades_said, steps
from registry_app.drawing.tracks import SIGNS, draw_tracks, said

_TITLES: Final = ("drawing.ais", "drawing.motor-pane", "drawing.sensory-pane")
_GRIDS: Final = ((), (0, 25, 50), (0, 28, 56, 84, 112))


def draw_trajectory(
    course: Trajectory,
    width: float,
    height: float,
    pen: Pen,
    *,
    last_day: int | None = None,
    windows: Sequence[tuple[int, int]] = (),
) -> Picture:
    """The figure in the room given; `last_day` sets where the axis ends.

    `windows`: first and last days of planned visits, which are shaded.
    """
    size, palette = pen.size, pen.palette
    right = width - _label_room(course, pen)
    end = max(course.last_day, last_day or 0, 30)
    axis = DayAxis(course.first_day, end, 2.6 * size, right)
    panes = three_panes(len(course.ais), axis, height, pen)
    shapes: list[Shape] = [
        box for first, last in windows for box in _shade(first, last, panes)
    ]
    for pane, title, marks in zip(panes, _TITLES, _GRIDS, strict=True):
        shapes += grid(pane, pen.words(title), marks)
    shapes += days(panes)
    if course.treatment_day is not None:
        shapes += _treatment(course.treatment_day, panes)
    shapes += steps(panes[0], course.ais)
    shapes += draw_tracks(panes[1], course.motor)
    shapes += draw_tracks(panes[2], course.sensory)
    if not any(track.points for track in course.motor):
        middle = (panes[1].top + panes[1].bottom) / 2
        none = pen.words("drawing.no-exam")
        across = (axis.left + axis.right) / 2
        shapes.append(
            Text(across, middle, none, size, palette.soft, halo=palette.ground)
        )
    return Picture(width, height, tuple(shapes))


def _shade(first: int, last: int, panes: Sequence[Pane]) -> list[Shape]:
    """The days of a window in every pane, as far as the axis goes."""
    axis, fill = panes[0].axis, panes[0].pen.palette.window
    left, right = max(first, axis.first), min(last, axis.last)
    if left > right:
        return []
    x, wide = axis.at(left), axis.at(right) - axis.at(left)
    return [Box(x, p.top, wide, p.bottom - p.top, fill=fill) for p in panes]


def _treatment(day: int, panes: Sequence[Pane]) -> list[Shape]:
    """A broken line through all panes, with its sign and its words at the top."""
    axis, pen = panes[0].axis, panes[0].pen
    palette, size = pen.palette, pen.size
    x, top = axis.at(day), panes[0].top - 1.3 * size
    stem, dash = ((x, top), (x, panes[-1].bottom)), (size / 3, size / 4)
    words = pen.words("drawing.treatment-day", day=day)
    fits = x + size + pen.width(words) < axis.right
    beside = (x + 0.8 * size, Align.LEFT) if fits else (x - 0.8 * size, Align.RIGHT)
    return [
        Line(stem, palette.text, size / 11, dash),
        Mark(x, top, Sign.DOWN, 0.8 * size, palette.text, palette.ground),
        Text(beside[0], top, words, size, palette.text, align=beside[1]),
    ]


def _label_room(course: Trajectory, pen: Pen) -> float:
    """The room right of the panes: the widest label."""
    values = [said(t.points[-1]) for t in (*course.motor, *course.sensory) if t.points]
    names = [pen.words(f"drawing.{name}") for name in SIGNS]
    label = max(map(pen.width, names)) + max(
        (pen.measure(v, pen.size, True) for v in values), default=0.0
    )
    grades = grades_said(course.ais[-1]) if course.ais else ""
    grade = pen.measure(grades, 1.2 * pen.size, True)
    unit = pen.width(pen.words("drawing.days"))
    return max(label + 1.9 * pen.size, grade, unit) + 2 * pen.size
