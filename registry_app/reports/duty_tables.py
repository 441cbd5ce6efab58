"""Tables of duties: who owes what, from when, until when, and how it stands."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from reportlab.platypus import Flowable

from registry_app.domain.figures.document import Ref
from registry_app.domain.figures.obligations_status import Late, Line, case_words
from registry_app.domain.message import Message
from registry_app.domain.plan.duty import Standing
from registry_app.reports.behind import Behind
from registry_app.reports.tables import Caption, Cell, Column, table
from registry_app.reports.tag import Tag
from registry_app.reports.text import Span, Words, bold
from registry_app.reports.voice import Voice

_COLUMNS: Final = (
    Column("report_r4.head-state", 16),
    Column("report_r4.head-rule", 13),
    Column("report_r4.head-duty", 40),
    Column("report_r4.head-owner", 16),
    Column("report_r4.head-trigger", 17.6),
    Column("report_r4.head-due", 17.6),
    Column("report_r4.head-done", 17.6),
    Column("report_r4.head-days", 10.2, "right"),
    Column("report_r4.head-evidence", 20),
)
_REASON_COLUMNS: Final = (
    *_COLUMNS[:4],
    *_COLUMNS[4:6],
    Column("report_r4.head-reason", 47.8),
)
#: A listing of case IDs: so many to a line.
_ACROSS: Final = 4
_CASE_COLUMNS: Final = (
    Column("report_r4.head-case", 24),
    Column("report_r4.head-late-days", 18, "right"),
) * _ACROSS


def duty_table(
    voice: Voice,
    numbers: Iterator[str],
    key: str,
    lines: Sequence[Line],
    *,
    since: date | None = None,
    reasons: bool = False,
    note: str = "",
) -> list[Flowable]:
    """Lines as a table. `reasons`: why they do not apply, in place of what was done."""
    return table(
        voice,
        Caption(next(numbers), *voice.pair(key, since=since)),
        _REASON_COLUMNS if reasons else _COLUMNS,
        [_row(line, voice, reasons=reasons) for line in lines],
        note=note,
        notes=_warnings(lines, voice),
        behind=[_behind(line, voice) for line in lines],
    )


def _behind(line: Line, voice: Voice) -> Behind:
    return Behind(f"{line.rule} {voice.say(line.name)[0]}".strip(), line.refs)


def _warnings(lines: Sequence[Line], voice: Voice) -> list[str]:
    """What must be known beside the dates, once for each rule, in both languages."""
    found = {line.rule: line.warning for line in lines if line.warning is not None}
    return [
        f"{rule}: {'  '.join(filter(None, voice.say(warning)))}"
        for rule, warning in found.items()
    ]


def case_table(voice: Voice, numbers: Iterator[str], line: Line) -> list[Flowable]:
    """Every late case of a line, the most overdue first, read from left to right."""
    lead, second = (f"{line.rule} {name}".strip() for name in voice.say(line.name))
    words = (
        voice.lead("report_r4.table-cases", name=lead, n=line.count),
        voice.second("report_r4.table-cases", name=second, n=line.count)
        if voice.say(line.name)[1]
        else "",
    )
    late = sorted(line.late, key=lambda each: (-each.days, each.case))
    rows = [_across(late[n : n + _ACROSS]) for n in range(0, len(late), _ACROSS)]
    behind = [
        Behind(
            ", ".join(each.case for each in late[n : n + _ACROSS]),
            [
                Ref("subject", each.case, each.case)
                for each in late[n : n + _ACROSS]
                if each.case
            ],
        )
        for n in range(0, len(late), _ACROSS)
    ]
    return table(
        voice,
        Caption(next(numbers), *words),
        _CASE_COLUMNS,
        rows,
        pad=0.4,
        behind=behind,
    )


def _across(late: Sequence[Late]) -> list[Cell]:
    cells: list[Cell] = []
    for each in late:
        cells += [each.case, f"+{each.days}"]
    return cells + [""] * (2 * _ACROSS - len(cells))


def _row(line: Line, voice: Voice, *, reasons: bool) -> list[Cell]:
    cells: list[Cell] = [
        Tag(line.standing, voice),
        line.rule or "—",
        _duty(line, voice),
        voice.pair(f"print.owner-short-{line.owner.value}"),
        f"{line.trigger}" if line.trigger else "—",
        _due(line, voice),
    ]
    if reasons:
        return [*cells, _reason(line.reason, voice)]
    proof = "\n".join(filter(None, (line.evidence, line.receipt))) or "—"
    done = f"{line.done}" if line.done else "—"
    return [*cells, done, days_said(line.days), proof]


def _reason(reason: Message | str, voice: Voice) -> Cell:
    return reason or "—" if isinstance(reason, str) else voice.say(reason)


def _duty(line: Line, voice: Voice) -> Cell:
    """The duty; for whom, or for how many; which period; what is to be known."""
    lead, second = voice.say(line.name)
    parts = [Span(lead)]
    if line.if_any:
        parts.append(Span(voice.lead("report_r4.if-any")))
    if line.count > 1:
        parts.append(bold("\n" + voice.lead("report_r4.so-many", n=line.count)))
    if line.about:
        parts.append(Span(f"\n{line.about}"))
    if line.cases and (line.count == 1 or line.standing is not Standing.DONE):
        parts.append(Span("\n" + voice.say(case_words(line.cases))[0]))
    if line.period is not None and not line.cases:
        first, last = line.period
        parts.append(Span("\n" + voice.lead("print.period", first=first, last=last)))
    return parts, second


def _due(line: Line, voice: Voice) -> Cell:
    """The due date, the earlier one of another way of counting, and 要確認."""
    parts: list[Span] = [Span(f"{line.first}" if line.first else "—")]
    if line.last and line.last != line.first:
        parts.append(Span(f"\n{line.last}"))
    if line.alarm is not None and line.first is None:
        parts = [Span(f"{line.alarm}")]
    elif line.alarm is not None:
        parts.append(Span(f"\n({line.alarm:%m-%d})"))
    if not line.legal:
        parts.append(Span("\n" + voice.lead("print.not-legal")))
    if line.to_confirm:
        parts.append(bold("\n" + voice.lead("print.to-confirm")))
    if line.target is not None:
        parts.append(
            Span("\n" + voice.lead("report_r4.target", day=f"{line.target:%m-%d}"))
        )
    words: Words = parts
    return words


def days_said(days: int | None) -> str:
    """Days late with a plus, days left with a minus, as the note below says."""
    if days is None:
        return "—"
    return f"\u2212{-days}" if days < 0 else f"+{days}" if days else "0"
