"""What is owed, by whom, by when, by which law: a ledger, a calendar, one duty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from registry_app.domain.plan.duties import is_unset
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.pack import Owner
from registry_app.services.ledger_list import (
    STATES,
    LedgerQuery,
    due_between,
    ledger_counts,
    ledger_keys,
    ledger_rows,
    open_ledger,
)
from registry_app.services.obligations import duty_steps, late_before
from registry_app.services.protocol import protocol, today_in_japan
from registry_app.ui.changes import Changes
from registry_app.ui.duty_words import owner_said
from registry_app.ui.frame import Strip
from registry_app.ui.inputs import Choice
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.pages.obligations_deeds import Doing, rule_of, unsure_of
from registry_app.ui.pages.obligations_detail import Deeds, DutyPanel, Shown
from registry_app.ui.pages.obligations_ledger import ledger_columns
from registry_app.ui.pages.obligations_month import MonthCard
from registry_app.ui.rows_model import RowsModel
from registry_app.ui.sides import Sides
from registry_app.ui.table import Table
from registry_app.ui.widgets import (
    Card,
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


class ObligationsPage(Page):
    """start_clock(), change_regime(), print_ledger(): the window does them.

    marked(status): the shape of the most urgent duty. `key`: the duty that is shown at
    first; `wanted`: which ones.
    """

    start_clock = Signal()
    change_regime = Signal()
    print_ledger = Signal()
    marked = Signal(str)

    def __init__(
        self,
        desk: Desk,
        words: Words,
        look: Look,
        changes: Changes,
        key: str = "",
        wanted: LedgerQuery | None = None,
    ) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("ledger_page.title"))
        self.today: date = today_in_japan(desk)
        self._plan = protocol(desk)
        self._ledger, self._ready = open_ledger(desk), False
        self._filter = wanted or LedgerQuery("all" if key else "now")
        self.model = RowsModel(
            ledger_columns(words, self._plan, self.today, self._unsure_below),
            self._ids,
            lambda keys: ledger_rows(desk, self._ledger, keys),
            sort="state",
        )
        self.table = Table(look, self.model, words("ledger_page.title"), tall=True)
        self.table.opened.connect(lambda _key: self._enter())
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _old: self._choose(self.model.id_at(now.row()))
        )
        self.strip = Strip(words, look)
        self.doing = Doing(
            self, self._current, lambda said: self.strip.say("done", said)
        )
        self.panel = DutyPanel(words, look, self._deeds())
        self.month = MonthCard(
            words,
            look,
            self._plan,
            self.today,
            lambda first, last: due_between(
                desk, self._ledger, self._filter, first, last
            ),
        )
        self.month.chosen.connect(self._choose)
        self.month.entered.connect(self._enter)
        ledger = Card(look)
        ledger.body.setContentsMargins(0, 0, 0, 0)
        ledger.body.addWidget(self.table)
        self._views = QStackedWidget()
        self._views.addWidget(ledger)
        self._views.addWidget(self.month)
        self.sides = Sides(look, self._views, self.panel, 392, 1000)
        self.sides.turned.connect(self._turned)
        self.setLayout(
            column(
                self._head(),
                self._filters(),
                self.strip,
                self.sides,
                margins=(12, 8, 12, 12),
            )
        )
        changes.subject.connect(self._changed)
        changes.plan.connect(self._changed)
        hand_keys(self, self.table)
        self._ready = True
        self.reload(key)

    # ── what stands above the table ──────────────────────────────────────────────

    def _head(self) -> QWidget:
        words, look = self.words, self.look
        self.views = Segments(
            look,
            [(name, words(f"ledger_page.{name}")) for name in ("ledger", "calendar")],
            words("ledger_page.view"),
            "ledger",
        )
        self.views.chosen.connect(self._show_view)
        self._summary = label(look, "", "text2", "caption")
        buttons = [
            button(look, words(f"ledger_page.{name}"), "", press)
            for name, press in (
                ("start-clock", self.start_clock.emit),
                ("regime", self.change_regime.emit),
                ("print", self.print_ledger.emit),
            )
        ]
        title = label(look, words("ledger_page.title"), role="title")
        return Inside(row(title, 4, self.views, None, *buttons))

    def _filters(self) -> QWidget:
        words, look = self.words, self.look
        self.state = Choice(
            look,
            words("ledger_page.filter-state"),
            [(name, words(f"ledger_page.state-{name}")) for name in STATES],
            self._filter.state,
        )
        owners = [(owner.value, owner_said(words, owner)) for owner in Owner]
        any_owner = words("ledger_page.all-owners")
        self.owner = Choice(look, words("ledger_page.col-owner"), [("", any_owner)])
        rules = [(rule.id, words.say(rule.name)) for rule in self._plan.rules()]
        rules += [(v.id, words.say(v.name)) for v in self._plan.visits()]
        any_rule = words("ledger_page.all-rules")
        self.rule = Choice(look, words("ledger_page.col-rule"), [("", any_rule)])
        wanted = self._filter
        for box, more, value in (
            (self.owner, owners, wanted.owner.value if wanted.owner else ""),
            (self.rule, rules, wanted.rule),
        ):
            for stored, said in more:
                box.addItem(said, stored)
            box.choose(value)
        for box, width in ((self.state, 136), (self.owner, 150), (self.rule, 190)):
            box.setFixedWidth(look.px(width))
            box.activated.connect(lambda _n: self._filter_chosen())
        self._to_confirm = button(look, "", "quiet", self.open_plan.emit)
        self._count = label(look, "", "text3", "caption")
        return Inside(
            row(
                self.state,
                self.owner,
                self.rule,
                self._count,
                None,
                self._summary,
                self._to_confirm,
            )
        )

    def _filter_chosen(self) -> None:
        owner = Owner(self.owner.value) if self.owner.value else None
        self.narrow_to(LedgerQuery(self.state.value, owner, self.rule.value))

    def narrow_to(self, wanted: LedgerQuery) -> None:
        """Show only these."""
        self._filter = wanted
        self.state.choose(wanted.state)
        self.owner.choose(wanted.owner.value if wanted.owner else "")
        self.rule.choose(wanted.rule)
        self._show()

    def _show_view(self, name: str) -> None:
        self._views.setCurrentIndex(0 if name == "ledger" else 1)
        self._choose(self._key_in_view())

    # ── rows ─────────────────────────────────────────────────────────────────────

    def _changed(self, _subject_id: str = "") -> None:
        self.reload()

    def reload(self, key: str = "") -> None:
        """Read the ledger again; the chosen duty stays chosen."""
        words = self.words
        with self.asking():
            self._plan = protocol(self.desk)
            self._ledger = open_ledger(self.desk)
        found = ledger_counts(self.desk, self._ledger)
        told = {"late": found.late, "soon": found.soon}
        self._summary.setText(words("ledger_page.summary", **told))
        self.marked.emit("overdue" if found.late else "due" if found.red else "")
        unsure = len(self._plan.unsure())
        self._to_confirm.setText(words("ledger_page.confirm-link", count=unsure))
        self._to_confirm.setVisible(bool(unsure))
        self._show(key)

    def _ids(self, sort: str, descending: bool) -> list[str]:
        if not self._ready:  # the table asks when it is made
            return []
        wanted = replace(self._filter, sort=sort, descending=descending)
        return ledger_keys(self.desk, self._ledger, wanted)

    def _show(self, key: str = "") -> None:
        chosen = key or self._current_key()
        self.model.reload()
        found = self.model.rowCount()
        said = "ledger_page.count" if found else "ledger_page.none"
        self._count.setText(self.words(said, count=f"{found:,}"))
        self.month.reload()
        if found:
            self.table.selectRow(max(self.model.row_of(chosen), 0))
            self.table.scrollTo(self.table.currentIndex())
        if self.views.value == "ledger":
            self._choose(self.model.id_at(self.table.currentIndex().row()))

    def _current_key(self) -> str:
        return self.panel.shown.duty.key if self.panel.shown else ""

    def _key_in_view(self) -> str:
        if self.views.value == "ledger":
            return self.model.id_at(self.table.currentIndex().row())
        return self.month.key

    def _current(self) -> Duty | None:
        return self.panel.shown.duty if self.panel.shown else None

    # ── the duty beside it ───────────────────────────────────────────────────────

    def _choose(self, key: str) -> None:
        (duty,) = ledger_rows(self.desk, self._ledger, [key]) or (None,)
        if duty is None:
            self.panel.clear()
            return
        rule = rule_of(self._plan, duty)
        with self.asking():
            self.panel.show_duty(
                Shown(
                    duty,
                    duty_steps(self.desk, key),
                    self._plan,
                    self.today,
                    booklet=self._booklet(duty),
                    unsure=unsure_of(self._plan, duty) if duty.to_confirm else (),
                    by_exam=key.startswith("visit:"),
                    clock=self.doing.occurrence_of(self._plan, duty) is not None,
                    unset=is_unset(duty),
                    otherwise=rule is not None and rule.otherwise is not None,
                    earlier=bool(duty.period) and bool(late_before(self.desk, key)),
                )
            )

    def _booklet(self, duty: Duty) -> list[Duty]:
        """The steps of the same booklet of the same case, in their order."""
        kind, _, rest = duty.key.partition(":")
        if kind != "booklet":
            return []
        name = rest.split(":")[0]
        found = next((b for b in self._plan.pack.booklets if b.id == name), None)
        steps = found.steps if found is not None else ()
        keys = [f"booklet:{name}:{step.id}:{duty.subject_id}" for step in steps]
        return ledger_rows(self.desk, self._ledger, keys)

    def _deeds(self) -> Deeds:
        doing = self.doing
        return Deeds(
            doing.record_done,
            doing.record_receipt,
            doing.say_not_owed,
            doing.say_none_owed,
            doing.take_back,
            doing.choose_otherwise,
            doing.later_information,
            doing.correct_occurrence,
            self.open_plan.emit,
            doing.confirm,
            self._open_patient,
            self._back,
        )

    def _open_patient(self) -> None:
        duty = self._current()
        if duty is not None and duty.subject_id:
            self.open_subject.emit(duty.subject_id)

    # ── narrow windows: one at a time ────────────────────────────────────────────

    def _unsure_below(self) -> bool:
        """Whether the column of who has confirmed is left out now."""
        titles = [column.title for column in self.model.columns]
        wanted = self.words("ledger_page.col-confirmed")
        return self.table.isColumnHidden(titles.index(wanted))

    def _turned(self, narrow: bool) -> None:
        self.panel.narrow = narrow
        self._summary.setVisible(not narrow)
        self._count.setVisible(not narrow)
        self._choose(self._current_key())

    def _enter(self) -> None:
        """Into the duty: its first button takes the keys."""
        self.sides.enter()
        self.panel.take_keys()

    def _back(self) -> None:
        self.sides.leave()
        view: QWidget = self.table if self.views.value == "ledger" else self.month.days
        view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads from the duty back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)
