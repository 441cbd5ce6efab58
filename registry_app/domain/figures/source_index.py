"""The last appendix of a report: whose records stand behind each number of its tables.

One line for a row of a table. A set of cases that stands behind several numbers is
written out once, under a number in brackets, and named by it from then on; cases that
follow each other are told as a range.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from registry_app.domain.figures.cells import joined
from registry_app.domain.figures.document import (
    Column,
    Row,
    Said,
    Section,
    Table,
    Value,
    walk,
)
from registry_app.domain.figures.tally import words
from registry_app.domain.message import Message, say

#: So many cases are written out behind a number; more are in the attached data.
MOST: Final = 200
#: A shorter set is written out again: its number would save nothing.
_SHORT: Final = 30
#: Cases of so many numbers in a row are told as a range.
_RANGE: Final = 3
#: A case, a kit or a safety case: what is common, its number, its check character.
_NUMBERED: Final = re.compile(r"([A-Z][A-Z0-9]{1,7}-[A-Z]?)(\d{4,6})(?:-[0-9A-Z])?")

_Cases = tuple[str, ...]


class _Entry(NamedTuple):
    """A row of a table, and the sets behind its numbers with their columns.

    `over`: the heading of its group, where no set stands behind that itself.
    """

    table: Table
    row: Row
    over: Row | None
    behind: Mapping[_Cases, list[Column]]


def listing_sources(sections: Iterable[Section], numbers: Mapping[str, str]) -> Table:
    """For each number of each table: the cases behind it, up to `MOST`.

    `numbers`: of the tables, by id. The data inside the file name all of them.
    """
    tables = [
        (block, [*_entries(block)])
        for section in sections
        for block in walk(section)
        if isinstance(block, Table) and not block.listing
    ]
    alike: dict[object, list[Table]] = {}
    firsts: list[list[_Entry]] = []
    for table, entries in filter(itemgetter(1), tables):
        same = alike.setdefault(_alike(entries), [])
        if not same:
            firsts.append(entries)
        same.append(table)
    sets = _Sets(entry for entries in firsts for entry in entries)
    rows = [
        line
        for entries, own in zip(firsts, alike.values(), strict=True)
        for line in _lines(entries, own, numbers, sets)
    ]
    return Table(
        "listing-sources",
        say("periodic.table-listing-sources"),
        (words("row", 42), words("cases", 126)),
        tuple(rows),
        notes=(say("periodic.note-listing-sources", most=MOST),),
        listing=True,
    )


def _alike(entries: Sequence[_Entry]) -> object:
    """What two tables share whose numbers rest on the same cases, row by row."""
    return tuple(
        (
            entry.row.id,
            entry.row.level,
            f"{entry.row.cells[0].shown}",
            "" if entry.over is None else entry.over.id,
            tuple((cases, *(c.id for c in of)) for cases, of in entry.behind.items()),
        )
        for entry in entries
    )


def _lines(
    entries: Sequence[_Entry],
    tables: Sequence[Table],
    numbers: Mapping[str, str],
    sets: "_Sets",
) -> Iterator[Row]:
    """The lines of a table: its name, the headings of its groups, its rows.

    `tables`: those that have the same, named together.
    """
    table = tables[0]
    names = (
        say("periodic.source-table", n=numbers.get(t.id, t.id), caption=t.caption)
        for t in tables
    )
    heading = (Value(joined(names, "periodic.source-next")), Value(""))
    yield Row(table.id, heading, group=True)
    over: Row | None = None
    for entry in entries:
        if entry.over is not None and entry.over is not over:
            heading = (Value(entry.over.cells[0].shown), Value(""))
            yield Row(f"{table.id}:{entry.over.id}", heading, group=True)
        over = entry.over
        own = Value(entry.row.cells[0].shown, entry.row.id)
        cells = (own, Value(sets.said(entry)))
        yield Row(f"{table.id}:{entry.row.id}", cells, level=entry.row.level)


def _entries(table: Table) -> Iterator[_Entry]:
    """The rows with cases behind them; what a row itself names is left out."""
    over: Row | None = None
    for row in table.rows:
        named = {cell.shown for cell in row.cells if isinstance(cell.shown, str)}
        behind: dict[_Cases, list[Column]] = {}
        for column, value in list(zip(table.columns, row.cells, strict=True))[1:]:
            cases = tuple(sorted({ref.of or ref.id for ref in value.refs}))
            if cases and not named.issuperset(cases):
                behind.setdefault(cases, []).append(column)
        if row.group:
            over = None if behind else row
        elif not row.level:
            over = None
        if behind:
            yield _Entry(table, row, over, behind)


class _Sets:
    """How the sets are told: once in full, then by the number they were given."""

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self._uses = Counter(cases for entry in entries for cases in entry.behind)
        self._numbers: dict[_Cases, int] = {}

    def said(self, entry: _Entry) -> Said:
        """All sets of a row, each after its columns; of one, without them."""
        if len(entry.behind) == 1:
            (cases,) = entry.behind
            return self._set("periodic.source-set", cases)
        return joined(
            (
                self._set(
                    "periodic.source-of",
                    cases,
                    columns=joined(column.head for column in columns),
                )
                for cases, columns in entry.behind.items()
            ),
            "periodic.source-next",
        )

    def _set(self, key: str, cases: _Cases, **more: Said) -> Message:
        return say(key, n=len(cases), cases=self._told(cases), **more)

    def _told(self, cases: _Cases) -> Said:
        if cases in self._numbers:
            return f"[{self._numbers[cases]}]"
        if len(cases) > MOST:
            return say("periodic.source-in-data")
        told = _short(cases)
        if self._uses[cases] == 1 or len(told) < _SHORT:
            return told
        self._numbers[cases] = len(self._numbers) + 1
        return f"[{self._numbers[cases]}] {told}"


def _short(cases: _Cases) -> str:
    """``SAP-0001–0004, 0007``: by site, without what is the same for all of them."""
    parts: list[str] = []
    before = ""
    for prefix, first, last in _runs(cases):
        lead = prefix if prefix != before else ""
        before = prefix
        parts.append(f"{lead}{first}" if first == last else f"{lead}{first}–{last}")
    return ", ".join(parts)


def _runs(cases: _Cases) -> Iterator[tuple[str, str, str]]:
    """What is common, the first and the last of cases that follow each other."""
    run: list[tuple[str, str]] = []
    for case in (*cases, ""):
        found = _NUMBERED.fullmatch(case)
        own = (found[1], found[2]) if found else ("", case)
        if run and not (found and _follows(run[-1], own)):
            ends = [run] if len(run) >= _RANGE else [[one] for one in run]
            for part in ends:
                yield part[0][0], part[0][1], part[-1][1]
            run = []
        run.append(own)


def _follows(before: tuple[str, str], own: tuple[str, str]) -> bool:
    prefix, digits = before
    return own[0] == prefix and own[1] == f"{int(digits) + 1:0{len(digits)}d}"
