"""The timeline: injury, treatment, exams and windows over days since injury."""

from dataclasses import dataclass
from typing import Final

from registry_app.domain.figures.timeline import Timeline
from registry_app.drawing.days import DayAxis, day_said
from registry_app.drawing.pen import Pen
from registry_app.drawing.shapes import Box, Line, Mark, Picture, Shape, Sign, Text

#: A row of labels, in units of the size of the words.
_ROW: Final = 1.55


@dataclass(frozen=True, slots=True)
class _Label:
    """Words that belong to a day; `tag`: in a filled box, for today."""

    day: float
    text: str
    bold: bool = False
    tag: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    """A label, the middle of its words, and the row in which they cover no other."""

    label: _Label
    x: float
    row: int


def draw_timeline(line: Timeline, width: float, pen: Pen) -> Picture:
    """The figure, as high as its labels need; the first 60 days are widened.

    Counted exams are filled, others hollow; the treatment is a triangle that points
    down; windows are bands with an edge in the colour of their standing.
    """
    size = pen.size
    first, last = line.days
    axis = DayAxis(min(first, 0), max(last, 30), size, width - 2 * size, 2.2 * size)
    above, rows_above = _place(_window_labels(line, pen), axis, pen, width)
    below, rows_below = _place(_day_labels(line, pen), axis, pen, width)
    top = (rows_above * _ROW + 0.3) * size
    y = top + 2.6 * size
    shapes = [
        *_windows(line, axis, top, y, pen),
        *(
            Text(p.x, (p.row + 0.5) * _ROW * size, p.label.text, size, pen.palette.text)
            for p in above
        ),
        *_axis(axis, y, pen),
        *_hung(below, axis, y, pen),
        *_marks(line, axis, y, pen),
    ]
    bottom = y + (2.5 + rows_below * _ROW) * size
    return Picture(width, bottom, tuple(shapes))


def _window_labels(line: Timeline, pen: Pen) -> list[_Label]:
    return [
        _Label((w.first_day + w.last_day) / 2, pen.say(w.label)) for w in line.windows
    ]


def _day_labels(line: Timeline, pen: Pen) -> list[_Label]:
    labels = [_Label(e.day, pen.say(e.label), bold=e.treatment) for e in line.events]
    if line.now is not None:
        today = pen.words("drawing.now", day=line.now)
        labels.append(_Label(line.now, today, bold=True, tag=True))
    return labels


def _place(
    labels: list[_Label], axis: DayAxis, pen: Pen, width: float
) -> tuple[list[_Placed], int]:
    """Give each label its place, by day, and say how many rows that takes."""
    ends: list[float] = []
    placed = []
    for label in sorted(labels, key=lambda each: each.day):
        half = pen.width(label.text, bold=label.bold) / 2 + label.tag * pen.size / 2
        x = min(max(axis.at(label.day), half), width - half)
        row = next((n for n, end in enumerate(ends) if x - half > end), len(ends))
        ends[row : row + 1] = [x + half + 0.8 * pen.size]
        placed.append(_Placed(label, x, row))
    return placed, len(ends)


def _windows(
    line: Timeline, axis: DayAxis, top: float, y: float, pen: Pen
) -> list[Shape]:
    shapes: list[Shape] = []
    for window in line.windows:
        x0, x1 = axis.at(window.first_day), axis.at(window.last_day)
        edge = pen.palette.states[window.standing]
        shapes.append(Box(x0, top, x1 - x0, y - top, fill=pen.palette.window))
        shapes.append(Line(((x0, top), (x1, top)), edge, pen.size / 6))
    return shapes


def _axis(axis: DayAxis, y: float, pen: Pen) -> list[Shape]:
    rule, size = pen.palette.rule, pen.size
    thin, end = size / 9, axis.right + size
    shapes: list[Shape] = []
    if axis.broken:
        half, lean = axis.gap / 2 - 0.7 * size, 0.3 * size
        sides = (axis.break_at - half, axis.break_at + half)
        shapes += [
            Line(((axis.left, y), (sides[0], y)), rule, thin),
            Line(((sides[1], y), (end, y)), rule, thin),
        ]
        shapes += [
            Line(((x - lean, y + 2 * lean), (x + lean, y - 2 * lean)), rule, thin)
            for x in sides
        ]
    else:
        shapes.append(Line(((axis.left, y), (end, y)), rule, thin))
    for day in axis.ticks(3.2 * size):
        x = axis.at(day)
        shapes.append(Line(((x, y), (x, y + 0.4 * size)), rule, thin))
        shapes.append(Text(x, y + 1.15 * size, day_said(day), size, pen.palette.soft))
    return shapes


def _hung(placed: list[_Placed], axis: DayAxis, y: float, pen: Pen) -> list[Shape]:
    """Words under the axis, each on a line from its day; the lines lie below."""
    palette, size = pen.palette, pen.size
    stems: list[Shape] = []
    words: list[Shape] = []
    for p in placed:
        x, middle = axis.at(p.label.day), y + (2.1 + (p.row + 0.5) * _ROW) * size
        if p.label.tag:
            wide, high = pen.width(p.label.text, bold=True) + size, 1.4 * size
            left, top = p.x - wide / 2, middle - high / 2
            stems.append(Line(((x, y), (x, middle)), palette.accent, size / 8))
            words.append(
                Box(left, top, wide, high, fill=palette.accent, radius=size / 4)
            )
            words.append(
                Text(p.x, middle, p.label.text, size, palette.on_accent, bold=True)
            )
        else:
            start, end = y + 1.75 * size, middle - 0.62 * size
            stems.append(Line(((x, start), (x, end)), palette.rule, size / 11))
            words.append(
                Text(
                    p.x,
                    middle,
                    p.label.text,
                    size,
                    palette.text,
                    p.label.bold,
                    halo=palette.ground,
                )
            )
    return stems + words


def _marks(line: Timeline, axis: DayAxis, y: float, pen: Pen) -> list[Shape]:
    """Exams on the axis, the treatment above it, today as a diamond."""
    palette, size = pen.palette, pen.size
    ink, ground = palette.series[0], palette.ground
    shapes: list[Shape] = [
        Mark(axis.at(e.day), y, Sign.CIRCLE, 0.95 * size, ink, ground, e.counted, e.ref)
        for e in line.exams
    ]
    shapes += [
        Mark(axis.at(e.day), y - 1.15 * size, Sign.DOWN, size, palette.text, ground)
        for e in line.events
        if e.treatment
    ]
    if line.now is not None:
        x = axis.at(line.now)
        shapes.append(Mark(x, y, Sign.DIAMOND, 0.9 * size, palette.accent, ground))
    return shapes
