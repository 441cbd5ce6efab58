"""Safety cases as they stand: with their class, why, and their clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from registry_app.domain.figures.charts import SaturationCurve
from registry_app.domain.figures.infusion_curve import infusion_curves
from registry_app.domain.message import Told
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.plan.pack import Label, Special
from registry_app.domain.plan.signals import form_hits
from registry_app.domain.rights import Deed
from registry_app.domain.safety import CaseState, Event, Letter, SafetyCase
from registry_app.domain.safety_class import Classed, classify
from registry_app.domain.subject import Subject
from registry_app.services.cases import case as case_in
from registry_app.services.desk import Desk
from registry_app.services.hiding import check_shown, hidden_subjects
from registry_app.services.protocol import today_in_japan
from registry_app.services.rights import needs
from registry_app.services.safety_clocks import Clock, clocks_of, what_if
from registry_app.storage import trail
from registry_app.storage.work import Reading

_KIND: Final = "safety_case"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in the list. `opened`: when and by whom (the one at the desk then).

    `clocks`: what runs and ran. `what_if`: of a draft, the clocks that it would have
    if it were taken today; `waits_since`: the day in Japan since when it waits.
    """

    case: SafetyCase
    events: tuple[Event, ...]
    classed: Classed
    clocks: tuple[Clock, ...]
    opened: tuple[datetime | None, str]
    what_if: tuple[Clock, ...] = ()
    waits_since: date | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All of a case: its line, and its correspondence by day."""

    case: SafetyCase
    events: tuple[Event, ...]
    letters: tuple[Letter, ...]
    classed: Classed
    clocks: tuple[Clock, ...]
    opened: tuple[datetime | None, str]
    what_if: tuple[Clock, ...] = ()
    waits_since: date | None = None


@dataclass(frozen=True, slots=True)
class Saturation:
    """The SpO2 of one infusion; `hits`: the signals of the pack that it shows."""

    form_id: str
    day: date
    curve: SaturationCurve
    hits: tuple[Told, ...]


@needs(Deed.LOOK)
def safety_cases(
    desk: Desk, *, subject_id: str = "", state: CaseState | None = None
) -> tuple[CaseLine, ...]:
    """Every case: drafts, the open ones by the next end of a clock, then the others.

    Only those of a patient, or in a state, where that is given. Raises NotFound for a
    patient who is not there: no case of somebody else's number is no answer. Those of
    a patient who is hidden from the person at the desk are left out.
    """
    asked = {"subject_id": subject_id or None, "state": state}
    equal = {name: value for name, value in asked.items() if value is not None}
    with desk.read() as reading:
        if subject_id:
            reading.get(Subject, subject_id)
        hidden = hidden_subjects(reading, desk)
        there = [
            one
            for one in reading.find(SafetyCase, **equal)
            if one.subject_id not in hidden
        ]
        found = _lines(desk, reading, there)
    order = list(CaseState)
    return tuple(
        sorted(found, key=lambda one: (order.index(one.case.state), *_next(one)))
    )


def _next(line: CaseLine) -> tuple[date, str]:
    running = [clock.due for clock in line.clocks if clock.runs and clock.due]
    return min(running, default=date.max), line.case.id


@needs(Deed.LOOK)
def case_file(desk: Desk, case_id: str) -> CaseFile:
    """One case with all that is about it. Raises NotFound, and Refused (hidden)."""
    with desk.read() as reading:
        case = reading.get(SafetyCase, case_id)
        check_shown(desk, case.subject_id)
        (line,) = _lines(desk, reading, (case,))
        letters = reading.find(Letter, case_id=case_id)
    return CaseFile(
        case,
        line.events,
        tuple(sorted(letters, key=lambda one: (one.on, one.id))),
        line.classed,
        line.clocks,
        line.opened,
        line.what_if,
        line.waits_since,
    )


def _lines(desk: Desk, reading: Reading, cases: Sequence[SafetyCase]) -> list[CaseLine]:
    protocol, today = desk.planner.plan(reading).protocol, today_in_japan(desk)
    ids = [case.id for case in cases]
    events: dict[str, list[Event]] = {}
    for event in reading.find(Event, case_id=ids):
        events.setdefault(event.case_id, []).append(event)
    clocks = clocks_of(reading, protocol, ids, today)
    opened = {
        entry.id: (entry.at, entry.actor)
        for entry in trail.entries(reading.connection, kind=_KIND, ids=ids)
        if entry.version == 1
    }
    found = []
    for case in cases:
        own = tuple(events.get(case.id, ()))
        when, who = opened.get(case.id, (None, ""))
        waits = case.state is CaseState.DRAFT
        found.append(
            CaseLine(
                case,
                own,
                classify(protocol.pack, case, own),
                clocks.get(case.id, ()),
                (when, who),
                what_if(protocol, case, own, today) if waits else (),
                day_in_japan(when) if waits and when is not None else None,
            )
        )
    return found


@needs(Deed.LOOK)
def special_events(desk: Desk) -> tuple[Special, ...]:
    """The events of special interest of the pack in use."""
    with desk.read() as reading:
        return desk.planner.plan(reading).protocol.pack.specials


@needs(Deed.LOOK)
def label_in_force(desk: Desk, on: date) -> Label | None:
    """The version of the label on a day; None where the pack names none."""
    with desk.read() as reading:
        product = desk.planner.plan(reading).protocol.pack.product
    labels = () if product is None else product.labels
    return next((one for one in reversed(labels) if one.basis.in_force(on)), None)


@needs(Deed.LOOK)
def saturations(desk: Desk, subject_id: str) -> tuple[Saturation, ...]:
    """The SpO2 of each infusion of a patient, by day. Raises NotFound, Refused."""
    check_shown(desk, subject_id)
    with desk.read() as reading:
        pack = desk.planner.plan(reading).protocol.watched
        exams = case_in(reading, subject_id).exams
    plans = {plan.id: plan for plan in pack.forms}
    return tuple(
        Saturation(
            one.fact.form_id,
            one.fact.day,
            one.curve,
            tuple(
                hit.signal.name
                for hit in form_hits(
                    pack, plans[one.fact.instrument], one.fact.day, one.fact.values
                )
            ),
        )
        for one in infusion_curves(pack, exams)
    )
