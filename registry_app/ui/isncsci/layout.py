"""Where each part of the sheet lies: 28 rows, six columns, as on paper.

All places are in pixels of the sheet. The rows can be scrolled under the head when the
sheet is too low for them; head, sums and foot stay.
"""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF

from registry_app.domain.isncsci.segments import (
    DERMATOMES,
    NON_KEY_ITEMS,
    Modality,
    Side,
)
from registry_app.domain.worksheet.entry import ANAL_ITEMS, COLUMNS, column, place_of

#: Pixels at 100 % (LOOK.md section 3).
HEAD, SUMS, FOOT, GAP, EDGE = 36, 22, 40, 4, 6
ROW_MIN, ROW_MAX = 16, 26
#: Up to this width of the sheet the narrow measures are used.
NARROW = 1000
#: Rows before which a group (T, L, S) begins.
GROUPS = (7, 19, 24)
ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Measures:
    """Widths of a row, in pixels at 100 %."""

    cell: int
    previous: int
    muscle: int
    level: int
    pad: int

    @property
    def column(self) -> int:
        """A cell with the earlier value beside it."""
        return self.cell + self.previous

    @property
    def side(self) -> int:
        """One half of the sheet."""
        return self.muscle + self.level + 3 * self.column + 4


_SLIM = Measures(30, 16, 96, 44, 12)
_WIDE = Measures(36, 20, 128, 52, 16)


def least_width() -> int:
    """The least width of a sheet with a body map, in pixels at 100 %."""
    return 2 * (_SLIM.pad + _SLIM.side + EDGE) + 200


