"""The tables of the per-patient summary beside the exams: safety, function, consent."""

from collections.abc import Iterator
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable

from registry_app.domain.figures.beside_exams import (
    ConsentRow,
    FunctionRow,
    SafetyRow,
)
from registry_app.domain.figures.document import Ref
from registry_app.domain.figures.patient_summary import PatientSummary
from registry_app.domain.isncsci.result import Interval
from registry_app.domain.message import in_halves
from registry_app.domain.safety import CaseState
from registry_app.drawing.days import day_said
from registry_app.reports import wording
from registry_app.reports.behind import Behind
from registry_app.reports.fonts import writable
from registry_app.reports.summary_tables import visit_said
from registry_app.reports.tables import Caption, Cell, Column, table
from registry_app.reports.text import Heading
from registry_app.reports.voice import Voice

_SAFETY_COLUMNS: Final = (
    Column("report.head-safety-case", 25),
    Column("report.head-event", 55),
    Column("report.head-day", 13, "right"),
    Column("report.head-onset", 22),
    Column("report.head-serious", 19),
    Column("report.head-class", 12, "center"),
    Column("report.head-outcome", 22),
)
_FUNCTION: Final = (
    Column("report.head-day", 11, "right"),
    Column("report.head-date", 24),
    Column("report.head-visit", 49),
)
#: What the measures share of the width, and how many fit beside each other.
_SHARED, _MOST = 84.0, 4
_CONSENT_COLUMNS: Final = (
    Column("report.head-consent", 44),
    Column("report.head-consent-state", 30),
    Column("report.head-signed", 18),
    Column("report.head-document", 56),
    Column("report.head-signer", 20),
)


def safety_table(
    summary: PatientSummary, voice: Voice, numbers: Iterator[str]
) -> list[Flowable]:
    """Every event of the patient's safety cases, by onset."""
    rows = summary.beside.safety
    return table(
        voice,
        Caption(next(numbers), *voice.pair("report.table-safety")),
        _SAFETY_COLUMNS,
        [_event(row, voice) for row in rows],
        above=[
            CondPageBreak(50 * mm),
            Heading(1, *voice.pair("report.section-safety")),
        ],
        note="report.note-safety",
        strong=(5,),
        behind=[
            Behind(
                f"{row.case}  {writable(voice.said(in_halves(row.what))[0])}",
                (
                    Ref("event", row.event, row.case),
                    Ref("safety_case", row.case, row.case),
                ),
            )
            for row in rows
        ],
    )


def _what(row: SafetyRow, voice: Voice) -> Cell:
    """As it was typed, or a line for each language where both were."""
    said = in_halves(row.what)
    return writable(said) if isinstance(said, str) else voice.say(said)


def _event(row: SafetyRow, voice: Voice) -> list[Cell]:
    serious = {True: "yes", False: "no", None: "open"}[row.serious]
    case: Cell = row.case
    if row.state is not CaseState.OPEN:
        case = row.case, " ".join(filter(None, voice.say(row.state.told)))
    return [
        case,
        _what(row, voice),
        "—" if row.day is None else day_said(row.day),
        _dated(f"{row.onset or '—'}", row.treated, voice),
        voice.pair(f"report.serious-{serious}"),
        row.event_class or "—",
        voice.say(row.outcome.told),
    ]


def _dated(on: str, treated: int | None, voice: Voice) -> Cell:
    """A date, and how long before or after the treatment."""
    if treated is None:
        return on
    days = wording.signed(Interval(treated, treated))
    return on, voice.lead("report.since-treatment", days=days)


def function_tables(
    summary: PatientSummary, voice: Voice, numbers: Iterator[str]
) -> list[Flowable]:
    """The totals of what the pack measures beside the exam, a row a visit."""
    measures = [*(summary.beside.measures or {}).items()]
    out: list[Flowable] = []
    for n in range(0, len(measures), _MOST):
        shown = measures[n : n + _MOST]
        wide = _SHARED / len(shown)
        ids = [name for name, _ in shown]
        rows = [row for row in summary.beside.function if row.values.keys() & ids]
        out += table(
            voice,
            Caption(next(numbers), *voice.pair("report.table-function")),
            (
                *_FUNCTION,
                *(Column("", wide, "right", voice.say(told)) for _, told in shown),
            ),
            [_measured(row, ids, summary, voice) for row in rows],
            note="report.note-function",
            behind=[
                Behind(f"{row.on}", [Ref("form", form) for form in row.forms])
                for row in rows
            ],
        )
    return out


def _measured(
    row: FunctionRow, ids: list[str], summary: PatientSummary, voice: Voice
) -> list[Cell]:
    values = (f"{row.values[name]}" if name in row.values else "—" for name in ids)
    on = _dated(f"{row.on}", row.treated, voice)
    return [day_said(row.day), on, visit_said(row.visit, summary, voice), *values]


def consent_table(
    summary: PatientSummary, voice: Voice, numbers: Iterator[str]
) -> list[Flowable]:
    """How each kind of consent stands."""
    rows = summary.beside.consents
    if not rows or summary.on is None:
        return []
    return table(
        voice,
        Caption(next(numbers), *voice.pair("report.table-consent", on=f"{summary.on}")),
        _CONSENT_COLUMNS,
        [_consent(row, voice) for row in rows],
        behind=[
            Behind(
                voice.say(row.scope.told)[0],
                [Ref("consent", row.consent)] if row.consent else [],
            )
            for row in rows
        ],
    )


def consent_state(row: ConsentRow, voice: Voice) -> tuple[str, str]:
    """Whether it holds."""
    if row.signed is None:
        return voice.pair("report.consent-none")
    if row.withdrawn is not None:
        return voice.pair("report.consent-withdrawn", day=f"{row.withdrawn}")
    return voice.pair("report.consent-holds")


def _consent(row: ConsentRow, voice: Voice) -> list[Cell]:
    return [
        voice.say(row.scope.told),
        consent_state(row, voice),
        f"{row.signed or '—'}",
        writable(row.document) or "—",
        "—" if row.signer is None else voice.say(row.signer.told),
    ]
