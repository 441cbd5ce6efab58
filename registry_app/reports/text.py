"""Text for two languages: lines are broken so that words and numbers stay whole.

reportlab's own wrapping for Japanese parts an English word after its first letter and
knows few of the rules of JIS X 4051. There is no markup: what a person has written is
printed as it is, and what is set otherwise is a span of its own.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from registry_app.reports import fonts
from registry_app.reports.ink import Word, mark, rule, write
from registry_app.reports.sheet import (
    BODY,
    H1,
    H1_SECOND,
    H2,
    H2_SECOND,
    INK,
    SOFT,
    THIN,
    Type,
)

_SMALL_KANA: Final = (
    *(0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087),
    *(0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7),
    *(0x30FB, 0x30FC, 0x3005),  # the middle dot, the long sound, the repetition
)
#: What may not begin a line, and what may not end one.
NO_START: Final = {
    *map(chr, _SMALL_KANA),
    *"、。，．：；？！）〕］｝〉》」』】％,.:;?!)]}%",
}
NO_END: Final = set("（〔［｛〈《「『【([{")
_TOKEN: Final = re.compile(
    r"\n| +|［[^］\n]{1,8}］|[!-~\u00a0-\u02ff\u2010-\u2015\u2212]+|.", re.DOTALL
)
#: A line is set to full width only where that is not seen: per character, in em.
_STRETCH: Final = 0.05
#: One of the twelve units of the grid, mm: the number of a heading hangs in it.
_UNIT: Final = 14.0


class Span(NamedTuple):
    """Words set alike: bold, raised, or soft (smaller and grey)."""

    text: str
    bold: bool = False
    up: bool = False
    soft: bool = False


def soft(text: str) -> Span:
    """Words in the second voice."""
    return Span(text, soft=True)


def bold(text: str) -> Span:
    """Words that matter more than those beside them."""
    return Span(text, bold=True)


def marked(mark: str) -> Span:
    """A mark beside a value; the Japanese bracket has room of its own."""
    return bold(f" {mark}" if mark.isascii() else mark)


Words = str | Sequence[Span]


def _tokens(spans: Sequence[Span]) -> Iterator[Span]:
    for text, *how in spans:
        for found in _TOKEN.findall(text):
            yield Span(found, *how)


def _together(tokens: Iterator[Span]) -> list[list[Span]]:
    """Join what must not be parted: a closing sign goes with what stands before it."""
    out: list[list[Span]] = []
    for token in tokens:
        before = out[-1][-1].text if out else ""
        parted = not before or before.isspace() or token.text.isspace()
        if not parted and (
            token.text[0] in NO_START or before[-1] in NO_END or token.up
        ):
            out[-1].append(token)
        else:
            out.append([token])
    return out


class _Line(NamedTuple):
    pieces: list[Span]
    used: float
    wrapped: bool


@lru_cache(maxsize=1 << 10)
def _kind(kind: Type, bold: bool, up: bool, soft: bool) -> Type:
    """The type of a span among words of a kind."""
    share = 0.66 if up else 0.9 if soft else 1.0
    return kind.but(
        bold=(kind.bold or bold) and not soft,
        size=kind.size * share,
        ink=SOFT if soft else kind.ink,
    )


class Text(Flowable):
    """A paragraph, a cell or a caption. Refused if the font lacks a character of it."""

    def __init__(self, words: Words, kind: Type = BODY) -> None:
        super().__init__()
        spans = [Span(words)] if isinstance(words, str) else list(words)
        fonts.check(span.text for span in spans)
        self.spans, self.kind = spans, kind
        self.lines: list[_Line] = []
        self._types: dict[tuple[bool, ...], Type] = {}

    def _type(self, span: Span) -> Type:
        how = span[1:]
        found = self._types.get(how)
        if found is None:
            found = self._types[how] = _kind(self.kind, *how)
        return found

    def _wide(self, span: Span) -> float:
        return self._type(span).width(span.text)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break into lines of at most `width` points."""
        self.width, self.lines = width, []
        line: list[Span] = []
        used = 0.0
        for group, wide in self._groups(width):
            if group[0].text == "\n":
                self.lines.append(_Line(line, used, False))
                line, used = [], 0.0
                continue
            if line and used + wide > width + 0.01:
                while line and line[-1].text.isspace():
                    used -= self._wide(line.pop())
                self.lines.append(_Line(line, used, True))
                line, used = [], 0.0
            if line or not self.lines or not group[0].text.isspace():
                line += group
                used += wide
        self.lines.append(_Line(line, used, False))
        self.height = len(self.lines) * self.kind.lead
        return width, self.height

    def _groups(self, width: float) -> Iterator[tuple[list[Span], float]]:
        """What stays together, and how wide; what no line holds is parted after all."""
        for group in _together(_tokens(self.spans)):
            wide = sum(map(self._wide, group))
            if wide <= width + 0.01:
                yield group, wide
                continue
            for text, *how in group:
                for sign in text:
                    piece = Span(sign, *how)
                    yield [piece], self._wide(piece)

    def placed(self, left: float = 0.0, top: float = 0.0) -> list[Word]:
        """The words of all lines, once it is wrapped; `left`, `top`: of its block."""
        kind, out = self.kind, list[Word]()
        y = top + kind.lead / 2 + 0.37 * kind.size
        for line in self.lines:
            extra = self._extra(line)
            x = left + self._start(line)
            for _, same in groupby(line.pieces, key=lambda piece: piece[1:]):
                pieces = list(same)
                run = "".join(piece.text for piece in pieces)
                own = self._type(pieces[0])
                up = pieces[0].up * kind.size * 0.36
                out.append(Word(x, y - up, run, own, extra))
                x += own.width(run) + extra * len(run)
            y += kind.lead
        return out

    def _start(self, line: _Line) -> float:
        """Where a line begins; a raised mark hangs beside a number at the right."""
        used = line.used
        *before, last = line.pieces or [Span("")]
        marked = before and before[-1].text[-1:].isdigit() and last.text.isalpha()
        if self.kind.align == "right" and last.up and marked:
            used -= self._wide(last)
        free = self.width - used
        return {"left": 0.0, "center": free / 2, "right": free}[self.kind.align]

    def _extra(self, line: _Line) -> float:
        gaps = sum(len(piece.text) for piece in line.pieces) - 1
        if not (self.kind.justify and line.wrapped and gaps > 8):
            return 0.0
        extra = (self.width - line.used) / gaps
        return extra if extra <= _STRETCH * self.kind.size else 0.0

    def draw(self) -> None:
        """Put the lines on the canvas, from the top."""
        write(self.canv, self.placed(), self.height)


