"""Words of cells: laid once into lines, so that a table knows its rows' heights.

A listing has a hundred thousand cells of few different words: what fits on one line is
measured, and nothing more is done with it.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from registry_app.domain.figures.document import Mark, Ref, Said, Value
from registry_app.reports.ink import Word
from registry_app.reports.sheet import CELL_SECOND, SOFT, Type
from registry_app.reports.text import Span, Text, Words, raised
from registry_app.reports.voice import Voice

#: The mark beside a value: its words are keys of document.toml.
_MARKS: Final = {
    Mark.TO_CONFIRM: "document.to-confirm",
    Mark.AFTER_LOCK: "document.after-lock",
}
#: The second language beside the first: so far from it, and so much smaller.
_BESIDE, _SOFTER = "  ", 0.9
#: Beside a number there is no room for a mark: it stands under it, so large.
_MARK: Final = Type(6.4, 9, bold=True)


class Laid(NamedTuple):
    """Words from the upper left corner of a cell, and how high they are."""

    words: list[Word]
    height: float


def lay(words: Words, kind: Type, width: float, left: float = 0.0) -> Laid:
    """Words in lines of at most `width` points."""
    if not words:
        return Laid([], kind.lead)
    if isinstance(words, str) and "\n" not in words:
        wide = kind.width(words)
        if wide <= width + 0.01:
            return Laid([_word(words, wide, kind, width, left)], kind.lead)
    text = Text(words, kind)
    text.wrap(width, 0)
    return Laid(text.placed(left), text.height)


def _word(words: str, wide: float, kind: Type, width: float, left: float) -> Word:
    free = width - wide
    start = 0.0 if kind.align == "left" else free if kind.align == "right" else free / 2
    return Word(left + start, kind.lead / 2 + 0.37 * kind.size, words, kind)


def stack(parts: Sequence[Laid]) -> Laid:
    """One under the other."""
    words: list[Word] = []
    height = 0.0
    for part in parts:
        words += [word.lower(height) for word in part.words]
        height += part.height
    return Laid(words, height)


def pair(
    said: tuple[str, str], kinds: tuple[Type, Type], width: float, left: float = 0.0
) -> Laid:
    """The lead above, the second language below."""
    lead, second = said
    first = lay(raised(lead), kinds[0], width, left)
    if not second:
        return first
    return stack([first, lay(raised(second), kinds[1], width, left)])


class Cells:
    """Lays values in the languages of a report. `single`: the lead alone."""

    def __init__(self, voice: Voice, *, single: bool = False) -> None:
        self._voice, self._single = voice, single
        self._marks = {mark: voice.lead(key) for mark, key in _MARKS.items()}

    def said(self, said: Said) -> tuple[str, str]:
        """Words in the languages that the cell has room for."""
        lead, second = self._voice.said(said)
        return (lead.replace("\n", " "), "") if self._single else (lead, second)

    def value(self, value: Value, kind: Type, width: float, left: float = 0.0) -> Laid:
        """A value with its mark."""
        lead, second = self.said(value.shown)
        if value.strong:
            kind = kind.but(bold=True)
        mark = self._marks.get(value.mark, "")
        if not second and not mark:
            return lay(raised(lead), kind, width, left)
        if mark and kind.align != "left":
            under = lay(mark, _MARK.but(align=kind.align), width, left)
            return stack([self._both(lead, second, kind, width, left), under])
        spans = [*_spans(raised(lead))]
        if mark:
            spans.append(Span(f" {mark}", bold=True))
        return self._both(spans, second, kind, width, left)

    def stacked(
        self, value: Value, kind: Type, width: float, left: float = 0.0
    ) -> Laid:
        """A value with the second language always under it: how fields have it."""
        lead, second = self.said(value.shown)
        above = self.value(value._replace(shown=lead), kind, width, left)
        if not second:
            return above
        return stack([above, lay(raised(second), CELL_SECOND, width, left)])

    def label(self, said: Said, kind: Type, width: float) -> Laid:
        """A label with the second language behind it, or under it."""
        return self._both(*self._voice.said(said), kind, width, 0.0)

    def _both(
        self, lead: Words, second: str, kind: Type, width: float, left: float
    ) -> Laid:
        """The second language behind the first, or under it where that is full."""
        if not second:
            return lay(lead, kind, width, left)
        spans = _spans(lead)
        used = sum(_wide(span, kind) for span in spans)
        small = kind.but(size=kind.size * _SOFTER, bold=False, ink=SOFT)
        if used + small.width(_BESIDE + second) <= width:
            return lay([*spans, Span(_BESIDE + second, soft=True)], kind, width, left)
        below = CELL_SECOND.but(align=kind.align)
        return stack(
            [lay(lead, kind, width, left), lay(raised(second), below, width, left)]
        )


def _spans(words: Words) -> Sequence[Span]:
    return [Span(words)] if isinstance(words, str) else words


def _wide(span: Span, kind: Type) -> float:
    own = kind.but(bold=kind.bold or span.bold)
    return own.width(span.text) * (0.66 if span.up else 1.0)


class Spot(NamedTuple):
    """Where a value with sources stands in its row: from and to, points."""

    x0: float
    x1: float
    refs: tuple[Ref, ...]
    label: str
