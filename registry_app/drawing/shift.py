"""Grades at the baseline (down) by grades at the endpoint (across), in patients.

Improved is tinted, unchanged outlined, worse hatched: three that differ on a copy.
"""

from typing import Final

from registry_app.domain.figures.charts import ShiftChart, ShiftRow
from registry_app.domain.message import say
from registry_app.drawing.double import Saying, beside, stacked
from registry_app.drawing.patterns import Pattern, segments
from registry_app.drawing.pen import Pen
from registry_app.drawing.shapes import (
    Align,
    Box,
    Hatch,
    Line,
    Picture,
    Shape,
    Text,
)

#: In units of the size of small words: heads of a group, a row, and between groups.
_HEAD, _ROW, _GAP = 7.2, 3.6, 1.6
#: Shares of the width: where cells begin, how far they go, what stands at the right.
_LEFT, _CELLS = 0.165, 0.36
_UNDECIDED, _MISSING, _TOTAL, _BETTER = 0.61, 0.68, 0.755, 0.87


def draw_shift(chart: ShiftChart, said: Saying, width: float, pen: Pen) -> Picture:
    """The figure: a block for each group, the key to the three kinds of cell below."""
    size = pen.size
    shapes: list[Shape] = []
    y = 0.0
    for n, (name, rows) in enumerate(chart.groups):
        if n:
            rule = ((0.0, y - 0.5 * _GAP * size), (width, y - 0.5 * _GAP * size))
            shapes.append(Line(rule, pen.palette.text, size / 14))
        words, _ = beside(said(name), 0, y + 1.1 * size, pen, bold=True)
        shapes += words
        shapes += _heads(chart, said, y, width, pen)
        y += _HEAD * size
        for m, row in enumerate(rows):
            if m:
                line = ((0.0, y), (width, y))
                shapes.append(Line(line, pen.palette.grid, size / 28))
            shapes += _row(chart, row, y, width, pen)
            y += _ROW * size
        y += _GAP * size
    shapes += _key(said, y + 0.4 * size, pen)
    return Picture(width, y + 1.4 * size, tuple(shapes))


def _heads(
    chart: ShiftChart, said: Saying, y: float, width: float, pen: Pen
) -> list[Shape]:
    size, palette = pen.size, pen.palette
    left, right = _LEFT * width, (_LEFT + _CELLS) * width
    over = y + 3.0 * size
    shapes: list[Shape] = [
        *stacked(said(say("efficacy.fig-base")), 0, y + 4.6 * size, pen, bold=True),
    ]
    lead, second = said(say("efficacy.fig-at", visit=chart.at))
    pair = (lead, second if second != lead else "")
    wide = beside(pair, 0, 0, pen, bold=True)[1]
    if wide > right - left:  # The key and the table have the second language, too.
        pair, wide = (lead, ""), pen.width(lead, bold=True)
    start = (left + right - wide) / 2
    shapes += beside(pair, start, over - 0.1 * size, pen, bold=True)[0]
    bar = over + 0.9 * size
    shapes.append(Line(((left, bar), (right, bar)), palette.text, size / 28))
    wide = (right - left) / len(chart.order)
    for n, grade in enumerate(chart.order):
        x = left + (n + 0.5) * wide
        shapes.append(Text(x, y + 5.4 * size, grade, 1.1 * size, palette.text, True))
    named = [
        (_UNDECIDED, say("efficacy.head-undecided"), 0.075),
        (_MISSING, say("efficacy.fig-open"), 0.065),
        (_TOTAL, say("efficacy.fig-total"), 0.07),
    ]
    last = (1 - _BETTER) / max(len(chart.steps) - 1, 1)
    for n, steps in enumerate(chart.steps):
        named.append(
            (_BETTER + n * last, say("efficacy.fig-better", steps=steps), 0.11)
        )
    for share, head, room in named:
        shapes += stacked(
            said(head),
            share * width,
            y + 4.0 * size,
            pen,
            align=Align.RIGHT,
            bold=True,
            room=room * width,
        )
    foot = y + (_HEAD - 0.4) * size
    shapes.append(Line(((0.0, foot), (width, foot)), palette.text, size / 14))
    return shapes


