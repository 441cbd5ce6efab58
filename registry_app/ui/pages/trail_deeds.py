"""What is done with the trail as a whole: taken out as a file, printed for a month."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QMenu, QPushButton

from registry_app.domain.handover import Outgoing
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.rights import Deed, may
from registry_app.services.control_sheet import ControlSheet, control_sheet
from registry_app.services.trail_export import export_trail, outgoing_trail
from registry_app.ui.outside import Outside
from registry_app.ui.widgets import button

if TYPE_CHECKING:
    from registry_app.ui.pages.trail import TrailPage

#: So many months are offered, the newest first.
_MONTHS: Final = 12
_ENDINGS: Final = {"trail-csv": ".csv", "trail-jsonl": ".jsonl"}


class Stopped(Exception):
    """Somebody has seen enough, or the page is gone."""


class TrailDeeds:
    """Two buttons with their menus, on the page of the trail."""

    def __init__(self, page: TrailPage) -> None:
        self._page = page
        words, look, desk = page.words, page.look, page.desk
        self._outside = Outside(page, desk, words, look, page.strip, page.refused.emit)
        self.export = button(look, words("trail_page.export"), "")
        formats = QMenu(self.export)
        for what in _ENDINGS:
            action = formats.addAction(words(f"trail_page.{what}"))
            action.triggered.connect(lambda _on=False, w=what: self.export_as(w))
        self.export.setMenu(formats)
        self.sheet = button(look, words("trail_page.sheet"), "")
        months = QMenu(self.sheet)
        for month in _months(day_in_japan(desk.clock())):
            action = months.addAction(f"{month:%Y-%m}")
            action.triggered.connect(lambda _on=False, m=month: self.make_sheet(m))
        self.sheet.setMenu(months)
        self.allow(True)

    @property
    def buttons(self) -> tuple[QPushButton, QPushButton]:
        """For the head of the page."""
        return self.export, self.sheet

    def allow(self, on: bool) -> None:
        """One long deed at a time; a role without reports files no sheet."""
        page = self._page
        allowed = may(page.desk.person.role, Deed.REPORT)
        self.export.setEnabled(on)
        self.sheet.setEnabled(on and allowed)
        self.sheet.setToolTip("" if allowed else page.words("trail_page.only-reports"))

    def export_as(self, what: str) -> None:
        """What the filters say, into a file that somebody names."""
        page = self._page
        query = page.filters.query()
        if query is None:
            return
        leaving = outgoing_trail(page.desk, what, query)
        name = f"trail-{page.desk.registry.site}{_ENDINGS[what]}"
        place = self._outside.place(leaving, name, "trail")
        if place is None:
            return
        stop = threading.Event()
        going = page.going(stop)

        def work() -> Path | None:
            try:
                place.unlink(missing_ok=True)  # the dialog has asked
                language = page.words.language
                export_trail(page.desk, query, what, language, place, going)
            except Stopped:
                return None
            return place

        page.in_background(work, self._exported, "exporting", stop)

    def _exported(self, place: object) -> None:
        if place is not None:
            said = self._page.words("trail_page.exported", file=str(place))
            self._page.strip.say("done", said)

    def make_sheet(self, month: date) -> None:
        """The page of a month, the whole trail checked for it."""
        page = self._page
        stop = threading.Event()
        going: Callable[[float], None] = page.going(stop)

        def work() -> ControlSheet | None:
            try:
                language = (page.words.language,)
                return control_sheet(page.desk, month, language, going)
            except Stopped:
                return None

        page.in_background(work, self._printed, "checking", stop)

    def _printed(self, made: object) -> None:
        if isinstance(made, ControlSheet):
            leaving = Outgoing(made.number)
            self._outside.save(leaving, f"{made.number}.pdf", made.pdf, "report")


def _months(today: date) -> list[date]:
    """The first days of this month and of those before it."""
    found = [today.replace(day=1)]
    while len(found) < _MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found
