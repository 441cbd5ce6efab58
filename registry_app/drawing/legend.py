"""The legend of the body map: each state as a small box with its words."""

from collections.abc import Sequence

from registry_app.domain.figures.sensation import Change, Level
from registry_app.drawing.body_map import SIGNS, Look, look_of, pitch_of
from registry_app.drawing.palette import Palette
from registry_app.drawing.patterns import Bounds, segments
from registry_app.drawing.pen import Pen
from registry_app.drawing.shapes import (
    Align,
    Box,
    Hatch,
    Picture,
    Shape,
    Text,
)


def legend(
    entries: Sequence[tuple[Level | Change, str]],
    width: float,
    pen: Pen,
) -> Picture:
    """Boxes with their words, in as many lines as `width` asks for.

    `entries`: each state with what is to be said of it, such as ``better 10``.
    """
    palette, size = pen.palette, pen.size
    row, gap = 1.8 * size, 0.5 * size
    wide, high = 1.7 * size, 1.1 * size
    x, y, shapes = 0.0, row / 2, list[Shape]()
    for state, words in entries:
        sign = SIGNS.get(state, "") if isinstance(state, Change) else ""
        label = f"{sign} {words}".strip()
        needed = wide + gap + pen.width(label)
        if x and x + needed > width:
            x, y = 0.0, y + row
        box = (x, y - high / 2, x + wide, y + high / 2)
        shapes += _swatch(look_of(state, palette), palette, box, size)
        at = x + wide + gap
        shapes.append(Text(at, y, label, size, palette.text, align=Align.LEFT))
        x += needed + 1.2 * size
    return Picture(width, y + row / 2, tuple(shapes))


def _swatch(look: Look, palette: Palette, box: Bounds, size: float) -> list[Shape]:
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    out: list[Shape] = [Box(left, top, wide, high, fill=look.ground)]
    if look.pattern is not None:
        corners = ((right, top), (right, bottom), (left, bottom), (left, top))
        ring = [[left, top], *([*c, *c, *c] for c in corners)]
        lines = segments(look.pattern, box, pitch_of(look.pattern) * size / 11)
        out.append(Hatch((ring,), lines, palette.soft, size / 14))
    dash = () if look.edged else (size / 8, size / 5)
    out.append(Box(left, top, wide, high, None, palette.outline, size / 14, dash))
    return out
