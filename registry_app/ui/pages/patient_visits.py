"""The planned visits of one patient: windows, the exam that counts, the arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QWidget

from registry_app.domain.course import Deviation
from registry_app.domain.figures.visits import VisitRow
from registry_app.domain.plan.pack import PlannedVisit
from registry_app.domain.plan.windows import Window, window_steps
from registry_app.domain.signature import Signable
from registry_app.domain.visit import ISNCSCI
from registry_app.ui.look import MEDIUM
from registry_app.ui.page import Page
from registry_app.ui.pages.patient_terms import (
    unblinded_said,
    window_said,
    window_status,
)
from registry_app.ui.patient_record import PatientRecord
from registry_app.ui.record_bar import RecordBar
from registry_app.ui.rows_model import Column
from registry_app.ui.sides import Sides
from registry_app.ui.step_list import StepList
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import (
    Card,
    Chip,
    Glyph,
    Inside,
    Item,
    button,
    column,
    label,
    row,
    scrolled,
)

#: As wide as the part beside the table, less its margins, at 100 %.
_ROOM = 320


@dataclass(frozen=True, slots=True)
class _Line:
    """One planned visit; without a window while its date 0 is not known."""

    visit: PlannedVisit
    window: Window | None = None
    row: VisitRow | None = None


def _lines(record: PatientRecord) -> list[_Line]:
    """The visits of the patient's arm by their first day, those to come last."""
    placed = [_Line(window.visit, window, row) for window, row in record.rows]
    known = {line.visit.id for line in placed}
    arm = record.file.subject.arm
    rest = [
        _Line(visit)
        for visit in record.protocol.visits()
        if visit.id not in known and arm in visit.arms
    ]
    return placed + rest


