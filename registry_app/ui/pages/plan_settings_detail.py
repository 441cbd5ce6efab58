"""One rule of the plan beside the list: its value, its source, who confirmed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.plan.protocol import Protocol
from registry_app.ui.duty_words import owner_said
from registry_app.ui.look import Look
from registry_app.ui.notice import Notice
from registry_app.ui.pages.plan_settings_rows import SHAPES, PlanRow
from registry_app.ui.panel import Panel
from registry_app.ui.widgets import (
    Chip,
    Inside,
    button,
    column,
    label,
    row,
    rule,
    scrolled,
)
from registry_app.words import Words


class RulePanel(Panel):
    """Shows one rule at a time."""

    def __init__(
        self,
        words: Words,
        look: Look,
        confirm: Callable[[], object],
        change: Callable[[], object],
        back: Callable[[], object],
    ) -> None:
        super().__init__(look)
        self.setAccessibleName(words("plan_settings.detail"))
        self._words = words
        self._confirm, self._change, self._back = confirm, change, back
        self.body.setContentsMargins(0, 0, 0, 0)
        self.narrow = False
        self.shown: PlanRow | None = None
        self.clear()

    def clear(self) -> None:
        """No rule is chosen."""
        self.shown = None
        self.say(self._words("plan_settings.choose"))

    def show_rule(self, one: PlanRow, plan: Protocol) -> None:
        """Show a rule."""
        self.shown = one
        words, look = self._words, self._look
        state = words(f"plan_settings.state-{one.state}")
        chips = [Chip(look, SHAPES[one.state], state)]
        if one.unset and one.unsure:
            chips.append(Chip(look, "due", words("plan_settings.state-unsure")))
        parts: list[QWidget] = [
            label(look, words.say(one.name), role="title", wrap=True),
            Inside(row(*chips, None, gap=6)),
        ]
        if one.unset:
            parts.append(Notice(look, "overdue", words("plan_settings.unset-what")))
        if one.unsure:
            unsure, more = words("ledger_page.unsure"), words("ledger_page.unsure-more")
            parts.append(Notice(look, "due", unsure, more))
        parts += [self._fact(*fact) for fact in rule_facts(words, one, plan)]
        inside = Inside(column(*parts, None, margins=(16, 10, 12, 12)))
        whole = column(scrolled(inside), rule(), self._buttons(one), gap=0)
        self.put(Inside(whole))

    def _fact(self, name: str, value: str) -> QWidget:
        said = label(self._look, name, "text2", "caption")
        said.setFixedWidth(self._look.px(96))
        line = row(column(said, None), label(self._look, value, wrap=True))
        line.setStretch(1, 1)
        return Inside(line)

    def _buttons(self, one: PlanRow) -> QWidget:
        words, look = self._words, self._look
        again = words("plan_settings.confirm-again")
        confirm = words("plan_settings.confirm") if one.confirmed is None else again
        change = words("plan_settings.set" if one.unset else "plan_settings.change")
        made = [
            button(look, confirm, "" if one.unset else "primary", self._confirm),
        ]
        if one.editable:
            kind = "primary" if one.unset else ""
            at = 0 if one.unset else 1
            made.insert(at, button(look, change, kind, self._change))
        if self.narrow:
            made.append(button(look, words("ledger_page.back"), "quiet", self._back))
        return Inside(row(*made, None, margins=(14, 10, 14, 10)))


def rule_facts(words: Words, one: PlanRow, plan: Protocol) -> list[tuple[str, str]]:
    """What is known of a rule, in pairs of a name and a value."""
    basis = one.basis
    sources = {source.id: source.text for source in plan.pack.sources}
    confirmed = words(f"ledger_page.confidence-{basis.confidence}")
    if one.confirmed is not None:
        who = one.confirmed
        confirmed = words(
            "ledger_page.confirmed-full",
            name=who.by,
            day=who.on.isoformat(),
            evidence=who.evidence,
        )
    unset = words("plan_settings.not-set") if one.unset else ""
    facts = [
        ("plan_settings.fact-value", one.value or unset),
        ("plan_settings.fact-pack", one.packed),
        ("ledger_page.fact-owner", owner_said(words, one.owner) if one.owner else ""),
        ("ledger_page.fact-confirmed", confirmed),
        (
            "ledger_page.fact-citation",
            words.say(basis.citation) if basis.citation else "",
        ),
        (
            "ledger_page.fact-source",
            "\n".join(sources.get(name, name) for name in basis.sources),
        ),
        (
            "plan_settings.fact-valid",
            _valid(words, basis.valid_from, basis.valid_to),
        ),
    ]
    return [(words(key), said) for key, said in facts if said]


def _valid(words: Words, first: date | None, last: date | None) -> str:
    if first and last:
        told = {"first": first.isoformat(), "last": last.isoformat()}
        return words("plan_settings.valid-both", **told)
    if first:
        return words("plan_settings.valid-from", day=first.isoformat())
    return words("plan_settings.valid-to", day=last.isoformat()) if last else ""
