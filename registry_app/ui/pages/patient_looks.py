"""The history of a patient: what was changed, and beside it who has looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from registry_app.services.access import AccessQuery
from registry_app.ui.look import Look
from registry_app.ui.pages.access import AccessList
from registry_app.ui.widgets import Segments, column, hand_keys, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class HistoryAndLooks(QWidget):
    """Who has looked is read each time that it is asked for."""

    def __init__(
        self, desk: Desk, words: Words, look: Look, changes: QWidget, subject_id: str
    ) -> None:
        super().__init__()
        names = [
            ("changes", words("patient.changes")),
            ("looks", words("access.who-looked")),
        ]
        self.choice = Segments(look, names, words("patient.history"), "changes")
        self.places = QStackedWidget()
        self.places.addWidget(changes)
        query = AccessQuery(subject_id=subject_id)
        self.looks = AccessList(desk, words, look, query, of_one=True)
        self.places.addWidget(self.looks)
        self.choice.chosen.connect(self._show)
        self.setLayout(column(row(self.choice, None), self.places))
        hand_keys(self, changes)

    def _show(self, name: str) -> None:
        if name == "looks":
            self.looks.reload()
        self.places.setCurrentIndex(1 if name == "looks" else 0)
