"""Paints a figure of `drawing/shapes.py` on the screen.

`prepare` turns a picture into painter paths, at the size at which it is shown; a
`Prepared` is then painted as often as needed, and tells what lies at a point. Straight
hairlines and boxes are moved to whole pixels, so that they stay sharp.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)

from registry_app.drawing.palette import Palette
from registry_app.drawing.patterns import Segment
from registry_app.drawing.shapes import (
    BASELINE,
    CORNERS,
    Align,
    Box,
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
from registry_app.ui.look import BOLD, MEDIUM, REGULAR, Look

#: Lines up to this many pixels are put on whole pixels when they are straight.
_HAIRLINE = 1.5
#: A mark is found by a pointer this many pixels beside it.
_NEAR = 8.0


def palette_of(look: Look) -> Palette:
    """The colours of a figure in this look; a training registry has another accent."""

    def name(token: str) -> str:
        return look.colour(token).name().upper()

    states = {s: name(s) for s in ("done", "due", "overdue", "blocked")}
    return Palette(
        ground=name("surface"),
        text=name("text1"),
        soft=name("text3"),
        rule=name("border_strong"),
        grid=name("chart.grid"),
        window=name("chart.window"),
        accent=name("accent"),
        on_accent=name("on_accent"),
        series=tuple(name(f"chart.series.{n}") for n in range(5)),
        states={**states, "open": name("border_strong")},
        chips={**{s: name(f"{s}_weak") for s in states}, "open": name("sunken")},
        outline=name("bodymap.outline"),
        level_2=name("bodymap.level_2"),
        level_1=name("bodymap.level_1"),
        level_0=name("bodymap.level_0"),
        not_testable=name("bodymap.nt"),
        open=name("bodymap.open"),
        up=name("bodymap.up"),
        down=name("bodymap.down"),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where something that has a `ref` was painted, in pixels."""

    ref: str
    path: QPainterPath

    @property
    def centre(self) -> QPointF:
        """The middle of it."""
        return self.path.boundingRect().center()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture at one size: what to paint, and where its refs are."""

    width: float
    height: float
    shapes: tuple[tuple[Shape, QPainterPath | None], ...]
    places: tuple[Place, ...]
    scale: float

    def ref_at(self, at: QPointF) -> str:
        """What lies under a point, the uppermost first; or the nearest mark."""
        for place in reversed(self.places):
            if place.path.contains(at):
                return place.ref
        near = [
            (QLineF(at, place.centre).length(), place.ref)
            for place in self.places
            if place.path.boundingRect().width() < 2 * _NEAR
        ]
        distance, ref = min(near, default=(_NEAR, ""))
        return ref if distance < _NEAR else ""

    def centre_of(self, ref: str) -> QPointF | None:
        """The middle of the first place of a ref."""
        return next((p.centre for p in self.places if p.ref == ref), None)


class ShapesPainter:
    """Prepares and paints pictures in one look. Keep it: it keeps the paths it made."""

    def __init__(self, look: Look) -> None:
        self._look = look
        # The rings of a drawing are the same objects each time it is laid out anew;
        # they are kept beside their path, so that no other object takes their id.
        self._paths: dict[tuple[int, bool], tuple[Rings, QPainterPath]] = {}
        self._font = cache(self._make_font)

    def measure(self, text: str, size: float, bold: bool) -> float:
        """The width of words in the unit of `size` (see `shapes.Measure`)."""
        metrics = QFontMetricsF(self._font(100, _weight(size, bold)))
        return metrics.horizontalAdvance(text) * size / 100

    def prepare(self, picture: Picture, width: float) -> Prepared:
        """The picture, to be painted `width` pixels wide."""
        scale = width / picture.width
        shapes, places = [], []
        for shape in picture.shapes:
            path = self._path_of(shape, scale)
            shapes.append((shape, path))
            ref = getattr(shape, "ref", "")
            if ref and path is not None:
                places.append(Place(ref, path))
        high = picture.height * scale
        return Prepared(width, high, tuple(shapes), tuple(places), scale)

    def paint(self, p: QPainter, prepared: Prepared) -> None:
        """Paint from the origin of the painter."""
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape, path in prepared.shapes:
            self._paint(p, shape, path, prepared.scale)
        p.restore()

    def _paint(
        self, p: QPainter, shape: Shape, path: QPainterPath | None, scale: float
    ) -> None:
        match shape:
            case Fill() if path is not None:
                p.fillPath(path, QColor(shape.colour))
            case Stroke() if path is not None:
                p.strokePath(path, _pen(shape.colour, shape.width * scale, shape.dash))
            case Hatch() if path is not None:
                p.save()
                p.setClipPath(path, Qt.ClipOperation.IntersectClip)
                p.setPen(_pen(shape.colour, shape.width * scale))
                p.drawLines(_marks(shape.lines, scale))
                p.restore()
            case Line():
                self._paint_line(p, shape, scale)
            case Box() if path is not None:
                p.setPen(Qt.PenStyle.NoPen)
                if shape.outline is not None:
                    pen = _pen(shape.outline, max(shape.weight * scale, 1), shape.dash)
                    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
                    p.setPen(pen)
                fill = None if shape.fill is None else QColor(shape.fill)
                p.setBrush(fill or Qt.BrushStyle.NoBrush)
                p.drawPath(path)
            case Mark() if path is not None:
                hollow = not shape.filled and shape.sign is not Sign.CROSS
                p.setBrush(QColor(shape.ground if hollow else shape.colour))
                weight = max(shape.size * scale / 5.5, 1.25)
                p.setPen(_pen(shape.colour, weight))
                p.drawPath(path)
            case Text():
                self._paint_text(p, shape, scale)

    def _paint_line(self, p: QPainter, line: Line, scale: float) -> None:
        width = max(line.width * scale, 1.0)
        points = [QPointF(x * scale, y * scale) for x, y in line.points]
        pen = _pen(line.colour, width, tuple(d * scale for d in line.dash))
        if width <= _HAIRLINE and len(points) == 2:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            points = _sharp(points)
        p.setPen(pen)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawPolyline(QPolygonF(points))

    def _paint_text(self, p: QPainter, text: Text, scale: float) -> None:
        size = text.size * scale
        font = self._font(max(1, round(size)), _weight(size, text.bold))
        wide = QFontMetricsF(font).horizontalAdvance(text.text)
        share = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}[text.align]
        at = QPointF(
            text.x * scale - share * wide, text.y * scale + BASELINE * font.pixelSize()
        )
        if text.halo is not None:
            letters = QPainterPath()
            letters.addText(at, font, text.text)
            p.strokePath(letters, _pen(text.halo, max(0.3 * size, 2.0)))
        p.setFont(font)
        p.setPen(QColor(text.colour))
        p.drawText(QPointF(at.x(), round(at.y())), text.text)

    def _path_of(self, shape: Shape, scale: float) -> QPainterPath | None:
        match shape:
            case Fill() | Hatch():
                path = self._rings(shape.rings, True)
                return QTransform.fromScale(scale, scale).map(path)
            case Stroke():
                path = self._rings(shape.rings, shape.closed)
                return QTransform.fromScale(scale, scale).map(path)
            case Box():
                return _box_path(shape, scale)
            case Mark():
                return _mark_path(shape, scale)
            case _:
                return None

    def _rings(self, rings: Rings, closed: bool) -> QPainterPath:
        key = (id(rings), closed)
        if key not in self._paths:
            self._paths[key] = (rings, rings_path(rings, closed))
        return self._paths[key][1]

    def _make_font(self, pixels: int, weight: int) -> QFont:
        font = self._look.font("body", weight)
        font.setPixelSize(pixels)
        return font


@lru_cache(maxsize=1024)
def _marks(lines: tuple[Segment, ...], scale: float) -> list[QLineF]:
    """The marks of a pattern in pixels, kept for the next patient."""
    return [QLineF(*(v * scale for v in line)) for line in lines]


def rings_path(rings: Rings, closed: bool = True) -> QPainterPath:
    """Curves as one painter path, filled even-odd."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for start, *cubics in rings:
        path.moveTo(*start)
        for cubic in cubics:
            path.cubicTo(*cubic)
        if closed:
            path.closeSubpath()
    return path


