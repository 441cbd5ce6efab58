"""Attrition (脱落): who is about to be lost and why, and whose follow-up has ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from registry_app.domain.course import Contact, EndReason, FollowUp
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.services.attrition import AtRisk, Attrition, attrition
from registry_app.services.courses import contacts
from registry_app.services.subjects import subject_rows
from registry_app.ui.background import Task, Working
from registry_app.ui.changes import Changes
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.page import Page
from registry_app.ui.rows_model import Column, RowsModel
from registry_app.ui.table import Table
from registry_app.ui.widgets import (
    Card,
    Inside,
    Segments,
    column,
    hand_keys,
    label,
    row,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

T = TypeVar("T")

_VIEWS = ("at-risk", "ended")
_SHAPES = {
    EndReason.COMPLETED: "done",
    EndReason.LOST: "overdue",
    EndReason.DEATH: "blocked",
    EndReason.WITHDRAWN: "blocked",
    EndReason.TRANSFERRED: "now",
}
_AT_RISK: dict[str, Callable[[AtRisk], str]] = {
    "id": lambda one: one.subject_id,
    "alive": lambda one: one.last_known_alive.isoformat(),
}
_ENDED: dict[str, Callable[[FollowUp], str]] = {
    "id": lambda one: one.id,
    "reason": lambda one: str(one.reason),
    "ended": lambda one: _day(one.ended_on),
    "alive": lambda one: _day(one.last_known_alive),
}


class AttritionPage(Page):
    """Two lists, read off the GUI thread; Enter opens the patient."""

    def __init__(self, desk: Desk, words: Words, look: Look, changes: Changes) -> None:
        super().__init__(desk, words, look, changes)
        self.setWindowTitle(words("attrition.title"))
        self.today = day_in_japan(desk.clock())
        self._task: Task | None = None
        self._found: Attrition | None = None
        self._at_risk: dict[str, AtRisk] = {}
        self._ended: dict[str, FollowUp] = {}
        # Names are read by the page, contacts by the row: of thousands few are seen.
        self._kana: dict[str, str] = {}
        self._contacts: dict[str, Contact | None] = {}
        self.models = {
            "at-risk": RowsModel(
                self._risk_columns(),
                lambda by, down: sorted(
                    self._at_risk,
                    key=lambda id_: _AT_RISK[by](self._at_risk[id_]),
                    reverse=down,
                ),
                lambda ids: self._rows(self._at_risk, ids),
                "alive",
            ),
            "ended": RowsModel(
                self._ended_columns(),
                lambda by, down: sorted(
                    self._ended,
                    key=lambda id_: _ENDED[by](self._ended[id_]),
                    reverse=down,
                ),
                lambda ids: self._rows(self._ended, ids),
                "ended",
            ),
        }
        self.tables = {
            name: Table(look, model, words(f"attrition.{name}"), tall=True)
            for name, model in self.models.items()
        }
        self.views = Segments(
            look,
            [(name, words(f"attrition.{name}")) for name in _VIEWS],
            words("attrition.view"),
            _VIEWS[0],
        )
        self.sum = label(look, "", weight=MEDIUM, wrap=True)
        self.whole = label(look, "", "text2", wrap=True)
        self._count = label(look, "", "text2", "caption")
        self._none = label(look, "", "text2", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._working = Working(words, look)
        self._places = QStackedWidget()
        self._lay_out()
        self._show()
        self.views.chosen.connect(lambda _name: self._show())
        for table in self.tables.values():
            table.opened.connect(self.open_subject)
            table.selectionModel().currentRowChanged.connect(
                lambda _now, _before: self._chosen()
            )
        changes.subject.connect(self._subject_changed)
        changes.plan.connect(self.reload)
        hand_keys(self, self.tables["at-risk"])
        self.reload()

    # ── layout ───────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        words, look = self.words, self.look
        for table in self.tables.values():
            card = Card(look)
            card.body.setContentsMargins(0, 0, 0, 0)
            card.body.addWidget(table)
            self._places.addWidget(card)
        empty = Card(look)
        empty.body.addWidget(Inside(column(None, self._none, None)))
        self._places.addWidget(empty)
        head = row(
            label(look, words("attrition.title"), role="title"),
            4,
            label(look, words("attrition.note"), "text2", wrap=True),
        )
        head.setStretch(2, 1)
        sums = row(self.sum, self.views)
        sums.setStretch(0, 1)
        foot = row(self._count, None, self._working)
        inside = column(
            head, sums, self._places, self.whole, foot, margins=(12, 8, 12, 8)
        )
        inside.setStretch(2, 1)
        self.setLayout(inside)

    def _risk_columns(self) -> list[Column]:
        words = self.words

        def more(one: AtRisk) -> str:
            rest = [words.say(why) for why in one.why[1:]]
            if not rest:
                return ""
            text = words("attrition.semicolon").join(rest)
            return words("attrition.and-more", count=len(rest), text=text)

        def contact(one: AtRisk) -> str:
            made = self._contact(one.subject_id)
            return made.on.isoformat() if made else words("attrition.never")

        def outcome(one: AtRisk) -> str:
            made = self._contact(one.subject_id)
            return words.say(made.outcome.told) if made else ""

        def again(one: AtRisk) -> str:
            day = self._again(one)
            return day.isoformat() if day else words("attrition.not-planned")

        def standing(one: AtRisk) -> str:
            day = self._again(one)
            if day is None:
                return ""
            return "due" if day <= self.today else "open"

        return [
            self._case_column(lambda one: one.subject_id),
            Column(
                words("attrition.why"), lambda one: words.say(one.why[0]), under=more
            ),
            Column(
                words("attrition.alive"),
                lambda one: one.last_known_alive.isoformat(),
                120,
                "text",
                "alive",
            ),
            Column(words("attrition.contact"), contact, 134, under=outcome, spare=True),
            Column(words("attrition.again"), again, 124, "chip", status=standing),
        ]

    def _ended_columns(self) -> list[Column]:
        words = self.words

        def reason(one: FollowUp) -> str:
            return words.say(one.reason.told) if one.reason else ""

        return [
            self._case_column(lambda one: one.id),
            Column(
                words("attrition.reason"),
                reason,
                134,
                "chip",
                "reason",
                status=lambda one: _SHAPES[one.reason] if one.reason else "",
            ),
            Column(
                words("attrition.ended-on"),
                lambda one: _day(one.ended_on),
                112,
                "text",
                "ended",
            ),
            Column(
                words("attrition.alive"),
                lambda one: _day(one.last_known_alive),
                134,
                "text",
                "alive",
            ),
            Column(words("attrition.more"), self._more, 0, "quiet"),
        ]

    def _more(self, one: FollowUp) -> str:
        said = [text for text in (one.transferred_to, one.note) if text]
        return self.words("attrition.semicolon").join(said)

    def _case_column(self, case: Callable[[Any], str]) -> Column:
        return Column(
            self.words("patients.id"),
            case,
            150,
            "strong",
            "id",
            under=lambda one: self._kana.get(case(one), ""),
        )

    # ── what is shown ────────────────────────────────────────────────────────────

    def _rows(self, found: Mapping[str, T], ids: list[str]) -> list[T]:
        for one in subject_rows(self.desk, ids):
            self._kana[one.id] = one.kana
        return [found[id_] for id_ in ids]

    def _contact(self, subject_id: str) -> Contact | None:
        """The newest attempt to reach somebody."""
        if subject_id not in self._contacts:
            made = contacts(self.desk, subject_id)
            self._contacts[subject_id] = made[0] if made else None
        return self._contacts[subject_id]

    def _again(self, one: AtRisk) -> date | None:
        made = self._contact(one.subject_id)
        return made.again_on if made else None

    def _subject_changed(self, _subject_id: str) -> None:
        """A method, so that Qt calls it no more once the page is gone."""
        self.reload()

    def reload(self) -> None:
        """Look through everybody again; the chosen ones stay chosen."""
        if self._task is not None:
            self._task.cancel()
        self._task = Task(self, lambda: attrition(self.desk))
        self._task.done.connect(self._came)
        self._task.failed.connect(self.refused)
        said = self.words("attrition.working")
        self._working.follow(self._task, said, may_cancel=False)
        self._task.start()

    def _came(self, found: Attrition) -> None:
        self._task, self._found = None, found
        self._at_risk = {one.subject_id: one for one in found.at_risk}
        self._ended = {one.id: one for one in found.ended}
        self._contacts.clear()
        self.sum.setText(
            self.words(
                "attrition.sum",
                followed=f"{found.followed:,}",
                at_risk=f"{len(found.at_risk):,}",
                ended=f"{len(found.ended):,}",
            )
        )
        for name, model in self.models.items():
            table = self.tables[name]
            chosen = model.id_at(table.currentIndex().row())
            model.reload()
            if model.rowCount():
                table.selectRow(max(model.row_of(chosen), 0))
        self._show()

    def _show(self) -> None:
        """The list of the view, or why it is empty: that is not known at once."""
        name = self.views.value
        if self._found is None:
            self._places.setCurrentIndex(len(_VIEWS))
            return
        count = self.models[name].rowCount()
        self._count.setText(self.words("attrition.count", count=f"{count:,}"))
        self._none.setText(self.words(f"attrition.none-{name}"))
        self._places.setCurrentIndex(_VIEWS.index(name) if count else len(_VIEWS))
        hand_keys(self, self.tables[name] if count else self.views)
        self._chosen()

    def _chosen(self) -> None:
        """All of the chosen row: a row has room for a reason or two."""
        name, said = self.views.value, ""
        id_ = self.models[name].id_at(self.tables[name].currentIndex().row())
        risk, end = self._at_risk.get(id_), self._ended.get(id_)
        if name == "at-risk" and risk is not None:
            said = self._risk_said(risk)
        elif end is not None and (more := self._more(end)):
            said = self.words("attrition.whole-ended", id=id_, text=more)
        self.whole.setText(said)
        self.whole.setVisible(bool(said))

    def _risk_said(self, one: AtRisk) -> str:
        words, made = self.words, self._contact(one.subject_id)
        text = words("attrition.semicolon").join(map(words.say, one.why))
        contact = words("attrition.never")
        if made is not None:
            told = {"day": made.on.isoformat(), "outcome": made.outcome.told}
            contact = words("attrition.contact-of", **told)
        return words("attrition.whole", id=one.subject_id, text=text, contact=contact)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
