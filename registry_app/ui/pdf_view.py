"""One page of a PDF at a time, drawn in another thread, with numbers to press.

Page Up and Page Down turn the pages (of a page that is larger than the window they
scroll first), Home and End go to the first and the last one, + and - make it larger and
smaller, 0 fits its width. Left and Right go from number to number, Up and Down to the
nearest one above and below; Enter opens what stands behind it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from registry_app.drawing.palette import PAPER
from registry_app.ui import paint
from registry_app.ui.background import Task
from registry_app.ui.look import Look
from registry_app.ui.pdf_pages import PdfPages
from registry_app.words import Words

#: Zoom steps, in hundredths; 0 fits the width, 1 the whole page.
ZOOMS: Final = (0, 1, 75, 100, 125, 150, 200)
FIT_WIDTH, FIT_PAGE = 0, 1
#: Pixels to a point at 100 %.
_POINT = 96 / 72
_HAND = Qt.CursorShape.PointingHandCursor
_KEPT = 8
_AROUND = 14


@dataclass(frozen=True, slots=True)
class Spot:
    """A number on a page (from 0), in points from its top left, and what it says."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    label: str

    @property
    def middle(self) -> QPointF:
        """Where it stands."""
        return QPointF((self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2)


class _Paper(QWidget):
    """The sheet on its ground; `view` says what is to be seen."""

    def __init__(self, view: PdfView) -> None:
        super().__init__()
        self._view = view
        self.setMouseTracking(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper, page, the frames of the numbers."""
        view, look = self._view, self._view.look
        with paint.painter(self) as p:
            paint.box(p, look, QRectF(self.rect()), "sunken")
            sheet = view.sheet()
            if sheet.isEmpty():
                return
            p.fillRect(sheet, QColor(PAPER.ground))  # also in the dark
            if (seen := view.picture()) is not None:
                p.drawImage(sheet, seen)
            keys = view.hasFocus() and view.current < 0
            edge = "accent" if keys else "border_strong"
            paint.box(p, look, sheet, None, edge, 0, 2 if keys else 1)
            for n in view.on_page():
                box = view.box_of(n)
                if n == view.current and view.hasFocus():
                    p.setPen(QPen(look.colour("accent"), 2))
                elif n in (view.current, view.hovered):
                    p.setPen(QPen(look.colour("accent"), 1))
                else:
                    continue
                p.drawRoundedRect(box, 3, 3)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The number under the pointer is framed."""
        self._view.point_at(event.position())

    def leaveEvent(self, _event: QEvent) -> None:
        """None is."""
        self._view.point_at(QPointF(-1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A number that is pressed opens; elsewhere the page takes the keys."""
        self._view.setFocus()
        if event.button() == Qt.MouseButton.LeftButton:
            self._view.press_at(event.position())


class PdfView(QScrollArea):
    """opened(n): what stands behind spot `n`. turned(page, pages): another page.

    gone(n): another number has the frame. zoomed(zoom): by a key.
    """

    opened = Signal(int)
    turned = Signal(int, int)
    gone = Signal(int)
    zoomed = Signal(int)

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._words, self.look = words, look
        self._pages: PdfPages | None = None
        self._spots: tuple[Spot, ...] = ()
        self._seen: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._asked: set[tuple[int, int]] = set()
        self.page, self.zoom = 0, FIT_WIDTH
        self.current = self.hovered = -1
        self._paper = _Paper(self)
        self.setWidget(self._paper)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words("reports_page.preview"))

    # ── what is shown ────────────────────────────────────────────────────────────

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return 0 if self._pages is None else len(self._pages.sizes)

    def show_pages(self, pages: PdfPages | None, spots: Sequence[Spot] = ()) -> None:
        """Another paper; the page stays the same where it is there."""
        self._pages = pages
        self._seen.clear()
        self._asked.clear()
        self.page = min(self.page, max(self.pages - 1, 0))
        self.show_spots(spots)
        self._fit()
        self._tell()

    def show_spots(self, spots: Sequence[Spot]) -> None:
        """The numbers of the paper that is shown: they can be pressed from now on."""
        self._spots = tuple(spots)
        self.current = self.hovered = -1
        self._paper.update()

    def _tell(self) -> None:
        said = ""
        if self.pages:
            told = {"page": self.page + 1, "pages": self.pages}
            said = self._words("reports_page.page-said", **told)
        self.setAccessibleDescription(said)
        self.turned.emit(self.page, self.pages)

    def turn_to(self, page: int) -> None:
        """Show a page, from its top."""
        page = min(max(page, 0), self.pages - 1)
        if page < 0 or page == self.page:
            return
        self.page, self.hovered = page, -1
        if self.current >= 0 and self._spots[self.current].page != page:
            self.current = -1
        self._fit()
        self.verticalScrollBar().setValue(0)
        self._tell()

    def show_zoom(self, zoom: int) -> None:
        """One of `ZOOMS`."""
        self.zoom = zoom
        self._fit()

    # ── measures ─────────────────────────────────────────────────────────────────

    def _scale(self) -> float:
        """Pixels of the window to a point."""
        if self._pages is None:
            return 1.0
        wide, high = self._pages.sizes[self.page]
        room = self.contentsRect().adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND)
        if self.zoom in (FIT_WIDTH, FIT_PAGE):
            # The scroll bar has its room from the start, or the page would jump.
            fit: float = (room.width() - 12) / wide
            if self.zoom == FIT_PAGE:
                fit = min(fit, room.height() / high)
            return max(fit, 0.1)
        return self.zoom / 100 * _POINT

    def sheet(self) -> QRectF:
        """Where the page lies on its ground."""
        if self._pages is None:
            return QRectF()
        wide, high = self._pages.sizes[self.page]
        scale = self._scale()
        left = max((self._paper.width() - wide * scale) / 2, _AROUND)
        return QRectF(left, _AROUND, wide * scale, high * scale)

    def box_of(self, n: int) -> QRectF:
        """Where a number stands, with a little room around it."""
        spot, scale, sheet = self._spots[n], self._scale(), self.sheet()
        box = QRectF(
            sheet.left() + spot.x0 * scale,
            sheet.top() + spot.y0 * scale,
            (spot.x1 - spot.x0) * scale,
            (spot.y1 - spot.y0) * scale,
        )
        return box.adjusted(-3, -2, 3, 2)

    def on_page(self) -> list[int]:
        """The numbers of this page."""
        return [n for n, spot in enumerate(self._spots) if spot.page == self.page]

    def spot(self, n: int) -> Spot:
        """A number."""
        return self._spots[n]

    def _fit(self) -> None:
        room = self.viewport().size()
        if self._pages is None:
            self._paper.resize(room)
        else:
            wide, high = self._pages.sizes[self.page]
            scale = self._scale()
            asked = QSize(
                round(wide * scale) + 2 * _AROUND, round(high * scale) + 2 * _AROUND
            )
            self._paper.resize(asked.expandedTo(room))
        self._paper.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page fits the new width."""
        super().resizeEvent(event)
        self._fit()

    # ── pictures ─────────────────────────────────────────────────────────────────

    def picture(self) -> QImage | None:
        """The page as drawn; one of another size until the right one has come."""
        dots = max(round(self._scale() * self.devicePixelRatioF() * 1000), 1)
        wanted = (self.page, dots)
        self._ask(wanted)
        if wanted in self._seen:
            self._seen.move_to_end(wanted)
            if self.page + 1 < self.pages:
                self._ask((self.page + 1, dots))  # the one that is asked for next
            return self._seen[wanted]
        older = [key for key in self._seen if key[0] == self.page]
        return self._seen[older[-1]] if older else None

    def _ask(self, wanted: tuple[int, int]) -> None:
        pages = self._pages
        if pages is None or wanted in self._seen or wanted in self._asked:
            return
        self._asked.add(wanted)
        task = Task(self, lambda: pages.on_screen(wanted[0], wanted[1] / 1000))
        task.done.connect(lambda picture: self._came(pages, wanted, picture))
        task.done.connect(task.deleteLater)
        task.start()

    def _came(self, pages: PdfPages, wanted: tuple[int, int], picture: QImage) -> None:
        if pages is not self._pages:
            return
        self._asked.discard(wanted)
        self._seen[wanted] = picture
        if len(self._seen) > _KEPT:
            self._seen.popitem(last=False)
        self._paper.update()

    # ── numbers ──────────────────────────────────────────────────────────────────

    def _at(self, place: QPointF) -> int:
        return next((n for n in self.on_page() if self.box_of(n).contains(place)), -1)

    def point_at(self, place: QPointF) -> None:
        """The pointer is there."""
        found = self._at(place)
        self._paper.setCursor(_HAND if found >= 0 else Qt.CursorShape.ArrowCursor)
        if found != self.hovered:
            self.hovered = found
            self._paper.update()

    def press_at(self, place: QPointF) -> None:
        """The pointer has pressed there."""
        found = self._at(place)
        if found >= 0:
            self.go_to(found)
            self.opened.emit(found)

    def go_to(self, n: int) -> None:
        """Frame a number, and say it."""
        spot = self._spots[n]
        self.turn_to(spot.page)
        self.current = n
        middle = self.box_of(n).center().toPoint()
        self.ensureVisible(middle.x(), middle.y(), 60, 60)
        self._paper.update()
        self.gone.emit(n)
        if QAccessible.isActive():
            said = self._words("reports_page.number-said", label=spot.label)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _beside(self, step: int) -> None:
        """The next number, or the one before, on this page or another."""
        if not self._spots:
            return
        if self.current >= 0:
            n = self.current + step
        else:
            pages = [spot.page for spot in self._spots]
            after = next(
                (n for n, page in enumerate(pages) if page >= self.page), len(pages)
            )
            n = after if step > 0 else after - 1
        if 0 <= n < len(self._spots):
            self.go_to(n)

    def _above(self, way: int) -> None:
        """The nearest number above or below; without one the page scrolls."""
        if self.current >= 0:
            here = self._spots[self.current].middle
            near = [
                (abs(there.y() - here.y()), abs(there.x() - here.x()), n)
                for n in self.on_page()
                if (there := self._spots[n].middle) and (there.y() - here.y()) * way > 4
            ]
            if near:
                least = min(near)[0]
                row = [one for one in near if one[0] <= least + 4]
                self.go_to(min(row, key=lambda one: one[1])[2])
                return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + way * self.look.px(60))

    # ── keys ─────────────────────────────────────────────────────────────────────

    def _scroll_or_turn(self, way: int) -> None:
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + way * bar.pageStep() * 9 // 10)
        if bar.value() == before and 0 <= self.page + way < self.pages:
            self.turn_to(self.page + way)
            bar.setValue(bar.minimum() if way > 0 else bar.maximum())

    def _zoom_by(self, step: int) -> None:
        now = self._scale() / _POINT * 100
        steps = [zoom for zoom in ZOOMS if zoom > FIT_PAGE]
        if step > 0:
            zoom = next((one for one in steps if one > now + 1), steps[-1])
        else:
            zoom = next((one for one in reversed(steps) if one < now - 1), steps[0])
        self.show_zoom(zoom)
        self.zoomed.emit(zoom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As the module says."""
        keys = Qt.Key
        do = {
            keys.Key_PageDown: lambda: self._scroll_or_turn(1),
            keys.Key_PageUp: lambda: self._scroll_or_turn(-1),
            keys.Key_Home: lambda: self.turn_to(0),
            keys.Key_End: lambda: self.turn_to(self.pages - 1),
            keys.Key_Right: lambda: self._beside(1),
            keys.Key_Left: lambda: self._beside(-1),
            keys.Key_Down: lambda: self._above(1),
            keys.Key_Up: lambda: self._above(-1),
            keys.Key_Plus: lambda: self._zoom_by(1),
            keys.Key_Minus: lambda: self._zoom_by(-1),
        }.get(Qt.Key(event.key()))
        if do is not None:
            do()
        elif event.key() == keys.Key_0:
            self.show_zoom(FIT_WIDTH)
            self.zoomed.emit(FIT_WIDTH)
        elif event.key() in (keys.Key_Return, keys.Key_Enter) and self.current >= 0:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame is thinner."""
        super().focusOutEvent(event)
        self._paper.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame of the number is seen."""
        super().focusInEvent(event)
        self._paper.update()
