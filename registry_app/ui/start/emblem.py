"""The mark of the program, and the sheet that the views before sign-in stand on."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from registry_app.ui import paint
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Inside, column, label, row
from registry_app.words import Words

_HEIGHT: Final = 500


class Emblem(QWidget):
    """Vertebrae in profile: seven plates on a gentle curve, one in the accent."""

    def __init__(self, look: Look, scale: float = 1.3) -> None:
        super().__init__()
        self._look, self._k = look, scale * look.px(100) / 100
        self.setFixedSize(round(20 * self._k), round(45 * self._k))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The plates."""
        k = self._k
        with paint.painter(self) as p:
            for i, shift in enumerate((0, 2.2, 3.4, 3.4, 2.2, 0.6, 0)):
                plate = QRectF((0.5 + shift) * k, (0.5 + i * 6.4) * k, 15 * k, 4.8 * k)
                fill = "accent" if i == 3 else "accent_weak"
                paint.box(p, self._look, plate, fill, "accent", 1.6 * k, 1.3)


class Sheet(QFrame):
    """A card of two halves: at the left what this is about, at the right what to do."""

    def __init__(
        self,
        words: Words,
        look: Look,
        about: QLayout,
        form: QLayout,
        height: int = _HEIGHT,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setFixedSize(look.px(860), look.px(height))
        left = QFrame()
        left.setProperty("kind", "pane")
        left.setFixedWidth(look.px(320))
        title = label(look, words("app.title-lines"), role="title")
        top = column(Emblem(look), 12, title, gap=4)
        left.setLayout(column(top, 4, about, gap=4, margins=(36, 36, 24, 28)))
        right = Inside(form)
        form.setContentsMargins(36, 26, 36, 16)
        self.setLayout(row(left, right, gap=0, margins=(1, 1, 1, 1)))


def centred(sheet: QWidget) -> QLayout:
    """The sheet in the middle of the window."""
    return column(None, row(None, sheet, None), None, margins=(12, 12, 12, 12))


def heading(look: Look, text: str) -> QWidget:
    """The title of a form."""
    return label(look, text, role="title", weight=MEDIUM)
