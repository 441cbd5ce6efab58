"""What is due: everything on a day, and what Today shows of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from registry_app.domain.plan.duties import is_unset
from registry_app.domain.plan.duty import Duty, Standing
from registry_app.domain.plan.ledger import ledger
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.regime import RegimeState, state_on
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Arm
from registry_app.services.desk import Desk
from registry_app.services.hiding import hidden_subjects
from registry_app.services.product_duties import of_product
from registry_app.services.protocol import today_in_japan
from registry_app.services.rights import needs
from registry_app.storage import due_lists
from registry_app.storage.due_lists import Draft

#: How many weeks ahead Today shows.
WEEKS: Final = 8
#: A duty of the product is shown on Today when so many days or fewer are left.
SOON: Final = timedelta(days=90)
_OPEN: Final = (Standing.RED, Standing.AMBER, Standing.GREEN)
_UNSETTLED: Final = (*_OPEN, Standing.LATE, Standing.WAITING)


@dataclass(frozen=True, slots=True)
class TodayRow:
    """A duty, and of whom, by the reading of the name ("" without one)."""

    duty: Duty
    kana: str


@dataclass(frozen=True, slots=True)
class Group:
    """How many there are, and the first of them."""

    total: int
    rows: tuple[TodayRow, ...]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A form that waits to be completed."""

    draft: Draft
    kana: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """How many forms wait, and the oldest of them."""

    total: int
    rows: tuple[DraftRow, ...]


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Cases of an arm, and how many the plan foresees; None: it does not say."""

    arm: Arm
    count: int
    target: int | None


@dataclass(frozen=True, slots=True)
class Week:
    """A week from a Monday: windows open in it, and of these that close in it."""

    monday: date
    open: int
    closing: int


@dataclass(frozen=True, slots=True)
class Today:
    """What needs a person on a day.

    `late`, then `closing`: what can be done now, by its last day; a duty of the product
    from 90 days before. `waiting`: drafts. `unset`: rules whose base date is not set.
    `granted`: the day from which the term is counted. `to_confirm`: how many rules show
    要確認.
    """

    on: date
    late: Group
    closing: Group
    waiting: Drafts
    done_this_week: Group
    unset: tuple[Duty, ...]
    regime: RegimeState | None
    granted: date | None
    enrolment: tuple[Enrolled, ...]
    weeks: tuple[Week, ...]
    to_confirm: int


@needs(Deed.LOOK)
def due(desk: Desk, on: date | None = None, horizon: int = 90) -> tuple[Duty, ...]:
    """Everything that is late or open on a day, or due within `horizon` days of it.

    The late first. A rule without its base date is there too: it is not known when.
    What is owed of a patient of whom something is hidden is left out, as it is below.
    """
    on = on or today_in_japan(desk)
    until = on + timedelta(days=horizon)

    def wanted(duty: Duty) -> bool:
        last = duty.last_day
        if duty.standing(on) not in _UNSETTLED:
            return False
        if last is None:
            return is_unset(duty)
        return duty.opens <= on or last <= until

    with desk.read() as reading:
        plan = desk.planner.plan(reading)
        rows = due_lists.unsettled(reading.connection, on, until)
        found = plan.shown(reading, rows)
        found += of_product(reading, plan.protocol, until, unmatched_only=True)
        hidden = hidden_subjects(reading, desk)
    shown = (one for one in found if one.subject_id not in hidden)
    return ledger(filter(wanted, shown), {}, on)


@needs(Deed.LOOK)
def today(desk: Desk, limit: int = 50) -> Today:
    """What needs a person today; of each group at most `limit` rows are named."""
    on = today_in_japan(desk)
    monday = on - timedelta(days=on.weekday())
    with desk.read() as reading:
        plan = desk.planner.plan(reading)
        protocol, connection = plan.protocol, reading.connection
        hidden = hidden_subjects(reading, desk)
        every_duty = of_product(reading, protocol, on + SOON, unmatched_only=True)
        product = [duty for duty in every_duty if duty.subject_id not in hidden]

        def group(
            found: tuple[int, list[Any]], belongs: Callable[[Duty], bool]
        ) -> tuple[int, list[Duty]]:
            total, rows = found
            kept = [row for row in rows if row["subject_id"] not in hidden]
            total -= len(rows) - len(kept)
            own = [duty for duty in product if belongs(duty)]
            duties = [*plan.shown(reading, kept), *own]
            duties.sort(key=lambda duty: (duty.last_day or date.max, duty.key))
            return total + len(own), duties[:limit]

        late = group(
            due_lists.late(connection, on, limit),
            lambda duty: duty.standing(on) is Standing.LATE,
        )
        closing = group(
            due_lists.open_now(connection, on, limit),
            lambda duty: duty.standing(on) in _OPEN and _soon(duty, on),
        )
        done = group(
            due_lists.done_between(connection, monday, on, limit),
            lambda duty: duty.done is not None and monday <= duty.done <= on,
        )
        waiting, every = due_lists.drafts(connection, limit)
        drafts = [one for one in every if one.subject_id not in hidden]
        waiting -= len(every) - len(drafts)
        named = {
            duty.subject_id for _, duties in (late, closing, done) for duty in duties
        }
        named |= {draft.subject_id for draft in drafts}
        kana = due_lists.kana(connection, sorted(named))
        counts = due_lists.enrolled(connection)
        weeks = due_lists.visits_by_week(connection, monday, WEEKS)

    def rows(found: tuple[int, Iterable[Duty]]) -> Group:
        total, duties = found
        said = (TodayRow(duty, kana.get(duty.subject_id, "")) for duty in duties)
        return Group(total, tuple(said))

    machine = protocol.pack.machine
    return Today(
        on,
        rows(late),
        rows(closing),
        Drafts(
            waiting,
            tuple(DraftRow(one, kana.get(one.subject_id, "")) for one in drafts),
        ),
        rows(done),
        tuple(duty for duty in product if is_unset(duty)),
        state_on(protocol, on),
        protocol.base_date(machine.counted_from) if machine else None,
        _enrolment(protocol, counts),
        tuple(Week(*week) for week in weeks),
        len(protocol.unsure()),
    )


def _soon(duty: Duty, on: date) -> bool:
    return duty.last_day is not None and duty.last_day <= on + SOON


def _enrolment(protocol: Protocol, counts: dict[str, int]) -> tuple[Enrolled, ...]:
    targets = {target.arm: target.number for target in protocol.pack.targets}
    return tuple(Enrolled(arm, counts.get(arm, 0), targets.get(arm)) for arm in Arm)
