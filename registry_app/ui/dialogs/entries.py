"""What was written since: the entries of the trail, and what a report is to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from registry_app.domain.dates import TOKYO
from registry_app.domain.trail import Entry
from registry_app.ui.dialogs.change_list import widen
from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.look import Look
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import Chip, Item, label, row
from registry_app.words import Words


def entries_table(words: Words, look: Look, entries: Sequence[Entry]) -> Table:
    """When, who, which record, why."""

    def when(entry: Entry) -> str:
        return entry.at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")

    def what(entry: Entry) -> str:
        key = "patient.created" if entry.version == 1 else "patient.changed"
        return words(key, count=len(entry.changes))

    columns = [
        Column(words("patient.col-when"), when, 136, "strong"),
        Column(words("patient.col-who"), lambda e: e.actor, 96),
        Column(
            words("patient.col-record"),
            lambda e: words(f"trail.kind-{e.kind}"),
            0,
            under=what,
        ),
        Column(words("patient.col-why"), lambda e: e.reason, 180, "quiet"),
    ]
    name = words("reports_page.changes-list")
    table = plain_table(look, name, columns, entries, tall=True)
    table.setMinimumHeight(look.px(200))
    return table


class SaidDialog(Dialog):
    """Something to be read: a sentence, perhaps a shape, perhaps entries."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        *,
        title: str,
        said: Sequence[str],
        chip: tuple[str, str] | None = None,
        entries: Sequence[Entry] = (),
    ) -> None:
        super().__init__(parent, words, look, [])
        items: list[Item] = []
        self.chip = Chip(look, *chip) if chip else None
        if self.chip is not None:
            items.append(row(self.chip, None))
        self.said = [label(look, each, wrap=True) for each in said]
        items += self.said
        self.table = entries_table(words, look, entries) if entries else None
        if self.table is not None:
            items += [4, self.table]
            widen(self, look)
        self.lay_out(title, words("app.close"), *items, 12)
        self.stop.hide()
        (self.table or self.go).setFocus()
