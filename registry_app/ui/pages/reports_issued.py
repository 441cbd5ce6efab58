"""The reports that were issued: signatures, whether they stand, to whom they went."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from registry_app.domain.dates import TOKYO
from registry_app.domain.message import Told
from registry_app.domain.report import IssuedReport, Kind, Transmittal
from registry_app.services.protocol import protocol
from registry_app.services.reports import issued
from registry_app.services.signing import signatures
from registry_app.services.transmittals import transmittals
from registry_app.services.verifying import Standing, Verdict
from registry_app.ui.dialogs.sign import signature_said
from registry_app.ui.look import MEDIUM
from registry_app.ui.page import Page
from registry_app.ui.panel import Panel
from registry_app.ui.rows_model import Column
from registry_app.ui.sides import Sides
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import (
    Card,
    Chip,
    Inside,
    Item,
    button,
    column,
    hand_keys,
    label,
    row,
    scrolled,
)
from registry_app.words import Words

#: The shape of what a check has found (ui/paint.py).
SHAPES: Final = {
    Standing.SAME: "done",
    Standing.CHANGED_SINCE: "due",
    Standing.ALTERED: "overdue",
    Standing.TRAIL_SHORTER: "overdue",
    Standing.TRAIL_OTHER: "overdue",
    Standing.NOT_OURS: "blocked",
}
#: What can be done about the chosen report: the names of the buttons, in their order.
DEEDS: Final = ("view", "sign", "save", "print", "transmit", "check", "certificate")


def standing_said(words: Words, standing: Standing) -> str:
    """One word for what a check has found."""
    return words(f"reports_page.standing-{standing.value.replace(' ', '-')}")


def sent_said(words: Words, one: Transmittal) -> str:
    """When, to whom, how, with which receipt."""
    said = words(
        "reports_page.sent-said",
        day=one.sent_on.isoformat(),
        recipient=one.recipient,
        way=one.way,
    )
    if not one.receipt:
        return said
    return words("reports_page.sent-receipt", said=said, receipt=one.receipt)


class ReportsIssued(QWidget):
    """done(name): a button for the chosen report was pressed (`DEEDS`)."""

    done = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._desk, self._words, self._look = page.desk, page.words, page.look
        self._reports: tuple[IssuedReport, ...] = ()
        self._sent: dict[str, list[Transmittal]] = {}
        self._verdicts: dict[str, Verdict] = {}
        self._kept: dict[str, Standing] = {}
        self._names: dict[str, Told] = {}
        self.table: Table | None = None
        self.buttons: dict[str, QWidget] = {}
        self._card = Card(self._look)
        self._card.body.setContentsMargins(0, 0, 0, 0)
        self.panel = Panel(self._look)
        self.sides = Sides(self._look, self._card, self.panel, 380, 1000)
        self.setLayout(column(self.sides, gap=0))
        hand_keys(self, self.panel)

    # ── the list ─────────────────────────────────────────────────────────────────

    def reload(self, number: str = "") -> None:
        """Read them again; the chosen one stays chosen.

        Or `number`, of which something was done: then the list takes the keys, for the
        list and the buttons that had them are gone.
        """
        before, done = self.chosen, number
        number = number or (before.id if before else "")
        pack = protocol(self._desk).pack
        self._names = {one.id: one.name for one in pack.reports}
        self._reports = tuple(
            one for one in issued(self._desk) if Kind(one.kind).archived
        )
        self._sent = {}
        for sent in transmittals(self._desk):
            self._sent.setdefault(sent.report, []).append(sent)
        self._signed = {one.id: signatures(self._desk, one.id) for one in self._reports}
        self._fill(number)
        if done and self.table is not None:
            self.table.show()  # what is not shown yet takes no keys
            self.table.setFocus()

    def _fill(self, number: str) -> None:
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        name = self._words("reports_page.issued")
        table = plain_table(self._look, name, self._columns(), self._reports, tall=True)
        table.selectionModel().currentRowChanged.connect(lambda _n, _o: self._show())
        table.opened.connect(lambda _id: self._enter())
        self.table = table
        self._card.body.addWidget(table)
        hand_keys(self, table)
        numbers = [one.id for one in self._reports]
        if numbers:
            table.selectRow(numbers.index(number) if number in numbers else 0)
        self._show()

    def _columns(self) -> list[Column]:
        words = self._words

        def key(name: str) -> str:
            return words(f"reports_page.col-{name}")

        def kind(one: IssuedReport) -> str:
            letters = Kind(one.kind).letters
            said = self._name(one)
            return words("reports_page.kind-said", number=letters, name=said)

        def cut(one: IssuedReport) -> str:
            frozen = one.options.get("frozen", "")
            day = one.options.get("on", "")
            if not frozen:
                return day
            return words("reports_page.cut-said", number=frozen, day=day)

        return [
            Column(key("number"), lambda one: one.id, 0, "strong", under=kind),
            Column(key("cut"), cut, 158),
            Column(key("made"), _made, 130, spare=True),
            Column(key("signed"), self._signed_said, 88),
            Column(key("sent"), self._sent_on, 96, spare=True),
            Column(key("standing"), self._standing, 132, "chip", status=self._shape),
        ]

    def _name(self, one: IssuedReport) -> str:
        """What the pack calls it; one that it does not ask for has only its letters."""
        letters = Kind(one.kind).letters
        told = self._names.get(letters)
        return self._words.say(told) if told else letters

    def _signed_said(self, one: IssuedReport) -> str:
        given, words = self._signed[one.id], self._words
        if not given:
            return words("reports_page.not-signed")
        return words.say(given[-1].meaning.told)

    def _sent_on(self, one: IssuedReport) -> str:
        sent = self._sent.get(one.id)
        return sent[0].sent_on.isoformat() if sent else ""

    def _shape(self, one: IssuedReport) -> str:
        found, kept = self._verdicts.get(one.id), self._kept.get(one.id)
        if found is None and kept is None:
            return "open"
        return SHAPES[found.standing if found else kept or Standing.ALTERED]

    @property
    def chosen(self) -> IssuedReport | None:
        """The chosen report."""
        at = self.table.currentIndex().row() if self.table else -1
        return self._reports[at] if 0 <= at < len(self._reports) else None

    @property
    def numbers(self) -> list[str]:
        """The numbers of all that are listed."""
        return [one.id for one in self._reports]

    def kept(self, found: Sequence[tuple[str, Verdict]]) -> None:
        """Whether each is as it was filed."""
        self._kept = {number: verdict.standing for number, verdict in found}
        if self.table is not None:
            self.table.viewport().update()
        self._show()

    def judged(self, number: str, verdict: Verdict) -> None:
        """What a check of this report has found."""
        self._verdicts[number] = verdict
        if self.table is not None:
            self.table.viewport().update()
        self._show()

    # ── the report beside it ─────────────────────────────────────────────────────

    def _show(self) -> None:
        one, words, look = self.chosen, self._words, self._look
        self.buttons = {}
        if one is None:
            self.panel.say(words("reports_page.issued-none"))
            return
        name = self._name(one)
        items: list[Item] = [
            label(look, one.id, role="title", wrap=True),
            label(look, name, "text2", wrap=True),
            row(Chip(look, self._shape(one), self._standing(one)), None),
            6,
            *self._facts(one),
            6,
            *self._list("signatures", self._signatures(one)),
            6,
            *self._list(
                "transmittals",
                [sent_said(words, sent) for sent in self._sent.get(one.id, ())],
            ),
            None,
        ]
        told = scrolled(Inside(column(*items, gap=4, margins=(0, 0, 8, 0))))
        self.panel.put(Inside(column(told, self._deeds(one), gap=8)))

    def _standing(self, one: IssuedReport) -> str:
        """As the last check found it; before one, whether it is kept as it was."""
        words, kept = self._words, self._kept.get(one.id)
        if one.id in self._verdicts:
            return standing_said(words, self._verdicts[one.id].standing)
        if kept is None:
            return words("reports_page.not-checked")
        if kept is Standing.SAME:
            return words("reports_page.as-filed")
        return standing_said(words, kept)

    def _facts(self, one: IssuedReport) -> list[QWidget]:
        words, look = self._words, self._look
        shown = [("col-made", _made(one)), ("sha", one.sha256[:16])]
        if one.options.get("period"):
            shown.append(("period", one.options["period"].replace("..", " – ")))
        if one.subject_id or one.about:
            shown.append(("case", one.about or one.subject_id))
        return [
            Inside(
                row(
                    label(look, words(f"reports_page.{name}"), "text3", "caption"),
                    label(look, text, "text1", "caption"),
                    None,
                )
            )
            for name, text in shown
        ]

    def _signatures(self, one: IssuedReport) -> list[str]:
        return [signature_said(self._words, each) for each in self._signed[one.id]]

    def _list(self, name: str, lines: Sequence[str]) -> list[QWidget]:
        words, look = self._words, self._look
        title = label(look, words(f"reports_page.{name}"), "text2", "caption", MEDIUM)
        none = [words(f"reports_page.{name}-none")]
        return [
            title,
            *(label(look, line, "text1", wrap=True) for line in lines or none),
        ]

    def _deeds(self, one: IssuedReport) -> QWidget:
        """Every button; the one that comes next is the primary one."""
        words, look = self._words, self._look
        following = "transmit" if len(self._signed[one.id]) == 3 else "sign"
        made = {}
        for name in DEEDS:
            kind = "primary" if name == following else ""
            made[name] = button(
                look,
                words(f"reports_page.do-{name}"),
                kind,
                partial(self.done.emit, name),
            )
        made["sign"].setEnabled(len(self._signed[one.id]) < 3)
        self.buttons = dict(made)
        pairs = [DEEDS[0:2], DEEDS[2:4], DEEDS[4:6], DEEDS[6:7]]
        lines = [row(*(made[name] for name in pair), None, gap=8) for pair in pairs]
        return Inside(column(*lines, gap=6))

    # ── keys ─────────────────────────────────────────────────────────────────────

    def _enter(self) -> None:
        self.sides.enter()
        self.panel.take_keys()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads from the report back to the list."""
        if event.key() == Qt.Key.Key_Escape and self.table is not None:
            self.sides.leave()
            self.table.setFocus()
        else:
            super().keyPressEvent(event)


def _made(one: IssuedReport) -> str:
    return one.made_at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")
