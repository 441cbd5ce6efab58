"""The exams before this one, where the panel has room for them."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from registry_app.services.subjects import ExamEntry
from registry_app.ui.isncsci.sheet_paint import interval_text
from registry_app.ui.isncsci.terms import possible_text
from registry_app.ui.isncsci.totals import SHOWN
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import column, label
from registry_app.words import Words

#: As many as fit beside the rest at 1920 × 1080.
_MOST = 5


class Earlier(QWidget):
    """One line an exam: day, grade, level, totals."""

    def __init__(
        self, words: Words, look: Look, exams: Sequence[ExamEntry], injury: date
    ) -> None:
        super().__init__()
        title = label(
            look, words("worksheet.earlier-exams"), "text2", "caption", MEDIUM
        )
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(look.px(5))
        heads = ("day", "ais", "nli", *SHOWN)
        lines = [[words(f"worksheet.total-{name}") for name in heads]]
        for exam in exams[-_MOST:]:
            fields, totals = exam.result.fields, exam.result.totals
            lines.append(
                [
                    str((exam.form.date - injury).days),
                    possible_text(words, "ais", fields["ais"]),
                    possible_text(words, "nli", fields["nli"]),
                    *(interval_text(totals[total]) for total in SHOWN),
                ]
            )
        for number, line in enumerate(lines):
            for place, text in enumerate(line):
                head = number == 0
                ink, role = ("text2", "caption") if head else ("text1", "body")
                cell = label(look, text, ink, role, MEDIUM if head else None)
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                self._grid.addWidget(cell, number, place, right)
                self._grid.setColumnStretch(place, 1)
        self.setLayout(column(title, self._grid, gap=look.px(6)))
