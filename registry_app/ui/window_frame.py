"""The window of a registry around its pages: rail, bar, banner, strip."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction

from registry_app.services.cases import case_of
from registry_app.services.hiding import veiled
from registry_app.services.protocol import protocol
from registry_app.services.subjects import open_subject
from registry_app.ui.actions import RECORD_DEEDS
from registry_app.ui.changes import Changes
from registry_app.ui.finder import Finder
from registry_app.ui.frame import Fact, Rail
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.page_window import PageWindow
from registry_app.ui.pages.patients import PatientsPage
from registry_app.ui.pages.veiled_patient import veiled_facts
from registry_app.ui.patient_facts import patient_facts
from registry_app.ui.place_watch import PlaceWatch, reading_notice
from registry_app.ui.rail_places import RAIL, place_of
from registry_app.ui.widgets import Inside, column, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.plan.case import Case
    from registry_app.services.desk import Desk
    from registry_app.services.hiding import Veiled
    from registry_app.services.subjects import SubjectFile


class WindowFrame(PageWindow):
    """Rail, bar, banner, strip and the page that is shown; `MainWindow` says which.

    `home`: leads back to the place that one came from. `actions_by_name`: the commands.
    drafts_asked(): the person asks what of their own waits to be typed on.
    """

    drafts_asked = Signal()

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.actions_by_name: dict[str, QAction] = {}
        self.home: Callable[[], None] = self.go_back
        self.file: SubjectFile | None = None
        self._case: Case | None = None
        self.veiled: Veiled | None = None
        self.rail = Rail(look, [(each.icon, words(each.title)) for each in RAIL])
        self.finder = Finder(desk, words, look, self.bar.search)
        self.notices = column(gap=0)
        page = column(
            self.notices, self.banner, self.strip, self.pages, self.working, gap=0
        )
        under = row(self.rail, Inside(page), gap=0)
        above = self.bar, *reading_notice(desk, words, look)
        self.setCentralWidget(Inside(column(*above, Inside(under), gap=0)))
        self.place = PlaceWatch(self, desk, words, self.strip)
        changes.subject.connect(self._subject_changed)
        self.stays = self.patients = PatientsPage(desk, words, look, changes)
        # The list follows the search field; elsewhere Enter brings it up.
        self.finder.searched.connect(self.patients.search)
        self.pages.addWidget(self.patients)

    def _entered(self, page: Page, stays: bool = False) -> None:
        """Rail, banner, title and actions say where we are."""
        self.rail.choose(place_of(page).icon)
        super()._entered(page, stays)
        self._show_banner(page.subject_id)
        for name in ("print", "new-exam"):
            self.actions_by_name[name].setEnabled(self.file is not None)
        self.actions_by_name["unblinding"].setEnabled(bool(page.subject_id))
        for name, deed in RECORD_DEEDS.items():
            there = page.record is not None and page.record.offers(deed)
            self.actions_by_name[name].setEnabled(there)
        self.actions_by_name["back"].setEnabled(self._back is not None)

    def _show_banner(self, subject_id: str) -> None:
        self.veiled = veiled(self.desk, subject_id) if subject_id else None
        shown = bool(subject_id) and self.veiled is None
        self.file = open_subject(self.desk, subject_id) if shown else None
        self._case = case_of(self.desk, subject_id) if shown else None
        if subject_id:
            self.banner.show_facts(self.facts())
        self.banner.setVisible(bool(subject_id))

    def facts(self) -> list[Fact]:
        """What the banner says of the open patient; dialogs say the same."""
        if self.veiled is not None:
            return veiled_facts(self.words, self.veiled)
        if self.file is None:
            return []
        pack = protocol(self.desk).pack
        return patient_facts(self.words, self.file, self.today, pack, self._case)

    def _subject_changed(self, subject_id: str) -> None:
        if subject_id == self.page.subject_id:
            self._show_banner(subject_id)

    def show_drafts(self) -> None:
        """What was typed and not saved."""
        self.drafts_asked.emit()
