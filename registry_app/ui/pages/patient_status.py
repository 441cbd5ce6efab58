"""Where a patient stands: grade, level and sums from the first exam to the latest."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from registry_app.domain.figures.gaps import Doubt
from registry_app.domain.figures.patient_summary import ExamRow, PatientSummary
from registry_app.domain.isncsci.result import TOTALS, Interval
from registry_app.domain.plan.duty import Standing
from registry_app.domain.visit import Status
from registry_app.ui import paint
from registry_app.ui.duty_words import SHAPES, days_said
from registry_app.ui.look import BOLD, MEDIUM, Look
from registry_app.ui.pages.patient_terms import (
    SUMS,
    ais_text,
    gain_text,
    nli_text,
    sum_text,
)
from registry_app.ui.patient_record import PatientRecord
from registry_app.ui.widgets import Card, Glyph, label, row, rule
from registry_app.words import Words


class SumBar(QWidget):
    """A sum on its scale: solid what is certain, hatched what is still possible.

    A tick stands where the first exam was. The numbers stand beside it as text.
    """

    def __init__(
        self, look: Look, most: int, now: Interval, first: Interval | None = None
    ) -> None:
        super().__init__()
        self._look, self._most, self._now, self._first = look, most, now, first
        self.setFixedHeight(look.px(20))
        self.setMinimumWidth(look.px(40))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Track, certain part, possible part, tick."""
        look, middle, high = self._look, self.height() / 2, self._look.px(5)
        wide = self.width() - 2

        def at(value: int) -> float:
            return 1 + wide * value / self._most

        with paint.painter(self) as p:
            track = QRectF(1, middle - high / 2, wide, high)
            paint.box(p, look, track, "sunken", None, high / 2)
            if self._now.low:
                sure = QRectF(track)
                sure.setRight(at(self._now.low))
                paint.box(p, look, sure, "accent", None, high / 2)
            if not self._now.certain:
                maybe = QRectF(track)
                maybe.setLeft(at(self._now.low))
                maybe.setRight(at(self._now.high))
                rim = QPainterPath()
                rim.addRoundedRect(maybe, high / 2, high / 2)
                paint.hatch(p, maybe, look.colour("accent"), 3, True, 1, rim)
                paint.box(p, look, maybe, None, "accent", high / 2)
            for value in set(self._first or ()):
                tick = QRectF(at(value) - 0.75, middle - high - 0.5, 1.5, 2 * high + 1)
                paint.box(p, look, tick, "text2")


def status_card(words: Words, look: Look, summary: PatientSummary) -> Card:
    """Grade, level and sums; from first to latest where there are two exams."""
    first, latest = _ends(summary)
    if first is not None:
        note = words("patient.days", first=first.day, latest=latest.day)
    elif latest.status is Status.DRAFT:
        note = words("patient.of-draft", day=latest.day)
    else:
        note = words("drawing.day", day=latest.day)
    card = Card(look, words("patient.status"), [label(look, note, "text3", "caption")])
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    shown = [row for row in (first, latest) if row is not None]
    told = {
        "ais": [ais_text(words, row.result, row.ungraded) for row in shown],
        "nli": [nli_text(words, row.result) for row in shown],
    }
    for n, (name, texts) in enumerate(told.items()):
        text = texts[-1]
        if first is not None:
            text = words("patient.from-to", first=texts[0], latest=text)
        value = label(look, text, "text1", "body", MEDIUM if n else BOLD, True)
        title = words(f"patients.{name}")
        grid.addWidget(label(look, title, "text2", "caption", MEDIUM), n, 0)
        grid.addWidget(value, n, 1, 1, 3 if n else 2)
    change = summary.change
    if change is not None and not any(row.ungraded for row in shown):
        steps = label(look, gain_text(words, change.steps), "text2", "caption", MEDIUM)
        steps.setToolTip(words("patient.steps-tip"))
        grid.addWidget(steps, 0, 3, _right())
    grid.addWidget(rule(), 2, 0, 1, 4)
    for n, name in enumerate(SUMS):
        now = latest.result.totals[name]
        was_sum = first.result.totals[name] if first is not None else None
        gain = change.totals[name] if change is not None else None
        _sum(grid, 3 + n, words, look, name, now, was_sum, gain)
    card.body.addLayout(grid)
    return card


