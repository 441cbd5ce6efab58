"""R5, the per-patient follow-up summary: what stands where.

The first page is one patient at a glance: who, the timeline, the trajectory. Tables of
all exams follow, the body maps, what is missing, and how to read it.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer

from registry_app.domain.figures.as_data import as_data
from registry_app.domain.figures.patient_summary import PatientSummary
from registry_app.domain.isncsci.display import compact
from registry_app.domain.visit import Status
from registry_app.drawing.body import shipped_art
from registry_app.drawing.days import day_said
from registry_app.reports import fonts, wording
from registry_app.reports.archive import archive, written_options
from registry_app.reports.issue import Issue
from registry_app.reports.page import Properties, Running, build
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
from registry_app.reports.tables import fields, side_by_side
from registry_app.reports.text import Heading, Span, Text, Words, bold
from registry_app.reports.voice import Voice

#: Raised with every change of what this report says or how; it is part of the digest.
TEMPLATE: Final = "R5-2"
_NOTE_COLUMNS: Final = (LEAD_COLUMN, GAP, SECOND_COLUMN)
_NOTES: Final = (
    *("uncertain", "star", "marks", "map"),
    *("purpose", "rules", "reference"),
)
#: The trajectory takes what is left of the first page, within these heights (mm).
_LOWEST, _HIGHEST = 78.0, 140.0
Row = tuple[tuple[str, str], Words]


def patient_summary(summary: PatientSummary, issue: Issue) -> bytes:
    """The report as PDF/A-1b; the same bytes for the same summary and issue.

    Raises Refused, with every character named, where the fonts cannot write a text.
    """
    fonts.register()
    voice = Voice(issue.languages)
    digest = content_digest(summary, issue)
    run = _running(summary, issue, voice, digest)
    fonts.check(_strings([as_data(summary), list(run.texts)]))
    story = _story(summary, issue, voice, digest)
    title = f"{voice.lead('report.title')} {summary.subject.id}"
    properties = Properties(
        title=title,
        author=run.owner,
        subject=f"{run.report} {run.cut}",
        language={"ja": "ja-JP", "en": "en-GB"}[voice.language],
        creator=issue.software,
    )
    return archive(build(story, run, properties), _marks(summary, issue, digest))


def content_digest(summary: PatientSummary, issue: Issue) -> str:
    """SHA-256 over what is printed and the template, not over the file's bytes."""
    said = {
        "template": TEMPLATE,
        "figures": as_data(summary),
        "languages": list(issue.languages),
        "number": issue.number,
        "cut": [issue.cut.seq, issue.cut.head, issue.cut_time],
        "registry": [issue.registry.id, issue.registry.site, issue.registry.pack],
        "pack": [issue.pack_name(language) for language in issue.languages],
        "state": [issue.registry.training, issue.draft, issue.identifiable],
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _strings(value: object) -> Iterator[str]:
    """Every text inside plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _engines(summary: PatientSummary) -> str:
    return ", ".join(sorted({row.engine for row in summary.rows})) or "—"


def _marks(summary: PatientSummary, issue: Issue, digest: str) -> dict[str, str]:
    return {
        "RegistryId": issue.registry.id,
        "ReportNumber": issue.number,
        "SubjectId": summary.subject.id,
        "CutSequence": f"{issue.cut.seq}",
        "CutHead": issue.cut.head,
        "ContentDigest": digest,
        "EngineVersion": _engines(summary),
        "TemplateVersion": TEMPLATE,
        "Options": written_options(issue.options),
    }


def _running(
    summary: PatientSummary, issue: Issue, voice: Voice, digest: str
) -> Running:
    states = [
        *(["report.state-training"] if issue.registry.training else []),
        *(["report.state-draft"] if issue.draft else []),
        _shown(issue),
    ]
    return Running(
        state="  /  ".join(voice.line(key) for key in states),
        owner=voice.lead("report.owner", **_owner(issue, voice)),
        report=f"{voice.line('report.title')}  {summary.subject.id}",
        cut=f"{voice.line('report.field-cut')} {_cut(issue)}",
        number=issue.number,
        software=issue.software,
        digest=digest,
        label=voice.lead("report.not-official"),
    )


def _shown(issue: Issue) -> str:
    """What the report shows of the person."""
    if issue.identifiable:
        return "report.state-identifiable"
    return "report.state-pseudonymous"


def _cut(issue: Issue) -> str:
    """The time of the cut, and the number of its entry in the trail."""
    return f"{issue.cut_time}  #{issue.cut.seq}"


def _owner(issue: Issue, voice: Voice) -> dict[str, object]:
    return {"pack": issue.pack_name(voice.language), "site": issue.registry.site}


def _numbers(voice: Voice, key: str) -> Iterator[str]:
    return (voice.lead(key, n=n) for n in count(1))


def _story(
    summary: PatientSummary, issue: Issue, voice: Voice, digest: str
) -> list[Flowable]:
    figures = _numbers(voice, "report.figure-number")
    tables = _numbers(voice, "report.table-number")
    lead, second = voice.pair("report.title")
    top: list[Flowable] = [
        Heading(0, f"{lead}  {summary.subject.id}", second),
        *_person(summary, issue, voice),
        Spacer(1, 5 * mm),
        timeline_figure(summary, voice, next(figures)),
    ]
    trajectory = trajectory_figure(summary, voice, next(figures), _room(top, voice))
    maps = body_figures(summary, voice, shipped_art(), figures)
    return [
        *top,
        trajectory,
        PageBreak(),
        *([Heading(0, *voice.pair("report.section-maps"))] if maps else []),
        *maps,
        *([PageBreak()] if summary.latest else []),
        Heading(0, *voice.pair("report.section-exams")),
        *exam_tables(summary, voice, tables),
        *change_tables(summary, voice, tables),
        *gap_tables(summary, voice, tables),
        # Together, or six lines of origin would stand alone on a page.
        KeepTogether(
            [
                Heading(1, *voice.pair("report.section-notes")),
                *_notes(voice),
                Spacer(1, 3 * mm),
                *_origin(summary, issue, voice, digest),
            ]
        ),
    ]


def _room(above: Sequence[Flowable], voice: Voice) -> float:
    """The height left for the trajectory on the first page, in points."""
    used = 0.0
    for flowable in above:
        _, height = flowable.wrap(MEASURE * mm, 1000 * mm)
        used += height + flowable.getSpaceBefore() + flowable.getSpaceAfter()
    caption = (13 if voice.doubled else 6) * mm
    left = (HEIGHT - TOP - BOTTOM) * mm - used - caption
    return min(max(left, _LOWEST * mm), _HIGHEST * mm)


def _person(summary: PatientSummary, issue: Issue, voice: Voice) -> list[Flowable]:
    """Who it is, as far as this report may say, and the course in five lines."""
    half = (MEASURE - 6) / 2
    left = fields(_case(summary, issue, voice), 30, half)
    right = fields(_course(summary, voice), 36, half)
    block: list[Flowable] = [side_by_side([left, "", right], (half, 6, half))]
    if summary.identity is not None:
        rows = _identity(summary, voice)
        block = [fields(rows, 30, MEASURE), Spacer(1, 3 * mm), *block]
    return block


def _identity(summary: PatientSummary, voice: Voice) -> list[Row]:
    assert summary.identity is not None
    who = summary.identity
    name = " ".join(filter(None, (who.family, who.given)))
    kana = " ".join(filter(None, (who.family_kana, who.given_kana)))
    return [
        (voice.pair("report.field-name"), f"{name or '—'}  {kana}".strip()),
        (voice.pair("report.field-born"), f"{who.birth_date or '—'}"),
        (voice.pair("report.field-hospital-number"), who.hospital_number or "—"),
    ]


def _case(summary: PatientSummary, issue: Issue, voice: Voice) -> list[Row]:
    subject = summary.subject
    sex = voice.spans(f"subject.sex-{subject.sex.value}")
    age: list[Span] = []
    if summary.age is not None:
        years = wording.interval(summary.age)
        age = [Span("  "), *voice.spans("report.years", years=years)]
    return [
        (voice.pair("report.field-case"), [bold(subject.id)]),
        (voice.pair("report.field-shown"), voice.spans(_shown(issue))),
        (voice.pair("report.field-sex-age"), [*sex, *age]),
        (
            voice.pair("report.field-injury"),
            f"{subject.injury_date}",
        ),
        (
            voice.pair("report.field-cause"),
            voice.spans(f"subject.cause-{subject.cause.value}"),
        ),
    ]


def _course(summary: PatientSummary, voice: Voice) -> list[Row]:
    subject, rows = summary.subject, summary.rows
    treated: Words = "—"
    if subject.treatment_date is not None:
        on = subject.treatment_date
        treated = voice.spans("report.on-day", date=on, day=day_said(subject.day(on)))
    complete = sum(row.status is Status.COMPLETE for row in rows)
    exams = voice.spans("report.exams", complete=complete, all=len(rows))
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
        (voice.pair("report.field-treatment"), treated),
        (voice.pair("report.field-exams"), exams),
        (voice.pair("report.field-ais"), [bold(ais)]),
        (voice.pair("report.field-nli"), nli),
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


def _origin(
    summary: PatientSummary, issue: Issue, voice: Voice, digest: str
) -> list[Flowable]:
    """From which state of which registry, by which program: for checking it later."""
    rows: list[Row] = [
        ((voice.line("report.field-number"), ""), issue.number),
        (
            (voice.line("report.field-registry"), ""),
            f"{issue.registry.id}  {issue.registry.pack}",
        ),
        ((voice.line("report.field-cut"), ""), _cut(issue)),
        ((voice.line("report.field-head"), ""), issue.cut.head),
        (
            (voice.line("report.field-engine"), ""),
            f"{_engines(summary)}  {issue.software}",
        ),
        ((voice.line("report.field-digest"), ""), f"{TEMPLATE}  {digest}"),
    ]
    return [fields(rows, 58 if voice.doubled else 36, MEASURE)]
