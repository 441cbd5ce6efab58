"""Those who prepared, reviewed and approved a paper: as signed, or room to sign."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from registry_app.domain.dates import TOKYO
from registry_app.domain.signature import Meaning, Signature
from registry_app.reports import fonts
from registry_app.reports.ink import Word, rule, write
from registry_app.reports.sheet import (
    CAPTION,
    CAPTION_SECOND,
    FINE,
    HAIR,
    INK,
    MEASURE,
    NOTE,
    THIN,
    Type,
)
from registry_app.reports.voice import Voice

_GAP: Final = 6.0
_HEIGHT: Final = 25.0
_NAME: Final = Type(9.5, 13, bold=True)
#: So much of the digest that was signed is printed.
_DIGITS: Final = 12


class _Columns(Flowable):
    """A column a meaning: who signed, as what, when, what; or empty lines for it."""

    def __init__(
        self,
        words: list[tuple[str, str]],
        signed: Sequence[Signature | None],
        voice: Voice,
    ) -> None:
        super().__init__()
        self.words, self.voice = words, voice
        self.signed = signed
        names = (one.name for one in signed if one is not None)
        fonts.check([*(word for pair in words for word in pair), *names])
        self.spaceAfter = 5 * mm

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The measure wide."""
        self.height = _HEIGHT * mm
        return MEASURE * mm, self.height

    def draw(self) -> None:
        """A rule above each column, its word, and what was signed."""
        canvas: Any = self.canv
        wide = (MEASURE - _GAP * (len(self.words) - 1)) / len(self.words) * mm
        for n, (lead, second) in enumerate(self.words):
            x = n * (wide + _GAP * mm)
            rule(canvas, x, self.height, x + wide, THIN, INK)
            beside = CAPTION.width(lead) + 2 * mm
            base = 4.5 * mm
            head = [Word(0, base, lead, CAPTION)]
            head += [Word(beside, base, second, CAPTION_SECOND)] if second else []
            write(canvas, head, self.height, x)
            one = self.signed[n]
            if one is not None:
                write(canvas, self._by(one, wide), self.height, x)
            for y in (1 * mm,) if one is not None else (11 * mm, 1 * mm):
                rule(canvas, x, y, x + wide, FINE, HAIR)

    def _by(self, one: Signature, wide: float) -> list[Word]:
        """Name, role, time and the digest, each on a line."""
        time = f"{one.at.astimezone(TOKYO):%Y-%m-%d %H:%M} +09:00"
        said = (
            (one.name, _NAME),
            (self._role(one.role), NOTE),
            (time, NOTE),
            (f"sha256 {one.state[:_DIGITS]}", NOTE),
        )
        out, y = [], 9.6 * mm
        for words, kind in said:
            size = kind.size * min(1.0, wide / (kind.width(words) or 1))
            out.append(Word(0, y, words, kind.but(size=size)))
            y += kind.lead if kind is NOTE else 3.9 * mm
        return out

    def _role(self, role: str) -> str:
        """What the person was in the registry, in words."""
        return self.voice.line(f"document.role-{role.replace(' ', '-')}")


def signatures(voice: Voice, signed: Sequence[Signature] = ()) -> list[Flowable]:
    """The three columns 作成, 確認, 承認; who has not signed may do so by hand."""
    by: Mapping[Meaning, Signature] = {one.meaning: one for one in signed}
    words = [voice.said(meaning.told) for meaning in Meaning]
    return [_Columns(words, [by.get(meaning) for meaning in Meaning], voice)]
