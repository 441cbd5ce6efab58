"""Every kit of the registry: the all-case reconciliation, and what became of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QWidget

from registry_app.domain.kit import Kit, KitState, Reconciliation
from registry_app.domain.names import search_key
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.services.kits import kits, reconciliation
from registry_app.services.protocol import protocol
from registry_app.services.subjects import subject_rows
from registry_app.ui.amounts import amount_said
from registry_app.ui.changes import Changes
from registry_app.ui.inputs import Line
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.page import Page
from registry_app.ui.pages.patient_kits import (
    KIT_STATUS,
    KitDesk,
    quantities,
)
from registry_app.ui.rows_model import Column, RowsModel
from registry_app.ui.table import Table
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
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: Up to this text size, in hundredths, chips and buttons stand side by side.
_SIDE_BY_SIDE = 125
#: Which kits a chip shows, by the keys of kits_page.toml.
_FILTERS: dict[str, Callable[[Kit], bool]] = {
    "all": lambda _kit: True,
    "unmatched": lambda kit: not kit.subject_id,
    "pending": lambda kit: kit.state is KitState.PENDING,
    "given": lambda kit: kit.state is KitState.GIVEN,
    "not-given": lambda kit: kit.state is KitState.NOT_GIVEN,
}
_SORTS: dict[str, Callable[[Kit], object]] = {
    "number": lambda kit: kit.number,
    "ordered": lambda kit: kit.ordered_on,
    "case": lambda kit: kit.subject_id,
    "state": lambda kit: str(kit.state),
    "lot": lambda kit: kit.lot,
    "used": lambda kit: kit.given_on or kit.not_given_on or kit.ordered_on,
}


def sum_said(words: Words, found: Reconciliation) -> str:
    """Ordered = given + not given + pending, in one line."""
    return words(
        "kits_page.sum",
        ordered=found.ordered,
        given=found.given,
        not_given=found.not_given,
        pending=found.pending,
    )


class KitsPage(Page):
    """The table with its filter chips and the sum; Enter opens the patient."""

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("kits_page.title"))
        self._filter, self._text = "all", ""
        self._kits: dict[str, Kit] = {}
        self._kana: dict[str, str] = {}
        followed = protocol(desk)
        amounts = quantities(followed)
        # What the label limits, such as cells per kg; all of it is on the patient.
        self._amounts = [a for a in amounts if a.ratio is not None] or amounts[:1]
        self._desk_of_kits = KitDesk(
            self,
            desk,
            words,
            look,
            followed,
            day_in_japan(desk.clock()),
            self._saved,
        )
        self.model = RowsModel(
            self._columns(),
            self._ids,
            lambda ids: [self._kits[each] for each in ids],
            "ordered",
        )
        self.table = Table(look, self.model, words("kits_page.title"))
        self.table.opened.connect(self._open)
        self.sum = label(look, "", weight=MEDIUM)
        self.difference = Chip(look, "done", "")
        self.unmatched = Chip(look, "overdue", "")
        self.lot = Line(look, words("kits_page.find"), plain=True)
        self.lot.setPlaceholderText(words("kits_page.find"))
        self.lot.setFixedWidth(look.px(210))
        self._count = label(look, "", "text2", "caption")
        self._none = label(look, "", "text2", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._places = QStackedWidget()
        self._lay_out()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(120)
        self._wait.timeout.connect(self._read)
        self.lot.textChanged.connect(self._typed)
        self.table.selectionModel().currentRowChanged.connect(
            lambda _now, _before: self._chosen()
        )
        changes.subject.connect(self._subject_changed)
        changes.plan.connect(self.reload)
        hand_keys(self, self.table)
        self.reload()

    # ── layout ───────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        words, look = self.words, self.look
        self.order_button = button(
            look, words("kits_page.order"), "primary", self._order
        )
        self.deeds = {
            name: button(look, words(f"kits_page.{name}"), "small", press)
            for name, press in (
                ("match", lambda: self._do(self._desk_of_kits.edit)),
                ("give", lambda: self._do(self._desk_of_kits.give)),
                ("set-aside", lambda: self._do(self._desk_of_kits.not_given)),
                ("edit", lambda: self._do(self._desk_of_kits.edit)),
            )
        }
        head = row(
            label(look, words("kits_page.title"), role="title"),
            4,
            label(look, words("kits_page.note"), "text2"),
            None,
            self.order_button,
        )
        card = Card(look)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(self.table)
        empty = Card(look)
        empty.body.addWidget(Inside(column(None, self._none, None)))
        self._places.addWidget(card)
        self._places.addWidget(empty)
        # Large words leave no room for two things side by side.
        wide = look.text_size <= _SIDE_BY_SIDE
        found = [self.difference, self.unmatched]
        sums = row(self.sum, *found, None, self.lot)
        if not wide:
            sums = row(column(self.sum, row(*found, None, self.lot)))
        chips: list[Item] = list(self._chips())
        deeds = list(self.deeds.values())
        tools = column(row(*chips, None), row(None, *deeds))
        if wide:
            tools = column(row(*chips, None, *deeds))
        whole = column(
            head, sums, tools, self._places, self._count, margins=(12, 8, 12, 12)
        )
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def _chips(self) -> list[QWidget]:
        group = QButtonGroup(self)
        self.filters: dict[str, QPushButton] = {}
        for name in _FILTERS:
            chip = button(self.look, self.words(f"kits_page.{name}"), "filter")
            chip.setFont(self.look.font("caption"))
            chip.setCheckable(True)
            chip.setChecked(name == "all")
            chip.clicked.connect(lambda _on, n=name: self._show_only(n))
            group.addButton(chip)
            self.filters[name] = chip
        return list(self.filters.values())

    def _columns(self) -> list[Column]:
        words = self.words

        def key(name: str) -> str:
            return words(f"kits_page.col-{name}")

        def whose(kit: Kit) -> str:
            if not kit.subject_id:
                return words("kits_page.nobody")
            return f"{kit.subject_id}  {self._kana.get(kit.subject_id, '')}".strip()

        def used(kit: Kit) -> str:
            day = kit.given_on or kit.not_given_on
            return day.isoformat() if day else ""

        def amounts(kit: Kit) -> str:
            if kit.not_given:
                return kit.not_given
            said = [amount_said(words, kit, each) for each in self._amounts]
            return words("banner.dot").join(text for text in said if text)

        return [
            Column(key("number"), lambda k: k.number, 140, "strong", "number"),
            Column(
                key("ordered"), lambda k: k.ordered_on.isoformat(), 104, "", "ordered"
            ),
            Column(
                key("case"),
                whose,
                270,
                "chip",
                "case",
                status=lambda k: "" if k.subject_id else "overdue",
            ),
            Column(
                key("state"),
                lambda k: words.say(k.state.told),
                116,
                "chip",
                "state",
                status=lambda k: KIT_STATUS[k.state],
            ),
            Column(
                key("made"),
                lambda k: words.say(k.manufacture.told),
                130,
                spare=True,
            ),
            Column(key("lot"), lambda k: k.lot, 110, "text", "lot"),
            Column(key("used"), used, 104, "text", "used"),
            Column(key("amounts"), amounts, 0, "quiet"),
        ]

    # ── what is shown ────────────────────────────────────────────────────────────

    def _shown(self) -> list[Kit]:
        wanted, test = search_key(self._text), _FILTERS[self._filter]
        return [
            kit
            for kit in self._kits.values()
            if test(kit)
            and (
                not wanted
                or wanted in search_key(f"{kit.lot} {kit.number} {kit.subject_id}")
            )
        ]

    def _ids(self, sort: str, descending: bool) -> list[str]:
        by = _SORTS[sort]
        found = sorted(self._shown(), key=lambda kit: kit.number)
        found.sort(key=lambda kit: str(by(kit)), reverse=descending)
        return [kit.id for kit in found]

    def _subject_changed(self, _subject_id: str) -> None:
        """A method, so that Qt calls it no more once the page is gone."""
        self.reload()

    def reload(self) -> None:
        """Read every kit again; the chosen one stays chosen."""
        with self.asking():
            found = kits(self.desk)
            self._kits = {kit.id: kit for kit in found}
            cases = sorted({kit.subject_id for kit in found if kit.subject_id})
            self._kana = {r.id: r.kana for r in subject_rows(self.desk, cases)}
            self._sum(reconciliation(self.desk))
        self._read()

    def _sum(self, found: Reconciliation) -> None:
        words = self.words
        self.sum.setText(sum_said(words, found))
        agrees = found.difference == 0
        key = "kits_page.agrees" if agrees else "kits_page.differs"
        said = words(key, difference=found.difference)
        self.difference.show_status("done" if agrees else "overdue", said)
        count = len(found.unmatched)
        said = words("kits_page.unmatched-count", count=count) if count else ""
        self.unmatched.show_status("overdue", said)
        self.sum.setVisible(bool(found.ordered))
        self.difference.setVisible(bool(found.ordered))

    def _read(self) -> None:
        self._wait.stop()
        chosen = self.model.id_at(self.table.currentIndex().row())
        self.model.reload()
        found = self.model.rowCount()
        self._count.setText(self.words("kits_page.count", count=found))
        key = "none-found" if self._kits else "none-yet"
        self._none.setText(self.words(f"kits_page.{key}"))
        self._places.setCurrentIndex(0 if found else 1)
        if found:
            self.table.selectRow(max(self.model.row_of(chosen), 0))
        self._chosen()

    def _typed(self, text: str) -> None:
        self._text = text
        self._wait.start()

    def _show_only(self, name: str) -> None:
        self._filter = name
        self._read()

    @property
    def kit(self) -> Kit | None:
        """The chosen kit."""
        return self._kits.get(self.model.id_at(self.table.currentIndex().row()))

    def _chosen(self) -> None:
        """What can be done with the chosen kit."""
        kit = self.kit
        pending = kit is not None and kit.state is KitState.PENDING
        matched = kit is not None and bool(kit.subject_id)
        self.deeds["match"].setEnabled(kit is not None and not matched)
        self.deeds["give"].setEnabled(pending and matched)
        self.deeds["set-aside"].setEnabled(pending)
        self.deeds["edit"].setEnabled(matched)

    # ── deeds ────────────────────────────────────────────────────────────────────

    def _open(self, kit_id: str) -> None:
        """The patient; of a kit that is nobody's, the question whose it is."""
        kit = self._kits[kit_id]
        if kit.subject_id:
            self.open_subject.emit(kit.subject_id)
        else:
            self._do(self._desk_of_kits.edit)

    def _order(self) -> None:
        self._desk_of_kits.order()

    def _do(self, deed: Callable[[Kit], object]) -> None:
        if self.kit is not None:
            deed(self.kit)

    def _saved(self, kit: Kit) -> None:
        if kit.subject_id:
            self.changes.subject.emit(kit.subject_id)
        self.changes.plan.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape shows every kit again."""
        if event.key() == Qt.Key.Key_Escape and self.lot.text():
            self.lot.clear()
        else:
            super().keyPressEvent(event)
