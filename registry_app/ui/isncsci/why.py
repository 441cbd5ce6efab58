"""Why the result is what it is: one rule a line, with its tag."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Chip, Inside, column, label, row, scrolled
from registry_app.words import Words


@dataclass(frozen=True, slots=True)
class Reason:
    """One line: what it is about, the sentence, its rule, and whether it is open."""

    tag: str
    sentence: str
    rule: str = ""
    open: bool = False


class Why(QWidget):
    """The reasons, in a list that scrolls if there are more than the room takes."""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: list[tuple[Chip, QLabel]] = []
        self.shown: Sequence[Reason] = ()
        title = label(look, words("worksheet.why"), "text2", "caption", MEDIUM)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, look.px(4), 0)
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(4))
        self._grid.setColumnStretch(1, 1)
        inside = Inside(column(self._grid, None))
        self._area = scrolled(inside)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAccessibleName(words("worksheet.why"))
        self.setLayout(column(row(title, None), self._area, gap=3))
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred, policy.Expanding)

    def show_reasons(self, reasons: Sequence[Reason]) -> None:
        """Show these lines; lines that were there are used again, so nothing jumps."""
        if reasons == self.shown:
            return
        self.shown = reasons
        while len(self._lines) < len(reasons):
            line, chip = len(self._lines), Chip(self._look, "", "")
            text = label(self._look, "", "text1", "caption", wrap=True)
            self._grid.addWidget(chip, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, line, 1, Qt.AlignmentFlag.AlignVCenter)
            self._lines.append((chip, text))
        for number, (chip, text) in enumerate(self._lines):
            used = number < len(reasons)
            chip.setVisible(used)
            text.setVisible(used)
            if used:
                reason = reasons[number]
                chip.show_status("due" if reason.open else "", reason.tag)
                text.setText(reason.sentence)
                text.setToolTip(reason.rule)
