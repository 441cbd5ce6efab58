"""The one table of the program: hairlines, no stripes, a calm head, one delegate."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from registry_app.ui import paint
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.rows_model import COLUMN, ROW, Column, RowsModel

#: Room left and right of the words of a cell.
_PAD = 12
#: The least width of a column without one of its own, of one line or of two.
_FREE, _TWO_LINES = 110, 190


class RowDelegate(QStyledItemDelegate):
    """Draws a cell as its `Column` says."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Ground, accent edge of the selected row, words, hairline."""
        look, rect = self._look, QRectF(option.rect)
        column: Column = index.data(COLUMN)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.box(painter, look, rect, "accent_weak")
            if index.column() == 0:
                edge = QRectF(rect.left(), rect.top(), 3, rect.height() - 1)
                paint.box(painter, look, edge, "accent")
        inner = rect.adjusted(_PAD, 0, -_PAD, -1)
        row, words = index.data(ROW), index.data() or ""
        if column.look == "chip" and row is not None:
            self._chip(painter, inner, column, row, words)
        else:
            self._words(painter, inner, column, row, words)
        line = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        paint.box(painter, look, line, "border")
        painter.restore()

    def _chip(
        self, p: QPainter, inner: QRectF, column: Column, row: Any, words: str
    ) -> None:
        """A chip if there is a status to show, else quiet words."""
        look = self._look
        status = column.status(row) if column.status else ""
        if not status:
            paint.text(p, look, inner, words, "text2")
        elif words:
            top = inner.center().y() - look.size("chip") / 2
            paint.chip(p, look, QPointF(inner.left(), top), status, words)

    def _words(
        self, p: QPainter, inner: QRectF, column: Column, row: Any, words: str
    ) -> None:
        look = self._look
        ink = "text3" if column.look == "quiet" else "text1"
        if column.ink is not None and row is not None:
            ink = column.ink(row) or ink
        weight = MEDIUM if column.look == "strong" else None
        side = paint.RIGHT if column.look == "figure" else paint.LEFT
        if column.under is not None and row is not None:
            high = look.px(18)
            upper = QRectF(inner.left(), inner.top() + look.px(2), inner.width(), high)
            paint.text(p, look, upper, words, ink, "body", weight, side)
            lower = upper.translated(0, high)
            paint.text(
                p, look, lower, column.under(row), "text2", "caption", None, side
            )
        else:
            paint.text(p, look, inner, words, ink, "body", weight, side)


class _Head(QHeaderView):
    """Titles in caption size; the arrow stands beside the word it sorts by."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._look = look
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(look.size("row_table_head"))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One title."""
        look, box = self._look, QRectF(rect)
        model = self.model()
        title = model.headerData(section, Qt.Orientation.Horizontal)
        paint.box(painter, look, box, "raised")
        line = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
        paint.box(painter, look, line, "border")
        column = model.columns[section] if isinstance(model, RowsModel) else None
        figure = column is not None and column.look == "figure"
        sorted_ = section == self.sortIndicatorSection() and self.isSortIndicatorShown()
        inner = box.adjusted(_PAD, 0, -_PAD, -1)
        ink = "text1" if sorted_ else "text2"
        side = paint.RIGHT if figure else paint.LEFT
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        used = paint.text(
            painter, look, inner, title or "", ink, "caption", MEDIUM, side
        )
        if sorted_:
            self._arrow(painter, inner, used, figure)
        painter.restore()

    def _arrow(self, p: QPainter, inner: QRectF, used: float, figure: bool) -> None:
        side = self._look.px(10)
        left = inner.right() - used - side - 3 if figure else inner.left() + used + 3
        box = QRectF(left, inner.center().y() - side / 2, side, side)
        if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder:
            p.translate(box.center())  # the icon points down
            p.rotate(180)
            p.translate(-box.center())
        paint.icon(p, self._look, "down", box, "text1")


class Table(QTableView):
    """A list of rows; Enter or a double click opens the current one.

    `tall`: its rows have two lines.
    """

    opened = Signal(str)

    def __init__(
        self, look: Look, model: RowsModel, name: str, *, tall: bool = False
    ) -> None:
        super().__init__()
        self._look, self._rows = look, model
        self.setAccessibleName(name)
        self._delegate = RowDelegate(look)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(_Head(look, self))
        self.verticalHeader().hide()
        heights = self.verticalHeader()
        heights.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heights.setMinimumSectionSize(look.px(20))
        heights.setDefaultSectionSize(look.size("row_list" if tall else "row_table"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setModel(model)
        head = self.horizontalHeader()
        head.setSortIndicator(self._sorted_column(), Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        head.sortIndicatorChanged.connect(self._keep_sorted)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def _sorted_column(self) -> int:
        names = [column.sort for column in self._rows.columns]
        return names.index(self._rows.sort_name)

    def _keep_sorted(self, section: int) -> None:
        """A column that cannot be sorted does not take the arrow."""
        if not self._rows.columns[section].sort:
            head, order = self.horizontalHeader(), Qt.SortOrder
            way = (
                order.DescendingOrder if self._rows.descending else order.AscendingOrder
            )
            head.setSortIndicator(self._sorted_column(), way)

    @property
    def chosen(self) -> str:
        """The ID of the row that is chosen, or "" for none."""
        return self._rows.id_at(self.currentIndex().row())

    def _open(self, row: int) -> None:
        if id_ := self._rows.id_at(row):
            self.opened.emit(id_)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Home and End go to the first and the last row."""
        key, last = event.key(), self._rows.rowCount() - 1
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and last >= 0:
            self.selectRow(0 if key == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What the columns leave over goes to those without a width of their own."""
        super().resizeEvent(event)
        look, columns = self._look, self._rows.columns
        least = [
            look.px(column.width or (_TWO_LINES if column.under else _FREE))
            for column in columns
        ]
        room, over = self.viewport().width(), sum(least)
        for i in reversed(range(len(columns))):
            out = columns[i].spare and over > room
            self.setColumnHidden(i, out)
            if out:
                over -= least[i]
        shown = [i for i in range(len(columns)) if not self.isColumnHidden(i)]
        free = [i for i in shown if not columns[i].width]
        for i in shown:
            more = max(room - over, 0) // len(free) if i in free else 0
            self.setColumnWidth(i, least[i] + more)


def plain_table(
    look: Look,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[object],
    *,
    tall: bool = False,
) -> Table:
    """A table of values that are all there, in the order given."""
    model = RowsModel(
        columns,
        lambda _sort, _descending: [str(n) for n in range(len(rows))],
        lambda ids: [rows[int(n)] for n in ids],
        sort="",
    )
    table = Table(look, model, name, tall=tall)
    table.setSortingEnabled(False)
    table.horizontalHeader().setSortIndicatorShown(False)
    model.reload()
    return table
