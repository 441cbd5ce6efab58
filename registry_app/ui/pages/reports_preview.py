"""The preview of a report: its real pages, and what stands behind their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from registry_app.ui.frame import Strip
from registry_app.ui.inputs import Choice
from registry_app.ui.look import Look
from registry_app.ui.pdf_pages import PdfPages
from registry_app.ui.pdf_view import FIT_PAGE, FIT_WIDTH, ZOOMS, PdfView, Spot
from registry_app.ui.widgets import Card, Inside, button, column, label
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.filed import Behind
    from registry_app.services.making import Report


def spots_of(report: Report | Behind) -> list[Spot]:
    """The numbers of a report that can be pressed, in reading order."""
    return [
        Spot(one.page, one.x0, one.y0, one.x1, one.y1, one.label)
        for one in report.regions
    ]


class PreviewCard(Card):
    """records(n): what stands behind number `n` of the report was asked for."""

    records = Signal(int)

    def __init__(self, words: Words, look: Look) -> None:
        self._words = words
        self.place = label(look, "", "text2", "caption")
        self.zoom = Choice(
            look,
            words("reports_page.zoom"),
            [(str(zoom), self._zoom_said(zoom)) for zoom in ZOOMS],
        )
        self.zoom.setFixedWidth(look.px(128))
        self.before = button(look, words("reports_page.page-before"), "small")
        self.after = button(look, words("reports_page.page-after"), "small")
        title = words("reports_page.preview")
        super().__init__(look, title, [self.place, self.zoom, self.before, self.after])
        self.body.setContentsMargins(0, 0, 0, 0)
        self.report: Report | None = None
        self.view = PdfView(words, look)
        self.strip = Strip(words, look)
        said = label(look, words("reports_page.preview-none"), "text2", wrap=True)
        none = Inside(column(said, None, margins=(16, 16, 16, 16)))
        self._stack = QStackedWidget()
        self._stack.addWidget(none)
        self._stack.addWidget(self.view)
        self.hint = label(look, words("reports_page.keys"), "text3", "caption")
        self.body.addLayout(
            column(
                self.strip,
                self._stack,
                Inside(column(self.hint, margins=(12, 2, 12, 6))),
                gap=0,
            )
        )
        self.before.clicked.connect(lambda: self.view.turn_to(self.view.page - 1))
        self.after.clicked.connect(lambda: self.view.turn_to(self.view.page + 1))
        self.zoom.activated.connect(
            lambda _n: self.view.show_zoom(int(self.zoom.value))
        )
        self.view.zoomed.connect(lambda zoom: self.zoom.choose(str(zoom)))
        self.view.turned.connect(self._turned)
        self.view.gone.connect(self._gone)
        self.view.opened.connect(self.records)
        self._turned(0, 0)

    def _zoom_said(self, zoom: int) -> str:
        fits = {FIT_WIDTH: "fit-width", FIT_PAGE: "fit-page"}
        if zoom in fits:
            return self._words(f"reports_page.{fits[zoom]}")
        return self._words("reports_page.percent", percent=zoom)

    def show_report(self, report: Report, pages: PdfPages) -> None:
        """The pages of a report; it takes the keys."""
        self.report = report
        self.strip.hide()
        self.view.show_pages(pages, spots_of(report))
        self._stack.setCurrentIndex(1)
        self.view.setFocus()

    def clear(self) -> None:
        """Nothing to be seen, as at first."""
        self.report = None
        self.strip.hide()
        self.view.show_pages(None)
        self._stack.setCurrentIndex(0)

    def say_stale(self) -> None:
        """The pages are of other choices than those that stand now."""
        if self.report is not None:
            self.strip.say("now", self._words("reports_page.stale"))

    def _turned(self, page: int, pages: int) -> None:
        told = {"page": page + 1, "pages": pages}
        said = self._words("reports_page.page-of", **told) if pages else ""
        self.place.setText(said)
        self.before.setEnabled(page > 0)
        self.after.setEnabled(page + 1 < pages)
        for widget in (self.zoom, self.hint):
            widget.setVisible(bool(pages))

    def _gone(self, n: int) -> None:
        spot = self.view.spot(n)
        said = self._words("reports_page.number-said", label=spot.label)
        self.hint.setText(said)
