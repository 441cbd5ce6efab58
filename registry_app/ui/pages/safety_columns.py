"""The columns of the list of safety cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from registry_app.domain.safety import CaseState
from registry_app.ui.duty_words import day_said
from registry_app.ui.pages.safety_words import (
    STATES,
    class_said,
    clock_said,
    clock_shape,
    lawful,
    owners_said,
    running,
    waits_for,
    why_said,
)
from registry_app.ui.rows_model import Column
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.safety import CaseLine
    from registry_app.services.safety_clocks import Clock


def safety_columns(
    words: Words,
    kana: Mapping[str, str],
    specials: Mapping[str, str],
    classes: Mapping[str, str],
) -> list[Column]:
    """Two lines each. `kana`: the readings by case ID.

    `specials`, `classes`: the names of events of special interest and of classes.
    """

    def key(name: str) -> str:
        return words(f"safety_page.col-{name}")

    def next_clock(line: CaseLine) -> Clock | None:
        clocks = running(line.clocks)
        return clocks[0] if clocks else None

    def of_clock(said: Callable[[Clock], str]) -> Callable[[CaseLine], str]:
        def text(line: CaseLine) -> str:
            clock = next_clock(line)
            return "" if clock is None else said(clock)

        return text

    def clock(line: CaseLine) -> str:
        found = next_clock(line)
        if found is not None:
            return clock_said(words, found)
        if line.case.state is CaseState.DRAFT:
            return words("safety_page.clock-waits")
        return words("safety_page.clock-over") if line.clocks else ""

    def who(line: CaseLine) -> str:
        return line.case.subject_id or words.say(line.case.origin.told)

    def under_who(line: CaseLine) -> str:
        if line.case.subject_id:
            return kana.get(line.case.subject_id, "")
        return line.case.reporter

    def state(line: CaseLine) -> str:
        return words.say(line.case.state.told)

    def under_state(line: CaseLine) -> str:
        waits = waits_for(words, line.case, line.events)
        if waits:
            return words("ledger_page.comma").join(waits)
        return line.case.closed_why

    def target(clock: Clock) -> str:
        note = lawful(words, clock)
        if not note and clock.target is not None and clock.target != clock.due:
            note = words("safety_page.target", day=clock.target.isoformat())
        unsure = words("ledger_page.to-confirm") if clock.to_confirm else ""
        return words("safety_page.dot").join(each for each in (note, unsure) if each)

    def ink(line: CaseLine) -> str:
        found = next_clock(line)
        shape = "" if found is None else clock_shape(found)
        return shape if shape in ("overdue", "due") else ""

    def special(line: CaseLine) -> str:
        wanted = (line.case.special, *(event.special for event in line.events))
        return next((specials[each] for each in wanted if each in specials), "")

    def about(line: CaseLine) -> str:
        both = (words.typed(line.case.title), special(line))
        return words("safety_page.dot").join(each for each in both if each)

    return [
        Column(
            key("number"),
            lambda line: line.case.id,
            216,
            "strong",
            "number",
            under=about,
        ),
        Column(key("patient"), who, 150, "", "patient", under=under_who, spare=True),
        Column(
            key("class"),
            lambda line: class_said(words, line.classed, classes),
            0,
            "strong",
            "class",
            under=lambda line: why_said(words, line.classed),
        ),
        Column(
            key("clock"),
            clock,
            176,
            "strong",
            "urgent",
            under=lambda line: owners_said(words, line.clocks),
            ink=ink,
        ),
        Column(
            key("due"),
            of_clock(lambda clock: day_said(clock.due)),
            166,
            under=of_clock(target),
            spare=True,
        ),
        Column(
            key("state"),
            state,
            190,
            "text",
            "state",
            under=under_state,
            spare=True,
            ink=lambda line: "due" if STATES[line.case.state] == "due" else "",
        ),
    ]
