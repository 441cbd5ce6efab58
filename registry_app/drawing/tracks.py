"""Motor and sensory sums over time: lines, whiskers, and their names at the right."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from registry_app.domain.figures.trajectory import Point, Track
from registry_app.drawing.panes import Pane
from registry_app.drawing.pen import Pen
from registry_app.drawing.shapes import Align, Box, Line, Mark, Shape, Sign, Text

#: The sign and the dashes of each sum (tokens.toml, [chart]), in widths of the line.
SIGNS: Final[dict[str, tuple[Sign, tuple[float, ...]]]] = {
    "uems": (Sign.CIRCLE, ()),
    "lems": (Sign.SQUARE, (4.0, 2.0)),
    "lt": (Sign.TRIANGLE, (1.2, 2.0)),
    "pp": (Sign.DIAMOND, (5.0, 2.0, 1.2, 2.0)),
}
_ORDER: Final = tuple(SIGNS)


def draw_tracks(pane: Pane, tracks: Sequence[Track]) -> list[Shape]:
    """The sums of one pane, each with its colour, its sign and its dashes."""
    shapes: list[Shape] = []
    for n, track in enumerate(tracks):
        shapes += _track(pane, track, (n - (len(tracks) - 1) / 2) * 0.5 * pane.mark)
    return shapes + _direct_labels(pane, tracks)


def _colour(name: str, pen: Pen) -> str:
    return pen.palette.series[_ORDER.index(name)]


def _track(pane: Pane, track: Track, aside: float) -> list[Shape]:
    """Lines, whiskers (a little aside, so that two sums can be told apart), marks."""
    pen = pane.pen
    colour, size = _colour(track.name, pen), pen.size
    sign, dash = SIGNS[track.name]
    width = size / 6.5
    scaled = tuple(d * width for d in dash)
    shapes: list[Shape] = []
    for one, other in pairwise(track.points):
        ends = (pane.x(one.day), pane.x(other.day))
        if one.certain and other.certain:
            line = ((ends[0], pane.y(one.low)), (ends[1], pane.y(other.low)))
            shapes.append(Line(line, colour, width, scaled))
        else:
            for a, b in ((one.low, other.low), (one.high, other.high)):
                faint = ((ends[0], pane.y(a)), (ends[1], pane.y(b)))
                dots = (size / 22, size / 4)
                shapes.append(Line(faint, colour, size / 16, dots))
    for point in track.points:
        shapes += _point(pane, point, sign, colour, aside)
    return shapes


def _point(
    pane: Pane, point: Point, sign: Sign, colour: str, aside: float
) -> list[Shape]:
    x, ground = pane.x(point.day), pane.pen.palette.ground
    if point.certain:
        y = pane.y(point.low)
        at = (x, y, sign, pane.mark, colour, ground)
        return [Mark(*at, point.counted, point.ref)]
    x, cap, width = x + aside, 0.3 * pane.pen.size, pane.pen.size / 9
    low, high = pane.y(point.low), pane.y(point.high)
    return [
        Line(((x, low), (x, high)), colour, width),
        Line(((x - cap, low), (x + cap, low)), colour, width),
        Line(((x - cap, high), (x + cap, high)), colour, width),
        Box(x - cap, high, 2 * cap, low - high, ref=point.ref),
    ]


def said(point: Point) -> str:
    """A sum as it is written: ``25``, or ``19–53`` where it is not certain."""
    return f"{point.low}" if point.certain else f"{point.low}–{point.high}"


def _direct_labels(pane: Pane, tracks: Sequence[Track]) -> list[Shape]:
    """Sign, name and latest value at the right of each line, instead of a legend."""
    pen = pane.pen
    size, palette = pen.size, pen.palette
    placed = _apart([t for t in tracks if t.points], 1.5 * size, pane)
    shapes: list[Shape] = []
    x = pane.axis.right + 1.6 * size
    names = max((pen.width(pen.words(f"drawing.{t.name}")) for t in tracks), default=0)
    for y, track in placed:
        colour, last = _colour(track.name, pen), track.points[-1]
        at = x + 1.1 * size
        name = pen.words(f"drawing.{track.name}")
        shapes += [
            Mark(
                x + 0.35 * size,
                y,
                SIGNS[track.name][0],
                0.66 * size,
                colour,
                palette.ground,
            ),
            Text(at, y, name, size, colour, align=Align.LEFT),
            Text(
                at + names + 0.8 * size,
                y,
                said(last),
                size,
                palette.text,
                True,
                Align.LEFT,
            ),
        ]
    return shapes


def _apart(
    tracks: Sequence[Track], least: float, pane: Pane
) -> list[tuple[float, Track]]:
    """The height of each label: at its last value, or moved to cover no other."""

    def end(track: Track) -> float:
        last = track.points[-1]
        return pane.y((last.low + last.high) / 2)

    placed: list[tuple[float, Track]] = []
    lowest = pane.top - least
    for track in sorted(tracks, key=end):
        lowest = max(end(track), lowest + least)
        placed.append((lowest, track))
    over = max(0.0, lowest - pane.bottom)
    return [(y - over, track) for y, track in placed]
