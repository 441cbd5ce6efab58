"""The overview of one patient: trajectory, body map, status, what is open."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from registry_app.domain.figures.examined import ungraded
from registry_app.domain.figures.patient_summary import PatientSummary
from registry_app.drawing.trajectory import draw_trajectory
from registry_app.services.subjects import ExamEntry
from registry_app.ui.charts import Chart, Figure
from registry_app.ui.easel import Easel
from registry_app.ui.pages.patient_cohort import cohort_card
from registry_app.ui.pages.patient_map import MapCard
from registry_app.ui.pages.patient_status import open_card, status_card
from registry_app.ui.pages.patient_terms import (
    SUMS,
    ais_text,
    exam_readings,
    sum_text,
)
from registry_app.ui.patient_record import PatientRecord
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import Card, Inside, column, label, row
from registry_app.words import Words

#: From this width on the columns beside the trajectory are wide (LOOK.md section 3).
_WIDE = 1600


def _sums_table(words: Words, easel: Easel, record: PatientRecord) -> Table:
    """The trajectory in numbers: a row for each exam."""
    subject, exams = record.file.subject, record.file.exams

    def total(name: str) -> Column:
        def text(exam: ExamEntry) -> str:
            return sum_text(exam.result.totals[name])

        return Column(words(f"drawing.{name}"), text, 72, "figure")

    columns = [
        Column(
            words("patient.col-day"),
            lambda e: str(subject.day(e.form.date)),
            60,
            "figure",
        ),
        Column(words("patient.col-date"), lambda e: e.form.date.isoformat(), 0),
        Column(
            words("patients.ais"),
            lambda e: ais_text(words, e.result, ungraded(e)),
            84,
            "strong",
        ),
        *(total(name) for name in SUMS),
    ]
    return plain_table(easel.look, words("patient.trajectory"), columns, exams)


class Overview(QWidget):
    """The cards; the right ones grow on a wide screen, the trajectory takes the rest.

    map_shown(choice): the map shows something else; opened(form ID): open that exam.
    """

    map_shown = Signal(str)
    opened = Signal(str)

    def __init__(
        self,
        words: Words,
        easel: Easel,
        record: PatientRecord,
        summary: PatientSummary,
        map_choice: str,
    ) -> None:
        super().__init__()
        look, file = easel.look, record.file
        subject = file.subject
        self._easel = easel
        hint = label(look, words("patient.table-hint"), "text3", "caption")
        course = Card(look, words("patient.trajectory"), [hint])
        chart = Chart(
            easel, words("patient.trajectory"), words("patient.chart-hint"), guide=True
        )
        last = subject.day(record.today)
        shaded = [
            (subject.day(window.first), subject.day(window.last))
            for window in record.plan.windows
            if window.first <= record.today
        ]
        chart.show_figure(
            lambda wide, high: draw_trajectory(
                summary.trajectory, wide, high, easel.pen, last_day=last, windows=shaded
            ),
            partial(exam_readings, words, record),
        )
        chart.activated.connect(self.opened)
        numbers = partial(_sums_table, words, easel, record)
        course.body.setContentsMargins(8, 0, 8, 8)
        course.body.addWidget(Figure(chart, numbers))
        self._map = MapCard(words, easel, subject, file.exams, map_choice)
        self._map.shown.connect(self.map_shown)
        cards = column(
            status_card(words, look, summary),
            *cohort_card(words, look, record),
            open_card(words, look, summary, record),
        )
        cards.setStretch(cards.count() - 1, 1)
        self._side = Inside(cards)
        whole = row(course, self._map, self._side)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._widths(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the fixed columns their width."""
        super().resizeEvent(event)
        self._widths(event.size().width())

    def _widths(self, wide: int) -> None:
        px = self._easel.look.px
        large = wide >= px(_WIDE)
        self._map.setFixedWidth(px(680 if large else 380))
        self._side.setFixedWidth(px(400 if large else 306))
