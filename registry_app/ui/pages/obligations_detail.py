"""One duty beside the ledger: how its date was reached, its law, its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from registry_app.domain.plan.duty import Duty, Standing, Step
from registry_app.domain.plan.protocol import Part, Protocol
from registry_app.ui.duty_words import (
    SHAPES,
    days_said,
    only_owner_said,
    standing_said,
    whom_said,
)
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.notice import Notice
from registry_app.ui.panel import Panel
from registry_app.ui.step_list import StepList
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

_OVER = (Standing.DONE, Standing.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A duty with all that is said of it. `booklet`: the steps of its booklet.
    `unsure`: what of it nobody has confirmed.

    `by_exam`: it is done by an exam, not by a word of somebody. `clock`: it runs from
    an occurrence, which may get later information. `unset`: its base date is not known.
    `otherwise`: its rule has another distance too. `earlier`: periods before it of the
    same report are late.
    """

    duty: Duty
    steps: Sequence[Step]
    protocol: Protocol
    on: date
    booklet: Sequence[Duty] = ()
    unsure: Sequence[Part] = ()
    by_exam: bool = False
    clock: bool = False
    unset: bool = False
    otherwise: bool = False
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the buttons do."""

    done: Callable[[], object]
    receipt: Callable[[], object]
    not_owed: Callable[[], object]
    none_owed: Callable[[], object]
    take_back: Callable[[], object]
    otherwise: Callable[[], object]
    later: Callable[[], object]
    correct: Callable[[], object]
    plan: Callable[[], object]
    confirm: Callable[[], object]
    patient: Callable[[], object]
    back: Callable[[], object]


class DutyPanel(Panel):
    """Shows one duty at a time; `clear` says that none is chosen."""

    def __init__(self, words: Words, look: Look, deeds: Deeds) -> None:
        super().__init__(look)
        self.setAccessibleName(words("ledger_page.detail"))
        self._words, self._deeds = words, deeds
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.narrow = False
        self.shown: Shown | None = None
        self.clear()

    def clear(self) -> None:
        """Nothing is chosen."""
        self.shown = None
        self.say(self._words("ledger_page.choose"))

    def show_duty(self, shown: Shown) -> None:
        """Show a duty."""
        self.shown = shown
        inside = Inside(column(*self._parts(shown), None, margins=(16, 10, 12, 12)))
        whole = column(scrolled(inside), rule(), self._buttons(shown), gap=0)
        self.put(Inside(whole))

    def _parts(self, shown: Shown) -> list[QWidget]:
        words, look, duty = self._words, self._look, shown.duty
        standing = duty.standing(shown.on)
        said = days_said(words, duty, shown.on)
        chips = [Chip(look, SHAPES[standing], standing_said(words, standing))]
        if standing not in _OVER:
            chips.append(Chip(look, "", said))
        if duty.to_confirm:
            chips.append(Chip(look, "due", words("ledger_page.to-confirm")))
        how = label(look, words("ledger_page.how"), "text2", "caption", MEDIUM)
        parts: list[QWidget] = [
            label(look, words.say(duty.name), role="title", wrap=True),
            Inside(row(*chips, None, gap=6)),
            how,
        ]
        if shown.steps:
            parts.append(StepList(words, look, shown.steps, duty.due))
        else:
            key = words("ledger_page.no-steps")
            parts.append(Notice(look, "due", key))
        parts += self._notices(shown)
        if shown.booklet:
            title = words("ledger_page.booklet")
            parts.append(label(look, title, "text2", "caption", MEDIUM))
            parts += [self._booklet_line(step, shown.on) for step in shown.booklet]
        parts += [self._fact(*fact) for fact in duty_facts(words, shown)]
        return parts

    def _notices(self, shown: Shown) -> list[QWidget]:
        words, look, duty = self._words, self._look, shown.duty
        made: list[QWidget] = []
        if shown.unsure:
            names = [words.say(one.name) for one in shown.unsure]
            said = words("ledger_page.comma").join(names)
            made.append(
                Notice(
                    look,
                    "due",
                    words("ledger_page.unsure-of", names=said),
                    words("ledger_page.unsure-more"),
                    (words("ledger_page.confirm"), self._deeds.confirm),
                )
            )
        for told, key in (
            (not duty.legal, "ledger_page.not-law"),
            (duty.if_any, "ledger_page.if-any"),
            (shown.by_exam, "ledger_page.go-visit"),
        ):
            if told:
                made.append(label(look, words(key), "text2", "caption", wrap=True))
        return made

    def _booklet_line(self, step: Duty, on: date) -> QWidget:
        words, look = self._words, self._look
        standing = step.standing(on)
        name = label(look, words.say(step.name), wrap=True)
        when = step.done or step.due
        day = label(look, when.isoformat() if when else "", "text2")
        state = label(look, standing_said(words, standing), "text2", "caption")
        line = row(Glyph(look, SHAPES[standing]), name, day, state)
        line.setStretch(1, 1)
        return Inside(line)

    def _fact(self, name: str, value: str) -> QWidget:
        look = self._look
        said = label(look, name, "text2", "caption")
        said.setFixedWidth(look.px(96))
        line = row(column(said, None), label(look, value, wrap=True))
        line.setStretch(1, 1)
        return Inside(line)

    def _buttons(self, shown: Shown) -> QWidget:
        look = self._look
        made = [
            button(look, self._words(f"ledger_page.{name}"), kind, press)
            for name, kind, press in self._offered(shown)
        ]
        rows = [row(*made[n : n + 2], None) for n in range(0, len(made), 2)]
        return Inside(column(*rows, margins=(14, 10, 14, 10)))

    def _offered(self, shown: Shown) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """What can be done now; the first is the primary one."""
        duty, deeds = shown.duty, self._deeds
        standing = duty.standing(shown.on)
        over, word = standing in _OVER, not shown.by_exam and not shown.unset
        if shown.unset:
            yield "unset-duty", "primary", deeds.plan
        elif standing is Standing.DONE and word:
            yield "record-receipt", "primary", deeds.receipt
        elif not over and word:
            yield "record-done", "primary", deeds.done
        if duty.subject_id:
            yield "go-patient", "primary" if shown.by_exam else "", deeds.patient
        if shown.clock:
            yield "later", "", deeds.later
            yield "correct", "", deeds.correct
        if shown.otherwise and not over:
            yield "otherwise", "", deeds.otherwise
        if not over and not shown.unset:
            yield "not-owed", "", deeds.not_owed
            if shown.earlier:
                yield "none-owed", "", deeds.none_owed
        if over and duty.ended is None and word:
            yield "take-back", "", deeds.take_back
        if self.narrow:
            yield "back", "quiet", deeds.back


def duty_facts(words: Words, shown: Shown) -> list[tuple[str, str]]:
    """What is known of a duty, in pairs of a name and a value."""
    duty = shown.duty
    basis = duty.basis
    sources = {source.id: source.text for source in shown.protocol.pack.sources}
    period = duty.period
    retention = duty.due is None and period is not None

    def day(value: date | None) -> str:
        return "" if value is None else value.isoformat()

    who = duty.confirmed
    confirmed = words(f"ledger_page.confidence-{basis.confidence}")
    if who is not None:
        told = {"name": who.by, "day": day(who.on), "evidence": who.evidence}
        confirmed = words("ledger_page.confirmed-full", **told)
    span = ""
    if period is not None and not retention:
        first, last = day(period[0]), day(period[1])
        span = words("ledger_page.period", first=first, last=last)
    none = words("ledger_page.none-yet")
    target = day(duty.target) if duty.target != duty.due else ""
    facts = [
        ("owner", only_owner_said(words, duty.owner)),
        ("whom", whom_said(words, duty)),
        ("addressee", words.say(duty.addressee) if duty.addressee else ""),
        ("citation", words.say(basis.citation) if basis.citation else ""),
        ("source", "\n".join(sources.get(name, name) for name in basis.sources)),
        ("confirmed", confirmed),
        ("period", span),
        ("alarm", day(duty.alarm) if duty.alarm != duty.due else ""),
        ("target", words("ledger_page.target-why", day=target) if target else ""),
        ("keep", day(period[1]) if retention and period else ""),
        ("done", day(duty.done)),
        ("evidence", duty.evidence or none),
        ("receipt", duty.receipt or none),
        ("reason", duty.not_applicable),
        ("ended", words.say(duty.ended) if duty.ended else ""),
        ("warning", words.say(duty.warning) if duty.warning else ""),
    ]
    return [(words(f"ledger_page.fact-{name}"), said) for name, said in facts if said]
