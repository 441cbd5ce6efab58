"""What every figure is drawn with."""

from dataclasses import dataclass

from registry_app.domain.message import Message
from registry_app.drawing.palette import Palette
from registry_app.drawing.shapes import Measure, Texts


@dataclass(frozen=True, slots=True)
class Pen:
    """Colours, the widths of words, the language, and the size of small words.

    All other measures of a figure are multiples of `size`: 11 on a screen at 100 %,
    7 points on paper.
    """

    palette: Palette
    measure: Measure
    words: Texts
    size: float = 11.0

    def say(self, message: Message) -> str:
        """A message in the language of the figure."""
        return self.words(message.key, **message.params)

    def width(self, text: str, *, bold: bool = False) -> float:
        """How wide a small word is."""
        return self.measure(text, self.size, bold)
