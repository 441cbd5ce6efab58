"""A report as data: its numbers, and all it says, as JSON and CSV have it.

The same data travel inside the archived file, are given by ``report --json`` and are
what the digest is taken of. The records behind the values are listed once; a value
names them by their places in that list.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from string import ascii_uppercase
from typing import Any, Final

from registry_app.domain.figures.document import (
    Block,
    Document,
    FieldRow,
    Fields,
    Figure,
    Front,
    Mark,
    Prose,
    Ref,
    Said,
    Section,
    Table,
    Value,
    Written,
    walk,
)
from registry_app.domain.message import Message, Told

Data = dict[str, Any]
#: How a text is worded, by language: ``{"ja": …, "en": …}``.
Texts = Mapping[str, Callable[[Message | Told], str]]
#: What a cell of a line has to be quoted for.
_PARTS: Final = re.compile(r'[,"\r\n]')
#: The columns of the lines of figures.
HEAD: Final = ("table", "row", "column", "value", "shown", "records")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of sections (``8.1``, ``A``), tables and figures (``8-3``), by id."""

    sections: Mapping[str, str]
    tables: Mapping[str, str]
    figures: Mapping[str, str]


def numbering(document: Document) -> Numbers:
    """Sections 1, 2 …, the appendix A, B …; tables and figures by section.

    A short report, without a cover page, counts them through: 1, 2, 3. Raises
    ValueError where an id is given twice.
    """
    sections: dict[str, str] = {}
    tables: dict[str, str] = {}
    figures: dict[str, str] = {}
    through = document.front is not Front.PAGE
    tops = [(f"{n}", section) for n, section in enumerate(document.sections, 1)]
    letters = zip(ascii_uppercase, document.appendix, strict=False)
    for number, top in (*tops, *letters):
        _put(sections, top.id, number)
        _subsections(top, number, sections)
        begun = (0, 0) if not through else (len(tables), len(figures))
        counts = [*begun]
        for block in walk(top):
            if not isinstance(block, Table | Figure):
                continue
            of_figures = isinstance(block, Figure)
            counts[of_figures] += 1
            own = f"{counts[of_figures]}"
            into = figures if of_figures else tables
            _put(into, block.id, own if through else f"{number}-{own}")
    return Numbers(sections, tables, figures)


def _subsections(section: Section, number: str, into: dict[str, str]) -> None:
    inner = (block for block in section.blocks if isinstance(block, Section))
    for n, block in enumerate(inner, 1):
        own = f"{number}.{n}"
        _put(into, block.id, own)
        _subsections(block, own, into)


def _put(into: dict[str, str], name: str, number: str) -> None:
    if name in into:
        msg = f"two parts of the report are called {name!r}"
        raise ValueError(msg)
    into[name] = number


class _Records:
    """The records behind the values, each listed once, in the order of their use."""

    def __init__(self) -> None:
        self.places: dict[Ref, int] = {}
        # Many values rest on the very same set of records.
        self._known: dict[int, tuple[tuple[Ref, ...], str]] = {}

    def runs(self, refs: tuple[Ref, ...]) -> str:
        """Where `refs` stand in the list: ``0-63 70``."""
        if not refs:
            return ""
        known = self._known.get(id(refs))
        if known is not None:
            return known[1]
        places = self.places
        if len(refs) == 1:
            return f"{places.setdefault(refs[0], len(places))}"
        found = sorted({places.setdefault(ref, len(places)) for ref in refs})
        out: list[str] = []
        first = last = found[0]
        for place in (*found[1:], -1):
            if place == last + 1:
                last = place
                continue
            out.append(f"{first}" if first == last else f"{first}-{last}")
            first = last = place
        said = " ".join(out)
        self._known[id(refs)] = (refs, said)
        return said

    @property
    def listed(self) -> list[list[str]]:
        """Kind, id, and the case or safety case people know it by."""
        return [[ref.kind, ref.id, ref.of] for ref in self.places]


class _Writer:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self.records = _Records()
        # Both forms of a report say each value once.
        self._worded: dict[int, tuple[Said, Any]] = {}

    def said(self, said: Said) -> Any:
        """Words in each language, or as they are where there is only one wording."""
        if isinstance(said, str):
            return said
        known = self._worded.get(id(said))
        if known is not None:
            return known[1]
        worded: Any = {name: say(said) for name, say in self._texts.items()}
        if len(set(worded.values())) == 1:
            worded = next(iter(worded.values()))
        self._worded[id(said)] = (said, worded)
        return worded

    def both(self, said: Said) -> str:
        """Words of every language on one line."""
        worded = self.said(said)
        return worded if isinstance(worded, str) else " / ".join(worded.values())

    def data(self, value: Value) -> Any:
        """A value as JSON has it."""
        return self.said(value.shown) if value.data is None else value.data

    def plain(self, value: object) -> Any:
        """What a chart shows, in values that JSON knows."""
        if isinstance(value, Message | Told):
            return self.said(value)
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, Decimal | date):
            return f"{value}"
        if isinstance(value, Mapping):
            return {f"{k}": self.plain(v) for k, v in value.items()}
        if isinstance(value, tuple | list):
            return [self.plain(each) for each in value]
        if is_dataclass(value):
            named = ((f.name, getattr(value, f.name)) for f in fields(value))
            return {name: self.plain(own) for name, own in named}
        return value


class DocumentData:
    """One report in both forms, whose records are listed and numbered once.

    `texts`: in every language.
    """

    def __init__(self, document: Document, texts: Texts) -> None:
        self._document = document
        self._writer = _Writer(texts)

    def as_data(self) -> Data:
        """What JSON has."""
        return _as_data(self._document, self._writer)

    def as_csv(self) -> Iterator[str]:
        """What CSV has, line by line."""
        return _as_csv(self._document, self._writer)


