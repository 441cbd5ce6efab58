"""Plain shapes: what a figure is made of, before anything paints it.

A `Picture` has units of its own (y runs down); whoever paints it scales its width to
the place it is given. Shapes come back to front. A `ref` says what a shape stands for
(an exam, a region of the body), so that a screen can tell what is under the cursor.
Neither Qt nor reportlab is known here: the painters are `ui/shapes_painter.py` and
`reports/plate.py`, and each has one branch for each class below.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

#: A point, and a closed or open curve: `[[x, y], [c1x, c1y, c2x, c2y, x, y], …]`,
#: a start and then cubic Béziers, as in bodymap.json.
Point = tuple[float, float]
Curve = Sequence[Sequence[float]]
#: Several curves filled together, even-odd.
Rings = Sequence[Curve]
#: The width of words: `measure(text, size, bold)`, in the unit of `size`.
Measure = Callable[[str, float, bool], float]
#: A text of the catalogue by its key, as `words.Words` gives it.
Texts = Callable[..., str]

#: How far below the middle of a capital letter its baseline stands, per unit of size.
BASELINE: Final = 0.36


class Align(StrEnum):
    """Which part of the words stands at the point."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Sign(StrEnum):
    """The shapes of a mark, each told from the others without colour."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    CROSS = "cross"
    DOWN = "triangle down"


@dataclass(frozen=True, slots=True)
class Fill:
    """A closed shape in one colour."""

    rings: Rings
    colour: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line along curves, with round ends and corners."""

    rings: Rings
    colour: str
    width: float
    closed: bool = True
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Hatch:
    """Short straight lines with round ends, seen only within a closed shape.

    Every pattern is made of them: dots are lines of no length, plus signs two each.
    """

    rings: Rings
    lines: tuple[tuple[float, float, float, float], ...]
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[Point, ...]
    colour: str
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle from its upper left corner; filled, outlined or both."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    outline: str | None = None
    weight: float = 0.0
    dash: tuple[float, ...] = ()
    radius: float = 0.0
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign around a point; `size` is its whole height.

    A hollow mark is outlined in `colour` and filled with `ground`.
    """

    x: float
    y: float
    sign: Sign
    size: float
    colour: str
    ground: str
    filled: bool = True
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words; `y` is the middle of its capitals (see BASELINE).

    `halo`: the colour of a rim around the letters, where they stand on a pattern.
    """

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False
    align: Align = Align.CENTRE
    halo: str | None = None
    ref: str = ""


Shape = Fill | Stroke | Hatch | Line | Box | Mark | Text


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole figure: its size in its own units, and its shapes, back to front."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


#: The corners of the signs made of straight lines, for a mark of size 2 around (0, 0).
CORNERS: Final[dict[Sign, tuple[Point, ...]]] = {
    Sign.SQUARE: ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    Sign.TRIANGLE: ((0.0, -1.1), (1.05, 0.8), (-1.05, 0.8)),
    Sign.DOWN: ((0.0, 1.1), (1.05, -0.8), (-1.05, -0.8)),
    Sign.DIAMOND: ((0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)),
}
