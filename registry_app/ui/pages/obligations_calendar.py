"""The calendar: a month of the same rows as the ledger, and the duties of one day."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from registry_app.domain.plan.duty import Duty, Standing
from registry_app.ui import paint
from registry_app.ui.duty_words import SHAPES, standing_said
from registry_app.ui.look import BOLD, MEDIUM, Look
from registry_app.words import Words

#: Late first: what a full day still shows.
_ORDER = {standing: n for n, standing in enumerate(Standing)}


class MonthView(QWidget):
    """Six weeks of days; each shows what is due on it by shape and name.

    chosen(date): a day was gone to. entered(date): Enter was pressed on it.
    """

    chosen = Signal(object)
    entered = Signal(object)

    def __init__(self, words: Words, look: Look, today: date) -> None:
        super().__init__()
        self._words, self._look, self._today = words, look, today
        self.day = today
        self._by_day: dict[date, list[Duty]] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(look.px(420), look.px(170))
        self.setAccessibleDescription(words("ledger_page.calendar-hint"))
        self._tell()

    def sizeHint(self) -> QSize:
        """Some room; it takes what there is."""
        return QSize(self._look.px(700), self._look.px(380))

    @property
    def month(self) -> date:
        """The first day of the month that is shown."""
        return self.day.replace(day=1)

    @property
    def first(self) -> date:
        """The Monday at the upper left."""
        return self.month - timedelta(days=self.month.weekday())

    def show_duties(self, duties: Sequence[Duty]) -> None:
        """Other duties; each stands on the day that alarms."""
        self._by_day = {}
        for duty in duties:
            if duty.last_day is not None:
                self._by_day.setdefault(duty.last_day, []).append(duty)
        for rows in self._by_day.values():
            rows.sort(key=lambda d: (_ORDER[d.standing(self._today)], d.key))
        self._tell()
        self.update()

    def duties(self, day: date) -> list[Duty]:
        """What is due on a day."""
        return self._by_day.get(day, [])

    def go_to(self, day: date) -> None:
        """Go to a day, in whatever month."""
        self.day = day
        self._tell()
        self.update()
        self.chosen.emit(day)

    def go_months(self, months: int) -> None:
        """So many months on; the same day of the month, or its last one."""
        at = self.day.year * 12 + self.day.month - 1 + months
        year, month = divmod(at, 12)
        last = calendar.monthrange(year, month + 1)[1]
        self.go_to(date(year, month + 1, min(self.day.day, last)))

    def _tell(self) -> None:
        said = self._words(
            "ledger_page.day-spoken",
            day=self.day.isoformat(),
            count=len(self.duties(self.day)),
        )
        names = [self._words.say(duty.name) for duty in self.duties(self.day)[:5]]
        self.setAccessibleName(", ".join([said, *names]))
        event = QAccessibleEvent(self, QAccessible.Event.NameChanged)
        QAccessible.updateAccessibility(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows by day and week, Page Up and Down by month, Home to today."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }
        key = event.key()
        if key in steps:
            self.go_to(self.day + timedelta(days=steps[Qt.Key(key)]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go_months(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.go_to(self._today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the day under the pointer."""
        if (day := self._day_at(event.position())) is not None:
            self.go_to(day)

    def event(self, event: QEvent) -> bool:
        """The names of a day that are cut are told in full."""
        if event.type() == QEvent.Type.ToolTip:
            position = getattr(event, "pos", None)
            day = self._day_at(QPointF(position())) if position else None
            rows = self.duties(day) if day else []
            self.setToolTip("\n".join(self._line(duty) for duty in rows[:12]))
        return super().event(event)

    def _line(self, duty: Duty) -> str:
        state = standing_said(self._words, duty.standing(self._today))
        parts = (state, self._words.say(duty.name), duty.subject_id)
        return " ".join(part for part in parts if part)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys come here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    @property
    def _head(self) -> int:
        return self._look.px(24)

    def _cell(self, number: int) -> QRectF:
        wide, high = self.width() / 7, (self.height() - self._head) / 6
        week, weekday = divmod(number, 7)
        return QRectF(
            round(weekday * wide),
            round(self._head + week * high),
            round((weekday + 1) * wide) - round(weekday * wide),
            round((week + 1) * high) - round(week * high),
        )

    def _day_at(self, at: QPointF) -> date | None:
        found = (n for n in range(42) if self._cell(n).contains(at))
        number = next(found, None)
        return None if number is None else self.first + timedelta(days=number)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Weekdays, then the days."""
        look = self._look
        with paint.painter(self) as p:
            whole = QRectF(0, 0, self.width(), self._head)
            paint.box(p, look, whole, "raised")
            for n in range(7):
                room = self._cell(n)
                head = QRectF(room.left() + 8, 0, room.width() - 8, self._head)
                name = self._words(f"today.short-{n}")
                paint.text(p, look, head, name, "text2", "caption", MEDIUM)
            for n in range(42):
                self._paint_day(p, self._cell(n), self.first + timedelta(days=n))

    def _paint_day(self, p: QPainter, room: QRectF, day: date) -> None:
        look = self._look
        if day == self.day:
            paint.box(p, look, room, "accent_weak")
        paint.box(p, look, QRectF(room.left(), room.top(), room.width(), 1), "border")
        if day.weekday():
            side = QRectF(room.left(), room.top(), 1, room.height())
            paint.box(p, look, side, "border")
        inside = room.adjusted(look.px(6), look.px(3), -look.px(4), -look.px(2))
        line = look.px(17)
        ink = "text1" if day.month == self.day.month else "text3"
        number = QRectF(inside.left(), inside.top(), inside.width(), line)
        now = day == self._today
        if now:
            wide = look.width(f"{day.day}", "caption", BOLD) + look.px(10)
            mark = QRectF(inside.left() - 3, inside.top(), wide, line)
            paint.box(p, look, mark, "accent", None, 4)
            number.setLeft(number.left() + look.px(2))
            ink = "on_accent"
        weight = BOLD if now else None
        paint.text(p, look, number, f"{day.day}", ink, "caption", weight)
        self._paint_duties(p, inside, self.duties(day), line)
        if day == self.day and self.hasFocus():
            paint.box(p, look, room, None, "accent", 2, 2)

    def _paint_duties(
        self, p: QPainter, inside: QRectF, rows: Sequence[Duty], line: int
    ) -> None:
        look, words = self._look, self._words
        fits = max(int((inside.height() - line) // line), 0)
        shown = rows if len(rows) <= fits else rows[: max(fits - 1, 0)]
        place = QRectF(inside.left(), inside.top(), inside.width(), line)
        for duty in shown:
            place.translate(0, line)
            status = SHAPES[duty.standing(self._today)]
            middle = QPointF(place.left() + look.px(5), place.center().y())
            paint.glyph(p, look, status, middle, look.px(4))
            room = place.adjusted(look.px(14), 0, 0, 0)
            paint.text(p, look, room, words.say(duty.name), "text1", "caption")
        if rest := len(rows) - len(shown):
            place.translate(0, line)
            said = words("ledger_page.more", count=rest) if shown else f"{rest}"
            if not fits:  # beside the number of the day
                place = QRectF(inside.left(), inside.top(), inside.width(), line)
                paint.text(p, look, place, said, "text2", "caption", None, paint.RIGHT)
            else:
                paint.text(p, look, place, said, "text2", "caption")
