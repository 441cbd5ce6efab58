"""The visits of the next weeks as bars: how many can be made, how many must be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry_app.drawing.pen import Pen
from registry_app.drawing.shapes import Box, Line, Picture, Shape, Text


@dataclass(frozen=True, slots=True)
class Week:
    """A week from a Monday: windows open in it, and of these that close in it."""

    monday: date
    open: int
    closing: int


def draw_weeks(weeks: Sequence[Week], width: float, height: float, pen: Pen) -> Picture:
    """The figure for the room there is; the windows that close stand at the foot."""
    palette, size = pen.palette, pen.size
    each, foot = width / max(len(weeks), 1), height - 1.8 * size
    most = max([week.open for week in weeks] + [1])
    unit = (foot - 1.7 * size) / most
    shapes: list[Shape] = []
    for n, week in enumerate(weeks):
        left, wide = n * each + 0.14 * each, 0.72 * each
        middle, tall = n * each + each / 2, week.open * unit
        ref = week.monday.isoformat()
        if week.open:
            shapes.append(
                Box(
                    left,
                    foot - tall,
                    wide,
                    tall,
                    fill=palette.window,
                    outline=palette.accent,
                    weight=0.09 * size,
                    radius=0.18 * size,
                    ref=ref,
                )
            )
        if week.closing:
            low = week.closing * unit
            due = palette.states["due"]
            shapes.append(
                Box(left, foot - low, wide, low, fill=due, radius=0.18 * size, ref=ref)
            )
        count = Text(
            middle, foot - tall - 0.8 * size, f"{week.open}", size, palette.text, True
        )
        label = f"{week.monday:%m-%d}"
        shapes += [
            count,
            Text(middle, foot + 1.0 * size, label, size, palette.soft, ref=ref),
        ]
    shapes.append(Line(((0, foot), (width, foot)), palette.rule, size / 11))
    return Picture(width, height, tuple(shapes))
