"""R1 sections 10 to 13: actions, literature, discussion with its limits, the plan."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from registry_app.domain.figures.analysis_sets import Group, Member, Why
from registry_app.domain.figures.baseline_confounders import background
from registry_app.domain.figures.cells import Refs, day, number, written
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.disposition import ended, taken_back
from registry_app.domain.figures.document import (
    Mark,
    Ref,
    Row,
    Section,
    Table,
    Value,
)
from registry_app.domain.figures.periodic_opening import written_slot
from registry_app.domain.figures.reported import (
    ELSEWHERE,
    Reports,
    case_refs,
    days0,
    refs,
)
from registry_app.domain.figures.tally import (
    column,
    comparison,
    part_of,
    people,
    subjects,
    to_confirm,
    treated,
    words,
)
from registry_app.domain.message import say
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.pack import Owner
from registry_app.domain.safety import SafetyCase
from registry_app.domain.safety_class import classify
from registry_app.domain.subject import Arm

_SOON: Final = timedelta(days=90)
_YEAR: Final = timedelta(days=365)


def actions(dataset: Dataset) -> Section:
    """Section 10: what was done: a change of the label, a letter to physicians."""
    return Section(
        "actions",
        say("periodic.section-actions"),
        (written_slot(dataset, "actions"),),
    )


def literature(dataset: Dataset, found: Reports) -> Section:
    """Section 11: what was written, and cases from abroad and from the literature."""
    cases = [case for case in found.cases if case.origin in ELSEWHERE]
    return Section(
        "literature-and-foreign",
        say("periodic.section-literature"),
        (written_slot(dataset, "literature"), _foreign(dataset, cases)),
    )


def _foreign(dataset: Dataset, cases: Sequence[SafetyCase]) -> Table:
    pack = dataset.protocol.pack
    names = {one.id: one for one in pack.events}
    rows = []
    for case in cases:
        events = [event for event in dataset.events if event.case_id == case.id]
        classed = classify(pack, case, events).event_class
        known = names.get(classed)
        mark = Mark.NONE
        if known is not None:
            mark = to_confirm(dataset.protocol, f"event:{known.id}", known.basis)
        days = days0(case)
        rows.append(
            Row(
                case.id,
                (
                    Value(case.id, case.id, case_refs([case])),
                    Value(case.origin.told, case.origin.value),
                    written(case.title),
                    day(days[0] if days else None),
                    Value(classed or "—", classed, mark=mark),
                    Value(case.state.told, case.state.value),
                ),
            )
        )
    return Table(
        "foreign",
        say("periodic.table-foreign"),
        (
            words("safety-case", 24),
            words("case-origin", 24),
            words("title", 56),
            words("day-0", 22),
            words("event-class", 22),
            words("state", 20),
        ),
        tuple(rows),
        notes=(say("periodic.note-foreign"),),
    )


def discussion(dataset: Dataset, groups: Sequence[Group], found: Reports) -> Section:
    """Section 12: the limits, counted, before what a person wrote."""
    return Section(
        "discussion",
        say("periodic.section-discussion"),
        (
            Section(
                "limits-of-report",
                say("periodic.section-limits"),
                (limits(dataset, groups, found),),
            ),
            Section(
                "considerations",
                say("periodic.section-considerations"),
                (written_slot(dataset, "discussion"),),
            ),
        ),
    )


def limits(dataset: Dataset, groups: Sequence[Group], found: Reports) -> Table:
    """What the data lack: control, size, blinding, baseline, values, judgement."""
    own = [group for group in groups if group.arm is Arm.TREATED]
    members = [one for group in own for one in group.members]
    evaluable = [one for group in own for one in group.evaluable]
    given = treated(dataset.patients, dataset.on)
    target = next(
        (t.number for t in dataset.protocol.pack.targets if t.arm is Arm.TREATED), None
    )

    def of(test: Callable[[Member], bool], among: Sequence[Member]) -> Value:
        who = [one.patient for one in among if test(one)]
        return part_of(len(who), len(among), subjects(who))

    size = people(given)
    if target is not None:
        size = part_of(len(given), target, subjects(given))
    back = taken_back(dataset)
    uncoded = [one for one in found.events if not one.group]
    unsure = dataset.protocol.unsure()
    counted: tuple[tuple[str, Value], ...] = (
        ("control", people(comparison(dataset.patients))),
        ("size", size),
        ("unblinded", of(lambda one: not one.blinded, evaluable)),
        ("late-baseline", of(lambda one: one.late, evaluable)),
        (
            "without-end",
            of(lambda one: one.why not in (None, Why.AHEAD), members),
        ),
        ("undecided-grade", of(lambda one: one.reached is None, evaluable)),
        ("confounders", people(_without_background(dataset))),
        ("coding", part_of(len(uncoded), len(found.events), refs(uncoded))),
        ("drafts", number(len(found.drafts), case_refs(found.drafts))),
        ("consent-back", people(back)),
        ("unconfirmed", number(len(unsure), _settings(dataset))),
    )
    return Table(
        "limits",
        say("periodic.table-limits"),
        (words("limit", 36), words("what-it-means", 108), column("counted", 24)),
        tuple(
            Row(
                name,
                (
                    Value(say(f"periodic.limit-{name}")),
                    Value(say(f"periodic.means-{name}")),
                    value,
                ),
            )
            for name, value in counted
        ),
        notes=(say("periodic.note-limits"),),
    )


def _without_background(dataset: Dataset) -> tuple[Patient, ...]:
    """Users and non-users of whom no confounder is on record."""
    both = (*treated(dataset.patients, dataset.on), *comparison(dataset.patients))
    return tuple(patient for patient in both if background(patient) is None)


def _settings(dataset: Dataset) -> Refs:
    known = dataset.protocol.settings
    return tuple(
        Ref("setting", one.id) for one in dataset.protocol.unsure() if one.id in known
    )


def outlook(dataset: Dataset) -> Section:
    """Section 13: what was written, the next visits, the next duties."""
    return Section(
        "plan",
        say("periodic.section-plan"),
        (written_slot(dataset, "plan"), _visits(dataset), _next_duties(dataset)),
    )


def _visits(dataset: Dataset) -> Table:
    """Owed visits without an exam whose window is open, opens soon, or in a year."""
    on = dataset.on
    by: dict[str, dict[str, list[Patient]]] = defaultdict(lambda: defaultdict(list))
    for patient in dataset.patients:
        if ended(patient, on) is not None:
            continue
        for window in patient.windows.values():
            if window.counted is not None or not window.visit.owed or window.last < on:
                continue
            if window.first <= on:
                by[window.visit.id]["open"].append(patient)
            elif window.first <= on + _SOON:
                by[window.visit.id]["soon"].append(patient)
            elif window.first <= on + _YEAR:
                by[window.visit.id]["year"].append(patient)
    return Table(
        "next-visits",
        say("periodic.table-next-visits", on=on.isoformat()),
        (
            words("visit", 84),
            column("open-now", 28),
            column("within-90", 28),
            column("within-year", 28),
        ),
        tuple(
            Row(
                visit.id,
                (
                    Value(visit.name, visit.id),
                    *(people(by[visit.id][when]) for when in ("open", "soon", "year")),
                ),
            )
            for visit in dataset.protocol.pack.visits
            if visit.id in by
        ),
        notes=(say("periodic.note-next-visits"),),
    )


def _next_duties(dataset: Dataset) -> Table:
    """What the holder owes next; the late first."""
    open_now = (Standing.LATE, Standing.RED, Standing.AMBER, Standing.GREEN)
    found = [
        duty
        for duty in dataset.duties
        if duty.owner is Owner.HOLDER
        and not duty.subject_id
        and duty.last_day is not None
        and duty.standing(dataset.on) in (*open_now, Standing.WAITING)
    ]
    return Table(
        "next-duties",
        say("periodic.table-next-duties"),
        (
            words("rule", 16),
            words("duty", 84),
            words("due", 24),
            words("standing", 44),
        ),
        tuple(
            Row(
                duty.key,
                (
                    Value(duty.rule, duty.rule),
                    Value(duty.name, mark=_mark(duty.to_confirm)),
                    day(duty.last_day),
                    _left(duty.days_left(dataset.on)),
                ),
            )
            for duty in found
        ),
    )


def _mark(unsure: bool) -> Mark:
    return Mark.TO_CONFIRM if unsure else Mark.NONE


def _left(days: int | None) -> Value:
    late = days is not None and days < 0
    key = "periodic.days-late" if late else "periodic.days-left"
    return Value(say(key, days=abs(days or 0)), days)