def _as_data(document: Document, writer: "_Writer") -> Data:
    """All that a report says: texts in every language, values, sources.

    ``tables`` by id: number, caption, columns, rows with ``cells`` by column, the
    values printed otherwise than their data under ``shown``, records under
    ``records``. ``records``: the list that those numbers point into.
    """
    numbers = numbering(document)
    cover = _fields(document.cover, writer)
    tables: Data = {}
    figures: Data = {}
    found: Data = {}
    for top in (*document.sections, *document.appendix):
        for block in walk(top):
            match block:
                case Table():
                    tables[block.id] = _table(block, numbers, writer)
                case Figure():
                    figures[block.id] = _figure(block, numbers, writer)
                case Fields():
                    found[block.id] = _fields(block.rows, writer)
    return {
        "title": writer.said(document.title),
        "period": None if document.period is None else writer.said(document.period),
        "addressee": writer.said(document.addressee),
        "owner": writer.said(document.owner),
        "cover": cover,
        "notices": [writer.said(notice) for notice in document.notices],
        "sections": [_section(s, numbers, writer) for s in document.sections],
        "appendix": [_section(s, numbers, writer) for s in document.appendix],
        "fields": found,
        "tables": tables,
        "figures": figures,
        "records": writer.records.listed,
    }


def _table(table: Table, numbers: Numbers, writer: _Writer) -> Data:
    names = [column.id for column in table.columns]
    return {
        "number": numbers.tables[table.id],
        "caption": writer.said(table.caption),
        "columns": [{"id": c.id, "head": writer.said(c.head)} for c in table.columns],
        "rows": [
            {"id": row.id, **_cells(zip(names, row.cells, strict=True), writer)}
            for row in table.rows
        ],
        "notes": [writer.said(note) for note in table.notes],
    }


def _figure(figure: Figure, numbers: Numbers, writer: _Writer) -> Data:
    return {
        "number": numbers.figures[figure.id],
        "caption": writer.said(figure.caption),
        "kind": type(figure.chart).__name__,
        "chart": writer.plain(figure.chart),
        "notes": [writer.said(note) for note in figure.notes],
    }


def _cells(cells: Iterable[tuple[str, Value]], writer: _Writer) -> Data:
    data: Data = {}
    shown: Data = {}
    records: dict[str, str] = {}
    marks: dict[str, str] = {}
    for name, value in cells:
        data[name] = writer.data(value)
        if value.data is not None and f"{value.data}" != value.shown:
            shown[name] = writer.said(value.shown)
        if value.refs:
            records[name] = writer.records.runs(value.refs)
        if value.mark is not Mark.NONE:
            marks[name] = value.mark.value
    named = {"shown": shown, "records": records, "marks": marks}
    return {"cells": data, **{name: own for name, own in named.items() if own}}


def _fields(rows: Iterable[FieldRow], writer: _Writer) -> list[Data]:
    return [
        {
            "id": row.id,
            "label": writer.said(row.label),
            **_cells([("value", row.value)], writer),
        }
        for row in rows
    ]


def _section(section: Section, numbers: Numbers, writer: _Writer) -> Data:
    return {
        "id": section.id,
        "number": numbers.sections[section.id],
        "title": writer.said(section.title),
        "mark": section.mark.value,
        "blocks": [_block(block, numbers, writer) for block in section.blocks],
    }


def _block(block: Block, numbers: Numbers, writer: _Writer) -> Data:
    match block:
        case Section():
            return {"section": _section(block, numbers, writer)}
        case Table():
            return {"table": block.id}
        case Figure():
            return {"figure": block.id}
        case Fields():
            return {"fields": block.id}
        case Prose():
            return {"prose": writer.said(block.text)}
        case Written():
            return {"written": block.slot, "ja": block.ja, "en": block.en}


def _as_csv(document: Document, writer: "_Writer") -> Iterator[str]:
    """Every value as a line: table, row, column, value, as printed, records.

    Fields stand under the id of their block (``cover`` for those of the cover). The
    last lines list the records by the numbers that the values name.
    """
    yield line(HEAD)
    for row in document.cover:
        yield from _csv("cover", row.id, [("value", row.value)], writer)
    for top in (*document.sections, *document.appendix):
        for block in walk(top):
            if isinstance(block, Table):
                names = [_quoted(column.id) for column in block.columns]
                for cells in block.rows:
                    named = zip(names, cells.cells, strict=True)
                    yield from _csv(block.id, cells.id, named, writer)
            elif isinstance(block, Fields):
                for row in block.rows:
                    yield from _csv(block.id, row.id, [("value", row.value)], writer)
    for place, ref in enumerate(writer.records.places):
        yield line(("records", f"{place}", ref.kind, ref.id, ref.of, ""))


def _csv(
    table: str, row: str, cells: Iterable[tuple[str, Value]], writer: _Writer
) -> Iterator[str]:
    """A line for each cell of a row; the names of its columns are quoted already."""
    before = f"{_quoted(table)},{_quoted(row)},"
    for name, value in cells:
        shown = _quoted(writer.both(value.shown))
        said = shown if value.data is None else _quoted(f"{value.data}")
        runs = writer.records.runs(value.refs)
        yield f"{before}{name},{said},{shown},{runs}\r\n"


def line(cells: Sequence[str]) -> str:
    """Cells as one line of CSV."""
    return ",".join(map(_quoted, cells)) + "\r\n"


def _quoted(cell: str) -> str:
    if cell.isalnum() or _PARTS.search(cell) is None:
        return cell
    return '"' + cell.replace('"', '""') + '"'
