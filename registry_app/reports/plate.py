"""A figure on paper: the plain shapes of `drawing/`, painted with reportlab."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Flowable

from registry_app.domain.figures.document import Ref
from registry_app.drawing.patterns import Segment
from registry_app.drawing.shapes import (
    BASELINE,
    CORNERS,
    Align,
    Box,
    Curve,
    Fill,
    Hatch,
    Line,
    Mark,
    Picture,
    Rings,
    Shape,
    Sign,
    Stroke,
    Text,
)
from registry_app.reports import fonts
from registry_app.reports.ink import Region, here, mark
from registry_app.reports.sheet import INK, THICK, grey
from registry_app.reports.tables import Caption

_EVEN_ODD: Final = 0  # canvas.FILL_EVEN_ODD, which the stubs do not know
_BESIDE: Final = 6.0
_SHIFT: Final = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}


class Source(NamedTuple):
    """A place of a picture, the records behind it, and which value it is, in words."""

    box: Box
    refs: tuple[Ref, ...]
    label: str


class Plate(Flowable):
    """A picture `width` mm wide, with its caption below.

    `ruled`: with the rules that make a figure read as a table of marks. `notes`: below
    the caption. `key`: what links to it. `sources`: what can be pressed in the picture.
    """

    def __init__(
        self,
        picture: Picture,
        width: float,
        caption: Caption | None = None,
        *,
        ruled: bool = True,
        notes: Sequence[Flowable] = (),
        key: str = "",
        sources: Sequence[Source] = (),
    ) -> None:
        super().__init__()
        fonts.check(s.text for s in picture.shapes if isinstance(s, Text))
        self.key, self.sources = key, sources
        self.picture, self.width, self.ruled = picture, width * mm, ruled
        self.scale = self.width / picture.width
        said = caption.flowables() if caption is not None else []
        self.words: list[Flowable] = [*said, *notes]
        self.spaceAfter = 4 * mm if caption is not None else 0.0

    def wrap(self, _width: float, height: float) -> tuple[float, float]:
        """The picture, the room of its rules, and the caption."""
        below = sum(words.wrap(self.width, height)[1] for words in self.words)
        self.below = below + (1.5 * mm if self.words else 0.0)
        self.rim = 1.6 * mm if self.ruled else 0.0
        drawn = self.picture.height * self.scale
        self.height = drawn + 2 * self.rim + self.below
        return self.width, self.height

    @property
    def least(self) -> float:
        """All of it: a figure is never parted."""
        return self.wrap(0, 0)[1]

    def draw(self) -> None:
        """Caption, rules, and the shapes back to front."""
        canvas: Any = self.canv
        mark(canvas, self.key, self.height)
        y = self.below - (1.5 * mm if self.words else 0.0)
        for words in self.words:
            y -= words.height
            words.drawOn(canvas, 0, y)
        if self.ruled:
            canvas.setLineWidth(THICK)
            canvas.setStrokeColor(grey(INK))
            for edge in (self.height, self.below):
                canvas.line(0, edge, self.width, edge)
        canvas.saveState()
        canvas.translate(0, self.height - self.rim)
        canvas.scale(self.scale, -self.scale)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        paths = _Paths(_decimals(self.scale))
        for shape in self.picture.shapes:
            _paint(canvas, paths, shape)
        canvas.restoreState()
        self._open()

    def _open(self) -> None:
        """Where the marks stand whose sources are known."""
        canvas: Any = self.canv
        page, x, y = here(canvas)
        top = y - self.height + self.rim
        for box, refs, label in self.sources:
            left, upper = x + box.x * self.scale, top + box.y * self.scale
            right = left + box.width * self.scale
            lower = upper + box.height * self.scale
            canvas.regions.append(Region(page, left, upper, right, lower, refs, label))


def _decimals(scale: float) -> int:
    """How many digits a printer can show: a unit of a small map is a fifth of a point.

    Neighbours share their curves to the last digit, so that rounding leaves no gap.
    """
    return 0 if scale < 0.25 else 1 if scale < 0.5 else 2


class _Paths:
    """PDF paths, written once: the regions of a body are filled, clipped and outlined.

    reportlab formats each number by itself, which would take most of the time.
    """

    def __init__(self, decimals: int) -> None:
        self._decimals = decimals
        self._known: dict[tuple[int, bool], str] = {}

    def _numbers(self, values: Sequence[float]) -> str:
        return " ".join(f"{value:.{self._decimals}f}" for value in values)

    def rings(self, rings: Rings, *, closed: bool) -> PDFPathObject:
        """Curves as one path."""
        key = (id(rings), closed)
        if key not in self._known:
            self._known[key] = " ".join(self._curve(c, closed) for c in rings)
        return PDFPathObject([self._known[key]])

    def _curve(self, curve: Curve, closed: bool) -> str:
        start, *cubics = curve
        steps = [f"{self._numbers(cubic)} c" for cubic in cubics]
        ends = ["h"] if closed else []
        return " ".join([f"{self._numbers(start)} m", *steps, *ends])

    def lines(
        self, lines: Iterable[tuple[float, ...]], *, joined: bool = False
    ) -> PDFPathObject:
        """Straight lines, each by itself or each from the end of the one before."""
        out: list[str] = []
        for line in lines:
            if not (joined and out):
                out.append(f"{self._numbers(line[:2])} m")
            out.append(f"{self._numbers(line[2:])} l")
        return PDFPathObject([" ".join(out)])


def _seen(lines: Sequence[Segment], rings: Rings) -> Iterator[Segment]:
    """The lines without the short ones that the clip would hide beside the shape.

    A limb lies aslant in its box: most dots of the box would be written for nothing.
    Curves are taken by their ends, which is near enough with `_BESIDE` units to spare.
    """
    edges = [e for ring in rings for e in pairwise([step[-2:] for step in ring])]
    rows: dict[float, tuple[float, float]] = {}
    for line in lines:
        x, y = line[0], line[1]
        if abs(line[2] - x) > _BESIDE:
            yield line
            continue
        if y not in rows:
            rows[y] = _extent(edges, y)
        left, right = rows[y]
        if left <= x <= right:
            yield line


def _extent(
    edges: Sequence[Sequence[Sequence[float]]], y: float
) -> tuple[float, float]:
    """From where to where a shape may reach in the row at `y`."""
    xs = [
        x0 + (x1 - x0) * min(max((at - y0) / ((y1 - y0) or 1), 0), 1)
        for (x0, y0), (x1, y1) in edges
        if min(y0, y1) - _BESIDE <= y <= max(y0, y1) + _BESIDE
        for at in (y - _BESIDE, y + _BESIDE)
    ]
    return min(xs, default=y) - _BESIDE, max(xs, default=y) + _BESIDE


def _paint(canvas: Canvas, paths: "_Paths", shape: Shape) -> None:
    """One shape; the canvas has been turned so that y runs down."""
    match shape:
        case Fill():
            canvas.setFillColor(HexColor(shape.colour))
            path = paths.rings(shape.rings, closed=True)
            canvas.drawPath(path, stroke=0, fill=1, fillMode=_EVEN_ODD)
        case Stroke():
            _pen(canvas, shape.colour, shape.width, shape.dash)
            path = paths.rings(shape.rings, closed=shape.closed)
            canvas.drawPath(path, stroke=1, fill=0)
        case Hatch():
            canvas.saveState()
            path = paths.rings(shape.rings, closed=True)
            canvas.clipPath(path, stroke=0, fill=0, fillMode=_EVEN_ODD)
            _pen(canvas, shape.colour, shape.width)
            seen = _seen(shape.lines, shape.rings)
            canvas.drawPath(paths.lines(seen), stroke=1, fill=0)
            canvas.restoreState()
        case Line():
            _pen(canvas, shape.colour, shape.width, shape.dash)
            way = [(*a, *b) for a, b in pairwise(shape.points)]
            canvas.drawPath(paths.lines(way, joined=True), stroke=1, fill=0)
        case Box():
            _box(canvas, shape)
        case Mark():
            _mark(canvas, shape)
        case Text():
            _text(canvas, shape)


def _pen(canvas: Canvas, colour: str, width: float, dash: Iterable[float] = ()) -> None:
    canvas.setStrokeColor(HexColor(colour))
    canvas.setLineWidth(width)
    canvas.setDash(list(dash))


def _box(canvas: Canvas, box: Box) -> None:
    if box.fill is None and box.outline is None:
        return  # only there to be pointed at
    if box.fill is not None:
        canvas.setFillColor(HexColor(box.fill))
    if box.outline is not None:
        _pen(canvas, box.outline, box.weight, box.dash)
    how = {"stroke": int(box.outline is not None), "fill": int(box.fill is not None)}
    place = (box.x, box.y, box.width, box.height)
    if box.radius:
        canvas.roundRect(*place, box.radius, **how)
    else:
        canvas.rect(*place, **how)


def _mark(canvas: Canvas, mark: Mark) -> None:
    weight = mark.size / 6
    radius = (mark.size - weight) / 2
    _pen(canvas, mark.colour, weight)
    canvas.setFillColor(HexColor(mark.colour if mark.filled else mark.ground))
    x, y = mark.x, mark.y
    if mark.sign is Sign.CIRCLE:
        canvas.circle(x, y, radius, stroke=1, fill=1)
    elif mark.sign is Sign.CROSS:
        canvas.line(x - radius, y - radius, x + radius, y + radius)
        canvas.line(x - radius, y + radius, x + radius, y - radius)
    else:
        corners = [(x + a * radius, y + b * radius) for a, b in CORNERS[mark.sign]]
        path = canvas.beginPath()
        path.moveTo(*corners[0])
        for corner in corners[1:]:
            path.lineTo(*corner)
        path.close()
        canvas.drawPath(path, stroke=1, fill=1)


def _text(canvas: Canvas, text: Text) -> None:
    font = fonts.BOLD if text.bold else fonts.REGULAR
    wide = fonts.width(text.text, text.size, text.bold)
    canvas.saveState()
    canvas.translate(text.x - _SHIFT[text.align] * wide, text.y + BASELINE * text.size)
    canvas.scale(1, -1)
    if text.halo is not None:
        rim = canvas.beginText(0, 0)
        rim.setFont(font, text.size)
        rim.setTextRenderMode(1)
        rim.setStrokeColor(HexColor(text.halo))
        canvas.setLineWidth(0.4 * text.size)
        canvas.setDash([])
        rim.textOut(text.text)
        rim.setTextRenderMode(0)
        canvas.drawText(rim)
    words = canvas.beginText(0, 0)
    words.setFont(font, text.size)
    words.setFillColor(HexColor(text.colour))
    words.textOut(text.text)
    canvas.drawText(words)
    canvas.restoreState()
