"""The table of contents: numbers, words, pages; every line is a link.

Where things stand is known at the end; the numbers of their pages are set then.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from reportlab.lib.units import mm

from registry_app.reports.cells import Laid, lay
from registry_app.reports.grid import Grid, GridFrame, GridRow
from registry_app.reports.ink import Word
from registry_app.reports.sheet import MEASURE, SOFT, Type
from registry_app.reports.voice import Voice
from registry_app.words import Language

_TOP: Final = Type(8.8, 11, bold=True)
_BELOW: Final = Type(8, 11)
_SECOND: Final = Type(7.4, 11, ink=SOFT)
_PAGE: Final = Type(8, 11)
_PAD: Final = 0.4
_NOTHING: Final = Laid([], 0.0)


class Entry(NamedTuple):
    """A line: how deep it is, its number, words, and the key of its place."""

    level: int
    number: str
    lead: str
    second: str
    key: str


class Late(NamedTuple):
    """The number of a page, to be set at a place once it is known."""

    page: int
    x: float
    y: float
    key: str
    kind: Type


class Contents(Grid):
    """Rows whose labels are the keys of what they lead to."""

    def _spots(self, top: float) -> None:
        canvas: Any = self.canv
        begin = self.heights[self.start]
        for n in range(self.start, self.stop):
            row, y = self.rows[n], top - self.heights[n] + begin
            place = (0, y - row.height, self.width, y)
            canvas.linkRect("", row.label, place, relative=1, thickness=0)
            base = y - _PAD * mm - _PAGE.lead / 2 - 0.37 * _PAGE.size
            x, height = canvas.absolutePosition(self.width, base)
            page = canvas.getPageNumber() - 1
            canvas.late.append(Late(page, x, height, row.label, _PAGE))


def contents(entries: Sequence[Entry], voice: Voice) -> Contents:
    """The lines, parted over as many pages as they need."""
    japanese = voice.language is Language.JA
    indent = 14.0 if japanese else 20.0
    second = 94.0 if voice.doubled else MEASURE - 12.0
    rows = [_row(entry, indent, second, doubled=voice.doubled) for entry in entries]
    frame = GridFrame(*(_NOTHING,) * 4, goes_on=voice.line("report.goes-on"))
    return Contents(frame, rows)


def _row(entry: Entry, indent: float, second: float, *, doubled: bool) -> GridRow:
    kind = _TOP if not entry.level else _BELOW
    parts = [lay(entry.number, kind, indent * mm)]
    parts.append(lay(entry.lead, kind, (second - indent - 3) * mm, indent * mm))
    if doubled and entry.second:
        wide = (MEASURE - 12 - second) * mm
        parts.append(lay(entry.second, _SECOND, wide, second * mm))
    height = max(part.height for part in parts)
    words: list[Word] = []
    for part in parts:
        words += [word.lower(_PAD * mm) for word in part.words]
    return GridRow(height + 2 * _PAD * mm, words, label=entry.key)
