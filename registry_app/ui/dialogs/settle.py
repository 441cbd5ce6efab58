"""Record that a duty was done, or its receipt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.frame import Fact
from registry_app.ui.look import Look
from registry_app.ui.widgets import label
from registry_app.words import Words


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about a duty."""

    on: date
    evidence: str
    receipt: str
    note: str


class SettleDialog(Asking[Done]):
    """Day, evidence, receipt, note; `name` says which duty it is about."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[Done], object],
        *,
        name: str,
        today: date,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self.on = self.day(words("ledger_page.done-on"), today, today)
        hint = words("ledger_page.evidence-hint")
        self.evidence = self.line(words("ledger_page.evidence"), hint=hint)
        self.receipt = self.line(words("ledger_page.receipt"))
        self.note = self.line(words("ledger_page.note"))
        self.ask(
            words("ledger_page.done-title"),
            words("ledger_page.done-go"),
            label(look, name, wrap=True),
            4,
            self.on,
            self.evidence,
            self.receipt,
            self.note,
        )
        self.on.setFocus()

    def value(self) -> Done | None:
        """What was typed; the evidence must not be empty."""
        on, evidence = self.on.take(required=True), self.needed(self.evidence)
        if not self.right(self.on, self.evidence) or on is None:
            return None
        return Done(on, evidence, written(self.receipt), written(self.note))


class ReceiptDialog(Asking[str]):
    """The number of a receipt that came after the duty was done."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[str], object],
        *,
        name: str,
        receipt: str,
    ) -> None:
        super().__init__(parent, words, look, facts, save)
        self.receipt = self.line(words("ledger_page.receipt"), receipt)
        self.ask(
            words("ledger_page.receipt-title"),
            words("ledger_page.done-go"),
            label(look, name, wrap=True),
            4,
            self.receipt,
        )
        self.receipt.setFocus()

    def value(self) -> str | None:
        """The number."""
        return self.needed(self.receipt) or None
