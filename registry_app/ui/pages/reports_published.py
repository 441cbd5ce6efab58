"""The register of trials, surveys and papers: what report R10 says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.publication import Publication
from registry_app.services.protocol import today_in_japan
from registry_app.services.publications import publications, save_publication
from registry_app.ui.dialogs.publication import PublicationDialog
from registry_app.ui.page import Page
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import Card, Inside, button, column, hand_keys, label, row


class ReportsPublished(QWidget):
    """Enter opens an entry."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        words, look = page.words, page.look
        self._words, self._look = words, look
        self._entries: Sequence[Publication] = ()
        self.table: Table | None = None
        self._count = label(look, "", "text3", "caption")
        self.add_button = button(look, words("reports_page.pub-add"), "", self.add)
        self.edit_button = button(look, words("reports_page.pub-edit"), "", self.edit)
        self._card = Card(look)
        self._card.body.setContentsMargins(0, 0, 0, 0)
        deeds = row(self._count, None, self.edit_button, self.add_button)
        whole = column(Inside(deeds), self._card)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        hand_keys(self, self.add_button)

    def reload(self) -> None:
        """Read the register again."""
        at = self.table.currentIndex().row() if self.table else 0
        self._entries = publications(self._desk)
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        words = self._words
        key = "pub-count" if self._entries else "pub-none"
        self._count.setText(words(f"reports_page.{key}", count=len(self._entries)))
        name = words("reports_page.published")
        table = plain_table(self._look, name, self._columns(), self._entries, tall=True)
        table.opened.connect(lambda _id: self.edit())
        self.table = table
        self._card.body.addWidget(table)
        self.edit_button.setEnabled(bool(self._entries))
        if self._entries:
            table.selectRow(min(max(at, 0), len(self._entries) - 1))
        hand_keys(self, table if self._entries else self.add_button)

    def _columns(self) -> list[Column]:
        words = self._words

        def key(name: str) -> str:
            return words(f"reports_page.{name}")

        def day(value: date | None) -> str:
            return value.isoformat() if value else ""

        def results(one: Publication) -> str:
            if one.results_on is not None:
                return words("reports_page.pub-published", day=day(one.results_on))
            return words("reports_page.pub-open")

        return [
            Column(
                key("pub-title"),
                lambda one: one.title,
                0,
                "strong",
                under=lambda one: words.say(one.kind.told),
            ),
            Column(
                key("pub-number"),
                lambda one: one.number,
                170,
                under=lambda one: one.doi,
            ),
            Column(key("pub-registered-on"), lambda one: day(one.registered_on), 104),
            Column(key("pub-ended-on"), lambda one: day(one.ended_on), 104),
            Column(
                key("pub-results-on"),
                results,
                170,
                "chip",
                status=lambda one: "done" if one.results_on else "open",
            ),
            Column(key("pub-funder"), lambda one: one.funder, 150, "quiet", spare=True),
        ]

    def add(self) -> None:
        """A new entry."""
        self._ask(None)

    def edit(self) -> None:
        """More of the chosen entry, or a correction of it."""
        at = self.table.currentIndex().row() if self.table else -1
        if 0 <= at < len(self._entries):
            self._ask(self._entries[at])

    def _ask(self, known: Publication | None) -> None:
        dialog = PublicationDialog(
            self,
            self._words,
            self._look,
            lambda said: save_publication(self._desk, *said),
            today=today_in_japan(self._desk),
            known=known,
        )
        if dialog.exec():
            self.reload()
