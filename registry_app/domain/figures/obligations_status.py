"""R4, the obligations status (REGULATION.md section 8), before any layout.

Late first, then what is due in 90 days, what was done since the last such report, what
does not apply and why, and what nobody has confirmed. Many cases with the same visit
are one line with their number; late ones are all named.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from registry_app.domain.figures.document import FieldRow
from registry_app.domain.figures.duty_lines import Line, bucket, lines_of, number_of
from registry_app.domain.figures.settings_in_use import InUse, in_use
from registry_app.domain.message import Told
from registry_app.domain.plan.duties import is_unset
from registry_app.domain.plan.duty import Duty, Standing
from registry_app.domain.plan.pack import Source
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.regime import RegimeState

#: How far the report looks ahead, in days.
AHEAD: Final = 90


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of the strip: duties that are late or due in so many days."""

    late: int
    red: int
    amber: int
    green: int
    to_confirm: int


@dataclass(frozen=True, slots=True)
class Due:
    """So many duties of one rule that are due on one day, `day` days from now."""

    day: int
    count: int
    to_confirm: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """The due dates of one rule in the days ahead."""

    rule: str
    name: Told
    dues: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class ObligationsStatus:
    """Everything that R4 says. `on`: the day it is about; `since`: the last report's.

    `undated`: duties whose base date is not set here, so that nobody can count them.
    `rules`: id and version of the pack; `sources`: what the unconfirmed rest on.
    `cover`: the common fields.
    """

    on: date
    since: date | None
    counts: Counts
    lanes: tuple[Lane, ...]
    late: tuple[Line, ...]
    ahead: tuple[Line, ...]
    done: tuple[Line, ...]
    not_applicable: tuple[Line, ...]
    undated: tuple[Line, ...]
    to_confirm: tuple[InUse, ...]
    regime: RegimeState | None
    rules: tuple[str, int]
    sources: tuple[Source, ...]
    cover: tuple[FieldRow, ...] = ()


def obligations_status(
    duties: Iterable[Duty],
    protocol: Protocol,
    on: date,
    *,
    regime: RegimeState | None = None,
    since: date | None = None,
    recorded: Collection[str] = (),
    occurrences: Mapping[str, str] | None = None,
    cover: tuple[FieldRow, ...] = (),
) -> ObligationsStatus:
    """The status at the end of a day.

    `recorded`: keys and form ids of what was written down after the last report, which
    may have been done before its day. `occurrences`: the name of each by its id.
    """
    names = occurrences or {}
    by_standing: dict[Standing, list[Duty]] = {standing: [] for standing in Standing}
    for duty in duties:
        by_standing[duty.standing(on)].append(duty)
    standing_open = [
        duty
        for standing in (Standing.RED, Standing.AMBER, Standing.GREEN, Standing.WAITING)
        for duty in by_standing[standing]
    ]
    ahead = [duty for duty in standing_open if _within(duty, on)]
    late = by_standing[Standing.LATE]
    done = [
        duty
        for duty in by_standing[Standing.DONE]
        if since is None
        or (duty.done is not None and duty.done >= since)
        or duty.key in recorded
        or (duty.form_id and duty.form_id in recorded)
    ]
    unsure = tuple(in_use(protocol, each) for each in protocol.unsure())
    return ObligationsStatus(
        on=on,
        since=since,
        counts=_counts(late, ahead, on, len(unsure)),
        lanes=_lanes(ahead, on),
        late=lines_of(late, on, names),
        ahead=lines_of(ahead, on, names),
        done=tuple(sorted(lines_of(done, on, names), key=_by_done)),
        not_applicable=lines_of(by_standing[Standing.NOT_APPLICABLE], on, names),
        undated=lines_of(filter(is_unset, standing_open), on, names),
        to_confirm=unsure,
        regime=regime,
        rules=(protocol.pack.id, protocol.pack.version),
        sources=tuple(
            source
            for source in protocol.pack.sources
            if any(source.id in setting.sources for setting in unsure)
        ),
        cover=cover,
    )


def _within(duty: Duty, on: date) -> bool:
    left = duty.days_left(on)
    return left is not None and 0 <= left <= AHEAD


def _counts(
    late: Sequence[Duty], ahead: Sequence[Duty], on: date, unsure: int
) -> Counts:
    buckets = [bucket(duty, on) for duty in ahead]
    return Counts(
        len(late),
        buckets.count(Standing.RED),
        buckets.count(Standing.AMBER),
        buckets.count(Standing.GREEN),
        unsure,
    )


def _lanes(ahead: Sequence[Duty], on: date) -> tuple[Lane, ...]:
    """A lane a rule, that with the earliest due date first."""
    found: dict[tuple[str, Told], list[Duty]] = {}
    for duty in sorted(ahead, key=lambda duty: (duty.days_left(on), duty.key)):
        found.setdefault((duty.rule, duty.name), []).append(duty)
    return tuple(
        Lane(number_of(duties[0]), name, tuple(_dues(duties, on)))
        for (_, name), duties in found.items()
    )


def _dues(duties: Sequence[Duty], on: date) -> Iterator[Due]:
    days: dict[int, list[Duty]] = {}
    for duty in duties:
        days.setdefault(duty.days_left(on) or 0, []).append(duty)
    for day, these in days.items():
        yield Due(day, len(these), any(duty.to_confirm for duty in these))


def _by_done(line: Line) -> tuple[date, str, tuple[str, ...]]:
    return (line.done or date.max, line.rule, line.cases)
