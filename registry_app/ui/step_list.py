"""The arithmetic of a date: its steps on a line down to the date, then remarks."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from registry_app.domain.plan.duty import Step
from registry_app.ui import paint
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Inside, column, label, row
from registry_app.words import Words


class StepList(QWidget):
    """Each step with its day, what it is, and why; words are real and wrap.

    The diamond stands at the day that was `reached`: remarks with days of their own
    may follow it.
    """

    def __init__(
        self, words: Words, look: Look, steps: Sequence[Step], reached: date | None
    ) -> None:
        super().__init__()
        self.setProperty("kind", "inside")
        lines = []
        dated = [n for n, step in enumerate(steps) if step.day is not None]
        last = dated[-1] if dated else -1
        at = [n for n in dated if steps[n].day == reached]
        found = at[-1] if at else last
        for n, step in enumerate(steps):
            shape = "" if step.day is None else "now" if n == found else "open"
            day = label(look, step.day.isoformat() if step.day else "", weight=MEDIUM)
            day.setFixedWidth(look.px(86))
            said = [label(look, words.say(step.what), wrap=True)]
            if step.note is not None:
                note = label(look, words.say(step.note), "text3", "caption", wrap=True)
                said.append(note)
            line = row(
                _Dot(look, shape, n < last), _top(day), column(*said, None, gap=0)
            )
            line.setStretch(2, 1)
            lines.append(line)
        self.setLayout(column(*lines, gap=0))


def _top(widget: QWidget) -> Inside:
    return Inside(column(widget, None, gap=0))


class _Dot(QWidget):
    """The shape of a step and the line down to the next one."""

    def __init__(self, look: Look, shape: str, goes_on: bool) -> None:
        super().__init__()
        self._look, self._shape, self._goes_on = look, shape, goes_on
        self.setFixedWidth(look.px(14))
        self.setMinimumHeight(look.px(36))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ring, or the diamond of the date; nothing for a remark."""
        look = self._look
        x, y, r = self.width() / 2, look.px(10), look.px(5)
        with paint.painter(self) as p:
            if self._goes_on:
                top = y + r + 2 if self._shape else 0
                down = QRectF(x - 0.5, top, 1, self.height() - top - 2)
                paint.box(p, look, down, "border_strong")
            if self._shape:
                paint.glyph(p, look, self._shape, QPointF(x, y), r)
