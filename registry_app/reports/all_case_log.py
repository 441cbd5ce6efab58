"""R6, the all-case log: every case and every kit once, and whether the sum is right."""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from registry_app.domain.figures.all_case_log import (
    AllCaseLog,
    ComparisonRow,
    Grouped,
    LogRow,
    StrayKit,
    Withdrawal,
)
from registry_app.domain.figures.document import Ref
from registry_app.domain.figures.plain import plain
from registry_app.domain.message import Message, Told, say
from registry_app.reports.behind import Behind, Found
from registry_app.reports.issue import Issue
from registry_app.reports.paper import Paper, Row
from registry_app.reports.sheet import MEASURE, NOTE
from registry_app.reports.signatures import signatures
from registry_app.reports.strip import Strip
from registry_app.reports.tables import Caption, Cell, Column, fields, table
from registry_app.reports.text import Heading, Text, bold, soft
from registry_app.reports.voice import Voice

#: Raised with every change of what this report says or how; it is part of the digest.
TEMPLATE: Final = "R6-2"
_COLUMNS: Final = (
    Column("report_r6.head-number", 9),
    Column("report_r6.head-case", 20),
    Column("report_r6.head-kit", 20),
    Column("report_r6.head-dates", 17.6),
    Column("report_r6.head-collected", 32),
    Column("report_r6.head-given", 20),
    Column("report_r6.head-cohort", 24),
    Column("report_r6.head-status", 25.4),
)
_STRAY_COLUMNS: Final = (
    Column("report_r6.head-kit", 42),
    Column("report_r6.head-lot", 42),
    Column("report_r6.head-ordered", 30),
    Column("report_r6.head-not-given", 54),
)
_COMPARISON_COLUMNS: Final = (
    Column("report_r6.head-number", 9),
    Column("report_r6.head-case", 19.5),
    Column("report_r6.head-injury", 17.6),
    Column("report_r6.head-source", 32),
    Column("report_r6.head-matched", 42.9),
    Column("report_r6.head-cohort", 22),
    Column("report_r6.head-status", 25),
)


def paper_of(log: AllCaseLog, issue: Issue) -> Paper:
    """The frame of this report."""
    figures = plain(log)
    assert isinstance(figures, dict)
    return Paper(TEMPLATE, say("report_r6.title"), figures, issue)


def all_case_log(
    log: AllCaseLog, issue: Issue, found: Found = lambda _regions: None
) -> bytes:
    """The report as PDF/A-1b; the same bytes for the same log and issue.

    `found`: told where the rows stand whose sources are known. Raises Refused, with
    every character named, where the fonts cannot write a text.
    """
    paper = paper_of(log, issue)
    paper.check()
    return paper.print(_story(log, paper), found)


def _story(log: AllCaseLog, paper: Paper) -> list[Flowable]:
    voice = paper.voice
    tables = paper.numbers("report.table-number")
    strays: list[Flowable] = []
    if log.strays:
        strays = table(
            voice,
            Caption(next(tables), *voice.pair("report_r6.table-strays")),
            _STRAY_COLUMNS,
            [_stray(kit) for kit in log.strays],
            note="report_r6.note-strays",
            behind=[Behind(kit.kit, kit.refs) for kit in log.strays],
        )
    return [
        Heading(0, *voice.pair("report_r6.title")),
        *_sum(log, voice),
        *strays,
        *table(
            voice,
            Caption(next(tables), *voice.pair("report_r6.table-treated")),
            _COLUMNS,
            [_treated(row, voice) for row in log.treated],
            note="report_r6.note-treated",
            behind=[
                Behind(f"{row.number}  {row.case}", row.refs) for row in log.treated
            ],
        ),
        *table(
            voice,
            Caption(next(tables), *voice.pair("report_r6.table-comparison")),
            _COMPARISON_COLUMNS,
            [_compared(row, voice) for row in log.comparison],
            note="report_r6.note-comparison",
            behind=[
                Behind(f"{row.number}  {row.case}", row.refs) for row in log.comparison
            ],
        ),
        KeepTogether(
            [
                Heading(1, *voice.pair("report_r6.origin")),
                *signatures(voice, paper.issue.signatures),
                *paper.origin,
            ]
        ),
    ]


