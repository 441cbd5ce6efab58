"""A filed report, page by page, with the records behind its numbers."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry_app.services.sources import Source, records_behind
from registry_app.ui.background import Task
from registry_app.ui.dialogs.pdf import PdfDialog
from registry_app.ui.look import Look
from registry_app.ui.pages.reports_preview import spots_of
from registry_app.ui.pages.reports_records import RecordsCard
from registry_app.ui.pdf_pages import PdfPages
from registry_app.ui.undisturbed import set_aside, undisturbed
from registry_app.ui.widgets import label
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.errors import RegistryError
    from registry_app.services.desk import Desk
    from registry_app.services.filed import Behind


class FiledDialog(PdfDialog):
    """The pages are there at once, their numbers when the report was made again.

    After `exec`, `source` is the record that was asked for, or None.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        desk: Desk,
        number: str,
        pages: PdfPages,
    ) -> None:
        super().__init__(parent, words, look, number, pages)
        self._desk = desk
        self._behind: Behind | None = None
        self._stopped = Event()
        self.source: Source | None = None
        self.hint = label(
            look, words("reports_page.filed-reading"), "text2", "caption", wrap=True
        )
        self.records = RecordsCard(words, look)
        self.records.setFixedWidth(look.px(312))
        self.records.hide()
        self.body.insertWidget(0, self.records)
        self.whole.addWidget(self.hint)
        self.view.opened.connect(self._show_records)
        self.records.left.connect(self._back_to_number)
        self.records.opened.connect(self._go)
        self._read(number)

    def _read(self, number: str) -> None:
        """What stands behind the numbers, in another thread."""
        desk, stopped = self._desk, self._stopped

        def stop() -> bool:
            set_aside()
            return stopped.is_set()

        def work() -> Behind:
            from registry_app.services.filed import behind

            with undisturbed():
                return behind(desk, number, stop)

        task = Task(self, work)
        task.done.connect(self._came)
        task.failed.connect(self._failed)
        self.finished.connect(stopped.set)
        self.finished.connect(task.cancel)
        task.start()

    def _came(self, found: Behind) -> None:
        if found.why is not None:
            self.hint.setText(self._words("reports_page.filed-none", why=found.why))
            return
        self._behind = found
        self.view.show_spots(spots_of(found))
        self.hint.setText(self._words("reports_page.keys"))

    def _failed(self, refusal: RegistryError) -> None:
        why = refusal.message
        self.hint.setText(self._words("reports_page.filed-none", why=why))

    def _show_records(self, n: int) -> None:
        """As of the entry that the pages were made from."""
        if self._behind is None:
            return
        region = self._behind.regions[n]
        found = records_behind(self._desk, region.refs, self._behind.as_of)
        self.records.show_sources(region.label, found)
        self.records.show()
        if self.records.table is not None:
            self.records.table.setFocus()

    def _back_to_number(self) -> None:
        self.records.hide()
        self.view.setFocus()

    def _go(self, source: Source) -> None:
        self.source = source
        self.accept()
