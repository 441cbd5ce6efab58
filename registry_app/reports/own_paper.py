"""The papers that a registry prints about itself: one page from facts of one kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from reportlab.platypus import Flowable

from registry_app.domain.figures.plain import plain
from registry_app.domain.message import Message
from registry_app.reports.issue import Issue
from registry_app.reports.paper import Paper
from registry_app.reports.sheet import Type
from registry_app.reports.text import Text

T = TypeVar("T")


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
