"""Proportions with two intervals: exact as a thick bar, Wilson thin below it.

n / N and both intervals stand in figures beside them. A comparator whose baseline is
another one is hollow and dashed. There is no line of success.
"""

from typing import Final

from registry_app.domain.figures.charts import IntervalChart, IntervalRow
from registry_app.domain.figures.statistics import between, tenths
from registry_app.domain.message import say
from registry_app.drawing.double import SECOND, Saying, beside, fitted, stacked
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

_TICKS: Final = (0, 20, 40, 60, 80, 100)
#: In units of the size of small words.
_HEAD, _GROUP, _ROW = 3.6, 2.9, 3.0
#: Words get no smaller than so, to put more of them on one line.
_LEAST: Final = 6 / 7
#: Shares of the width: n / N ends, the axis, the exact and Wilson's figures end.
_OF, _AXIS, _END, _EXACT = 0.365, 0.395, 0.70, 0.865


def draw_intervals(
    chart: IntervalChart, said: Saying, width: float, pen: Pen
) -> Picture:
    """The figure, with the key to its lines below."""
    size, palette = pen.size, pen.palette
    left, right = _AXIS * width, _END * width
    lines = sum(_GROUP + _ROW * len(rows) for _, rows in chart.groups)
    top, bottom = _HEAD * size, (_HEAD + lines + 0.4) * size
    shapes: list[Shape] = [*_heads(said, width, pen)]
    for tick in _TICKS:
        x = left + (right - left) * tick / 100
        shapes += [
            Line(((x, bottom), (x, bottom + 0.5 * size)), palette.text, size / 14),
            Text(x, bottom + 1.4 * size, f"{tick}", SECOND * size, palette.text),
        ]
    shapes.append(Line(((left, bottom), (right, bottom)), palette.text, size / 14))
    y = top
    for name, rows in chart.groups:
        lead, second = said(name)
        lines_of = ((lead, 1.2, 1.0, True), (second, 2.4, SECOND, False))
        for told, down, part, bold in lines_of:
            if told:
                shapes.append(
                    fitted(
                        told,
                        0,
                        y + down * size,
                        pen,
                        part * size,
                        palette.text if bold else palette.soft,
                        Align.LEFT,
                        bold=bold,
                        room=width,
                    )
                )
        y += _GROUP * size
        ends = (y, y + _ROW * size * len(rows))
        shapes += _grid(left, right, ends, pen)
        for row in rows:
            shapes += _row(row, said, y, width, pen)
            y += _ROW * size
    foot = bottom + 2.6 * size
    shapes.append(Line(((0.0, foot), (width, foot)), palette.text, size / 28))
    dashed = any(not row.comparable for _, rows in chart.groups for row in rows)
    shapes += _key(said, foot + 1.2 * size, pen, dashed=dashed)
    return Picture(width, foot + 2.2 * size, tuple(shapes))


def _grid(
    left: float, right: float, ends: tuple[float, float], pen: Pen
) -> list[Shape]:
    """Lines behind the rows of one group: none runs through the words over them."""
    thin = pen.size / 28
    places = [left + (right - left) * tick / 100 for tick in _TICKS]
    return [Line(((x, ends[0]), (x, ends[1])), pen.palette.grid, thin) for x in places]


def _heads(said: Saying, width: float, pen: Pen) -> list[Shape]:
    size = pen.size
    shapes: list[Shape] = []
    for share, key, align in (
        (0.0, "head-set", Align.LEFT),
        (_OF, "head-n-of-n", Align.RIGHT),
        (_AXIS, "fig-percent", Align.LEFT),
        (_EXACT, "fig-exact", Align.RIGHT),
        (1.0, "head-wilson", Align.RIGHT),
    ):
        pair = said(say(f"efficacy.{key}"))
        if pair[0] == pair[1]:
            pair = (pair[0], "")
        shapes += stacked(pair, share * width, 0.8 * size, pen, align=align, bold=True)
    line = ((0.0, (_HEAD - 0.5) * size), (width, (_HEAD - 0.5) * size))
    shapes.append(Line(line, pen.palette.text, size / 14))
    return shapes


