"""The body map of one patient: an exam, or the change from the first to the latest."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registry_app.domain.figures.examined import completed, written
from registry_app.domain.figures.sensation import (
    PLACES,
    Change,
    Level,
    Place,
    View,
    changes,
    levels,
)
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.segments import DERMATOMES, Modality, Side, score_item
from registry_app.domain.subject import Subject
from registry_app.drawing.body import BodyArt, shipped_art
from registry_app.drawing.body_map import States, body_map
from registry_app.drawing.legend import legend
from registry_app.drawing.shapes import Picture
from registry_app.services.subjects import ExamEntry
from registry_app.ui.charts import Chart, Figure, Reading
from registry_app.ui.easel import Drawing, Easel
from registry_app.ui.inputs import Choice
from registry_app.ui.isncsci.terms import level_name
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import Card, Segments, row
from registry_app.words import Words

#: The choice of the change from the first completed exam to the latest.
CHANGE = "change"
_VIEWS = {
    View.LOWER: "patient.view-lower",
    View.LIGHT_TOUCH: "drawing.lt",
    View.PIN_PRICK: "drawing.pp",
}
_TOUCHES = (Modality.LIGHT_TOUCH, Modality.PIN_PRICK)


class MapCard(Card):
    """The map with its legend; one box chooses what is shown, one how."""

    #: The choice that was made: CHANGE or the id of a form; the page keeps it.
    shown = Signal(str)

    def __init__(
        self,
        words: Words,
        easel: Easel,
        subject: Subject,
        exams: Sequence[ExamEntry],
        chosen: str = "",
    ) -> None:
        look = easel.look
        self._exams = {exam.form.id: exam for exam in exams}
        complete = [e for e in exams if completed(e) and written(e)]
        self._ends = (complete[0], complete[-1]) if len(complete) > 1 else None
        self.choice = Choice(
            look, words("patient.map-of"), self._choices(words, subject, complete)
        )
        self.choice.choose(chosen)
        if self.choice.currentIndex() < 0:
            self.choice.setCurrentIndex(0)
        self.choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        super().__init__(look, words("patient.map"), [self.choice])
        self._words, self._easel, self._art = words, easel, shipped_art()
        self._view = Segments(
            look,
            [(str(view), words(key)) for view, key in _VIEWS.items()],
            words("patient.map-view"),
            str(View.LOWER),
        )
        self._chart = Chart(
            easel, words("patient.map"), words("patient.chart-hint"), stride=2
        )
        self._figure = Figure(self._chart, QWidget)
        self._legend = Drawing(easel, natural=356)
        self.body.addWidget(self._figure, 1)
        self.body.addLayout(row(self._view, None))
        self.body.addWidget(self._legend)
        self.body.setSpacing(8)
        self.choice.currentIndexChanged.connect(self._chosen)
        self._view.chosen.connect(lambda _view: self._show())
        self._show()

    def _choices(
        self, words: Words, subject: Subject, complete: Sequence[ExamEntry]
    ) -> list[tuple[str, str]]:
        """The latest, the change, then every other exam, the newest first."""
        days = {id_: subject.day(e.form.date) for id_, e in self._exams.items()}
        latest = (complete or list(self._exams.values()))[-1].form.id
        made = [(latest, words("patient.map-latest", day=days[latest]))]
        if self._ends:
            first = days[self._ends[0].form.id]
            said = words("patient.map-change", first=first, latest=days[latest])
            made.append((CHANGE, said))
        others = [id_ for id_ in reversed(self._exams) if id_ != latest]
        return made + [(id_, words("drawing.day", day=days[id_])) for id_ in others]

    def _chosen(self) -> None:
        self._show()
        self.shown.emit(self.choice.value)

    def _show(self) -> None:
        view, words = View(self._view.value), self._words
        before, after = None, None
        if self.choice.value == CHANGE and self._ends:
            before, after = (end.form.exam for end in self._ends)
        else:
            after = self._exams[self.choice.value].form.exam
        states: Mapping[Place, Level] | Mapping[Place, Change]
        states = changes(before, after, view) if before else levels(after, view)
        self._chart.show_figure(
            partial(_drawn, self._art, states, self._easel),
            partial(_readings, words, self._art, states, before, after),
        )
        kinds: Sequence[Level | Change] = tuple(Change) if before else tuple(Level)
        counted = [(kind, _said(words, kind, states)) for kind in kinds]
        pen = self._easel.pen
        self._legend.show_drawing(lambda wide, _high: legend(counted, wide, pen))
        self._figure.show_numbers(partial(_numbers, words, self._easel, before, after))


def _drawn(
    art: BodyArt, states: States, easel: Easel, width: float, height: float
) -> Picture:
    """The map, as large as it fits."""
    shown = min(width, height * art.width / art.height)
    return body_map(art, states, max(shown, 1.0), easel.pen)


def _said(words: Words, kind: Level | Change, states: States) -> str:
    """A state and how many of the 56 dermatomes have it."""
    group = "change" if isinstance(kind, Change) else "level"
    count = sum(1 for state in states.values() if state is kind)
    return f"{words(f'drawing.{group}-{kind}')} {count}"


def _value(exam: Exam, place: Place, touch: Modality) -> str:
    segment, side = place
    return exam.values.get(score_item(side, touch, segment), "\u2013")


def _pair(before: Exam | None, after: Exam, place: Place, touch: Modality) -> str:
    """What is written there; of a change, both."""
    now = _value(after, place, touch)
    return f"{_value(before, place, touch)} → {now}" if before else now


def _readings(
    words: Words, art: BodyArt, states: States, before: Exam | None, after: Exam
) -> list[Reading]:
    """Every dermatome: right and left side by side, down the body."""
    made = []
    for place in PLACES:
        segment, side = place
        refs = [r.id for r in art.regions if (r.segment, r.side) == place]
        lines = [
            f"{words(f'worksheet.column-{touch}')} {_pair(before, after, place, touch)}"
            for touch in _TOUCHES
        ]
        state = states[place]
        group = "change" if isinstance(state, Change) else "level"
        lines.append(words(f"drawing.{group}-{state}"))
        title = f"{level_name(segment)} {words(f'isncsci.side-{side}')}"
        made.append(Reading(tuple(refs), title, tuple(lines)))
    return made


def _numbers(words: Words, easel: Easel, before: Exam | None, after: Exam) -> Table:
    """The written scores of every dermatome; of a change, from and to."""

    def cell(side: Side, touch: Modality, segment: str) -> str:
        return _pair(before, after, (segment, side), touch).replace(" ", "")

    columns = [Column(words("patient.level"), level_name, 60, "strong")]
    for side in Side:
        for touch in _TOUCHES:
            head = (
                f"{words(f'worksheet.short-{side}')} "
                f"{words(f'worksheet.column-{touch}')}"
            )
            columns.append(Column(head, partial(cell, side, touch), 70, "figure"))
    name = words("patient.map")
    return plain_table(easel.look, name, columns, DERMATOMES)
