"""The four totals: what is certain, what is still possible, and the earlier exam."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from registry_app.domain.isncsci.result import TOTALS, Interval
from registry_app.ui import paint
from registry_app.ui.isncsci.sheet_paint import interval_text
from registry_app.ui.look import MEDIUM, Look
from registry_app.words import Words

SHOWN = ("uems", "lems", "lt", "pp")
_STEP, _HEAD = 21, 18


def change_text(words: Words, now: Interval, before: Interval) -> str:
    """By how much a total changed: ``+3``, or the range it may have changed by."""
    low, high = now.low - before.high, now.high - before.low
    said = [f"{d:+d}".replace("-", "−") if d else "0" for d in (low, high)]
    return said[0] if low == high else words("worksheet.to").join(said)


class Totals(QWidget):
    """A line a total: sum, bar (solid is certain, hatched possible), tick, change."""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._words, self._look = words, look
        self._now: Mapping[str, Interval] = {}
        self._before: Mapping[str, Interval] = {}
        self.setAccessibleName(words("worksheet.totals"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A head and four lines."""
        return QSize(self._look.px(220), self._look.px(_HEAD + len(SHOWN) * _STEP + 2))

    def show_totals(
        self, now: Mapping[str, Interval], before: Mapping[str, Interval]
    ) -> None:
        """Show the totals of this exam and of the earlier one, if there is one."""
        if (now, before) == (self._now, self._before):
            return
        self._now, self._before = now, before
        self.setAccessibleDescription(
            self._words("worksheet.comma").join(self._line(t) for t in SHOWN)
        )
        self.update()

    def _line(self, total: str) -> str:
        text = f"{self._name(total)} {interval_text(self._now[total])}"
        if total in self._before:
            change = change_text(self._words, self._now[total], self._before[total])
            text = f"{text} ({change})"
        return text

    def _name(self, total: str) -> str:
        return self._words(f"worksheet.total-{total}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """All lines."""
        if not self._now:
            return
        look, px, wide = self._look, self._look.px, self.width()
        with paint.painter(self) as p:
            if self._before:
                head = QRectF(wide - px(80), 0, px(80), px(18))
                words = self._words("worksheet.since")
                paint.text(p, look, head, words, "text3", "caption", None, paint.RIGHT)
            for number, total in enumerate(SHOWN):
                y = px(_HEAD) + number * px(_STEP)
                self._paint_line(p, total, y, wide)

    def _paint_line(self, p: QPainter, total: str, y: int, wide: int) -> None:
        look, px, now = self._look, self._look.px, self._now[total]
        name = QRectF(0, y, px(40), px(20))
        paint.text(p, look, name, self._name(total), "text2", "caption")
        sum_ = QRectF(px(36), y, px(50), px(20))
        words = interval_text(now)
        paint.text(p, look, sum_, words, "text1", "body", MEDIUM, paint.RIGHT)
        left, most = px(94), TOTALS[total]
        bar = QRectF(left, y + px(8), wide - left - px(64), px(5))
        paint.box(p, look, bar, "sunken", None, 2)
        unit = bar.width() / most
        sure = QRectF(bar.x(), bar.y(), unit * now.low, bar.height())
        paint.box(p, look, sure, "accent", None, 2)
        if not now.certain:
            maybe = QRectF(
                sure.right(), bar.y(), unit * (now.high - now.low), bar.height()
            )
            paint.box(p, look, maybe, "accent_weak")
            paint.hatch(p, maybe, look.colour("accent", 0.8), 3)
        if total not in self._before:
            return
        before = self._before[total]
        tick = QRectF(bar.x() + unit * before.low - 0.5, y + px(5), 1.5, px(11))
        tick.setWidth(max(1.5, unit * (before.high - before.low)))
        p.fillRect(tick, look.colour("text2"))
        change = change_text(self._words, now, before)
        ink = "text1" if now.certain and before.certain else "text2"
        box = QRectF(wide - px(62), y, px(62), px(20))
        paint.text(p, look, box, change, ink, "caption", MEDIUM, paint.RIGHT)
