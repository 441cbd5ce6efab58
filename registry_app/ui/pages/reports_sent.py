"""What was handed over, of every report: to whom, how, when, with which receipt."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from registry_app.domain.report import Transmittal
from registry_app.services.protocol import today_in_japan
from registry_app.services.transmittals import add_receipt, transmittals
from registry_app.ui.dialogs.transmit import ReceiptLaterDialog
from registry_app.ui.page import Page
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import Card, Inside, button, column, hand_keys, label, row


class ReportsSent(QWidget):
    """The log; of one that has no receipt yet, it can be recorded."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        words, look = page.words, page.look
        self._words, self._look = words, look
        self._sent: tuple[Transmittal, ...] = ()
        self.table: Table | None = None
        self._count = label(look, "", "text3", "caption")
        self.receipt_button = button(
            look, words("reports_page.receipt-later"), "", self.record_receipt
        )
        self.duty_button = button(
            look, words("reports_page.go-duty"), "", self._open_duty
        )
        self._card = Card(look)
        self._card.body.setContentsMargins(0, 0, 0, 0)
        deeds = row(self._count, None, self.duty_button, self.receipt_button)
        whole = column(Inside(deeds), self._card)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        hand_keys(self, self._card)

    def reload(self) -> None:
        """Read the log again."""
        before = self.chosen
        self._sent = transmittals(self._desk)
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        words = self._words
        key = "sent-count" if self._sent else "sent-none"
        self._count.setText(words(f"reports_page.{key}", count=len(self._sent)))
        name = words("reports_page.sent-log")
        table = plain_table(self._look, name, self._columns(), self._sent, tall=True)
        table.selectionModel().currentRowChanged.connect(lambda _n, _o: self._can())
        table.opened.connect(lambda _id: self.record_receipt())
        self.table = table
        self._card.body.addWidget(table)
        hand_keys(self, table)
        ids = [one.id for one in self._sent]
        if ids:
            known = before is not None and before.id in ids
            table.selectRow(ids.index(before.id) if known and before else 0)
        self._can()

    def _columns(self) -> list[Column]:
        words = self._words

        def key(name: str) -> str:
            return words(f"reports_page.{name}")

        def receipt(one: Transmittal) -> str:
            return one.receipt or words("reports_page.no-receipt")

        def duty(one: Transmittal) -> str:
            said = "duty-closed" if one.duty else "no-duty"
            return words(f"reports_page.{said}")

        return [
            Column(key("sent-on"), lambda one: one.sent_on.isoformat(), 104, "figure"),
            Column(
                key("recipient"),
                lambda one: one.recipient,
                0,
                "strong",
                under=lambda one: one.way,
            ),
            Column(
                key("col-number"),
                lambda one: one.report,
                280,
                under=lambda one: one.sha256[:16],
            ),
            Column(
                key("col-receipt"),
                receipt,
                190,
                "chip",
                status=lambda one: "done" if one.receipt else "open",
            ),
            Column(key("duty"), duty, 130, spare=True),
            Column(key("sent-by"), lambda one: one.sent_by, 130, "quiet", spare=True),
        ]

    @property
    def chosen(self) -> Transmittal | None:
        """The chosen line."""
        at = self.table.currentIndex().row() if self.table else -1
        return self._sent[at] if 0 <= at < len(self._sent) else None

    def _can(self) -> None:
        one = self.chosen
        self.receipt_button.setEnabled(one is not None and not one.receipt)
        self.duty_button.setEnabled(one is not None and bool(one.duty))

    def _open_duty(self) -> None:
        if self.chosen is not None and self.chosen.duty:
            self._page.open_duty.emit(self.chosen.duty)

    def record_receipt(self) -> None:
        """The receipt that came later."""
        one = self.chosen
        if one is None or one.receipt:
            return
        dialog = ReceiptLaterDialog(
            self,
            self._words,
            self._look,
            lambda said: add_receipt(self._desk, one.id, *said),
            name=one.report,
            today=today_in_japan(self._desk),
        )
        if dialog.exec():
            self._page.changes.plan.emit()
            self.reload()
