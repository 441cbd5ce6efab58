"""A patient as of one of their entries: a past state, and nothing to change in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QSlider, QWidget

from registry_app.services.access import opened
from registry_app.services.patient_then import Stood, own_entries, patient_then
from registry_app.services.trail_words import (
    entry_text,
    item_text,
    kind_text,
    time_text,
    value_text,
)
from registry_app.ui.look import Look
from registry_app.ui.notice import Notice
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import Card, button, column, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class PatientThenDialog(QDialog):
    """A slider over the patient's own entries; below, every record as it stood then."""

    def __init__(
        self, parent: QWidget, desk: Desk, words: Words, look: Look, subject_id: str
    ) -> None:
        super().__init__(parent)
        self._desk, self._words, self._look = desk, words, look
        self._subject_id = subject_id
        self.entries = own_entries(desk, subject_id)
        opened(desk, "patient", subject_id)
        self.setWindowTitle(words("trail_page.then-title", id=subject_id))
        self.banner = Notice(look, "due", words("trail_page.past"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(words("trail_page.then-slider"))
        self.slider.setRange(0, len(self.entries) - 1)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.said = label(look, "", "text2", wrap=True)
        self._card = Card(look)
        self._card.body.setContentsMargins(0, 0, 0, 0)
        self.table: Table | None = None
        back = button(look, words("trail_page.then-back"), "primary", self.accept)
        whole = column(
            label(look, self.windowTitle(), role="title"),
            self.banner,
            self.slider,
            self.said,
            self._card,
            row(None, back),
            margins=(20, 16, 20, 16),
        )
        whole.setStretch(4, 1)
        self.setLayout(whole)
        self.resize(look.px(1000), look.px(620))
        self.slider.valueChanged.connect(self.show_state)
        self.slider.setValue(len(self.entries) - 1)
        if not self.slider.value():
            self.show_state(0)
        self.slider.setFocus()

    def show_state(self, number: int) -> None:
        """The patient after one of their entries."""
        words, entry = self._words, self.entries[number]
        self.banner.said.setText(
            words("trail_page.past-at", seq=entry.seq, at=time_text(entry.at))
        )
        kind = kind_text(words, entry.kind)
        what = entry_text(words, entry)
        self.said.setText(f"{entry.actor} \u00b7 {kind} \u00b7 {what}")
        made = self._made(patient_then(self._desk, self._subject_id, entry.seq))
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        self.table = made
        self._card.body.addWidget(made)

    def _made(self, stood: Sequence[Stood]) -> Table:
        words = self._words

        def record(one: Stood) -> str:
            return kind_text(words, one.kind)

        def item(one: Stood) -> str:
            return item_text(words, one.kind, one.value.item)

        def value(one: Stood) -> str:
            return value_text(words, one.kind, one.value, one.value.new)

        columns = [
            Column(words("trail_page.col-record"), record, 180, "strong"),
            Column(words("trail_page.col-item"), item, 300),
            Column(words("trail_page.col-value"), value, 0),
        ]
        return plain_table(self._look, self.windowTitle(), columns, stood)
