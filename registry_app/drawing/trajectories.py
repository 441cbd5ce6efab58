"""Panels one above the other over one axis of days after injury (PAPER.md section 4).

Single patients are hairlines, medians thick lines with their quartiles, N stands under
every visit for every series. Nothing is smoothed, no line goes past the last value.
"""

from dataclasses import dataclass
from typing import Final

from registry_app.domain.figures.charts import (
    TrajectoryChart,
    TrajectoryPanel,
    TrajectoryPoint,
    TrajectorySeries,
)
from registry_app.domain.message import say
from registry_app.drawing.double import SECOND, Saying, apart, fitted, stacked
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

#: In units of the size of small words: a panel, a line of N, and between panels.
_PANEL, _COUNT, _GAP, _TOP = 15.5, 1.6, 2.2, 2.4
#: Shares of the width.
_LEFT, _RIGHT = 0.262, 0.985
#: Steps of an axis, of which the coarsest that gives five or more marks is taken.
_STEPS: Final = (100, 50, 20, 10, 5, 2, 1)
_SIGNS: Final = (Sign.CIRCLE, Sign.SQUARE)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where days and values stand in one panel."""

    left: float
    right: float
    top: float
    bottom: float
    last: int
    least: float
    most: float

    def x(self, day: float) -> float:
        return self.left + (self.right - self.left) * day / self.last

    def y(self, value: float) -> float:
        share = (value - self.least) / (self.most - self.least)
        return self.bottom - share * (self.bottom - self.top)


def draw_trajectories(
    chart: TrajectoryChart, said: Saying, width: float, pen: Pen
) -> Picture:
    """The figure, with the visits and their days below the last panel."""
    size = pen.size
    last = _last_day(chart)
    shapes: list[Shape] = []
    y = 0.0
    for n, panel in enumerate(chart.panels):
        top = y + (_TOP if not n else _GAP) * size
        frame = _Frame(
            _LEFT * width,
            _RIGHT * width,
            top,
            top + _PANEL * size,
            last,
            panel.least,
            panel.most,
        )
        shapes += _grounds(chart, frame, said, pen, words=not n)
        shapes += _panel(panel, frame, said, pen)
        y = frame.bottom + (0.6 + _COUNT * len(panel.series)) * size
        line = ((0.0, y + 0.4 * size), (width, y + 0.4 * size))
        shapes.append(Line(line, pen.palette.rule, size / 28))
    foot, high = _visits(chart, said, y + 0.4 * size, width, pen)
    return Picture(width, y + 0.4 * size + high, (*shapes, *foot))


def _last_day(chart: TrajectoryChart) -> int:
    days = [
        *(
            point.day
            for panel in chart.panels
            for s in panel.series
            for point in s.points
        ),
        *(
            day
            for panel in chart.panels
            for s in panel.series
            for c in s.cases
            for day, _ in c
        ),
        *(last for _, last in chart.windows),
    ]
    return int(max(days, default=1) * 1.04) + 1


def _grounds(
    chart: TrajectoryChart, frame: _Frame, said: Saying, pen: Pen, *, words: bool
) -> list[Shape]:
    """The shaded windows; over the first panel their days."""
    size, palette = pen.size, pen.palette
    shapes: list[Shape] = []
    for first, last in chart.windows:
        left, right = frame.x(first), frame.x(last)
        box = (left, frame.top, right - left, frame.bottom - frame.top)
        shapes.append(Box(*box, fill=palette.window))
        if words:
            told = said(say("efficacy.window-days", first=first, last=last))
            middle = ((left + right) / 2, frame.top - 1.0 * size)
            both = "  ".join(part for part in told if part)
            shapes.append(Text(*middle, both, 0.9 * size, palette.text))
    return shapes


def _panel(
    panel: TrajectoryPanel, frame: _Frame, said: Saying, pen: Pen
) -> list[Shape]:
    shapes = [*_axis(frame, pen), *_name(panel, frame, said, pen)]
    for series in panel.series:
        for case in series.cases:
            points = tuple((frame.x(day), frame.y(value)) for day, value in case)
            shapes.append(Line(points, pen.palette.rule, pen.size * 0.18 / 7))
    for n, series in enumerate(panel.series):
        aside = (n - (len(panel.series) - 1) / 2) * 0.7 * pen.size
        shapes += _series(series, n, aside, frame, pen)
        shapes += _counts(series, n, frame, said, pen)
    return shapes


def _axis(frame: _Frame, pen: Pen) -> list[Shape]:
    size, palette = pen.size, pen.palette
    span = frame.most - frame.least
    step = next((s for s in _STEPS if span / s >= 4), 1)
    shapes: list[Shape] = []
    value = frame.least
    while value <= frame.most:
        y = frame.y(value)
        ends = ((frame.left, y), (frame.right, y))
        if value > frame.least:
            shapes.append(Line(ends, palette.grid, size / 28))
        told = f"{value:g}"
        at = frame.left - 0.7 * size
        shapes.append(Text(at, y, told, SECOND * size, palette.text, align=Align.RIGHT))
        value += step
    base = ((frame.left, frame.bottom), (frame.right, frame.bottom))
    shapes.append(Line(base, palette.text, size / 14))
    return shapes


def _name(panel: TrajectoryPanel, frame: _Frame, said: Saying, pen: Pen) -> list[Shape]:
    """The measure bold, what stands in its brackets soft, then the second language."""
    size, palette = pen.size, pen.palette
    lead, second = said(panel.name)
    bold, _, rest = lead.partition("（" if "（" in lead else " (")
    other = second.partition(" (")[2] or (second if second != lead else "")
    room = frame.left - 3.4 * size
    shapes: list[Shape] = []
    y = frame.top + 0.8 * size
    at = (pen, 1.1 * size, palette.text, Align.LEFT)
    shapes.append(fitted(bold, 0, y, *at, bold=True, room=room))
    for line in (rest.rstrip("）)"), other.rstrip(")")):
        if line:
            y += 1.5 * size
            soft = (pen, SECOND * size, palette.soft, Align.LEFT)
            shapes.append(fitted(line, 0, y, *soft, bold=False, room=room))
    return shapes


def _series(
    series: TrajectorySeries, n: int, aside: float, frame: _Frame, pen: Pen
) -> list[Shape]:
    size, palette = pen.size, pen.palette
    shapes: list[Shape] = []
    line = []
    for point in series.points:
        if point.median is None:
            continue
        x = frame.x(point.day) + aside
        line.append((x, frame.y(point.median)))
        shapes += _spread(point, x, frame, pen)
        shapes.append(_leads(*line[-1], point, size))
    dash = () if not n % 2 else (0.45 * size, 0.25 * size)
    if len(line) > 1:
        shapes.append(Line(tuple(line), palette.text, size * 1.1 / 7, dash))
    sign = _SIGNS[n % len(_SIGNS)]
    for x, y in line:
        colours = (palette.text, palette.ground)
        shapes.append(Mark(x, y, sign, 0.9 * size, *colours, filled=not n % 2))
    return shapes


def _leads(x: float, y: float, point: TrajectoryPoint, size: float) -> Box:
    """What is pressed at a mark or a number to see the records behind it."""
    half = 0.8 * size
    return Box(x - half, y - half, 2 * half, 2 * half, ref=point.cell)


def _spread(point: TrajectoryPoint, x: float, frame: _Frame, pen: Pen) -> list[Shape]:
    """Quartiles as a bar; the medians at worst and at best as two short strokes."""
    size, palette = pen.size, pen.palette
    shapes: list[Shape] = []
    if point.lower is not None and point.upper is not None:
        bar = ((x, frame.y(point.lower)), (x, frame.y(point.upper)))
        shapes.append(Line(bar, palette.text, size * 0.8 / 7))
    for value in (point.low, point.high):
        if value is not None:
            y = frame.y(value)
            stroke = ((x - 0.6 * size, y), (x + 0.6 * size, y))
            shapes.append(Line(stroke, palette.soft, size / 10))
    return shapes


def _counts(
    series: TrajectorySeries, n: int, frame: _Frame, said: Saying, pen: Pen
) -> list[Shape]:
    size, palette = pen.size, pen.palette
    y = frame.bottom + (1.2 + _COUNT * n) * size
    name = said(series.name)[0]
    sign = _SIGNS[n % len(_SIGNS)]
    x = frame.left - 2.4 * size
    colours = (palette.text, palette.ground)
    shapes: list[Shape] = [
        Text(x - 0.8 * size, y, name, SECOND * size, palette.text, align=Align.RIGHT),
        Mark(x, y, sign, 0.8 * size, *colours, filled=not n % 2),
    ]
    places = [(frame.x(p.day), pen.width(f"{p.n:,}")) for p in series.points]
    for point, line in zip(series.points, apart(places, 0.3 * size, 1), strict=True):
        if line is not None:
            at = (frame.x(point.day), y)
            shapes.append(Text(*at, f"{point.n:,}", SECOND * size, palette.text))
            shapes.append(_leads(*at, point, size))
    return shapes


def _visits(
    chart: TrajectoryChart, said: Saying, y: float, width: float, pen: Pen
) -> tuple[list[Shape], float]:
    """The visits with their days; one that finds no room stands lower, with a line."""
    size, palette = pen.size, pen.palette
    named = {
        point.day: said(point.visit)
        for panel in chart.panels
        for series in panel.series
        for point in series.points
    }
    named = dict(sorted(named.items()))
    frame = _Frame(_LEFT * width, _RIGHT * width, 0, 0, _last_day(chart), 0, 1)
    days, other = said(say("efficacy.fig-days"))
    both = "  ".join(part for part in (days, other) if part)
    rows = y + 1.1 * size
    shapes: list[Shape] = [
        Text(0, rows, both, SECOND * size, palette.text, align=Align.LEFT)
    ]
    line = y + 2.6 * size
    title = said(say("efficacy.fig-visit"))
    shapes += stacked(title, 0, line, pen, bold=True)
    high = (2.9 if any(second for _, second in named.values()) else 1.6) * size
    wide = {day: _wide(words, pen) for day, words in named.items()}
    middles = {day: min(frame.x(day), width - wide[day] / 2) for day in named}
    places = [(middles[day], wide[day]) for day in named]
    found = apart(places, 0.7 * size, len(named))
    levels = {day: at or 0 for day, at in zip(named, found, strict=True)}
    for day, words in named.items():
        x, top = frame.x(day), line + levels[day] * high
        shapes += [
            Line(((x, y), (x, y + 0.4 * size)), palette.text, size / 14),
            Text(x, rows, f"{day}", SECOND * size, palette.text),
        ]
        covered = any(
            levels[one] < levels[day] and abs(x - middles[one]) < wide[one] / 2 + size
            for one in named
        )
        if levels[day] and not covered:
            ends = ((x, rows + 0.8 * size), (x, top - 0.8 * size))
            shapes.append(Line(ends, palette.rule, size / 28))
        shapes += stacked(words, middles[day], top, pen, align=Align.CENTRE, bold=True)
    lines = 1 + max(levels.values(), default=0)
    return shapes, line - y + lines * high - 0.4 * size


def _wide(words: tuple[str, str], pen: Pen) -> float:
    """Of the two lines of a name."""
    lead, second = words
    return max(
        pen.width(lead, bold=True), pen.measure(second, SECOND * pen.size, False)
    )
