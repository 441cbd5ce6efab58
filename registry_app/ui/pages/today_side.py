"""Beside the work list: the approval term, enrolment, the next weeks, the plan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize

from registry_app.drawing.pen import Pen
from registry_app.drawing.shapes import Box, Picture, Shape
from registry_app.drawing.term import Term, draw_term
from registry_app.drawing.weeks import Week, draw_weeks
from registry_app.ui.charts import Chart, Figure, Reading
from registry_app.ui.easel import Drawing, Easel
from registry_app.ui.look import BOLD, MEDIUM
from registry_app.ui.pages.today_terms import term_left
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import Card, Glyph, button, label, row
from registry_app.words import Words


class TermCard(Card):
    """The term of the approval: its state in words, what is left, a bar, a note."""

    def __init__(
        self, words: Words, easel: Easel, state: str, term: Term | None, note: str
    ) -> None:
        look = easel.look
        super().__init__(look, words("today.term"))
        self.body.setSpacing(2)
        self.body.addWidget(label(look, state, "text2", "caption", wrap=True))
        if term is not None:
            said = term_left(words, term)
            self.body.addWidget(label(look, said, role="title"))
            self.body.addWidget(_term_figure(words, easel, term))
        self.body.addWidget(label(look, note, "text2", "caption", wrap=True))


def _term_figure(words: Words, easel: Easel, term: Term) -> Figure:
    chart = Chart(easel, words("today.term"), words("today.chart-hint"), natural=366)
    days = [
        (term.granted, words("today.granted"), ""),
        *((day, name, day.isoformat()) for day, name in term.marks),
        (term.today, words("today.now"), "today"),
        (term.last, words("today.file-by"), ""),
    ]
    days.sort(key=lambda each: each[0])
    readings = [
        Reading((ref,), name, (day.isoformat(),)) for day, name, ref in days if ref
    ]
    chart.show_figure(
        lambda wide, _high: draw_term(term, wide, easel.pen), lambda: readings
    )

    def table() -> Table:
        columns = [
            Column(words("today.col-date"), lambda d: d[0].isoformat(), 100, "strong"),
            Column(words("today.col-what"), lambda d: d[1]),
        ]
        return plain_table(easel.look, words("today.term"), columns, days)

    return Figure(chart, table)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """People of an arm, and how many the plan foresees (None: it does not say)."""

    arm: str
    count: int
    target: int | None


class EnrolmentCard(Card):
    """How many are enrolled against what the plan foresees, arm by arm."""

    def __init__(self, words: Words, easel: Easel, arms: Sequence[Enrolled]) -> None:
        look = easel.look
        super().__init__(look, words("today.enrolment"))
        self.body.setSpacing(4)
        for arm in arms:
            told = {"count": arm.count, "target": arm.target}
            key = "today.enrolled-none" if arm.target is None else "today.enrolled"
            figure = label(look, words(key, **told), weight=BOLD)
            name = label(look, arm.arm, weight=MEDIUM)
            self.body.addLayout(row(name, None, figure))
            if arm.target:
                bar = Drawing(easel, natural=366)
                bar.setAccessibleName(words("today.enrolled-bar", arm=arm.arm, **told))
                share = min(arm.count / arm.target, 1.0)
                bar.show_drawing(partial(_bar, easel.pen, share))
                self.body.addWidget(bar)
        if all(arm.target is None for arm in arms):
            note = label(look, words("today.no-target"), "text3", "caption", wrap=True)
            self.body.addWidget(note)


def _bar(pen: Pen, share: float, width: float, _height: float) -> Picture:
    high = 0.55 * pen.size
    radius = high / 2
    shapes: list[Shape] = [Box(0, 0, width, high, fill=pen.palette.grid, radius=radius)]
    if share:
        done = max(width * share, high)
        accent = pen.palette.accent
        shapes.append(Box(0, 0, done, high, fill=accent, radius=radius))
    return Picture(width, 1.1 * pen.size, tuple(shapes))


class _Low(Chart):
    """Asks for little height, so that the page needs no scroll bar; takes what is."""

    def sizeHint(self) -> QSize:
        """As low as the bars can be told."""
        return QSize(self.easel.look.px(160), self.easel.look.px(84))


class WeeksCard(Card):
    """Visits that can be made, and that must be, week by week."""

    def __init__(self, words: Words, easel: Easel, weeks: Sequence[Week]) -> None:
        look = easel.look
        key = label(look, words("today.weeks-key"), "due", "caption")
        super().__init__(look, words("today.weeks"), [key])
        chart = _Low(easel, words("today.weeks"), words("today.chart-hint"))
        readings = [
            Reading(
                (week.monday.isoformat(),),
                words("today.week", monday=week.monday.isoformat()),
                (
                    words("today.week-open", count=week.open),
                    words("today.week-closing", count=week.closing),
                ),
            )
            for week in weeks
        ]
        chart.show_figure(
            lambda wide, high: draw_weeks(weeks, wide, high, easel.pen),
            lambda: readings,
        )

        def table() -> Table:
            columns = [
                Column(
                    words("today.col-week"), lambda w: w.monday.isoformat(), 0, "strong"
                ),
                Column(words("today.col-open"), lambda w: f"{w.open}", 80, "figure"),
                Column(
                    words("today.col-closing"), lambda w: f"{w.closing}", 80, "figure"
                ),
            ]
            return plain_table(look, words("today.weeks"), columns, weeks)

        self.body.addWidget(Figure(chart, table))


class PlanCard(Card):
    """What of the plan is still to be confirmed or set; nothing else is said here."""

    def __init__(
        self,
        words: Words,
        easel: Easel,
        to_confirm: int,
        unset: int,
        go: Callable[[], object],
    ) -> None:
        look = easel.look
        super().__init__(look)
        self.body.setContentsMargins(12, 8, 8, 8)
        sure = words("today.plan-sure")
        lines = [
            ("due", words("today.plan-confirm", count=to_confirm))
            if to_confirm
            else ("done", sure)
        ]
        if unset:
            lines.append(("overdue", words("today.plan-unset", count=unset)))
        go_on = button(look, words("today.plan-open"), "small", go)
        for n, (status, said) in enumerate(lines):
            text = label(look, said, "text2", wrap=True)
            line = row(Glyph(look, status), text)
            line.setStretch(1, 1)
            if n == 0 and (to_confirm or unset):
                line.addWidget(go_on)
            self.body.addLayout(line)
