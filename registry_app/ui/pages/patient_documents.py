"""What one patient has agreed to and taken back, what that allows, what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registry_app.domain.consent import Consent, Scope
from registry_app.services.consents import (
    add_consent,
    correct_consent,
    data_use,
    withdraw,
)
from registry_app.ui.dialogs.consent import ConsentDialog, WithdrawDialog
from registry_app.ui.frame import Fact
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.pages.patient_retention import RetentionCard
from registry_app.ui.patient_record import PatientRecord
from registry_app.ui.rows_model import Column
from registry_app.ui.sides import Sides
from registry_app.ui.table import plain_table
from registry_app.ui.widgets import (
    Card,
    Chip,
    Inside,
    button,
    column,
    hand_keys,
    label,
    row,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


class DocumentsTab(QWidget):
    """saved(): a consent was recorded or taken back, a hold set or lifted."""

    saved = Signal()

    def __init__(
        self,
        desk: Desk,
        words: Words,
        look: Look,
        record: PatientRecord,
        facts: Sequence[Fact],
    ) -> None:
        super().__init__()
        self._desk, self._words, self._look = desk, words, look
        self._record, self._facts = record, facts
        order = list(Scope)
        self._consents = sorted(
            record.case.consents,
            key=lambda one: (-one.signed_on.toordinal(), order.index(one.scope)),
        )
        self.table = plain_table(
            look, words("documents.consents"), self._columns(), self._consents
        )
        add = button(look, words("documents.add"), "small", self.add)
        self.withdraw_button = button(
            look, words("documents.withdraw"), "small", self.withdraw
        )
        self.correct_button = button(
            look, words("documents.correct"), "small", self.correct
        )
        deeds = [self.correct_button, self.withdraw_button, add]
        card = Card(look, words("documents.consents"), deeds)
        card.body.setContentsMargins(0, 0, 0, 0)
        if self._consents:
            card.body.addWidget(self.table)
        else:
            none = label(look, words("documents.none"), "text2", wrap=True)
            card.body.setContentsMargins(12, 0, 12, 12)
            card.body.addWidget(none)
            card.body.addStretch(1)
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._chosen(now.row())
        )
        self.retention = RetentionCard(desk, words, look, record, facts)
        self.retention.saved.connect(self.saved)
        aside = column(self._use(), self.retention, gap=8)
        aside.setStretch(1, 1)
        sides = Sides(look, card, Inside(aside), 400, 900, under=True)
        self.setLayout(column(sides, gap=0))
        if self._consents:
            self.table.selectRow(0)
        self._chosen(self.table.currentIndex().row())
        hand_keys(self, self.table if self._consents else add)

    def _columns(self) -> list[Column]:
        words, today = self._words, self._record.today

        def signer(one: Consent) -> str:
            said = words.say(one.signer.told)
            if not one.relation:
                return said
            return words("documents.with-relation", signer=said, relation=one.relation)

        def state(one: Consent) -> str:
            if one.withdrawn_on is not None:
                day = one.withdrawn_on.isoformat()
                return words("documents.withdrawn", day=day)
            return words("documents.in-force")

        def status(one: Consent) -> str:
            return "done" if one.holds(today) else "blocked"

        return [
            Column(
                words("documents.scope"),
                lambda c: words.say(c.scope.told),
                190,
                "strong",
            ),
            Column(words("documents.document"), lambda c: c.document, 0),
            Column(words("documents.signed-on"), lambda c: _day(c.signed_on), 104),
            Column(words("documents.signer"), signer, 140),
            Column(
                words("documents.explained-by"),
                lambda c: c.explained_by,
                130,
                spare=True,
            ),
            Column(words("documents.state"), state, 170, "chip", status=status),
        ]

    def _chosen(self, number: int) -> None:
        held = 0 <= number < len(self._consents)
        taken_back = held and self._consents[number].withdrawn_on is not None
        self.withdraw_button.setEnabled(held and not taken_back)
        self.correct_button.setEnabled(held)

    def _use(self) -> Card:
        """What may be done with the data today, and why not where it may not."""
        words, look = self._words, self._look
        record = self._record
        use = data_use(self._desk, record.file.subject.id, record.today)
        allowed = {
            Scope.TREATMENT: use.treatment,
            Scope.FOLLOW_UP: use.follow_up,
            Scope.PROVISION: use.provision,
        }
        card = Card(look, words("documents.use"))
        for scope, yes in allowed.items():
            key = "documents.allowed" if yes else "documents.not-allowed"
            chip = Chip(look, "done" if yes else "blocked", words(key))
            said = label(look, words.say(scope.told), weight=MEDIUM, wrap=True)
            line = row(said, chip)
            line.setStretch(0, 1)
            card.body.addLayout(line)
        for why in use.why:
            card.body.addWidget(label(look, words.say(why), "text2", wrap=True))
        card.body.addStretch(1)
        return card

    def add(self) -> None:
        """Ask for a consent document."""
        newest = self._consents[0].document if self._consents else ""
        dialog = ConsentDialog(
            self,
            self._words,
            self._look,
            self._facts,
            lambda made: add_consent(self._desk, made),
            subject_id=self._record.file.subject.id,
            today=self._record.today,
            explained_by=self._desk.person.display_name,
            document=newest,
        )
        self._run(dialog)

    def correct(self) -> None:
        """Ask what was wrong with the chosen consent, and why it is corrected."""
        number = self.table.currentIndex().row()
        dialog = ConsentDialog(
            self,
            self._words,
            self._look,
            self._facts,
            lambda made: correct_consent(self._desk, made, dialog.reason),
            subject_id=self._record.file.subject.id,
            today=self._record.today,
            known=self._consents[number],
        )
        self._run(dialog)

    def withdraw(self) -> None:
        """Ask since when the chosen consent is taken back."""
        number = self.table.currentIndex().row()

        def save(made: Consent) -> None:
            assert made.withdrawn_on is not None
            withdraw(self._desk, made.id, made.withdrawn_on, made.withdrawal_note)

        self._run(
            WithdrawDialog(
                self,
                self._words,
                self._look,
                self._facts,
                save,
                consent=self._consents[number],
                today=self._record.today,
            )
        )

    def _run(self, dialog: ConsentDialog | WithdrawDialog) -> None:
        if dialog.exec():
            self.saved.emit()
        dialog.deleteLater()


def _day(day: date) -> str:
    return day.isoformat()
