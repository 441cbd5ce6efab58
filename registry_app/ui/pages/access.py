"""The access log: who opened, searched, printed and exported what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry_app.domain.access import Act
from registry_app.domain.names import plain
from registry_app.services.access import (
    MOST,
    AccessQuery,
    access_ids,
    access_people,
    access_rows,
)
from registry_app.ui.access_words import access_columns, more_said
from registry_app.ui.changes import Changes
from registry_app.ui.inputs import Choice, Field, Line
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.period_field import PeriodField
from registry_app.ui.rows_model import RowsModel
from registry_app.ui.table import Table
from registry_app.ui.widgets import Card, column, hand_keys, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class AccessList(QWidget):
    """The newest first; below, all that is known of the chosen one.

    `query` is read anew with `reload`. `of_one`: of one patient alone.
    """

    def __init__(
        self,
        desk: Desk,
        words: Words,
        look: Look,
        query: AccessQuery,
        *,
        of_one: bool = False,
    ) -> None:
        super().__init__()
        self._words, self.query = words, query
        self.model = RowsModel(
            access_columns(words, of_one=of_one),
            lambda _sort, _descending: access_ids(desk, self.query),
            lambda ids: access_rows(desk, ids),
            sort="",
        )
        self.table = Table(look, self.model, words("access.title"))
        self.table.setSortingEnabled(False)
        self.table.horizontalHeader().setSortIndicatorShown(False)
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._tell(now.row())
        )
        self.count = label(look, "", "text2", "caption")
        self.more = label(look, "", "text2", wrap=True)
        card = Card(look)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(self.table)
        inside = column(self.count, card, self.more)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.setFocusProxy(self.table)

    def reload(self) -> None:
        """Ask again."""
        self.model.reload()
        found = self.model.rowCount()
        key = "access.count-most" if found == MOST else "access.count"
        said = self._words(key, count=f"{found:,}")
        self.count.setText(said if found else self._words("access.none"))
        self.more.setText("")
        if found:
            self.table.selectRow(0)

    def _tell(self, number: int) -> None:
        one = self.model.row(number) if number >= 0 else None
        self.more.setText("" if one is None else more_said(self._words, one))


class AccessPage(Page):
    """The whole log, by person, act, patient and days."""

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("access.title"))
        self.list = AccessList(desk, words, look, AccessQuery())
        people = [("", words("access.everybody"))]
        people += [(one, one) for one in access_people(desk)]
        acts = [("", words("access.every-act"))]
        acts += [(act.value, words.say(act.told)) for act in Act]
        self.person = Choice(look, words("access.col-person"), people)
        self.act = Choice(look, words("access.col-act"), acts)
        self.patient = Line(look, words("access.patient"), plain=True)
        self.days = PeriodField(look, words, words("access.days"))
        for box in (self.person, self.act):
            box.activated.connect(self.filter)
        self.patient.editingFinished.connect(self.filter)
        for line in (self.days.first, self.days.last):
            line.editingFinished.connect(self.filter)
        filters = row(
            *(
                Field(look, name, widget)
                for name, widget in (
                    (words("access.col-person"), self.person),
                    (words("access.col-act"), self.act),
                    (words("access.patient"), self.patient),
                )
            ),
            self.days,
            None,
        )
        head = row(
            label(look, words("access.title"), role="title"),
            4,
            label(look, words("access.note"), "text2", wrap=True),
        )
        head.setStretch(2, 1)
        inside = column(head, filters, self.list, margins=(12, 8, 12, 12))
        inside.setStretch(2, 1)
        self.setLayout(inside)
        hand_keys(self, self.list.table)
        with self.asking():
            self.list.reload()

    def filter(self) -> None:
        """Show what fits all that is chosen."""
        period = self.days.take()
        if self.days.problem:
            return
        first, last = period or (None, None)
        query = AccessQuery(
            self.person.value,
            Act(self.act.value) if self.act.value else None,
            plain(self.patient.text()).upper(),
            first,
            last,
        )
        if query != self.list.query:
            self.list.query = query
            with self.asking():
                self.list.reload()
