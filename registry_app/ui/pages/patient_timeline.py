"""The timeline of one patient: dates, exams and windows over days, and as a table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from registry_app.domain.figures.timeline import WINDOW, timeline
from registry_app.domain.plan.pack import Origin
from registry_app.drawing.shapes import Align, Mark, Picture, Shape, Sign, Text
from registry_app.drawing.timeline import draw_timeline
from registry_app.ui.charts import Chart, Figure, Reading
from registry_app.ui.easel import Drawing, Easel
from registry_app.ui.pages.patient_terms import (
    STATUS,
    exam_readings,
    visit_name,
    window_said,
)
from registry_app.ui.patient_record import PatientRecord
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import Card, label
from registry_app.words import Words


class TimelineCard(Card):
    """opened(form ID), shown(visit): what is read is to be opened."""

    opened = Signal(str)
    shown = Signal(str)

    def __init__(self, words: Words, easel: Easel, record: PatientRecord) -> None:
        look, file = easel.look, record.file
        self._sheets = {exam.form.id for exam in file.exams}
        key = Drawing(easel, natural=300)
        key.setFixedWidth(look.px(300))
        planned = bool(record.plan.windows)
        key.show_drawing(lambda wide, _high: _key_of_marks(easel, wide, planned))
        day_0 = record.anchor_name(Origin.INJURY)
        note = words("patient.timeline-note", anchor=day_0 or words("drawing.injury"))
        super().__init__(look, words("patient.timeline"), [key])
        self.body.setContentsMargins(8, 0, 8, 2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        head = self.title.parentWidget()
        head_row = head.layout() if head is not None else None
        if isinstance(head_row, QHBoxLayout):
            head_row.insertWidget(1, label(look, note, "text3", "caption"))
        line = timeline(
            file.subject,
            file.exams,
            forms=record.case.exams,
            windows=record.plan.windows,
            anchors=record.anchors,
            injury=day_0,
            treatment=record.anchor_name(Origin.TREATMENT),
            today=record.today,
            ended_on=record.ended_on,
        )
        chart = Chart(
            easel,
            words("patient.timeline"),
            words("patient.chart-hint"),
            natural=1250,
            guide=True,
        )
        chart.show_figure(
            lambda wide, _high: draw_timeline(line, wide, easel.pen),
            partial(_readings, words, record),
        )
        chart.activated.connect(self._open)
        self.body.addWidget(Figure(chart, partial(_days_table, words, easel, record)))

    def _open(self, ref: str) -> None:
        if ref.startswith(WINDOW):
            self.shown.emit(ref.removeprefix(WINDOW))
        elif ref in self._sheets:
            self.opened.emit(ref)


def _readings(words: Words, record: PatientRecord) -> list[Reading]:
    """What is said of each exam and each window, by day."""
    dated = [
        (exam.form.date, reading)
        for exam, reading in zip(
            record.file.exams, exam_readings(words, record), strict=True
        )
    ]
    subject = record.file.subject
    for window, row in record.rows:
        span = words(
            "patient.from-till",
            first=window.first.isoformat(),
            last=window.last.isoformat(),
        )
        days = words(
            "patient.day-span",
            first=subject.day(window.first),
            last=subject.day(window.last),
        )
        lines = [span, days, window_said(words, row, record.today)]
        title = words.say(window.visit.name)
        ref = f"{WINDOW}{window.visit.id}"
        dated.append((window.first, Reading((ref,), title, tuple(lines))))
    return [reading for _day, reading in sorted(dated, key=lambda pair: pair[0])]


def _key_of_marks(easel: Easel, width: float, planned: bool) -> Picture:
    """Filled: an exam that counts (without a plan: a completed one). From the right."""
    pen, size = easel.pen, easel.pen.size
    x, y, shapes = width - size / 2, 0.8 * size, list[Shape]()
    kinds = ("other-exam", "counted-exam") if planned else ("draft", "complete")
    for name, filled in zip(kinds, (False, True), strict=True):
        text = pen.words(f"patient.key-{name}")
        x -= pen.width(text)
        shapes.append(Text(x, y, text, size, pen.palette.soft, align=Align.LEFT))
        x -= size
        colours = (pen.palette.series[0], pen.palette.ground)
        shapes.append(Mark(x, y, Sign.CIRCLE, 0.9 * size, *colours, filled))
        x -= 1.8 * size
    return Picture(width, 1.6 * size, tuple(shapes))


def _days_table(words: Words, easel: Easel, record: PatientRecord) -> Table:
    """The timeline in numbers: day, date and what."""
    subject = record.file.subject

    def named(origin: Origin, key: str) -> str:
        name = record.anchor_name(origin)
        return words(key) if name is None else words.say(name)

    days = [(subject.injury_date, named(Origin.INJURY, "drawing.injury"))]
    if subject.treatment_date is not None:
        said = named(Origin.TREATMENT, "drawing.treatment")
        days.append((subject.treatment_date, said))
    days += [(day, words.say(name)) for name, day in record.anchors]
    for exam in record.file.exams:
        said = words(
            "patient.exam-at",
            visit=visit_name(words, record, exam.visit.code),
            status=words(STATUS[exam.form.status]),
        )
        days.append((exam.form.date, said))
    for window, row in record.rows:
        said = words(
            "patient.window-at",
            visit=window.visit.name,
            last=window.last.isoformat(),
            state=window_said(words, row, record.today),
        )
        days.append((window.first, said))
    days.append((record.today, words("patient.today")))
    columns = [
        Column(
            words("patient.col-day"), lambda d: str(subject.day(d[0])), 84, "figure"
        ),
        Column(words("patient.col-date"), lambda d: d[0].isoformat(), 120, "strong"),
        Column(words("patient.col-what"), lambda d: d[1]),
    ]
    return plain_table(easel.look, words("patient.timeline"), columns, sorted(days))