def _ends(summary: PatientSummary) -> tuple[ExamRow | None, ExamRow]:
    """What is compared: first and latest completed exam; or only one, or a draft."""
    if summary.first is None:
        return None, summary.rows[-1]
    if summary.latest is None:
        return None, summary.first.row
    return summary.first.row, summary.latest.row


def _sum(
    grid: QGridLayout,
    at: int,
    words: Words,
    look: Look,
    name: str,
    now: Interval,
    first: Interval | None,
    gain: Interval | None,
) -> None:
    """Name, bar, from and to, gain; without an earlier exam the maximum instead."""
    text = sum_text(now)
    if first is not None:
        text = words("patient.from-to", first=sum_text(first), latest=text)
    beside = f"/ {TOTALS[name]}" if gain is None else gain_text(words, gain)
    title = words(f"drawing.{name}")
    grid.addWidget(label(look, title, "text2", "caption", MEDIUM), at, 0)
    grid.addWidget(SumBar(look, TOTALS[name], now, first), at, 1)
    value = label(look, text, "text1", "caption", MEDIUM)
    grid.addWidget(value, at, 2, _right())
    grid.addWidget(label(look, beside, "text2", "caption"), at, 3, _right())


def _right() -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def open_card(
    words: Words, look: Look, summary: PatientSummary, record: PatientRecord
) -> Card:
    """What is still open for this patient: duties, drafts, what the record lacks."""
    card = Card(look, words("patient.open"))
    items = [*_duties(words, record), *_open_items(words, summary)]
    card.body.setSpacing(4)
    for status, text, when in items:
        card.body.addLayout(_line(look, status, text, when))
    if not items:
        card.body.addLayout(_line(look, "done", words("patient.nothing-open")))
    card.body.addStretch(1)
    return card


def _duties(words: Words, record: PatientRecord) -> list[tuple[str, str, str]]:
    """Duties that are late or due within a month, the nearest last day first."""
    today = record.today
    near = [
        duty
        for duty in record.plan.duties
        if duty.standing(today) in (Standing.LATE, Standing.RED, Standing.AMBER)
    ]
    near.sort(key=lambda duty: (duty.last_day or today, duty.key))
    return [
        (
            SHAPES[duty.standing(today)],
            words.say(duty.name),
            days_said(words, duty, today),
        )
        for duty in near
    ]


def _open_items(words: Words, summary: PatientSummary) -> list[tuple[str, str, str]]:
    """Unfinished sheets first, each with how much is not entered; then the record."""
    items = []
    for exam in summary.rows:
        cells = sum(gap.count for gap in exam.gaps if gap.doubt is Doubt.OPEN)
        if exam.status is Status.DRAFT and not cells:
            items.append(words("patient.open-entered", day=exam.day))
        elif exam.status is Status.DRAFT or cells:
            kind = "draft" if exam.status is Status.DRAFT else "cells"
            items.append(words(f"patient.open-{kind}", day=exam.day, count=cells))
    said = (lack for lack in summary.lacks if lack.key != "report.lack-complete")
    items += [words.say(lack) for lack in said]
    return [("due", text, "") for text in items]


def _line(look: Look, status: str, text: str, when: str = "") -> QHBoxLayout:
    said = label(look, text, "text1", "body", None, True)
    glyph = Glyph(look, status)
    beside = label(look, when, "text2", "caption")
    line = row(glyph, said, beside, gap=6)
    line.setStretch(1, 1)
    line.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
    return line
