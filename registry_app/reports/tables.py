"""Tables: three rules, no vertical lines, caption above, notes below the last part.

A table that goes on repeats its caption and head, and both parts say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    Spacer,
    Table,
    TableStyle,
)

from registry_app.reports import fonts
from registry_app.reports.behind import Behind, note_rows
from registry_app.reports.sheet import (
    BOTTOM,
    CAPTION,
    CAPTION_SECOND,
    CELL,
    CELL_SECOND,
    FINE,
    HAIR,
    HEAD,
    HEAD_SECOND,
    HEIGHT,
    INK,
    MEASURE,
    NOTE,
    THICK,
    THIN,
    TOP,
    Type,
    grey,
)
from registry_app.reports.text import Text, Words, stacked
from registry_app.reports.voice import Voice

#: Room for "continued on next page".
_FOOT = 5.5 * mm
#: A long table is built in parts of this many rows: reportlab splits one table in a
#: time that grows faster than its length.
PART = 200
#: Up to this many rows a table is kept on one page.
KEPT = 25
#: A table that takes more of a page than this goes on over its end.
_MOST = 0.6
#: The rows of a part above its own: caption and heads.
_HEADS = 2
#: The room on a page of its own.
_FULL = (HEIGHT - TOP - BOTTOM) * mm - 1
#: Room for the caption, the heads and the first rows of a table that goes on.
_BEGIN = 45 * mm
#: The room between a table and its notes.
_GAP = 1.2 * mm
_COMMAND = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of its head, its width (mm), where its words stand.

    `said`: its head in both languages, where a pack names it and no key does.
    """

    key: str
    width: float
    align: str = "left"
    said: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """The number of a table or figure, and its words in both languages."""

    number: str
    lead: str
    second: str

    def flowables(self, lead_mark: str = "", second_mark: str = "") -> list[Text]:
        """Both lines; the marks say that the table goes on."""
        second = self.second + second_mark if self.second else ""
        first = f"{self.number}  {self.lead}{lead_mark}".strip()
        return stacked(first, second, CAPTION, CAPTION_SECOND)


#: A cell: words, the lead and the second line of it, or what is drawn by itself.
Cell = Words | tuple[Words, str] | Flowable


