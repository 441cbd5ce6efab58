"""Commands about the plan of the registry: clocks, the regime, its papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry_app.domain.plan.pack import State
from registry_app.domain.plan.regime import next_states
from registry_app.domain.report import Kind
from registry_app.services.obligations import add_occurrence
from registry_app.services.protocol import protocol, today_in_japan
from registry_app.services.regime import (
    RegimeChange,
    accept_regime,
    entries,
    history,
    regime,
    regime_plan,
)
from registry_app.ui.dialogs.occurrence import OccurrenceDialog
from registry_app.ui.dialogs.past_regimes import past_of
from registry_app.ui.dialogs.regime import Course, RegimeDialog, Wish

if TYPE_CHECKING:
    from registry_app.services.desk import Desk
    from registry_app.ui.changes import Changes
    from registry_app.ui.frame import Strip
    from registry_app.ui.look import Look
    from registry_app.ui.printing import Printing
    from registry_app.words import Words


class PlanCommands:
    """Asks, calls the service, tells everybody, and says what was done."""

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        words: Words,
        look: Look,
        changes: Changes,
        strip: Strip,
        printing: Printing,
    ) -> None:
        self._window, self._desk, self._words, self._look = window, desk, words, look
        self._changes, self._strip, self._printing = changes, strip, printing

    def start_clock(self, subject_id: str = "") -> None:
        """Something became known: its clocks begin."""
        desk, words = self._desk, self._words
        dialog = OccurrenceDialog(
            self._window,
            words,
            self._look,
            lambda occurrence: add_occurrence(desk, occurrence),
            pack=protocol(desk).pack,
            today=today_in_japan(desk),
            subject_id=subject_id,
        )
        if dialog.exec():
            self._changes.plan.emit()
            self._strip.say("done", words("ledger_page.clock-started"))

    def regime_course(self) -> Course[RegimeChange] | None:
        """How the approval came to its state, and what can follow; None without one."""
        desk = self._desk
        now, machine = regime(desk), protocol(desk).pack.machine
        if now is None or machine is None:
            return None

        def plan(wish: Wish) -> RegimeChange:
            return regime_plan(
                desk, wish.state, wish.on, wish.evidence, wish.years, wish.corrects
            )

        def following(day: date, without: str) -> Sequence[State]:
            plan = protocol(desk)
            others = tuple(one for one in plan.regime if one.id != without)
            return next_states(replace(plan, regime=others), day)

        return Course[RegimeChange](
            now,
            past_of(history(desk), entries(desk)),
            following,
            machine.extends,
            machine.extension.months // 12 if machine.extension else 0,
            plan,
            lambda change: change.plan,
            lambda change, reason: accept_regime(desk, change, reason),
        )

    def change_regime(self) -> None:
        """Another state of the approval, once its plan of duties is accepted."""
        desk, words, course = self._desk, self._words, self.regime_course()
        if course is None:
            self._strip.say("now", words("ledger_page.regime-none"))
            return
        dialog = RegimeDialog(
            self._window, words, self._look, course, today_in_japan(desk)
        )
        if dialog.exec():
            self._changes.plan.emit()
            self._changes.subject.emit("")
            after = regime(desk)
            state = "" if after is None else words.say(after.state.name)
            self._strip.say("done", words("ledger_page.regime-done", state=state))

    def print_today(self) -> None:
        """The list of today, one page."""
        self._printing.ask("", [], Kind.TODAY)

    def print_ledger(self) -> None:
        """The status of the obligations (R4)."""
        self._printing.ask("", [], Kind.OBLIGATIONS)

    def print_log(self) -> None:
        """The log of all cases (R6)."""
        self._printing.ask("", [], Kind.ALL_CASE_LOG)

    def export_calendar(self) -> None:
        """What is due, as a file for a calendar; it names no patient."""
        self._printing.ask_calendar()