def _weight(size: float, bold: bool) -> int:
    """Small bold words are set in Medium: Bold closes up below 12 pixels."""
    if not bold:
        return REGULAR
    return BOLD if size >= 12.5 else MEDIUM


def _pen(colour: str, width: float, dash: tuple[float, ...] = ()) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([d / width for d in dash])
    return pen


def _sharp(points: list[QPointF]) -> list[QPointF]:
    """A line straight across or down, moved onto the middle of a pixel."""
    (a, b) = points
    if a.y() == b.y():
        y = int(a.y()) + 0.5
        return [QPointF(a.x(), y), QPointF(b.x(), y)]
    if a.x() == b.x():
        x = int(a.x()) + 0.5
        return [QPointF(x, a.y()), QPointF(x, b.y())]
    return points


def _box_path(box: Box, scale: float) -> QPainterPath:
    left, top = round(box.x * scale), round(box.y * scale)
    right = round((box.x + box.width) * scale)
    bottom = round((box.y + box.height) * scale)
    rect = QRectF(left, top, max(right - left, 1), max(bottom - top, 1))
    if box.outline is not None:
        inset = max(box.weight * scale, 1) / 2
        rect.adjust(inset, inset, -inset, -inset)
    path = QPainterPath()
    path.addRoundedRect(rect, box.radius * scale, box.radius * scale)
    return path


def _mark_path(mark: Mark, scale: float) -> QPainterPath:
    """The outline of a sign; the pen that goes around it belongs to its size."""
    x, y, size = mark.x * scale, mark.y * scale, mark.size * scale
    r = (size - max(size / 5.5, 1.25)) / 2
    path = QPainterPath()
    if mark.sign is Sign.CIRCLE:
        path.addEllipse(QPointF(x, y), r, r)
    elif mark.sign is Sign.CROSS:
        for slope in (-1, 1):
            path.moveTo(x - r, y - slope * r)
            path.lineTo(x + r, y + slope * r)
    else:
        corners = [QPointF(x + a * r, y + b * r) for a, b in CORNERS[mark.sign]]
        path.addPolygon(QPolygonF(corners))
        path.closeSubpath()
    return path
