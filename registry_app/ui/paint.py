"""Painting helpers: text, boxes, hatches, icons, status glyphs and chips.

Each takes the painter and the look first. A *status* is one of `STATUSES`, or ``""``
for a plain chip; its shape says what its colour says, so grey loses nothing.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QIcon,
    QPaintDevice,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer

from registry_app.paths import RESOURCES
from registry_app.ui.look import MEDIUM, Look

STATUSES = ("done", "due", "overdue", "blocked", "open", "now")

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter

_GROUND = {"open": "sunken", "now": "accent_weak", "": "sunken"}
_CHIP_INK = {"open": "text2", "now": "accent", "": "text2"}
_GLYPH_INK = {"open": "text3", "now": "accent"}


def painter(device: QPaintDevice) -> QPainter:
    """A painter with smooth edges; use it as a context manager."""
    made = QPainter(device)
    made.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
    )
    return made


def text(
    p: QPainter,
    look: Look,
    rect: QRectF,
    words: str,
    ink: str = "text1",
    role: str = "body",
    weight: int | None = None,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Draw one line, elided to the box; give the width that it took."""
    font = look.font(role, weight)
    p.setFont(font)
    p.setPen(look.colour(ink))
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 1)
    p.drawText(rect, align | Qt.TextFlag.TextSingleLine, shown)
    return min(metrics.horizontalAdvance(words), rect.width())


def box(
    p: QPainter,
    look: Look,
    rect: QRectF,
    fill: str | None = None,
    line: str | None = None,
    radius: float = 0,
    width: float = 1,
) -> None:
    """A rounded box; its outline lies inside `rect`, on half pixels."""
    p.setBrush(QBrush(look.colour(fill)) if fill else Qt.BrushStyle.NoBrush)
    p.setPen(QPen(look.colour(line), width) if line else Qt.PenStyle.NoPen)
    inset = width / 2 if line else 0
    p.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def hatch(
    p: QPainter,
    rect: QRectF,
    colour: QColor,
    pitch: float = 4,
    rising: bool = True,
    width: float = 1,
    clip: QPainterPath | None = None,
) -> None:
    """Lines at 45° over a box, or over a path inside it."""
    p.save()
    if clip is not None:
        p.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    else:
        p.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    p.setPen(QPen(colour, width))
    offset, high = 0.0, rect.height()
    while offset < rect.width() + high:
        if rising:
            top, bottom = rect.left() + offset, rect.left() + offset - high
        else:
            top, bottom = rect.right() - offset, rect.right() - offset + high
        p.drawLine(QPointF(top, rect.top()), QPointF(bottom, rect.bottom()))
        offset += pitch
    p.restore()


@lru_cache(maxsize=64)
def _svg(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")


def icon(p: QPainter, look: Look, name: str, rect: QRectF, ink: str = "text2") -> None:
    """An icon of resources/icons, in the ink given."""
    svg = _svg(name).replace("currentColor", look.colour(ink).name())
    QSvgRenderer(QByteArray(svg.encode())).render(p, rect)


def qicon(look: Look, name: str, ink: str = "text2", scale: float = 2) -> QIcon:
    """An icon for a button or a menu."""
    side = look.size("icon_small")
    pixmap = QPixmap(round(side * scale), round(side * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    with painter(pixmap) as p:
        icon(p, look, name, QRectF(0, 0, side, side), ink)
    return QIcon(pixmap)


def glyph(
    p: QPainter,
    look: Look,
    status: str,
    centre: QPointF,
    r: float = 5,
    ink: str | None = None,
) -> None:
    """A status by its shape.

    done is a check in a ring, due a disc, overdue a triangle, blocked a square, open
    a ring, now a diamond. `r` is half the height in pixels.
    """
    colour = look.colour(ink or _GLYPH_INK.get(status, status))
    x, y = centre.x(), centre.y()
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour)
    if status == "done":
        p.drawEllipse(centre, r + 0.5, r + 0.5)
        pen = QPen(look.colour("surface"), 1.5 * r / 5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        p.setPen(pen)
        p.setBrush(Qt.BrushStyle.NoBrush)
        k = r / 5
        steps = ((-2.3, 0.2), (-0.5, 2.0), (2.5, -1.8))
        p.drawPolyline([QPointF(x + a * k, y + b * k) for a, b in steps])
    elif status == "due":
        p.drawEllipse(centre, r - 0.5, r - 0.5)
    elif status == "overdue":
        low, wide = y + r - 0.6, r + 0.6
        corners = ((x, y - r - 0.3), (x + wide, low), (x - wide, low))
        p.drawPolygon([QPointF(a, b) for a, b in corners])
    elif status == "blocked":
        side = 2 * r - 1
        p.drawRoundedRect(QRectF(x - r + 0.5, y - r + 0.5, side, side), 1, 1)
    elif status == "now":
        diamond = ((x, y - r), (x + r, y), (x, y + r), (x - r, y))
        p.drawPolygon([QPointF(a, b) for a, b in diamond])
    else:
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(QPen(colour, 1.5))
        p.drawEllipse(centre, r - 0.75, r - 0.75)


def chip_width(look: Look, status: str, words: str) -> float:
    """How wide `chip` will be, in pixels."""
    return look.width(words, "caption", MEDIUM) + look.px(27 if status else 16)


def chip(
    p: QPainter, look: Look, at: QPointF, status: str, words: str, ink: str = ""
) -> float:
    """A chip, 20 px high: weak ground, glyph, word. Give the width that it took."""
    width, high = chip_width(look, status, words), look.size("chip")
    ground = _GROUND.get(status, status + "_weak")
    box(p, look, QRectF(at.x(), at.y(), width, high), ground, None, 4)
    if status:
        middle = QPointF(at.x() + look.px(11), at.y() + high / 2)
        glyph(p, look, status, middle, look.px(4.5))
    indent = look.px(19 if status else 8)
    room = QRectF(at.x() + indent, at.y(), width - indent, high)
    colour = ink or _CHIP_INK.get(status, status)
    text(p, look, room, words, colour, "caption", MEDIUM)
    return width