class PlannedVisits(QWidget):
    """The table of visits, and beside it all of the chosen one.

    opened(form ID): an exam that counts; begin(visit): an exam of that visit.
    """

    opened = Signal(str)
    begin = Signal(str)

    def __init__(self, page: Page, record: PatientRecord) -> None:
        super().__init__()
        look = page.look
        self._page, self._words, self._look = page, page.words, look
        self._record = record
        self.setProperty("kind", "inside")
        self._lines = _lines(record)
        self.table = self._table()
        card = Card(look)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(self.table)
        self._aside = Card(look)
        self._aside.body.setContentsMargins(0, 0, 0, 0)
        self._detail: QWidget | None = None
        sides = Sides(look, card, self._aside, 372, 900)
        self.setLayout(column(sides, gap=0))
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._show(now.row())
        )
        if self._lines:
            self.table.selectRow(self._likely())
        self.setFocusProxy(self.table)

    def choose(self, visit: str) -> None:
        """Select a visit; the keys go to the table."""
        names = [line.visit.id for line in self._lines]
        if visit in names:
            self.table.selectRow(names.index(visit))
            self.table.setFocus()

    def _likely(self) -> int:
        """The visit that somebody most likely asks about.

        The first that can still be made, else the last whose window is known.
        """
        today = self._record.today
        standing = [
            n
            for n, line in enumerate(self._lines)
            if line.window is not None
            and line.window.counted is None
            and line.window.last >= today
        ]
        known = [n for n, line in enumerate(self._lines) if line.window is not None]
        return standing[0] if standing else max(known, default=0)

    def _table(self) -> Table:
        words, subject = self._words, self._record.file.subject

        def span(line: _Line) -> str:
            if line.window is None:
                return words("patient.no-window")
            first, last = line.window.first, line.window.last
            return words(
                "patient.from-till", first=first.isoformat(), last=last.isoformat()
            )

        def days(line: _Line) -> str:
            if line.window is None:
                return ""
            first, last = subject.day(line.window.first), subject.day(line.window.last)
            return f"{first}–{last}"

        def state(line: _Line) -> str:
            if line.row is None:
                return words("patient.window-none")
            return window_said(words, line.row, self._record.today)

        def status(line: _Line) -> str:
            return "open" if line.row is None else window_status(line.row)

        def counted(line: _Line) -> str:
            if line.window is None or line.window.counted is None:
                return ""
            day = line.window.counted.day
            return words("banner.day", on=day.isoformat(), days=subject.day(day))

        def notes(line: _Line) -> str:
            if line.row is not None and line.row.flags:
                return words("patient.flags", count=len(line.row.flags))
            unsure = line.row is not None and line.row.to_confirm
            return words("enrol.to-confirm") if unsure else ""

        columns = [
            Column(words("patient.col-visit"), lambda e: words.say(e.visit.name), 0),
            Column(words("patient.col-window"), span, 196),
            Column(words("patient.col-days"), days, 100, "figure", spare=True),
            Column(words("patient.col-state"), state, 160, "chip", status=status),
            Column(words("patient.col-counted"), counted, 150),
            Column(
                words("patient.col-notes"),
                notes,
                116,
                "chip",
                status=lambda e: "due" if notes(e) else "",
                spare=True,
            ),
        ]
        return plain_table(self._look, words("patient.planned"), columns, self._lines)

    def _show(self, number: int) -> None:
        """All of one visit."""
        if self._detail is not None:
            self._detail.hide()
            self._detail.deleteLater()
        made = scrolled(Inside(self._all(self._lines[number])))
        self._detail = made
        self._aside.body.addWidget(made)

    def _all(self, line: _Line) -> QLayout:
        words, look = self._words, self._look
        name = label(look, words.say(line.visit.name), weight=MEDIUM, wrap=True)
        parts: list[Item] = [name]
        if line.row is not None:
            parts.append(self._chips(line.row))
        if line.window is None:
            anchor = self._record.protocol.anchor(line.visit.anchor)
            said = words("patient.needs-anchor", anchor=anchor.name)
            parts.append(label(look, said, "text2", wrap=True))
        else:
            parts += self._about(line.window)
        parts += self._buttons(line)
        parts += self._made(line.visit)
        if line.window is not None:
            parts += [
                4,
                label(look, words("patient.arithmetic"), "text2", "caption", MEDIUM),
                StepList(words, look, window_steps(line.window), line.window.last),
            ]
        return column(*parts, None, gap=6, margins=(12, 12, 12, 12))

    def _chips(self, row_: VisitRow) -> QLayout:
        words, look = self._words, self._look
        said = window_said(words, row_, self._record.today)
        chips: list[Item] = [Chip(look, window_status(row_), said)]
        if row_.to_confirm:
            chips.append(Chip(look, "due", words("enrol.to-confirm")))
        if not row_.owed:
            chips.append(Chip(look, "", words("patient.offer")))
        return row(*chips, None)

    def _about(self, window: Window) -> list[Item]:
        """Why an exam counts, what is doubtful, what else was examined, deviations."""
        words = self._words
        parts: list[Item] = []
        if window.why is not None:
            parts.append(self._said("done", words.say(window.why)))
        counted = window.counted
        if counted and (known := self._record.unblinded.get(counted.form_id)):
            parts.append(self._said("due", unblinded_said(words, known)))
        parts += [self._said("due", words.say(flag)) for flag in window.flags]
        subject = self._record.file.subject
        for exam in window.others:
            day = subject.day(exam.day)
            told = words("patient.other-exam", day=day, on=exam.day.isoformat())
            parts.append(self._said("open", told))
        for one in self._deviations(window):
            told = words(
                "patient.deviation-at", day=one.on.isoformat(), reason=one.reason
            )
            parts.append(self._said("blocked", told))
        return parts

    def _deviations(self, window: Window) -> Sequence[Deviation]:
        return [d for d in self._record.case.deviations if d.rule == window.visit.id]

    def _said(self, status: str, text: str) -> QLayout:
        glyph = Glyph(self._look, status)
        said = label(self._look, text, wrap=True)
        line = row(glyph, said, gap=6)
        line.setStretch(1, 1)
        line.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
        return line

    def _made(self, planned: PlannedVisit) -> list[Item]:
        """How far each visit that was made of it can be trusted."""
        words, file = self._words, self._record.file
        bars: list[Item] = []
        for visit in file.visits:
            if visit.code == planned.id:
                told = {"visit": words.say(planned.name), "day": visit.date.isoformat()}
                name = words("signing.visit-of", id=file.subject.id, **told)
                bar = RecordBar(self._page, partial(str, name), _ROOM)
                bar.show_record(Signable.VISIT, visit.id)
                bars.append(bar)
        return bars

    def _buttons(self, line: _Line) -> list[Item]:
        """Open the exam that counts, or begin one where there is none."""
        words, look, visit = self._words, self._look, line.visit.id
        window = line.window
        if window is not None and window.counted is not None:
            form = window.counted.form_id
            if window.counted.instrument != ISNCSCI:
                return []
            open_ = button(
                look,
                words("patient.open-exam"),
                "small",
                lambda: self.opened.emit(form),
            )
            return [row(open_, None)]
        begin = button(
            look, words("patient.begin-exam"), "small", lambda: self.begin.emit(visit)
        )
        return [row(begin, None)]
