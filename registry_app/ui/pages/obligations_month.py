"""The calendar of the obligations: a month, and the duties of the day gone to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.protocol import Protocol
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.pages.obligations_calendar import MonthView
from registry_app.ui.pages.obligations_ledger import ledger_columns
from registry_app.ui.rows_model import RowsModel
from registry_app.ui.table import Table
from registry_app.ui.widgets import Card, button, hand_keys, label, row, rule
from registry_app.words import Words


class MonthCard(Card):
    """chosen(key): a duty was gone to, or none. entered(): it is to be opened.

    `read` gives the duties whose last day lies on or between two days.
    """

    chosen = Signal(str)
    entered = Signal()

    def __init__(
        self,
        words: Words,
        look: Look,
        plan: Protocol,
        today: date,
        read: Callable[[date, date], Sequence[Duty]],
    ) -> None:
        super().__init__(look)
        self._words, self._rows = words, dict[str, Duty]()
        self._read, self._shown = read, date.min
        self.days = MonthView(words, look, today)
        self._title = label(look, "", weight=MEDIUM)
        self._day = label(look, "", "text2", "caption", MEDIUM)
        names = ("col-state", "col-duty", "col-owner")
        wanted = {words(f"ledger_page.{name}") for name in names}
        every = ledger_columns(words, plan, today)
        self._model = RowsModel(
            [each for each in every if each.title in wanted],
            lambda _sort, _down: list(self._rows),
            lambda keys: [self._rows[key] for key in keys],
            sort="",
        )
        self.table = Table(look, self._model, words("ledger_page.calendar"), tall=True)
        self.table.setSortingEnabled(False)
        self.table.horizontalHeader().hide()
        self.table.setMinimumHeight(look.px(84))
        self.table.setMaximumHeight(look.px(126))
        self.table.opened.connect(lambda _key: self.entered.emit())
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _old: self.chosen.emit(self._model.id_at(now.row()))
        )
        self.days.chosen.connect(lambda _day: self._show_day())
        self.days.entered.connect(lambda _day: self.table.setFocus())
        go = self.days.go_months
        head = row(
            self._title,
            None,
            button(look, words("ledger_page.earlier"), "small", lambda: go(-1)),
            button(
                look,
                words("ledger_page.this-month"),
                "small",
                lambda: self.days.go_to(today),
            ),
            button(look, words("ledger_page.next-month"), "small", lambda: go(1)),
            margins=(12, 6, 8, 6),
        )
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addLayout(head)
        self.body.addWidget(self.days, 1)
        self.body.addWidget(rule())
        self.body.addLayout(row(self._day, margins=(12, 4, 12, 4)))
        self.body.addWidget(self.table)
        hand_keys(self, self.days)
        self._show_day()

    @property
    def key(self) -> str:
        """The duty that is gone to, or nothing."""
        return self._model.id_at(self.table.currentIndex().row())

    def reload(self) -> None:
        """Read the month again, once it is looked at."""
        self._shown = date.min
        if self.isVisible():
            self._show_day()

    def showEvent(self, event: QShowEvent) -> None:
        """Only what is looked at is read."""
        super().showEvent(event)
        self._show_day()

    def _show_day(self) -> None:
        words, day, first = self._words, self.days.day, self.days.first
        if self._shown != first and self.isVisible():
            self._shown = first
            self.days.show_duties(self._read(first, first + timedelta(days=41)))
        month = words(f"today.month-{day.month}")
        self._title.setText(words("ledger_page.month", year=day.year, month=month))
        self._day.setText(words("ledger_page.day-list", day=day.isoformat()))
        self._rows = {duty.key: duty for duty in self.days.duties(day)}
        self._model.reload()
        if self._rows:
            self.table.selectRow(0)
        if self.isVisible():
            self.chosen.emit(self.key)
