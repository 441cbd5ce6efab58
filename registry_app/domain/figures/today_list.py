"""Today's list for a sheet of paper: what, for whom, by when, the latest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from registry_app.domain.message import Told
from registry_app.domain.plan.duty import Duty, Standing
from registry_app.domain.plan.pack import Owner

#: What needs a person, in this order; a duty that is not open yet does not.
SECTIONS: Final = (Standing.LATE, Standing.RED, Standing.AMBER, Standing.GREEN)

#: A duty of the product is of no concern to the day until so little is left: the end of
#: a term is open for years.
_SOON: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One thing to do. `days`: left to the `last` day; negative: late by so many.

    `opened`: since when it can be done. `legal` False: the day is a convention of ours.
    """

    standing: Standing
    name: Told
    rule: str
    owner: Owner
    case: str
    opened: date
    last: date
    days: int
    to_confirm: bool
    legal: bool


@dataclass(frozen=True, slots=True)
class TodayList:
    """Everything that needs a person on a day; `counts` by how it stands."""

    on: date
    lines: tuple[TodayLine, ...]
    counts: tuple[tuple[Standing, int], ...]

    def first(self, count: int) -> tuple[TodayLine, ...]:
        """The lines for a sheet with room for so many.

        The late ones take half of it where others wait as well, so that a backlog does
        not hide what is due tomorrow.
        """
        late = [line for line in self.lines if line.standing is Standing.LATE]
        others = self.lines[len(late) :]
        share = max(count - len(others), (count + 1) // 2)
        shown = late[:share]
        return (*shown, *others[: count - len(shown)])


def today_list(duties: Iterable[Duty], on: date) -> TodayList:
    """What is late or open on a day, the least time left first."""
    lines = [
        TodayLine(
            standing=standing,
            name=duty.name,
            rule=duty.rule,
            owner=duty.owner,
            case=duty.subject_id,
            opened=duty.opens,
            last=duty.last_day,
            days=(duty.last_day - on).days,
            to_confirm=duty.to_confirm,
            legal=duty.legal,
        )
        for duty in duties
        if (standing := duty.standing(on)) in SECTIONS
        and duty.last_day is not None
        and (duty.subject_id or duty.last_day <= on + _SOON)
    ]
    lines.sort(key=lambda line: (line.days, line.rule, line.case))
    standings = [line.standing for line in lines]
    counts = tuple((section, standings.count(section)) for section in SECTIONS)
    return TodayList(on, tuple(lines), counts)
