"""The kits of one patient: what was ordered, made, given, and how much of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from registry_app.domain.kit import Kit, KitState
from registry_app.domain.plan.pack import Quantity
from registry_app.domain.plan.protocol import Protocol
from registry_app.services.cases import case_of
from registry_app.services.kits import change, judged_kit, order
from registry_app.services.subjects import open_subject
from registry_app.ui.amounts import amount_said
from registry_app.ui.dialogs.kit import KitChange, KitDialog, NotGivenDialog
from registry_app.ui.dialogs.kit_given import GiveDialog
from registry_app.ui.frame import Fact
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.patient_facts import patient_facts
from registry_app.ui.widgets import Chip, button, column, label, row, rule
from registry_app.words import Words

if TYPE_CHECKING:
    from datetime import date

    from registry_app.services.desk import Desk

#: The shape of where a kit stands.
KIT_STATUS = {
    KitState.PENDING: "due",
    KitState.GIVEN: "done",
    KitState.NOT_GIVEN: "blocked",
}


def quantities(protocol: Protocol) -> tuple[Quantity, ...]:
    """The amounts that the pack asks for."""
    product = protocol.pack.product
    return () if product is None else product.quantities


class KitDesk:
    """The dialogs of a kit, on any page; `done` is told after one was saved."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        words: Words,
        look: Look,
        protocol: Protocol,
        today: date,
        done: Callable[[Kit], object],
    ) -> None:
        self._parent, self._desk, self._words, self._look = parent, desk, words, look
        self._protocol, self._today, self._done = protocol, today, done

    def _who(self, case: str) -> str:
        """The kana of a case; raises NotFound."""
        who = open_subject(self._desk, case).identity
        return f"{who.family_kana} {who.given_kana}".strip() if who else ""

    def _about(self, kit: Kit, facts: Sequence[Fact]) -> Sequence[Fact]:
        """The facts of the page; where it is about no patient, those of the kit's."""
        if facts or not kit.subject_id:
            return facts
        return patient_facts(
            self._words,
            open_subject(self._desk, kit.subject_id),
            self._today,
            self._protocol.pack,
            case_of(self._desk, kit.subject_id),
        )

    def _run(self, dialog: KitDialog | GiveDialog | NotGivenDialog) -> None:
        dialog.exec()
        dialog.deleteLater()

    def _change(self, made: KitChange) -> None:
        recorded = change(
            self._desk,
            made.kit,
            made.reason,
            reasons=made.reasons,
            answers=made.answers,
        )
        self._done(recorded.kit)

    def order(self, facts: Sequence[Fact] = (), subject_id: str = "") -> None:
        """Record an order, for a case or for nobody yet."""

        def save(made: KitChange) -> None:
            self._done(order(self._desk, made.kit).kit)

        self._run(
            KitDialog(
                self._parent,
                self._words,
                self._look,
                facts,
                save,
                today=self._today,
                who=self._who,
                subject_id=subject_id,
            )
        )

    def edit(self, kit: Kit, facts: Sequence[Fact] = ()) -> None:
        """Change what is known of a kit, such as whose it is."""
        self._run(
            KitDialog(
                self._parent,
                self._words,
                self._look,
                self._about(kit, facts),
                self._change,
                today=self._today,
                who=self._who,
                kit=kit,
            )
        )

    def give(self, kit: Kit, facts: Sequence[Fact] = ()) -> None:
        """Record that it was given."""
        self._run(
            GiveDialog(
                self._parent,
                self._words,
                self._look,
                self._about(kit, facts),
                self._change,
                kit=kit,
                pack=self._protocol.pack,
                judge=lambda made, answers: judged_kit(self._desk, made, answers),
                today=self._today,
            )
        )

    def not_given(self, kit: Kit, facts: Sequence[Fact] = ()) -> None:
        """Record why it was not given."""
        self._run(
            NotGivenDialog(
                self._parent,
                self._words,
                self._look,
                self._about(kit, facts),
                self._change,
                kit=kit,
                today=self._today,
            )
        )


class KitBlock(QWidget):
    """One kit with everything known of it, and what can be done with it."""

    def __init__(
        self,
        words: Words,
        look: Look,
        kit: Kit,
        amounts: Sequence[Quantity],
        kits: KitDesk,
        facts: Sequence[Fact],
    ) -> None:
        super().__init__()
        self.setProperty("kind", "inside")
        deeds = []
        if kit.state is not KitState.NOT_GIVEN:
            key = "give" if kit.state is KitState.PENDING else "correct-given"
            deeds.append(
                button(
                    look,
                    words(f"treatment.{key}"),
                    "small",
                    lambda: kits.give(kit, facts),
                )
            )
        if kit.state is KitState.PENDING:
            deeds.append(
                button(
                    look,
                    words("treatment.not-given"),
                    "small",
                    lambda: kits.not_given(kit, facts),
                )
            )
        deeds.append(
            button(
                look, words("treatment.edit"), "small", lambda: kits.edit(kit, facts)
            )
        )
        number = words("treatment.kit-of", number=kit.number)
        state = Chip(look, KIT_STATUS[kit.state], words.say(kit.state.told))
        head = row(label(look, number, weight=MEDIUM), state, None, *deeds)
        self.setLayout(column(head, self._facts(words, look, kit, amounts), rule()))

    def _facts(
        self, words: Words, look: Look, kit: Kit, amounts: Sequence[Quantity]
    ) -> QGridLayout:
        said = [
            ("ordered-on", kit.ordered_on.isoformat()),
            ("manufacture", words.say(kit.manufacture.told)),
            ("lot", kit.lot),
            ("given-on", kit.given_on.isoformat() if kit.given_on else ""),
            ("route", kit.route),
            ("operator", kit.operator),
            ("not-given-on", kit.not_given_on.isoformat() if kit.not_given_on else ""),
            ("not-given-why", kit.not_given),
            ("note", kit.note),
        ]
        pairs = [(words(f"treatment.{key}"), text) for key, text in said if text]
        for quantity in amounts:
            if text := amount_said(words, kit, quantity):
                pairs.append((words.say(quantity.name), text))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for n, (name, text) in enumerate(pairs):
            at, side = divmod(n, 2)
            title = label(look, name, "text2", "caption", MEDIUM)
            grid.addWidget(title, at, 2 * side)
            grid.addWidget(label(look, text, wrap=True), at, 2 * side + 1)
        return grid
