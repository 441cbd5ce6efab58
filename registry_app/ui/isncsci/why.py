"""Why the result is what it is: one rule a line, with its tag."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.explain import Reason, Tag, explain
from registry_app.domain.isncsci.result import FIELDS, Classification
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Chip, Inside, column, label, row, scrolled
from registry_app.words import Words

#: The order in which the results are asked about.
_ORDER: Final = ("ais", "nli", "completeness", *FIELDS)
#: The explanation follows the keys this much later: it weighs every open cell.
_DELAY_MS: Final = 180


class Why(QWidget):
    """The reasons, in a list that scrolls if there are more than the room takes."""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._words, self._look = words, look
        self._whole = False
        self._asked: tuple[Exam, Classification] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._explain)
        self._lines: list[tuple[Chip, QLabel]] = []
        self.shown: Sequence[Reason] = ()
        title = label(look, words("worksheet.why"), "text2", "caption", MEDIUM)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, look.px(4), 0)
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(4))
        self._grid.setColumnStretch(1, 1)
        self._inside = Inside(column(self._grid, None, gap=0))
        self._area = scrolled(self._inside)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAccessibleName(words("worksheet.why"))
        self.setLayout(column(row(title, None), self._area, gap=3))
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred, policy.Expanding)

    def ask(self, exam: Exam, result: Classification) -> None:
        """Explain that result, soon."""
        self._asked = exam, result
        self._timer.start()

    def _explain(self) -> None:
        if self._asked is not None:
            reasons = explain(*self._asked)
            self.show_reasons(sorted(reasons, key=lambda r: _ORDER.index(r.field)))

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
                self._show(chip, text, reasons[number])
        self._fit()

    def expand(self, whole: bool) -> None:
        """Show every line at once, where the panel around it scrolls anyway."""
        self._whole = whole
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self._inside.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            width = self._area.viewport().width()
            high = max(0, layout.totalHeightForWidth(width))
            self._inside.setMinimumHeight(high)
            least = high + 2 if self._whole else self._look.px(66)
            self._area.setMinimumHeight(least)

    def _show(self, chip: Chip, text: QLabel, reason: Reason) -> None:
        words = self._words
        chip.show_status(
            "due" if reason.tag is Tag.OPEN else "",
            words(f"worksheet.tag-{reason.tag}"),
        )
        text.setText(words.say(reason.message))
        text.setToolTip(words("worksheet.rule", section=reason.rule))
