"""The table of planned visits: each window, the exam that counts for it, and why."""

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.platypus import Flowable

from registry_app.domain.figures.document import Ref
from registry_app.domain.figures.patient_summary import PatientSummary
from registry_app.domain.figures.visits import VisitRow
from registry_app.drawing.days import day_said
from registry_app.reports.behind import Behind
from registry_app.reports.sheet import INK, NOTE
from registry_app.reports.tables import Caption, Cell, Column, table
from registry_app.reports.text import Span, Text, Words, marked
from registry_app.reports.voice import Voice

_COLUMNS: Final = (
    Column("report.head-visit", 34.6),
    Column("report.head-window", 49.2),
    Column("report.head-standing", 22),
    Column("report.head-counted", 17.4),
    Column("report.head-why", 44.8),
)


def visit_table(
    summary: PatientSummary,
    voice: Voice,
    numbers: Iterator[str],
    above: Sequence[Flowable] = (),
) -> list[Flowable]:
    """The planned visits in order of time, `above` them their heading; without a plan
    the heading alone.
    """
    if summary.on is None:
        return [*above]
    words = voice.pair("report.table-visits", on=summary.on)
    return table(
        voice,
        Caption(next(numbers), *words),
        _COLUMNS,
        [_row(row, summary, voice) for row in summary.visits],
        above=above,
        note="report.note-visits",
        behind=[_behind(row, voice) for row in summary.visits],
    )


def _behind(row: VisitRow, voice: Voice) -> Behind:
    return Behind(voice.say(row.name)[0], [Ref("form", row.form)] if row.form else [])


def _row(row: VisitRow, summary: PatientSummary, voice: Voice) -> list[Cell]:
    day = summary.subject.day
    window = f"{row.first} – {row.last}"
    days = f"{day_said(day(row.first))}–{day_said(day(row.last))}"
    counted: Cell = "—"
    if row.counted is not None:
        counted = f"{row.counted}", voice.lead("drawing.day", day=day(row.counted))
    return [
        voice.say(row.name),
        (_marked(window, row, voice), voice.lead("report.days", days=days)),
        voice.pair(f"report.visit-{row.standing.value}"),
        counted,
        _why(row, voice),
    ]


def _marked(window: str, row: VisitRow, voice: Voice) -> Words:
    if not row.to_confirm:
        return window
    return [Span(window), marked(voice.lead("report.to-confirm"))]


def _why(row: VisitRow, voice: Voice) -> Cell:
    """Why the exam counts, and what is doubtful about it."""
    messages = [*([row.why] if row.why is not None else []), *row.flags]
    if not messages:
        return "—"
    said = "\n".join(voice.say(message)[0] for message in messages)
    return Text(said, NOTE.but(ink=INK))
