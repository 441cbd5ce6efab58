"""Paints the sheet: names, scores, earlier values, sums, legend and foot."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPalette, QRegion
from PySide6.QtWidgets import QWidget

from registry_app.domain.isncsci.result import Interval
from registry_app.domain.isncsci.segments import (
    DERMATOMES,
    KEY_MUSCLES,
    NON_KEY_ITEMS,
    Modality,
    Side,
    score_item,
    segments_of,
)
from registry_app.domain.visit import How
from registry_app.domain.worksheet.entry import ANAL_ITEMS, COLUMNS, place_of, shown
from registry_app.ui import paint
from registry_app.ui.isncsci.cells import Cells, Face
from registry_app.ui.isncsci.editor import Editor
from registry_app.ui.isncsci.layout import GAP, GROUPS, HEAD, SUMS, Layout
from registry_app.ui.isncsci.terms import answer_name, level_name
from registry_app.ui.look import MEDIUM, REGULAR, Look
from registry_app.words import Words

#: The total under each column.
_SUM_OF = {
    (Side.RIGHT, Modality.MOTOR): "motor_right",
    (Side.RIGHT, Modality.LIGHT_TOUCH): "ltr",
    (Side.RIGHT, Modality.PIN_PRICK): "ppr",
    (Side.LEFT, Modality.LIGHT_TOUCH): "ltl",
    (Side.LEFT, Modality.PIN_PRICK): "ppl",
    (Side.LEFT, Modality.MOTOR): "motor_left",
}
#: The legend of the cells: what is painted, and its word.
_LEGEND = (
    (Face("1"), "worksheet.cell-examined"),
    (Face("0", filled=True), "worksheet.cell-filled"),
    (Face("NT"), "worksheet.cell-nt"),
    (Face("0*"), "worksheet.cell-star"),
    (Face(""), "worksheet.cell-open"),
    (Face("2", doubt=True), "worksheet.cell-doubt"),
)
#: On a sheet of which something was compared with its source: whether that holds.
_CHECKS = (
    (True, "worksheet.cell-checked"),
    (False, "worksheet.cell-checked-before"),
)


def interval_text(total: Interval) -> str:
    """A sum, or the range it lies in."""
    return str(total.low) if total.certain else f"{total.low}–{total.high}"


def _in(part: QRegion, box: QRectF) -> bool:
    """Whether any of a box is to be painted."""
    return part.intersects(box.toAlignedRect())


class SheetPaint:
    """Paints an editor's sheet; `sums` and `doubts` are what was worked out of it."""

    def __init__(self, editor: Editor, words: Words, look: Look, cells: Cells) -> None:
        self._editor, self._words, self._look = editor, words, look
        self._cells = cells
        self.sums: dict[str, Interval] = {}
        self.doubts: frozenset[str] = frozenset()
        #: What was compared with its source, and whether that holds.
        self.marks: dict[str, bool] = {}
        self._unanswered: frozenset[str] = frozenset()
        self._keys = False

    def around(self, layout: Layout, item: str) -> Iterator[QRectF]:
        """What shows that an item is the current one: cell, level name, column head."""
        yield layout.cell(item)
        if item in ANAL_ITEMS or item in NON_KEY_ITEMS:
            return
        side, modality, segment = place_of(item)
        yield layout.level(side, DERMATOMES.index(segment))
        yield self._head(layout, side, modality)

    def draw(self, widget: QWidget, layout: Layout, part: QRegion) -> None:
        """Paint a part of the sheet: after a key press two cells and their names."""
        look, whole = self._look, QRectF(widget.rect())
        self._unanswered = frozenset(self._editor.form.unanswered)
        self._keys = widget.hasFocus()
        with paint.painter(widget) as p:
            p.fillRect(whole, widget.palette().color(QPalette.ColorRole.Window))
            paint.box(p, look, whole, "surface", "border", 6)
            rows = layout.rows_box
            if _in(part, rows):
                p.save()
                p.setClipRect(rows.adjusted(0, -3, 0, 2))
                for side in Side:
                    self._rows(p, layout, side, part)
                p.restore()
            if _in(part, QRectF(0, 0, layout.width, rows.top())):
                self._heads(p, layout, part)
            if _in(part, QRectF(0, rows.bottom(), layout.width, layout.height)):
                self._sums(p, layout)
                self._foot(p, layout, part)
            legend = layout.flank(Side.RIGHT)
            if _in(part, legend) and not layout.hidden:
                self._legend(p, legend)

    # ── head and rows ────────────────────────────────────────────────────────────

    def _head(self, layout: Layout, side: Side, modality: Modality) -> QRectF:
        s = layout.scale
        x, wide = layout.x[side][modality], layout.m.cell * s
        return QRectF(x - 7 * s, (HEAD - 17) * s, wide + 14 * s, 16 * s)

    def _heads(self, p: QPainter, layout: Layout, part: QRegion) -> None:
        look, s = self._look, layout.scale
        for side, align in ((Side.RIGHT, paint.LEFT), (Side.LEFT, paint.RIGHT)):
            x, wide = layout.x[side]["muscle"], layout.m.muscle * s
            box = QRectF(x, 4 * s, wide, 28 * s)
            name = self._words(f"worksheet.head-{side}")
            paint.text(p, look, box, name, "text1", "title", MEDIUM, align)
        here = self._here()[:2]
        for side, modality in COLUMNS:
            ink = "accent" if (side, modality) == here else "text2"
            name = self._words(f"worksheet.column-{modality}")
            box = self._head(layout, side, modality)
            if _in(part, box):
                paint.text(p, look, box, name, ink, "caption", MEDIUM, paint.CENTRE)

    def _here(self) -> tuple[str, str, str]:
        item = self._editor.current
        if item in ANAL_ITEMS or item in NON_KEY_ITEMS:
            return "", "", ""
        return place_of(item)

    def _rows(self, p: QPainter, layout: Layout, side: Side, part: QRegion) -> None:
        left = min(layout.x[side].values())
        wide = layout.m.side * layout.scale
        here_side, _, here_segment = self._here()
        for index, segment in enumerate(DERMATOMES):
            y = layout.row_y(index)
            if not _in(part, QRectF(left - 4, y - 4, wide + 8, layout.row + 8)):
                continue
            if index in GROUPS:
                line = QRectF(left, y - GAP * layout.scale / 2 - 0.5, wide, 1)
                p.fillRect(line, self._look.colour("border"))
            if _in(part, layout.level(side, index)):
                now = (side, segment) == (here_side, here_segment)
                self._level(p, layout, side, index, now)
            if segment in KEY_MUSCLES and _in(part, layout.muscle(side, index)):
                self._muscle(p, layout, side, index)
            for modality in Modality:
                if segment in segments_of(modality):
                    cell = layout.score(side, modality, index)
                    if _in(part, cell.adjusted(-4, -4, layout.m.previous, 4)):
                        item = score_item(side, modality, segment)
                        self._score(p, layout, cell, item)

    def _level(
        self, p: QPainter, layout: Layout, side: Side, index: int, now: bool
    ) -> None:
        look, segment = self._look, DERMATOMES[index]
        box = layout.level(side, index)
        if now:
            paint.box(p, look, box.adjusted(3, 0, -3, -1), "accent_weak", None, 2)
        key = segment in KEY_MUSCLES
        weight = MEDIUM if key or now else REGULAR
        ink, name = "accent" if now else "text1", level_name(segment)
        level = box.adjusted(0, -0.5, 0, -0.5)
        paint.text(p, look, level, name, ink, "body", weight, paint.CENTRE)

    def _muscle(self, p: QPainter, layout: Layout, side: Side, index: int) -> None:
        box = layout.muscle(side, index).adjusted(0, -0.5, 0, -0.5)
        right = side is Side.RIGHT
        box.adjust(*((0, 0, -6, 0) if right else (2, 0, 0, 0)))
        name = self._words(f"worksheet.muscle-{DERMATOMES[index]}")
        align = paint.RIGHT if right else paint.LEFT
        paint.text(p, self._look, box, name, "text2", "caption", None, align)

    def _score(self, p: QPainter, layout: Layout, cell: QRectF, item: str) -> None:
        form = self._editor.form
        face = Face(
            shown(form.values.get(item, "")),
            "_M_" in item,
            form.how.get(item) is How.FILLED,
            item in self.doubts or item in self._unanswered,
            item == self._editor.current,
            item == self._editor.current and self._keys,
        )
        self._cells.draw(p, cell, face)
        self._mark(p, cell, item)
        before = shown(self._editor.previous.get(item, ""))
        if before:
            box = layout.previous(cell).adjusted(0, -0.5, 6, -0.5)
            paint.text(p, self._look, box, before, "text3", "caption")

    def _mark(self, p: QPainter, cell: QRectF, item: str) -> None:
        """A bar at the left edge of what was compared with its source.

        Whole and green while that holds; two dots where it was changed since.
        """
        holds = self.marks.get(item)
        if holds is not None:
            self._bar(p, cell, holds=holds)

    def _bar(self, p: QPainter, cell: QRectF, *, holds: bool) -> None:
        wide = self._look.px(3)
        bar = QRectF(cell.x() + 1, cell.y() + 1, wide, cell.height() - 2)
        if holds:
            p.fillRect(bar, self._look.colour("done"))
            return
        ink = self._look.colour("overdue")
        for y in (bar.top(), bar.bottom() - wide):
            p.fillRect(QRectF(bar.x(), y, wide, wide), ink)

    # ── sums, legend, foot ───────────────────────────────────────────────────────

    def _sums(self, p: QPainter, layout: Layout) -> None:
        look, y, s = self._look, layout.sums_y(), layout.scale
        for side in Side:
            left = min(layout.x[side].values())
            line = QRectF(left, y - 1, layout.m.side * s, 1)
            p.fillRect(line, look.colour("border_strong"))
            level = QRectF(layout.x[side]["level"], y, layout.m.level * s, SUMS * s)
            words = self._words("worksheet.sum")
            paint.text(p, look, level, words, "text3", "caption", None, paint.CENTRE)
        for (side, modality), total in _SUM_OF.items():
            if total not in self.sums:
                continue
            x, wide = layout.x[side][modality], layout.m.cell * s
            box = QRectF(x - 10 * s, y, wide + 20 * s, SUMS * s)
            words = interval_text(self.sums[total])
            paint.text(p, look, box, words, "text1", "body", MEDIUM, paint.CENTRE)

    def _legend(self, p: QPainter, room: QRectF) -> None:
        look = self._look
        title = QRectF(room.x(), room.y(), room.width(), look.px(18))
        words = self._words("worksheet.cells")
        paint.text(p, look, title, words, "text2", "caption", MEDIUM)
        checks = _CHECKS if self.marks else ()
        lines = len(_LEGEND) + len(checks)
        step = min(look.px(24), (room.height() - look.px(22)) / lines)
        y = room.y() + look.px(22)
        for face, key in _LEGEND:
            self._explain(p, room, y, face, key)
            y += step
        for holds, key in checks:
            cell = self._explain(p, room, y, _LEGEND[0][0], key)
            self._bar(p, cell, holds=holds)
            y += step

    def _explain(
        self, p: QPainter, room: QRectF, y: float, face: Face, key: str
    ) -> QRectF:
        """A line of the legend; gives its cell."""
        look = self._look
        cell = QRectF(room.x(), y, look.px(30), look.px(15))
        self._cells.draw(p, cell, face)
        name = QRectF(cell.right() + 8, y - 1, room.width() - cell.width(), look.px(16))
        paint.text(p, look, name, self._words(key), "text2", "caption")
        return cell

    def _foot(self, p: QPainter, layout: Layout, part: QRegion) -> None:
        look, y = self._look, layout.foot_y
        if not _in(part, QRectF(0, y, layout.width, layout.height - y)):
            return
        ground = QRectF(1, y, layout.width - 2, layout.height - y - 1)
        paint.box(p, look, ground, "raised", None, 5)
        p.fillRect(QRectF(1, y, layout.width - 2, 1), look.colour("border"))
        for index, key in enumerate(("vac", "dap", "non-key")):
            words = self._words(f"worksheet.{key}")
            box = layout.foot_label(index)
            paint.text(p, look, box, words, "text1", "caption", MEDIUM)
        for item in ANAL_ITEMS:
            self._answers(p, layout, item)
        for item in NON_KEY_ITEMS:
            self._non_key(p, layout, item)

    def _answers(self, p: QPainter, layout: Layout, item: str) -> None:
        look, value = self._look, self._editor.sheet.value(item)
        before = self._editor.previous.get(item, "")
        now = item == self._editor.current
        edge = "accent" if now else "border_strong"
        box = layout.anal(item)
        paint.box(p, look, box, "surface", edge, 4, 2 if now else 1)
        self._mark(p, box, item)
        third = "UNK" if value == "UNK" else "NT"
        for index, answer in enumerate(("Yes", "No", third)):
            part = layout.answer(item, index)
            chosen = answer == value
            if chosen:
                paint.box(p, look, part.adjusted(2, 2, -2, -2), "accent_weak", None, 3)
                bar = QRectF(part.x() + 6, part.bottom() - 4, part.width() - 12, 2)
                p.fillRect(bar, look.colour("accent"))
            ink = "accent" if chosen else "text2"
            weight = MEDIUM if chosen else REGULAR
            words = answer_name(self._words, answer)
            text = part.adjusted(0, -0.5, 0, -0.5)
            paint.text(p, look, text, words, ink, "caption", weight, paint.CENTRE)
            if answer == before and not chosen:  # the earlier exam's, small and grey
                dot = QPointF(part.center().x(), part.bottom() - 4)
                p.setBrush(look.colour("text3"))
                p.setPen(look.colour("text3"))
                p.drawEllipse(dot, 1, 1)

    def _non_key(self, p: QPainter, layout: Layout, item: str) -> None:
        look, s, box = self._look, layout.scale, layout.non_key(item)
        side = QRectF(box.x() - 18 * s, box.y(), 18 * s, box.height())
        words = self._words(f"worksheet.short-{item[0]}")
        paint.text(p, look, side, words, "text2", "caption")
        now = item == self._editor.current
        edge = "accent" if now else "border_strong"
        paint.box(p, look, box, "surface", edge, 4, 2 if now else 1)
        value = self._editor.sheet.value(item) or "–"
        text = box.adjusted(8 * s, -0.5, 0, -0.5)
        paint.text(p, look, text, value, "text1", "body")
        self._mark(p, box, item)
        icon = QRectF(box.right() - 16 * s, box.y() + 6 * s, 12 * s, 12 * s)
        paint.icon(p, look, "down", icon)
