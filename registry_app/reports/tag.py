"""How something stands, as a word in a box: never by a shade alone (PAPER.md 6)."""

from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from registry_app.domain.plan.duty import Standing
from registry_app.reports import fonts
from registry_app.reports.sheet import CELL_SECOND, FINE, INK, RULE, THIN, Type, grey
from registry_app.reports.voice import Voice

_WIDE, _HIGH = 14.0, 4.0
_WORD: Final = Type(6.6, 9, bold=True)


@dataclass(frozen=True, slots=True)
class _Look:
    """A box: how dark it is filled (None: not), how heavy its edge is, in points."""

    fill: float | None = None
    edge: float = 0.0
    edge_ink: float = INK
    ink: float = INK


_LOOKS: Final = {
    Standing.LATE: _Look(fill=INK, ink=1.0),
    Standing.RED: _Look(edge=1.3),
    Standing.AMBER: _Look(edge=THIN),
    Standing.GREEN: _Look(edge=FINE, edge_ink=RULE),
    Standing.WAITING: _Look(edge=FINE, edge_ink=RULE),
    Standing.DONE: _Look(fill=0.93),
    Standing.NOT_APPLICABLE: _Look(),
}


class Tag(Flowable):
    """The standing in a box, the second language under it."""

    def __init__(self, standing: Standing, voice: Voice) -> None:
        super().__init__()
        name = standing.value.replace(" ", "-")
        self.lead, self.second = voice.pair(f"print.standing-{name}")
        fonts.check((self.lead, self.second))
        self.look = _LOOKS[standing]

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The box, and a line under it where two languages are printed."""
        self.height = (_HIGH + 0.6) * mm + (CELL_SECOND.lead if self.second else 0)
        return _WIDE * mm, self.height

    def draw(self) -> None:
        """Fill, edge, word; then the second word."""
        canvas: Any = self.canv
        look, bottom = self.look, self.height - (_HIGH + 0.4) * mm
        if look.fill is not None or look.edge:
            canvas.setFillColor(grey(look.fill if look.fill is not None else 1.0))
            canvas.setStrokeColor(grey(look.edge_ink))
            canvas.setLineWidth(look.edge)
            filled, edged = int(look.fill is not None), int(look.edge > 0)
            place = (0.2 * mm, bottom, (_WIDE - 0.4) * mm, _HIGH * mm)
            canvas.rect(*place, stroke=edged, fill=filled)
        size = min(1.0, (_WIDE - 1) * mm / (_WORD.width(self.lead) or 1))
        kind = _WORD.but(size=_WORD.size * size)
        canvas.setFont(kind.font, kind.size)
        canvas.setFillColor(grey(look.ink))
        middle = bottom + _HIGH * mm / 2 - 0.36 * kind.size
        canvas.drawCentredString(_WIDE / 2 * mm, middle, self.lead)
        if self.second:
            canvas.setFont(CELL_SECOND.font, CELL_SECOND.size)
            canvas.setFillColor(grey(CELL_SECOND.ink))
            canvas.drawString(0.2 * mm, bottom - 2.9 * mm, self.second)
