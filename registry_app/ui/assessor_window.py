"""The window of a blinded assessor: exams to do, one sheet, and one's own sign-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence

from registry_app.services.assessing import ToAssess
from registry_app.ui.about import about_said
from registry_app.ui.changes import Changes
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.page_window import PageWindow
from registry_app.ui.pages.assessment_sheet import AssessmentSheetPage
from registry_app.ui.pages.assessments import AssessmentsPage
from registry_app.ui.widgets import Inside, column
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class AssessorWindow(PageWindow):
    """There is no list of patients, no search and no report to go to.

    drafts_asked(): the assessor asks what of their own waits to be typed on.
    """

    drafts_asked = Signal()

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.bar.search.hide()
        self._menus()
        parts = self.bar, self.banner, self.strip, self.pages, self.working
        self.setCentralWidget(Inside(column(*parts, gap=0)))
        self.stays = self.list = AssessmentsPage(desk, words, look, changes)
        self.list.begun.connect(self.open_sheet)
        self.pages.addWidget(self.list)
        self.connect_page(self.list)
        self._entered(self.list)
        self._access.opened(self.list)

    def _menus(self) -> None:
        commands: dict[str, tuple[tuple[str, str, Callable[[], None]], ...]] = {
            "file": (
                ("drafts", "", self.drafts_asked.emit),
                ("lock", "Ctrl+L", self.lock),
                ("sign-out", "", self.sign_out),
                ("leave", "Ctrl+Q", self.leave),
            ),
            "view": (("back", "Alt+Left", self.go_back),),
            "help": (("about", "", self.about),),
        }
        for name, several in commands.items():
            menu = self.bar.menu.addMenu(self.words(f"actions.menu-{name}"))
            for command, keys, run in several:
                item = QAction(self.words(f"actions.{command}"), self)
                item.setShortcut(QKeySequence(keys))
                item.triggered.connect(lambda _checked, act=run: act())
                menu.addAction(item)

    def show_list(self) -> None:
        """The exams to do."""
        self.list.reload()
        self.go(lambda: self.list, None)

    def open_sheet(self, one: ToAssess) -> None:
        """One's own sheet; from there one goes back to the list."""

        def make() -> Page:
            page = AssessmentSheetPage(
                self.desk, self.words, self.look, self.changes, one.form_id
            )
            self.banner.show_facts(self.list.facts(one))
            return page

        self.go(make, self.show_list)

    def _entered(self, page: Page, stays: bool = False) -> None:
        super()._entered(page, stays)
        self.banner.setVisible(page is not self.list)

    def about(self) -> None:
        """Which program, which file."""
        self.strip.say("now", about_said(self.words, self.desk))
