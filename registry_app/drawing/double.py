"""Words of two languages in a figure: the first bold or plain, the second soft."""

from collections.abc import Callable, Sequence
from typing import Final

from registry_app.domain.figures.document import Said
from registry_app.drawing.pen import Pen
from registry_app.drawing.shapes import Align, Shape, Text

#: Words of a chart in both languages; the second is "" where one is enough.
Saying = Callable[[Said], tuple[str, str]]

#: The size of the second language and of figures on an axis, by that of small words.
SECOND: Final = 0.93


def stacked(
    pair: tuple[str, str],
    x: float,
    y: float,
    pen: Pen,
    *,
    align: Align = Align.LEFT,
    bold: bool = False,
    room: float = 0.0,
) -> list[Shape]:
    """The second language under the first; smaller where `room` asks for it."""
    lead, second = pair
    size = pen.size
    out: list[Shape] = [
        fitted(lead, x, y, pen, size, pen.palette.text, align, bold, room)
    ]
    if second:
        below = y + 1.35 * size
        soft = pen.palette.soft
        small = SECOND * size
        out.append(fitted(second, x, below, pen, small, soft, align, False, room))
    return out


def beside(
    pair: tuple[str, str], x: float, y: float, pen: Pen, *, bold: bool = False
) -> tuple[list[Shape], float]:
    """The second language behind the first, and where they end."""
    lead, second = pair
    size, palette = pen.size, pen.palette
    out: list[Shape] = [Text(x, y, lead, size, palette.text, bold, Align.LEFT)]
    end = x + pen.width(lead, bold=bold)
    if second:
        at = end + 0.7 * size
        small = SECOND * size
        out.append(Text(at, y, second, small, palette.soft, align=Align.LEFT))
        end = at + pen.measure(second, small, False)
    return out, end


def fitted(
    words: str,
    x: float,
    y: float,
    pen: Pen,
    size: float,
    colour: str,
    align: Align,
    bold: bool,
    room: float,
    halo: str | None = None,
) -> Text:
    """One line, smaller where it would be wider than `room` (0: as wide as it is)."""
    wide = pen.measure(words, size, bold)
    if room and wide > room:
        size *= room / wide
    return Text(x, y, words, size, colour, bold, align, halo)


def apart(
    places: Sequence[tuple[float, float]], gap: float, lines: int
) -> list[int | None]:
    """For words at a middle with a width: the line on which none covers another.

    None: there is no room on any of the lines.
    """
    ends = [float("-inf")] * lines
    out: list[int | None] = []
    for middle, wide in places:
        left = middle - wide / 2
        free = [n for n in range(lines) if left >= ends[n] + gap]
        out.append(free[0] if free else None)
        if free:
            ends[free[0]] = middle + wide / 2
    return out
