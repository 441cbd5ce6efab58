"""Patterns that carry a meaning without colour: dots, lines, crosses, plus and minus.

Each is a list of short lines that hangs on the origin, so that the patterns of
neighbours go on from one another.
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from math import ceil, floor, sqrt

from registry_app.drawing.shapes import Rings

Segment = tuple[float, float, float, float]
Bounds = tuple[float, float, float, float]


class Pattern(StrEnum):
    """The patterns of tokens.toml, table [hatch]."""

    DOTS = "dots"
    LINES = "lines"
    CROSS = "cross"
    PLUS = "plus"
    MINUS = "minus"


def bounds(rings: Rings) -> Bounds:
    """A box that holds the curves (their control points): left, top, right, bottom."""
    xs = [v for ring in rings for step in ring for v in step[0::2]]
    ys = [v for ring in rings for step in ring for v in step[1::2]]
    return min(xs), min(ys), max(xs), max(ys)


@lru_cache(maxsize=1024)
def segments(pattern: Pattern, box: Bounds, pitch: float) -> tuple[Segment, ...]:
    """The lines of a pattern over a box; `pitch` is the distance between two marks.

    Kept: the body of the next patient has the same places, thousands of marks.
    """
    match pattern:
        case Pattern.DOTS:
            marks = _grid(box, pitch, pitch)
            return tuple((x, y, x + pitch / 400, y) for x, y in marks)
        case Pattern.LINES:
            return tuple(_slanted(box, 1, pitch))
        case Pattern.CROSS:
            return (*_slanted(box, 1, pitch), *_slanted(box, -1, pitch))
        case Pattern.MINUS:
            return tuple(_dashes(box, pitch))
        case Pattern.PLUS:
            flat = tuple(_dashes(box, pitch))
            half = pitch / 4
            upright = (((a + c) / 2, b) for a, b, c, _ in flat)
            return (*flat, *((x, y - half, x, y + half) for x, y in upright))


def _grid(box: Bounds, wide: float, high: float) -> Iterator[tuple[float, float]]:
    """Staggered places: every second row is moved by half."""
    left, top, right, bottom = box
    for row in range(floor(top / high), ceil(bottom / high) + 1):
        offset = wide / 2 * (row % 2)
        for column in range(floor(left / wide) - 1, ceil(right / wide) + 1):
            yield column * wide + offset, row * high


def _dashes(box: Bounds, pitch: float) -> Iterator[Segment]:
    for x, y in _grid(box, 1.2 * pitch, 0.9 * pitch):
        yield x - pitch / 4, y, x + pitch / 4, y


def _slanted(box: Bounds, slope: int, pitch: float) -> Iterator[Segment]:
    """Lines at 45 degrees; slope 1 rises to the right (y runs down)."""
    left, top, right, bottom = box
    step = pitch * sqrt(2)
    low = left + top if slope > 0 else left - bottom
    high = right + bottom if slope > 0 else right - top
    for n in range(floor(low / step), ceil(high / step) + 1):
        c = n * step
        if slope > 0:
            yield c - top, top, c - bottom, bottom
        else:
            yield c + top, top, c + bottom, bottom
