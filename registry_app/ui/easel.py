"""Figures that are drawn anew for the room they have, such as a legend."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QPointF, QSize, Qt
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

    `natural`: as high as the figure is at its width, which will be about so many pixels
    at 100 %; else (0) the figure fills the room.
    """

    #: Pixels around the figure, such as for a focus ring.
    pad = 0

    def __init__(self, easel: Easel, *, natural: int = 0) -> None:
        super().__init__()
        self.easel, self._natural = easel, natural
        self._draw: Draw | None = None
        self._prepared: Prepared | None = None
        self._kept: QPixmap | None = None
        upright = QSizePolicy.Policy.Fixed if natural else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, upright)

    def show_drawing(self, draw: Draw) -> None:
        """Show another figure."""
        self._draw = draw
        self._forget()

    def _forget(self) -> None:
        self._kept = self._prepared = None
        if self._natural:
            if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
                # A good guess, so that the page is laid out once, not twice.
                self.resize(self.easel.look.px(self._natural), self.height())
            made = self.prepared
            if made is not None:
                self.setFixedHeight(ceil(made.height) + 2 * self.pad)
        self.update()

    @property
    def prepared(self) -> Prepared | None:
        """The figure at the size of the widget; laid out when it is first needed."""
        width, height = self.width() - 2 * self.pad, self.height() - 2 * self.pad
        if self._prepared is None and self._draw is not None and min(width, height) > 1:
            picture = self._draw(width, height)
            shown = float(width)
            if not self._natural:
                shown = min(width, height * picture.width / picture.height)
            self._prepared = self.easel.painter.prepare(picture, shown)
        return self._prepared

    @property
    def origin(self) -> QPointF:
        """Where the figure begins, so that it stands in the middle."""
        made = self.prepared
        if made is None or self._natural:
            return QPointF(self.pad, self.pad)
        left, top = self.width() - made.width, self.height() - made.height
        return QPointF(round(left / 2), round(top / 2))

    def sizeHint(self) -> QSize:
        """A natural figure asks for its height; any other takes what there is."""
        side = self.easel.look.px(160)
        return QSize(side, self.minimumHeight() if self._natural else side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size is another layout; of a natural one only another width."""
        if not self._natural or event.size().width() != event.oldSize().width():
            self._forget()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The figure, painted once for each size and kept."""
        prepared = self.prepared
        if prepared is None:
            return
        if self._kept is None:
            self._kept = self._painted(prepared)
        with paint.painter(self) as p:
            p.drawPixmap(0, 0, self._kept)
            self.paint_above(p, prepared)

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
