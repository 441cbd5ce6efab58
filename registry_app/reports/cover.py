"""How a report begins: a page of its own, the head of the first page, or a heading."""

from datetime import date
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from registry_app.domain.dates import TOKYO
from registry_app.domain.figures.cover import long_day
from registry_app.domain.figures.document import Document, FieldRow, Said, Value
from registry_app.domain.message import say
from registry_app.reports.cells import Laid, lay, pair, stack
from registry_app.reports.document_tables import fields_grid
from registry_app.reports.ink import mark, rule, write
from registry_app.reports.issue import Issue
from registry_app.reports.sheet import (
    BODY_HEIGHT,
    CELL,
    INK,
    MEASURE,
    NOTE,
    SOFT,
    SUBTITLE,
    THICK,
    TITLE,
    Type,
)
from registry_app.reports.signatures import signatures
from registry_app.reports.text import raised
from registry_app.reports.voice import Voice

_WIDE: Final = MEASURE * mm
_LEFT, _RIGHT = 104.0, 60.0
_ADDRESSEE: Final = Type(11, 17, bold=True), Type(8.5, 12, ink=SOFT)
_NUMBER: Final = CELL.but(align="right", bold=True)
_DAY: Final = CELL.but(align="right"), Type(7.4, 11.5, ink=SOFT, align="right")
_PERIOD: Final = Type(9.5, 15), Type(8, 12, ink=SOFT)
_SMALLER: Final = Type(17, 24, bold=True), Type(9.5, 14, ink=SOFT)
#: The key of the first page, where the outline begins.
TOP: Final = "cover"


class Block(Flowable):
    """Laid words, without rules. `key`, `outline`: of the place, if it is linked to."""

    def __init__(
        self, laid: Laid, *, after: float = 0.0, key: str = "", outline: str = ""
    ) -> None:
        super().__init__()
        self.laid, self.spaceAfter = laid, after
        self.key, self.outline = key, outline

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As high as its words."""
        self.width, self.height = width, self.laid.height
        return width, self.height

    def draw(self) -> None:
        """The words."""
        write(self.canv, self.laid.words, self.height)
        mark(self.canv, self.key, self.height, self.outline)


class Ruled(Block):
    """Words under a thick rule: the head of a report without a cover."""

    def draw(self) -> None:
        """The rule and the words."""
        super().draw()
        canvas: Any = self.canv
        rule(canvas, 0, -1.6 * mm, self.width, THICK, INK)


def cover_page(
    document: Document, issue: Issue, voice: Voice, digest: str
) -> list[Flowable]:
    """Addressee and number, title, fields, three signatures, notices, digest."""
    above = _above(document, issue, voice)
    title = _title(document, voice, (TITLE, SUBTITLE))
    notes = _notices(document, voice, digest)
    signed = signatures(voice, issue.signatures)
    rigid = above.height + title.height + notes.height + 30 * mm
    pads = (1.15, 0.9, 0.7, 0.5)
    for pad in pads:
        grid = fields_grid(document.cover, voice, pad=pad, after=0)
        high = grid.wrap(0, 0)[1]
        free = BODY_HEIGHT * mm - rigid - high
        if free > 22 * mm or pad == pads[-1]:
            break
    shares = [min(most, max(free, 4 * mm) * most / (38 * mm)) for most in _GAPS]
    name = _line(voice.said(document.title))
    return [
        Block(above, after=shares[0]),
        Block(title, after=shares[1], key=TOP, outline=name),
        _after(grid, shares[2]),
        *signed,
        Block(notes),
    ]


#: Below the number, below the title, below the fields; less where there is no room.
_GAPS: Final = (21 * mm, 9 * mm, 7 * mm)


def _after(flowable: Flowable, room: float) -> Flowable:
    flowable.spaceAfter = room
    return flowable


def head_third(document: Document, issue: Issue, voice: Voice) -> list[Flowable]:
    """The title and the fields, on the upper part of the first page."""
    title = _title(document, voice, _SMALLER)
    name = _line(voice.said(document.title))
    notes = stack([_notice(voice.said(said), _WIDE) for said in document.notices])
    out: list[Flowable] = [
        Block(_above(document, issue, voice), after=5 * mm),
        Block(title, after=4 * mm, key=TOP, outline=name),
        fields_grid(_signed(document, issue), voice, pad=0.5, after=3, close=True),
    ]
    return [*out, *([Block(notes, after=4 * mm)] if notes.words else [])]


def head_line(document: Document, issue: Issue, voice: Voice) -> list[Flowable]:
    """A heading only, with the fields under it."""
    title = _title(document, voice, _SMALLER)
    name = _line(voice.said(document.title))
    notes = stack([_notice(voice.said(said), _WIDE) for said in document.notices])
    out: list[Flowable] = [
        Ruled(title, after=5 * mm, key=TOP, outline=name),
        fields_grid(_signed(document, issue), voice, pad=0.5, close=True),
    ]
    return [*out, *([Block(notes, after=4 * mm)] if notes.words else [])]


def _signed(document: Document, issue: Issue) -> tuple[FieldRow, ...]:
    """The fields, and who signed; the columns to sign in stand at the report's end."""
    found: Said = ""
    for one in issue.signatures:
        part = say(
            "document.signer",
            meaning=one.meaning.told,
            name=one.name,
            time=f"{one.at.astimezone(TOKYO):%Y-%m-%d %H:%M} +09:00",
        )
        found = say("cover.and", first=found, rest=part) if found else part
    value = Value(found or say("document.not-signed"))
    return (*document.cover, FieldRow("signed", say("document.signed"), value))


def _above(document: Document, issue: Issue, voice: Voice) -> Laid:
    """To whom, at the left; the number and the day at the right."""
    left = pair(voice.said(document.addressee), _ADDRESSEE, _LEFT * mm)
    edge = (MEASURE - _RIGHT) * mm
    number = lay(issue.number, _NUMBER, _RIGHT * mm, edge)
    day = pair(voice.said(long_day(_day(issue))), _DAY, _RIGHT * mm, edge)
    right = stack([number, day])
    return Laid([*left.words, *right.words], max(left.height, right.height))


def _day(issue: Issue) -> date:
    """When it was signed last; before that, the day that its data are of."""
    if issue.signatures:
        return max(one.at for one in issue.signatures).astimezone(TOKYO).date()
    if issue.cut_record is not None:
        return issue.cut_record.on
    return issue.cut_at.astimezone(TOKYO).date()


def _title(document: Document, voice: Voice, kinds: tuple[Type, Type]) -> Laid:
    parts = [pair(voice.said(document.title), kinds, _WIDE)]
    if document.period is not None:
        gap = Laid([], 3 * mm)
        parts += [gap, pair(voice.said(document.period), _PERIOD, _WIDE)]
    return stack(parts)


def _notices(document: Document, voice: Voice, digest: str) -> Laid:
    said = [voice.said(notice) for notice in document.notices]
    if not any(voice.lead("document.to-confirm") in lead for lead, _ in said):
        said.append(voice.pair("document.to-confirm-means"))
    said.append((voice.line("document.digest"), digest))
    return stack([_notice(each, _WIDE) for each in said])


def _notice(said: tuple[str, str], width: float) -> Laid:
    return lay(raised(_line(said)), NOTE, width)


def _line(said: tuple[str, str]) -> str:
    return "  ".join(filter(None, said))
