"""The papers that a registry prints about itself: one page from facts of one kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from reportlab.platypus import Flowable

from registry_app.domain.figures.plain import plain
from registry_app.domain.message import Message
from registry_app.reports.issue import Issue
from registry_app.reports.paper import Paper
from registry_app.reports.sheet import MEASURE, Type
from registry_app.reports.tables import Caption, Column, table
from registry_app.reports.text import Text

T = TypeVar("T")
#: The room above and below a line to be signed, mm.
_SIGN: Final = 4.2


@dataclass(frozen=True, slots=True)
class Printed:
    """The file of a paper, and the digest of what it says."""

    pdf: bytes
    digest: str


def printed(
    template: str,
    title: Message,
    said: T,
    issue: Issue,
    story: Callable[[T, Paper], list[Flowable]],
) -> Printed:
    """The paper as PDF/A-1b; the same bytes for the same facts and issue.

    Raises Refused for characters that the fonts lack.
    """
    figures = plain(said)
    assert isinstance(figures, dict)
    paper = Paper(template, title, figures, issue)
    paper.check()
    return Printed(paper.print(story(said, paper)), paper.digest)


def sign_here(paper: Paper) -> list[Flowable]:
    """Room for two people to sign by hand: name, date, signature."""
    columns = [
        Column("control_sheet.sign-name", 62),
        Column("control_sheet.sign-date", 36),
        Column("control_sheet.sign-hand", MEASURE - 98),
    ]
    caption = Caption("", *paper.voice.pair("control_sheet.sign-here"))
    blank = ["", "", ""]
    return table(paper.voice, caption, columns, [blank, blank], pad=_SIGN)


def paragraph(
    paper: Paper,
    key: str,
    first: Type,
    second: Type,
    *,
    before: str = "",
    **told: object,
) -> list[Flowable]:
    """A sentence in the language that leads, and under it in the other, if any."""
    lead, other = paper.voice.pair(key, **told)
    lines: list[Flowable] = [Text(f"{before}{lead}", first)]
    return [*lines, Text(other, second)] if other else lines
