"""The flow of patients: boxes from top to bottom, and beside them who left, and why.

A column an arm. Words wrap inside their boxes, whatever the language; a number stands
bold at the right. Nothing rests on a shade: the last box has a heavier line.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from registry_app.domain.figures.charts import FlowBox, FlowChart
from registry_app.domain.figures.document import Said
from registry_app.drawing.pen import Pen
from registry_app.drawing.shapes import Align, Box, Line, Picture, Shape, Text

_Saying = Callable[[Said], tuple[str, str]]
#: In units of the size of the words.
_LEADING: Final = 1.45
_PAD: Final = 0.8
_GAP: Final = 1.6  # between boxes where nobody left
_APART: Final = 2.4  # between columns
_BETWEEN: Final = 1.8  # between the boxes and those who left
_HEAD: Final = 2.2
_ARROW: Final = 0.5
#: The share of a column that its boxes have; the rest is for those who left.
_SHARE: Final = 0.47
_OPENS: Final = frozenset(map(chr, (0x28, 0xFF08, 0x300C, 0x300E, 0x3010, 0x3014)))
#: Signs that words of Japanese may be parted before; others stay with the one before.
_NOT_FIRST: Final = frozenset(
    map(
        chr,
        (
            *b",.):;",
            *(0x3001, 0x3002, 0xFF0C, 0xFF0E, 0xFF09, 0x300D, 0x300F, 0x3011, 0x3015),
            *(0x30FB, 0x30FC, 0x3005),
            *(0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087),
            *(0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class _Words:
    """Lines of one text, each with whether it is the second language."""

    lines: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Words and a number, where they stand, how high they are, what they lead to."""

    top: float
    height: float
    words: _Words
    number: str
    ref: str


def draw_flow(chart: FlowChart, said: _Saying, width: float, pen: Pen) -> Picture:
    """The figure. `said`: words in the leading and the second language."""
    size, count = pen.size, max(len(chart.columns), 1)
    each = (width - (count - 1) * _APART * size) / count
    shapes: list[Shape] = []
    bottom = 0.0
    for n, (name, boxes) in enumerate(chart.columns):
        left = n * (each + _APART * size)
        drawn, end = _column(name, boxes, left, each, said, pen)
        shapes += drawn
        bottom = max(bottom, end)
    return Picture(width, bottom + 0.4 * size, tuple(shapes))


def _column(
    name: Said,
    boxes: tuple[FlowBox, ...],
    left: float,
    width: float,
    said: _Saying,
    pen: Pen,
) -> tuple[list[Shape], float]:
    size = pen.size
    lead, second = said(name)
    title = f"{lead} {second}".strip()
    shapes: list[Shape] = [
        Text(
            left, 0.9 * size, title, size, pen.palette.text, bold=True, align=Align.LEFT
        )
    ]
    main = _SHARE * width
    side_x = left + main + _BETWEEN * size
    side = width - main - _BETWEEN * size
    y = _HEAD * size
    for n, box in enumerate(boxes):
        spot = _spot(box, y, main, said, pen)
        last = n == len(boxes) - 1
        shapes += _boxed(spot, left, main, pen, size / (8 if last else 14))
        down, middle = spot.top + spot.height, left + main / 2
        gap = _GAP * size
        if box.left:
            gone = _gone(box, down + 0.7 * size, side, said, pen)
            high = gone[-1].top + gone[-1].height - gone[0].top + _PAD * size
            shapes += _left_behind(gone, side_x, side, high, pen)
            at = gone[0].top + high / 2
            shapes += _arrow(((middle, at), (side_x, at)), pen)
            gap = high + 1.4 * size
        if last:
            return shapes, max(down, down + gap - _GAP * size)
        shapes += _arrow(((middle, down), (middle, down + gap)), pen)
        y = down + gap
    return shapes, y


def _spot(box: FlowBox, top: float, width: float, said: _Saying, pen: Pen) -> _Spot:
    number = f"{box.n:,}"
    room = width - 2.6 * _PAD * pen.size - pen.width(number, bold=True) * 1.4
    words = _wrapped(said(box.name), room, pen)
    height = (len(words.lines) * _LEADING + 2 * _PAD - 0.4) * pen.size
    return _Spot(top, height, words, number, box.cell)


