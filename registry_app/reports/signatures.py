"""Room for those who prepared, reviewed and approved a paper to sign by hand."""

from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from registry_app.reports import fonts
from registry_app.reports.sheet import (
    CAPTION,
    CAPTION_SECOND,
    FINE,
    HAIR,
    INK,
    MEASURE,
    THIN,
    grey,
)
from registry_app.reports.voice import Voice

_ROLES: Final = ("prepared", "reviewed", "approved")
_GAP = 6.0


class _Columns(Flowable):
    """A column a role: its word, then empty lines for name, and day and signature."""

    def __init__(self, words: list[tuple[str, str]]) -> None:
        super().__init__()
        fonts.check(word for pair in words for word in pair)
        self.words = words
        self.spaceAfter = 5 * mm

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The measure wide."""
        self.height = 25 * mm
        return MEASURE * mm, self.height

    def draw(self) -> None:
        """A rule above each column, its word, and two lines to write on."""
        canvas: Any = self.canv
        wide = (MEASURE - _GAP * (len(self.words) - 1)) / len(self.words) * mm
        for n, (lead, second) in enumerate(self.words):
            x = n * (wide + _GAP * mm)
            canvas.setStrokeColor(grey(INK))
            canvas.setLineWidth(THIN)
            canvas.line(x, self.height, x + wide, self.height)
            base = self.height - 4.5 * mm
            canvas.setFont(CAPTION.font, CAPTION.size)
            canvas.setFillColor(grey(CAPTION.ink))
            canvas.drawString(x, base, lead)
            canvas.setFont(CAPTION_SECOND.font, CAPTION_SECOND.size)
            canvas.setFillColor(grey(CAPTION_SECOND.ink))
            canvas.drawString(x + CAPTION.width(lead) + 2 * mm, base, second)
            canvas.setStrokeColor(grey(HAIR))
            canvas.setLineWidth(FINE)
            for y in (11 * mm, 1 * mm):
                canvas.line(x, y, x + wide, y)


def signatures(voice: Voice) -> list[Flowable]:
    """The three columns 作成, 確認, 承認; nobody signs in the program for them."""
    return [_Columns([voice.pair(f"print.signed-{role}") for role in _ROLES])]