class _Ruled(Table):
    """A table that says where it goes on.

    reportlab makes the parts of a split table by itself, so what they need to know is
    handed from one to the other afterwards.
    """

    caption: Caption
    marks: tuple[str, str] = ("", "")
    goes_on = ""
    continued = False
    #: The notes, which stand under the last part.
    below: Sequence[Text] = ()

    @property
    def under(self) -> float:
        """How high the notes are with the room above them."""
        if not self.below:
            return 0.0
        heights = (text.wrap(MEASURE * mm, 0)[1] for text in self.below)
        return _GAP + sum(heights)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The rows and the notes."""
        wide, high = super().wrap(width, height)
        return wide, high + self.under

    def split(self, width: float, height: float) -> list[Any]:
        """The part that fits, and the rest under a caption that says so.

        Of more than a few rows none is left alone on a page, nor are the notes.
        """
        parts: list[Any] = super().split(width, height - _FOOT)
        heights: list[float] = cast(Any, self)._rowHeights
        many = len(heights) > _HEADS + 3
        if not many and height < _FULL:
            return []
        if len(parts) == 2 and many:
            shown, left = (len(part._cellvalues) - _HEADS for part in parts)
            if shown == 1 and height < _FULL:
                return []
            if left == 1:
                parts = self._but_two(width, heights)
        elif len(parts) == 1 and many:
            parts = self._but_two(width, heights)
        elif len(parts) == 1:
            notes, self.below = self.below, ()
            return [self, *notes]
        if len(parts) == 2:
            for part in parts:
                part.caption, part.marks = self.caption, self.marks
                part.goes_on = self.goes_on
            parts[0].continued, parts[1].below = True, self.below
            # A new row: the two parts share the old one.
            rest: Any = parts[1]
            blank = [""] * (len(rest._colWidths) - 1)
            rest._cellvalues[0] = [self.caption.flowables(*self.marks), *blank]
        return parts

    def _but_two(self, width: float, heights: Sequence[float]) -> list[Any]:
        """Parted before its last two rows."""
        return list(super().split(width, sum(heights[:-2]) + 0.01))

    def draw(self) -> None:
        """The table, and a line under a part that is not the last; else the notes."""
        this: Any = self
        under = self.under
        this.canv.translate(0, under)
        super().draw()
        note_rows(this, self.caption.number)
        this.canv.translate(0, -under)
        y = under - _GAP
        for text in self.below:
            y -= text.wrap(MEASURE * mm, 0)[1]
            text.drawOn(this.canv, 0, y)
        if self.continued:
            kind = NOTE.but(size=6.8, ink=INK)
            this.canv.setFont(kind.font, kind.size)
            this.canv.setFillColor(grey(kind.ink))
            end = sum(this._colWidths) - kind.width(self.goes_on)
            this.canv.drawString(end, -4 * mm, self.goes_on)


def _cell(words: Cell, kind: Type) -> list[Flowable]:
    if isinstance(words, Flowable):
        return [words]
    if isinstance(words, tuple):
        second = CELL_SECOND.but(align=kind.align)
        return [*stacked(words[0], words[1], kind, second)]
    return [Text(words, kind)]


def table(
    voice: Voice,
    caption: Caption,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    above: Sequence[Flowable] = (),
    note: str = "",
    notes: Sequence[str] = (),
    strong: Sequence[int] = (),
    pad: float = 0.75,
    kept: int = KEPT,
    behind: Sequence[Behind] = (),
) -> list[Flowable]:
    """A captioned table; the widths of its columns add up to its own.

    `strong`: the numbers of bold columns; `note`: the key of the words below; `notes`:
    further words there. A table without rows says "none". `above`: what must not be
    left on the page before, such as its heading. `kept`: up to so many rows it is kept
    on one page. `behind`: the records that each row rests on.
    """
    none = not rows
    if none:
        blank: list[Cell] = [""] * (len(columns) - 1)
        rows = [[voice.pair("report.none"), *blank]]
        columns = [replace(columns[0], align="left"), *columns[1:]]
        behind = ()
    parts = [rows[n : n + PART] for n in range(0, len(rows), PART)]
    marks = voice.pair("report.continued-mark")
    out: list[Flowable] = [*above]
    for n, part in enumerate(parts):
        caption_row = caption.flowables(*(marks if n else ("", "")))
        sources = behind[n * PART : (n + 1) * PART]
        ruled = _part(voice, caption_row, columns, part, strong, pad, sources)
        if none:
            ruled.setStyle(TableStyle([("SPAN", (0, 2), (-1, 2))]))
        ruled.caption, ruled.marks = caption, marks
        ruled.goes_on = voice.line("report.goes-on")
        out.append(ruled)
    said = voice.pair(note) if note else ()
    below = [Text(words, NOTE) for words in (*said, *notes) if words]
    ruled.below = below
    if ruled.under > _MOST * _FULL:
        # So many notes have pages of their own.
        ruled.below = ()
        out += [Spacer(1, _GAP), *below]
    out.append(Spacer(1, 5 * mm))
    if len(rows) > kept or _tall(out):
        # It begins here and goes on: reportlab would keep a heading with all of it.
        for flowable in above:
            cast(Any, flowable).keepWithNext = 0
        heights = (flowable.wrap(MEASURE * mm, 1e6)[1] for flowable in above)
        return [CondPageBreak(sum(heights) + _BEGIN), *out] if above else out
    return [KeepTogether(out)]


def _tall(flowables: Sequence[Flowable]) -> bool:
    """Whether they take more of a page than may be left empty before them."""
    used = sum(flowable.wrap(MEASURE * mm, 1e6)[1] for flowable in flowables)
    return used > _MOST * (HEIGHT - TOP - BOTTOM) * mm


def _part(
    voice: Voice,
    caption: list[Text],
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    strong: Sequence[int],
    pad: float,
    behind: Sequence[Behind] = (),
) -> _Ruled:
    blank = [""] * (len(columns) - 1)
    heads = [
        stacked(
            *(c.said or voice.pair(c.key)),
            HEAD.but(align=c.align),
            HEAD_SECOND.but(align=c.align),
        )
        for c in columns
    ]
    body = [
        [
            _cell(words, CELL.but(align=column.align, bold=n in strong))
            for n, (words, column) in enumerate(zip(row, columns, strict=True))
        ]
        for row in rows
    ]
    for cells, source in zip(body, behind, strict=False):
        cells[0].append(source)
    ruled = _Ruled(
        [[caption, *blank], heads, *body],
        colWidths=[column.width * mm for column in columns],
        repeatRows=2,
        hAlign="LEFT",
    )
    ruled.setStyle(TableStyle(_style(len(rows), pad)))
    return ruled


def _style(rows: int, pad: float) -> list[_COMMAND]:
    everywhere = ((0, 0), (-1, -1))
    padding = [
        ("LEFTPADDING", *everywhere, 1.2 * mm),
        ("RIGHTPADDING", *everywhere, 1.2 * mm),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", *everywhere, pad * mm),
        ("BOTTOMPADDING", *everywhere, pad * mm),
        ("TOPPADDING", (0, 0), (-1, 0), 0),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 1.2 * mm),
    ]
    return [
        ("FONT", *everywhere, fonts.REGULAR, 8),  # else each cell starts in Helvetica
        ("SPAN", (0, 0), (-1, 0)),
        ("VALIGN", *everywhere, "TOP"),
        ("VALIGN", (0, 1), (-1, 1), "BOTTOM"),
        *padding,
        ("LINEABOVE", (0, 1), (-1, 1), THICK, grey(INK)),
        ("LINEBELOW", (0, 1), (-1, 1), THIN, grey(INK)),
        *[
            ("LINEBELOW", (0, n + 1), (-1, n + 1), FINE, grey(HAIR))
            for n in range(1, rows)
        ],
        ("LINEBELOW", (0, "splitlast"), (-1, "splitlast"), THIN, grey(INK)),
        ("LINEBELOW", (0, -1), (-1, -1), THICK, grey(INK)),
    ]


def fields(
    rows: Sequence[tuple[tuple[str, str], Words]],
    label: float,
    width: float,
    pad: float = 0.9,
) -> Table:
    """Labels and values with hairlines only: an identity block, `width` mm wide."""
    data = [
        [stacked(lead, second, HEAD, HEAD_SECOND), [Text(words, CELL)]]
        for (lead, second), words in rows
    ]
    made = Table(data, colWidths=[label * mm, (width - label) * mm], hAlign="LEFT")
    everywhere = ((0, 0), (-1, -1))
    made.setStyle(
        TableStyle(
            [
                ("FONT", *everywhere, fonts.REGULAR, 8),
                ("VALIGN", *everywhere, "MIDDLE"),
                ("LEFTPADDING", *everywhere, 0),
                ("RIGHTPADDING", *everywhere, 0),
                ("TOPPADDING", *everywhere, pad * mm),
                ("BOTTOMPADDING", *everywhere, pad * mm),
                ("LINEBELOW", (0, 0), (-1, -2), FINE, grey(HAIR)),
                ("LINEABOVE", (0, 0), (-1, 0), THICK, grey(INK)),
                ("LINEBELOW", (0, -1), (-1, -1), THICK, grey(INK)),
            ]
        )
    )
    return made


def side_by_side(cells: Sequence[Any], widths: Sequence[float]) -> Table:
    """Flowables beside each other, without rules; widths in millimetres."""
    made = Table([list(cells)], colWidths=[w * mm for w in widths], hAlign="LEFT")
    everywhere = ((0, 0), (-1, -1))
    made.setStyle(
        TableStyle(
            [
                ("FONT", *everywhere, fonts.REGULAR, 8),
                ("VALIGN", *everywhere, "TOP"),
                ("LEFTPADDING", *everywhere, 0),
                ("RIGHTPADDING", *everywhere, 0),
                ("TOPPADDING", *everywhere, 0),
                ("BOTTOMPADDING", *everywhere, 0),
            ]
        )
    )
    return made
