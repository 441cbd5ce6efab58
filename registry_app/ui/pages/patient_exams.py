"""The exams of one patient as a table: Enter opens the sheet."""

from collections.abc import Callable
from typing import Any

from registry_app.domain.figures.examined import ungraded
from registry_app.domain.visit import Status
from registry_app.services.forms import FormEntry
from registry_app.services.subjects import ExamEntry
from registry_app.ui.look import Look
from registry_app.ui.pages.patient_terms import (
    BLINDING,
    STATUS,
    SUMS,
    ais_text,
    nli_text,
    sum_text,
    unblinded_said,
    visit_name,
)
from registry_app.ui.patient_record import PatientRecord
from registry_app.ui.rows_model import Column, RowsModel
from registry_app.ui.table import Table
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


def use_of(record: PatientRecord, form_id: str) -> tuple[str, str]:
    """What a form is to the plan: a key of patient.toml, and the visit's ID.

    It counts for a visit, or lies in the window of one; ("", "") in none.
    """
    for window in record.plan.windows:
        if window.counted is not None and window.counted.form_id == form_id:
            return "patient.counts-for", window.visit.id
    for window in record.plan.windows:
        if any(exam.form_id == form_id for exam in window.others):
            return "patient.beside", window.visit.id
    return "", ""


def exam_columns(words: Words, record: PatientRecord) -> list[Column]:
    """The columns of the table."""
    subject = record.file.subject

    def key(name: str) -> str:
        return words(f"patient.col-{name}")

    def blinding(exam: ExamEntry) -> str:
        said = words(BLINDING[exam.form.blinding])
        if one := record.unblinded.get(exam.form.id):
            return words("blinding_ui.mark", said=said, day=one.on.isoformat())
        return said

    def why_marked(exam: ExamEntry) -> str:
        one = record.unblinded.get(exam.form.id)
        return unblinded_said(words, one) if one is not None else ""

    def marked(exam: ExamEntry) -> str:
        return "due" if exam.form.id in record.unblinded else "text1"

    marks = bool(record.unblinded)

    def use(exam: ExamEntry) -> str:
        if exam.form.rates:
            return words("patient.second-rating")
        if exam.form.status is Status.DRAFT or not record.plan.windows:
            return ""
        said, visit = use_of(record, exam.form.id)
        return words(said, visit=visit_name(words, record, visit)) if visit else ""

    def total(name: str) -> Column:
        def text(exam: ExamEntry) -> str:
            return sum_text(exam.result.totals[name])

        return Column(words(f"drawing.{name}"), text, 72, "figure")

    return [
        Column(key("date"), lambda e: e.form.date.isoformat(), 112, "strong", "date"),
        Column(key("day"), lambda e: str(subject.day(e.form.date)), 72, "figure"),
        Column(
            key("visit"),
            lambda e: visit_name(words, record, e.visit.code),
            0,
            "text",
            "visit",
        ),
        Column(key("use"), use, 0),
        Column(
            words("patients.ais"),
            lambda e: ais_text(words, e.result, ungraded(e)),
            84,
            "strong",
            "ais",
        ),
        Column(words("patients.nli"), lambda e: nli_text(words, e.result), 84),
        *(total(name) for name in SUMS),
        Column(
            key("assessor"),
            lambda e: e.form.assessor,
            130,
            "text",
            "assessor",
            spare=True,
        ),
        Column(
            key("blinding"),
            blinding,
            256 if marks else 120,
            "text",
            "blinding",
            ink=marked,
            spare=not marks,
            tip=why_marked,
        ),
        Column(
            key("status"),
            lambda e: words(STATUS[e.form.status]),
            108,
            "chip",
            "status",
            status=lambda e: "done" if e.form.status is Status.COMPLETE else "due",
        ),
    ]


class ExamsTable(Table):
    """All exams, by date until another order is asked for; the latest is selected."""

    def __init__(self, words: Words, look: Look, record: PatientRecord) -> None:
        exams = record.file.exams
        by_id = {exam.form.id: exam for exam in exams}

        def ids(sort: str, descending: bool) -> list[str]:
            found = sorted(exams, key=_SORTS[sort], reverse=descending)
            return [exam.form.id for exam in found]

        model = RowsModel(
            exam_columns(words, record), ids, lambda i: [by_id[x] for x in i], "date"
        )
        super().__init__(look, model, words("patient.exams"))
        model.reload()
        if exams:
            self.selectRow(len(exams) - 1)


def values_said(words: Words, entry: FormEntry) -> str:
    """What was written in a form, item by item, with units."""
    if entry.plan is None:
        return ""
    said = []
    for item in entry.plan.items:
        text = entry.form.values.get(item.id, "")
        if not text:
            continue
        chosen = next((c.name for c in item.choices if c.id == text), None)
        if chosen is not None:
            text = words.say(chosen)
        elif item.kind == "yes-no":
            text = words(f"enrol.{text}")
        elif item.unit is not None:
            text = f"{text} {words.say(item.unit)}"
        said.append(words("patient.item", name=item.name, value=text))
    return words("banner.dot").join(said)


class FormsTable(Table):
    """Forms of the items that the pack declares; Enter corrects one."""

    def __init__(
        self,
        words: Words,
        look: Look,
        record: PatientRecord,
        entries: tuple[FormEntry, ...],
    ) -> None:
        subject = record.file.subject
        by_id = {entry.form.id: entry for entry in entries}

        def name(entry: FormEntry) -> str:
            return words.say(entry.plan.name) if entry.plan else entry.form.instrument

        columns = [
            Column(
                words("patient.col-date"),
                lambda e: e.form.date.isoformat(),
                112,
                "strong",
                "date",
            ),
            Column(
                words("patient.col-day"),
                lambda e: str(subject.day(e.form.date)),
                72,
                "figure",
            ),
            Column(words("patient.col-form"), name, 200),
            Column(
                words("patient.col-visit"),
                lambda e: visit_name(words, record, e.visit.code),
                200,
            ),
            Column(words("patient.col-values"), lambda e: values_said(words, e), 0),
        ]

        def ids(_sort: str, descending: bool) -> list[str]:
            found = sorted(entries, key=lambda e: e.form.date, reverse=descending)
            return [entry.form.id for entry in found]

        model = RowsModel(columns, ids, lambda i: [by_id[x] for x in i], "date")
        super().__init__(look, model, words("patient.forms"))
        model.reload()
        if entries:
            self.selectRow(len(entries) - 1)
