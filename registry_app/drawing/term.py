"""The approval term as a bar: granted, today, milestones, the last day to file."""

from dataclasses import dataclass
from datetime import date

from registry_app.drawing.pen import Pen
from registry_app.drawing.shapes import Align, Box, Picture, Shape, Text


@dataclass(frozen=True, slots=True)
class Term:
    """A term. `last`: its last day. `marks`: days before it, with their names."""

    granted: date
    last: date
    today: date
    marks: tuple[tuple[date, str], ...] = ()

    def share(self, day: date) -> float:
        """How far a day lies along the term, 0 to 1."""
        whole = max((self.last - self.granted).days, 1)
        return min(max((day - self.granted).days / whole, 0.0), 1.0)


def draw_term(term: Term, width: float, pen: Pen) -> Picture:
    """The figure, as high as it needs; the part that is gone is filled."""
    palette, size = pen.palette, pen.size
    high, top = 0.75 * size, 1.9 * size
    radius, now = high / 2, width * term.share(term.today)
    shapes: list[Shape] = [
        Box(0, top, width, high, fill=palette.grid, radius=radius),
        Box(0, top, max(now, high), high, fill=palette.accent, radius=radius),
    ]
    for day, _name in term.marks:
        x = width * term.share(day)
        tick = palette.on_accent if x < now else palette.rule
        shapes.append(Box(x, top, 0.1 * size, high, fill=tick, ref=day.isoformat()))
    shapes.append(
        Box(
            now - 0.09 * size,
            top - 0.4 * size,
            0.18 * size,
            high + 0.8 * size,
            fill=palette.text,
            ref="today",
        )
    )
    said = pen.words("today.now")
    half = pen.width(said, bold=True) / 2
    x = min(max(now, half), width - half)
    shapes.append(Text(x, 0.7 * size, said, size, palette.text, bold=True))
    for x, align, day, key in (
        (0.0, Align.LEFT, term.granted, "today.granted"),
        (width, Align.RIGHT, term.last, "today.file-by"),
    ):
        words = day.isoformat()
        shapes.append(Text(x, 3.9 * size, words, size, palette.text, align=align))
        said = pen.words(key)
        shapes.append(Text(x, 5.2 * size, said, size, palette.soft, align=align))
    return Picture(width, 5.9 * size, tuple(shapes))
