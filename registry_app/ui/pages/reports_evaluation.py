"""The evaluation plan: its versions, what each fixes, and what has moved since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from registry_app.domain.evaluation import Evaluation
from registry_app.domain.figures.document import Said
from registry_app.domain.figures.plan_items import Moved, amendments
from registry_app.domain.figures.plan_words import item_name, item_says
from registry_app.domain.plan.protocol import Protocol
from registry_app.services.evaluation import (
    drift,
    evaluations,
    lock_evaluation,
    save_evaluation,
)
from registry_app.services.protocol import protocol, today_in_japan
from registry_app.ui.dialogs.evaluation import EvaluationDialog, LockDialog
from registry_app.ui.frame import Strip
from registry_app.ui.page import Page
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import Card, Inside, button, column, hand_keys, label, row
from registry_app.words import Words


def _worded(words: Words, said: Said) -> str:
    return said if isinstance(said, str) else words.say(said)


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of a version; `moved`: how it was changed since the one before."""

    id: str
    says: str
    moved: Moved | None


class ReportsEvaluation(QWidget):
    """Versions above, what the chosen one fixes below; drift in red over both."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        words, look = page.words, page.look
        self._words, self._look = words, look
        self._versions: Sequence[Evaluation] = ()
        self._plan: Protocol = protocol(page.desk)
        self._moved: tuple[Moved, ...] = ()
        self.table: Table | None = None
        self.items: Table | None = None
        self.drift = Strip(words, look)
        self._count = label(look, "", "text3", "caption", wrap=True)
        self.new_button = button(look, words("reports_page.eval-new"), "", self.new)
        self.edit_button = button(look, words("reports_page.eval-edit"), "", self.edit)
        self.lock_button = button(look, words("reports_page.eval-lock"), "", self.lock)
        self._upper, self._lower = (
            Card(look),
            Card(look, words("reports_page.eval-items")),
        )
        for card in (self._upper, self._lower):
            card.body.setContentsMargins(0, 0, 0, 0)
        self._full = label(look, "", "text2", "caption", wrap=True)
        self._full.setMinimumHeight(look.px(34))
        deeds = row(self._count, self.edit_button, self.lock_button, self.new_button)
        deeds.setStretch(0, 1)
        whole = column(Inside(deeds), self.drift, self._upper, self._lower)
        whole.setStretch(2, 2)
        whole.setStretch(3, 3)
        self.setLayout(whole)
        hand_keys(self, self.new_button)

    # ── what there is ────────────────────────────────────────────────────────────

    def reload(self, number: str = "") -> None:
        """Read the versions again."""
        before = self.chosen
        number = number or (before.id if before else "")
        self._versions = tuple(reversed(evaluations(self._desk)))
        self._moved = amendments(self._versions)
        self._plan = protocol(self._desk)
        self._say_drift()
        words = self._words
        key = "eval-count" if self._versions else "eval-none"
        self._count.setText(words(f"reports_page.{key}", count=len(self._versions)))
        self._fill(number)

    def _say_drift(self) -> None:
        moved = drift(self._desk)
        if not moved:
            self.drift.hide()
            return
        words = self._words
        names = [self._item_name(one.item) for one in moved]
        locked = any(one.after_lock for one in moved)
        key = "eval-drift-locked" if locked else "eval-drift"
        said = words(
            f"reports_page.{key}",
            count=len(moved),
            names=words("ledger_page.comma").join(names),
        )
        self.drift.say("overdue" if locked else "due", said)

    def _item_name(self, item: str) -> str:
        """What an item is about."""
        return _worded(self._words, item_name(item, self._plan))

    def _item_says(self, item: str, text: str) -> str:
        """What it says, in words."""
        return _worded(self._words, item_says(item, text, self._plan))

    def _fill(self, number: str) -> None:
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        name = self._words("reports_page.evaluation")
        table = plain_table(
            self._look, name, self._columns(), self._versions, tall=True
        )
        table.selectionModel().currentRowChanged.connect(lambda _n, _o: self._show())
        table.opened.connect(lambda _id: self.edit())
        self.table = table
        self._upper.body.addWidget(table)
        ids = [one.id for one in self._versions]
        if ids:
            table.selectRow(ids.index(number) if number in ids else 0)
        hand_keys(self, table if ids else self.new_button)
        self._show()

    def _columns(self) -> list[Column]:
        words = self._words

        def key(name: str) -> str:
            return words(f"reports_page.{name}")

        def state(one: Evaluation) -> str:
            if one.locked_on is None:
                return words("reports_page.eval-open")
            return words("reports_page.eval-locked", day=one.locked_on.isoformat())

        def amended(one: Evaluation) -> str:
            late = any(m.version == one.id and m.after_lock for m in self._moved)
            if not late:
                return one.why
            key = "eval-late-seen" if one.data_seen else "eval-late"
            return words(f"reports_page.{key}", why=one.why)

        def ink(one: Evaluation) -> str:
            late = any(m.version == one.id and m.after_lock for m in self._moved)
            return "overdue" if late else "text2"

        return [
            Column(key("eval-number"), lambda one: one.id, 64, "strong"),
            Column(
                key("eval-label"),
                lambda one: one.label,
                240,
                under=lambda one: one.approved_by,
            ),
            Column(key("eval-on"), lambda one: one.effective_on.isoformat(), 110),
            Column(
                key("eval-state"),
                state,
                170,
                "chip",
                status=lambda one: "done" if one.locked_on else "open",
            ),
            Column(key("eval-why"), amended, 0, ink=ink),
        ]

    @property
    def chosen(self) -> Evaluation | None:
        """The chosen version."""
        at = self.table.currentIndex().row() if self.table else -1
        return self._versions[at] if 0 <= at < len(self._versions) else None

    def _show(self) -> None:
        """What the chosen version fixes, item by item."""
        one, words = self.chosen, self._words
        may = one is not None and one.locked_on is None
        self.edit_button.setEnabled(may)
        self.lock_button.setEnabled(may)
        if self.items is not None:
            self.items.hide()
            self.items.deleteLater()
            self._full.hide()
        moved = {m.item: m for m in self._moved if one and m.version == one.id}
        rows = [
            _Item(item, text, moved.get(item))
            for item, text in (one.definitions.items() if one else ())
        ]

        def changed(item: _Item) -> str:
            if item.moved is None:
                return ""
            before = self._item_says(item.id, item.moved.before)
            key = "eval-before-late" if item.moved.after_lock else "eval-before"
            return words(f"reports_page.{key}", before=before)

        def ink(item: _Item) -> str:
            late = item.moved is not None and item.moved.after_lock
            return "overdue" if late else "text1"

        columns = [
            Column(
                words("reports_page.eval-item"),
                lambda item: self._item_name(item.id),
                300,
                "strong",
            ),
            Column(
                words("reports_page.eval-says"),
                lambda item: self._item_says(item.id, item.says),
                0,
                under=changed if moved else None,
                ink=ink,
            ),
        ]
        name = words("reports_page.eval-items")
        table = plain_table(self._look, name, columns, rows, tall=True)
        table.selectionModel().currentRowChanged.connect(
            lambda now, _old: self._say(rows, now.row())
        )
        self.items = table
        self._lower.body.addWidget(table, 1)
        self._lower.body.addWidget(self._full)
        self._full.show()
        self._say(rows, 0)

    def _say(self, rows: Sequence[_Item], at: int) -> None:
        """The chosen item in full; a line of a table cuts it."""
        said = ""
        if 0 <= at < len(rows):
            said = self._item_says(rows[at].id, rows[at].says)
        self._full.setText(said)
        self._full.setContentsMargins(12, 4, 12, 6)

    # ── what can be done ─────────────────────────────────────────────────────────

    @property
    def _amends(self) -> bool:
        return any(one.locked_on is not None for one in self._versions)

    def new(self) -> None:
        """A new version: what the protocol says now; after a lock an amendment."""
        self._ask(None, self._amends)

    def edit(self) -> None:
        """More of a version that is not locked yet."""
        one = self.chosen
        if one is not None and one.locked_on is None:
            earlier = [other for other in self._versions if int(other.id) < int(one.id)]
            self._ask(one, any(other.locked_on for other in earlier))

    def _ask(self, known: Evaluation | None, amends: bool) -> None:
        dialog = EvaluationDialog(
            self,
            self._words,
            self._look,
            lambda made: save_evaluation(self._desk, made),
            today=today_in_japan(self._desk),
            known=known,
            amends=amends,
        )
        if dialog.exec():
            newest = max((int(one.id) for one in evaluations(self._desk)), default=0)
            self.reload(known.id if known else str(newest))

    def lock(self) -> None:
        """From now on it stands."""
        one = self.chosen
        if one is None or one.locked_on is not None:
            return
        dialog = LockDialog(
            self,
            self._words,
            self._look,
            lambda by: lock_evaluation(self._desk, one.id, by),
            name=self._words(
                "reports_page.eval-version", number=one.id, name=one.label
            ),
        )
        if dialog.exec():
            self.reload(one.id)
