"""How one score is painted: ground, hatch, outline of a star, digit.

The looks are few, so each is painted once and kept as a pixmap.
"""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from registry_app.ui import paint
from registry_app.ui.look import MEDIUM, REGULAR, Look


class Face(NamedTuple):
    """Everything that a painted cell depends on."""

    value: str
    motor: bool = False
    filled: bool = False
    doubt: bool = False
    now: bool = False
    #: Whether the keys come here; the current cell is shown even if they do not.
    keys: bool = False


class Cells:
    """Paints cells of one size; `rim` is the room around a cell for its focus."""

    rim = 3

    def __init__(self, look: Look) -> None:
        self._look = look
        self._kept: dict[tuple[Face, float, float, float], QPixmap] = {}

    def draw(self, p: QPainter, cell: QRectF, face: Face) -> None:
        """Paint a cell, from the store if it was seen before."""
        ratio = p.device().devicePixelRatioF()
        key = (face, cell.width(), cell.height(), ratio)
        pixmap = self._kept.get(key)
        if pixmap is None:
            pixmap = self._made(cell.size(), face, ratio)
            self._kept[key] = pixmap
        p.drawPixmap(QPointF(cell.x() - self.rim, cell.y() - self.rim), pixmap)

    def _made(self, size: QSizeF, face: Face, ratio: float) -> QPixmap:
        wide, high = size.width() + 2 * self.rim, size.height() + 2 * self.rim
        pixmap = QPixmap(round(wide * ratio), round(high * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with paint.painter(pixmap) as p:
            self._paint(p, QRectF(QPointF(self.rim, self.rim), size), face)
        return pixmap

    def _paint(self, p: QPainter, cell: QRectF, face: Face) -> None:
        look, plain = self._look, face.value.rstrip("*")
        fill = self._ground(plain, face.motor)
        paint.box(p, look, cell, fill, "border", 2)
        inner = cell.adjusted(1, 1, -1, -1)
        if plain == "NT":
            ink = look.colour("score.fill_hatch", 0.22)
            paint.hatch(p, inner, ink, 5, rising=True)
            paint.hatch(p, inner, ink, 5, rising=False)
        if plain == "UNK":
            pen = QPen(look.colour("border_strong"), 1, Qt.PenStyle.DotLine)
            p.setPen(pen)
            p.drawRect(cell.adjusted(0.5, 0.5, -0.5, -0.5))
        if face.filled:
            paint.hatch(p, inner, look.colour("score.fill_hatch", 0.42), 4)
            half = look.px(6 if len(face.value) == 1 else 11)
            middle = QRectF(
                cell.center().x() - half, cell.y() + 1, 2 * half, cell.height() - 2
            )
            paint.box(p, look, middle, fill or "surface", None, 2)
        if face.value.endswith("*"):
            paint.box(p, look, cell, None, "score.star_outline", 2, 1.5)
        if face.now:
            ground = fill if face.value else "accent_weak"
            rim = cell.adjusted(-2, -2, 2, 2)
            edge = "accent" if face.keys else "border_strong"
            paint.box(p, look, rim, None if face.value else ground, edge, 3, 2)
        self._write(p, cell, face)
        if face.doubt:
            corner, side = cell.topRight(), look.px(7)
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(look.colour("due"))
            down, left = QPointF(0, side), QPointF(-side, 0)
            p.drawPolygon([corner + left, corner, corner + down])

    def _ground(self, plain: str, motor: bool) -> str | None:
        if not plain:
            return "surface"
        if plain in ("NT", "UNK"):
            return "score.nt" if plain == "NT" else "score.unknown"
        return f"score.motor.{plain}" if motor else f"score.sensory_{plain}"

    def _write(self, p: QPainter, cell: QRectF, face: Face) -> None:
        text = "?" if face.value == "UNK" else face.value
        small = len(text) > 2 or text == "NT"
        paint.text(
            p,
            self._look,
            cell.adjusted(0, -0.5, 0, 0.5),
            text,
            "text2" if face.filled else "text1",
            "caption" if small else "body",
            REGULAR if face.filled else MEDIUM,
            paint.CENTRE,
        )
