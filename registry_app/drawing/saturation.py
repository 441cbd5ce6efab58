"""SpO2 of one infusion over time, with the thresholds of the signal rules drawn in.

The infusion itself takes an hour or two and the last value is of a day later: minutes
stand in one panel, hours in another, each true to scale, both over one axis of percent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from registry_app.domain.figures.charts import SaturationCurve
from registry_app.domain.figures.document import Said
from registry_app.domain.figures.infusion_curve import past
from registry_app.domain.message import say
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

#: The height of the panels, in units of the size of the words.
_HIGH: Final = 15.0
#: The room for the value before, left of the axis of time, in the same unit.
_BEFORE: Final = 4.4
#: Values after this many minutes past the infusion stand in the panel of hours.
_NEAR: Final = 60.0
_HOUR: Final = 60.0
_MOST: Final = 100.0

_Saying = Callable[[Said], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Panel:
    """One panel from `left` to `right`, for `first` to `last` minutes."""

    left: float
    right: float
    first: float
    last: float
    every: float
    unit: float

    def x(self, minutes: float) -> float:
        share = (minutes - self.first) / (self.last - self.first)
        return self.left + share * (self.right - self.left)


def draw_saturation(
    chart: SaturationCurve, said: _Saying, width: float, pen: Pen
) -> Picture:
    """The curve. A value past a threshold is a triangle, and has its figure beside it.

    `said`: words in the leading and the second language. Without any point the axes
    alone are drawn.
    """
    size, palette = pen.size, pen.palette
    top, bottom = 2.6 * size, (2.6 + _HIGH) * size
    least = _least(chart)

    def y(value: float) -> float:
        return bottom - (value - least) / (_MOST - least) * (bottom - top)

    panels = _panels(chart, size, width)
    left, right = panels[0].left - _BEFORE * size, panels[-1].right
    shapes: list[Shape] = []
    if chart.ended is not None:
        shapes += _infusion(chart.ended, panels[0], top, bottom, said, pen)
    shapes.append(
        Text(
            0,
            0.7 * size,
            _line(said, say("case_report.curve-axis")),
            size,
            palette.text,
            align=Align.LEFT,
        )
    )
    for value in range(int(least), int(_MOST) + 1, 5):
        at = y(value)
        shapes.append(Line(((left, at), (right, at)), palette.grid, size / 28))
        label = Text(
            left - 0.6 * size, at, f"{value}", size, palette.soft, align=Align.RIGHT
        )
        shapes.append(label)
    for panel in panels:
        shapes += _axis(panel, bottom, said, pen)
    if chart.before is not None:
        name, _ = said(say("case_report.curve-before"))
        x = panels[0].left - 0.5 * _BEFORE * size
        shapes.append(Text(x, bottom + 1.25 * size, name, 0.92 * size, palette.soft))
    shapes += _thresholds(chart, y, left, right, said, pen)
    shapes += _curve(chart, panels, y, pen)
    return Picture(width, bottom + 3.6 * size, tuple(shapes))


def _least(chart: SaturationCurve) -> float:
    """The foot of the axis: 80, or the next ten below the lowest value."""
    values = [value for _, value in chart.points]
    if chart.before is not None:
        values.append(chart.before)
    lowest = min([80.0, *values])
    return max(0.0, 10.0 * (lowest // 10))


def _panels(chart: SaturationCurve, size: float, width: float) -> list[_Panel]:
    """The panel of minutes, and one of hours where there are values so late."""
    left = 3.2 * size
    right = width - left
    last = max((at for at, _ in chart.points), default=0.0)
    near = max((chart.ended or 0.0) + _NEAR, _NEAR)
    every = 15.0 if near <= 4 * _HOUR else _HOUR
    if last <= near:
        end = max(near, every)
        return [_Panel(left + _BEFORE * size, right, 0.0, end, every, 1.0)]
    middle = left + 0.58 * (right - left)
    hours = max(last, near + _HOUR)
    step = _HOUR * next((n for n in (1, 2, 3, 6, 12) if hours <= n * 8 * _HOUR), 24)
    return [
        _Panel(left + _BEFORE * size, middle - size, 0.0, near, every, 1.0),
        _Panel(middle + size, right, near, hours, step, _HOUR),
    ]


def _line(said: _Saying, thing: Said) -> str:
    """All languages in one line; what is the same in all of them once."""
    return "  ".join(dict.fromkeys(filter(None, said(thing))))


def _infusion(
    ended: float, panel: _Panel, top: float, bottom: float, said: _Saying, pen: Pen
) -> list[Shape]:
    """The time of the infusion, shaded, with its name above."""
    size, palette = pen.size, pen.palette
    first, last = panel.x(0.0), panel.x(ended)
    words = _line(said, say("case_report.curve-infusion"))
    return [
        Box(first, top, last - first, bottom - top, fill=palette.window),
        Text(first, top - 0.8 * size, words, size, palette.soft, align=Align.LEFT),
    ]


def _axis(panel: _Panel, bottom: float, said: _Saying, pen: Pen) -> list[Shape]:
    size, palette = pen.size, pen.palette
    ends = ((panel.left, bottom), (panel.right, bottom))
    shapes: list[Shape] = [Line(ends, palette.rule, size / 11)]
    at = panel.every * -(-panel.first // panel.every)
    while at <= panel.last:
        x = panel.x(at)
        tick = Line(((x, bottom), (x, bottom + 0.4 * size)), palette.rule, size / 11)
        words = f"{at / panel.unit:g}"
        shapes += [tick, Text(x, bottom + 1.25 * size, words, size, palette.soft)]
        at += panel.every
    unit = "minutes" if panel.unit == 1.0 else "hours"
    name = _line(said, say(f"case_report.curve-{unit}"))
    middle = (panel.left + panel.right) / 2
    return [*shapes, Text(middle, bottom + 2.7 * size, name, size, palette.text)]


def _thresholds(
    chart: SaturationCurve,
    y: Callable[[float], float],
    left: float,
    right: float,
    said: _Saying,
    pen: Pen,
) -> list[Shape]:
    """A dashed line at the limit, a dotted one at the fall from the value before."""
    size, palette = pen.size, pen.palette
    found: list[tuple[float, Said, tuple[float, ...]]] = []
    if chart.below is not None:
        words = say("case_report.curve-below", value=f"{chart.below:g}")
        found.append((chart.below, words, (size / 2, size / 4)))
    if chart.before is not None and chart.falls_by is not None:
        limit = chart.before - chart.falls_by
        words = say(
            "case_report.curve-falls",
            value=f"{limit:g}",
            by=f"{chart.falls_by:g}",
        )
        found.append((limit, words, (size / 7, size / 4)))
    shapes: list[Shape] = []
    lines = [y(value) for value, _, _ in found]
    for value, told, dash in found:
        at = y(value)
        shapes.append(Line(((left, at), (right, at)), palette.text, size / 11, dash))
        # Below the line, clear of the values that stand above it; only where the other
        # threshold lies close below are the words above.
        below = not any(0 < other - at < 1.4 * size for other in lines)
        beside = at + 0.8 * size if below else at - 0.8 * size
        shapes.append(
            Text(
                right,
                beside,
                _line(said, told),
                0.92 * size,
                palette.text,
                align=Align.RIGHT,
                halo=palette.ground,
            )
        )
    return shapes


def _curve(
    chart: SaturationCurve,
    panels: list[_Panel],
    y: Callable[[float], float],
    pen: Pen,
) -> list[Shape]:
    size, palette = pen.size, pen.palette
    placed: list[tuple[float, float, float, int]] = []
    if chart.before is not None:
        start = panels[0].left - 0.5 * _BEFORE * size
        placed.append((start, y(chart.before), chart.before, -1))
    for at, value in sorted(chart.points):
        number = 0 if at <= panels[0].last else 1
        placed.append((panels[number].x(at), y(value), value, number))
    shapes: list[Shape] = []
    for one, other in pairwise(placed):
        whole = one[3] == other[3]
        dash = () if whole else (size / 7, size / 4)
        ends = ((one[0], one[1]), (other[0], other[1]))
        weight = size / 6.5 if whole else size / 16
        shapes.append(Line(ends, palette.text, weight, dash))
    lowest = min((value for _, _, value, _ in placed), default=None)
    for (x, at, _, _), ref in zip(placed, chart.cells, strict=False):
        half = 0.8 * size
        shapes.append(Box(x - half, at - half, 2 * half, 2 * half, ref=ref))
    figures: list[tuple[float, float]] = []
    for x, at, value, number in placed:
        low = number >= 0 and past(chart, value)
        shapes.append(
            Mark(
                x,
                at,
                Sign.DOWN if low else Sign.CIRCLE,
                (0.95 if low else 0.66) * size,
                palette.text,
                palette.ground,
                filled=number >= 0,
            )
        )
        # Of equal values side by side the first has its figure.
        beside = any(x - at_x < 2 * size for at_x, of in figures if of == value)
        if (low or value == lowest or number < 0) and not beside:
            figures.append((x, value))
            shapes.append(
                Text(
                    x,
                    at + 1.3 * size,
                    f"{value:g}",
                    size,
                    palette.text,
                    bold=value == lowest,
                    halo=palette.ground,
                )
            )
    return shapes
