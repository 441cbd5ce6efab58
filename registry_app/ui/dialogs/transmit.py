"""A report that was handed over: to whom, how, when, with which receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.plan.duties import is_unset
from registry_app.domain.plan.duty import Duty
from registry_app.ui.dialogs.asking import Asking, written
from registry_app.ui.duty_words import day_said, whom_said
from registry_app.ui.inputs import Choice
from registry_app.ui.look import Look
from registry_app.ui.widgets import label
from registry_app.words import Words


@dataclass(frozen=True, slots=True)
class Sent:
    """What was written. `duty`: the key of the duty that it fulfils, or ""."""

    recipient: str
    way: str
    on: date
    receipt: str
    receipt_on: date | None
    duty: str
    note: str


class TransmitDialog(Asking[Sent]):
    """`duties`: those that the report may fulfil.

    One is proposed where there is no doubt: the only one that can be closed, or the one
    about the very `period` of the report.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[Sent], object],
        *,
        number: str,
        today: date,
        duties: Sequence[Duty],
        period: tuple[date, date] | None = None,
    ) -> None:
        super().__init__(parent, words, look, [], save)
        addressee = next((d.addressee for d in duties if d.addressee), None)
        to = words.say(addressee) if addressee else ""
        self.recipient = self.line(words("reports_page.recipient"), to)
        hint = words("reports_page.way-hint")
        self.way = self.line(words("reports_page.way"), hint=hint)
        self.on = self.day(words("reports_page.sent-on"), today, today)
        self.receipt = self.line(words("ledger_page.receipt"))
        self.receipt_on = self.day(words("reports_page.receipt-on"), today)
        none = ("", words("reports_page.no-duty"))
        choices = [(duty.key, self._said(duty)) for duty in duties]
        same = [duty for duty in duties if period and duty.period == period]
        # What an unset one counts from is not known: it cannot be closed yet.
        sure = [duty for duty in same or duties if not is_unset(duty)]
        self.duty = self.choice(words("reports_page.duty"), [none, *choices])
        box = self.duty.input
        assert isinstance(box, Choice)
        box.stay_narrow()
        if len(sure) == 1:
            box.choose(sure[0].key)
        self.note = self.line(words("ledger_page.note"))
        self.places = {
            "report.no-recipient": self.recipient,
            "report_service.sent-before-made": self.on,
            "report_service.sent-later": self.on,
            "report.receipt-before-sent": self.receipt_on,
        }
        self.ask(
            words("reports_page.transmit-title"),
            words("reports_page.transmit-go"),
            label(look, number, wrap=True),
            4,
            self.recipient,
            self.way,
            self.on,
            self.duty,
            self.receipt,
            self.receipt_on,
            self.note,
        )
        self.recipient.setFocus()

    def _said(self, duty: Duty) -> str:
        return self.words(
            "reports_page.duty-said",
            name=duty.name,
            whom=whom_said(self.words, duty),
            day=day_said(duty.last_day),
        )

    def value(self) -> Sent | None:
        """What was written; to whom, how and when must be."""
        on = self.on.take(required=True)
        receipt_on = self.receipt_on.take()
        recipient, way = self.needed(self.recipient), self.needed(self.way)
        if not self.right(self.recipient, self.way, self.on, self.receipt_on):
            return None
        assert on is not None
        receipt, duty = written(self.receipt), written(self.duty)
        return Sent(recipient, way, on, receipt, receipt_on, duty, written(self.note))


class ReceiptLaterDialog(Asking[tuple[str, date]]):
    """The receipt of a report that was handed over before."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        save: Callable[[tuple[str, date]], object],
        *,
        name: str,
        today: date,
    ) -> None:
        super().__init__(parent, words, look, [], save)
        self.receipt = self.line(words("ledger_page.receipt"))
        self.on = self.day(words("reports_page.receipt-on"), today, today)
        self.places = {"report.receipt-before-sent": self.on}
        self.ask(
            words("ledger_page.receipt-title"),
            words("ledger_page.done-go"),
            label(look, name, wrap=True),
            4,
            self.receipt,
            self.on,
        )
        self.receipt.setFocus()

    def value(self) -> tuple[str, date] | None:
        """Number and day."""
        receipt, on = self.needed(self.receipt), self.on.take(required=True)
        if not self.right(self.receipt, self.on) or on is None:
            return None
        return receipt, on
