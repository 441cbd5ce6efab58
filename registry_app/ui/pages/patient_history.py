"""What was changed about one patient: who, when, what from and to, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registry_app.domain.dates import TOKYO
from registry_app.domain.trail import Entry
from registry_app.domain.trail_query import TrailQuery
from registry_app.services.trail_search import trail_page
from registry_app.services.trail_words import NOTHING, entry_text, kind_text
from registry_app.ui.change_columns import change_columns
from registry_app.ui.look import Look
from registry_app.ui.pages.patient_terms import visit_name
from registry_app.ui.patient_record import PatientRecord
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import Card, button, column, hand_keys
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

KINDS: Final = (
    *("subject", "identity", "visit", "form", "course", "indication", "follow_up"),
    *("consent", "kit", "contact", "deviation", "legal_hold", "settled"),
    *("signature", "record_lock", "source_check"),
)


#: More than anybody reads of one patient; the page of the trail has the rest.
_MOST: Final = 5_000


def history(desk: Desk, record: PatientRecord) -> list[Entry]:
    """Every entry of the case and of all that belongs to it, the newest first."""
    query = TrailQuery(subject_id=record.file.subject.id)
    found = trail_page(desk, query, most=_MOST).entries
    return [entry for entry in found if entry.kind in KINDS]


class HistoryTab(QWidget):
    """Above the entries; below every change of the chosen one.

    as_of(): somebody wants to see the patient as of an entry.
    """

    as_of = Signal()

    def __init__(
        self,
        words: Words,
        look: Look,
        record: PatientRecord,
        entries: Sequence[Entry],
    ) -> None:
        super().__init__()
        file = record.file
        self._words, self._look, self._entries = words, look, entries
        self._names = {file.subject.id: file.subject.id}
        for kit in record.case.kits:
            self._names[kit.id] = kit.number
        for consent in record.case.consents:
            self._names[consent.id] = consent.document
        for exam in file.exams:
            self._names[exam.form.id] = exam.form.date.isoformat()
        self._names |= {
            visit.id: visit_name(words, record, visit.code) for visit in file.visits
        }
        self.table = plain_table(
            look, words("patient.history"), self._columns(), entries
        )
        as_of = button(look, words("trail_page.as-of"), "small", self.as_of.emit)
        upper = Card(look, words("patient.history"), [as_of])
        upper.body.setContentsMargins(0, 0, 0, 0)
        upper.body.addWidget(self.table)
        self._lower = Card(look, words("patient.changes"))
        self._lower.body.setContentsMargins(0, 0, 0, 0)
        self.detail: Table | None = None
        both = column(upper, self._lower)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        self.setLayout(both)
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._show(now.row())
        )
        if entries:
            self.table.selectRow(0)
        hand_keys(self, self.table)

    def _columns(self) -> list[Column]:
        words = self._words

        def key(name: str) -> str:
            return words(f"patient.col-{name}")

        def when(entry: Entry) -> str:
            return entry.at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")

        def of(entry: Entry) -> str:
            return f"{kind_text(words, entry.kind)} {self._names.get(entry.id, '')}"

        return [
            Column(key("when"), when, 144, "strong"),
            Column(key("who"), lambda entry: entry.actor, 120),
            Column(key("record"), of, 220),
            Column(key("what"), lambda entry: entry_text(words, entry), 0),
            Column(key("why"), lambda entry: entry.reason or NOTHING, 240, "quiet"),
        ]

    def _show(self, row: int) -> None:
        """Every change of one entry."""
        words = self._words
        if row < 0:
            return
        entry = self._entries[row]
        title = words("patient.changes")
        columns = change_columns(words, entry)
        made = plain_table(self._look, title, columns, entry.changes)
        if self.detail is not None:
            self.detail.hide()
            self.detail.deleteLater()
        self.detail = made
        self._lower.body.addWidget(made)
