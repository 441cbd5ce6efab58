"""Charts: a figure that is drawn anew for its room, read by pointer and by key.

    easel = Easel(words, look)                        # one for a page
    chart = Chart(easel, "Trajectory", hint)
    chart.show_figure(lambda w, h: draw_trajectory(course, w, h, easel.pen), readings)
    figure = Figure(chart, make_table)                # Ctrl+T: the same as a table

Arrow keys go from reading to reading, Home and End to the ends, Escape to none; Enter
or a double click activates what is read. Screen readers are told what is read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from registry_app.ui import paint
from registry_app.ui.easel import Draw, Drawing, Easel
from registry_app.ui.look import MEDIUM
from registry_app.ui.shapes_painter import Prepared

#: A pointer this far beside an exam, along the axis of days, still reads it.
_BESIDE = 12.0
#: The least height of a table in the place of a low chart.
_ROOM = 140


@dataclass(frozen=True, slots=True)
class Reading:
    """What is said of the shapes with one of these refs: a title and lines."""

    refs: tuple[str, ...]
    title: str
    lines: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """All of it in one line, for a screen reader."""
        return " · ".join((self.title, *self.lines))


class Chart(Drawing):
    """A figure that can be read: by pointer, by key, by a screen reader.

    `guide`: readings lie along an axis; a line down the figure shows which is read, and
    a pointer near it reads it. `stride`: how many readings Up and Down go.
    """

    activated = Signal(str)
    pad = 4

    def __init__(
        self,
        easel: Easel,
        name: str,
        hint: str,
        *,
        natural: int = 0,
        guide: bool = False,
        stride: int = 1,
    ) -> None:
        super().__init__(easel, natural=natural)
        self._name, self._hint = name, hint
        self._guide, self._stride = guide, stride
        self._say: Callable[[], Sequence[Reading]] = tuple
        self._kept_readings: Sequence[Reading] | None = None
        self._at: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)

    def show_figure(
        self, draw: Draw, readings: Callable[[], Sequence[Reading]]
    ) -> None:
        """Show another figure; `readings`, in the order of the keys, come when read."""
        self._say, self._kept_readings, self._at = readings, None, None
        self.show_drawing(draw)
        self._tell()

    @property
    def readings(self) -> Sequence[Reading]:
        """All that can be read."""
        if self._kept_readings is None:
            self._kept_readings = self._say()
        return self._kept_readings

    @property
    def reading(self) -> Reading | None:
        """What is read now."""
        return None if self._at is None else self.readings[self._at]

    def read(self, number: int | None) -> None:
        """Read the n-th, or none."""
        if number != self._at:
            self._at = number
            self._tell()
            self.update()

    def _tell(self) -> None:
        said = self.reading
        self.setAccessibleDescription(said.sentence if said else self._hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from reading to reading."""
        key, last = event.key(), len(self.readings) - 1
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: self._stride,
            Qt.Key.Key_Up: -self._stride,
        }
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.reading:
            self.activated.emit(self.reading.refs[0])
        elif key == Qt.Key.Key_Escape and self._at is not None:
            self.read(None)
        elif last >= 0 and key in steps:
            step = steps[Qt.Key(key)]
            start = (0 if step > 0 else last) if self._at is None else self._at + step
            if 0 <= start <= last:
                self.read(start)
        elif last >= 0 and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.read(0 if key == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read what lies under the pointer."""
        self.read(self._under(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Activate what lies under the pointer."""
        number = self._under(event.position())
        if number is not None:
            self.activated.emit(self.readings[number].refs[0])

    def _under(self, at: QPointF) -> int | None:
        prepared = self.prepared
        if prepared is None:
            return None
        at = at - self.origin
        ref = prepared.ref_at(at)
        if not ref and self._guide:
            near = [
                (abs(place.centre.x() - at.x()), place.ref) for place in prepared.places
            ]
            distance, nearest = min(near, default=(_BESIDE, ""))
            ref = nearest if distance < _BESIDE else ""
        found = (n for n, r in enumerate(self.readings) if ref and ref in r.refs)
        return next(found, None)

    def leaveEvent(self, _event: QEvent) -> None:
        """The pointer left: what it read goes."""
        if not self.hasFocus():
            self.read(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys come here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was read goes with the focus."""
        super().focusOutEvent(event)
        self.read(None)
        self.update()

    def paint_above(self, p: QPainter, prepared: Prepared) -> None:
        """Focus ring, what is read, and what is said of it."""
        look = self.easel.look
        if self.hasFocus():
            paint.box(p, look, QRectF(self.rect()), None, "accent", 4, 2)
        said = self.reading
        if said is None:
            return
        places = [place for place in prepared.places if place.ref in said.refs]
        if not places:
            return
        p.save()
        p.translate(self.origin)
        if self._guide:
            x = round(places[0].centre.x()) + 0.5
            p.setPen(QPen(look.colour("accent"), 1))
            p.drawLine(QPointF(x, 0), QPointF(x, prepared.height))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(QPen(look.colour("accent"), 2))
        for place in places:
            p.drawPath(place.path)
        p.restore()
        self._paint_said(p, said, places[0].centre + self.origin)

    def _paint_said(self, p: QPainter, said: Reading, by: QPointF) -> None:
        """The box of the read-out, beside what is read and never outside."""
        look = self.easel.look
        line, pad, aside = look.px(17), look.px(10), look.px(14)
        title = look.width(said.title, "caption", MEDIUM)
        wide = max([title, *(look.width(t, "caption") for t in said.lines)])
        room = QRectF(
            0, 0, wide + 2 * pad + 2, line * (1 + len(said.lines)) + look.px(8)
        )
        left = by.x() + aside
        if left + room.width() > self.width() - 2:
            left = by.x() - aside - room.width()
        left = max(2.0, min(left, self.width() - room.width() - 2))
        top = max(2.0, min(by.y() + aside / 2, self.height() - room.height() - 2))
        room.moveTo(round(left), round(top))
        paint.box(p, look, room, "raised", "border_strong", 4)
        place = QRectF(room.x() + pad, room.y() + look.px(4), wide + 2, line)
        paint.text(p, look, place, said.title, "text1", "caption", MEDIUM)
        for words in said.lines:
            place.translate(0, line)
            paint.text(p, look, place, words, "text2", "caption")


class Figure(QStackedWidget):
    """A chart, and in its place the table with the same numbers, made when asked."""

    def __init__(self, chart: Chart, numbers: Callable[[], QWidget]) -> None:
        super().__init__()
        self.chart, self._make = chart, numbers
        self._numbers: QWidget | None = None
        self.addWidget(chart)
        self.setSizePolicy(chart.sizePolicy())

    @property
    def as_table(self) -> bool:
        """The numbers are shown."""
        return self.currentWidget() is not self.chart

    @property
    def numbers(self) -> QWidget:
        """The table."""
        if self._numbers is None:
            self._numbers = self._make()
            # Hidden it asks for no room; shown it takes that of the chart.
            ignored = QSizePolicy.Policy.Ignored
            self._numbers.setSizePolicy(ignored, ignored)
            self.addWidget(self._numbers)
        return self._numbers

    def show_numbers(self, numbers: Callable[[], QWidget]) -> None:
        """Other numbers, of another figure in the same chart."""
        self._make, old = numbers, self._numbers
        if old is not None:
            shown, self._numbers = self.as_table, None
            self.switch(shown)
            self.removeWidget(old)
            old.deleteLater()

    def switch(self, to_table: bool) -> None:
        """Show the table, or the chart; the focus stays in the figure."""
        focus = self.window().focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        shown = self.numbers if to_table else self.chart
        if self._numbers is not None:
            self._numbers.setMinimumHeight(_ROOM if to_table else 0)
        self.setCurrentWidget(shown)
        if inside:
            shown.setFocus()


def listen_for_tables(page: QWidget) -> None:
    """Ctrl+T switches the figure that has the focus; without one, all of the page."""

    def switch() -> None:
        shown = [f for f in page.findChildren(Figure) if f.isVisibleTo(page)]
        focus = page.window().focusWidget()
        chosen = [f for f in shown if focus is not None and f.isAncestorOf(focus)]
        for figure in chosen or shown:
            figure.switch(not figure.as_table)

    key = QShortcut(QKeySequence("Ctrl+T"), page)
    key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    key.activated.connect(switch)
