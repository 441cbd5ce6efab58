"""The panes of the trajectory: one above the other over one axis of days."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from registry_app.drawing.days import DayAxis, day_said
from registry_app.drawing.pen import Pen
from registry_app.drawing.shapes import Align, Line, Shape, Text

GRADES: Final = ("A", "B", "C", "D", "E")


@dataclass(frozen=True, slots=True)
class Pane:
    """One pane between `top` and `bottom`, for values from `low` to `high`.

    `mark`: the size of its marks, smaller where exams stand close.
    """

    top: float
    bottom: float
    low: float
    high: float
    axis: DayAxis
    pen: Pen
    mark: float

    def y(self, value: float) -> float:
        """Where a value stands."""
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)

    def x(self, day: int) -> float:
        """Where a day stands."""
        return self.axis.at(day)


def three_panes(
    exams: int, axis: DayAxis, height: float, pen: Pen
) -> tuple[Pane, Pane, Pane]:
    """Three panes, each under its title; grades need less height than sums."""
    size = pen.size
    title, foot = 2.7 * size, 1.9 * size
    free = height - 3 * title - foot - 1.2 * size
    ais, motor = 0.24 * free, 0.36 * free
    top = title
    room = (axis.right - axis.left) / max(exams, 1)
    mark = min(0.66 * size, max(0.4 * size, 0.7 * room))
    first = Pane(top, top + ais, -0.4, 4.4, axis, pen, mark)
    top = first.bottom + title + 0.3 * size
    second = Pane(top, top + motor, 0, 50, axis, pen, mark)
    top = second.bottom + title + 0.3 * size
    third = Pane(top, height - foot - 0.2 * size, 0, 112, axis, pen, mark)
    return first, second, third


def grid(pane: Pane, title: str, marks: tuple[int, ...]) -> list[Shape]:
    """The title above the pane, and its rows: `marks`, or the grades where none."""
    palette, size, axis = pane.pen.palette, pane.pen.size, pane.axis
    rows = [(pane.y(m), f"{m}") for m in marks] or [
        (pane.y(n), grade) for n, grade in enumerate(GRADES)
    ]
    shapes: list[Shape] = [
        Text(
            0,
            pane.top - 1.4 * size,
            title,
            size,
            palette.text,
            align=Align.LEFT,
            halo=palette.ground,
        )
    ]
    for y, label in rows:
        shapes.append(Line(((axis.left, y), (axis.right, y)), palette.grid, size / 14))
        shapes.append(
            Text(
                axis.left - 0.6 * size, y, label, size, palette.soft, align=Align.RIGHT
            )
        )
    return shapes


def days(panes: Sequence[Pane]) -> list[Shape]:
    """The one axis below, with a faint line through each pane at each number."""
    axis, pen, bottom = panes[0].axis, panes[0].pen, panes[-1].bottom
    palette, size = pen.palette, pen.size
    shapes: list[Shape] = [
        Line(((axis.left, bottom), (axis.right, bottom)), palette.rule, size / 11)
    ]
    y = bottom + 1.25 * size
    said = pen.words("drawing.days")
    for day in axis.ticks(3.6 * size):
        x = axis.at(day)
        shapes += [
            Line(((x, pane.top), (x, pane.bottom)), palette.grid, size / 28)
            for pane in panes
        ]
        shapes.append(
            Line(((x, bottom), (x, bottom + 0.4 * size)), palette.rule, size / 11)
        )
        shapes.append(Text(x, y, day_said(day), size, palette.soft))
    shapes.append(
        Text(axis.right + 1.6 * size, y, said, size, palette.soft, align=Align.LEFT)
    )
    return shapes
