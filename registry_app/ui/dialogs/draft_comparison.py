"""What was kept as a draft, field by field, beside what stands in the window now."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from registry_app.ui.dialogs.change_list import widen
from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.look import Look
from registry_app.ui.rows_model import Column
from registry_app.ui.table import plain_table
from registry_app.ui.typed import said_name, said_text
from registry_app.ui.widgets import label
from registry_app.words import Words


class _Row(NamedTuple):
    name: str
    now: str
    kept: str


class ComparingDialog(Dialog):
    """To be read only; `now` is None where the window is not open."""

    keeps = False

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        kept: Mapping[str, str],
        now: Mapping[str, str] | None,
    ) -> None:
        super().__init__(parent, words, look, [])
        there = now or {}
        names = [*kept, *(name for name in there if name not in kept)]
        rows = [
            _Row(
                said_name(name),
                said_text(there.get(name, "")),
                said_text(kept.get(name, "")),
            )
            for name in names
            if kept.get(name) or there.get(name)
        ]
        columns = [Column(words("drafts.col-field"), lambda r: r.name, 150, "quiet")]
        if now is not None:
            columns.append(Column(words("drafts.col-now"), lambda r: r.now))
        columns.append(
            Column(
                words("drafts.col-kept"),
                lambda r: r.kept,
                look="text" if now is None else "strong",
            )
        )
        title = words("drafts.compare-title")
        self.table = plain_table(look, title, columns, rows)
        self.table.setMinimumHeight(look.px(240))
        widen(self, look)
        note = label(look, words("drafts.compare-note"), "text3", "caption", wrap=True)
        self.lay_out(title, words("app.close"), self.table, note)
        self.stop.hide()
