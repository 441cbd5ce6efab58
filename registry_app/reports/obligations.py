"""R4, the obligations status report: late first, then what comes, what was done."""

from collections.abc import Iterable, Iterator
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from registry_app.domain.figures.document import Ref
from registry_app.domain.figures.duty_lines import Line
from registry_app.domain.figures.obligations_status import ObligationsStatus
from registry_app.domain.figures.plain import plain
from registry_app.domain.figures.settings_in_use import InUse
from registry_app.domain.message import say
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.records import THE_PACK
from registry_app.drawing.horizon import MOST, draw_horizon
from registry_app.drawing.pen import Pen
from registry_app.reports.behind import Behind, Found
from registry_app.reports.duty_tables import Shows, case_table, duty_table
from registry_app.reports.fonts import writable
from registry_app.reports.issue import Issue
from registry_app.reports.paper import Paper, Row
from registry_app.reports.plate import Plate
from registry_app.reports.sheet import (
    GAP,
    INK,
    LEAD_COLUMN,
    MEASURE,
    NOTE,
    SECOND_COLUMN,
    SOFT,
)
from registry_app.reports.signatures import signatures
from registry_app.reports.strip import Strip
from registry_app.reports.summary_figures import pen
from registry_app.reports.tables import (
    Caption,
    Cell,
    Column,
    fields,
    side_by_side,
    table,
)
from registry_app.reports.text import Heading, Span, Text, Words, bold, soft
from registry_app.reports.voice import Voice

#: Raised with every change of what this report says or how; it is part of the digest.
TEMPLATE: Final = "R4-3"
_SETTING_COLUMNS: Final = (
    Column("report_r4.head-setting", 31),
    Column("report_r4.head-name", 43),
    Column("report_r4.head-value", 36),
    Column("report_r4.head-source", 58),
)


def paper_of(status: ObligationsStatus, issue: Issue) -> Paper:
    """The frame of this report."""
    figures = plain(status)
    assert isinstance(figures, dict)
    return Paper(TEMPLATE, say("report_r4.title"), figures, issue)


def obligations(
    status: ObligationsStatus, issue: Issue, found: Found = lambda _regions: None
) -> bytes:
    """The report as PDF/A-1b; the same bytes for the same status and issue.

    `found`: told where the rows stand whose sources are known. Raises Refused, with
    every character named, where the fonts cannot write a text.
    """
    paper = paper_of(status, issue)
    paper.check()
    return paper.print(_story(status, paper), found)


def _story(status: ObligationsStatus, paper: Paper) -> list[Flowable]:
    voice = paper.voice
    figures = paper.numbers("report.figure-number")
    tables = paper.numbers("report.table-number")
    since = "report_r4.table-done" if status.since else "report_r4.table-done-all"
    return [
        Heading(0, *voice.pair("report_r4.title")),
        _strip(status, voice),
        _approval(status, voice),
        Spacer(1, 4 * mm),
        _horizon(status, voice, next(figures)),
        *_late(status, voice, tables),
        *duty_table(
            voice,
            tables,
            "report_r4.table-ahead",
            status.ahead,
            note="report_r4.note-days",
        ),
        *duty_table(voice, tables, since, status.done, Shows.DONE, since=status.since),
        *duty_table(
            voice,
            tables,
            "report_r4.table-not-applicable",
            status.not_applicable,
            Shows.REASON,
        ),
        *_undated(status, voice, tables),
        *_settings(status, voice, tables),
        KeepTogether(
            [
                Heading(1, *voice.pair("report.section-notes")),
                *_notes(voice),
                Spacer(1, 3 * mm),
            ]
        ),
        paper.closing(status.cover, signatures(voice, paper.issue.signatures)),
    ]


def _strip(status: ObligationsStatus, voice: Voice) -> Strip:
    counts = status.counts
    shown = {
        "late": counts.late,
        "red": counts.red,
        "amber": counts.amber,
        "green": counts.green,
        "unconfirmed": counts.to_confirm,
    }
    unit = voice.lead("report_r4.unit")
    return Strip(
        [
            (f"{n}", unit, *voice.pair(f"report_r4.count-{name}"))
            for name, n in shown.items()
        ],
        [
            _refs(status.late),
            *(
                _refs(line for line in status.ahead if line.standing is standing)
                for standing in (Standing.RED, Standing.AMBER, Standing.GREEN)
            ),
            tuple(ref for setting in status.to_confirm for ref in _rule(setting)),
        ],
    )


def _refs(lines: Iterable[Line]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(ref for line in lines for ref in line.refs))


def _rule(setting: InUse) -> tuple[Ref, ...]:
    """What was set for this registry, if anything was; else the pack says it."""
    return Ref("setting", setting.id), Ref("pack", THE_PACK)


