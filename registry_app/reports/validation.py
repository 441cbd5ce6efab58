"""The validation file on paper: requirement, test, result; and who accepts it here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from registry_app.domain.checkup import CheckItem
from registry_app.domain.message import Message, Told, say
from registry_app.domain.validation import Requirement, Validation
from registry_app.reports.issue import Issue
from registry_app.reports.own_paper import Printed, paragraph, printed, sign_here
from registry_app.reports.paper import Paper, Row
from registry_app.reports.sheet import MEASURE, SOFT, Type
from registry_app.reports.tables import Caption, Cell, Column, fields, table
from registry_app.reports.text import Heading

#: Raised with every change of what this paper says or how; it is part of the digest.
TEMPLATE: Final = "validation-1"
_BODY, _SECOND = Type(9, 13.5), Type(8, 11, ink=SOFT)


@dataclass(frozen=True, slots=True)
class Said:
    """`program`, `code`: what is installed here; the run may be of other code, and the
    paper says so then. `checked`: the self-check of this computer.
    """

    validation: Validation
    program: str
    code: str
    checked: Sequence[CheckItem]
    printed_by: str
    printed_on: date


def validation_paper(said: Said, issue: Issue) -> Printed:
    """The paper as PDF/A-1b; the same bytes for the same facts and issue.

    Raises Refused for characters that the fonts lack.
    """
    return printed(TEMPLATE, say("validation.title"), said, issue, _story)


def _story(said: Said, paper: Paper) -> list[Flowable]:
    voice = paper.voice
    run, every = said.validation.run, said.validation.requirements
    told: dict[str, Any] = {"shown": said.validation.shown, "all": len(every)}

    def row(name: str, words: str) -> Row:
        return voice.pair(f"validation.{name}"), words

    def both(text: Message | Told) -> Cell:
        return voice.say(text)

    def requirement(one: Requirement) -> list[Cell]:
        found = said.validation.outcome(one)
        result: Cell = voice.pair("validation.not-run")
        if found is not None:
            word = "shown" if found.shown else "failed"
            counts = {"passed": found.passed, "failed": found.failed}
            result = voice.pair(f"validation.{word}", **counts)
        unsure = f" [{voice.line(f'validation.{one.confidence}')}]"
        lead, second = voice.say(one.source)
        source: Cell = (f"{lead}{unsure}", second)
        return [one.id, both(one.text), source, "\n".join(one.tests), result]

    story: list[Flowable] = [
        Heading(0, *voice.pair("validation.title")),
        *paragraph(paper, "validation.says", _BODY, _SECOND, **told),
        Spacer(1, 2 * mm),
        fields(_facts(said, row), 44, MEASURE, 0.4),
    ]
    if run is not None and run.code != said.code:
        story += [
            Spacer(1, 2 * mm),
            *paragraph(paper, "validation.other-code", _BODY, _SECOND),
        ]
    columns = [
        Column("validation.head-id", 13),
        Column("validation.head-text", 53),
        Column("validation.head-source", 36),
        Column("validation.head-tests", 44),
        Column("validation.head-result", MEASURE - 146),
    ]
    for number, (part, several) in enumerate(groupby(every, lambda one: one.part), 1):
        title = voice.pair(f"validation.part-{part}")
        rows = [requirement(one) for one in several]
        story += table(voice, Caption(f"{number}", *title), columns, rows)
    checks: list[list[Cell]] = [
        [
            voice.say(one.title),
            voice.say(one.health.told),
            " ".join(voice.say(message)[0] for message in one.said),
        ]
        for one in said.checked
    ]
    story += [
        Heading(1, *voice.pair("validation.here")),
        *paragraph(paper, "validation.here-says", _BODY, _SECOND),
        *table(
            voice,
            Caption("", *voice.pair("validation.checked")),
            [
                Column("validation.head-check", 36),
                Column("validation.head-result", 26),
                Column("validation.head-found", MEASURE - 62),
            ],
            checks,
        ),
        Heading(1, *voice.pair("validation.accepted")),
        *paragraph(paper, "validation.accepted-says", _BODY, _SECOND),
        *sign_here(paper),
    ]
    return story


def _facts(said: Said, row: Any) -> list[Row]:
    run = said.validation.run
    found = [
        row("program", said.program),
        row("code", said.code or "—"),
    ]
    if run is not None:
        found += [
            row("run-on", run.on.isoformat()),
            row("run-of", run.program),
            row("run-code", run.code),
            row("machine", run.machine),
        ]
    return [*found, row("printed", f"{said.printed_by} {said.printed_on.isoformat()}")]
