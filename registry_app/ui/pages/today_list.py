"""The work list: what needs a person, in groups, one two-line row each.

Up and Down go from row to row, Enter presses the button of the row; the pointer presses
it too. Rows are painted, not built, so that a full list costs as little as a short one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from registry_app.ui import paint
from registry_app.ui.look import MEDIUM, Look

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NONE = QModelIndex()
#: Below this width the chips stand in a third line.
_WIDE = 700


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `to`: what its button opens, as its list understands it.

    `status`: a shape of ui/paint.py. `spoken`: all of it, for a screen reader.
    """

    status: str
    what: str
    who: str
    act: str
    to: str
    day: str = ""
    left: str = ""
    ink: str = "text2"
    owner: str = ""
    unsure: str = ""
    state: str = ""

    @property
    def spoken(self) -> str:
        """Everything that the row says."""
        parts = (self.state, self.what, self.who, self.day, self.left, self.owner)
        return ", ".join(p for p in (*parts, self.unsure, self.act) if p)


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a group, and how many rows it has in all."""

    title: str
    total: int


class EntriesModel(QAbstractListModel):
    """Headings and rows; only rows can be gone to."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Heading | Entry, ...] = ()

    def show(self, lines: Sequence[Heading | Entry]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:
        """Rows and headings."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        if index.isValid() and isinstance(self.lines[index.row()], Entry):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """The words of a row; the row itself as user data."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == _ROLE.UserRole:
            return line
        title = line.title if isinstance(line, Heading) else line.what
        if role == _ROLE.AccessibleTextRole and isinstance(line, Entry):
            return line.spoken
        if role == _ROLE.ToolTipRole and isinstance(line, Entry):
            return f"{line.what}\n{line.who}"
        return title if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole) else None


