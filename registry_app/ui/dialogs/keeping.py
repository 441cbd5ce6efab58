"""What a dialog asks of drafts: whether to keep this one, or to put in that one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from registry_app.ui.look import Look
from registry_app.ui.widgets import Glyph, Inside, button, column, label, row
from registry_app.words import Words


class Leaving(QWidget):
    """Stands in the place of the buttons while it asks; keeping is the safe choice."""

    def __init__(
        self,
        words: Words,
        look: Look,
        *,
        keep: Callable[[], object],
        drop: Callable[[], object],
        back: Callable[[], object],
    ) -> None:
        super().__init__()
        self.keep = button(look, words("drafts.leave-keep"), "primary", keep)
        self.drop = button(look, words("drafts.leave-drop"), "", drop)
        self.back = button(look, words("drafts.leave-back"), "", back)
        said = label(look, words("drafts.leave-said"), wrap=True)
        glyph = Glyph(look, "due")
        line = row(glyph, said, gap=6)
        line.setStretch(1, 1)
        buttons = row(None, self.back, self.drop, self.keep)
        self.setLayout(column(line, buttons))
        self.setTabOrder(self.keep, self.drop)
        self.setTabOrder(self.drop, self.back)
        self.hide()


class Offer(QFrame):
    """A draft of one's own that was kept for this very dialog; nothing is put in."""

    def __init__(
        self,
        words: Words,
        look: Look,
        said: str,
        *,
        take: Callable[[], object],
        compare: Callable[[], object],
        drop: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self.setProperty("state", "now")
        self.take = button(look, words("drafts.take"), "small", take)
        self.compare = button(look, words("drafts.compare"), "small", compare)
        self.drop = button(look, words("drafts.drop"), "small", drop)
        text = row(Glyph(look, "now"), label(look, said, wrap=True), gap=6)
        text.setStretch(1, 1)
        buttons = row(None, self.take, self.compare, self.drop)
        self.setLayout(column(text, Inside(buttons), gap=4, margins=(12, 6, 8, 6)))
