"""Tables of a document: rows laid beforehand, parted between pages by their own rules.

Three rules and no vertical lines (PAPER.md section 3). A table that goes on repeats its
caption and head and says so; no row is left alone, no heading of a group stands last.
A short table is kept on one page, unless too much of the page before would stay empty.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from registry_app.reports.cells import Laid, Spot
from registry_app.reports.ink import Region, Word, here, mark, rule, write
from registry_app.reports.sheet import (
    BODY_HEIGHT,
    FINE,
    HAIR,
    INK,
    MEASURE,
    NOTE,
    THICK,
    THIN,
)

#: Room for "continued on next page", and what stands there.
_FOOT: Final = 5.5 * mm
_GOES_ON: Final = NOTE.but(size=6.8, ink=INK)
#: Up to this many rows a table is kept on one page, if it fits on one.
KEPT: Final = 25
#: It is parted all the same where more of a page than this would stay empty: between
#: two groups, or, with so many rows, anywhere.
_BETWEEN: Final = 1 / 3
_ANYWHERE: Final = 1 / 3
_MANY: Final = 10
#: Where a table is parted that could be kept, so many rows stand on each side; and
#: so many of a longer one at its end.
_SIDE: Final = 4
#: Fewer rows than this are left on no page.
_FEWEST: Final = 2
#: Between the rows of a listing there is a rule after so many.
_FIFTH: Final = 5
_AFTER: Final = 5 * mm
_LOT: Final = 200
_FULL: Final = BODY_HEIGHT * mm


@dataclass(slots=True)
class GridRow:
    """A row with the places of its words. `group`: it leads those that follow.

    `more`: the rest of the row before, too high for one page; no rule between them.
    """

    height: float
    words: list[Word]
    spots: Sequence[Spot] = ()
    group: bool = False
    more: bool = False
    label: str = ""


@dataclass(frozen=True)
class GridFrame:
    """What the parts of one table share.

    `caption`: of the first part and of those that go on. `top`: whether a thick rule
    stands above rows without a head. `goes_on`: said where it does. `name`: of the
    table, for the labels of its values. `key`, `outline`: what links to it.
    """

    caption: Laid
    caption_on: Laid
    head: Laid
    notes: Laid
    listing: bool = False
    goes_on: str = ""
    name: str = ""
    key: str = ""
    width: float = MEASURE * mm
    after: float = _AFTER
    labels: dict[str, str] = field(default_factory=dict)


class Grid(Flowable):
    """Rows of a table from `start` on; built whole, parted by `split`."""

    def __init__(
        self,
        frame: GridFrame,
        rows: Sequence[GridRow],
        start: int = 0,
        stop: int | None = None,
        heights: list[float] | None = None,
    ) -> None:
        super().__init__()
        self.frame, self.rows = frame, rows
        self.start, self.stop = start, len(rows) if stop is None else stop
        #: How far the rows reach before each of them.
        self.heights = heights or [0.0, *accumulate(row.height for row in rows)]
        self.spaceAfter = frame.after if self._last else 0.0

    @property
    def _last(self) -> bool:
        return self.stop == len(self.rows)

    def _above(self) -> float:
        frame = self.frame
        caption = frame.caption_on if self.start else frame.caption
        gap = 1.2 * mm if caption.words else 0.0
        return caption.height + gap + frame.head.height

    def _notes(self) -> float:
        notes = self.frame.notes
        return notes.height + 1.2 * mm if notes.words else 0.0

    def _reach(self, stop: int) -> float:
        return self.heights[stop] - self.heights[self.start]

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """As high as all that this part shows."""
        below = self._notes() if self._last else _FOOT
        self.width = self.frame.width
        self.height = self._above() + self._reach(self.stop) + below
        return self.width, self.height

    @property
    def least(self) -> float:
        """How much room it needs to begin on a page."""
        whole = self.wrap(0, 0)[1]
        if self.kept:
            ends = range(self.start + _SIDE, self.stop)
            rooms = (self._above() + self._reach(n) + _FOOT for n in ends)
            enough = (max(room, self._waste) for room in rooms)
            return next((r for r in enough if r < whole and self._begins(r)), whole)
        stop = min(self.start + 4, self.stop)
        return min(whole, self._above() + self._reach(stop) + _FOOT)

    @property
    def kept(self) -> bool:
        """Whether all of it belongs on one page."""
        return len(self.rows) <= KEPT and self.wrap(0, 0)[1] <= _FULL

    @property
    def _groups(self) -> list[int]:
        """Where it may be parted between two groups."""
        places = range(_SIDE, len(self.rows) - _SIDE + 1)
        return [n for n in places if self.rows[n].group and not self.rows[n - 1].group]

    @property
    def _waste(self) -> float:
        """The room that it leaves empty at most, to be kept on one page."""
        if self._groups:
            return _BETWEEN * _FULL
        return _ANYWHERE * _FULL if len(self.rows) > _MANY else _FULL

    def _fitting(self, height: float) -> int:
        """The end of the rows that fit, with what says that the table goes on."""
        room = height - self._above() - _FOOT + self.heights[self.start]
        return min(bisect_right(self.heights, room + 0.01) - 1, self.stop)

    def _begins(self, height: float) -> bool:
        """Whether a table that could be kept is parted in so much room."""
        return self._spared(self._fitting(height), height) > self.start

    def split(self, _width: float, height: float) -> list[Any]:
        """The part that fits and the rest; nothing where it waits for the next page."""
        fresh = height > _FULL - 1
        if self.start and not fresh:
            # What is left of a parted table begins on the next page.
            return []
        stop = self._fitting(height)
        if not self.start and self.kept and not fresh:
            stop = self._spared(stop, height)
        else:
            stop = self._parted(stop, fresh=fresh)
        if stop <= self.start:
            return []
        parts = (self.start, stop), (stop, len(self.rows))
        whole = self.frame, self.rows
        return [type(self)(*whole, *part, self.heights) for part in parts]

    def _spared(self, stop: int, height: float) -> int:
        """Where a table that could be kept is parted, rather than leave `height` empty;
        its start where it waits for the next page.
        """
        if height < self._waste:
            return self.start
        between = [n for n in self._groups if n <= stop]
        if between:
            return between[-1]
        if len(self.rows) <= _MANY or height < _ANYWHERE * _FULL:
            return self.start
        end = self._parted(min(stop, len(self.rows) - _SIDE), fresh=False)
        return end if end >= _SIDE else self.start

    def _parted(self, stop: int, *, fresh: bool) -> int:
        """Where the part may end: neither after a group's heading, nor before the last
        rows, nor with a single one.
        """
        rows, start = self.rows, self.start
        left = len(rows) - start
        tail = next((few for few in (_SIDE, _FEWEST) if left > 2 * few), 1)
        most = len(rows) - tail
        stop = min(stop, most)
        best = stop
        while best > start and (rows[best - 1].group or rows[best].more):
            best -= 1
        if best - start >= min(_FEWEST, len(rows)) or (best > start and start):
            return best
        # A page of its own is no use: then the rules give way.
        return max(stop, start + 1) if fresh else start

    def release(self) -> None:
        """Let go of the rows in lots: other threads wait for each."""
        if isinstance(self.rows, list):
            while self.rows:
                del self.rows[-_LOT:]

    def draw(self) -> None:
        """Caption, head, rows, rules, notes."""
        canvas: Any = self.canv
        frame, y = self.frame, self.height
        caption = frame.caption_on if self.start else frame.caption
        if not self.start:
            mark(canvas, frame.key, y)
        if caption.words:
            write(canvas, caption.words, y)
            y -= caption.height + 1.2 * mm
        rule(canvas, 0, y, self.width, THICK, INK)
        if frame.head.words:
            write(canvas, frame.head.words, y)
            y -= frame.head.height
            rule(canvas, 0, y, self.width, THIN, INK)
        end = self._rows(y)
        if not self._last:
            rule(canvas, 0, end, self.width, THIN, INK)
            x = self.width - _GOES_ON.width(frame.goes_on)
            write(canvas, [Word(x, 4 * mm, frame.goes_on, _GOES_ON)], end)
            return
        rule(canvas, 0, end, self.width, THICK, INK)
        if frame.notes.words:
            write(canvas, frame.notes.words, end - 1.2 * mm)

    def _rows(self, top: float) -> float:
        """The rows of this part; the lower edge of the last."""
        canvas: Any = self.canv
        rows, heights = self.rows, self.heights
        begin = heights[self.start]
        words: list[Word] = []
        for n in range(self.start, self.stop):
            row, down = rows[n], heights[n] - begin
            words += [w.lower(down) for w in row.words]
            if n > self.start and not row.more:
                self._between(n, row, top - down)
        write(canvas, words, top)
        self._spots(top)
        return top - (heights[self.stop] - begin)

    def _between(self, n: int, row: GridRow, y: float) -> None:
        if row.group:
            rule(self.canv, 0, y, self.width, THIN, INK)
        elif not self.frame.listing or not n % _FIFTH:
            rule(self.canv, 0, y, self.width, FINE, HAIR)

    def _spots(self, top: float) -> None:
        """Where the values stand whose sources are known."""
        canvas: Any = self.canv
        if not any(self.rows[n].spots for n in range(self.start, self.stop)):
            return
        page, x, origin = here(canvas)
        begin = self.heights[self.start]
        for n in range(self.start, self.stop):
            row = self.rows[n]
            y = origin - top + self.heights[n] - begin
            for spot in row.spots:
                said = (self.frame.name, row.label, spot.label)
                label = "  ".join(filter(None, said))
                place = (x + spot.x0, y, x + spot.x1, y + row.height)
                canvas.regions.append(Region(page, *place, spot.refs, label))