class _Rows(QStyledItemDelegate):
    """Paints headings and rows."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """44 px for a row, 34 for a heading, more where it is narrow."""
        look, line = self._look, index.data(_ROLE.UserRole)
        if isinstance(line, Heading):
            return QSize(0, look.px(34))
        return QSize(0, look.px(44 if self._wide(option.rect) else 64))

    def _wide(self, rect: QRect) -> bool:
        return rect.width() >= self._look.px(_WIDE)

    def button_rect(self, rect: QRect, entry: Entry) -> QRectF:
        """Where the button of a row stands."""
        look = self._look
        wide = max(look.px(72), look.width(entry.act, "caption", MEDIUM) + look.px(22))
        high = look.size("button_small")
        left = rect.right() - look.px(14) - wide
        return QRectF(left, rect.top() + (look.px(44) - high) / 2, wide, high)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """One heading or one row."""
        line = index.data(_ROLE.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Heading):
            self._heading(painter, QRectF(option.rect), line)
        elif isinstance(line, Entry):
            state = option.state
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            self._entry(painter, option.rect, line, chosen, focused)
        painter.restore()

    def _heading(self, p: QPainter, rect: QRectF, heading: Heading) -> None:
        look = self._look
        room = rect.adjusted(look.px(14), look.px(4), -look.px(14), 0)
        used = paint.text(p, look, room, heading.title, "text2", "caption", MEDIUM)
        room.setLeft(room.left() + used + look.px(8))
        paint.text(p, look, room, f"{heading.total}", "text3", "caption", MEDIUM)
        self._line(p, rect, 0)

    def _line(self, p: QPainter, rect: QRectF, left: float) -> None:
        line = QRectF(left, rect.bottom() - 1, rect.right() - left, 1)
        paint.box(p, self._look, line, "border")

    def _entry(
        self, p: QPainter, rect: QRect, entry: Entry, chosen: bool, focused: bool
    ) -> None:
        look, box = self._look, QRectF(rect)
        if chosen:
            paint.box(p, look, box.adjusted(0, 0, 0, -1), "accent_weak")
            edge = QRectF(box.left(), box.top(), 3, box.height() - 1)
            paint.box(p, look, edge, "accent")
        self._line(p, box, look.px(42))
        high = look.px(44)
        middle = QPointF(box.left() + look.px(22), box.top() + high / 2)
        paint.glyph(p, look, entry.status, middle, look.px(6))
        place = self.button_rect(rect, entry)
        days = self._days(p, box, entry, place.left())
        left = box.left() + look.px(42)
        room = QRectF(left, box.top() + look.px(3), days - left, look.px(20))
        paint.text(p, look, room, entry.what, "text1", "body", MEDIUM)
        under = room.translated(0, look.px(19))
        paint.text(p, look, under, entry.who, "text2", "caption")
        ground, line, ink = ("surface", "border_strong", "text1")
        if chosen:
            ground, line, ink = ("accent", "accent", "on_accent")
        paint.box(p, look, place, ground, line, 4)
        if focused:
            paint.box(p, look, place.adjusted(-3, -3, 3, 3), None, "accent", 6, 2)
        paint.text(p, look, place, entry.act, ink, "caption", MEDIUM, paint.CENTRE)

    def _days(self, p: QPainter, box: QRectF, entry: Entry, button: float) -> float:
        """Day, days left and chips, before the buttons; give where they begin."""
        look, top = self._look, box.top()
        high, gap = look.px(44), look.px(12)
        wide = box.width() >= look.px(_WIDE)
        chips = look.px(190) if wide else 0
        right = box.right() - look.px(14 + 96)
        start = min(right, button - gap) - chips - look.px(196)
        if entry.day:
            day = QRectF(start, top, look.px(76), high)
            paint.text(p, look, day, entry.day, "text1", "body", None, paint.RIGHT)
        left = QRectF(start + look.px(88), top, look.px(108), high)
        paint.text(p, look, left, entry.left, entry.ink, "body", MEDIUM)
        x, y = start + look.px(200), top + (high - look.size("chip")) / 2
        if not wide:
            x, y = box.left() + look.px(42), top + look.px(41)
        for status, said in (("", entry.owner), ("due", entry.unsure)):
            if said:
                x += paint.chip(p, look, QPointF(x, y), status, said) + look.px(6)
        return start if entry.left or entry.day else button - gap


class WorkList(QListView):
    """acted(to): the button of a row was pressed."""

    acted = Signal(str)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._rows = _Rows(look)
        self.entries = EntriesModel()
        self.setModel(self.entries)
        self.setItemDelegate(self._rows)
        self.setAccessibleName(name)
        self.setProperty("kind", "work")
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(lambda index: self._act(index.row()))

    def show_lines(self, lines: Sequence[Heading | Entry]) -> None:
        """Other rows; the chosen one stays chosen, or the first one is."""
        index = self.currentIndex()
        there = self.entries.lines
        before = there[index.row()] if 0 <= index.row() < len(there) else None
        kept = before.to if isinstance(before, Entry) else ""
        self.entries.show(lines)
        rows = [n for n, line in enumerate(lines) if isinstance(line, Entry)]
        again = (n for n in rows if getattr(lines[n], "to", "") == kept and kept)
        if rows:
            self.setCurrentIndex(self.entries.index(next(again, rows[0])))

    def content_height(self) -> int:
        """How high all rows are together at this width."""
        option = QStyleOptionViewItem()
        option.rect = self.viewport().rect()
        model = self.entries
        heights = (
            self._rows.sizeHint(option, model.index(row)).height()
            for row in range(model.rowCount())
        )
        return sum(heights) + 2

    def _act(self, row: int) -> None:
        if 0 <= row < len(self.entries.lines):
            line = self.entries.lines[row]
            if isinstance(line, Entry):
                self.acted.emit(line.to)

    def _button_at(self, at: QPointF) -> int:
        """The row whose button is there, or -1."""
        index = self.indexAt(at.toPoint())
        line = index.data(_ROLE.UserRole)
        if not isinstance(line, Entry):
            return -1
        place = self._rows.button_rect(self.visualRect(index), line)
        return index.row() if place.contains(at) else -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space presses the button of the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._act(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over a button."""
        over = self._button_at(event.position()) >= 0
        shape = (
            Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        )
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a button presses it."""
        super().mouseReleaseEvent(event)
        self._act(self._button_at(event.position()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height of the rows."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
