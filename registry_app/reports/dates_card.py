"""The card for a patient: when to come; large, plain, on one sheet."""

from datetime import date
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from registry_app.domain.dates import in_era
from registry_app.domain.figures.dates_card import CardDate, DatesCard
from registry_app.domain.figures.plain import plain
from registry_app.domain.message import say
from registry_app.reports.issue import Issue
from registry_app.reports.paper import Paper
from registry_app.reports.sheet import INK, MEASURE, SOFT, THICK, THIN, Type, grey
from registry_app.reports.text import Heading, Span, Text, bold
from registry_app.reports.voice import Voice

#: Raised with every change of what this paper says or how; it is part of the digest.
TEMPLATE: Final = "card-1"
#: So many visits are told; a patient needs the next ones.
MOST: Final = 5
_NAME, _BIG = Type(13, 19, bold=True), Type(17, 25, bold=True)
_ERA, _PLAIN = Type(11, 17), Type(11, 18)
_SECOND: Final = Type(10, 15, ink=SOFT)


class _Rule(Flowable):
    """A line across the measure."""

    def __init__(self, weight: float) -> None:
        super().__init__()
        self.weight = weight

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The measure wide, with room on both sides."""
        return MEASURE * mm, 5 * mm

    def draw(self) -> None:
        """The line, in the middle of its room."""
        canvas: Any = self.canv
        canvas.setLineWidth(self.weight)
        canvas.setStrokeColor(grey(INK))
        canvas.line(0, 2.5 * mm, MEASURE * mm, 2.5 * mm)


def paper_of(card: DatesCard, issue: Issue) -> Paper:
    """The frame of this paper."""
    figures = plain(card)
    assert isinstance(figures, dict)
    return Paper(TEMPLATE, say("print.card-title"), figures, issue, card.case)


def card_sheet(card: DatesCard, issue: Issue) -> bytes:
    """The card as PDF/A-1b; the same bytes for the same card and issue."""
    paper = paper_of(card, issue)
    paper.check()
    return paper.print(_story(card, paper))


def _story(card: DatesCard, paper: Paper) -> list[Flowable]:
    voice = paper.voice
    who = [Span(f"{voice.line('print.card-case')}  "), bold(card.case)]
    if card.name:
        name = voice.lead("print.card-name", name=card.name)
        who = [bold(name), Span("    "), *who]
    story: list[Flowable] = [
        Heading(0, *voice.pair("print.card-title")),
        Text(who, _NAME.but(bold=False)),
        Spacer(1, 2 * mm),
        *_said(voice, "print.card-how"),
        _Rule(THICK),
    ]
    for each in card.dates[:MOST]:
        story += [*_visit(each, voice), _Rule(THIN)]
    if not card.dates:
        story += [*_said(voice, "print.card-none"), _Rule(THIN)]
    if len(card.dates) > MOST:
        story += _said(voice, "print.card-more", more=len(card.dates) - MOST)
    story += [
        *_said(voice, "print.card-contact", site=paper.issue.registry.site),
        Spacer(1, 12 * mm),
        _Rule(THIN),
        *_said(voice, "print.card-made", day=card.on),
    ]
    return story


def _said(voice: Voice, key: str, **params: object) -> list[Flowable]:
    lead, second = voice.pair(key, **params)
    return [Text(lead, _PLAIN), *([Text(second, _SECOND)] if second else [])]


def _visit(each: CardDate, voice: Voice) -> list[Flowable]:
    """One visit: its name, the days in large figures, and in the Japanese calendar."""
    lead, second = voice.say(each.name)
    name = [bold(lead), Span(f"  {second}" if second else "")]
    lines: list[Flowable] = [
        Text(name, _NAME.but(bold=False)),
        Text(_range(each.first, each.last, voice), _BIG),
    ]
    first, last = in_era(each.first), in_era(each.last)
    if first is not None and last is not None:
        words = voice.lead("print.card-range", first=first, last=last)
        lines.append(Text(words, _ERA))
    if each.wished is not None:
        words = _range(*each.wished, voice)
        lines.append(Text(voice.lead("print.card-wished", days=words), _ERA))
    if each.open:
        lines.append(Text([bold(voice.line("print.card-open"))], _ERA))
    if each.offered:
        lines.append(Text(voice.line("print.card-offered"), _SECOND))
    if each.to_confirm:
        lines.append(Text(voice.line("print.card-to-confirm"), _SECOND))
    return lines


def _range(first: date, last: date, voice: Voice) -> str:
    days = (_day(day, voice) for day in (first, last))
    start, end = days
    return voice.lead("print.card-range", first=start, last=end)


def _day(day: date, voice: Voice) -> str:
    """The day with its day of the week, for nobody has to look that up."""
    return voice.lead(
        "print.card-day",
        year=day.year,
        month=day.month,
        day=day.day,
        weekday=voice.lead(f"print.weekday-{day.isoweekday()}"),
    )
