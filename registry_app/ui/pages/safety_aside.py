"""Beside the form of a case, always in view: its class and why, and its clocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from registry_app.domain.plan.pack import Owner
from registry_app.domain.safety import CaseState
from registry_app.ui.duty_words import day_said, owner_said, standing_said
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.pages.safety_words import (
    clock_shape,
    day_of,
    lawful,
    running,
    serious,
    waits_for,
)
from registry_app.ui.panel import Panel
from registry_app.ui.widgets import (
    Chip,
    Glyph,
    Inside,
    button,
    column,
    label,
    row,
    rule,
    scrolled,
)
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.safety import Event, SafetyCase
    from registry_app.domain.safety_class import Classed
    from registry_app.services.safety_clocks import Clock


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the buttons do."""

    take: Callable[[], object]
    dismiss: Callable[[], object]
    close: Callable[[], object]
    duty: Callable[[str], object]


class Aside(Panel):
    """Class, why, what would make it another one; the clocks; what may be done."""

    def __init__(self, words: Words, look: Look, deeds: Deeds) -> None:
        super().__init__(look)
        self.setAccessibleName(words("safety_page.aside"))
        self._words, self._deeds = words, deeds
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.lines: list[str] = []

    def show_case(
        self,
        case: SafetyCase,
        events: Sequence[Event],
        classed: Classed,
        clocks: Sequence[Clock],
        what_if: Sequence[Clock] = (),
    ) -> None:
        """Show them; `classed` may be of what is typed, and not yet saved.

        `what_if`: the clocks that would run if a draft were a case.
        """
        self.lines = []
        parts: list[QWidget] = [
            *self._class(classed),
            *self._waits(case, events),
            rule(),
            *self._clocks(case, clocks or what_if),
            *self._reminders(case, events),
        ]
        inside = Inside(column(*parts, None, margins=(16, 12, 12, 12)))
        held: list[QWidget] = [scrolled(inside)]
        if buttons := self._buttons(case):
            held += [rule(), Inside(row(*buttons, None, margins=(14, 10, 14, 10)))]
        self.put(Inside(column(*held, gap=0)))

    # ── the class ────────────────────────────────────────────────────────────────

    def _class(self, classed: Classed) -> Iterator[QWidget]:
        words, look = self._words, self._look
        title = label(look, words("safety_page.class"), "text2", "caption", MEDIUM)
        none = words("safety_page.class-none")
        figure = label(look, classed.event_class or none, role="figure")
        sure = Chip(
            look,
            "done" if classed.sure else "due",
            words(f"safety_page.{'judged' if classed.sure else 'not-judged'}"),
        )
        yield Inside(row(title, figure, sure, None))
        lines = [self._line(words.say(why)) for why in classed.why]
        for decided, to in classed.if_decided.items():
            key = f"safety_page.if-{decided}"
            lines.append(self._line(words(key, id=to or none), "text1"))
        yield Inside(column(*lines, gap=2))

    def _small(self, text: str) -> QWidget:
        return label(self._look, text, "text2", "caption", wrap=True)

    def _line(self, text: str, ink: str = "text2") -> QWidget:
        self.lines.append(text)
        return label(self._look, text, ink, "caption", wrap=True)

    def _marked(self, shape: str, said: QWidget) -> QWidget:
        """A sentence with its shape before it."""
        line = row(column(Glyph(self._look, shape), None), said)
        line.setStretch(1, 1)
        return Inside(line)

    def _waits(self, case: SafetyCase, events: Sequence[Event]) -> Iterator[QWidget]:
        words = self._words
        waits = waits_for(words, case, events)
        if waits:
            what = words("ledger_page.comma").join(waits)
            yield self._marked("due", self._line(words("safety_page.waits", what=what)))

    # ── the clocks ───────────────────────────────────────────────────────────────

    def _clocks(self, case: SafetyCase, clocks: Sequence[Clock]) -> Iterator[QWidget]:
        words, look = self._words, self._look
        yield label(look, words("safety_page.clocks"), "text2", "caption", MEDIUM)
        if case.state is CaseState.DRAFT:
            yield self._line(words("safety_page.clocks-draft"))
        elif not clocks:
            yield self._line(words("safety_page.clocks-none"))
        by = {owner: [c for c in clocks if c.owner is owner] for owner in Owner}
        shown = [(running(each) or each[-1:])[0] for each in by.values() if each]
        earlier = [clock for clock in clocks if clock not in shown]
        for n in range(0, len(shown), 2):
            pair = row(gap=12)
            for clock in shown[n : n + 2]:
                pair.addWidget(self._clock(case, clock), 1)
            yield Inside(pair)
        for clock in earlier:
            yield self._earlier(clock)

    def _clock(self, case: SafetyCase, clock: Clock) -> QWidget:
        """One clock as a block: whose, which day it is, by when."""
        words, look = self._words, self._look
        day = day_of(words, clock)
        due = day_said(clock.due)
        target = day_said(clock.target) if clock.target != clock.due else ""
        name = words.say(clock.name)
        self.lines += [owner_said(words, clock.owner), day, due]
        standing = label(look, standing_said(words, clock.standing), "text2", "caption")
        unsure = []
        if clock.to_confirm:
            self.lines.append(words("ledger_page.to-confirm"))
            unsure = [Chip(look, "due", self.lines[-1])]
        said = [
            label(look, owner_said(words, clock.owner), "text2", "caption", MEDIUM),
            Inside(row(Glyph(look, clock_shape(clock)), label(look, day, weight=700))),
            Inside(row(standing, *unsure, None, gap=6)),
            self._small(name),
        ]
        if due:
            said.append(label(look, words("safety_page.due", day=due), weight=MEDIUM))
        if target:
            said.append(self._small(words("safety_page.target", day=target)))
        if note := lawful(words, clock):
            said.append(self._line(note, "due"))
        if case.state is CaseState.DRAFT:  # there is no duty yet
            return Inside(column(*said, None, gap=2))
        press = button(
            look,
            words("safety_page.to-ledger"),
            "quiet",
            lambda: self._deeds.duty(clock.key),
        )
        press.setFont(look.font("caption"))
        press.setAccessibleName(words("safety_page.to-ledger-of", name=name))
        return Inside(column(*said, row(press, None), None, gap=2))

    def _earlier(self, clock: Clock) -> QWidget:
        words, look = self._words, self._look
        text = words(
            "safety_page.earlier-clock",
            name=words.say(clock.name),
            day=day_of(words, clock),
            due=day_said(clock.due),
        )
        self.lines.append(text)
        said = label(look, text, "text2", "caption", wrap=True)
        return self._marked(clock_shape(clock), said)

    def _reminders(
        self, case: SafetyCase, events: Sequence[Event]
    ) -> Iterator[QWidget]:
        words = self._words
        if case.subject_id and serious(events):
            yield self._marked("now", self._line(words("safety_page.relief"), "text1"))
        if case.closed_why:
            yield self._line(words("safety_page.closed-why", why=case.closed_why))

    def _buttons(self, case: SafetyCase) -> list[QPushButton]:
        """What can be done with it as a whole."""
        words, look, deeds = self._words, self._look, self._deeds
        offered: list[tuple[str, Callable[[], object]]] = []
        if case.state is CaseState.DRAFT:
            offered = [
                ("take", deeds.take),
                ("dismiss", deeds.dismiss),
            ]
        elif case.state is CaseState.OPEN:
            offered = [("close", deeds.close)]
        return [
            button(look, words(f"safety_page.{name}"), "", press)
            for name, press in offered
        ]
