"""A window of pages: how one goes from one page to another, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from registry_app.domain.errors import RegistryError
from registry_app.services.protocol import today_in_japan
from registry_app.ui.access_writer import AccessWriter
from registry_app.ui.background import Working
from registry_app.ui.changes import Changes
from registry_app.ui.frame import Banner, Bar, Strip
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class PageWindow(QMainWindow):
    """Bar, banner, strip and the page that is shown; who inherits it lays them out.

    locked(): the screen is to be covered. signed_out(): the registry is left. left():
    the window has been closed by the user, and the program with it.
    """

    #: Who keeps what is typed in the dialogs above this window (ui/keeper.py).
    keeper: QObject | None = None

    locked = Signal()
    signed_out = Signal()
    left = Signal()

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__()
        self.desk, self.words, self.look, self.changes = desk, words, look, changes
        self._back: Callable[[], None] | None = None
        self.today = today_in_japan(desk)
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
        #: The page that is never made anew.
        self.stays: Page | None = None
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
        if page is not self.stays:
            self.connect_page(page)
            self.pages.addWidget(page)
        self._back = back
        self.bar.state.show_status("done", "")
        self.pages.setCurrentWidget(page)
        if old is not self.stays and old is not page:
            self.pages.removeWidget(old)
            old.deleteLater()
        self._entered(page)
        self._access.opened(page)

    def go_back(self) -> None:
        """One page up."""
        if self._back is not None:
            self._back()

    def _entered(self, page: Page, stays: bool = False) -> None:
        """The title says where we are."""
        if not stays:
            self.strip.hide()
            page.setFocus()  # else it asks something, and has the keys where it asks
        what = page.windowTitle()
        title = self.words("app.title")
        self.setWindowTitle(self.words("app.title-of", what=what, title=title))

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
