"""The exams of one patient as a table: Enter opens the sheet."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from registry_app.domain.figures.examined import ungraded
from registry_app.domain.subject import Subject
from registry_app.domain.visit import Status
from registry_app.services.subjects import ExamEntry
from registry_app.ui import paint
from registry_app.ui.look import Look
from registry_app.ui.pages.patient_terms import (
    BLINDING,
    STATUS,
    SUMS,
    ais_text,
    nli_text,
    sum_text,
)
from registry_app.ui.rows_model import Column, RowsModel
from registry_app.ui.table import RowDelegate, Table
from registry_app.words import Words

#: What a column is sorted by; its name is that of the column.
_SORTS: dict[str, Callable[[ExamEntry], Any]] = {
    "date": lambda exam: exam.form.date,
    "visit": lambda exam: exam.visit.code,
    "assessor": lambda exam: exam.form.assessor,
    "blinding": lambda exam: str(exam.form.blinding),
    "ais": lambda exam: exam.result["ais"].values,
    "status": lambda exam: str(exam.form.status),
}


class _StatusDelegate(RowDelegate):
    """The words of a status as its chip."""

    def __init__(self, look: Look, done: str) -> None:
        super().__init__(look)
        self._done = done

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The cell as any other, then the chip over its words."""
        super().paint(painter, option, index)
        look, words = self._look, index.data()
        cell = QRectF(option.rect).adjusted(0, 0, 0, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(painter, look, cell, "accent_weak" if chosen else "surface")
        line = QRectF(cell.left(), cell.bottom(), cell.width(), 1)
        paint.box(painter, look, line, "border")
        status = "done" if words == self._done else "due"
        top = cell.center().y() - look.size("chip") / 2
        paint.chip(painter, look, QPointF(cell.left() + 12, top), status, words)
        painter.restore()


def exam_columns(words: Words, subject: Subject) -> list[Column]:
    """The columns of the table."""

    def key(name: str) -> str:
        return words(f"patient.col-{name}")

    def blinding(exam: ExamEntry) -> str:
        return words(BLINDING[exam.form.blinding])

    def total(name: str) -> Column:
        def text(exam: ExamEntry) -> str:
            return sum_text(exam.result.totals[name])

        return Column(words(f"drawing.{name}"), text, 84, "figure")

    return [
        Column(key("date"), lambda e: e.form.date.isoformat(), 112, "strong", "date"),
        Column(key("day"), lambda e: str(subject.day(e.form.date)), 72, "figure"),
        Column(key("visit"), lambda e: e.visit.code, 0, "text", "visit"),
        Column(key("assessor"), lambda e: e.form.assessor, 0, "text", "assessor"),
        Column(key("blinding"), blinding, 130, "text", "blinding"),
        Column(
            words("patients.ais"),
            lambda e: ais_text(words, e.result, ungraded(e)),
            96,
            "strong",
            "ais",
        ),
        Column(words("patients.nli"), lambda e: nli_text(words, e.result), 108),
        *(total(name) for name in SUMS),
        Column(
            key("status"), lambda e: words(STATUS[e.form.status]), 112, "text", "status"
        ),
    ]


class ExamsTable(Table):
    """All exams, by date until another order is asked for; the latest is selected."""

    def __init__(
        self, words: Words, look: Look, subject: Subject, exams: Sequence[ExamEntry]
    ) -> None:
        by_id = {exam.form.id: exam for exam in exams}

        def ids(sort: str, descending: bool) -> list[str]:
            found = sorted(exams, key=_SORTS[sort], reverse=descending)
            return [exam.form.id for exam in found]

        model = RowsModel(
            exam_columns(words, subject), ids, lambda i: [by_id[x] for x in i], "date"
        )
        super().__init__(look, model, words("patient.exams"))
        self._chips = _StatusDelegate(look, words(STATUS[Status.COMPLETE]))
        self.setItemDelegateForColumn(len(model.columns) - 1, self._chips)
        model.reload()
        if exams:
            self.selectRow(len(exams) - 1)
