"""A strip of counts: one large figure beside the other, with its words below."""

from collections.abc import Sequence
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from registry_app.domain.figures.document import Ref
from registry_app.reports import fonts
from registry_app.reports.ink import Region, here
from registry_app.reports.sheet import (
    CAPTION,
    CAPTION_SECOND,
    FINE,
    INK,
    MEASURE,
    RULE,
    THIN,
    Type,
    grey,
)

_FIGURE: Final = Type(19, 24, bold=True)
_UNIT: Final = Type(7.5, 10)
_PAD: Final = 3.2


class Strip(Flowable):
    """`counts`: figure, unit, words, words in the second language; `refs`: of each."""

    def __init__(
        self,
        counts: Sequence[tuple[str, str, str, str]],
        refs: Sequence[tuple[Ref, ...]] = (),
    ) -> None:
        super().__init__()
        fonts.check(word for count in counts for word in count)
        self.counts, self.refs = counts, refs
        self.spaceAfter = 5 * mm

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The measure wide; one line of words less where one language is printed."""
        doubled = any(count[3] for count in self.counts)
        self.height = (23.5 if doubled else 19) * mm
        return MEASURE * mm, self.height

    @property
    def least(self) -> float:
        """All of it."""
        return self.wrap(0, 0)[1]

    def draw(self) -> None:
        """The columns, hairlines between them, and a rule below."""
        canvas: Any = self.canv
        wide = MEASURE * mm / len(self.counts)
        for n, (figure, unit, lead, second) in enumerate(self.counts):
            x = n * wide + (_PAD * mm if n else 0)
            if n:
                canvas.setLineWidth(FINE)
                canvas.setStrokeColor(grey(RULE))
                canvas.line(n * wide, 2.6 * mm, n * wide, self.height)
            room = wide - 2 * _PAD * mm
            self._put(x, self.height - 8 * mm, figure, _FIGURE, room)
            beside = x + _FIGURE.width(figure) + 1.6 * mm
            self._put(beside, self.height - 8 * mm, unit, _UNIT, room)
            self._put(x, self.height - 13.6 * mm, lead, CAPTION, room)
            self._put(x, self.height - 18.2 * mm, second, CAPTION_SECOND, room)
        canvas.setLineWidth(THIN)
        canvas.setStrokeColor(grey(INK))
        canvas.line(0, 0, MEASURE * mm, 0)

        self._sources(wide)

    def _sources(self, wide: float) -> None:
        """Where the figures stand whose sources are known."""
        canvas: Any = self.canv
        for n, refs in enumerate(self.refs):
            if refs:
                page, x, y = here(canvas)
                place = (x + n * wide, y - self.height, x + (n + 1) * wide, y)
                canvas.regions.append(Region(page, *place, refs, self.counts[n][2]))

    def _put(self, x: float, y: float, words: str, kind: Type, room: float) -> None:
        """One line, smaller where it would not fit."""
        canvas: Any = self.canv
        size = kind.size * min(1.0, room / (kind.width(words) or 1))
        canvas.setFont(kind.font, size)
        canvas.setFillColor(grey(kind.ink))
        canvas.drawString(x, y, words)
