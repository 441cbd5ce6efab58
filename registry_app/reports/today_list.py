"""Today's list: one sheet, as many lines as fit, and how many more there are."""

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from registry_app.domain.dates import in_era
from registry_app.domain.figures.plain import plain
from registry_app.domain.figures.today_list import TodayLine, TodayList
from registry_app.domain.message import say
from registry_app.domain.plan.duty import Standing
from registry_app.reports.duty_tables import days_said
from registry_app.reports.issue import Issue
from registry_app.reports.paper import Paper
from registry_app.reports.sheet import BOTTOM, CELL, HEIGHT, MEASURE, TOP
from registry_app.reports.strip import Strip
from registry_app.reports.tables import Caption, Cell, Column, table
from registry_app.reports.tag import Tag
from registry_app.reports.text import Heading, Span, Text, bold
from registry_app.reports.voice import Voice

#: Raised with every change of what this paper says or how; it is part of the digest.
TEMPLATE: Final = "today-1"
#: No sheet holds more lines than this.
_MOST: Final = 60
_COLUMNS: Final = (
    Column("print.head-box", 8, "center"),
    Column("print.head-state", 16),
    Column("print.head-what", 62),
    Column("print.head-whom", 24),
    Column("print.head-owner", 20),
    Column("print.head-until", 25),
    Column("print.head-days", 13, "right"),
)


def paper_of(today: TodayList, issue: Issue) -> Paper:
    """The frame of this paper."""
    figures = plain(today)
    assert isinstance(figures, dict)
    return Paper(TEMPLATE, say("print.today-title"), figures, issue)


def today_sheet(today: TodayList, issue: Issue) -> bytes:
    """The sheet as PDF/A-1b; the same bytes for the same list and issue."""
    paper = paper_of(today, issue)
    paper.check()
    return paper.print(_fitting(today, paper))


def _fitting(today: TodayList, paper: Paper) -> list[Flowable]:
    """As many lines as one sheet holds: tried, halving what is not known yet."""
    fits, fails = 0, min(len(today.lines), _MOST) + 1
    story = _story(today, paper, 0)
    while fails - fits > 1:
        tried = (fits + fails) // 2
        made = _story(today, paper, tried)
        if _height(made) <= (HEIGHT - TOP - BOTTOM) * mm:
            fits, story = tried, made
        else:
            fails = tried
    return story


def _height(story: list[Flowable]) -> float:
    used = 0.0
    for flowable in story:
        _, height = flowable.wrap(MEASURE * mm, 1e6)
        used += height + flowable.getSpaceBefore() + flowable.getSpaceAfter()
    return used


def _story(today: TodayList, paper: Paper, count: int) -> list[Flowable]:
    voice, on = paper.voice, today.on
    era = in_era(on)
    day = f"{on}" if era is None else f"{on}  {voice.say(era)[0]}"
    more = len(today.lines) - count
    said = "print.today-more" if more else "print.today-all"
    return [
        Heading(0, f"{voice.lead('print.today-title')}  {day}", ""),
        Strip(
            [
                (
                    f"{n}",
                    voice.lead("print.unit"),
                    *voice.pair(f"print.today-{standing.value}"),
                )
                for standing, n in today.counts
            ]
        ),
        *table(
            voice,
            Caption("", *voice.pair("print.today-caption")),
            _COLUMNS,
            [_row(line, voice) for line in today.first(count)],
            pad=0.55,
            kept=0,
        ),
        Text([bold(voice.line(said, more=more))], CELL),
        Spacer(1, 1 * mm),
    ]


def _row(line: TodayLine, voice: Voice) -> list[Cell]:
    until = [Span(f"{line.last}")]
    if line.to_confirm:
        until.append(bold("\n" + voice.lead("print.to-confirm")))
    if not line.legal:
        until.append(Span("\n" + voice.lead("print.not-legal")))
    return [
        "□",
        Tag(line.standing, voice),
        voice.say(line.name),
        line.case or "—",
        voice.pair(f"print.owner-{line.owner.value}"),
        until,
        [bold(days_said(-line.days))]
        if line.standing is Standing.LATE
        else days_said(-line.days),
    ]
