"""The certificate of a restore drill: one page that names what was proved, and how."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from registry_app.domain.dates import TOKYO
from registry_app.domain.message import Message, say
from registry_app.reports.issue import Issue
from registry_app.reports.own_paper import Printed, paragraph, printed
from registry_app.reports.paper import Paper, Row
from registry_app.reports.sheet import MEASURE, SOFT, Type
from registry_app.reports.tables import fields
from registry_app.reports.text import Heading

#: Raised with every change of what this paper says or how; it is part of the digest.
TEMPLATE: Final = "drill-1"
_BODY, _SECOND = Type(9.5, 15), Type(8.5, 12, ink=SOFT)
#: How close the fields stand, mm: two languages have to go on one page.
_CLOSE: Final = 0.4


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was proved. `size` in bytes; `seconds`: how long it took.

    `seq`, `head`: the end of the trail in the backup. `records`: of all kinds.
    `by_slot`: it was opened with the person's own keys, from the backup's own slots.
    """

    file: str
    place: Message
    sha256: str
    size: int
    made_at: datetime
    seq: int
    head: str
    records: int
    seconds: int
    person: str
    at: datetime
    by_slot: bool


def certificate(said: Certificate, issue: Issue) -> Printed:
    """The certificate as PDF/A-1b; the same bytes for the same facts and issue.

    Raises Refused for characters that the fonts lack.
    """
    return printed(TEMPLATE, say("backup.paper-title"), said, issue, _story)


def _story(said: Certificate, paper: Paper) -> list[Flowable]:
    voice = paper.voice

    def row(name: str, words: str) -> Row:
        return voice.pair(f"backup.paper-{name}"), words

    def rows(*told: Row) -> Flowable:
        return fields(list(told), 44, MEASURE, _CLOSE)

    story: list[Flowable] = [
        Heading(0, *voice.pair("backup.paper-title")),
        *paragraph(paper, "backup.paper-says", _BODY, _SECOND),
        Spacer(1, 3 * mm),
        Heading(1, *voice.pair("backup.paper-backup")),
        rows(
            row("file", said.file),
            row("place", " ".join(filter(None, voice.said(said.place)))),
            row("made-at", _time(said.made_at)),
            row("size", f"{said.size:,}"),
            row("sha256", said.sha256),
        ),
        Heading(1, *voice.pair("backup.paper-found")),
        rows(
            row("entries", f"{said.seq:,}"),
            row("records", f"{said.records:,}"),
            row("seconds", voice.lead("backup.paper-seconds-said", n=said.seconds)),
            row("at", _time(said.at)),
            row("person", said.person),
        ),
        Spacer(1, 3 * mm),
    ]
    for check in ("pages", "chain", "records", "beside"):
        story += paragraph(
            paper, f"backup.paper-check-{check}", _BODY, _SECOND, before="✓ "
        )
    if said.by_slot:
        story += paragraph(
            paper, "backup.paper-check-slots", _BODY, _SECOND, before="✓ "
        )
    story += [
        Spacer(1, 4 * mm),
        *paragraph(paper, "backup.paper-removed", _BODY, _SECOND),
        Heading(1, *voice.pair("report.section-about")),
        *paper.origin,
    ]
    return story


def _time(at: datetime) -> str:
    return f"{at.astimezone(TOKYO):%Y-%m-%d %H:%M} +09:00"
