"""The page after sign-in: what needs a person, in order, each one key away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from registry_app.domain.safety import CaseState
from registry_app.drawing.weeks import Week
from registry_app.services.due import Today, today
from registry_app.services.ledger_list import LedgerQuery
from registry_app.services.protocol import protocol, today_in_japan
from registry_app.services.record_signing import unsigned
from registry_app.services.safety import safety_cases
from registry_app.services.subjects import subject_rows
from registry_app.ui.changes import Changes
from registry_app.ui.charts import listen_for_tables
from registry_app.ui.easel import Easel
from registry_app.ui.look import Look
from registry_app.ui.notice import Notice
from registry_app.ui.page import Page
from registry_app.ui.pages.today_entries import (
    entries,
    need_a_person,
    safety_entries,
    status_of,
    unsigned_entries,
)
from registry_app.ui.pages.today_list import WorkList
from registry_app.ui.pages.today_side import (
    Enrolled,
    EnrolmentCard,
    PlanCard,
    TermCard,
    WeeksCard,
)
from registry_app.ui.pages.today_terms import date_said, term_of
from registry_app.ui.sides import Sides
from registry_app.ui.widgets import (
    Card,
    Inside,
    button,
    column,
    hand_keys,
    label,
    row,
    scrolled,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.plan.protocol import Protocol
    from registry_app.services.desk import Desk


#: So many records with a void signature are named.
_UNSIGNED: Final = 5


class TodayPage(Page):
    """enrol(), print_list(): the window does them.

    show_ledger(LedgerQuery): all that a row stands for.
    marked(status): the shape of the most urgent thing, also kept as `status`.
    """

    enrol = Signal()
    print_list = Signal()
    show_ledger = Signal(object)
    marked = Signal(str)

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("today.title"))
        self.day: date = today_in_japan(desk)
        self.status = ""
        self._easel = Easel(words, look)
        self.list = WorkList(look, words("today.title"))
        self.list.acted.connect(self._go)
        self._count = label(look, "", "text2")
        self._none = label(look, words("today.nothing"), "text2", wrap=True)
        self._above = column(gap=8)
        self._beside = column(gap=8)
        left = Card(look)
        left.body.setContentsMargins(0, 2, 0, 0)
        left.body.setSpacing(0)
        self._empty = Inside(column(self._none, None, margins=(16, 12, 16, 12)))
        left.body.addWidget(self._empty)
        left.body.addWidget(self.list, 1)
        aside = Inside(self._beside)
        self.sides = Sides(look, left, aside, 392, 1000, under=True)
        self.sides.turned.connect(lambda _narrow: self._fit())
        rows = column(self._head(), Inside(self._above), margins=(12, 8, 12, 12))
        rows.addWidget(self.sides, 1)
        self.setLayout(column(scrolled(Inside(rows)), gap=0))
        changes.subject.connect(self._subject_changed)
        changes.plan.connect(self.reload)
        listen_for_tables(self)
        hand_keys(self, self.list)
        self.reload()

    def _head(self) -> QWidget:
        words, look = self.words, self.look
        day = label(look, date_said(words, self.day), "text2")
        day.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        title = label(look, words("today.title"), role="title")
        print_ = button(look, words("today.print"), "", self.print_list.emit)
        enrol = button(look, words("today.enrol"), "", self.enrol.emit)
        return Inside(row(title, 4, day, self._count, None, print_, enrol))

    def _subject_changed(self, _subject_id: str) -> None:
        self.reload()

    def reload(self) -> None:
        """Read the day again; the chosen row stays chosen."""
        with self.asking():
            self._show(today(self.desk))

    def _show(self, now: Today) -> None:
        words = self.words
        plan = protocol(self.desk)
        forms = {form.id: form.name for form in plan.pack.forms}
        drafts = safety_cases(self.desk, state=CaseState.DRAFT)
        void, how_many = unsigned(self.desk, _UNSIGNED)
        cases = {each.case.subject_id for each in drafts}
        cases |= {each.subject_id for each in void}
        rows = subject_rows(self.desk, sorted(cases - {""}))
        kana = {each.id: each.kana for each in rows}
        safety = safety_entries(words, drafts, kana)
        signing = unsigned_entries(words, void, how_many, kana, forms)
        lines = (*safety, *entries(words, now, forms), *signing)
        self.status = status_of(now)
        self.marked.emit(self.status)
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        count = need_a_person(now) + len(drafts) + how_many
        self._count.setText(words("today.count", count=count) if count else "")
        for place, made in (
            (self._above, self._notices(now, plan)),
            (self._beside, self._cards(now, plan)),
        ):
            while (item := place.takeAt(0)) is not None:
                if (old := item.widget()) is not None:
                    old.hide()
                    old.deleteLater()
            for widget in made:
                place.addWidget(widget, isinstance(widget, WeeksCard))
        self._fit()

    def _fit(self) -> None:
        """Where all is one column it scrolls as one: the list is as long as it is."""
        whole = self.list.content_height() if self.sides.narrow else 0
        self.list.setMinimumHeight(whole)
        self.list.setMaximumHeight(whole or 16_777_215)

    def _notices(self, now: Today, plan: Protocol) -> Iterator[QWidget]:
        words, regime, machine = self.words, now.regime, plan.pack.machine
        if regime is not None and regime.past_term:
            law = None if machine is None else machine.basis.citation
            said, more = words("today.past-term"), words("today.past-term-more")
            cited = "" if law is None else words("today.by-law", law=law)
            yield Notice(self.look, "due", said, f"{more}{cited}")
        if regime is not None and regime.lapsed:
            yield Notice(self.look, "overdue", words("today.lapsed"))

    def _cards(self, now: Today, plan: Protocol) -> Iterator[QWidget]:
        words, easel = self.words, self._easel
        yield TermCard(words, easel, *term_of(words, now, plan))
        yield EnrolmentCard(
            words,
            easel,
            [
                Enrolled(words(f"subject.arm-{e.arm}"), e.count, e.target)
                for e in now.enrolment
            ],
        )
        weeks = [Week(week.monday, week.open, week.closing) for week in now.weeks]
        yield WeeksCard(words, easel, weeks)
        go = self.open_plan.emit
        yield PlanCard(words, easel, now.to_confirm, len(now.unset), go)

    def _go(self, to: str) -> None:
        """What the button of a row opens."""
        kind, _, what = to.partition("|")
        if kind == "subject":
            self.open_subject.emit(what)
        elif kind == "form":
            self.open_exam.emit(what)
        elif kind == "duty":
            self.open_duty.emit(what)
        elif kind == "safety":
            self.open_safety_case.emit(what)
        else:
            rule = what if kind == "rule" else ""
            self.show_ledger.emit(LedgerQuery("late" if rule else what, rule=rule))
