"""A sentence that stays as long as what it says is true, with its one way on."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Glyph, button, column, label, row


class Notice(QFrame):
    """A shape and a sentence on a weak ground; `more` explains, `act` leads on."""

    def __init__(
        self,
        look: Look,
        status: str,
        text: str,
        more: str = "",
        act: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self.setProperty("state", status)
        self.said = label(look, text, status, weight=MEDIUM, wrap=True)
        lines = column(self.said, gap=2)
        if more:
            lines.addWidget(label(look, more, "text1", "caption", wrap=True))
        inside = row(Glyph(look, status), lines, margins=(12, 6, 8, 6))
        inside.setStretch(1, 1)
        if act is not None:
            self.act = button(look, act[0], "small", act[1])
            inside.addWidget(self.act)
        self.setLayout(inside)
