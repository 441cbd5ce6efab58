"""Until when the records of one patient are kept, and the legal hold on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from registry_app.domain.hold import LegalHold
from registry_app.domain.plan.retention import kept, retention_unsure
from registry_app.services.holds import lift_hold, set_hold
from registry_app.ui.dialogs.hold import HoldDialog
from registry_app.ui.frame import Fact
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.patient_record import PatientRecord
from registry_app.ui.widgets import Card, Chip, button, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class RetentionCard(Card):
    """The latest day that any rule asks for, each rule, and the hold.

    saved(): a hold was set or lifted.
    """

    saved = Signal()

    def __init__(
        self,
        desk: Desk,
        words: Words,
        look: Look,
        record: PatientRecord,
        facts: Sequence[Fact],
    ) -> None:
        self._hold = record.case.hold(record.today)
        deed = "set" if self._hold is None else "lift"
        self.deed_button = button(
            look, words(f"retention.{deed}"), "small", lambda: self.ask()
        )
        super().__init__(look, words("retention.title"), [self.deed_button])
        self._desk, self._words, self._look = desk, words, look
        self._record, self._facts = record, facts
        self._say_until()
        if self._hold is not None:
            said = words("retention.held", day=self._hold.set_on, why=self._hold.why)
            self.body.addWidget(label(look, said, wrap=True))
        deletes = words("retention.never-deleted")
        self.body.addWidget(label(look, deletes, "text3", "caption", wrap=True))
        self.body.addStretch(1)

    def _say_until(self) -> None:
        words, look = self._words, self._look
        found = kept(self._record.protocol, self._record.case)
        chips = []
        if found and retention_unsure(self._record.protocol):
            chips.append(Chip(look, "due", words("retention.to-confirm")))
        if self._hold is not None:
            chips.append(Chip(look, "blocked", words("retention.hold")))
        key = "until" if found else "no-rule"
        day = found[0].until if found else ""
        until = label(look, words(f"retention.{key}", day=day), weight=MEDIUM)
        self.body.addLayout(row(until, None, *chips, gap=6))
        for rule, last in found:
            said = words("retention.rule", name=rule.name, day=last)
            self.body.addWidget(label(look, said, "text2", "caption", wrap=True))

    def ask(self) -> None:
        """Ask for the day and the reason."""
        hold = self._hold

        def save(made: LegalHold) -> None:
            if hold is None:
                set_hold(self._desk, made)
            else:
                assert made.lifted_on is not None
                lift_hold(self._desk, made.id, made.lifted_on, made.lifted_why)

        dialog = HoldDialog(
            self,
            self._words,
            self._look,
            self._facts,
            save,
            subject_id=self._record.file.subject.id,
            today=self._record.today,
            known=hold,
        )
        if dialog.exec():
            self.saved.emit()
        dialog.deleteLater()
