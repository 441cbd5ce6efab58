"""The kinds of report that the pack asks for: whose they are, when the next is due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from registry_app.domain.plan.duty import Standing
from registry_app.domain.report import Kind
from registry_app.services.report_kinds import Wanted
from registry_app.ui import paint
from registry_app.ui.duty_words import SHAPES, days_ink, owner_said, standing_said
from registry_app.ui.look import MEDIUM, Look
from registry_app.words import Words

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NONE = QModelIndex()


def due_said(words: Words, one: Wanted) -> tuple[str, str]:
    """How the next duty of a report stands, and its day; ("as needed", "") of none."""
    if one.due is None:
        return words("reports_page.as-needed"), ""
    last = one.due.last_day
    if last is None:
        return words("ledger_page.no-day"), ""
    return standing_said(words, one.due.standing(one.on)), last.isoformat()


class KindsModel(QAbstractListModel):
    """A row a kind, in the order of the pack."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.rows: tuple[Wanted, ...] = ()

    def show(self, rows: Sequence[Wanted]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many kinds there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """The words of a row; the row itself as user data."""
        if not index.isValid():
            return None
        one, words = self.rows[index.row()], self._words
        if role == _ROLE.UserRole:
            return one
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return words.say(one.name)
        if role == _ROLE.AccessibleTextRole:
            parts = [
                one.kind.letters,
                words.say(one.name),
                owner_said(words, one.owner),
            ]
            parts += due_said(words, one)
            if one.to_confirm:
                parts.append(words("ledger_page.to-confirm"))
            return ", ".join(part for part in parts if part)
        return None


class _Rows(QStyledItemDelegate):
    """Number and name; under it the owner, and the next day with its shape."""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._words, self._look = words, look

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Three lines."""
        return QSize(0, self._look.px(53))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """One kind."""
        look, words, rect = self._look, self._words, QRectF(option.rect)
        one: Wanted = index.data(_ROLE.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.box(painter, look, rect, "accent_weak")
            edge = QRectF(rect.left(), rect.top(), 3, rect.height() - 1)
            paint.box(painter, look, edge, "accent")
            if option.state & QStyle.StateFlag.State_HasFocus:
                ring = rect.adjusted(1, 1, -1, -2)
                paint.box(painter, look, ring, None, "accent", 3, 2)
        px, left = look.px, rect.left() + look.px(14)
        line = QRectF(left, rect.top() + px(3), px(32), px(18))
        paint.text(painter, look, line, one.kind.letters, "text2", "body", MEDIUM)
        line.setLeft(left + px(34))
        line.setRight(rect.right() - px(10))
        paint.text(painter, look, line, words.say(one.name), "text1", "body", MEDIUM)
        if one.to_confirm:
            said = words("ledger_page.to-confirm")
            wide = paint.chip_width(look, "due", said)
            chip = QPointF(line.right() - wide, rect.top() + px(26))
            paint.chip(painter, look, chip, "due", said)
            line.setRight(chip.x() - px(6))
        line.setHeight(px(15))
        line.moveTop(rect.top() + px(21))
        owner = owner_said(words, one.owner)
        paint.text(painter, look, line, owner, "text2", "caption")
        line.moveTop(rect.top() + px(35))
        self._due(painter, line, one)
        below = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        paint.box(painter, look, below, "border")
        painter.restore()

    def _due(self, painter: QPainter, line: QRectF, one: Wanted) -> None:
        look = self._look
        said, day = due_said(self._words, one)
        if one.due is None:
            paint.text(painter, look, line, said, "text3", "caption")
            return
        ink = days_ink(one.due, one.on)
        standing = one.due.standing(one.on)
        if standing is not Standing.WAITING:
            middle = QPointF(line.left() + look.px(5), line.center().y())
            paint.glyph(painter, look, SHAPES[standing], middle, look.px(4.5))
            line = line.adjusted(look.px(15), 0, 0, 0)
        both = f"{said} {day}".rstrip()
        paint.text(painter, look, line, both, ink, "caption", MEDIUM)


class KindsList(QListView):
    """chosen(): another kind. entered(): Enter or a double click on it."""

    chosen = Signal()
    entered = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self.kinds = KindsModel(words)
        self.setModel(self.kinds)
        self.setAccessibleName(words("reports_page.kinds"))
        self._rows = _Rows(words, look)
        self.setItemDelegate(self._rows)
        self.setProperty("kind", "work")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(
            lambda _now, _old: self.chosen.emit()
        )
        self.activated.connect(lambda _index: self.entered.emit())

    @property
    def current(self) -> Wanted | None:
        """The chosen kind."""
        row = self.currentIndex().row()
        return self.kinds.rows[row] if 0 <= row < len(self.kinds.rows) else None

    def show_kinds(self, rows: Sequence[Wanted]) -> None:
        """Other rows; the chosen kind stays chosen."""
        before = self.current
        self.kinds.show(rows)
        kinds = [one.kind for one in rows]
        at = kinds.index(before.kind) if before and before.kind in kinds else 0
        self.setCurrentIndex(self.kinds.index(at, 0))

    def choose(self, kind: Kind) -> None:
        """Choose a kind, if it is asked for."""
        kinds = [one.kind for one in self.kinds.rows]
        if kind in kinds:
            self.setCurrentIndex(self.kinds.index(kinds.index(kind), 0))
