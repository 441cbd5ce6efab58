"""The tables of the per-patient summary: a row an exam, so that any number fits."""

from collections.abc import Iterator
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable

from registry_app.domain.figures.document import Ref
from registry_app.domain.figures.patient_summary import (
    CHANGED_TOTALS,
    ExamRow,
    PatientSummary,
)
from registry_app.domain.figures.sensation import Change
from registry_app.domain.isncsci.display import compact
from registry_app.domain.isncsci.result import TOTALS, Interval
from registry_app.domain.visit import Status
from registry_app.drawing.days import day_said
from registry_app.reports import wording
from registry_app.reports.behind import Behind
from registry_app.reports.tables import Caption, Cell, Column, table
from registry_app.reports.text import Heading
from registry_app.reports.voice import Voice

_EXAM: Final = (
    Column("report.head-day", 11, "right"),
    Column("report.head-date", 19),
)
_LEVEL_COLUMNS: Final = (
    *_EXAM,
    Column("report.head-visit", 37),
    Column("report.head-assessor", 31),
    Column("report.head-ais", 11, "center"),
    Column("report.head-nli", 12),
    Column("report.head-sensory", 15),
    Column("report.head-motor", 15),
    Column("report.head-complete", 17),
)
_SCORE_COLUMNS: Final = (
    *_EXAM,
    Column("report.head-zpp-sensory", 23),
    Column("report.head-zpp-motor", 23),
    Column("report.head-uems", 21, "right"),
    Column("report.head-lems", 21, "right"),
    Column("report.head-lt", 25, "right"),
    Column("report.head-pp", 25, "right"),
)
_CHANGE_COLUMNS: Final = (
    Column("report.head-item", 54),
    Column("report.head-most", 22, "right"),
    Column("report.head-first", 30, "right"),
    Column("report.head-latest", 30, "right"),
    Column("report.head-change", 32, "right"),
)
_CHANGES_COLUMNS: Final = (
    Column("report.head-item", 36),
    Column("report.head-most", 18, "right"),
    Column("report.head-first", 20, "right"),
    Column("report.head-before", 24, "right"),
    Column("report.head-latest", 20, "right"),
    Column("report.head-change-first", 22, "right"),
    Column("report.head-change-before", 28, "right"),
)
_PLACE_COLUMNS: Final = (
    Column("report.head-places", 54),
    Column("report.head-better", 26, "right"),
    Column("report.head-worse", 26, "right"),
    Column("report.head-same", 30, "right"),
    Column("report.head-unknown", 32, "right"),
)
_GAP_COLUMNS: Final = (
    *_EXAM,
    Column("report.head-doubt", 44),
    Column("report.head-count", 13, "right"),
    Column("report.head-items", 81),
)
_LACK_COLUMNS: Final = (Column("report.head-lack", 168),)
#: The two sides of each sum.
_SIDES: Final = {
    "uems": ("uer", "uel"),
    "lems": ("ler", "lel"),
    "lt": ("ltr", "ltl"),
    "pp": ("ppr", "ppl"),
}


def exam_tables(
    summary: PatientSummary, voice: Voice, numbers: Iterator[str]
) -> list[Flowable]:
    """Classification and sums of every exam, by day."""
    rows = summary.rows
    levels = table(
        voice,
        Caption(next(numbers), *voice.pair("report.table-levels")),
        _LEVEL_COLUMNS,
        [_level_row(row, summary, voice) for row in rows],
        note="report.note-levels",
        strong=(4,),
        behind=[_behind(row) for row in rows],
    )
    scores = table(
        voice,
        Caption(next(numbers), *voice.pair("report.table-scores")),
        _SCORE_COLUMNS,
        [_score_row(row, voice) for row in rows],
        note="report.note-scores",
        behind=[_behind(row) for row in rows],
    )
    return [*levels, *scores]


def _behind(row: ExamRow) -> Behind:
    """The sheet; of a second rating, the one that it rates too."""
    forms = (row.ref, *([row.rates] if row.rates else []))
    return Behind(f"{row.on}", [Ref("form", form) for form in forms])


def _when(row: ExamRow, voice: Voice) -> list[Cell]:
    """The day and the date; a second rating is no exam of its own."""
    on: Cell = f"{row.on}"
    if row.rates:
        on = f"{row.on}", voice.line("report.second-rating")
    return [day_said(row.day), on]


def _treated(row: ExamRow, voice: Voice) -> Cell:
    """The date, and how long before or after the treatment."""
    if row.treated is None:
        return f"{row.on}"
    days = wording.signed(Interval(row.treated, row.treated))
    return f"{row.on}", voice.lead("report.since-treatment", days=days)


def grade(row: ExamRow) -> str:
    """The AIS grade; a dash where there is none."""
    return "—" if row.ungraded else compact(row.result["ais"])


def _level_row(row: ExamRow, summary: PatientSummary, voice: Voice) -> list[Cell]:
    found = row.result
    below = voice.line("report.draft-exam") if row.status is Status.DRAFT else ""
    if row.counts_for:
        visits = ", ".join(voice.say(name)[0] for name in row.counts_for)
        below = voice.lead("report.counts-for", visits=visits)
    if row.rates:
        below = " ".join(filter(None, (voice.line("report.second-rating"), below)))
    return [
        day_said(row.day),
        _treated(row, voice),
        (visit_said(row.visit, summary, voice), below),
        (row.assessor or "—", _blinding(row, voice)),
        grade(row),
        compact(found["nli"]),
        _sides(row, "sensory"),
        _sides(row, "motor"),
        _completeness(row, voice),
    ]


