"""The days ahead on one axis: a lane a rule, a mark a day on which something is due."""

from collections.abc import Sequence
from typing import Final

from registry_app.domain.figures.obligations_status import AHEAD, Due, Lane
from registry_app.domain.plan.duty import AMBER_DAYS, RED_DAYS
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

#: The height of a lane, in units of the size of the words.
_LANE: Final = 2.3
#: More lanes than this are told in the table alone.
MOST: Final = 18
_TICKS: Final = (0, RED_DAYS, AMBER_DAYS, 60, AHEAD)


def draw_horizon(
    lanes: Sequence[tuple[str, Lane]], ticks: Sequence[str], width: float, pen: Pen
) -> Picture:
    """The figure. `lanes`: each with its words; `ticks`: the words of `_TICKS`.

    The nearest 7 and 30 days are shaded. A mark is filled, and hollow where the day
    rests on an unconfirmed rule; a number beside it says how many are due that day.
    """
    size, palette = pen.size, pen.palette
    left = min(0.4 * width, max((pen.width(w) for w, _ in lanes), default=0) + size)
    right = width - 3 * size
    top, bottom = 0.6 * size, (0.6 + _LANE * max(len(lanes), 1)) * size

    def at(day: float) -> float:
        return left + (right - left) * day / AHEAD

    shapes: list[Shape] = [
        Box(at(0), top, at(RED_DAYS) - at(0), bottom - top, fill=palette.level_1),
        Box(
            at(RED_DAYS),
            top,
            at(AMBER_DAYS) - at(RED_DAYS),
            bottom - top,
            fill=palette.level_2,
        ),
        Line(((left, bottom), (right, bottom)), palette.text, size / 14),
    ]
    for day, words in zip(_TICKS, ticks, strict=True):
        x = at(day)
        shapes.append(
            Line(((x, bottom), (x, bottom + 0.5 * size)), palette.text, size / 14)
        )
        align = Align.CENTRE if day else Align.LEFT
        shapes.append(
            Text(x, bottom + 1.4 * size, words, size, palette.text, align=align)
        )
    for n, (words, lane) in enumerate(lanes):
        y = top + (n + 0.5) * _LANE * size
        shapes.append(Line(((left, y), (right, y)), palette.grid, size / 28))
        shapes.append(Text(0, y, words, size, palette.text, align=Align.LEFT))
        for due in lane.dues:
            shapes += _mark(due, at(due.day), y, pen)
    return Picture(width, bottom + 2.4 * size, tuple(shapes))


def _mark(due: Due, x: float, y: float, pen: Pen) -> list[Shape]:
    size, palette = pen.size, pen.palette
    shapes: list[Shape] = [
        Mark(
            x,
            y,
            Sign.SQUARE if due.to_confirm else Sign.CIRCLE,
            0.95 * size,
            palette.text,
            palette.ground,
            filled=not due.to_confirm,
        )
    ]
    if due.count > 1:
        words = f"{due.count}"
        beside = x + 0.75 * size
        shapes.append(
            Text(
                beside,
                y - 0.55 * size,
                words,
                0.85 * size,
                palette.text,
                align=Align.LEFT,
                halo=palette.ground,
            )
        )
    return shapes
