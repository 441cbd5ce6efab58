"""How a safety case and its clocks are said, on every screen that shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from registry_app.domain.safety import CaseState
from registry_app.ui.duty_words import SHAPES, owner_said, standing_said
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.safety import Event, SafetyCase
    from registry_app.domain.safety_class import Classed
    from registry_app.services.safety_clocks import Clock

#: The shape of the state of a case.
STATES: Final = {
    CaseState.DRAFT: "due",
    CaseState.OPEN: "open",
    CaseState.CLOSED: "done",
    CaseState.NOT_A_CASE: "blocked",
}


def running(clocks: Sequence[Clock]) -> list[Clock]:
    """The clocks that still run: what a law asks for first, then by their day."""
    still = [clock for clock in clocks if clock.runs]
    return sorted(still, key=lambda clock: (not clock.legal, clock.due or date.max))


def day_of(words: Words, clock: Clock) -> str:
    """Such as "day 9 of 15"; when it was done; or that it has no days."""
    if not clock.runs or clock.day is None or clock.of is None:
        return standing_said(words, clock.standing)
    return words("ledger_page.clock-day", days=clock.day, all=clock.of)


def clock_said(words: Words, clock: Clock) -> str:
    """Its day, and how it stands."""
    standing = standing_said(words, clock.standing)
    day = day_of(words, clock)
    return (
        day if day == standing else words("ledger_page.two", first=day, last=standing)
    )


def clock_shape(clock: Clock) -> str:
    """The shape of where a clock stands."""
    return SHAPES[clock.standing]


def lawful(words: Words, clock: Clock) -> str:
    """That its day is no legal deadline, where it is none."""
    return "" if clock.legal else words("safety_page.not-legal")


def class_said(words: Words, classed: Classed, names: Mapping[str, str]) -> str:
    """The class by its name, and that it may change where something is not judged."""
    name = names.get(classed.event_class, classed.event_class)
    name = name or words("safety_page.class-none")
    return name if classed.sure else words("safety_page.class-open", name=name)


def why_said(words: Words, classed: Classed) -> str:
    """Why it is that class, in one line; class and origin stand beside it."""
    why = [each for each in classed.why[1:] if each.key != "safety.why-origin"]
    return words("safety_page.dot").join(words.say(each) for each in why)


def waits_for(words: Words, case: SafetyCase, events: Sequence[Event]) -> list[str]:
    """What a person is still to judge: of a draft first whether it is a case."""
    waits = []
    if case.state is CaseState.DRAFT:
        waits.append(words("safety_page.waits-case"))
    if case.state in (CaseState.DRAFT, CaseState.OPEN):
        for open_, key in (
            (any(each.is_serious is None for each in events), "serious"),
            (any(each.expected.value == "undecided" for each in events), "expected"),
            (any(not each.by_holder for each in events), "cause"),
        ):
            if open_:
                waits.append(words(f"safety_page.waits-{key}"))
    return waits


def owners_said(words: Words, clocks: Sequence[Clock]) -> str:
    """Who owes the reports that still run."""
    names = dict.fromkeys(owner_said(words, clock.owner) for clock in running(clocks))
    return words("ledger_page.comma").join(names)


def serious(events: Sequence[Event]) -> bool:
    """Whether the case is taken as serious: one event is, or is not judged."""
    return any(each.is_serious is not False for each in events)
