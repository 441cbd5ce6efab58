"""R5, the per-patient follow-up summary: what stands where.

The first page is one patient at a glance: who, the timeline, the trajectory. Tables of
all exams follow, the body maps, what is missing, and how to read it.
"""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from registry_app.domain.consent import Scope
from registry_app.domain.figures.as_data import as_data
from registry_app.domain.figures.patient_summary import PatientSummary
from registry_app.domain.isncsci.display import compact
from registry_app.domain.message import say
from registry_app.domain.subject import Arm
from registry_app.domain.visit import Status
from registry_app.drawing.body import shipped_art
from registry_app.drawing.days import day_said
from registry_app.reports import wording
from registry_app.reports.behind import Found
from registry_app.reports.issue import Issue
from registry_app.reports.paper import Paper, Row
from registry_app.reports.sheet import (
    BOTTOM,
    GAP,
    HEIGHT,
    LEAD_COLUMN,
    MEASURE,
    NOTE,
    SECOND_COLUMN,
    SOFT,
    TOP,
)
from registry_app.reports.signatures import signatures
from registry_app.reports.summary_beside import (
    consent_state,
    consent_table,
    function_tables,
    safety_table,
)
from registry_app.reports.summary_figures import (
    body_figures,
    timeline_figure,
    trajectory_figure,
)
from registry_app.reports.summary_tables import (
    change_tables,
    exam_tables,
    gap_tables,
    grade,
)
from registry_app.reports.summary_visits import visit_table
from registry_app.reports.tables import fields, side_by_side
from registry_app.reports.text import Heading, Span, Text, Words, bold, marked, soft
from registry_app.reports.voice import Voice

#: Raised with every change of what this report says or how; it is part of the digest.
TEMPLATE: Final = "R5-7"
_NOTE_COLUMNS: Final = (LEAD_COLUMN, GAP, SECOND_COLUMN)
_NOTES: Final = (
    *("uncertain", "star", "marks", "map"),
    *("purpose", "rules", "reference"),
)
#: The trajectory takes what is left of the first page, within these heights (mm); on
#: a page of its own it leaves room for the maps.
_LOWEST, _HIGHEST, _ALONE = 60.0, 140.0, 84.0


def paper_of(summary: PatientSummary, issue: Issue) -> Paper:
    """The frame of this report."""
    return Paper(
        TEMPLATE,
        say("report.title"),
        as_data(summary),
        issue,
        summary.subject.id,
        ", ".join(sorted({row.engine for row in summary.rows})) or "—",
    )


def patient_summary(
    summary: PatientSummary, issue: Issue, found: Found = lambda _regions: None
) -> bytes:
    """The report as PDF/A-1b; the same bytes for the same summary and issue.

    `found`: told where the rows stand whose sources are known. Raises Refused, with
    every character named, where the fonts cannot write a text.
    """
    paper = paper_of(summary, issue)
    paper.check()
    return paper.print(_story(summary, paper), found)


def _story(summary: PatientSummary, paper: Paper) -> list[Flowable]:
    voice = paper.voice
    figures = paper.numbers("report.figure-number")
    tables = paper.numbers("report.table-number")
    lead, second = voice.pair("report.title")
    top: list[Flowable] = [
        Heading(0, f"{lead}  {summary.subject.id}", second),
        *_person(summary, paper),
        Spacer(1, 5 * mm),
        timeline_figure(summary, voice, next(figures)),
    ]
    second_figure = next(figures)
    room = _room([*top, trajectory_figure(summary, voice, second_figure, 0.0)])
    trajectory = trajectory_figure(summary, voice, second_figure, room)
    maps = body_figures(summary, voice, shipped_art(), figures)
    return [
        *top,
        trajectory,
        *([Heading(0, *voice.pair("report.section-maps"))] if maps else []),
        *maps,
        *visit_table(
            summary,
            voice,
            tables,
            [Heading(0, *voice.pair("report.section-exams"))],
        ),
        *exam_tables(summary, voice, tables),
        *change_tables(summary, voice, tables),
        *function_tables(summary, voice, tables),
        *safety_table(summary, voice, tables),
        *consent_table(summary, voice, tables),
        *gap_tables(summary, voice, tables),
        KeepTogether(
            [
                Heading(1, *voice.pair("report.section-notes")),
                *_notes(voice),
            ]
        ),
        paper.closing(summary.cover, signatures(voice, paper.issue.signatures)),
    ]


def _room(shown: Sequence[Flowable]) -> float:
    """The height left for the trajectory on the first page, in points; `shown`: all
    that stands there, with the trajectory as if it had no height.
    """
    # Nothing stands above the first of them.
    used = -shown[0].getSpaceBefore()
    for flowable in shown:
        _, height = flowable.wrap(MEASURE * mm, 1000 * mm)
        used += height + flowable.getSpaceBefore() + flowable.getSpaceAfter()
    left = (HEIGHT - TOP - BOTTOM) * mm - used
    return min(left, _HIGHEST * mm) if left >= _LOWEST * mm else _ALONE * mm


