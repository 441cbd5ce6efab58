"""AIS over time: steps between certain grades, spans over possible ones."""

from collections.abc import Sequence
from itertools import pairwise

from registry_app.domain.figures.trajectory import GradePoint
from registry_app.domain.isncsci.display import compact
from registry_app.domain.isncsci.result import Possible
from registry_app.drawing.panes import GRADES, Pane
from registry_app.drawing.patterns import Pattern, segments
from registry_app.drawing.shapes import (
    Align,
    Box,
    Hatch,
    Line,
    Mark,
    Shape,
    Sign,
    Text,
)


def grades_said(point: GradePoint) -> str:
    """The possible grades: ``B``, ``B–C``, ``A, C``; a star where it has one."""
    return compact(Possible(point.grades, point.star))


def _rows(point: GradePoint) -> list[int]:
    return [GRADES.index(grade) for grade in point.grades]


def steps(pane: Pane, points: Sequence[GradePoint]) -> list[Shape]:
    """Steps between certain grades; what is not certain interrupts them."""
    pen, mark = pane.pen, pane.mark
    ink, ground, size = pen.palette.text, pen.palette.ground, pen.size
    shapes: list[Shape] = []
    for one, other in pairwise(points):
        if len(one.grades) == 1:
            y = pane.y(_rows(one)[0])
            corner = (pane.x(other.day), y)
            path = [(pane.x(one.day), y), corner]
            if len(other.grades) == 1:
                path.append((pane.x(other.day), pane.y(_rows(other)[0])))
                shapes.append(Line(tuple(path), ink, size / 6.5))
            else:
                shapes.append(Line(tuple(path), ink, size / 11, (size / 11, size / 4)))
    for point in points:
        x, rows = pane.x(point.day), _rows(point)
        if len(rows) == 1:
            y = pane.y(rows[0])
            shapes.append(
                Mark(x, y, Sign.CIRCLE, mark, ink, ground, point.counted, point.ref)
            )
        else:
            shapes += _span(pane, x, rows, point.ref)
    if points:
        last = points[-1]
        middle = sum(map(pane.y, _rows(last))) / len(last.grades)
        at = pane.axis.right + 1.6 * size
        shapes.append(
            Text(at, middle, grades_said(last), 1.2 * size, ink, True, Align.LEFT)
        )
    return shapes


def _span(pane: Pane, x: float, rows: Sequence[int], ref: str) -> list[Shape]:
    """A hatched span from the lowest to the highest grade, a dot at each possible."""
    pen, half = pane.pen, 0.32 * pane.pen.size
    palette, size = pen.palette, pen.size
    top, bottom = pane.y(max(rows)) - 1.2 * half, pane.y(min(rows)) + 1.2 * half
    box = (x - half, top, x + half, bottom)
    corners = ((box[2], top), (box[2], bottom), (box[0], bottom), (box[0], top))
    ring = [[box[0], top], *([*c, *c, *c] for c in corners)]
    wide, high = 2 * half, bottom - top
    shapes: list[Shape] = [
        Box(x - half, top, wide, high, fill=palette.ground, ref=ref),
        Hatch(
            (ring,), segments(Pattern.LINES, box, 0.26 * size), palette.soft, size / 16
        ),
        Box(
            x - half,
            top,
            wide,
            high,
            outline=palette.text,
            weight=size / 9,
            radius=half,
        ),
    ]
    shapes += [
        Mark(x, pane.y(r), Sign.CIRCLE, 0.34 * size, palette.text, palette.ground)
        for r in rows
    ]
    return shapes
