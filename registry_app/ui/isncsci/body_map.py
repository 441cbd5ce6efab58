"""The live body map between both sides: front, back and the perianal inset.

It follows the keys a moment later, so that a key press waits for one cell only.
"""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from registry_app.domain.figures.sensation import Change, Level, View, changes, levels
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.segments import Modality, score_item
from registry_app.drawing.body import BodyArt, Outline, shipped_art
from registry_app.drawing.body_map import States, body_map
from registry_app.drawing.legend import legend
from registry_app.drawing.patterns import bounds
from registry_app.drawing.pen import Pen
from registry_app.ui.look import Look
from registry_app.ui.paint import painter
from registry_app.ui.shapes_painter import Prepared, ShapesPainter, palette_of
from registry_app.words import Words

#: The part of the art without the large hands at its sides, in units of the art.
_LEFT, _RIGHT = 150.0, 1130.0
#: Beside these lie only the arms of the figures, at this height; the rest is hands.
_ARMS, _ARM_TOP, _ARM_END = (240.0, 1040.0), 400.0, 640.0
_SHOWN = ("front", "back", "perianal")
_DELAY_MS = 120
CHANGE = "change"
_LEVELS = (
    *(Level.NORMAL, Level.ALTERED, Level.ABSENT),
    *(Level.NOT_TESTABLE, Level.OPEN),
)
_CHANGES = (Change.BETTER, Change.WORSE, Change.SAME, Change.UNKNOWN)


def _figures(art: BodyArt) -> BodyArt:
    """The art without the hands: the sheet has little room between its sides."""

    def inside(outline: Outline) -> bool:
        left, top, right, bottom = bounds(outline.rings)
        x, y = (left + right) / 2, (top + bottom) / 2
        figure = _ARMS[0] < x < _ARMS[1] or _ARM_TOP < y < _ARM_END
        return left >= _LEFT and right <= _RIGHT and figure

    return replace(
        art,
        regions=tuple(r for r in art.regions if r.view in _SHOWN),
        silhouettes=tuple(s for s in art.silhouettes if inside(s)),
        details=tuple(d for d in art.details if inside(d)),
        captions=tuple(c for c in art.captions if _ARMS[0] < c.at[0] < _ARMS[1]),
    )


class BodyMap(QWidget):
    """The map of an exam, or of its change since the earlier one.

    pointed(item): a dermatome was clicked; the light touch or pin prick of that place.
    """

    pointed = Signal(str)

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._words, self._look = words, look
        self._art, self._painter = _figures(shipped_art()), ShapesPainter(look)
        self._pen = Pen(
            palette_of(look), self._painter.measure, words, float(look.px(11))
        )
        self._exam, self._before, self._view = Exam(), Exam(), str(View.LOWER)
        self._prepared: Prepared | None = None
        self._kept: QPixmap | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._redraw)
        self.setAccessibleName(words("worksheet.body-map"))
        # Opaque, or each new map would repaint the sheet below it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        policy = QSizePolicy.Policy.Expanding
        self.setSizePolicy(policy, policy)

    def show_exam(self, exam: Exam, before: Exam) -> None:
        """Show this exam, soon."""
        if (exam, before) != (self._exam, self._before):
            self._exam, self._before = exam, before
            if self._kept is not None:  # else the next paint shows it anyway
                self._timer.start()

    def show_view(self, view: str) -> None:
        """Show LT and PP, one of them, or the change."""
        self._view = view
        self._redraw()

    def _redraw(self) -> None:
        self._timer.stop()
        self._kept = None
        self.update()

    def _states(self) -> States:
        if self._view == CHANGE:
            return changes(self._before, self._exam)
        return levels(self._exam, View(self._view))

    def _origin(self) -> tuple[QPointF, float]:
        """Where the cut-out art begins, and pixels a unit."""
        scale = min(self.width() / (_RIGHT - _LEFT), self.height() / self._art.height)
        x = (self.width() - (_RIGHT - _LEFT) * scale) / 2 - _LEFT * scale
        return QPointF(x, 0), scale

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Another size has other details."""
        self._kept = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The map, painted once for each state and kept."""
        if self._kept is None:
            self._kept = self._made()
        with painter(self) as p:
            p.drawPixmap(0, 0, self._kept)

    def _made(self) -> QPixmap:
        origin, scale = self._origin()
        width = self._art.width * scale
        picture = body_map(self._art, self._states(), width, self._pen)
        self._prepared = self._painter.prepare(picture, width)
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        pixmap = QPixmap(size)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(self._look.colour("surface"))
        with painter(pixmap) as p:
            p.translate(origin)
            self._painter.paint(p, self._prepared)
        return pixmap

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the cell of the dermatome."""
        if self._prepared is None:
            return
        origin, _ = self._origin()
        ref = self._prepared.ref_at(event.position() - origin)
        region = next((r for r in self._art.regions if r.id == ref), None)
        if region is not None:
            pin = self._view == View.PIN_PRICK
            modality = Modality.PIN_PRICK if pin else Modality.LIGHT_TOUCH
            self.pointed.emit(score_item(region.side, modality, region.segment))


class MapLegend(QWidget):
    """What the grounds and patterns of the map mean."""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._words, self._look = words, look
        self._painter = ShapesPainter(look)
        self._pen = Pen(
            palette_of(look), self._painter.measure, words, float(look.px(11))
        )
        self._view = str(View.LOWER)
        self.setFixedHeight(look.px(60))

    def show_view(self, view: str) -> None:
        """Levels or changes."""
        self._view = view
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Boxes with their words."""
        states = _CHANGES if self._view == CHANGE else _LEVELS
        kind = "change" if self._view == CHANGE else "level"
        entries = [(s, self._words(f"drawing.{kind}-{s.value}")) for s in states]
        picture = legend(entries, self.width(), self._pen)
        with painter(self) as p:
            self._draw(
                p, QRectF(self.rect()), self._painter.prepare(picture, self.width())
            )

    def _draw(self, p: QPainter, room: QRectF, prepared: Prepared) -> None:
        p.setClipRect(room)
        self._painter.paint(p, prepared)