def _gone(
    box: FlowBox, top: float, width: float, said: _Saying, pen: Pen
) -> list[_Spot]:
    """Those who left after a box, one reason under the other."""
    spots: list[_Spot] = []
    y = top + _PAD * pen.size / 2
    for one in box.left:
        number = f"{one.n:,}"
        room = width - 2.6 * _PAD * pen.size - pen.width(number)
        words = _wrapped(said(one.name), room, pen)
        height = len(words.lines) * _LEADING * pen.size
        spots.append(_Spot(y, height, words, number, one.cell))
        y += height
    return spots


def _wrapped(both: tuple[str, str], room: float, pen: Pen) -> _Words:
    lines = [(line, False) for line in wrap(both[0], room, pen)]
    lines += [(line, True) for line in wrap(both[1], room, pen)]
    return _Words(tuple(lines))


def wrap(text: str, room: float, pen: Pen) -> list[str]:
    """A text in lines that fit: parted at spaces, Japanese between any two signs.

    A single word that is wider than the room is parted too, rather than run out of it.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and pen.width(line + piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        for sign in piece if pen.width(piece.rstrip()) > room else (piece,):
            if line and pen.width(line + sign) > room:
                lines.append(line)
                line = ""
            line += sign
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """What may stand on a line of its own: a word with its space, one sign of kana."""
    pieces: list[str] = []
    for sign in text:
        wide = ord(sign) > 0x2E7F
        joins = pieces and (
            sign in _NOT_FIRST
            or pieces[-1][-1] in _OPENS
            or (not wide and ord(pieces[-1][-1]) <= 0x2E7F and pieces[-1][-1] != " ")
        )
        if joins:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def _boxed(spot: _Spot, x: float, width: float, pen: Pen, weight: float) -> list[Shape]:
    """A box of the flow, with its words at the left and its number at the right."""
    palette, size = pen.palette, pen.size
    return [
        Box(
            x,
            spot.top,
            width,
            spot.height,
            outline=palette.text,
            weight=weight,
            ref=spot.ref,
        ),
        *_written(spot.words, x + _PAD * size, spot.top + _PAD * size, pen),
        Text(
            x + width - _PAD * size,
            spot.top + spot.height / 2,
            spot.number,
            1.4 * size,
            palette.text,
            bold=True,
            align=Align.RIGHT,
        ),
    ]


def _left_behind(
    spots: list[_Spot], x: float, width: float, height: float, pen: Pen
) -> list[Shape]:
    palette, size = pen.palette, pen.size
    top = spots[0].top - _PAD * size / 2
    shapes: list[Shape] = [
        Box(x, top, width, height, outline=palette.rule, weight=size / 20)
    ]
    for spot in spots:
        shapes.append(Box(x, spot.top, width, spot.height, ref=spot.ref))
        shapes += _written(spot.words, x + _PAD * size, spot.top + 0.2 * size, pen)
        shapes.append(
            Text(
                x + width - _PAD * size,
                spot.top + 0.7 * size,
                spot.number,
                size,
                palette.text,
                bold=True,
                align=Align.RIGHT,
            )
        )
    return shapes


def _written(words: _Words, x: float, top: float, pen: Pen) -> list[Shape]:
    return [
        Text(
            x,
            top + (n + 0.4) * _LEADING * pen.size,
            line,
            pen.size,
            pen.palette.soft if second else pen.palette.text,
            align=Align.LEFT,
        )
        for n, (line, second) in enumerate(words.lines)
    ]


def _arrow(points: tuple[tuple[float, float], ...], pen: Pen) -> list[Shape]:
    """A line with a small open head at its end."""
    (x0, y0), (x, y) = points
    size, colour = pen.size, pen.palette.text
    back = _ARROW * size
    if y0 == y:
        head = ((x - back, y - back / 2), (x, y), (x - back, y + back / 2))
    else:
        head = ((x - back / 2, y - back), (x, y), (x + back / 2, y - back))
    return [
        Line(((x0, y0), (x, y)), colour, size / 14),
        Line(head, colour, size / 14),
    ]
