"""R6, the all-case log: every case and every kit once, and whether the sum is right."""

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

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
from registry_app.reports.document_tables import fields_grid
from registry_app.reports.issue import Issue
from registry_app.reports.paper import Paper, Row
from registry_app.reports.sheet import INK, MEASURE, NOTE
from registry_app.reports.signatures import signatures
from registry_app.reports.strip import Strip
from registry_app.reports.tables import Caption, Cell, Column, fields, table
from registry_app.reports.text import Heading, Text, Words, bold, soft
from registry_app.reports.voice import Voice

#: Raised with every change of what this report says or how; it is part of the digest.
TEMPLATE: Final = "R6-3"
_COLUMNS: Final = (
    Column("report_r6.head-number", 8.4),
    Column("report_r6.head-case", 19),
    Column("report_r6.head-kit", 20),
    Column("report_r6.head-dates", 15.2),
    Column("report_r6.head-collected", 34),
    Column("report_r6.head-given", 25),
    Column("report_r6.head-cohort", 21),
    Column("report_r6.head-status", 25.4),
)
_STRAY_COLUMNS: Final = (
    Column("report_r6.head-kit", 42),
    Column("report_r6.head-lot", 42),
    Column("report_r6.head-ordered", 30),
    Column("report_r6.head-not-given", 54),
)
_COMPARISON_COLUMNS: Final = (
    Column("report_r6.head-number", 8.4),
    Column("report_r6.head-case", 19),
    Column("report_r6.head-injury", 15.2),
    Column("report_r6.head-source", 37.4),
    Column("report_r6.head-matched", 43.4),
    Column("report_r6.head-cohort", 20),
    Column("report_r6.head-status", 24.6),
)
_REASON_COLUMNS: Final = (
    Column("report_r6.head-note", 14),
    Column("report_r6.head-why", 132),
    Column("report_r6.head-rows", 22, "right"),
)
#: Words of 7 points need less room between their rows.
_PAD: Final = 0.5
#: The dates of a course stand by letters, two on a line.
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


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
    whys = _Whys(log, voice)
    return [
        Heading(0, *voice.pair("report_r6.title")),
        *_cover(log, voice),
        *_sum(log, voice),
        *strays,
        *table(
            voice,
            Caption(next(tables), *voice.pair("report_r6.table-treated")),
            _COLUMNS,
            [_treated(row, log, whys, voice) for row in log.treated],
            note="report_r6.note-treated",
            notes=_key(log, voice),
            pad=_PAD,
            behind=[_behind(row) for row in log.treated],
        ),
        *table(
            voice,
            Caption(next(tables), *voice.pair("report_r6.table-comparison")),
            _COMPARISON_COLUMNS,
            [_compared(row, whys, voice) for row in log.comparison],
            note="report_r6.note-comparison",
            pad=_PAD,
            behind=[_behind(row) for row in log.comparison],
        ),
        *_reasons(whys, voice, tables),
        paper.closing((), signatures(voice, paper.issue.signatures)),
    ]


def _cover(log: AllCaseLog, voice: Voice) -> list[Flowable]:
    """The common fields; the title says the kind of report."""
    rows = [row for row in log.cover if row.id != "type"]
    return [fields_grid(rows, voice, pad=_PAD, close=True)] if rows else []


class _Whys:
    """Why cases are in no cohort: each reason once, by its number, with its rows."""

    def __init__(self, log: AllCaseLog, voice: Voice) -> None:
        self.voice = voice
        self.rows: dict[tuple[str, str], list[LogRow | ComparisonRow]] = {}
        every: list[LogRow | ComparisonRow] = [*log.treated, *log.comparison]
        for row in every:
            if said := self.said(row.grouped):
                self.rows.setdefault(said, []).append(row)
        self.numbers = {said: f"{n}" for n, said in enumerate(self.rows, 1)}

    def said(self, grouped: Grouped) -> tuple[str, str] | None:
        """The reason in the languages of the report; none where there is a cohort."""
        if grouped.cohort is not None or grouped.why is None:
            return None
        return self.voice.say(grouped.why)


def _reasons(whys: _Whys, voice: Voice, numbers: Iterator[str]) -> list[Flowable]:
    """What the numbers in the cohort column say."""
    if not whys.rows:
        return []
    return table(
        voice,
        Caption(next(numbers), *voice.pair("report_r6.table-reasons")),
        _REASON_COLUMNS,
        [
            [whys.numbers[said], said, f"{len(rows)}"]
            for said, rows in whys.rows.items()
        ],
        pad=_PAD,
        behind=[
            Behind(number, tuple(dict.fromkeys(r for row in rows for r in row.refs)))
            for number, rows in zip(
                whys.numbers.values(), whys.rows.values(), strict=True
            )
        ],
    )


def _key(log: AllCaseLog, voice: Voice) -> list[str]:
    """What the letters of the dates and the numbers of the cohorts stand for."""
    dates = (
        voice.lead("report_r6.key-date", letter=letter, name=voice.say(name)[0])
        for letter, name in zip(_LETTERS, log.dates, strict=False)
    )
    cohorts = (
        voice.lead("report_r6.key-cohort", number=number, name=voice.say(name)[0])
        for number, name in log.cohorts
    )
    return [*filter(None, ("  ".join(dates), "  ".join(cohorts)))]


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


def _treated(row: LogRow, log: AllCaseLog, whys: _Whys, voice: Voice) -> list[Cell]:
    given: Words = f"{row.given}" if row.given else "—"
    if row.not_given:
        said = filter(None, (f"{row.not_given_on or ''}", row.not_given))
        why = [soft("  ".join(["", *said]))]
        given = [bold(voice.lead("report_r6.not-given")), *why]
    return [
        row.number,
        _small(row.case),
        _small("\n".join(filter(None, (row.kit or "—", row.lot)))),
        _small(f"{row.injury}\n{row.ordered or '—'}"),
        _small(_collected(row, log)),
        _small(given),
        _cohort(row.grouped, whys, voice),
        _status(row.status, row.consented, row.withdrawn, voice),
    ]


def _collected(row: LogRow, log: AllCaseLog) -> str:
    """The dates of the course by their letters."""
    letters = dict(zip(log.dates, _LETTERS, strict=False))
    dates = [f"{letters.get(name, '')} {day}" for name, day in row.collected]
    return "  ".join(dates) or "—"


def _compared(row: ComparisonRow, whys: _Whys, voice: Voice) -> list[Cell]:
    matched = [*([row.matched_to] if row.matched_to else [])]
    matched += [f"{voice.say(name)[0]}: {value}" for name, value in row.matching]
    return [
        row.number,
        _small(row.case),
        _small(f"{row.injury}"),
        _small(row.source or "—"),
        _small("  ".join(matched) or "—"),
        _cohort(row.grouped, whys, voice),
        _status(row.status, row.consented, row.withdrawn, voice),
    ]


def _small(words: Words) -> Text:
    return Text(words, NOTE.but(ink=INK))


def _cohort(grouped: Grouped, whys: _Whys, voice: Voice) -> Cell:
    """The cohort and the grade of the baseline window; where none, the note why."""
    parts = [grouped.number or "—", _graded(grouped)]
    if why := whys.said(grouped):
        parts.append(voice.lead("report_r6.why", n=whys.numbers[why]))
    return _small(" ".join(filter(None, parts)))


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
