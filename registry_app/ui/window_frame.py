"""The window around its pages: how one goes from one page to another, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from registry_app.domain.errors import RegistryError
from registry_app.services.cases import case_of
from registry_app.services.protocol import protocol, today_in_japan
from registry_app.services.subjects import open_subject
from registry_app.ui.access_writer import AccessWriter
from registry_app.ui.actions import RECORD_DEEDS
from registry_app.ui.background import Working
from registry_app.ui.changes import Changes
from registry_app.ui.finder import Finder
from registry_app.ui.frame import Banner, Bar, Fact, Rail, Strip
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.pages.patients import PatientsPage
from registry_app.ui.patient_facts import patient_facts
from registry_app.ui.place_watch import PlaceWatch, reading_notice
from registry_app.ui.rail_places import RAIL, place_of
from registry_app.ui.widgets import Inside, column, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.plan.case import Case
    from registry_app.services.desk import Desk
    from registry_app.services.subjects import SubjectFile


class WindowFrame(QMainWindow):
    """Rail, bar, banner, strip and the page that is shown; `MainWindow` says which.

    `home`: leads back to the place that one came from. `actions_by_name`: the commands.
    locked(): the screen is to be covered. drafts_asked(): the person asks what of their
    own waits to be typed on. signed_out(): the registry is left. left():
    the window has been closed by the user, and the program with it.
    """

    #: Who keeps what is typed in the dialogs above this window (ui/keeper.py).
    keeper: QObject | None = None

    locked = Signal()
    drafts_asked = Signal()
    signed_out = Signal()
    left = Signal()

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__()
        self.desk, self.words, self.look, self.changes = desk, words, look, changes
        self.actions_by_name: dict[str, QAction] = {}
        self._back: Callable[[], None] | None = None
        self.home: Callable[[], None] = self.go_back
        self.file: SubjectFile | None = None
        self._case: Case | None = None
        self.today = today_in_japan(desk)
        self.rail = Rail(look, [(each.icon, words(each.title)) for each in RAIL])
        self.bar = Bar(
            words, look, desk.registry.site, desk.person.display_name, self.lock
        )
        self.banner = Banner(look)
        self.banner.hide()
        self.strip = Strip(words, look)
        self.working = Working(words, look)
        self.working.setVisible(False)
        self._access = AccessWriter(self, desk)
        self._access.failed.connect(self.refuse)
        self.pages = QStackedWidget()
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
        self.patients = PatientsPage(desk, words, look, changes)
        # The list follows the search field; elsewhere Enter brings it up.
        self.finder.searched.connect(self.patients.search)
        self.pages.addWidget(self.patients)
        self.setMinimumSize(800, 500)
        self.resize(1366, 697)  # 1366 x 768 without title bar and task bar

    @property
    def page(self) -> Page:
        """The page that is shown."""
        shown = self.pages.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def connect_page(self, page: Page) -> None:
        """Listen to what a page says of itself."""
        page.close_requested.connect(self.go_back)
        page.state_changed.connect(self._state_changed)
        page.refused.connect(self.refuse)

    def may_leave(self) -> bool:
        """Whether the page shown can be left; then it is gone, but for the list."""
        return self.page.may_close()

    def go(self, make: Callable[[], Page], back: Callable[[], None] | None) -> None:
        """Show another page, unless the one shown stays; `back` leads from there."""
        if not self.may_leave():
            self._entered(self.page, stays=True)
            return
        try:
            page = make()
        except RegistryError as refusal:
            self.refuse(refusal)
            return
        old = self.page
        if page is not self.patients:
            self.connect_page(page)
            self.pages.addWidget(page)
        self._back = back
        self.bar.state.show_status("done", "")
        self.pages.setCurrentWidget(page)
        if old is not self.patients and old is not page:
            self.pages.removeWidget(old)
            old.deleteLater()
        self._entered(page)
        self._access.opened(page)

    def go_back(self) -> None:
        """One page up."""
        if self._back is not None:
            self._back()

    def _entered(self, page: Page, stays: bool = False) -> None:
        """Rail, banner, title and actions say where we are."""
        self.rail.choose(place_of(page).icon)
        if not stays:
            self.strip.hide()
            page.setFocus()  # else it asks something, and has the keys where it asks
        self._show_banner(page.subject_id)
        for name in ("print", "new-exam"):
            self.actions_by_name[name].setEnabled(bool(page.subject_id))
        for name, deed in RECORD_DEEDS.items():
            there = page.record is not None and page.record.offers(deed)
            self.actions_by_name[name].setEnabled(there)
        self.actions_by_name["back"].setEnabled(self._back is not None)
        what = page.windowTitle()
        title = self.words("app.title")
        self.setWindowTitle(self.words("app.title-of", what=what, title=title))

    def _show_banner(self, subject_id: str) -> None:
        self.file = open_subject(self.desk, subject_id) if subject_id else None
        self._case = case_of(self.desk, subject_id) if subject_id else None
        if self.file is not None:
            self.banner.show_facts(self.facts())
        self.banner.setVisible(self.file is not None)

    def facts(self) -> list[Fact]:
        """What the banner says of the open patient; dialogs say the same."""
        if self.file is None:
            return []
        pack = protocol(self.desk).pack
        return patient_facts(self.words, self.file, self.today, pack, self._case)

    def _subject_changed(self, subject_id: str) -> None:
        if subject_id == self.page.subject_id:
            self._show_banner(subject_id)

    def _state_changed(self, key: str, params: dict[str, object]) -> None:
        if self.sender() is self.page:
            text = self.words(key, **params)
            self.bar.state.show_status(str(params.get("kind", "done")), text)

    def refuse(self, refusal: RegistryError) -> None:
        """Say a refusal in the strip; the work goes on."""
        self.strip.say("overdue", self.words.say(refusal.message))

    def lock(self) -> None:
        """Cover the screen until the password is typed."""
        self.locked.emit()

    def show_drafts(self) -> None:
        """What was typed and not saved."""
        self.drafts_asked.emit()

    def sign_out(self) -> None:
        """Leave the registry; drafts are kept."""
        if self.may_leave():
            self.signed_out.emit()

    def leave(self) -> None:
        """End the program."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing asks the page first."""
        if self.may_leave():
            event.accept()
            self.left.emit()
        else:
            event.ignore()
