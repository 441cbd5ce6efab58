"""What every page is to the window, and the window to every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registry_app.domain.errors import RegistryError
from registry_app.ui.changes import Changes
from registry_app.ui.look import Look
from registry_app.words import Words

if TYPE_CHECKING:  # a service brings the data base along; the sign-in must not wait
    from registry_app.services.desk import Desk
    from registry_app.ui.record_bar import RecordBar


class Page(QWidget):
    """A page asks the window by these signals, and decides nothing about the frame.

    open_subject(case ID), open_exam(form ID): go there. new_exam(case ID): ask what is
    needed, begin the exam and go there. print_report(case ID): the dialog of the
    report. open_duty(key): that duty on the page of obligations. open_plan(): what is
    to be confirmed, in the settings of the plan. open_kits(): the kits.
    open_place(name): a page behind the settings (ui/pages/settings_places.py).
    open_safety_case(number): that case on
    the page of safety, "" for its list. open_report(kind, about): the page of reports
    at that kind (domain/report.py), about that safety case or patient, or "".
    close_requested(): leave this page.
    state_changed(key, params): what the chip at the top right says, worded by that key;
    ``params["kind"]`` may name its glyph (done, due, overdue, open …; done if it is
    left out). refused(RegistryError):
    shown as a sentence in the window's strip. Its window title is what the window
    names itself by.
    """

    open_subject = Signal(str)
    open_exam = Signal(str)
    new_exam = Signal(str)
    print_report = Signal(str)
    open_duty = Signal(str)
    open_plan = Signal()
    open_kits = Signal()
    open_place = Signal(str)
    open_safety_case = Signal(str)
    open_report = Signal(str, str)
    close_requested = Signal()
    state_changed = Signal(str, dict)
    refused = Signal(object)

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__()
        self.desk, self.words, self.look, self.changes = desk, words, look, changes
        self.setProperty("kind", "page")

    #: The patient whose banner the window shows above the page; "" for none.
    subject_id: str = ""
    #: The record that the commands of signatures and locks are about; None for none.
    record: RecordBar | None = None
    #: What it shows, where the patient does not say it all.
    record_id: str = ""

    @classmethod
    def log_name(cls) -> str:
        """What the access log calls it (domain/access.py: PLACES)."""
        name = cls.__name__.removesuffix("Page")
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()

    #: Whether what is typed in it is kept as a draft (ui/keeper.py).
    keeps = False
    #: The person left, and what was typed is to wait for them; or it was saved.
    left_a_draft = saved = False

    def may_close(self) -> bool:
        """Whether the page can be left now; it has saved what it could, or asks."""
        return True

    def keep(self) -> None:
        """Save what is being typed as a draft, and ask nothing: the screen locks."""

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Run services; a refusal becomes a sentence in the strip, not a crash.

        with self.asking():
            form = save_exam(self.desk, form)
        """
        try:
            yield
        except RegistryError as refusal:
            self.refused.emit(refusal)
