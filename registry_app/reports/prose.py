"""Running text: one language over the measure, two beside each other by paragraph."""

from copy import copy
from itertools import zip_longest
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from registry_app.reports.fonts import lowered
from registry_app.reports.ink import Word, rule, write
from registry_app.reports.sheet import (
    BODY,
    BODY_SECOND,
    FINE,
    MEASURE,
    NOTE,
    RULE,
    SOFT,
    Type,
)
from registry_app.reports.text import Text, raised
from registry_app.reports.voice import Voice
from registry_app.words import Language

#: Japanese needs less for the same, and leads (PAPER.md section 1), in mm.
_WIDE, _GAP, _NARROW = 92.0, 6.0, 70.0
_AFTER: Final = 2.6 * mm
_FEWEST: Final = 2
_NOTE_SECOND: Final = NOTE.but(size=6.8, ink=SOFT)


class Paired(Flowable):
    """A paragraph, and beside it the same in the second language, from line to line."""

    def __init__(self, lead: Text, second: Text | None = None) -> None:
        super().__init__()
        self.lead, self.second = lead, second
        self.spaceAfter = _AFTER

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As high as the longer of the two; the lines were broken beforehand."""
        high = [len(text.lines) * text.kind.lead for text in self._texts]
        self.width, self.height = width, max(high)
        return width, self.height

    @property
    def _texts(self) -> list[Text]:
        return [self.lead, *([self.second] if self.second is not None else [])]

    @property
    def least(self) -> float:
        """The room that its first lines need."""
        return min(self.wrap(0, 0)[1], _FEWEST * self.lead.kind.lead)

    def split(self, _width: float, height: float) -> list[Any]:
        """The lines that fit, and the rest; never a single line on either page."""
        heads: list[Text] = []
        tails: list[Text] = []
        for text in self._texts:
            fits = int((height + 0.01) // text.kind.lead)
            if len(text.lines) - fits == 1:
                fits -= 1
            if text is self.lead and fits < _FEWEST:
                return []
            head, tail = copy(text), copy(text)
            head.lines, tail.lines = text.lines[:fits], text.lines[fits:]
            heads.append(head)
            tails.append(tail)
        return [Paired(*heads), Paired(*tails)]

    def draw(self) -> None:
        """Both, their first lines at one height."""
        words: list[Word] = self.lead.placed()
        if self.second is not None:
            lift = (self.lead.kind.lead - self.second.kind.lead) / 2
            words += self.second.placed((_WIDE + _GAP) * mm, lift)
        write(self.canv, words, self.height)


def paragraph(lead: str, second: str, voice: Voice, *, note: bool = False) -> Paired:
    """A paragraph of what is said in one or two languages; `note`: smaller."""
    kinds = (NOTE.but(justify=True), _NOTE_SECOND) if note else (BODY, BODY_SECOND)
    if voice.language is Language.EN and not note:
        kinds = (BODY.but(lead=13.5), kinds[1])
    if not second:
        return Paired(_broken(lead, kinds[0], MEASURE))
    return Paired(
        _broken(lead, kinds[0], _WIDE),
        _broken(second, kinds[1], _NARROW),
    )


def _broken(words: str, kind: Type, width: float) -> Text:
    text = Text(raised(lowered(words)), kind)
    text.wrap(width * mm, 0)
    return text


def typed(ja: str, en: str, voice: Voice) -> list[Paired]:
    """What a person has written: its paragraphs beside each other.

    Blank lines only part paragraphs. What was typed in one language alone is printed
    in that one: no text is left out of a report for its language.
    """
    both = [ja, en] if voice.language is Language.JA else [en, ja]
    ones, others = (
        [line for line in words.split("\n") if line.strip()] for words in both
    )
    if not ones:
        ones, others = others, []
    if not voice.doubled or not others:
        return [paragraph(one, "", voice) for one in ones]
    pairs = zip_longest(ones, others, fillvalue="")
    return [paragraph(one, other or " ", voice) for one, other in pairs]


class Empty(Flowable):
    """A box where a draft lacks a text that a person still has to write."""

    def __init__(self, words: Text) -> None:
        super().__init__()
        self.words = words
        self.spaceAfter = _AFTER

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The words and a rim."""
        self.width = width
        self.height = self.words.wrap(width - 6 * mm, 0)[1] + 4 * mm
        return width, self.height

    @property
    def least(self) -> float:
        """All of it."""
        return self.wrap(MEASURE * mm, 0)[1]

    def draw(self) -> None:
        """A dashed frame around the words."""
        canvas: Any = self.canv
        canvas.saveState()
        canvas.setDash([2, 2])
        for y in (0.0, self.height):
            rule(canvas, 0, y, self.width, FINE, RULE)
        for x in (0.0, self.width):
            canvas.line(x, 0, x, self.height)
        canvas.restoreState()
        write(canvas, self.words.placed(3 * mm, 2 * mm), self.height)
