"""Tables and fields of a document, laid into rows."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from reportlab.lib.units import mm

from registry_app.domain.figures.document import FieldRow, Row, Table
from registry_app.reports.cells import Cells, Laid, Spot, lay, pair, stack
from registry_app.reports.grid import Grid, GridFrame, GridRow
from registry_app.reports.ink import Word
from registry_app.reports.sheet import (
    CAPTION,
    CAPTION_SECOND,
    CELL,
    HEAD,
    HEAD_SECOND,
    MEASURE,
    NOTE,
    Type,
)
from registry_app.reports.text import Span, raised
from registry_app.reports.voice import Voice

#: Between columns, above and below the words of a row; close in listings. In mm.
_BESIDE, _PAD, _CLOSE = 1.2, 0.75, 0.5
_LABEL: Final = 52.0
_FIELD_PAD: Final = 1.15
#: Where labels have both languages on a line, these widths of them are tried, in mm.
_WIDER: Final = (45.0, 60.0, 68.0, 78.0, 90.0, 105.0)
#: A row higher than this is laid as several, so that it can go over a page's end.
_MOST: Final = 120 * mm
#: Another thread is asked after so many rows whether all this is still wanted.
_LOT: Final = 200
_NOTHING: Final = Laid([], 0.0)
Going = Callable[[], None]


def caption(voice: Voice, number: str, words: tuple[str, str]) -> tuple[Laid, Laid]:
    """The number and the words of a table: of its first part, and of those after it."""
    lead, second = words
    marks = voice.pair("report.continued-mark")
    wide = MEASURE * mm

    def laid(first: str, other: str) -> Laid:
        said = (f"{number}  {lead}{first}".strip(), f"{second}{other}" * bool(second))
        return pair(said, (CAPTION, CAPTION_SECOND), wide)

    return laid("", ""), laid(*marks)


def table_grid(table: Table, number: str, voice: Voice, going: Going) -> Grid:
    """A table with its number, such as ``表 7-1``."""
    cells = Cells(voice, single=table.listing)
    places = _places([column.width for column in table.columns])
    first, on = caption(voice, number, voice.said(table.caption))
    pad = (_CLOSE if table.listing else _PAD) * mm
    frame = GridFrame(
        caption=first,
        caption_on=on,
        head=_head(table, places, voice),
        notes=_notes(table, voice),
        listing=table.listing,
        goes_on=voice.line("report.goes-on"),
        name=number,
        key=f"table-{table.id}",
    )
    heads = [voice.said(column.head)[0] for column in table.columns]
    kinds = [CELL.but(align=column.align.value) for column in table.columns]
    rows: list[GridRow] = []
    for n, row in enumerate(table.rows):
        if not n % _LOT:
            going()
        rows += _parted(_row(row, cells, kinds, places, heads, pad))
    if not rows:
        none = lay(_spoken(voice.pair("report.none")), CELL, MEASURE * mm)
        rows = [_padded(none, pad)]
    return Grid(frame, rows)


def fields_grid(
    rows: Sequence[FieldRow],
    voice: Voice,
    *,
    label: float = _LABEL,
    width: float = MEASURE,
    pad: float = _FIELD_PAD,
    after: float = 5.0,
    close: bool = False,
) -> Grid:
    """Labels and values with hairlines only; `width` and `label` in mm. `close`: the
    second language behind the first where there is room, not always under it.
    """
    made = _Fields(rows, Cells(voice), voice, width, pad, close)
    tried = (label, *(_WIDER if close and voice.doubled else ()))
    laid = min(map(made.laid, tried), key=lambda each: sum(row.height for row in each))
    frame = GridFrame(
        *(_NOTHING,) * 4,
        goes_on=voice.line("report.goes-on"),
        width=width * mm,
        after=after * mm,
    )
    return Grid(frame, laid)


class _Fields(NamedTuple):
    """Fields that are laid with labels of one width or another."""

    rows: Sequence[FieldRow]
    cells: Cells
    voice: Voice
    width: float
    pad: float
    close: bool

    def laid(self, label: float) -> list[GridRow]:
        """The rows with labels `label` mm wide."""
        return [part for row in self.rows for part in self._row(row, label)]

    def _row(self, row: FieldRow, label: float) -> Iterator[GridRow]:
        names = self.voice.said(row.label)
        places = (self.width - label) * mm, label * mm
        if self.close:
            name = self.cells.label(row.label, HEAD, (label - 2) * mm)
            value = self.cells.value(row.value, CELL, *places)
        else:
            name = pair(names, (HEAD, HEAD_SECOND), (label - 2) * mm)
            value = self.cells.stacked(row.value, CELL, *places)
        spots = []
        if row.value.refs:
            spots = [Spot(label * mm, self.width * mm, row.value.refs, "")]
        middle = value.height < name.height
        made = _beside([name, value], self.pad * mm, middle=middle)
        return _parted(GridRow(made.height, made.words, spots, label=names[0]))


def _places(widths: Sequence[float]) -> list[tuple[float, float]]:
    """Where the words of each column begin, and how wide they may be, in points."""
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width)
    out = []
    last = len(widths) - 1
    for n, (left, right) in enumerate(pairwise(edges)):
        begin = left + (_BESIDE if n else 0)
        end = right - (_BESIDE if n < last else 0)
        out.append((begin * mm, (end - begin) * mm))
    return out


def _head(table: Table, places: Sequence[tuple[float, float]], voice: Voice) -> Laid:
    """The heads of all columns, on one line at their foot."""
    laid = []
    for column, (left, width) in zip(table.columns, places, strict=True):
        align = column.align.value
        kinds = HEAD.but(align=align), HEAD_SECOND.but(align=align)
        said = voice.said(column.head)
        made = pair(said, kinds, width, left)
        if voice.doubled and not said[1]:  # level with the heads beside it
            made = Laid(made.words, made.height + kinds[1].lead)
        laid.append(made)
    height = max((each.height for each in laid), default=0.0)
    words: list[Word] = []
    for each in laid:
        down = height - each.height + _PAD * mm
        words += [word.lower(down) for word in each.words]
    return Laid(words, height + 2 * _PAD * mm)


def _notes(table: Table, voice: Voice) -> Laid:
    """What stands under the table, each note with both languages on a line."""
    wide = MEASURE * mm
    said = [voice.said(note) for note in table.notes]
    return stack([lay(_spoken(note), NOTE, wide) for note in said])


def _spoken(said: tuple[str, str]) -> list[Span]:
    """Both languages one behind the other, alike."""
    lead, second = said
    words = raised(f"{lead}  {second}" if second else lead)
    return [Span(words)] if isinstance(words, str) else [*words]


def _row(
    row: Row,
    cells: Cells,
    kinds: Sequence[Type],
    places: Sequence[tuple[float, float]],
    heads: Sequence[str],
    pad: float,
) -> GridRow:
    laid: list[Laid] = []
    spots: list[Spot] = []
    alone = row.group and not any(cell.shown for cell in row.cells[1:])
    for n, (value, kind, place) in enumerate(
        zip(row.cells, kinds, places, strict=True)
    ):
        left, width = place
        if row.group:
            kind = kind.but(bold=True)
        if not n and alone:
            width = MEASURE * mm - left
        if not n and row.level:
            indent = row.level * CELL.size
            left, width = left + indent, width - indent
        laid.append(cells.value(value, kind, width, left))
        if value.refs:
            spots.append(Spot(place[0], place[0] + place[1], value.refs, heads[n]))
    made = _beside(laid, pad, middle=row.group)
    label = cells.said(row.cells[0].shown)[0] if spots else ""
    return GridRow(made.height, made.words, spots, row.group, label=label)


def _beside(laid: Sequence[Laid], pad: float, *, middle: bool) -> Laid:
    """Cells of one row; `middle`: the lower ones at half height, not at the top."""
    height = max(each.height for each in laid)
    words: list[Word] = []
    for each in laid:
        down = pad + ((height - each.height) / 2 if middle else 0.0)
        words += [word.lower(down) for word in each.words]
    return Laid(words, height + 2 * pad)


def _padded(laid: Laid, pad: float) -> GridRow:
    made = _beside([laid], pad, middle=False)
    return GridRow(made.height, made.words)


def _parted(row: GridRow) -> Iterator[GridRow]:
    """The row, or where it is too high to be kept whole, its parts."""
    if row.height <= _MOST:
        yield row
        return
    parts: dict[int, list[Word]] = {}
    for word in row.words:
        parts.setdefault(int(word.y // _MOST), []).append(word)
    for n, words in sorted(parts.items()):
        reach = max(word.y + 0.4 * word.kind.lead for word in words) - n * _MOST
        moved = [word.lower(-n * _MOST) for word in words]
        yield GridRow(
            max(reach, 2 * CELL.lead),
            moved,
            row.spots,
            row.group and not n,
            more=bool(n),
            label=row.label,
        )
