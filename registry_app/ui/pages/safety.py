"""Every safety case with its running clocks; drafts that wait to be judged on top."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QWidget

from registry_app.domain.names import search_key
from registry_app.domain.safety import CaseState
from registry_app.services.protocol import protocol
from registry_app.services.safety import CaseLine, safety_cases
from registry_app.services.subjects import subject_rows
from registry_app.ui.changes import Changes
from registry_app.ui.inputs import Choice, Line
from registry_app.ui.look import Look
from registry_app.ui.page import Page
from registry_app.ui.pages.safety_columns import safety_columns
from registry_app.ui.pages.safety_words import running
from registry_app.ui.rows_model import RowsModel
from registry_app.ui.table import Table
from registry_app.ui.widgets import (
    Card,
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

#: Up to this text size, in hundredths, filters and search stand side by side.
_SIDE_BY_SIDE: Final = 125
#: Which cases a chip shows, by the keys of safety_page.toml.
_FILTERS: Final[dict[str, tuple[CaseState, ...]]] = {
    "open": (CaseState.DRAFT, CaseState.OPEN),
    "drafts": (CaseState.DRAFT,),
    "closed": (CaseState.CLOSED, CaseState.NOT_A_CASE),
    "all": tuple(CaseState),
}


def _urgent(line: CaseLine) -> str:
    """Drafts first, then by the next day that is due, then what is over."""
    if line.case.state is CaseState.DRAFT:
        return "0"
    clocks = running(line.clocks)
    due = clocks[0].due if clocks else None
    over = line.case.state is not CaseState.OPEN
    return f"{1 + over}{due or date.max}"


_SORTS: Final[dict[str, Callable[[CaseLine], object]]] = {
    "urgent": _urgent,
    "number": lambda line: line.case.id,
    "patient": lambda line: line.case.subject_id,
    "class": lambda line: line.classed.event_class or "~",
    "state": lambda line: list(CaseState).index(line.case.state),
}


class SafetyPage(Page):
    """The table of cases, with its filters; Enter opens a case.

    new_case(case ID): ask for a new one, of that patient or of none.
    """

    new_case = Signal(str)

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("safety_page.title"))
        self._filter, self._text = "open", ""
        self._lines: dict[str, CaseLine] = {}
        self._kana: dict[str, str] = {}
        pack = protocol(desk).pack
        classes = {each.id: words.say(each.name) for each in pack.events}
        self._specials = {each.id: words.say(each.name) for each in pack.specials}
        any_ = ("", words("safety_page.any-special"))
        self.special = Choice(
            look, words("safety_page.special"), [any_, *self._specials.items()]
        )
        self.model = RowsModel(
            safety_columns(words, self._kana, self._specials, classes),
            self._ids,
            lambda ids: [self._lines[each] for each in ids],
            "urgent",
        )
        self.table = Table(look, self.model, words("safety_page.title"), tall=True)
        self.table.opened.connect(self.open_safety_case)
        self.search = Line(look, words("safety_page.find"))
        self.search.setPlaceholderText(words("safety_page.find"))
        self.search.setFixedWidth(look.px(230))
        self._count = label(look, "", "text2", "caption")
        self._none = label(look, "", "text2", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._places = QStackedWidget()
        self._lay_out()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(120)
        self._wait.timeout.connect(self._read)
        self.search.textChanged.connect(self._typed)
        changes.subject.connect(self._subject_changed)
        changes.plan.connect(self.reload)
        hand_keys(self, self.table)
        self.reload()

    def _lay_out(self) -> None:
        words, look = self.words, self.look
        self.new_button = button(
            look,
            words("safety_page.new"),
            "primary",
            lambda: self.new_case.emit(""),
        )
        self.special.stay_narrow()
        self.special.setFixedWidth(look.px(220))
        self.special.activated.connect(lambda _n: self._read())
        head = row(
            label(look, words("safety_page.title"), role="title"),
            4,
            label(look, words("safety_page.about"), "text2"),
            None,
            self.new_button,
        )
        card = Card(look)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(self.table)
        empty = Card(look)
        empty.body.addWidget(Inside(column(None, self._none, None)))
        self._places.addWidget(card)
        self._places.addWidget(empty)
        # Large words leave no room for all of it side by side.
        chosen: list[Item] = [*self._chips(), self.special]
        tools = row(*chosen, None, self.search)
        if look.text_size > _SIDE_BY_SIDE:
            tools = row(column(row(*chosen, None), row(self.search, None)))
        whole = column(head, tools, self._places, self._count, margins=(12, 8, 12, 12))
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _chips(self) -> list[QWidget]:
        group = QButtonGroup(self)
        self.filters: dict[str, QPushButton] = {}
        for name in _FILTERS:
            chip = button(self.look, self.words(f"safety_page.show-{name}"), "filter")
            chip.setFont(self.look.font("caption"))
            chip.setCheckable(True)
            chip.setChecked(name == self._filter)
            chip.clicked.connect(lambda _on, n=name: self.show_only(n))
            group.addButton(chip)
            self.filters[name] = chip
        return list(self.filters.values())

    # ── what is shown ────────────────────────────────────────────────────────────

    def _shown(self) -> list[CaseLine]:
        wanted, states = search_key(self._text), _FILTERS[self._filter]
        special = self.special.value
        return [
            line
            for line in self._lines.values()
            if line.case.state in states
            and (not special or special in _specials_of(line))
            and (not wanted or wanted in self._searched(line))
        ]

    def _searched(self, line: CaseLine) -> str:
        case, events = line.case, line.events
        kana = self._kana.get(case.subject_id, "")
        said = (case.id, case.title, case.subject_id, kana, *(e.what for e in events))
        return " ".join(search_key(each) for each in said)

    def _ids(self, sort: str, descending: bool) -> list[str]:
        by = _SORTS[sort]
        found = sorted(self._shown(), key=lambda line: line.case.id)
        found.sort(key=lambda line: str(by(line)), reverse=descending)
        return [line.case.id for line in found]

    def _subject_changed(self, _subject_id: str) -> None:
        """A method, so that Qt calls it no more once the page is gone."""
        self.reload()

    def reload(self) -> None:
        """Read every case again; the chosen one stays chosen."""
        with self.asking():
            found = safety_cases(self.desk)
            self._lines = {line.case.id: line for line in found}
            cases = {each.case.subject_id for each in found if each.case.subject_id}
            rows = subject_rows(self.desk, sorted(cases))
            self._kana.clear()
            self._kana.update({each.id: each.kana for each in rows})
        drafts = sum(
            line.case.state is CaseState.DRAFT for line in self._lines.values()
        )
        said = self.words("safety_page.show-drafts")
        counted = self.words("safety_page.drafts-count", count=drafts)
        self.filters["drafts"].setText(counted if drafts else said)
        self._read()

    def _read(self) -> None:
        self._wait.stop()
        chosen = self.model.id_at(self.table.currentIndex().row())
        self.model.reload()
        found = self.model.rowCount()
        self._count.setText(self.words("safety_page.count", count=found))
        key = "none-found" if self._lines else "none-yet"
        self._none.setText(self.words(f"safety_page.{key}"))
        self._places.setCurrentIndex(0 if found else 1)
        if found:
            self.table.selectRow(max(self.model.row_of(chosen), 0))

    def _typed(self, text: str) -> None:
        self._text = text
        self._wait.start()

    def show_only(self, name: str) -> None:
        """Show the open cases, the drafts, the closed ones, or all."""
        self._filter = name
        self.filters[name].setChecked(True)
        self._read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape shows every case again; Down leads from the search to the table."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return):
            self.table.setFocus()
        else:
            super().keyPressEvent(event)


def _specials_of(line: CaseLine) -> set[str]:
    """The events of special interest of a case."""
    return {line.case.special, *(event.special for event in line.events)}