def _blinding(row: ExamRow, voice: Voice) -> str:
    """As the sheet says, and since when the assessor knew what they were not to."""
    said = voice.line(f"report.blinding-{row.blinding.name.lower()}")
    if row.broken is None:
        return said
    return f"{said} {voice.line('report.unblinded', day=f'{row.broken.on}')}"


def visit_said(code: str, summary: PatientSummary, voice: Voice) -> str:
    """A visit as the plan names it; else as it was written."""
    name = summary.visit_names.get(code)
    return (code or "—") if name is None else voice.say(name)[0]


def _completeness(row: ExamRow, voice: Voice) -> tuple[str, str]:
    """Every possible answer, in both languages."""
    found = row.result["completeness"]
    both = [voice.pair(f"isncsci.completeness-{value}") for value in found.values]
    lead, second = (
        " / ".join(filter(None, words)) for words in zip(*both, strict=True)
    )
    return lead + "*" * found.star, second


def _sides(row: ExamRow, name: str) -> str:
    """Both sides of a level or a zone, a line each."""
    right, left = row.result[f"{name}_right"], row.result[f"{name}_left"]
    return f"R {compact(right)}\nL {compact(left)}"


def _score_row(row: ExamRow, voice: Voice) -> list[Cell]:
    totals = row.result.totals
    sums: list[Cell] = [
        (
            wording.interval(totals[name]),
            f"R {wording.interval(totals[right])}  L {wording.interval(totals[left])}",
        )
        for name, (right, left) in _SIDES.items()
    ]
    zones: list[Cell] = [_sides(row, "zpp_sensory"), _sides(row, "zpp_motor")]
    return [*_when(row, voice), *zones, *sums]


def change_tables(
    summary: PatientSummary, voice: Voice, numbers: Iterator[str]
) -> list[Flowable]:
    """What is different in the latest exam, beside the first."""
    change, first, latest = summary.change, summary.first, summary.latest
    if change is None or first is None or latest is None:
        return []
    # First, latest, change from the first; where there is one, also the last exam
    # before the treatment, and the change from there.
    before, since = summary.before, summary.change_since
    shown = [first.row, *([before.row] if before else []), latest.row]
    steps = [
        (row, each)
        for row, each in ((first.row, change), (before and before.row, since))
        if row and each
    ]
    ais: list[Cell] = [
        voice.spans("report.item-ais"),
        "A–E",
        *map(grade, shown),
        *(
            "—" if row.ungraded or latest.row.ungraded else wording.signed(each.steps)
            for row, each in steps
        ),
    ]
    sums: list[list[Cell]] = [
        [
            voice.spans(f"report.item-{name}"),
            f"{TOTALS[name]}",
            *(wording.interval(row.result.totals[name]) for row in shown),
            *(wording.signed(each.totals[name]) for _, each in steps),
        ]
        for name in CHANGED_TOTALS
    ]
    days = {"first": first.row.day, "latest": latest.row.day}
    words = voice.pair("report.table-change", **days)
    if before:
        words = voice.pair("report.table-changes", **days, before=before.row.day)
    places: list[list[Cell]] = [
        [
            voice.spans(f"report.view-{view.name.lower().replace('_', '-')}"),
            *(f"{found[kind]}" for kind in Change),
        ]
        for view, found in change.places.items()
    ]
    return [
        *table(
            voice,
            Caption(next(numbers), *words),
            _CHANGES_COLUMNS if before else _CHANGE_COLUMNS,
            [ais, *sums],
            note="report.note-change",
            strong=(5, 6) if before else (4,),
        ),
        *table(
            voice,
            Caption(next(numbers), *voice.pair("report.table-places", **days)),
            _PLACE_COLUMNS,
            places,
        ),
    ]


def gap_tables(
    summary: PatientSummary, voice: Voice, numbers: Iterator[str]
) -> list[Flowable]:
    """What is missing or uncertain: on the sheets, and in the record."""
    heading = Heading(1, *voice.pair("report.section-gaps"))
    rows: list[list[Cell]] = [
        [
            *_when(row, voice),
            voice.pair(f"report.doubt-{gap.doubt.value.replace(' ', '-')}"),
            f"{gap.count}",
            wording.items(gap, voice),
        ]
        for row in summary.rows
        for gap in row.gaps
    ]
    lacks: list[list[Cell]] = [[voice.say(lack)] for lack in summary.lacks]
    return [
        *table(
            voice,
            Caption(next(numbers), *voice.pair("report.table-gaps")),
            _GAP_COLUMNS,
            rows,
            above=[CondPageBreak(60 * mm), heading],
            note="report.note-gaps",
            behind=[_behind(row) for row in summary.rows for _ in row.gaps],
        ),
        *table(
            voice,
            Caption(next(numbers), *voice.pair("report.table-lacks")),
            _LACK_COLUMNS,
            lacks,
        ),
    ]
