"""Prints any Document: its front, contents, sections, appendix, and where it is from.

One renderer for every report that is built as data; it knows no report by name.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from registry_app.domain.figures.cells_of import CellsOf
from registry_app.domain.figures.document import (
    Block,
    Document,
    Fields,
    Figure,
    Front,
    Mark,
    Prose,
    Section,
    Table,
    Written,
)
from registry_app.domain.figures.document_data import (
    Data,
    DocumentData,
    Numbers,
    numbering,
)
from registry_app.reports import fonts
from registry_app.reports.contents import Entry, contents
from registry_app.reports.cover import cover_page, head_line, head_third
from registry_app.reports.document_check import check
from registry_app.reports.document_tables import fields_grid, table_grid
from registry_app.reports.grid import Grid
from registry_app.reports.ink import Region
from registry_app.reports.issue import Issue
from registry_app.reports.paper import Paper
from registry_app.reports.plates import figure_plate
from registry_app.reports.prose import Empty, paragraph, typed
from registry_app.reports.quiet import uncollected, young
from registry_app.reports.sheet import BODY, BODY_HEIGHT, MEASURE
from registry_app.reports.signatures import signatures
from registry_app.reports.strip import Strip
from registry_app.reports.text import Heading, Text
from registry_app.reports.voice import Voice, words_of
from registry_app.words import Language

#: Raised with every change of how a document is printed; it is part of the digest.
TEMPLATE: Final = "D-3"
#: A section begins on the page before only where so much of it is left.
_THIRD: Final = BODY_HEIGHT / 3 * mm
#: In a short report, which has many sections of few lines, so much is enough.
_LITTLE: Final = 40 * mm
#: A report with so many headings or fewer needs no page of contents.
_FEW: Final = 8
_MOST: Final = BODY_HEIGHT * mm - 1
#: So much of a page is filled where rows go over to the next one.
_FULL: Final = 0.96 * _MOST
#: Fields stand as close as the rows of a table, mm.
_PAD: Final = 0.75
#: Of the whole work: laying words, setting pages; then the archive file.
_LAID, _SET = 0.3, 0.9
#: Told how far the printing is, from 0 to 1; what it raises ends the printing.
Going = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Printed:
    """A report on paper. `regions`: where the values stand whose sources are known.

    `digest`: of the content, as it is printed on every page. `figures`: the content as
    data, with the facts of the issue, as attached.
    """

    pdf: bytes
    regions: tuple[Region, ...]
    digest: str
    figures: Data


def paper_of(document: Document, issue: Issue) -> Paper:
    """The frame of a document: its digest, and what stands on every page."""
    texts = {language.value: words_of(language).say for language in Language}
    told = DocumentData(document, texts)
    cut = issue.cut_record
    return Paper(
        TEMPLATE,
        document.title,
        told.as_data(),
        issue,
        engines="" if cut is None else cut.engine,
        covered=document.front is Front.PAGE,
        lines=told.as_csv(),
    )


def print_document(
    document: Document, issue: Issue, *, going: Going = lambda _share: None
) -> Printed:
    """The report as PDF/A; the same bytes for the same document and issue.

    `going` is told of the progress, often; what it raises ends the printing. Raises
    Refused, with every character named and where it stands, for what the fonts lack.
    """
    fonts.register()
    with uncollected():
        going(0.0)
        paper = paper_of(document, issue)
        check(document, paper)
        going(0.0)  # a window sets aside what there is: then there is little to look at
        young()
        story = _Story(document, paper, going).flowables()
        pages = paper.pages(story, _pages_told(story, going))
        for flowable in story:
            if isinstance(flowable, Grid):
                flowable.release()
        going(_SET)
        young()

        def written(percent: int) -> None:
            going(_SET + (1.0 - _SET) * percent / 100)

        pdf = paper.archived(pages.pdf, written)
    return Printed(pdf, pages.regions, paper.digest, paper.whole)


def _pages_told(story: Sequence[Flowable], going: Going) -> Callable[[int], None]:
    """Tells the progress from page to page; how many there will be is only guessed."""
    high = sum(flowable.wrap(0, 0)[1] for flowable in story if _measured(flowable))
    expected = max(high / (BODY_HEIGHT * mm), 1.0)

    def ended(page: int) -> None:
        going(_LAID + (_SET - _LAID) * min(page / expected, 1.0))

    return ended


def _measured(flowable: Flowable) -> bool:
    return hasattr(flowable, "least")


class _Story:
    """The flowables of a document, in order."""

    def __init__(self, document: Document, paper: Paper, going: Going) -> None:
        self.document, self.paper = document, paper
        self.issue: Issue = paper.issue
        self.voice: Voice = paper.voice
        self.numbers: Numbers = numbering(document)
        self._blocks = sum(1 for top in self._tops for _ in _every(top)) or 1
        self._cells = CellsOf(document)
        self._done = 0
        self._told_origin = False
        self._going = going

    @property
    def _tops(self) -> tuple[Section, ...]:
        return (*self.document.sections, *self.document.appendix)

    def flowables(self) -> list[Flowable]:
        """All of it."""
        out = [*self._front()]
        paged = self.document.front is Front.PAGE
        begins = {0, len(self.document.sections)} if paged else set()
        for n, top in enumerate(self._tops):
            parts = _kept(self._section(top, 0))
            if n in begins or top.new_page:
                out.append(PageBreak())
            elif n:
                wanted = _THIRD if paged else _LITTLE
                out.append(CondPageBreak(min(wanted, _height(parts, wanted))))
            out += parts
        return out if self._told_origin else [*out, *self._origin()]

    def _front(self) -> Iterator[Flowable]:
        document, voice = self.document, self.voice
        if document.front is Front.PAGE:
            yield from cover_page(document, self.issue, voice, self.paper.digest)
            if len([*self._lines()]) > _FEW:
                listed, origin = _kept(self._contents()), self._origin()
                yield PageBreak()
                yield from listed
                # Where there is room below the contents: at the end of the report it
                # would often take a page alone.
                room = _FULL - _height(listed, math.inf) % _FULL
                self._told_origin = _height(origin, _FULL) < room
                yield from origin if self._told_origin else ()
        elif document.front is Front.THIRD:
            yield from head_third(document, self.issue, voice)
        else:
            yield from head_line(document, self.issue, voice)

    def _contents(self) -> Iterator[Flowable]:
        voice = self.voice
        yield Heading(0, *voice.pair("document.contents"), key="contents")
        yield contents([*self._lines()], voice)
        plates = [*self._plates()]
        if plates:
            yield Heading(1, *voice.pair("document.plates"), key="plates")
            yield contents(plates, voice)

    def _lines(self) -> Iterator[Entry]:
        for top in self._tops:
            yield self._entry(top, 0)
            for block in top.blocks:
                if isinstance(block, Section):
                    yield self._entry(block, 1)

    def _entry(self, section: Section, level: int) -> Entry:
        number = self.numbers.sections[section.id]
        said = self.voice.said(section.title)
        return Entry(level, number, *said, f"section-{section.id}")

    def _plates(self) -> Iterator[Entry]:
        for top in self._tops:
            for block in _every(top):
                if isinstance(block, Table | Figure):
                    kind = "table" if isinstance(block, Table) else "figure"
                    said = self.voice.said(block.caption)
                    key = f"{kind}-{block.id}"
                    yield Entry(1, self._number(block), *said, key)

    def _number(self, block: Table | Figure) -> str:
        if isinstance(block, Table):
            n = self.numbers.tables[block.id]
            return self.voice.lead("report.table-number", n=n)
        n = self.numbers.figures[block.id]
        return self.voice.lead("report.figure-number", n=n)

    def _section(self, section: Section, level: int) -> Iterator[Flowable]:
        voice = self.voice
        lead, second = voice.said(section.title)
        if section.mark is not Mark.NONE:
            marks = voice.pair(f"document.{section.mark.value.replace(' ', '-')}")
            lead = f"{marks[0]} {lead}"
            second = f"{marks[1]} {second}" if second else second
        if section.new_page and level:
            yield PageBreak()
        number = self.numbers.sections[section.id]
        key = f"section-{section.id}"
        yield Heading(level, lead, second, number, key)
        for block in section.blocks:
            if isinstance(block, Section):
                yield from self._section(block, level + 1)
            else:
                yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Flowable]:
        self._done += 1
        self._told()
        voice = self.voice
        match block:
            case Table():
                yield table_grid(block, self._number(block), voice, self._told)
            case Figure():
                yield figure_plate(block, self._number(block), voice, self._cells)
            case Prose():
                said = voice.said(block.text)
                yield paragraph(*said, voice, note=block.note)
            case Written():
                yield from self._written(block)
            case Fields(large=True):
                shown = ((voice.said(row.value.shown)[0], row) for row in block.rows)
                yield Strip(
                    [(figure, "", *voice.said(row.label)) for figure, row in shown],
                    [row.value.refs for row in block.rows],
                )
            case Fields():
                yield fields_grid(block.rows, voice, pad=_PAD, close=True)

    def _told(self) -> None:
        self._going(_LAID * self._done / self._blocks)

    def _written(self, block: Written) -> Iterator[Flowable]:
        """What a person wrote; a draft shows where somebody still has to."""
        voice = self.voice
        if block.ja.strip() or block.en.strip():
            yield from typed(block.ja, block.en, voice)
        elif self.issue.draft:
            yield Empty(Text(voice.line("document.to-write"), BODY.but(justify=False)))
        else:
            yield paragraph(*voice.pair("document.not-written"), voice)

    def _origin(self) -> list[Flowable]:
        """Who signed, and from which state of which registry it was made."""
        heading = Heading(0, *self.voice.pair("document.origin"), key="origin")
        signed = signatures(self.voice, self.issue.signatures)
        covered = self.document.front is Front.PAGE
        parts = [*(() if covered else signed), *self.paper.origin]
        high = sum(part.wrap(_MOST, _MOST)[1] + part.getSpaceAfter() for part in parts)
        heading.keepWithNext = 0
        led = _led_by([heading])
        return [CondPageBreak(min(led + high, _MOST)), heading, *parts]


def _height(parts: Sequence[Flowable], most: float) -> float:
    """How high they stand together; no more than `most` is looked for."""
    high = 0.0
    for part in parts:
        high += part.wrap(MEASURE * mm, _MOST)[1] + part.getSpaceAfter()
        if high >= most:
            break
    return high


def _every(section: Section) -> Iterator[Block]:
    for block in section.blocks:
        yield block
        if isinstance(block, Section):
            yield from _every(block)


def _kept(flowables: Iterator[Flowable]) -> list[Flowable]:
    """Headings begin a page rather than stand apart from what follows them."""
    out: list[Flowable] = []
    waiting: list[Heading] = []
    for flowable in flowables:
        if isinstance(flowable, Heading):
            flowable.keepWithNext = 0
            waiting.append(flowable)
            continue
        out += _led(waiting, flowable)
        waiting = []
        out.append(flowable)
    return [*out, *waiting]


def _led(headings: Sequence[Heading], flowable: Any) -> list[Flowable]:
    """The headings, on the page where what they lead begins."""
    least = flowable.least if _measured(flowable) else 0.0
    if not least:
        return [*headings]
    return [CondPageBreak(min(_led_by(headings) + least, _MOST)), *headings]


def _led_by(headings: Sequence[Heading]) -> float:
    """The room that headings take."""
    return sum(
        heading.wrap(_MOST, 0)[1] + heading.getSpaceBefore() + heading.getSpaceAfter()
        for heading in headings
    )