def _approval(status: ObligationsStatus, voice: Voice) -> Flowable:
    """On which day, in which state the approval was, and its term both ways."""
    rows: list[Row] = [
        (voice.pair("report_r4.field-on"), f"{status.on}"),
        (
            voice.pair("report_r4.field-since"),
            f"{status.since}" if status.since else "—",
        ),
    ]
    pack, number = status.rules
    rows.append((voice.pair("report_r4.field-rules"), f"{pack}  {number}"))
    regime = status.regime
    if regime is None:
        rows.append((voice.pair("report_r4.field-state"), "—"))
        return fields(rows, 52, MEASURE)
    name, second = voice.say(regime.state.name)
    state: list[Span] = [bold(name), *([soft(f"  {second}")] if second else [])]
    if regime.since is not None:
        state += voice.spans("report_r4.state-since", day=regime.since)
    for key, holds in (("past-term", regime.past_term), ("lapsed", regime.lapsed)):
        if holds:
            state += [Span("  "), *voice.spans(f"report_r4.{key}")]
    rows.append((voice.pair("report_r4.field-state"), state))
    rows.append((voice.pair("report_r4.field-term"), _term(status, voice)))
    return fields(rows, 52, MEASURE)


def _term(status: ObligationsStatus, voice: Voice) -> Words:
    """The end of the term: the first day not counted, and counted."""
    regime = status.regime
    if regime is None or regime.term_end is None:
        return voice.spans("report_r4.term-unset")
    left = (regime.term_end - status.on).days
    words = [
        bold(f"{regime.term_end}"),
        Span("  "),
        *voice.spans("report_r4.term-alarm", day=regime.term_alarm),
        Span("  "),
        *voice.spans(
            "report_r4.term-left" if left >= 0 else "report_r4.term-over",
            days=abs(left),
        ),
    ]
    if regime.extended_years:
        years = voice.spans("report_r4.term-extended", years=regime.extended_years)
        words += [Span("  "), *years]
    return words


def _horizon(status: ObligationsStatus, voice: Voice, number: str) -> Plate:
    lanes = [
        (f"{lane.rule}  {voice.say(lane.name)[0]}".strip(), lane)
        for lane in status.lanes[:MOST]
    ]
    pencil = pen(voice)
    room = 0.38 * MEASURE * mm
    fitted = [(_shortened(words, room, pencil), lane) for words, lane in lanes]
    ticks = [
        f"{status.on:%m-%d}",
        *(voice.lead("report_r4.tick", days=days) for days in (7, 30, 60, 90)),
    ]
    picture = draw_horizon(fitted, ticks, MEASURE * mm, pencil)
    more = len(status.lanes) - MOST
    key = "report_r4.figure-more" if more > 0 else "report_r4.figure"
    words = voice.pair(key, more=more)
    return Plate(picture, MEASURE, Caption(number, *words))


def _shortened(words: str, room: float, pencil: Pen) -> str:
    if pencil.width(words) <= room:
        return words
    while words and pencil.width(f"{words}…") > room:
        words = words[:-1]
    return f"{words}…"


def _late(
    status: ObligationsStatus, voice: Voice, numbers: Iterator[str]
) -> list[Flowable]:
    """What is late; then, of a line that stands for many, every case by its ID."""
    own = next(numbers)
    named_in = [next(numbers) if line.late else "" for line in status.late]
    shown = zip(status.late, named_in, strict=True)
    return [
        *duty_table(
            voice,
            iter([own]),
            "report_r4.table-late",
            status.late,
            named_in=named_in,
        ),
        *(
            flowable
            for line, number in shown
            if number
            for flowable in case_table(voice, number, line)
        ),
    ]


def _undated(
    status: ObligationsStatus, voice: Voice, numbers: Iterator[str]
) -> list[Flowable]:
    if not status.undated:
        return []
    return duty_table(voice, numbers, "report_r4.table-undated", status.undated)


def _settings(
    status: ObligationsStatus,
    voice: Voice,
    numbers: Iterator[str],
) -> list[Flowable]:
    rows: list[list[Cell]] = [
        [
            Text(setting.id, NOTE.but(ink=INK)),
            voice.say(setting.name),
            voice.say(setting.value),
            voice.say(setting.citation)
            if setting.citation is not None
            else ", ".join(setting.sources),
        ]
        for setting in status.to_confirm
    ]
    below = [Text(f"{each.id}: {writable(each.text)}", NOTE) for each in status.sources]
    return [
        *table(
            voice,
            Caption(next(numbers), *voice.pair("report_r4.table-settings")),
            _SETTING_COLUMNS,
            rows,
            behind=[Behind(one.id, _rule(one)) for one in status.to_confirm],
            above=[
                Heading(1, *voice.pair("report_r4.section-settings")),
                *_paired(voice, "report_r4.settings-said"),
                Spacer(1, 2 * mm),
            ],
        ),
        *below,
        Spacer(1, 4 * mm),
    ]


def _notes(voice: Voice) -> list[Flowable]:
    out: list[Flowable] = []
    for name in ("owners", "days", "holidays", "confirm"):
        out += [*_paired(voice, f"report_r4.reading-{name}"), Spacer(1, 1.2 * mm)]
    return out


def _paired(voice: Voice, key: str) -> list[Flowable]:
    """A note in one language, or the two beside each other."""
    lead, second = voice.pair(key)
    first = Text(lead, NOTE.but(justify=True))
    if not second:
        return [first]
    columns = (LEAD_COLUMN, GAP, SECOND_COLUMN)
    return [side_by_side([first, "", Text(second, NOTE.but(ink=SOFT))], columns)]
