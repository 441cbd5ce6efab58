"""Who tried to reach one patient, what came of it, and the end of the follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QWidget

from registry_app.domain.attrition import last_known_alive, risks
from registry_app.domain.course import Contact, ContactOutcome, FollowUp
from registry_app.domain.figures.visits import VisitStanding
from registry_app.services.courses import (
    add_contact,
    correct_contact,
    end_follow_up,
    resume,
)
from registry_app.ui.dialogs.contact import ContactDialog
from registry_app.ui.dialogs.end_follow_up import EndFollowUpDialog
from registry_app.ui.dialogs.reason import ReasonDialog
from registry_app.ui.frame import Fact
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.patient_record import PatientRecord
from registry_app.ui.rows_model import Column
from registry_app.ui.sides import Sides
from registry_app.ui.table import plain_table
from registry_app.ui.widgets import (
    Card,
    Chip,
    Glyph,
    Item,
    button,
    column,
    hand_keys,
    label,
    row,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

_STATUS = {
    ContactOutcome.REACHED: "done",
    ContactOutcome.NOT_REACHED: "due",
    ContactOutcome.MOVED: "due",
    ContactOutcome.RETURNED: "due",
    ContactOutcome.REFUSED: "blocked",
}


class ContactsTab(QWidget):
    """saved(): a contact, or the end of the follow-up, was recorded."""

    saved = Signal()

    def __init__(
        self,
        desk: Desk,
        words: Words,
        look: Look,
        record: PatientRecord,
        facts: Sequence[Fact],
        contacts: Sequence[Contact],
    ) -> None:
        super().__init__()
        self._desk, self._words, self._look = desk, words, look
        self._record, self._facts, self._contacts = record, facts, contacts
        self.table = plain_table(look, words("contacts.log"), self._columns(), contacts)
        add = button(look, words("contacts.add"), "small", self.add)
        fix = button(look, words("contacts.correct"), "small", self.correct)
        fix.setEnabled(bool(contacts))
        card = Card(look, words("contacts.log"), [fix, add])
        if contacts:
            card.body.setContentsMargins(0, 0, 0, 0)
            card.body.addWidget(self.table)
            self.table.selectRow(0)
        else:
            none = label(look, words("contacts.none"), "text2", wrap=True)
            card.body.addWidget(none)
            card.body.addStretch(1)
        sides = Sides(look, card, self._state(), 400, 900, under=True)
        self.setLayout(column(sides, gap=0))
        hand_keys(self, self.table if contacts else add)

    def _columns(self) -> list[Column]:
        words = self._words
        return [
            Column(words("contacts.on"), lambda c: c.on.isoformat(), 112, "strong"),
            Column(words("contacts.way"), lambda c: words.say(c.way.told), 150),
            Column(
                words("contacts.outcome"),
                lambda c: words.say(c.outcome.told),
                160,
                "chip",
                status=lambda c: _STATUS[c.outcome],
            ),
            Column(
                words("contacts.again-on"),
                lambda c: c.again_on.isoformat() if c.again_on else "",
                120,
            ),
            Column(words("contacts.by"), lambda c: c.by, 140, spare=True),
            Column(words("contacts.note"), lambda c: c.note, 0, "quiet"),
        ]

    def _follow_up(self) -> FollowUp:
        return self._record.case.follow_up or FollowUp(self._record.file.subject.id)

    def _state(self) -> Card:
        """Whether the patient is followed up, and what points to a loss."""
        words, look, today = self._words, self._look, self._record.today
        end = self._follow_up()
        seen = [visit.date for visit in self._record.file.visits]
        alive = end.last_known_alive or last_known_alive(
            (day for day in seen if day <= today), self._contacts
        )
        if end.reason is None:
            act = button(look, words("contacts.end"), "small", self.end)
            chip = Chip(look, "now", words("contacts.followed"))
        else:
            act = button(look, words("contacts.resume"), "small", self.resume)
            said = words.say(end.reason.told)
            chip = Chip(look, "blocked", words("contacts.ended", reason=said))
        card = Card(look, words("contacts.follow-up"), [act])
        card.body.addLayout(row(chip, None))
        parts: list[Item] = []
        if end.ended_on is not None:
            parts.append(self._pair("contacts.ended-on", end.ended_on.isoformat()))
        day = alive.isoformat() if alive else words("treatment.no-date")
        parts.append(self._pair("contacts.alive", day))
        if end.transferred_to:
            parts.append(self._pair("contacts.transferred-to", end.transferred_to))
        if end.note:
            parts.append(self._pair("contacts.end-note", end.note))
        newest = self._contacts[0] if self._contacts else None
        if newest is not None and newest.again_on is not None and end.reason is None:
            text = newest.again_on.isoformat()
            parts.append(self._pair("contacts.again-on", text))
        if end.reason is None:
            unmet = [
                (row_.name, row_.last)
                for _window, row_ in self._record.rows
                if row_.owed
                and row_.standing in (VisitStanding.OPEN, VisitStanding.MISSED)
            ]
            for why in risks(today, alive, self._contacts, unmet):
                parts.append(self._said("due", words.say(why)))
        card.body.addLayout(column(*parts, None, gap=6))
        return card

    def _pair(self, key: str, text: str) -> QLayout:
        name = label(self._look, self._words(key), "text2")
        line = row(name, label(self._look, text, weight=MEDIUM, wrap=True))
        line.setStretch(1, 1)
        return line

    def _said(self, status: str, text: str) -> QLayout:
        glyph = Glyph(self._look, status)
        line = row(glyph, label(self._look, text, wrap=True), gap=6)
        line.setStretch(1, 1)
        line.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
        return line

    def add(self) -> None:
        """Ask for an attempt to reach the patient."""
        self._run(
            ContactDialog(
                self,
                self._words,
                self._look,
                self._facts,
                lambda made: add_contact(self._desk, made),
                subject_id=self._record.file.subject.id,
                today=self._record.today,
                by=self._desk.person.display_name,
            )
        )

    def correct(self) -> None:
        """Ask what was wrong with the chosen attempt, and why it is corrected."""
        number = self.table.currentIndex().row()
        if number < 0:
            return
        dialog = ContactDialog(
            self,
            self._words,
            self._look,
            self._facts,
            lambda made: correct_contact(self._desk, made, dialog.reason),
            subject_id=self._record.file.subject.id,
            today=self._record.today,
            known=self._contacts[number],
        )
        self._run(dialog)

    def end(self) -> None:
        """Ask why the follow-up ends."""
        self._run(
            EndFollowUpDialog(
                self,
                self._words,
                self._look,
                self._facts,
                lambda made: end_follow_up(self._desk, made),
                follow_up=self._follow_up(),
                closes=[
                    window.last
                    for window in self._record.plan.windows
                    if window.counted is None
                ],
                today=self._record.today,
            )
        )

    def resume(self) -> None:
        """Ask why it goes on after all."""
        case_id = self._record.file.subject.id
        self._run(
            ReasonDialog(
                self,
                self._words,
                self._look,
                self._facts,
                lambda reason: resume(self._desk, case_id, reason),
                title=self._words("contacts.resume-title"),
                go=self._words("contacts.resume-go"),
                name=case_id,
                what=self._words("contacts.resume-what"),
            )
        )

    def _run(self, dialog: ContactDialog | EndFollowUpDialog | ReasonDialog) -> None:
        if dialog.exec():
            self.saved.emit()
        dialog.deleteLater()