def _row(
    row: IntervalRow, said: Saying, y: float, width: float, pen: Pen
) -> list[Shape]:
    size, palette = pen.size, pen.palette
    indent = (1.2 + 1.2 * row.level) * size
    shapes = _names(row, said, indent, y + 1.0 * size, width, pen)
    middle = y + 1.1 * size
    told = f"{row.n:,} / {row.total:,}"
    big = 1.05 * size
    over = (_OF * width, middle, told, big, palette.text, True, Align.RIGHT)
    shapes.append(Text(*over))
    if row.cell:
        left = _OF * width - pen.width(told, bold=True) * 1.05
        shapes.append(Box(left, y, _END * width - left, _ROW * size, ref=row.cell))
    if row.exact is None or row.wilson is None:
        for share in (_EXACT, 1.0):
            shapes.append(
                Text(share * width, middle, "—", size, palette.text, align=Align.RIGHT)
            )
        return shapes
    share = 100 * row.n / row.total
    exact = f"{tenths(share)} {between(row.exact)}"
    shapes += [
        *_bars(row, share, middle, width, pen),
        Text(_EXACT * width, middle, exact, size, palette.text, align=Align.RIGHT),
        Text(width, middle, between(row.wilson), size, palette.soft, align=Align.RIGHT),
    ]
    return shapes


def _names(
    row: IntervalRow, said: Saying, x: float, y: float, width: float, pen: Pen
) -> list[Shape]:
    """The name, and below it, as far as the axis, the second one and further words."""
    size, palette = pen.size, pen.palette
    lead, second = said(row.name)
    at = (pen, size, palette.text, Align.LEFT)
    room = _OF * width - 6 * size - x
    shapes: list[Shape] = [fitted(lead, x, y, *at, bold=False, room=room)]
    more = said(row.words) if row.words else ()
    room = _AXIS * width - 0.5 * size - x
    told = _that_fits((second, *more), room, pen)
    if told:
        soft = (pen, SECOND * size, palette.soft, Align.LEFT)
        below = y + 1.35 * size
        shapes.append(fitted(told, x, below, *soft, bold=False, room=room))
    return shapes


def _that_fits(parts: tuple[str, ...], room: float, pen: Pen) -> str:
    """All that fits without getting too small; else the first part that says something.

    What is left out is the second language of what stands here.
    """
    told = [part for part in parts if part]
    while len(told) > 1:
        line = "  ".join(told)
        if pen.measure(line, _LEAST * pen.size, False) <= room:
            return line
        told.pop()
    return "".join(told)


def _bars(
    row: IntervalRow, share: float, y: float, width: float, pen: Pen
) -> list[Shape]:
    size, palette = pen.size, pen.palette
    assert row.exact is not None
    assert row.wilson is not None

    def x(percent: float) -> float:
        return (_AXIS + (_END - _AXIS) * percent / 100) * width

    thick = size / 5.5 if row.comparable else size / 9
    dash = () if row.comparable else (size / 3.5, size / 4.5)
    low, high = (x(limit) for limit in row.exact)
    tick = 0.4 * size
    below = y + 0.85 * size
    sign = Sign.SQUARE if row.lead or not row.comparable else Sign.CIRCLE
    return [
        Line(((low, y), (high, y)), palette.text, thick, dash),
        *(
            Line(((at, y - tick), (at, y + tick)), palette.text, size / 7)
            for at in (low, high)
        ),
        Line(
            ((x(row.wilson[0]), below), (x(row.wilson[1]), below)),
            palette.rule,
            size / 10,
        ),
        Mark(
            x(share),
            y,
            sign,
            1.05 * size,
            palette.text,
            palette.ground,
            filled=row.comparable,
        ),
    ]


def _key(said: Saying, y: float, pen: Pen, *, dashed: bool) -> list[Shape]:
    size, palette = pen.size, pen.palette
    long = 3.6 * size
    shapes: list[Shape] = []
    x = 0.0
    named = ["key-exact", "key-wilson", *(["not-comparable"] if dashed else [])]
    for name in named:
        if name == "key-wilson":
            line = Line(((x, y), (x + long, y)), palette.rule, size / 10)
            shapes.append(line)
        else:
            full = name == "key-exact"
            dash = () if full else (size / 3.5, size / 4.5)
            thick = size / 5.5 if full else size / 9
            at = (x + long / 2, y)
            shapes += [
                Line(((x, y), (x + long, y)), palette.text, thick, dash),
                Mark(
                    *at,
                    Sign.SQUARE,
                    size,
                    palette.text,
                    palette.ground,
                    filled=full,
                ),
            ]
        words, end = beside(
            said(say(f"efficacy.{name}")), x + long + 0.7 * size, y, pen
        )
        shapes += words
        x = end + 2 * size
    return shapes