@dataclass(slots=True)
class Layout:
    """The places for one size of the sheet; `scale` is the user's text size."""

    width: float
    height: float
    scale: float
    foot_labels: tuple[float, ...] = (24, 24, 130)
    offset: float = 0.0
    x: dict[Side, dict[str, float]] = field(init=False)
    row: float = field(init=False)
    m: Measures = field(init=False)

    def __post_init__(self) -> None:
        s = self.scale
        self.m = _WIDE if self.width > NARROW * s else _SLIM
        room = self.height / s - HEAD - SUMS - FOOT - 3 * GAP - EDGE
        self.row = max(ROW_MIN, min(ROW_MAX, room // len(DERMATOMES))) * s
        self.x = {side: self._columns(side) for side in Side}
        self.scroll_to(self.offset)

    def _columns(self, side: Side) -> dict[str, float]:
        """Left edges: the cells of both sides lie next to the body map."""
        m, s = self.m, self.scale
        widths = [("muscle", m.muscle), (Modality.MOTOR, m.column), ("level", m.level)]
        widths += [(Modality.LIGHT_TOUCH, m.column), (Modality.PIN_PRICK, m.column)]
        x = m.pad * s
        if side is Side.LEFT:
            widths = [widths[3], widths[4], widths[2], widths[1], widths[0]]
            x = self.width - (m.pad + m.side) * s
        places = {}
        for name, width in widths:
            places[str(name)] = x
            x += width * s
        return places

    # ── rows ─────────────────────────────────────────────────────────────────────

    @property
    def rows_box(self) -> QRectF:
        """The part of the sheet in which the rows are seen."""
        s = self.scale
        room = self.height - (HEAD + SUMS + FOOT) * s - EDGE / 2
        whole = self.row * len(DERMATOMES) + 3 * GAP * s + 2
        return QRectF(0, HEAD * s, self.width, min(room, whole))

    @property
    def hidden(self) -> float:
        """How far the rows can be scrolled; 0 if all are seen."""
        whole = self.row * len(DERMATOMES) + 3 * GAP * self.scale + 2
        return max(0.0, whole - self.rows_box.height())

    def scroll_to(self, offset: float) -> bool:
        """Scroll the rows; whether that changed anything."""
        before, self.offset = self.offset, max(0.0, min(self.hidden, offset))
        return self.offset != before

    def reveal(self, item: str) -> bool:
        """Scroll so that a score lies in the middle third, if it does not."""
        box = self.cell(item)
        if not self.hidden or item in ANAL_ITEMS or item in NON_KEY_ITEMS:
            return False
        seen, y = self.rows_box, box.center().y()
        third = seen.height() / 3
        if seen.top() + third <= y <= seen.bottom() - third:
            return False
        return self.scroll_to(self.offset + y - seen.center().y())

    def row_y(self, index: int) -> float:
        """The top of a row, as scrolled."""
        gaps = sum(index >= first for first in GROUPS)
        return (
            HEAD * self.scale + index * self.row + gaps * GAP * self.scale - self.offset
        )

    def level(self, side: Side, index: int) -> QRectF:
        """The name of a segment."""
        width = self.m.level * self.scale
        return QRectF(self.x[side]["level"], self.row_y(index), width, self.row)

    def muscle(self, side: Side, index: int) -> QRectF:
        """The name of a key muscle."""
        width = self.m.muscle * self.scale
        return QRectF(self.x[side]["muscle"], self.row_y(index), width, self.row)

    def score(self, side: Side, modality: Modality, index: int) -> QRectF:
        """The cell of a score, without the earlier value."""
        x = self.x[side][modality]
        return QRectF(x, self.row_y(index), self.m.cell * self.scale, self.row - 1)

    def previous(self, cell: QRectF) -> QRectF:
        """The place of the earlier value, right of its cell."""
        width = (self.m.previous - 3) * self.scale
        return QRectF(cell.right() + 2, cell.y(), width, self.row)

    def sums_y(self) -> float:
        """The top of the line of sums."""
        return self.rows_box.bottom() + 3

    def flank(self, side: Side) -> QRectF:
        """The room beside T2 to T12, where there is no key muscle."""
        x, s = self.x[side], self.scale
        left = min(x["muscle"], x[Modality.MOTOR])
        width = (self.m.muscle + self.m.column - 12) * s
        top = self.row_y(9) + self.offset - 2
        return QRectF(left, top, width, self.row_y(19) + self.offset - top - 6 * s)

    def middle(self) -> QRectF:
        """The room between both sides: body map, and the strip of a star."""
        s = self.scale
        edge = (self.m.pad + self.m.side + EDGE) * s
        top = 8 * s
        return QRectF(
            edge, top, self.width - 2 * edge, self.rows_box.bottom() + SUMS * s - top
        )

    # ── foot ─────────────────────────────────────────────────────────────────────

    @property
    def foot_y(self) -> float:
        """The top of the foot."""
        return self.height - FOOT * self.scale

    def foot_label(self, index: int) -> QRectF:
        """The labels VAC, DAP and of the non-key muscles."""
        s, labels = self.scale, self.foot_labels
        x = self.m.pad * s + sum(labels[:index])
        x += index * (8 + 40 * ANSWERS + 20) * s
        return QRectF(x, self.foot_y, labels[index] + 4, FOOT * s)

    def anal(self, item: str) -> QRectF:
        """The whole control of VAC or DAP."""
        s = self.scale
        label = self.foot_label(ANAL_ITEMS.index(item))
        x = label.right() - 4 + 8 * s
        return QRectF(x, self.foot_y + 8 * s, 40 * ANSWERS * s, 24 * s)

    def answer(self, item: str, index: int) -> QRectF:
        """One choice of VAC or DAP."""
        box = self.anal(item)
        width = box.width() / ANSWERS
        return QRectF(box.x() + index * width, box.y(), width, box.height())

    def non_key(self, item: str) -> QRectF:
        """The box of a non-key muscle; its side is named left of it."""
        s, index = self.scale, NON_KEY_ITEMS.index(item)
        x = self.foot_label(2).right() - 4 + (8 + 18 + index * 84) * s
        return QRectF(x, self.foot_y + 8 * s, 56 * s, 24 * s)

    def foot_end(self) -> float:
        """Where the painted part of the foot ends."""
        return self.non_key(NON_KEY_ITEMS[-1]).right()

    # ── items ────────────────────────────────────────────────────────────────────

    def cell(self, item: str) -> QRectF:
        """The place of any item."""
        if item in ANAL_ITEMS:
            return self.anal(item)
        if item in NON_KEY_ITEMS:
            return self.non_key(item)
        side, modality, segment = place_of(item)
        return self.score(side, modality, DERMATOMES.index(segment))

    def item_at(self, at: QPointF) -> str:
        """The item under a point; empty if there is none. The earlier value counts."""
        for item in (*ANAL_ITEMS, *NON_KEY_ITEMS):
            if self.cell(item).contains(at):
                return item
        if not self.rows_box.contains(at):
            return ""
        for side, modality in COLUMNS:
            x = self.x[side][modality]
            if not x <= at.x() < x + self.m.column * self.scale:
                continue
            for item in column(side, modality):
                y = self.cell(item).y()
                if y <= at.y() < y + self.row:
                    return item
        return ""
