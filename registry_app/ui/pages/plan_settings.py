"""The settings of the plan: every rule, its source, its value, who confirmed it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from registry_app.services.protocol import (
    confirm,
    pack_in_use,
    protocol,
    set_setting,
    today_in_japan,
)
from registry_app.ui.changes import Changes
from registry_app.ui.dialogs.confirm import ConfirmDialog
from registry_app.ui.dialogs.setting import Changed, Settable, SettingDialog
from registry_app.ui.duty_words import owner_said
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.pages.plan_settings_detail import RulePanel
from registry_app.ui.pages.plan_settings_pack import PackLine
from registry_app.ui.pages.plan_settings_rows import SHAPES, PlanRow, plan_rows
from registry_app.ui.rows_model import Column, RowsModel
from registry_app.ui.sides import Sides
from registry_app.ui.table import Table
from registry_app.ui.widgets import Card, Inside, button, column, hand_keys, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.plan.protocol import Protocol
    from registry_app.services.desk import Desk

_FILTERS: Final[Mapping[str, Callable[[PlanRow], bool]]] = {
    "unsure": lambda one: one.unsure,
    "unset": lambda one: one.unset,
    "date": lambda one: one.kind == "date",
    "visit": lambda one: one.kind == "visit",
    "rule": lambda one: one.kind == "rule",
    "other": lambda one: one.kind not in ("date", "visit", "rule"),
    "all": lambda _one: True,
}


def plan_columns(words: Words) -> list[Column]:
    """The columns of the rules."""

    def kind(one: PlanRow) -> str:
        said = words(f"plan_settings.kind-{one.kind}")
        if one.owner is None:
            return said
        owner = owner_said(words, one.owner)
        return words("plan_settings.kind-owner", kind=said, owner=owner)

    def who(one: PlanRow) -> str:
        if one.confirmed is None:
            return ""
        name, day = one.confirmed.by, one.confirmed.on.isoformat()
        return words("ledger_page.confirmed-by", name=name, day=day)

    def value(one: PlanRow) -> str:
        key = "plan_settings.not-set" if one.unset else "plan_settings.no-value"
        return one.value or words(key)

    return [
        Column(
            words("plan_settings.col-state"),
            lambda one: words(f"plan_settings.state-{one.state}"),
            118,
            "chip",
            status=lambda one: SHAPES[one.state],
        ),
        Column(
            words("plan_settings.col-name"),
            lambda one: words.say(one.name),
            0,
            "strong",
            under=kind,
        ),
        Column(
            words("plan_settings.col-value"),
            value,
            256,
            ink=lambda one: "text1" if one.value else "text3",
            spare=True,
        ),
        Column(words("plan_settings.col-confirmed"), who, 140, "quiet", spare=True),
    ]


class PlanSettingsPage(Page):
    """What nobody has confirmed comes first; one rule is shown beside the list."""

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("plan_settings.title"))
        self._plan: Protocol = protocol(desk)
        self._rows: dict[str, PlanRow] = {}
        self._name = "unsure"
        self.model = RowsModel(
            plan_columns(words),
            lambda _sort, _down: [
                id_ for id_, one in self._rows.items() if _FILTERS[self._name](one)
            ],
            lambda ids: [self._rows[id_] for id_ in ids],
            sort="",
        )
        self.table = Table(look, self.model, words("plan_settings.list"), tall=True)
        self.table.setSortingEnabled(False)
        self.table.horizontalHeader().setSortIndicatorShown(False)
        self.table.opened.connect(lambda _id: self._enter())
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _old: self._choose(self.model.id_at(now.row()))
        )
        self.panel = RulePanel(words, look, self.confirm, self.change, self._back)
        self.pack = PackLine(self)
        card = Card(look)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(self.table)
        self.sides = Sides(look, card, self.panel, 392, 1000)
        self.sides.turned.connect(self._turned)
        self._none = label(look, words("plan_settings.none"), "text3", "caption")
        chips = row(*self._chips(), self._none, None, gap=6)
        head = row(label(look, words("plan_settings.title"), role="title"), None)
        self.setLayout(
            column(
                head,
                self.pack,
                Inside(chips),
                self.sides,
                margins=(12, 8, 12, 12),
            )
        )
        changes.plan.connect(self.reload)
        hand_keys(self, self.table)
        self.reload()
        if not self.model.rowCount():
            self._filter("all")

    def _chips(self) -> list[QWidget]:
        group = QButtonGroup(self)
        self.chips = {}
        for name in _FILTERS:
            chip = button(self.look, "", "filter")
            chip.setFont(self.look.font("caption"))
            chip.setCheckable(True)
            chip.setChecked(name == self._name)
            chip.clicked.connect(lambda _on, n=name: self._filter(n))
            group.addButton(chip)
            self.chips[name] = chip
        return list(self.chips.values())

    def _filter(self, name: str) -> None:
        self._name = name
        self.chips[name].setChecked(True)
        self._show()

    def reload(self) -> None:
        """Read the plan again; the chosen rule stays chosen."""
        with self.asking():
            self._plan = protocol(self.desk)
            self.pack.show_pack(pack_in_use(self.desk), self._plan.pack)
        found = plan_rows(self.words, self._plan)
        self._rows = {one.id: one for one in found}
        for name, chip in self.chips.items():
            count = sum(map(_FILTERS[name], found))
            chip.setText(self.words(f"plan_settings.filter-{name}", count=count))
        self._show()

    def _show(self) -> None:
        chosen = self.panel.shown.id if self.panel.shown else ""
        self.model.reload()
        found = self.model.rowCount()
        self._none.setVisible(not found)
        if found:
            self.table.selectRow(max(self.model.row_of(chosen), 0))
        self._choose(self.model.id_at(self.table.currentIndex().row()))

    def _choose(self, id_: str) -> None:
        one = self._rows.get(id_)
        if one is None:
            self.panel.clear()
        else:
            self.panel.show_rule(one, self._plan)

    # ── what can be done ─────────────────────────────────────────────────────────

    def confirm(self) -> None:
        """That the rule was checked, by whom, against what."""
        one, words = self.panel.shown, self.words
        if one is None:
            return
        citation = one.basis.citation
        dialog = ConfirmDialog(
            self,
            words,
            self.look,
            lambda evidence: confirm(self.desk, one.id, evidence),
            name=words.say(one.name),
            says=(one.value, words.say(citation) if citation else ""),
            person=self.desk.person.display_name,
        )
        if dialog.exec():
            self.changes.plan.emit()

    def change(self) -> None:
        """Another value here."""
        one = self.panel.shown
        what = None if one is None else self._what(one.id)
        if one is None or what is None:
            return

        def save(changed: Changed) -> None:
            old = self._plan.settings.get(one.id)
            values = {**(old.values if old else {}), **changed.values}
            if "due" in changed.values:
                values.pop("preset", None)
            told = (values, changed.reason, changed.evidence)
            set_setting(self.desk, one.id, *told)

        dialog = SettingDialog(
            self,
            self.words,
            self.look,
            save,
            what=what,
            today=today_in_japan(self.desk),
            now=self._plan.base_date(one.id.partition(":")[2])
            if one.kind == "date"
            else None,
        )
        if dialog.exec():
            self.changes.plan.emit()

    def _what(self, id_: str) -> Settable | None:
        kind, _, name = id_.partition(":")
        found: dict[str, Sequence[Settable]] = {
            "date": self._plan.pack.base_dates,
            "visit": self._plan.visits(),
            "rule": self._plan.rules(),
            "signal": self._plan.signals(),
            "report": self._plan.pack.reports,
        }
        return next((one for one in found.get(kind, ()) if one.id == name), None)

    # ── narrow windows: one at a time ────────────────────────────────────────────

    def _turned(self, narrow: bool) -> None:
        self.panel.narrow = narrow
        self._choose(self.panel.shown.id if self.panel.shown else "")

    def _enter(self) -> None:
        self.sides.enter()
        self.panel.take_keys()

    def _back(self) -> None:
        self.sides.leave()
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads from the rule back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)