def _row(
    chart: ShiftChart, row: ShiftRow, y: float, width: float, pen: Pen
) -> list[Shape]:
    size, palette = pen.size, pen.palette
    middle = y + 0.5 * _ROW * size
    total = sum(row.counts) + row.undecided
    every = total + row.missing
    shapes: list[Shape] = [
        Text(0, middle, row.base, 1.2 * size, palette.text, True, Align.LEFT),
        Text(
            3.2 * size, middle, f"N = {every:,}", size, palette.text, align=Align.LEFT
        ),
    ]
    places = [chart.order.index(g) for g in row.base.split("/") if g in chart.order]
    wide = _CELLS * width / len(chart.order)
    for n, count in enumerate(row.counts):
        x = _LEFT * width + n * wide
        shapes += _cell(n, places, count, (x, y, wide), pen)
        if n < len(row.cells):
            shapes.append(Box(x, y, wide, _ROW * size, ref=row.cells[n]))
    numbers = [
        (_UNDECIDED, f"{row.undecided:,}"),
        (_MISSING, f"{row.missing:,}"),
        (_TOTAL, f"{total:,}"),
    ]
    last = (1 - _BETTER) / max(len(chart.steps) - 1, 1)
    numbers += [
        (_BETTER + n * last, f"{better:,} / {total:,}")
        for n, better in enumerate(row.better)
    ]
    shapes += [
        Text(share * width, middle, told, 1.1 * size, palette.text, align=Align.RIGHT)
        for share, told in numbers
    ]
    return shapes


def _cell(
    n: int,
    places: list[int],
    count: int,
    at: tuple[float, float, float],
    pen: Pen,
) -> list[Shape]:
    """Better than every possible baseline, worse than each, or neither."""
    x, y, wide = at
    size, palette = pen.size, pen.palette
    rim = 0.16 * size
    box = (x + rim, y + rim, wide - 2 * rim, _ROW * size - 2 * rim)
    shapes: list[Shape] = []
    if places and n > max(places):
        shapes.append(Box(*box, fill=palette.up))
    elif places and n < min(places):
        shapes.append(hatched(box, pen))
    else:
        shapes.append(Box(*box, outline=palette.text, weight=size / 8))
    middle = (x + wide / 2, y + 0.5 * _ROW * size)
    halo = palette.ground if places and n < min(places) else None
    told = f"{count:,}"
    bold = count > 0
    shapes.append(Text(*middle, told, 1.3 * size, palette.text, bold, halo=halo))
    return shapes


def hatched(box: tuple[float, float, float, float], pen: Pen) -> Hatch:
    """A box of slanted lines."""
    x, y, wide, high = box
    corners = ((x + wide, y), (x + wide, y + high), (x, y + high), (x, y))
    ring = [[x, y], *([*c, *c, *c] for c in corners)]
    lines = segments(Pattern.LINES, (x, y, x + wide, y + high), 0.6 * pen.size)
    return Hatch((ring,), lines, pen.palette.rule, pen.size / 28)


_KEY: Final = ("unchanged", "improved", "worse")


def _key(said: Saying, y: float, pen: Pen) -> list[Shape]:
    size, palette = pen.size, pen.palette
    shapes: list[Shape] = []
    x = 0.0
    for name in _KEY:
        box = (x, y - 0.65 * size, 2.4 * size, 1.3 * size)
        if name == "unchanged":
            shapes.append(Box(*box, outline=palette.text, weight=size / 8))
        elif name == "improved":
            shapes.append(Box(*box, fill=palette.up))
        else:
            shapes.append(hatched(box, pen))
        told = said(say(f"efficacy.fig-{name}"))
        words, end = beside(told, x + 3.0 * size, y, pen)
        shapes += words
        x = end + 2.4 * size
    return shapes