_RAISED: Final = frozenset(fonts.RAISED)


def raised(text: str) -> Words:
    """Words in which the marks of notes and powers are raised letters of their own."""
    if text.isascii() or _RAISED.isdisjoint(text):
        return text
    return [
        Span("".join(fonts.RAISED.get(sign, sign) for sign in run), up=up)
        for up, run in groupby(text, key=lambda sign: sign in fonts.RAISED)
    ]


def stacked(lead: Words, second: str, kind: Type, second_kind: Type) -> list[Text]:
    """A cell, a head or a caption: the lead above, the second language below."""
    return [Text(lead, kind), *([Text(second, second_kind)] if second else [])]


class Heading(Flowable):
    """A heading with the second language on its line, and an entry in the outline.

    Level 0 has a rule under it and the second language at the right. `number`: hangs in
    the first unit of the grid. `key`: what links to it.
    """

    def __init__(
        self, level: int, lead: str, second: str, number: str = "", key: str = ""
    ) -> None:
        super().__init__()
        fonts.check((lead, second))
        self.level, self.lead, self.second = level, lead, second
        self.number, self.key = number, key
        # What stands above, a table or a figure, ends with room of its own.
        self.spaceBefore = (8 if level == 0 else 2) * mm
        self.spaceAfter = (4 if level == 0 else 1.6) * mm
        self.keepWithNext = 1

    @property
    def outline(self) -> str:
        """What the outline of the document says."""
        said = f"{self.lead}  {self.second}".strip()
        return f"{self.number}  {said}".strip()

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As many lines as the words need; one in nearly every case."""
        top = self.level == 0
        big, small = (H1, H1_SECOND) if top else (H2, H2_SECOND)
        indent = _UNIT * mm if self.number else 0.0
        words = Text(self.lead, big)
        beside = small.width(self.second) + 3 * mm if self.second else 0.0
        alone = big.width(self.lead) + beside > width - indent
        words.wrap(width - indent, 0)
        self.width = width
        self.words = [*words.placed(indent)]
        if self.number:
            first = self.words[0].y if self.words else big.lead
            self.words.append(Word(0, first, self.number, big))
        down = words.height
        if self.second and alone:
            below = Text(self.second, small.but(lead=small.size * 1.4))
            down += below.wrap(width - indent, 0)[1]
            self.words += below.placed(indent, words.height)
        elif self.second:
            last = words.placed(indent)[-1]
            x = width - small.width(self.second)
            if not top:
                x = indent + big.width(self.lead) + 3 * mm
            self.words.append(Word(x, last.y, self.second, small))
        self.height = down + 5 * top
        return width, self.height

    def draw(self) -> None:
        """The words, and the rule of level 0."""
        write(self.canv, self.words, self.height)
        mark(self.canv, self.key, self.height, self.outline, self.level)
        if self.level == 0:
            rule(self.canv, 0, 0, self.width, THIN, INK)
