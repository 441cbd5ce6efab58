"""The monthly control sheet: one page about the trail, to sign by hand and to file.

With the head that is printed on it, nothing that was written before can be changed or
cut off without the paper telling.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from registry_app.domain.dates import TOKYO
from registry_app.domain.message import Message, say
from registry_app.reports.issue import Issue
from registry_app.reports.own_paper import Printed, paragraph, printed, sign_here
from registry_app.reports.paper import Paper, Row
from registry_app.reports.sheet import MEASURE, SOFT, Type
from registry_app.reports.tables import fields
from registry_app.reports.text import Heading, Text

#: Raised with every change of what this paper says or how; it is part of the digest.
TEMPLATE: Final = "control-1"
_BODY, _SECOND = Type(9, 13.5), Type(8, 11, ink=SOFT)
#: How close the fields stand, mm: two languages have to go on one page.
_CLOSE: Final = 0.4
#: So many of a list are named; the rest is counted.
_NAMED: Final = 24
_PROBLEMS: Final = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """What happened in a month. `entries` counts all of it, by kind and by person.

    `seq`, `head`: the newest entry at its end. `checked`: how many entries the whole
    check has followed, up to `checked_head`; `problems`: what it has found. `jumps`:
    when the clock was moved, from and to. `failed`: failed sign-ins by user. `backups`,
    `drills`: when; of a drill also whether the backup was sound.
    """

    month: str
    entries: int
    kinds: Sequence[tuple[Message, int]]
    people: Sequence[tuple[str, int]]
    seq: int
    head: str
    checked: int
    checked_head: str
    problems: Sequence[Message]
    jumps: Sequence[tuple[datetime, datetime]]
    failed: Sequence[tuple[str, int]]
    backups: Sequence[datetime]
    drills: Sequence[tuple[datetime, bool]]
    printed_by: str
    printed_on: date


def control_sheet(said: Sheet, issue: Issue) -> Printed:
    """The sheet as PDF/A-1b; the same bytes for the same facts and issue.

    Raises Refused for characters that the fonts lack.
    """
    return printed(TEMPLATE, say("control_sheet.title"), said, issue, _story)


def _story(said: Sheet, paper: Paper) -> list[Flowable]:
    voice = paper.voice

    def row(name: str, words: str) -> Row:
        return voice.pair(f"control_sheet.{name}"), words

    def both(message: Message) -> str:
        return " ".join(filter(None, voice.said(message)))

    def rows(*told: Row) -> Flowable:
        return fields(list(told), 44, MEASURE, _CLOSE)

    none = " ".join(filter(None, voice.pair("report.none")))

    def listed(parts: Sequence[str]) -> str:
        named = " \u00b7 ".join(parts[:_NAMED])
        more = len(parts) - _NAMED
        return (f"{named} \u2026 +{more}" if more > 0 else named) or none

    sound = "sound" if not said.problems else "unsound"
    told: dict[str, Any] = {
        "entries": said.checked,
        "count": len(said.problems),
    }
    story: list[Flowable] = [
        Heading(0, *voice.pair("control_sheet.title")),
        *paragraph(paper, "control_sheet.says", _BODY, _SECOND),
        Spacer(1, 2 * mm),
        rows(
            row("site", paper.issue.registry.site),
            row("month", said.month),
            row("entries", f"{said.entries:,}"),
            row("kinds", listed([f"{both(kind)} {n:,}" for kind, n in said.kinds])),
            row("people", listed([f"{name} {n:,}" for name, n in said.people])),
            row("seq", f"{said.seq:,}"),
            row("head", f"{said.seq}:{said.head}"),
        ),
        Heading(1, *voice.pair("control_sheet.checked")),
        *paragraph(paper, f"control_sheet.{sound}", _BODY, _SECOND, **told),
        *(Text(both(one), _SECOND) for one in said.problems[:_PROBLEMS]),
        rows(row("checked-head", f"{said.checked}:{said.checked_head}")),
        Heading(1, *voice.pair("control_sheet.beside")),
        rows(
            row(
                "jumps",
                listed([f"{_time(a)} \u2192 {_time(b)}" for a, b in said.jumps]),
            ),
            row("failed", listed([f"{user} {n:,}" for user, n in said.failed])),
            row("backups", listed([_time(at) for at in said.backups])),
            row(
                "drills",
                listed(
                    [
                        f"{_time(at)} {both(say(f'control_sheet.drill-{_word(well)}'))}"
                        for at, well in said.drills
                    ]
                ),
            ),
            row("printed", f"{said.printed_by} {said.printed_on.isoformat()}"),
        ),
        Heading(1, *voice.pair("control_sheet.signed")),
        *sign_here(paper),
    ]
    return story


def _word(well: bool) -> str:
    return "sound" if well else "unsound"


def _time(at: datetime) -> str:
    return f"{at.astimezone(TOKYO):%Y-%m-%d %H:%M}"
