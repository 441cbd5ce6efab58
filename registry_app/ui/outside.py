"""What leaves the registry: saved, printed, exported. Nothing does by another way.

Before a file is written that tells who somebody is, it is asked for what, on which
basis and for whom. Each goes into the access log before its file is there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from registry_app.domain.errors import Refused, RegistryError
from registry_app.domain.handover import Outgoing
from registry_app.services.access import exported, printed
from registry_app.ui.dialogs.handover import HandoverDialog
from registry_app.ui.frame import Strip
from registry_app.ui.look import Look
from registry_app.ui.places import ask_place, documents
from registry_app.ui.widgets import button, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk
    from registry_app.ui.pdf_pages import PdfPages


class Outside:
    """The way out of one window.

    `strip` says where a file is; `refused` takes what is wrong with its place.
    """

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        words: Words,
        look: Look,
        strip: Strip,
        refused: Callable[[RegistryError], object],
    ) -> None:
        self._window, self._desk, self._words, self._look = window, desk, words, look
        self._strip, self._refused = strip, refused

    def place(self, leaving: Outgoing, name: str, what: str) -> Path | None:
        """Where to write a file, `name` proposed; None for rather not.

        What it is for is asked first, where that must be said. `what` begins the names
        of its texts (report_dialog.toml).
        """
        words, said = self._words, None
        if leaving.export:
            asked = HandoverDialog(self._window, self._desk, words, self._look, leaving)
            said = asked.said() if asked.exec() else None
            asked.deleteLater()
        if said is None and leaving.export:
            chosen = ""
        else:
            title = words(f"report_dialog.{what}-save")
            kinds = words(f"report_dialog.{what}-filter")
            start = documents() / name
            chosen = ask_place(self._window, words, title, start, kinds)
        if not chosen:
            self._strip.say("due", words(f"report_dialog.{what}-not-saved"))
            return None
        if said is None:
            printed(self._desk, leaving.what, leaving.one)
        else:
            exported(self._desk, leaving, said)
        return Path(chosen)

    def save(self, leaving: Outgoing, name: str, made: bytes, what: str) -> None:
        """Write it where somebody says, and say where it is."""
        words, place = self._words, self.place(leaving, name, what)
        if place is None:
            return
        try:
            place.write_bytes(made)
        except OSError:
            self._refused(Refused("report_dialog.cannot-write", file=str(place)))
            return
        url = QUrl.fromLocalFile(str(place))
        self._strip.say(
            "done",
            words(f"report_dialog.{what}-saved", file=str(place)),
            (
                words(f"report_dialog.{what}-open"),
                lambda: QDesktopServices.openUrl(url),
            ),
        )

    def show(self, number: str, pdf: bytes) -> None:
        """A paper of the registry about itself: read, kept as a file, printed."""
        from registry_app.ui.dialogs.pdf import PdfDialog
        from registry_app.ui.pdf_pages import PdfPages

        words, look, pages = self._words, self._look, PdfPages(pdf)
        dialog = PdfDialog(self._window, words, look, number, pages)
        leaving, name = Outgoing(number), f"{number}.pdf"
        dialog.whole.addLayout(
            row(
                None,
                button(
                    look,
                    words("report_dialog.own-save"),
                    "",
                    lambda: self.save(leaving, name, pdf, "report"),
                ),
                button(
                    look,
                    words("report_dialog.own-print"),
                    "",
                    lambda: self.print(leaving, pages),
                ),
            )
        )
        dialog.exec()
        dialog.deleteLater()

    def print(self, leaving: Outgoing, pages: PdfPages) -> bool:
        """On paper; False for rather not."""
        from registry_app.ui.pdf_print import print_pdf  # not at start

        if not print_pdf(self._window, leaving.what, pages):
            return False
        printed(self._desk, leaving.what, leaving.one)
        return True
