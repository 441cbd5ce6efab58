"""The keys of the sheet, at the foot of the result panel."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from registry_app.ui import paint
from registry_app.ui.look import MEDIUM, Look
from registry_app.words import Words

#: Keys, and the key of what they do; the most needed first.
_KEYS = (
    ("0–5", "write"),
    ("N .", "nt"),
    ("*", "star"),
    ("F", "fill"),
    ("C +", "confirm"),
    ("−", "take-back"),
    ("U", "unknown"),
    ("F6", "panes"),
)


class KeyLegend(QWidget):
    """As many keys as there is room for; all of them in its tool tip."""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pairs = [(key, words(f"worksheet.key-{name}")) for key, name in _KEYS]
        self.setFixedHeight(look.px(38))
        text = "\n".join(f"{key}  {word}" for key, word in self._pairs)
        self.setToolTip(text)
        self.setAccessibleName(words("worksheet.keys"))
        self.setAccessibleDescription(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Each key in a small box, then its word."""
        look, px = self._look, self._look.px
        with paint.painter(self) as p:
            ground = QRectF(0, 0, self.width(), self.height())
            paint.box(p, look, ground, "raised", None, 5)
            p.fillRect(QRectF(0, 0, self.width(), 1), look.colour("border"))
            x, y = float(px(14)), px(10)
            for key, word in self._pairs:
                wide = look.width(key, "caption", MEDIUM) + px(10)
                needed = wide + px(5) + look.width(word, "caption")
                if x + needed > self.width() - px(8):
                    return
                box = QRectF(x, y, wide, px(18))
                paint.box(p, look, box, "surface", "border_strong", 3)
                text = box.adjusted(0, -0.5, 0, -0.5)
                middle = paint.CENTRE
                paint.text(p, look, text, key, "text1", "caption", MEDIUM, middle)
                name = QRectF(box.right() + px(5), y, needed, px(18))
                paint.text(p, look, name, word, "text2", "caption")
                x += needed + px(10)
