"""What waits for its author: which form, which patient, when, by whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QWidget

from registry_app.domain.dates import TOKYO
from registry_app.ui.dialogs.change_list import widen
from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.dialogs.question import sure
from registry_app.ui.look import Look
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import Inside, button, column, label, row
from registry_app.words import Words


@dataclass(frozen=True, slots=True)
class Waiting:
    """One draft. `compare` and `discard`: None for a sheet, which shows itself."""

    form: str
    patient: str
    at: datetime
    open: Callable[[], object]
    compare: Callable[[QWidget], object] | None = None
    discard: Callable[[], object] | None = None


class DraftsDialog(Dialog):
    """Open, compare or discard, one at a time; nothing happens by itself."""

    keeps = False

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        by: str,
        waiting: Sequence[Waiting],
    ) -> None:
        """`by`: the name of their author, which is whoever is signed in."""
        super().__init__(parent, words, look, [])
        self._by, self.waiting = by, list(waiting)
        self.table: Table | None = None
        self._holder = Inside(column(gap=0))
        self.compare = button(look, words("drafts.compare"), "", self._compare)
        self.discard = button(look, words("drafts.drop"), "", self._discard)
        said = label(look, words("drafts.list-said"), "text2", wrap=True)
        deeds = row(None, self.compare, self.discard)
        widen(self, look)
        self.lay_out(
            words("drafts.list-title"),
            words("drafts.open"),
            said,
            4,
            self._holder,
            deeds,
        )
        self.stop.setText(words("drafts.later"))
        self._show()

    def _show(self) -> None:
        """The list anew; the first one is chosen."""
        words, places = self.words, self._holder.layout()
        assert places is not None
        while (old := places.takeAt(0)) is not None:
            if (shown := old.widget()) is not None:
                shown.hide()
                shown.deleteLater()

        def when(one: Waiting) -> str:
            return one.at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")

        nobody = words("drafts.list-nobody")
        columns = [
            Column(words("drafts.list-form"), lambda w: w.form, 0, "strong"),
            Column(words("drafts.list-patient"), lambda w: w.patient or nobody, 110),
            Column(words("drafts.list-at"), when, 136),
            Column(words("drafts.list-by"), lambda _w: self._by, 120, "quiet"),
        ]
        title = words("drafts.list-title")
        if self.waiting:
            self.table = plain_table(self.look, title, columns, self.waiting)
            self.table.setMinimumHeight(self.look.px(200))
            self.table.selectionModel().currentRowChanged.connect(self._chosen)
            self.table.opened.connect(lambda _row: self.accept())
            places.addWidget(self.table)
            self.table.selectRow(0)
            self.table.setFocus()
        else:
            self.table = None
            places.addWidget(label(self.look, words("drafts.list-none"), wrap=True))
        self._chosen()

    @property
    def chosen(self) -> Waiting | None:
        """The draft of the row that is chosen."""
        if self.table is None:
            return None
        number = self.table.currentIndex().row()
        return self.waiting[number] if number >= 0 else None

    def _chosen(self) -> None:
        one = self.chosen
        self.go.setEnabled(one is not None)
        self.compare.setEnabled(one is not None and one.compare is not None)
        self.discard.setEnabled(one is not None and one.discard is not None)

    def accept(self) -> None:
        """Go where it was typed; it is put in there."""
        one = self.chosen
        if one is not None:
            super().accept()
            one.open()

    def _compare(self) -> None:
        one = self.chosen
        if one is not None and one.compare is not None:
            one.compare(self)

    def _discard(self) -> None:
        """Ask once more: it cannot be had again."""
        one, words = self.chosen, self.words
        if one is None or one.discard is None:
            return
        if sure(
            self,
            words("drafts.list-title"),
            words("drafts.drop-sure"),
            words("drafts.drop"),
            words("drafts.drop-keep"),
        ):
            one.discard()
            self.waiting.remove(one)
            self._show()
