"""The timeline: injury, treatment, exams and windows over days since injury."""

from collections.abc import Container, Sequence
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
#: Chips take no more rows than this; what finds no room keeps its shape alone.
_MOST_ROWS: Final = 2
#: How much lower the band of a window begins than that of one that it overlaps.
_LANE: Final = 0.75
#: The shape of a standing, filled or hollow; that of `done` gets a check as well.
_SIGNS: Final = {
    Standing.DONE: (Sign.CIRCLE, True),
    Standing.DUE: (Sign.CIRCLE, True),
    Standing.OVERDUE: (Sign.TRIANGLE, True),
    Standing.BLOCKED: (Sign.SQUARE, True),
    Standing.OPEN: (Sign.CIRCLE, False),
}


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


@dataclass(frozen=True, slots=True)
class _Chip:
    """The words of a window, the middle of them, and their row."""

    window: Window
    x: float
    row: int
    text: str


def draw_timeline(line: Timeline, width: float, pen: Pen) -> Picture:
    """The figure, as high as its labels need; the first 60 days are widened.

    Counted exams are filled, others hollow; the treatment is a triangle that points
    down; windows are bands with an edge in the colour of their standing, and above
    them a chip with its shape and words, or where there is no room the shape alone.
    """
    size = pen.size
    first, last = line.days
    axis = DayAxis(min(first, 0), max(last, 30), size, width - 2 * size, 2.2 * size)
    chips = _place_chips(line.windows, axis, pen, width)
    worded = {chip.window.ref for chip in chips}
    rows_above = max((chip.row + 1 for chip in chips), default=0)
    below, rows_below = _place(_day_labels(line, pen), axis, pen, width)
    lanes = _lanes(line.windows)
    top = (rows_above * _CHIP_ROW + 0.3) * size
    y = top + (2.6 + _LANE * max(lanes, default=0)) * size
    shapes = [
        *_windows(line.windows, lanes, worded, axis, top, y, pen),
        *(shape for chip in chips for shape in _chip(chip, pen)),
        *_axis(axis, y, pen),
        *_hung(below, axis, y, pen),
        *_marks(line, axis, y, pen),
    ]
    bottom = y + (2.5 + rows_below * _ROW) * size
    return Picture(width, bottom, tuple(shapes))


def _place_chips(
    windows: Sequence[Window], axis: DayAxis, pen: Pen, width: float
) -> list[_Chip]:
    """What must be acted on gets its words first; then names, as far as there is room.

    A single row of whole labels is preferred; the others get their names alone.
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in range(_MOST_ROWS)]
    placed: list[_Chip] = []
    order = sorted(windows, key=lambda w: (w.rank, -w.first_day))
    for window in order:
        labels = [pen.say(window.label)]
        if window.short is not None and window.short != window.label:
            labels.append(pen.say(window.short))
        chip = next(
            (
                _Chip(window, x, row, text)
                for text in labels
                for row, spans in enumerate(taken)
                for x in _middles(window, text, axis, pen, width)
                if _free(spans, x, _wide(text, pen), pen.size)
            ),
            None,
        )
        if chip is not None:
            half = _wide(chip.text, pen) / 2
            taken[chip.row].append((chip.x - half, chip.x + half))
            placed.append(chip)
    return placed


def _wide(text: str, pen: Pen) -> float:
    """How wide a chip is."""
    return pen.width(text) + 2.3 * pen.size


def _middles(
    window: Window, text: str, axis: DayAxis, pen: Pen, width: float
) -> list[float]:
    """Above the middle of its band, else flush with an end of it; within the figure."""
    half = _wide(text, pen) / 2
    first, last = axis.at(window.first_day), axis.at(window.last_day)
    wanted = ((first + last) / 2, last - half, first + half)
    return [min(max(x, half), width - half) for x in wanted]


def _free(
    spans: Sequence[tuple[float, float]], x: float, wide: float, size: float
) -> bool:
    gap = 0.6 * size
    left, right = x - wide / 2 - gap, x + wide / 2 + gap
    return all(right <= start or end <= left for start, end in spans)


def _chip(chip: _Chip, pen: Pen) -> list[Shape]:
    """The words of a window on their ground, after the shape of its standing."""
    size, palette, standing = pen.size, pen.palette, chip.window.standing
    middle = (chip.row + 0.5) * _CHIP_ROW * size
    wide, high = _wide(chip.text, pen), 1.6 * size
    left, colour = chip.x - wide / 2, palette.states[standing]
    ground, ref = palette.chips[standing], chip.window.ref
    ink = palette.soft if standing is Standing.OPEN else colour
    return [
        Box(left, middle - high / 2, wide, high, fill=ground, radius=size / 3, ref=ref),
        *_shape(left + size, middle, standing, ground, pen),
        Text(left + 1.9 * size, middle, chip.text, size, ink, align=Align.LEFT),
    ]


def _shape(
    x: float, y: float, standing: Standing, ground: str, pen: Pen, ref: str = ""
) -> list[Shape]:
    """The shape of a standing."""
    size, (sign, filled) = pen.size, _SIGNS[standing]
    colour = pen.palette.states[standing]
    shapes: list[Shape] = [Mark(x, y, sign, 0.85 * size, colour, ground, filled, ref)]
    if standing is Standing.DONE:
        k = size / 11
        check = ((-2.3, 0.2), (-0.5, 2.0), (2.5, -1.8))
        points = tuple((x + a * k, y + b * k) for a, b in check)
        shapes.append(Line(points, pen.palette.ground, 1.4 * k))
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
        x = min(max(axis.at(label.day), half), width - half)
        row = next((n for n, end in enumerate(ends) if x - half > end), len(ends))
        ends[row : row + 1] = [x + half + 0.8 * pen.size]
        placed.append(_Placed(label, x, row))
    return placed, len(ends)


def _windows(
    windows: Sequence[Window],
    lanes: Sequence[int],
    worded: Container[str],
    axis: DayAxis,
    top: float,
    y: float,
    pen: Pen,
) -> list[Shape]:
    """Bands from back to front, the highest first, each with its edge.

    One without words has the shape of its standing in the middle of its edge.
    """
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
        if window.ref not in worded:
            ground = pen.palette.ground
            x = x0 + wide / 2
            edges += _shape(x, over, window.standing, ground, pen, window.ref)
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
