"""The overview of one patient: trajectory, body map, status, what is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from registry_app.domain.figures.examined import ungraded
from registry_app.domain.figures.patient_summary import PatientSummary
from registry_app.domain.figures.timeline import timeline
from registry_app.domain.subject import Subject
from registry_app.drawing.shapes import Align, Mark, Picture, Shape, Sign, Text
from registry_app.drawing.timeline import draw_timeline
from registry_app.drawing.trajectory import draw_trajectory
from registry_app.services.subjects import ExamEntry, SubjectFile
from registry_app.ui.charts import Chart, Figure
from registry_app.ui.easel import Drawing, Easel
from registry_app.ui.pages.patient_map import MapCard
from registry_app.ui.pages.patient_status import open_card, status_card
from registry_app.ui.pages.patient_terms import (
    STATUS,
    SUMS,
    ais_text,
    exam_readings,
    plain_table,
    sum_text,
)
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table
from registry_app.ui.widgets import Card, Inside, column, label, row
from registry_app.words import Words

#: From this width on the columns beside the trajectory are wide (LOOK.md section 3).
_WIDE = 1600


class TimelineCard(Card):
    """Injury, treatment and exams over days since injury, and today."""

    opened = Signal(str)

    def __init__(
        self, words: Words, easel: Easel, file: SubjectFile, today: date
    ) -> None:
        look = easel.look
        key = Drawing(easel, natural=300)
        key.setFixedWidth(look.px(300))
        key.show_drawing(lambda wide, _high: _key_of_marks(easel, wide))
        note = words("patient.timeline-note")
        super().__init__(look, words("patient.timeline"), [key])
        self.body.setContentsMargins(8, 0, 8, 2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        head = self.title.parentWidget()
        head_row = head.layout() if head is not None else None
        if isinstance(head_row, QHBoxLayout):
            head_row.insertWidget(1, label(look, note, "text3", "caption"))
        line = timeline(file.subject, file.exams, today=today)
        chart = Chart(
            easel,
            words("patient.timeline"),
            words("patient.chart-hint"),
            natural=1250,
            guide=True,
        )
        chart.show_figure(
            lambda wide, _high: draw_timeline(line, wide, easel.pen),
            partial(exam_readings, words, file.subject, file.exams),
        )
        chart.activated.connect(self.opened)
        self.body.addWidget(
            Figure(chart, partial(_days_table, words, easel, file, today))
        )


def _key_of_marks(easel: Easel, width: float) -> Picture:
    """Filled: a completed exam; hollow: a draft. From the right edge."""
    pen, size = easel.pen, easel.pen.size
    x, y, shapes = width - size / 2, 0.8 * size, list[Shape]()
    for key, filled in (("drawing.exam-other", False), ("drawing.exam-counted", True)):
        text = pen.words(key)
        x -= pen.width(text)
        shapes.append(Text(x, y, text, size, pen.palette.soft, align=Align.LEFT))
        x -= size
        colours = (pen.palette.series[0], pen.palette.ground)
        shapes.append(Mark(x, y, Sign.CIRCLE, 0.9 * size, *colours, filled))
        x -= 1.8 * size
    return Picture(width, 1.6 * size, tuple(shapes))


def _days_table(words: Words, easel: Easel, file: SubjectFile, today: date) -> Table:
    """The timeline in numbers: day, date and what."""
    subject = file.subject
    days = [(subject.injury_date, words("drawing.injury"))]
    if subject.treatment_date is not None:
        days.append((subject.treatment_date, words("drawing.treatment")))
    for exam in file.exams:
        said = words(
            "patient.exam-at",
            visit=exam.visit.code,
            status=words(STATUS[exam.form.status]),
        )
        days.append((exam.form.date, said))
    days.append((today, words("patient.today")))
    columns = [
        Column(
            words("patient.col-day"), lambda d: str(subject.day(d[0])), 84, "figure"
        ),
        Column(words("patient.col-date"), lambda d: d[0].isoformat(), 120, "strong"),
        Column(words("patient.col-what"), lambda d: d[1]),
    ]
    return plain_table(easel.look, words("patient.timeline"), columns, sorted(days))


def _sums_table(
    words: Words, easel: Easel, subject: Subject, exams: Sequence[ExamEntry]
) -> Table:
    """The trajectory in numbers: a row for each exam."""

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
        file: SubjectFile,
        summary: PatientSummary,
        today: date,
        map_choice: str,
    ) -> None:
        super().__init__()
        look, subject = easel.look, file.subject
        self._easel = easel
        hint = label(look, words("patient.table-hint"), "text3", "caption")
        course = Card(look, words("patient.trajectory"), [hint])
        chart = Chart(
            easel, words("patient.trajectory"), words("patient.chart-hint"), guide=True
        )
        last = subject.day(today)
        chart.show_figure(
            lambda wide, high: draw_trajectory(
                summary.trajectory, wide, high, easel.pen, last_day=last
            ),
            partial(exam_readings, words, subject, file.exams),
        )
        chart.activated.connect(self.opened)
        numbers = partial(_sums_table, words, easel, subject, file.exams)
        course.body.setContentsMargins(8, 0, 8, 8)
        course.body.addWidget(Figure(chart, numbers))
        self._map = MapCard(words, easel, subject, file.exams, map_choice)
        self._map.shown.connect(self.map_shown)
        cards = column(
            status_card(words, look, summary), open_card(words, look, summary, 6)
        )
        cards.setStretch(1, 1)
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
