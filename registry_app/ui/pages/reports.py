"""Reports: make one, see its pages, issue it; what was issued, sent, planned, shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from registry_app.domain.report import Kind
from registry_app.services.sources import Source
from registry_app.ui.background import Task, Working
from registry_app.ui.changes import Changes
from registry_app.ui.frame import Strip
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.pages.reports_deeds import ReportDeeds
from registry_app.ui.pages.reports_evaluation import ReportsEvaluation
from registry_app.ui.pages.reports_issued import ReportsIssued
from registry_app.ui.pages.reports_make import ReportsMake
from registry_app.ui.pages.reports_published import ReportsPublished
from registry_app.ui.pages.reports_sent import ReportsSent
from registry_app.ui.widgets import (
    Inside,
    Segments,
    button,
    column,
    hand_keys,
    label,
    row,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: The parts of the page, in the order in which a report goes through them.
VIEWS: Final = ("make", "issued", "sent", "evaluation", "published")


class ReportsPage(Page):
    """`view`: the part that is shown at first.

    `kind`, `about`: the report that is asked for, and the case or the safety case.
    """

    def __init__(
        self,
        desk: Desk,
        words: Words,
        look: Look,
        changes: Changes,
        view: str = "make",
        kind: Kind | None = None,
        about: str = "",
    ) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("reports_page.title"))
        self.strip = Strip(words, look)
        self.working = Working(words, look)
        self.deeds = ReportDeeds(self, self.strip, self.working)
        self.make = ReportsMake(self, self.working)
        self.issued = ReportsIssued(self)
        self.sent = ReportsSent(self)
        self.evaluation = ReportsEvaluation(self)
        self.published = ReportsPublished(self)
        self._parts: dict[str, QWidget] = {
            "make": self.make,
            "issued": self.issued,
            "sent": self.sent,
            "evaluation": self.evaluation,
            "published": self.published,
        }
        self._stack = QStackedWidget()
        for part in self._parts.values():
            self._stack.addWidget(part)
        whole = column(
            self._head(),
            self.strip,
            self._stack,
            self.working,
            gap=6,
            margins=(12, 8, 12, 4),
        )
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.make.issued.connect(self._issued)
        self.make.save.connect(self.deeds.save)
        self.make.opened.connect(self._open)
        self.issued.done.connect(self._do)
        self.deeds.changed.connect(self.issued.reload)
        self.deeds.judged.connect(self.issued.judged)
        self.deeds.opened.connect(self._open)
        changes.subject.connect(self._changed)
        changes.plan.connect(self._changed)
        self.make.reload()
        if kind is not None:
            self.make.begin(kind, about)
        self.show_view(view)

    def _head(self) -> QWidget:
        words, look = self.words, self.look
        self.views = Segments(
            look,
            [(name, words(f"reports_page.view-{name}")) for name in VIEWS],
            words("reports_page.views"),
            VIEWS[0],
        )
        self.views.chosen.connect(self.show_view)
        verify = button(look, words("reports_page.verify"), "", self.deeds.verify_file)
        self.verify_button = verify
        title = label(look, words("reports_page.title"), role="title")
        return Inside(row(title, 4, self.views, None, verify))

    # ── where one is ─────────────────────────────────────────────────────────────

    def show_view(self, name: str) -> None:
        """One of `VIEWS`."""
        self.views.choose(name)
        self.strip.hide()
        part: Any = self._parts[name]
        if name != "make":
            with self.asking():
                part.reload()
        if name == "issued":
            self._check_kept()
        self._stack.setCurrentWidget(part)
        hand_keys(self, part)

    def _check_kept(self) -> None:
        """Whether every filed report is as it was filed; off the GUI thread."""
        desk, numbers = self.desk, self.issued.numbers

        def work() -> list[tuple[str, Any]]:
            from registry_app.services.verifying import verify_filed

            return [(number, verify_filed(desk, number)) for number in numbers]

        task = Task(self, work)
        task.done.connect(self.issued.kept)
        task.failed.connect(self.refused)
        self.working.follow(task, self.words("reports_page.checking"))
        task.start()

    def _changed(self, _subject_id: str = "") -> None:
        """A method, so that Qt calls it no more once the page is gone."""
        self.make.reload()

    # ── commands ─────────────────────────────────────────────────────────────────

    def preview(self) -> None:
        """F5: the pages of what is chosen."""
        if self.views.value != "make":
            self.show_view("make")
        self.make.make_preview()

    def freeze(self) -> None:
        """Freeze the data as they are."""
        self.show_view("make")
        self.make.freeze()

    def verify(self) -> None:
        """A PDF: ours, changed since, altered, or not ours."""
        self.deeds.verify_file()

    def _issued(self, report: Any) -> None:
        """It is filed; now it is signed."""
        self.make.reload()
        self.show_view("issued")
        self.issued.reload(report.number)
        said = self.words("reports_page.issued-said", number=report.number)
        self.strip.say("done", said)
        if (one := self.issued.chosen) is not None:
            self.deeds.do("sign", one)

    def _do(self, name: str) -> None:
        if (one := self.issued.chosen) is not None:
            self.deeds.do(name, one)

    def _open(self, source: Source) -> None:
        """The record behind a number."""
        if source.form_id:
            self.open_exam.emit(source.form_id)
        elif source.safety_case:
            self.open_safety_case.emit(source.safety_case)
        elif source.subject_id:
            self.open_subject.emit(source.subject_id)
        else:
            self._open_by_kind(source.ref.kind, source.ref.id)

    def _open_by_kind(self, kind: str, id_: str) -> None:
        """A record that is nobody's (`KINDS_WITH_A_PAGE`)."""
        match kind:
            case "publication":
                self.show_view("published")
            case "evaluation":
                self.show_view("evaluation")
            case "kit":
                self.open_kits.emit()
            case "setting" | "regime" | "pack":
                self.open_plan.emit()
            case "settled":
                self.open_duty.emit(id_)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F5 makes the pages, also where no window has that key."""
        if event.key() == Qt.Key.Key_F5:
            self.preview()
        else:
            super().keyPressEvent(event)

    def may_close(self) -> bool:
        """What is being made is given up."""
        self.make.making.stop()
        return True
