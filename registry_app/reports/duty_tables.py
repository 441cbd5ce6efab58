"""Tables of duties: who owes what, from when, until when, and how it stands."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from typing import Final

from reportlab.platypus import Flowable

from registry_app.domain.figures.document import Ref
from registry_app.domain.figures.duty_lines import Late, Line, case_words
from registry_app.domain.message import Message, Told
from registry_app.domain.plan.duty import Standing
from registry_app.reports.behind import Behind
from registry_app.reports.sheet import INK, NOTE
from registry_app.reports.tables import Caption, Cell, Column, table
from registry_app.reports.tag import Tag
from registry_app.reports.text import Span, Text, bold, marked
from registry_app.reports.voice import Voice

_RULE: Final = Column("report_r4.head-rule", 10.6)
_OWNER: Final = Column("report_r4.head-owner", 15)
#: The day that started it, and the last day with its mark on one line.
_FROM_TO: Final = (
    Column("report_r4.head-trigger", 17),
    Column("report_r4.head-due", 31.2),
)
#: What is open has no day and no proof to show; what is settled is so by its caption.
_OPEN_COLUMNS: Final = (
    Column("report_r4.head-state", 15.2),
    Column("report_r4.head-rule", 11.4),
    Column("report_r4.head-duty", 52.4),
    _OWNER,
    *_FROM_TO,
    Column("report_r4.head-days", 11, "right"),
    Column("report_r4.head-proof", 14.8),
)
_DONE_COLUMNS: Final = (
    _RULE,
    Column("report_r4.head-duty", 42.2),
    _OWNER,
    *_FROM_TO,
    Column("report_r4.head-done", 17),
    Column("report_r4.head-days", 11, "right"),
    Column("report_r4.head-evidence", 24),
)
_REASON_COLUMNS: Final = (
    _RULE,
    Column("report_r4.head-duty", 49.2),
    _OWNER,
    *_FROM_TO,
    Column("report_r4.head-reason", 45),
)
#: So many cases of a line that stands for many are named in it.
_NAMED: Final = 2
#: A listing of case IDs: so many to a line.
_ACROSS: Final = 4
_CASE_COLUMNS: Final = (
    Column("report_r4.head-case", 24),
    Column("report_r4.head-late-days", 18, "right"),
) * _ACROSS


class Shows(Enum):
    """What a table of duties says at its end: how they stand, what was done, or why."""

    OPEN = _OPEN_COLUMNS
    DONE = _DONE_COLUMNS
    REASON = _REASON_COLUMNS


def duty_table(
    voice: Voice,
    numbers: Iterator[str],
    key: str,
    lines: Sequence[Line],
    shows: Shows = Shows.OPEN,
    *,
    since: date | None = None,
    note: str = "",
    named_in: Sequence[str] = (),
) -> list[Flowable]:
    """Lines as a table. `named_in`: of each line the table that names its cases."""
    where = named_in or [""] * len(lines)
    return table(
        voice,
        Caption(next(numbers), *voice.pair(key, since=since)),
        shows.value,
        [
            _row(line, voice, shows, named)
            for line, named in zip(lines, where, strict=True)
        ],
        note=note,
        notes=_warnings(lines, voice),
        behind=[_behind(line, voice) for line in lines],
    )


def _behind(line: Line, voice: Voice) -> Behind:
    return Behind(f"{line.rule} {voice.say(line.name)[0]}".strip(), line.refs)


def _warnings(lines: Sequence[Line], voice: Voice) -> list[str]:
    """What must be known beside the dates, once, with every rule that it is true of."""
    found: dict[Told, dict[str, None]] = {}
    for line in lines:
        if line.warning is not None:
            found.setdefault(line.warning, {})[line.rule] = None
    return [
        f"{', '.join(rules)}: {'  '.join(filter(None, voice.say(warning)))}"
        for warning, rules in found.items()
    ]


def case_table(voice: Voice, number: str, line: Line) -> list[Flowable]:
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
        Caption(number, *words),
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


def _row(line: Line, voice: Voice, shows: Shows, named_in: str) -> list[Cell]:
    cells: list[Cell] = [
        line.rule or "—",
        _duty(line, voice, named_in),
        voice.pair(f"print.owner-short-{line.owner.value}"),
        f"{line.trigger}" if line.trigger else "—",
        _due(line, voice),
    ]
    done = f"{line.done}" if line.done else "—"
    proof = Text("\n".join(_proof(line)) or "—", NOTE.but(ink=INK))
    if shows is Shows.REASON:
        return [*cells, _reason(line.reason, voice)]
    if shows is Shows.DONE:
        return [*cells, done, days_said(line.days), proof]
    return [Tag(line.standing, voice), *cells, days_said(line.days), proof]


def _proof(line: Line) -> Iterator[str]:
    return filter(None, (line.evidence, line.receipt))


def _reason(reason: Message | str, voice: Voice) -> Cell:
    return reason or "—" if isinstance(reason, str) else voice.say(reason)


def _duty(line: Line, voice: Voice, named_in: str) -> Cell:
    """The duty; for whom, or for how many; which period; what is to be known."""
    lead, second = voice.say(line.name)
    parts = [Span(lead)]
    if line.if_any:
        parts.append(Span(voice.lead("report_r4.if-any")))
    if line.about:
        parts.append(Span(f"\n{line.about}"))
    if line.count > 1:
        parts += [Span("  "), bold(voice.lead("report_r4.so-many", n=line.count))]
    if named_in:
        said = voice.lead("report_r4.named-in", table=named_in)
        parts += [Span("  "), Span(said)]
    elif line.cases and (line.count == 1 or line.standing is not Standing.DONE):
        parts += [Span("  "), Span(voice.say(case_words(line.cases, _NAMED))[0])]
    if line.period is not None and not line.cases:
        first, last = line.period
        said = voice.lead("print.period", first=first, last=last)
        parts.append(Span(f"\n{said}"))
    return parts, second


def _due(line: Line, voice: Voice) -> Cell:
    """The due date, the earlier one of another way of counting, and 要確認."""
    parts: list[Span] = [Span(f"{line.first}" if line.first else "—")]
    if line.last and line.last != line.first:
        parts.append(Span(f" – {line.last}"))
    if line.alarm is not None and line.first is None:
        parts = [Span(f"{line.alarm}")]
    elif line.alarm is not None:
        parts.append(Span(f" ({line.alarm:%m-%d})"))
    if line.to_confirm:
        parts.append(marked(voice.lead("print.to-confirm")))
    remarks = [] if line.legal else [voice.lead("print.not-legal")]
    if line.target is not None:
        remarks.append(voice.lead("report_r4.target", day=f"{line.target:%m-%d}"))
    if remarks:
        parts.append(Span("\n" + "  ".join(remarks)))
    return parts


def days_said(days: int | None) -> str:
    """Days late with a plus, days left with a minus, as the note below says."""
    if days is None:
        return "—"
    return f"\u2212{-days}" if days < 0 else f"+{days}" if days else "0"
