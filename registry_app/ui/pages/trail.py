"""The trail: who changed what, when and why; filters above, the changes below."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.trail_query import TrailQuery
from registry_app.services.trail import Verified, verify
from registry_app.services.trail_search import TrailPart, trail_page, writers
from registry_app.services.trail_words import (
    NOTHING,
    entry_text,
    kind_text,
    time_text,
)
from registry_app.ui.background import Task, Working
from registry_app.ui.change_columns import change_columns
from registry_app.ui.changes import Changes
from registry_app.ui.frame import Strip
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.pages.trail_deeds import Stopped, TrailDeeds
from registry_app.ui.pages.trail_filters import TrailFilters
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.ui.trail_model import Line, TrailModel
from registry_app.ui.widgets import Card, button, column, hand_keys, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class TrailPage(Page):
    """Entries come as they are found, and more when one scrolls to the end."""

    _part = Signal(int, object, float)
    _share = Signal(float)

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("trail_page.title"))
        today = day_in_japan(desk.clock())
        self.filters = TrailFilters(words, look, today, writers(desk))
        self.filters.asked.connect(self.search)
        self.model = TrailModel(self._columns())
        self.model.wants_more.connect(self._more)
        self.table = Table(look, self.model, words("trail_page.title"))
        self.table.setSortingEnabled(False)
        self.table.horizontalHeader().setSortIndicatorShown(False)
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._show(now.row())
        )
        self.strip = Strip(words, look)
        self.working = Working(words, look)
        self.count = label(look, "", "text2", "caption")
        upper = Card(look)
        upper.body.setContentsMargins(0, 0, 0, 0)
        upper.body.addWidget(self.table)
        self._lower = Card(look, words("trail_page.changes"))
        self._lower.body.setContentsMargins(0, 0, 0, 0)
        self._lower.setMaximumHeight(look.px(150))
        self.said = label(look, "", "text2", "caption", wrap=True)
        self.said.setContentsMargins(look.px(12), 0, look.px(12), look.px(4))
        self._lower.body.addWidget(self.said)
        self.detail: Table | None = None
        self.check_button = button(look, words("trail_page.check"), "", self.check)
        self.deeds = TrailDeeds(self)
        head = row(
            label(look, words("trail_page.title"), role="title"),
            self.count,
            None,
            self.check_button,
            *self.deeds.buttons,
            gap=12,
        )
        whole = column(
            head,
            self.strip,
            self.filters,
            upper,
            self._lower,
            self.working,
            gap=8,
            margins=(12, 8, 12, 4),
        )
        whole.setStretch(3, 5)
        whole.setStretch(4, 2)
        self.setLayout(whole)
        self._query, self._turn = TrailQuery(), 0
        self._older: int | None = None
        self._stop = threading.Event()
        self._part.connect(self._came)
        self._share.connect(self.working.reach)
        hand_keys(self, self.table)
        self.search()

    def _columns(self) -> list[Column]:
        words = self.words

        def record(line: Line) -> str:
            kind = kind_text(words, line.entry.kind)
            return f"{kind} {line.patient}" if line.patient else kind

        def where(line: Line) -> str:
            return f"{line.entry.workstation}, {line.entry.program}"

        def jumped(line: Line) -> str:
            return words("trail_page.jumped") if line.jumped else ""

        def key(name: str) -> str:
            return words(f"trail_page.col-{name}")

        return [
            Column(key("seq"), lambda line: str(line.entry.seq), 84, "figure"),
            Column(key("when"), lambda line: time_text(line.entry.at), 208, "strong"),
            Column(key("who"), lambda line: line.entry.actor, 110),
            Column(key("record"), record, 200),
            Column(key("what"), lambda line: entry_text(words, line.entry), 0),
            Column(key("why"), lambda line: line.entry.reason or NOTHING, 170, "quiet"),
            Column(
                key("clock"),
                jumped,
                104,
                "chip",
                status=lambda line: "due" if line.jumped else "",
                spare=True,
            ),
            Column(key("where"), where, 180, "quiet", spare=True),
        ]

    def search(self) -> None:
        """Look for what the filters say, from the newest entry back."""
        query = self.filters.query()
        if query is None:
            return
        self._query = query
        self.model.clear()
        self.count.clear()
        self._show(-1)
        self._look(None)

    def _more(self) -> None:
        self._look(self._older)

    def _look(self, before: int | None) -> None:
        """Find the next page; what is still being looked for is given up."""
        self._stop.set()
        stop = self._stop = threading.Event()
        self._turn += 1
        turn, query = self._turn, self._query

        def going(part: TrailPart, share: float) -> None:
            if stop.is_set():
                raise Stopped
            self._part.emit(turn, part, share)

        def work() -> TrailPart | None:
            try:
                return trail_page(self.desk, query, before, going=going)
            except Stopped:
                return None

        task = Task(self, work)
        task.done.connect(lambda page: self._found(turn, page))
        task.failed.connect(self.refused)
        task.ended.connect(lambda: self._ended(turn, stop))
        self.working.follow(task, self.words("trail_page.searching"))
        task.start()

    def _came(self, turn: int, part: TrailPart, share: float) -> None:
        """A part of what is looked for; of an older search it is nothing."""
        if turn != self._turn:
            return
        first = not self.model.lines
        self.model.add(part)
        self.working.reach(share)
        if first and part.entries:
            self.table.selectRow(0)
        self._say_count("found")

    def _found(self, turn: int, page: TrailPart | None) -> None:
        if turn != self._turn or page is None:
            return
        self._older = page.older
        self.model.more = page.older is not None
        ended = "found-all" if self.model.lines else "found-none"
        self._say_count("found" if self.model.more else ended)
        bar = self.table.verticalScrollBar()
        if self.model.more and bar.value() == bar.maximum():  # there is room for more
            self.model.fetchMore(self.table.rootIndex())

    def _ended(self, turn: int, stop: threading.Event) -> None:
        stop.set()
        if turn == self._turn:
            self._say_count("stopped")

    def _say_count(self, key: str) -> None:
        count = len(self.model.lines)
        self.count.setText(self.words(f"trail_page.{key}", count=count))

    def _show(self, number: int) -> None:
        """Every change of one entry, and who wrote it with what."""
        words, line = self.words, self.model.row(number) if number >= 0 else None
        if self.detail is not None:
            self.detail.hide()
            self.detail.deleteLater()
            self.detail = None
        if line is None:
            self.said.clear()
            return
        entry = line.entry
        told = words(
            "trail_page.entry",
            seq=entry.seq,
            who=entry.actor,
            workstation=entry.workstation,
            program=entry.program,
            id=entry.id,
            version=entry.version,
        )
        jump = words("trail_page.jump") if line.jumped else ""
        self.said.setText("\n".join(said for said in (jump, told) if said))
        self.detail = plain_table(
            self.look,
            words("trail_page.changes"),
            change_columns(words, entry),
            entry.changes,
        )
        self._lower.body.addWidget(self.detail)

    def check(self) -> None:
        """The whole chain, and every record against it."""
        stop = threading.Event()
        going = self.going(stop)

        def work() -> Verified | None:
            try:
                return verify(self.desk, going)
            except Stopped:
                return None

        self.in_background(work, self._checked, "checking", stop)

    def going(self, stop: threading.Event) -> Callable[[float], None]:
        """Shows how far a long deed is, and ends it once it is to stop."""

        def told(share: float) -> None:
            if stop.is_set():
                raise Stopped
            self._share.emit(share)

        return told

    def in_background(
        self,
        work: Callable[[], object],
        done: Callable[[object], object],
        said: str,
        stop: threading.Event,
    ) -> None:
        """Do something that takes long, with its bar; `said` names its words."""
        task = Task(self, work)
        task.done.connect(done)
        task.failed.connect(self.refused)
        task.ended.connect(stop.set)
        task.ended.connect(lambda: self._allow(True))
        self.working.follow(task, self.words(f"trail_page.{said}"))
        self._allow(False)
        task.start()

    def _allow(self, on: bool) -> None:
        """One long deed at a time."""
        self.check_button.setEnabled(on)
        self.deeds.allow(on)

    def _checked(self, found: object) -> None:
        words = self.words
        if not isinstance(found, Verified):
            return
        if found.problems:
            first = words.say(found.problems[0])
            told = {"entries": found.entries, "count": len(found.problems)}
            self.strip.say("overdue", words("trail_page.unsound", first=first, **told))
            return
        said = words("trail_page.sound", entries=found.entries, head=found.head)
        self.strip.say("done", said)

    def may_close(self) -> bool:
        """A search that still goes on is given up."""
        self._stop.set()
        return super().may_close()
