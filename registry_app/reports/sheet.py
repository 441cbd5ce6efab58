"""The sheet: grid, greys and type. Everything on paper takes its measures from here.

Millimetres for places, points for type. The left margin holds the two holes of
JIS S 6041, 12 mm from the edge.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

from reportlab.lib.colors import Color

from registry_app.reports import fonts

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 26.0, 16.0, 27.0, 24.0
#: The measure of a line: 12 units of 14.
MEASURE: Final = WIDTH - LEFT - RIGHT
#: Prose in two languages: Japanese, the gap, English, which needs more for the same.
LEAD_COLUMN, GAP, SECOND_COLUMN = 80.0, 6.0, 82.0

#: Greys: 0 black, 1 white.
INK, SOFT, RULE, HAIR = 0.05, 0.36, 0.5, 0.74
#: Rules, in points.
THICK, THIN, FINE = 0.9, 0.45, 0.25


def grey(value: float) -> Color:
    """A grey as reportlab's colour."""
    return Color(value, value, value)


@dataclass(frozen=True, slots=True)
class Type:
    """A use of type: size and leading in points, ink as a grey."""

    size: float
    lead: float
    bold: bool = False
    ink: float = INK
    align: str = "left"
    justify: bool = False

    @property
    def font(self) -> str:
        """The name under which the font is registered."""
        return fonts.BOLD if self.bold else fonts.REGULAR

    def but(self, **changes: Any) -> "Type":
        """The same with something changed."""
        return replace(self, **changes)

    def width(self, text: str) -> float:
        """The width of words in points."""
        return fonts.width(text, self.size, self.bold)


H1, H1_SECOND = Type(14.5, 20, bold=True), Type(9, 20, ink=SOFT)
H2, H2_SECOND = Type(10.5, 15, bold=True), Type(8.5, 15, ink=SOFT)
BODY = Type(9, 15, justify=True)
CAPTION, CAPTION_SECOND = Type(8.5, 12, bold=True), Type(7.6, 11, ink=SOFT)
CELL, CELL_SECOND = Type(8, 11.5), Type(7, 10, ink=SOFT)
HEAD, HEAD_SECOND = Type(7.6, 10.5, bold=True), Type(6.8, 9, ink=SOFT)
NOTE, RUN = Type(7, 10.5, ink=0.25), Type(6.6, 9, ink=0.25)
BODY_SECOND = Type(8.3, 12.5, ink=0.2, justify=True)
TITLE, SUBTITLE = Type(25, 34, bold=True), Type(11.5, 17, ink=SOFT)
FIGURE = Type(19, 24, bold=True)
#: The room between the margins, and its points.
BODY_HEIGHT: Final = HEIGHT - TOP - BOTTOM
