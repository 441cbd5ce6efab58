"""The timeline: injury, treatment, exams and windows over days since injury."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from registry_app.domain.figures.timeline import Standing, Timeline, Window
from registry_app.drawing.days import DayAxis, day_said
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

#: A row of labels, in units of the size of the words.
_ROW: Final = 1.55
#: A row of chips, which have a ground.
_CHIP_ROW: Final = 1.95
#: Windows with their whole labels take no more rows than this, if names alone do.
_MOST_ROWS: Final = 3
#: How much lower the band of a window begins than that of one that it overlaps.
_LANE: Final = 0.6
#: The shape of a standing, filled or hollow; that of `done` gets a check as well.
_SIGNS: Final = {
    Standing.DONE: (Sign.CIRCLE, True),
    Standing.DUE: (Sign.CIRCLE, True),
    Standing.OVERDUE: (Sign.TRIANGLE, True),
    Standing.BLOCKED: (Sign.SQUARE, True),
    Standing.OPEN: (Sign.CIRCLE, False),
}
#: What keeps its whole label longest: somebody has to do something.
_LOUD: Final = (Standing.DUE, Standing.OVERDUE)


@dataclass(frozen=True, slots=True)
class _Label:
    """Words that belong to a day; `tag`: in a filled box, for today.

    `chip`: on a ground with the shape of a window's standing.
    """

    day: float
    text: str
    bold: bool = False
    tag: bool = False
    chip: Standing | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A label, the middle of its words, and the row in which they cover no other."""

    label: _Label
    x: float
    row: int


def draw_timeline(line: Timeline, width: float, pen: Pen) -> Picture:
    """The figure, as high as its labels need; the first 60 days are widened.

    Counted exams are filled, others hollow; the treatment is a triangle that points
    down; windows are bands with an edge in the colour of their standing, and above
    them a chip with its shape and words.
    """
    size = pen.size
    first, last = line.days
    axis = DayAxis(min(first, 0), max(last, 30), size, width - 2 * size, 2.2 * size)
    above, rows_above = _place_windows(line.windows, axis, pen, width)
    below, rows_below = _place(_day_labels(line, pen), axis, pen, width)
    lanes = _lanes(line.windows)
    top = (rows_above * _CHIP_ROW + 0.3) * size
    y = top + (2.6 + _LANE * max(lanes, default=0)) * size
    shapes = [
        *_windows(line.windows, lanes, axis, top, y, pen),
        *(shape for p in above for shape in _chip(p, pen)),
        *_axis(axis, y, pen),
        *_hung(below, axis, y, pen),
        *_marks(line, axis, y, pen),
    ]
    bottom = y + (2.5 + rows_below * _ROW) * size
    return Picture(width, bottom, tuple(shapes))


def _place_windows(
    windows: Sequence[Window], axis: DayAxis, pen: Pen, width: float
) -> tuple[list[_Placed], int]:
    """Whole labels; names alone of the quiet windows where those take many rows."""

    def labels(whole: Sequence[Standing]) -> list[_Label]:
        return [
            _Label(
                (w.first_day + w.last_day) / 2,
                pen.say(w.label if w.standing in whole else w.short or w.label),
                chip=w.standing,
            )
            for w in windows
        ]

    placed, rows = _place(labels(tuple(Standing)), axis, pen, width)
    if rows <= _MOST_ROWS:
        return placed, rows
    return _place(labels(_LOUD), axis, pen, width)


def _chip(placed: _Placed, pen: Pen) -> list[Shape]:
    """The words of a window on their ground, after the shape of its standing."""
    label, size, palette = placed.label, pen.size, pen.palette
    assert label.chip is not None
    middle = (placed.row + 0.5) * _CHIP_ROW * size
    wide, high = pen.width(label.text) + 2.3 * size, 1.6 * size
    left, colour = placed.x - wide / 2, palette.states[label.chip]
    ground = palette.chips[label.chip]
    sign, filled = _SIGNS[label.chip]
    x = left + size
    shapes: list[Shape] = [
        Box(left, middle - high / 2, wide, high, fill=ground, radius=size / 3),
        Mark(x, middle, sign, 0.85 * size, colour, ground, filled),
    ]
    if label.chip is Standing.DONE:
        k = size / 11
        check = ((-2.3, 0.2), (-0.5, 2.0), (2.5, -1.8))
        points = tuple((x + a * k, middle + b * k) for a, b in check)
        shapes.append(Line(points, palette.ground, 1.4 * k))
    ink = palette.soft if label.chip is Standing.OPEN else colour
    words_at = x + 0.9 * size
    shapes.append(Text(words_at, middle, label.text, size, ink, align=Align.LEFT))
    return shapes


def _lanes(windows: Sequence[Window]) -> list[int]:
    """Which of the windows that overlap begins how far down: 0 is the highest."""
    ends: list[int] = []
    lanes = []
    for window in windows:
        free = (n for n, end in enumerate(ends) if window.first_day > end)
        lane = next(free, len(ends))
        ends[lane : lane + 1] = [window.last_day]
        lanes.append(lane)
    return lanes


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
        half += 1.2 * pen.size if label.chip is not None else 0
        x = min(max(axis.at(label.day), half), width - half)
        row = next((n for n, end in enumerate(ends) if x - half > end), len(ends))
        ends[row : row + 1] = [x + half + 0.8 * pen.size]
        placed.append(_Placed(label, x, row))
    return placed, len(ends)


def _windows(
    windows: Sequence[Window],
    lanes: Sequence[int],
    axis: DayAxis,
    top: float,
    y: float,
    pen: Pen,
) -> list[Shape]:
    """Bands from back to front, the highest first, each with its edge."""
    bands: list[Shape] = []
    edges: list[Shape] = []
    for window, lane in sorted(
        zip(windows, lanes, strict=True), key=lambda pair: pair[1]
    ):
        x0, x1 = axis.at(window.first_day), axis.at(window.last_day)
        over = top + lane * _LANE * pen.size
        edge = pen.palette.states[window.standing]
        wide = max(x1 - x0, pen.size / 4)
        bands.append(Box(x0, over, wide, y - over, fill=pen.palette.window))
        edges.append(Line(((x0, over), (x0 + wide, over)), edge, pen.size / 6))
    return bands + edges


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
