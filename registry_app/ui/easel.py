"""Figures that are drawn anew for the room they have, such as a legend."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from registry_app.drawing.pen import Pen
from registry_app.drawing.shapes import Picture
from registry_app.ui import paint
from registry_app.ui.look import Look
from registry_app.ui.shapes_painter import Prepared, ShapesPainter, palette_of
from registry_app.words import Words

#: The picture for a width and a height in pixels.
Draw = Callable[[float, float], Picture]


class Easel:
    """What every figure of a page is painted with."""

    def __init__(self, words: Words, look: Look) -> None:
        self.look = look
        self.painter = ShapesPainter(look)
        size = float(look.px(11))
        self.pen = Pen(palette_of(look), self.painter.measure, words, size)


class Drawing(QWidget):
    """A figure without readings, such as a legend.

    `natural`: as high as the figure is at its width; else the figure fills the room.
    """

    def __init__(self, easel: Easel, *, natural: bool = False) -> None:
        super().__init__()
        self.easel, self._natural = easel, natural
        self._draw: Draw | None = None
        self._prepared: Prepared | None = None
        self._kept: QPixmap | None = None
        upright = QSizePolicy.Policy.Fixed if natural else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, upright)
        if natural:
            self.setFixedHeight(easel.look.px(16))

    def show_drawing(self, draw: Draw) -> None:
        """Show another figure."""
        self._draw = draw
        self._prepare()

    @property
    def prepared(self) -> Prepared | None:
        """The figure at the size of the widget."""
        return self._prepared

    def _prepare(self) -> None:
        self._kept = self._prepared = None
        width, height = self.width(), self.height()
        if self._draw is not None and width > 1:
            picture = self._draw(width, height)
            shown = float(width)
            if self._natural:
                self.setFixedHeight(round(picture.height * width / picture.width + 0.5))
            elif picture.width > 0 and picture.height > 0:
                shown = min(width, height * picture.width / picture.height)
            self._prepared = self.easel.painter.prepare(picture, shown)
        self.update()

    @property
    def origin(self) -> QPointF:
        """Where the figure begins: in the middle, upper edge."""
        wide = self._prepared.width if self._prepared else 0.0
        return QPointF(round((self.width() - wide) / 2), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size is another layout; of a natural one only another width."""
        if not self._natural or event.size().width() != event.oldSize().width():
            self._prepare()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The figure, painted once for each size and kept."""
        if self._prepared is None:
            return
        if self._kept is None:
            self._kept = self._painted(self._prepared)
        with paint.painter(self) as p:
            p.drawPixmap(0, 0, self._kept)
            self.paint_above(p, self._prepared)

    def paint_above(self, p: QPainter, prepared: Prepared) -> None:
        """What changes without a new layout."""

    def _painted(self, prepared: Prepared) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with paint.painter(pixmap) as p:
            p.translate(self.origin)
            self.easel.painter.paint(p, prepared)
        return pixmap
