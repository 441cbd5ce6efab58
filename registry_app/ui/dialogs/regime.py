"""Change the state of the approval: first what changes, then, if accepted, the entry.

An entry of the past can be corrected in the same way, for a reason. Nothing is saved
until the plan of duties has been seen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from registry_app.domain.errors import RegistryError
from registry_app.domain.plan.change import ChangePlan
from registry_app.domain.plan.pack import State
from registry_app.domain.plan.records import RegimeEntry
from registry_app.domain.plan.regime import RegimeState
from registry_app.ui.background import Task, Working
from registry_app.ui.dialogs.asking import Asking, line_of, written
from registry_app.ui.dialogs.change_list import (
    change_said,
    change_table,
    reveal,
    widen,
)
from registry_app.ui.dialogs.past_regimes import Past, PastRegimes
from registry_app.ui.inputs import Choice
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.table import Table
from registry_app.ui.widgets import Inside, column, label
from registry_app.words import Words

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Wish:
    """The state wanted, its day, its evidence; `years` of an extension.

    `corrects`: the id of the entry in whose place it comes.
    """

    state: str
    on: date
    evidence: str
    years: int
    corrects: str = ""


@dataclass(frozen=True)
class Course(Generic[C]):
    """What the dialog is about, and what it calls.

    `now`: the regime today. `past`: how it came there. `next`: where it can go on a
    day, leaving out the entry of that id. `extends`: the state that needs years, at
    most `most`. `plan`: what a wish would change (it may refuse); `duties`: the duties
    of that change; `accept`: make it so, with the reason of a correction.
    """

    now: RegimeState
    past: Sequence[Past]
    next: Callable[[date, str], Sequence[State]]
    extends: str
    most: int
    plan: Callable[[Wish], C]
    duties: Callable[[C], ChangePlan]
    accept: Callable[[C, str], object]


class RegimeDialog(Asking[C]):
    """Enter first shows the plan; only then it applies it."""

    def __init__(
        self, parent: QWidget, words: Words, look: Look, course: Course[C], today: date
    ) -> None:
        def save(change: C) -> None:
            course.accept(change, written(self.why))

        super().__init__(parent, words, look, [], save)
        self._course, self._today = course, today
        self._seen: tuple[Wish, C] | None = None
        self._offered: tuple[date, str] | None = None
        self.corrects: RegimeEntry | None = None
        self.past = PastRegimes(words, look, course.past)
        self.past.correct.connect(self._correct)
        self.to = self.choice(words("ledger_page.regime-to"), [])
        self.on = self.day(words("ledger_page.regime-on"), today, today)
        self.evidence = self.line(words("ledger_page.regime-evidence"))
        self.years = self.line(words("ledger_page.regime-years"))
        self.why = self.line(words("patient.reason"), hint=words("patient.reason-hint"))
        self.why.hide()
        self.said = label(look, "", weight=MEDIUM, wrap=True)
        self._working = Working(words, look)
        self._place = column(gap=0)
        self.table: Table | None = None
        self.ask(
            words("ledger_page.regime-title"),
            words("ledger_page.regime-show"),
            *(label(look, each, "text2", wrap=True) for each in self._standing()),
            self.past,
            4,
            self.on,
            self.to,
            self.evidence,
            self.years,
            self.why,
            self._working,
            self.said,
            Inside(self._place),
        )
        widen(self, look)
        self._follow()

    def _correct(self, entry: RegimeEntry | None) -> None:
        """Fill in an entry of the past; None: a new entry after all."""
        self.corrects = entry
        self.why.setVisible(entry is not None)
        self.on.line.setText((entry.on if entry else self._today).isoformat())
        self._offer()
        for field, text in (
            (self.evidence, entry.evidence if entry else ""),
            (self.years, str(entry.years) if entry and entry.years else ""),
            (self.why, ""),
        ):
            line_of(field).setText(text)
            field.set_problem("")
        if entry is not None:
            self._box.choose(entry.state)
        self._void()
        self.said.setText("")
        self.on.setFocus()

    def _standing(self) -> list[str]:
        """Where the approval stands."""
        words, now = self.words, self._course.now
        said = [words("ledger_page.regime-now-only", state=now.state.name)]
        if now.since is not None:
            told = {"state": now.state.name, "day": now.since.isoformat()}
            said = [words("ledger_page.regime-now", **told)]
        if now.past_term:
            said.append(words("ledger_page.regime-past"))
        if now.lapsed:
            said.append(words("ledger_page.regime-lapsed"))
        return said

    def _follow(self) -> None:
        """A change of any field makes the plan that was shown void."""
        self._box.currentIndexChanged.connect(lambda _n: self._state_chosen())
        for field in (self.on, self.evidence, self.years):
            line_of(field).textEdited.connect(lambda _t: self._void())
        self.on.line.editingFinished.connect(self._offer)
        self._offer()
        self.on.setFocus()

    @property
    def _box(self) -> Choice:
        box = self.to.input
        assert isinstance(box, Choice)
        return box

    def _offer(self) -> None:
        """The states that can follow on the day written: an entry may come late."""
        day, without = self.on.take(), self.corrects.id if self.corrects else ""
        if day is None or (day, without) == self._offered:
            return
        self._offered = day, without
        found, before = self._course.next(day, without), written(self.to)
        self._box.clear()
        for state in found:
            self._box.addItem(self.words.say(state.name), state.id)
        if before in [state.id for state in found]:
            self._box.choose(before)
        none = self.words("ledger_page.regime-end", day=day.isoformat())
        self.to.set_hint("" if found else none)
        self._state_chosen()

    def _state_chosen(self) -> None:
        extends = self._course.extends
        self.years.setVisible(bool(extends) and written(self.to) == extends)
        self._void()

    def _void(self) -> None:
        if self._seen is not None:
            self._seen = None
            self.go.setText(self.words("ledger_page.regime-show"))
            self.said.setText(self.words("ledger_page.regime-again"))
            self._show(None)

    def _show(self, table: Table | None) -> None:
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        self.table = table
        if table is not None:
            self._place.addWidget(table)

    def _wish(self) -> Wish | None:
        on, evidence = self.on.take(required=True), self.needed(self.evidence)
        self._offer()
        years, most = 0, self._course.most
        none = self.words("ledger_page.regime-end", day=on.isoformat() if on else "")
        self.to.set_problem("" if written(self.to) else none)
        if written(self.to) == self._course.extends:
            text = written(self.years)
            years = int(text) if text.isdecimal() else 0
            wrong = self.words("ledger_page.regime-years-wrong", most=most)
            self.years.set_problem("" if 1 <= years <= most else wrong)
        if not self.right(self.on, self.to, self.evidence, self.years) or on is None:
            return None
        corrects = self.corrects.id if self.corrects else ""
        return Wish(written(self.to), on, evidence, years, corrects)

    def value(self) -> C | None:
        """The change whose plan was seen; else its plan is worked out and shown."""
        wish = self._wish()
        if wish is None:
            return None
        if self.corrects is not None and not self.needed(self.why):
            self.why.setFocus()
            return None
        if self._seen is not None and self._seen[0] == wish:
            return self._seen[1]
        self._seen = None
        task = Task(self, lambda: self._course.plan(wish))
        task.done.connect(lambda change: self._worked_out(wish, change))
        task.failed.connect(self._refuse)
        task.ended.connect(lambda: self.go.setEnabled(True))
        self.go.setEnabled(False)
        said = self.words("ledger_page.regime-working")
        self._working.follow(task, said, may_cancel=False)
        task.start()
        return None

    def _worked_out(self, wish: Wish, change: C) -> None:
        """Many cases take a moment: what was changed meanwhile makes it void."""
        if self._wish() != wish:
            self.said.setText(self.words("ledger_page.regime-again"))
            return
        plan = self._course.duties(change)
        self._seen = (wish, change)
        self.said.setText(change_said(self.words, plan))
        self._show(change_table(self.words, self.look, plan))
        self.go.setText(self.words("ledger_page.regime-go"))
        self.adjustSize()
        if self.table is not None:
            reveal(self.table)

    def _refuse(self, refusal: RegistryError) -> None:
        self._void()
        super()._refuse(refusal)
