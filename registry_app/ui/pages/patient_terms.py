"""The words of one patient: sums, gains, grades, exams, as wide as they are open."""

from datetime import date
from typing import Final

from registry_app.domain.blinding import Hidden, Unblinding
from registry_app.domain.figures.examined import ungraded
from registry_app.domain.figures.visits import VisitRow, VisitStanding
from registry_app.domain.isncsci.result import Classification, Interval
from registry_app.domain.message import Told
from registry_app.domain.visit import Blinding, Status
from registry_app.services.subjects import ExamEntry
from registry_app.ui.charts import Reading
from registry_app.ui.isncsci.terms import possible_text, visit_said
from registry_app.ui.patient_record import PatientRecord
from registry_app.words import Words

#: The sums of the page, and the keys of their names.
SUMS = ("uems", "lems", "lt", "pp")
BLINDING = {
    Blinding.BLINDED: "enrol.exam-blinded",
    Blinding.KNOWS: "enrol.exam-knows",
    Blinding.UNKNOWN: "enrol.exam-unknown",
}
STATUS = {Status.DRAFT: "patient.draft", Status.COMPLETE: "patient.complete"}


#: The shape of a window's standing.
_WINDOW_STATUS: Final = {
    VisitStanding.MADE: "done",
    VisitStanding.OPEN: "due",
    VisitStanding.MISSED: "overdue",
    VisitStanding.ENDED: "blocked",
    VisitStanding.AHEAD: "open",
}


def window_status(row: VisitRow) -> str:
    """The shape of a window's standing; an offer that passed is nothing overdue."""
    if row.standing is VisitStanding.MISSED and not row.owed:
        return "open"
    return _WINDOW_STATUS[row.standing]


def visit_name(words: Words, record: PatientRecord, code: str) -> str:
    """A visit as the pack names it; unscheduled; else as it was written."""
    return visit_said(words, code, record.visit_names.get(code))


def unblinded_said(words: Words, one: Unblinding) -> str:
    """Since when the assessor of an exam knew, what, and how it came about."""
    what = (words.say(each.told) for each in Hidden if each in one.revealed)
    return words(
        "blinding_ui.mark-why",
        day=one.on.isoformat(),
        how=one.how.told,
        what=words("banner.dot").join(what),
        why=one.why,
    )


def window_said(words: Words, row: VisitRow, on: date) -> str:
    """How a window stands, with its last day where that matters."""
    days = (row.last - on).days
    match row.standing:
        case VisitStanding.MADE:
            return words("patient.window-made")
        case VisitStanding.OPEN:
            return words("patient.window-open", days=days)
        case VisitStanding.MISSED if not row.owed:
            return words("patient.window-passed")
        case VisitStanding.MISSED:
            return words("patient.window-missed", days=-days)
        case VisitStanding.ENDED:
            return words("patient.window-ended")
        case VisitStanding.AHEAD:
            return words("patient.window-ahead", days=(row.first - on).days)


def sum_text(total: Interval) -> str:
    """A sum: ``25``, or ``19–53`` where it is not certain."""
    return f"{total.low}" if total.certain else f"{total.low}–{total.high}"


def gain_text(words: Words, gain: Interval) -> str:
    """A gain with its sign: ``+3``, ``−1``, ``±0``, ``−1 to +10``."""
    low, high = (f"{n:+d}".replace("-", "\u2212") if n else "±0" for n in gain)
    return low if gain.certain else words("patient.gain-span", low=low, high=high)


def ais_text(words: Words, result: Classification, ungraded: bool) -> str:
    """The possible grades: ``B``, ``B or C``; a dash where there is no grade."""
    if ungraded:
        return words("banner.no-grade")
    return possible_text(words, "ais", result["ais"])


def nli_text(words: Words, result: Classification) -> str:
    """The possible neurological levels of injury."""
    return possible_text(words, "nli", result["nli"])


def exam_readings(words: Words, record: PatientRecord) -> list[Reading]:
    """What a chart says of each exam, by day."""
    counts = {
        window.counted.form_id: window.visit.name
        for window in record.plan.windows
        if window.counted is not None
    }
    return [
        _reading(words, record, exam, counts.get(exam.form.id))
        for exam in record.file.exams
    ]


def _reading(
    words: Words, record: PatientRecord, exam: ExamEntry, counts: Told | None
) -> Reading:
    form, result = exam.form, exam.result
    title = words(
        "patient.reading",
        day=record.file.subject.day(form.date),
        date=form.date.isoformat(),
        visit=visit_name(words, record, exam.visit.code),
    )
    lines = [
        f"{words('patients.ais')} {ais_text(words, result, ungraded(exam))}   "
        f"{words('patients.nli')} {nli_text(words, result)}",
        *(
            "   ".join(
                f"{words(f'drawing.{name}')} {sum_text(result.totals[name])}"
                for name in pair
            )
            for pair in (SUMS[:2], SUMS[2:])
        ),
    ]
    if form.status is Status.DRAFT:
        lines.append(words("patient.draft"))
    elif counts is not None:
        lines.append(words("patient.counts-for", visit=counts))
    return Reading((form.id,), title, tuple(lines))
