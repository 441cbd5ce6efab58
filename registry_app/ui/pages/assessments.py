"""What a blinded assessor sees first: the exams to do, and the own sheets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from registry_app.services.assessing import ToAssess, exams_to_do
from registry_app.services.protocol import today_in_japan
from registry_app.ui.changes import Changes
from registry_app.ui.dialogs.new_assessment import ask_new_assessment
from registry_app.ui.dialogs.unblinding import ask_unblinding
from registry_app.ui.frame import Fact, Strip
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.pages.settings_own import OwnCard
from registry_app.ui.rows_model import Column, RowsModel
from registry_app.ui.table import Table
from registry_app.ui.widgets import (
    Card,
    button,
    column,
    hand_keys,
    label,
    row,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class AssessmentsPage(Page):
    """begun(ToAssess): the sheet of that row is to be opened."""

    begun = Signal(object)

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("assessing.title"))
        self._rows: dict[str, ToAssess] = {}
        self.model = RowsModel(
            self._columns(),
            lambda _sort, _down: list(self._rows),
            lambda ids: [self._rows[one] for one in ids],
            sort="",
        )
        self.table = Table(look, self.model, words("assessing.title"))
        self.table.setSortingEnabled(False)
        self.table.horizontalHeader().setSortIndicatorShown(False)
        self.table.selectionModel().currentRowChanged.connect(
            lambda *_rows: self._allow()
        )
        self.table.opened.connect(lambda _row: self.open_chosen())
        self.go = button(look, words("assessing.begin"), "primary", self.open_chosen)
        self.known = button(look, words("assessing.known"), "", self.ask_known)
        self.strip = Strip(words, look)
        self.own = OwnCard(desk, words, look)
        listed = Card(look)
        listed.body.setContentsMargins(0, 0, 0, 0)
        listed.body.addWidget(self.table)
        self.none = label(look, words("assessing.none"), "text2", wrap=True)
        title = label(look, words("assessing.title"), role="title")
        inside = column(
            row(title, None, self.known, self.go),
            label(look, words("assessing.about"), "text2", wrap=True),
            self.strip,
            self.none,
            listed,
            self.own,
            margins=(12, 8, 12, 12),
        )
        inside.setStretch(4, 1)
        self.setLayout(inside)
        hand_keys(self, self.table)
        self.reload()

    def _columns(self) -> list[Column]:
        words = self.words

        def state(one: ToAssess) -> str:
            if one.complete and one.on is not None:
                return words("assessing.state-done", day=one.on.isoformat())
            if one.form_id:
                return words("assessing.state-draft")
            left = (one.last - today_in_japan(self.desk)).days
            ahead = (one.first - today_in_japan(self.desk)).days
            if ahead > 0:
                return words("assessing.state-ahead", days=ahead)
            return words("assessing.state-open", days=left)

        def status(one: ToAssess) -> str:
            if one.complete:
                return "done"
            if one.form_id:
                return "due"
            ahead = one.first > today_in_japan(self.desk)
            return "open" if ahead else "now"

        def window(one: ToAssess) -> str:
            first, last = one.first.isoformat(), one.last.isoformat()
            return words("assessing.window", first=first, last=last)

        return [
            Column(words("assessing.state"), state, 190, "chip", status=status),
            Column(words("assessing.case"), lambda one: one.subject_id, 130),
            Column(words("assessing.name"), lambda one: one.name, 0),
            Column(
                words("assessing.kana"), lambda one: one.kana, 160, "quiet", spare=True
            ),
            Column(words("assessing.number"), lambda one: one.hospital_number, 120),
            Column(
                words("assessing.exam"),
                lambda one: words("assessing.visit", day=one.day),
                160,
            ),
            Column(words("assessing.window-of"), window, 220, "quiet"),
        ]

    def reload(self) -> None:
        """Read the list again; the chosen row stays chosen."""
        chosen = self.table.chosen
        with self.asking():
            found = exams_to_do(self.desk)
            self._rows = {_key(one): one for one in found}
        self.model.reload()
        keys = list(self._rows)
        if keys:
            self.table.selectRow(keys.index(chosen) if chosen in keys else 0)
        self.none.setVisible(not keys)
        self._allow()

    @property
    def chosen(self) -> ToAssess | None:
        """The row that the keys are at."""
        return self._rows.get(self.table.chosen)

    def of_form(self, form_id: str) -> tuple[ToAssess, ...]:
        """The row of a sheet, if it stands in the list."""
        return tuple(one for one in self._rows.values() if one.form_id == form_id)

    def choose_patient(self, subject_id: str) -> bool:
        """Go to the first row of a patient at which something is to be begun.

        False: the list has none.
        """
        rows = [
            number
            for number, one in enumerate(self._rows.values())
            if one.subject_id == subject_id
        ]
        new = [n for n in rows if not list(self._rows.values())[n].form_id]
        for number in (new or rows)[:1]:
            self.table.selectRow(number)
        return bool(rows)

    @contextmanager
    def _about(self, one: ToAssess) -> Iterator[None]:
        """While a dialog is up: what is typed in it is kept as of this patient."""
        self.subject_id = one.subject_id
        try:
            yield
        finally:
            self.subject_id = ""

    def _allow(self) -> None:
        one = self.chosen
        self.go.setEnabled(one is not None and not one.complete)
        began = one is not None and bool(one.form_id)
        key = "assessing.go-on" if began else "assessing.begin"
        self.go.setText(self.words(key))
        self.known.setEnabled(one is not None)

    def facts(self, one: ToAssess) -> list[Fact]:
        """Whom it is about, and nothing more."""
        words = self.words
        return [
            Fact("", one.subject_id),
            Fact("", one.name),
            Fact(words("assessing.kana"), one.kana),
            Fact(words("assessing.number"), one.hospital_number),
        ]

    def open_chosen(self) -> None:
        """The sheet of the chosen row; where nothing is begun, its day is asked."""
        one = self.chosen
        if one is None or one.complete:
            return
        if not one.form_id and not self._begin(one):
            return
        begun = self.chosen
        if begun is not None and begun.form_id:
            self.begun.emit(begun)

    def _begin(self, one: ToAssess) -> bool:
        told = self.desk, self.words, self.look, self.facts(one), one
        with self._about(one):
            form_id = ask_new_assessment(self, *told)
        if form_id:
            self.reload()
            self.table.selectRow(list(self._rows).index(form_id))
        return bool(form_id)

    def ask_known(self) -> None:
        """The assessor came to know something of the chosen patient."""
        one = self.chosen
        if one is None:
            return
        told = self.desk, self.words, self.look, self.facts(one), one.subject_id
        with self._about(one):
            recorded = ask_unblinding(self, *told)
        if recorded:
            self.strip.say("done", self.words("assessing.known-done"))


def _key(one: ToAssess) -> str:
    return one.form_id or f"{one.subject_id}/{one.visit_code}"