def _sum(log: AllCaseLog, voice: Voice) -> list[Flowable]:
    """Ordered = given + not given + pending: the difference must be 0."""
    found = log.sum
    unit = voice.lead("report_r6.unit")
    shown = {
        "ordered": found.ordered,
        "given": found.given,
        "not-given": found.not_given,
        "pending": found.pending,
        "difference": found.difference,
        "unmatched": len(found.unmatched),
    }
    right = not found.difference and not found.unmatched
    verdict = voice.pair("report_r6.sum-right" if right else "report_r6.sum-wrong")
    cases = len({row.case for row in log.treated})
    rows: list[Row] = [
        (voice.pair("report_r6.field-on"), f"{log.on}"),
        (
            voice.pair("report_r6.field-cases"),
            voice.spans(
                "report_r6.cases", treated=cases, comparison=len(log.comparison)
            ),
        ),
        (
            voice.pair("report_r6.field-sum"),
            [bold(verdict[0]), soft(f"  {verdict[1]}" if verdict[1] else "")],
        ),
    ]
    return [
        Strip(
            [
                (f"{n}", unit, *voice.pair(f"report_r6.count-{name}"))
                for name, n in shown.items()
            ],
            [_kits(log, name) for name in shown],
        ),
        fields(rows, 52, MEASURE),
        Spacer(1, 5 * mm),
    ]


def _kits(log: AllCaseLog, name: str) -> tuple[Ref, ...]:
    """The kits behind a figure of the sum; none behind a difference."""
    given = [row for row in log.treated if row.kit and row.given]
    others: list[LogRow | StrayKit] = [
        *(row for row in log.treated if row.kit and not row.given),
        *log.strays,
    ]
    found: dict[str, Sequence[LogRow | StrayKit]] = {
        "ordered": [*given, *others],
        "given": given,
        "not-given": [row for row in others if row.not_given],
        "pending": [row for row in others if not row.not_given],
        "unmatched": log.strays,
    }
    refs = (ref for row in found.get(name, ()) for ref in row.refs)
    return tuple(ref for ref in refs if ref.kind == "kit")


def _behind(row: LogRow | ComparisonRow) -> Behind:
    return Behind(f"{row.number}  {row.case}", row.refs)


def _stray(kit: StrayKit) -> list[Cell]:
    return [kit.kit, kit.lot or "—", f"{kit.ordered}", kit.not_given or "—"]


def _treated(row: LogRow, voice: Voice) -> list[Cell]:
    collected = "\n".join(f"{voice.say(n)[0]} {day}" for n, day in row.collected)
    given: Cell = f"{row.given}" if row.given else "—"
    if row.not_given:
        said = filter(None, (row.not_given, f"{row.not_given_on or ''}"))
        why = [soft(f"\n{words}") for words in said]
        given = [bold(voice.lead("report_r6.not-given")), *why]
    return [
        row.number,
        _small(row.case),
        _small("\n".join(filter(None, (row.kit or "—", row.lot)))),
        f"{row.injury}\n{row.ordered or '—'}",
        _small(collected or "—"),
        given,
        _cohort(row.grouped, voice),
        _status(row.status, row.consented, row.withdrawn, voice),
    ]


def _compared(row: ComparisonRow, voice: Voice) -> list[Cell]:
    matched = [*([row.matched_to] if row.matched_to else [])]
    matched += [f"{voice.say(name)[0]}: {value}" for name, value in row.matching]
    return [
        row.number,
        _small(row.case),
        f"{row.injury}",
        row.source or "—",
        _small("\n".join(matched) or "—"),
        _cohort(row.grouped, voice),
        _status(row.status, row.consented, row.withdrawn, voice),
    ]


def _small(words: str) -> Text:
    return Text(words, NOTE.but(ink=0.05))


def _cohort(grouped: Grouped, voice: Voice) -> Cell:
    """The cohort and the grade of the baseline window; or why there is none."""
    if grouped.cohort is None:
        said = "" if grouped.why is None else voice.say(grouped.why)[0]
        lines = filter(None, (f"— {_graded(grouped)}".strip(), said))
        return _small("\n".join(lines))
    return _small(f"{voice.say(grouped.cohort)[0]} {_graded(grouped)}")


def _graded(grouped: Grouped) -> str:
    return f"AIS {grouped.grade}" if grouped.grade else ""


def _status(
    status: Message,
    consented: object,
    withdrawn: Sequence[Withdrawal],
    voice: Voice,
) -> Cell:
    lines = [voice.say(status)[0]]
    if consented is None:
        lines.append(voice.lead("report_r6.no-consent"))
    else:
        lines.append(voice.lead("report_r6.consented", day=consented))
    for each in withdrawn:
        scope: Message | Told = each.scope.told
        said = voice.say(scope)[0]
        lines.append(voice.lead("report_r6.withdrawn", scope=said, day=each.on))
    return _small("\n".join(lines))