def _person(summary: PatientSummary, paper: Paper) -> list[Flowable]:
    """Who it is, as far as this report may say, and the course in a few lines."""
    voice = paper.voice
    half = (MEASURE - 6) / 2
    left = fields(_case(summary, paper), 30, half)
    right = fields(_course(summary, voice), 36, half)
    block: list[Flowable] = [side_by_side([left, "", right], (half, 6, half))]
    if summary.identity is not None:
        rows = _identity(summary, voice)
        block = [fields(rows, 52, MEASURE), Spacer(1, 3 * mm), *block]
    return block


def _identity(summary: PatientSummary, voice: Voice) -> list[Row]:
    assert summary.identity is not None
    who = summary.identity
    name = " ".join(filter(None, (who.family, who.given)))
    kana = " ".join(filter(None, (who.family_kana, who.given_kana)))
    said = {
        "name": f"{name or '—'}  {kana}".strip(),
        "born": f"{who.birth_date or '—'}",
        "hospital-number": who.hospital_number or "—",
    }
    # Both languages of a label on one line: the first page has room for no more.
    return [((voice.line(f"report.field-{key}"), ""), w) for key, w in said.items()]


def _case(summary: PatientSummary, paper: Paper) -> list[Row]:
    voice = paper.voice
    subject = summary.subject
    sex = voice.spans(f"subject.sex-{subject.sex.value}")
    age: list[Span] = []
    if summary.age is not None:
        years = wording.interval(summary.age)
        age = [Span("  "), *voice.spans("report.years", years=years)]
    return [
        (voice.pair("report.field-case"), [bold(subject.id)]),
        (voice.pair("report.field-shown"), voice.spans(paper.mode)),
        (voice.pair("report.field-sex-age"), [*sex, *age]),
        (
            voice.pair("report.field-injury"),
            f"{subject.injury_date}",
        ),
        (
            voice.pair("report.field-cause"),
            voice.spans(f"subject.cause-{subject.cause.value}"),
        ),
        (voice.pair("report.field-consent"), _consented(summary, voice)),
    ]


def _consented(summary: PatientSummary, voice: Voice) -> Words:
    """The consent on which the patient is here, with its day."""
    arm = summary.subject.arm
    scope = Scope.TREATMENT if arm is Arm.TREATED else Scope.FOLLOW_UP
    row = next((row for row in summary.beside.consents if row.scope is scope), None)
    if row is None:
        return "—"
    lead, second = consent_state(row, voice)
    signed = f"{row.signed}  " if row.signed else ""
    return [Span(f"{signed}{lead}"), *([soft(f"  {second}")] if second else [])]


def _course(summary: PatientSummary, voice: Voice) -> list[Row]:
    subject, rows = summary.subject, summary.rows
    treated: Words = "—"
    if subject.treatment_date is not None:
        on = subject.treatment_date
        treated = voice.spans("report.on-day", date=on, day=day_said(subject.day(on)))
    own = [row for row in rows if not row.rates]
    complete = sum(row.status is Status.COMPLETE for row in own)
    exams = voice.spans("report.exams", complete=complete, all=len(own))
    if len(own) < len(rows):
        again = voice.spans("report.rated-again", n=len(rows) - len(own))
        exams = [*exams, Span("  "), *again]
    ais = nli = "—"
    if summary.first is not None:
        last = summary.latest or summary.first
        shown = [summary.first, *([summary.latest] if summary.latest else [])]
        ais = " → ".join(grade(each.row) for each in shown)
        nli = compact(last.row.result["nli"])
    return [
        (
            voice.pair("report.field-arm"),
            voice.spans(f"subject.arm-{subject.arm.value}"),
        ),
        (voice.pair("report.field-next"), _next(summary, voice)),
        (voice.pair("report.field-treatment"), treated),
        (voice.pair("report.field-exams"), exams),
        (voice.pair("report.field-ais"), [bold(ais)]),
        (voice.pair("report.field-nli"), nli),
    ]


def _next(summary: PatientSummary, voice: Voice) -> Words:
    """The visit to be made next, with its window; the last day matters most."""
    visit = summary.next_visit
    if visit is None:
        return "—"
    name, second = voice.say(visit.name)
    return [
        Span(f"{name}  {visit.first} – "),
        bold(f"{visit.last}"),
        *([marked(voice.lead("report.to-confirm"))] if visit.to_confirm else []),
        *([soft(f"  {second}")] if second else []),
    ]


def _notes(voice: Voice) -> list[Flowable]:
    """How to read it: each note in one language, or the two beside each other."""
    out: list[Flowable] = []
    for name in _NOTES:
        lead, second = voice.pair(f"report.reading-{name}")
        note = Text(lead, NOTE.but(justify=True))
        accompanied = Text(second, NOTE.but(ink=SOFT))
        pair = side_by_side([note, "", accompanied], _NOTE_COLUMNS) if second else note
        out += [pair, Spacer(1, 1.2 * mm)]
    return out
