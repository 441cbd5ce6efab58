"""What a report says, whatever it is printed on: sections, tables, values, sources.

A report is built once, as data. The same data are printed (reports/document.py), given
as JSON and CSV (domain/figures/document_data.py) and traced: each value names the
records behind it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from registry_app.domain.figures.charts import Chart
from registry_app.domain.message import Message, Told
from registry_app.domain.trail import Plain

#: Words of the catalogue, of a pack or of a person; plain text is printed as it is.
Said: TypeAlias = Message | Told | str


class Ref(NamedTuple):
    """A record behind a value: its kind as the trail names it, and its id.

    `of`: the case ID, or the number of the safety case, that people know it by.
    """

    kind: str
    id: str
    of: str = ""


class Mark(StrEnum):
    """What has to be said beside a value or a heading."""

    NONE = ""
    TO_CONFIRM = "to confirm"  # ［要確認］: it rests on a rule nobody has confirmed
    AFTER_LOCK = "after lock"  # ［固定後変更］: amended after the plan was locked


class Value(NamedTuple):
    """One printed value. `data`: as JSON has it; without it, `shown` where it is text.

    `refs`: the records behind it; a count of patients names every one of them.
    """

    shown: Said
    data: Plain = None
    refs: tuple[Ref, ...] = ()
    strong: bool = False
    mark: Mark = Mark.NONE


class Align(StrEnum):
    """Words stand left, numbers right, single letters in the middle (PAPER.md 3)."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "center"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name as data, its head, its width in mm; widths add up to 168."""

    id: str
    head: Said
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `id` names it as data. `group`: a heading over the rows that follow.

    `level`: how far its first cell is indented.
    """

    id: str
    cells: tuple[Value, ...]
    group: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table; `id` names it as data and never changes (``baseline``).

    `listing`: a long one of short cells, a line a row, set close.
    """

    id: str
    caption: Said
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Said, ...] = ()
    listing: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A numbered figure; the numbers that it shows stand in a table beside it."""

    id: str
    caption: Said
    chart: Chart
    notes: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph in both languages; `note`: smaller."""

    text: Said
    note: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote in a slot, as typed; "" in both: 記載なし is printed."""

    slot: str
    ja: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A label and its value."""

    id: str
    label: Said
    value: Value


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels and values, without a number.

    `large`: up to six key figures side by side, each with its label below.
    """

    id: str
    rows: tuple[FieldRow, ...]
    large: bool = False


Block: TypeAlias = "Table | Figure | Prose | Written | Fields | Section"


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section; one within another is a subsection.

    `new_page`: it begins on a page of its own.
    """

    id: str
    title: Said
    blocks: tuple[Block, ...] = ()
    new_page: bool = False
    mark: Mark = Mark.NONE


class Front(StrEnum):
    """How a report begins (PAPER.md section 7)."""

    PAGE = "page"  # a cover, contents
    THIRD = "third"  # the fields take the top of the first page
    HEADING = "heading"  # a heading only


@dataclass(frozen=True, slots=True)
class Document:
    """A report. `title`, `subtitle`: of the cover. `addressee`, `owner`: in words.

    `cover`: the fields of the cover, in order. `notices`: what stands under them.
    `state`: what the box at the head of each page says in addition. `appendix`:
    sections A, B …
    """

    title: Said
    front: Front
    addressee: Said
    owner: Said
    cover: tuple[FieldRow, ...]
    sections: tuple[Section, ...]
    appendix: tuple[Section, ...] = ()
    period: Said | None = None
    notices: tuple[Said, ...] = field(default=())


def walk(section: Section) -> Iterator[Block]:
    """Every block of a section, its subsections and their blocks too, in order."""
    for block in section.blocks:
        yield block
        if isinstance(block, Section):
            yield from walk(block)
