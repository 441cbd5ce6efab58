"""Words on a page, set one by one at their places, fast.

reportlab formats every string anew; a listing of ten thousand rows holds few different
ones. So each is measured and encoded once, and a block of words is one text object.
"""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics

from registry_app.domain.figures.document import Ref
from registry_app.reports import fonts
from registry_app.reports.sheet import HEIGHT, Type

_PAPER: Final = HEIGHT * 72 / 25.4


class Word(NamedTuple):
    """Words that are set alike. `x`, `y`: points from the upper left corner of their
    block, `y` of the baseline. `space`: added after each character.
    """

    x: float
    y: float
    text: str
    kind: Type
    space: float = 0.0

    def lower(self, by: float) -> "Word":
        """The same words, so much lower: each word of a listing is moved twice."""
        return Word(self.x, self.y + by, self.text, self.kind, self.space)


class Region(NamedTuple):
    """Where a value stands: `page` from 0, points from the upper left corner.

    `refs`: the records behind it. `label`: which value it is, in words.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    refs: tuple[Ref, ...]
    label: str


class _Encoder:
    """Strings as one document has them: its fonts grow with the characters met."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._known: dict[tuple[str, bool], list[tuple[str, str]]] = {}

    def pieces(self, text: str, bold: bool) -> list[tuple[str, str]]:
        """Name of the font, and the string in it."""
        key = (text, bold)
        found = self._known.get(key)
        if found is None:
            font: Any = pdfmetrics.getFont(fonts.BOLD if bold else fonts.REGULAR)
            found = self._known[key] = [
                (font.getSubsetInternalName(subset, self._document), escapePDF(codes))
                for subset, codes in font.splitString(text, self._document)
            ]
        return found


def _encoder(canvas: Any) -> _Encoder:
    """The one of a canvas, which keeps it."""
    found: _Encoder | None = getattr(canvas, "encoder", None)
    if found is None:
        found = canvas.encoder = _Encoder(canvas._doc)
    return found


def write(canvas: Any, words: Iterable[Word], top: float, left: float = 0.0) -> None:
    """Words of a block whose upper left corner is at (`left`, `top`)."""
    pieces = _encoder(canvas).pieces
    code = ["q BT"]
    now: tuple[str, float] = ("", 0)
    ink = space = -1.0
    for word in words:
        kind = word.kind
        if kind.ink != ink:
            ink = kind.ink
            code.append(f"{ink:g} {ink:g} {ink:g} rg")
        if word.space != space:
            space = word.space
            code.append(f"{space:.4f} Tc")
        code.append(f"1 0 0 1 {left + word.x:.2f} {top - word.y:.2f} Tm")
        for font, said in pieces(word.text, kind.bold):
            if now != (font, kind.size):
                now = (font, kind.size)
                code.append(f"{font} {kind.size:g} Tf")
            code.append(f"({said}) Tj")
    code.append("ET Q")
    canvas._code.append(" ".join(code))


def rule(
    canvas: Any, x: float, y: float, end: float, weight: float, ink: float
) -> None:
    """A level line."""
    pen = f"{weight:g} w {ink:g} {ink:g} {ink:g} RG"
    canvas._code.append(f"{pen} n {x:.2f} {y:.2f} m {end:.2f} {y:.2f} l S")


def here(canvas: Any) -> tuple[int, float, float]:
    """The page from 0, and the origin of what is being drawn, from the upper left."""
    x, y = canvas.absolutePosition(0, 0)
    return canvas.getPageNumber() - 1, x, _PAPER - y


def mark(canvas: Any, key: str, top: float, outline: str = "", level: int = 0) -> None:
    """A place that is linked to; with `outline`, an entry of it too."""
    if not key:
        return
    canvas.bookmarkHorizontal(key, 0, top + 6)
    places: dict[str, int] = canvas.places
    places[key] = canvas.getPageNumber()
    if outline:
        canvas.addOutlineEntry(outline, key, level, closed=False)
