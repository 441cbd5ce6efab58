"""Commands about reports: the page, its preview, data cuts, the log, verify."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry_app.domain.report import Kind
from registry_app.ui.pages.reports import ReportsPage

if TYPE_CHECKING:
    from registry_app.ui.page import Page
    from registry_app.ui.window_frame import WindowFrame


class ReportCommands:
    """Leads the window to the page of reports, and asks there."""

    def __init__(self, window: WindowFrame) -> None:
        self._window = window

    def show(self, view: str = "make") -> None:
        """The page, at one of its parts; where it is shown already, that part of it."""
        shown = self._window.page
        if isinstance(shown, ReportsPage):
            shown.show_view(view)
        else:
            self._go(view, None, "")

    def open(self, kind: str, about: str) -> None:
        """A report of this kind about a case or safety case; back leads from there."""
        self._go("make", Kind(kind), about)

    def _go(self, view: str, kind: Kind | None, about: str) -> None:
        window = self._window
        came_from = window.home if kind is not None else None

        def make() -> Page:
            window.home = self.show
            return ReportsPage(
                *(window.desk, window.words, window.look, window.changes),
                view,
                kind,
                about,
            )

        window.go(make, came_from)

    def _page(self, view: str) -> ReportsPage | None:
        """The page; None where the one that is shown stays."""
        self.show(view)
        shown = self._window.page
        return shown if isinstance(shown, ReportsPage) else None

    def preview(self) -> None:
        """The pages of the report that is chosen."""
        if page := self._page("make"):
            page.preview()

    def freeze(self) -> None:
        """Freeze the data as they are."""
        if page := self._page("make"):
            page.freeze()

    def show_sent(self) -> None:
        """What was handed over."""
        self.show("sent")

    def verify(self) -> None:
        """Any PDF: ours and true, changed since, altered, or not ours."""
        if page := self._page("issued"):
            page.verify()
