"""Who is blind to what, of which patient; and the log of unblindings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from registry_app.domain.blinding import (
    BlindAssignment,
    Hidden,
    Unblinded,
    Unblinding,
)
from registry_app.domain.rights import Deed, may
from registry_app.services.blinding import (
    assess_unblinding,
    assign_blind,
    blinding_of,
    end_blind,
    exams_marked,
)
from registry_app.services.protocol import today_in_japan
from registry_app.services.trail_search import writers
from registry_app.ui.changes import Changes
from registry_app.ui.dialogs.blinding import (
    AssessUnblindingDialog,
    AssignBlindDialog,
    Assigned,
    EndBlindDialog,
    WhichPatientDialog,
)
from registry_app.ui.dialogs.unblinding import ask_unblinding
from registry_app.ui.frame import Fact, Strip
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.rows_model import Column, RowsModel
from registry_app.ui.table import Table
from registry_app.ui.widgets import Card, button, column, hand_keys, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class BlindingPage(Page):
    """Two tables, and what the role may do to them."""

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("blinding_ui.title"))
        self._assigned: dict[str, BlindAssignment] = {}
        self._broken: dict[str, Unblinding] = {}
        self._exams: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._model = RowsModel(
            self._assigned_columns(),
            lambda _sort, _down: list(self._assigned),
            lambda ids: [self._assigned[one] for one in ids],
            sort="",
        )
        self._log = RowsModel(
            self._broken_columns(),
            lambda _sort, _down: list(self._broken),
            lambda ids: [self._broken[one] for one in ids],
            sort="",
        )
        self.assigned = self._table(self._model, words("blinding_ui.assignments"))
        self.broken = self._table(self._log, words("blinding_ui.unblindings"))
        self.broken.opened.connect(lambda _id: self.ask_assess())
        self.add = button(look, words("blinding_ui.assign"), "primary", self.ask_assign)
        self.end = button(look, words("blinding_ui.end"), "", self.ask_end)
        self.record_one = button(
            look, words("blinding_ui.record"), "", self.ask_unblinding
        )
        self.assess = button(look, words("blinding_ui.assess"), "", self.ask_assess)
        self.strip = Strip(words, look)
        self.no_assigned = label(look, words("blinding_ui.nobody-blind"), "text2")
        self.no_broken = label(look, words("blinding_ui.no-unblinding"), "text2")
        above = self._card("assignments", self.no_assigned, self.assigned)
        below = self._card("unblindings", self.no_broken, self.broken)
        said = "note" if may(desk.person.role, Deed.BLIND) else "note-look"
        head = row(label(look, words("blinding_ui.title"), role="title"), None)
        head.addLayout(row(self.assess, self.record_one, self.end, self.add))
        inside = column(
            head,
            label(look, words(f"blinding_ui.{said}"), "text2", wrap=True),
            self.strip,
            above,
            below,
            margins=(12, 8, 12, 12),
        )
        inside.setStretch(3, 1)
        inside.setStretch(4, 1)
        self.setLayout(inside)
        hand_keys(self, self.assigned)
        self.reload()

    def _table(self, model: RowsModel, name: str) -> Table:
        table = Table(self.look, model, name)
        table.setSortingEnabled(False)
        table.horizontalHeader().setSortIndicatorShown(False)
        table.selectionModel().currentRowChanged.connect(lambda *_rows: self._allow())
        return table

    def _card(self, name: str, none: QLabel, table: Table) -> Card:
        card = Card(self.look, self.words(f"blinding_ui.{name}"))
        card.body.addWidget(none)
        card.body.addWidget(table, 1)
        return card

    # ── what stands in the tables ────────────────────────────────────────────────

    def _name(self, person: str) -> str:
        return self._names.get(person, person)

    def _what(self, one: BlindAssignment | Unblinding) -> str:
        several = one.hidden if isinstance(one, BlindAssignment) else one.revealed
        said = (self.words.say(each.told) for each in Hidden if each in several)
        return self.words("banner.dot").join(said)

    def _assigned_columns(self) -> list[Column]:
        words = self.words

        def standing(one: BlindAssignment) -> str:
            today = today_in_japan(self.desk)
            if one.until is not None and one.until < today:
                return "ended"
            return "ahead" if one.since > today else "now"

        shapes = {"now": "done", "ended": "blocked", "ahead": "open"}

        def col(name: str) -> str:
            return words(f"blinding_ui.{name}")

        return [
            Column(
                col("state"),
                lambda one: words(f"blinding_ui.state-{standing(one)}"),
                112,
                "chip",
                status=lambda one: shapes[standing(one)],
            ),
            Column(col("person"), lambda one: self._name(one.person), 160, "strong"),
            Column(col("to"), self._what, 0, tip=self._what),
            Column(
                col("patient-col"),
                lambda one: one.subject_id or words("blinding_ui.everybody"),
                130,
            ),
            Column(col("since"), lambda one: one.since.isoformat(), 112, "figure"),
            Column(
                col("until"),
                lambda one: one.until.isoformat() if one.until else "",
                112,
                "figure",
            ),
        ]

    def _broken_columns(self) -> list[Column]:
        words = self.words

        def col(name: str) -> str:
            return words(f"blinding_ui.{name}")

        def planned(one: Unblinding) -> str:
            return "done" if one.how is Unblinded.PLANNED else "due"

        return [
            Column(col("on"), lambda one: one.on.isoformat(), 104, "figure"),
            Column(col("person"), lambda one: self._name(one.person), 140, "strong"),
            Column(col("patient-col"), lambda one: one.subject_id, 116),
            Column(
                col("how"),
                lambda one: words.say(one.how.told),
                140,
                "chip",
                status=planned,
            ),
            Column(col("known"), self._what, 180, tip=self._what),
            Column(col("why"), lambda one: one.why, 0, tip=lambda one: one.why),
            Column(
                col("exams"), lambda one: str(self._exams.get(one.id, 0)), 76, "figure"
            ),
            Column(
                col("assessment"),
                lambda one: one.assessed or words("blinding_ui.open"),
                180,
                tip=lambda one: one.assessed,
                ink=lambda one: "text1" if one.assessed else "text3",
            ),
        ]

    def reload(self) -> None:
        """Read both lists again; the chosen rows stay chosen."""
        with self.asking():
            found = blinding_of(self.desk)
            self._names = {one.id: one.display_name for one in writers(self.desk)}
            self._exams = exams_marked(self.desk)
            self._assigned = {one.id: one for one in found.assignments}
            self._broken = {one.id: one for one in found.unblindings}
        for table, rows, none in (
            (self.assigned, list(self._assigned), self.no_assigned),
            (self.broken, list(self._broken), self.no_broken),
        ):
            chosen = table.chosen
            model = table.model()
            assert isinstance(model, RowsModel)
            model.reload()
            none.setVisible(not rows)
            table.setVisible(bool(rows))
            if rows:
                table.selectRow(rows.index(chosen) if chosen in rows else 0)
        self._allow()

    def _allow(self) -> None:
        role = self.desk.person.role
        blinds = may(role, Deed.BLIND)
        one = self._assigned.get(self.assigned.chosen)
        self.add.setEnabled(blinds)
        self.end.setEnabled(blinds and one is not None and one.until is None)
        self.assess.setEnabled(blinds and self.broken.chosen in self._broken)
        self.record_one.setEnabled(may(role, Deed.ASSESS))

    # ── deeds ────────────────────────────────────────────────────────────────────

    def _done(self, key: str) -> None:
        self.reload()
        self.strip.say("done", self.words(f"blinding_ui.{key}"))

    def _facts(self, subject_id: str, person: str) -> list[Fact]:
        whom = subject_id or self.words("blinding_ui.everybody")
        return [Fact("", self._name(person)), Fact("", whom)]

    def ask_assign(self) -> None:
        """Somebody is blind from a day on."""
        people = [
            (one.id, one.display_name) for one in writers(self.desk) if not one.retired
        ]

        def save(told: Assigned) -> None:
            assign_blind(self.desk, told.person, told.to, told.since, told.subject_id)

        dialog = AssignBlindDialog(
            self,
            self.words,
            self.look,
            save,
            people=people,
            today=today_in_japan(self.desk),
        )
        if dialog.exec():
            self._done("assigned")
            self.changes.plan.emit()
        dialog.deleteLater()

    def ask_end(self) -> None:
        """The chosen one need not be blind any more."""
        one = self._assigned.get(self.assigned.chosen)
        if one is None:
            return
        dialog = EndBlindDialog(
            self,
            self.words,
            self.look,
            self._facts(one.subject_id, one.person),
            lambda told: end_blind(self.desk, one.id, *told),
            known=one,
            today=today_in_japan(self.desk),
        )
        if dialog.exec():
            self._done("ended")
            self.changes.plan.emit()
        dialog.deleteLater()

    def ask_unblinding(self) -> None:
        """Somebody came to know something of a patient, who is asked for first."""
        which: list[str] = []

        def find(subject_id: str) -> None:
            blinding_of(self.desk, subject_id)
            which.append(subject_id)

        asked = WhichPatientDialog(self, self.words, self.look, find)
        asked.exec()
        asked.deleteLater()
        if not which:
            return
        told = self.desk, self.words, self.look, [Fact("", which[-1])], which[-1]
        with self.asking():
            if ask_unblinding(self, *told):
                self._done("recorded")
                self.changes.subject.emit(which[-1])

    def ask_assess(self) -> None:
        """What the chosen one means for the data."""
        one = self._broken.get(self.broken.chosen)
        if one is None or not may(self.desk.person.role, Deed.BLIND):
            return
        dialog = AssessUnblindingDialog(
            self,
            self.words,
            self.look,
            self._facts(one.subject_id, one.person),
            lambda told: assess_unblinding(self.desk, one.id, *told),
            known=one,
            exams=self._exams.get(one.id, 0),
        )
        if dialog.exec():
            self._done("assessed-done")
        dialog.deleteLater()
