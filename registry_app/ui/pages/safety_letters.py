"""The versions of a case with day 0 of each, and the correspondence about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry_app.services.safety_clocks import FIRST
from registry_app.ui.duty_words import day_said
from registry_app.ui.look import Look
from registry_app.ui.rows_model import Column
from registry_app.ui.table import plain_table
from registry_app.ui.widgets import Inside, button, column, label, row
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.safety import CaseVersion, Letter, SafetyCase

_Numbered = tuple[str, "CaseVersion"]


def numbered(case: SafetyCase) -> list[_Numbered]:
    """The versions, by their number."""
    return sorted(case.versions.items(), key=lambda each: int(each[0]))


class VersionsView(QWidget):
    """`add`: later information; `sent(number)`: that a version was reported.

    `of_hospital`: the hospital owes the report itself, also where no version is there.
    """

    def __init__(
        self,
        words: Words,
        look: Look,
        case: SafetyCase,
        add: Callable[[], object],
        sent: Callable[[str], object],
        *,
        of_hospital: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "inside")
        self._sent, self._versions = sent, numbered(case)
        self._own = of_hospital and not self._versions
        self.add_button = button(look, words("safety_page.version-add"), "small", add)
        self.sent_button = button(
            look, words("safety_page.sent-add"), "small", self._record
        )
        self.table = plain_table(
            look, words("safety_page.tab-versions"), _columns(words), self._versions
        )
        self.table.opened.connect(lambda _row: self._record())
        self.table.selectionModel().currentRowChanged.connect(
            lambda _now, _old: self._chosen()
        )
        said = label(
            look, words("safety_page.versions-none"), "text2", "caption", wrap=True
        )
        said.setVisible(not self._versions)
        hint = label(
            look, words("safety_page.versions-hint"), "text2", "caption", wrap=True
        )
        whole = column(
            hint, row(self.add_button, self.sent_button, None), said, self.table
        )
        whole.setStretch(3, 1)
        self.setLayout(whole)
        if self._versions:
            self.table.selectRow(len(self._versions) - 1)
        self._chosen()

    @property
    def _at(self) -> _Numbered | None:
        row_ = self.table.currentIndex().row()
        return self._versions[row_] if 0 <= row_ < len(self._versions) else None

    def _chosen(self) -> None:
        found = self._at
        waits = self._own if found is None else _waits(found[1])
        self.sent_button.setEnabled(waits)

    def _record(self) -> None:
        found = self._at
        if found is None and self._own:
            self._sent(FIRST)
        elif found is not None and _waits(found[1]):
            self._sent(found[0])


def _waits(version: CaseVersion) -> bool:
    """Whether it is not sent yet, or its receipt has not come yet."""
    return version.sent_on is None or not version.receipt


def _columns(words: Words) -> list[Column]:
    def key(name: str) -> str:
        return words(f"safety_page.version-{name}")

    def starts(each: _Numbered) -> str:
        return words(
            f"safety_page.{'restarts' if each[1].significant else 'no-restart'}"
        )

    return [
        Column(key("number"), lambda each: each[0], 56, "figure"),
        Column(key("day0"), lambda each: each[1].day0.isoformat(), 96),
        Column(key("new"), lambda each: each[1].what, 0),
        Column(key("clock"), starts, 150, "quiet", spare=True),
        Column(key("class"), lambda each: each[1].event_class, 64),
        Column(key("sent"), lambda each: day_said(each[1].sent_on), 96),
        Column(key("receipt"), lambda each: each[1].receipt, 130),
    ]


class LettersView(QWidget):
    """Who was written to, how, when, about what, with which receipt."""

    def __init__(
        self,
        words: Words,
        look: Look,
        letters: Sequence[Letter],
        add: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setProperty("kind", "inside")
        self.add_button = button(look, words("safety_page.letter-add"), "small", add)

        def key(name: str) -> str:
            return words(f"safety_page.letter-{name}")

        columns = [
            Column(key("on"), lambda each: each.on.isoformat(), 96),
            Column(
                key("direction"), lambda each: key("in" if each.incoming else "out"), 90
            ),
            Column(key("who"), lambda each: each.who, 150),
            Column(key("way"), lambda each: each.way, 110, spare=True),
            Column(key("about"), lambda each: each.about, 0),
            Column(words("safety_page.receipt"), lambda each: each.receipt, 130),
        ]
        ordered = sorted(letters, key=lambda each: (each.on, each.id))
        self.table = plain_table(
            look, words("safety_page.tab-letters"), columns, ordered
        )
        said = label(look, words("safety_page.letters-none"), "text2", wrap=True)
        said.setVisible(not letters)
        self.table.setVisible(bool(letters))
        self.setLayout(
            column(
                Inside(row(self.add_button, None)),
                said,
                self.table,
                *([] if letters else [None]),
            )
        )
