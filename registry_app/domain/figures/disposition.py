"""R1 section 5, disposition: from the registration to who counts, and who left why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from registry_app.domain.consent import Scope
from registry_app.domain.course import EndReason
from registry_app.domain.figures.analysis_sets import (
    Group,
    Why,
    not_given,
    outside,
    undecided,
)
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.document import (
    Row,
    Said,
    Section,
    Table,
    Value,
)
from registry_app.domain.figures.patient_flow import flow
from registry_app.domain.figures.tally import (
    baseline_visit,
    column,
    label,
    part_of,
    people,
    subjects,
    words,
)
from registry_app.domain.message import say
from registry_app.domain.subject import Arm


def ended(patient: Patient, on: date) -> EndReason | None:
    """Why the follow-up of a patient had ended by a day; None: it goes on."""
    end = patient.case.follow_up
    if end is None or end.ended_on is None or end.ended_on > on:
        return None
    return end.reason


@dataclass(frozen=True, slots=True)
class _Step:
    """A row: its id and those of each arm who are in it; None: not applicable."""

    id: str
    name: Said
    found: tuple[Sequence[Patient] | None, ...]
    level: int = 0
    group: bool = False


def disposition(dataset: Dataset, groups: Sequence[Group]) -> Section:
    """The flow, the table, and the members of each cohort. `groups`: see `primary`."""
    return Section(
        "disposition-of-cases",
        say("periodic.section-disposition"),
        (*flow(dataset, groups), _table(dataset), _cohorts(dataset, groups)),
    )


def _arms(dataset: Dataset) -> tuple[tuple[Patient, ...], ...]:
    return tuple(
        tuple(p for p in dataset.patients if p.case.subject.arm is arm) for arm in Arm
    )


def _table(dataset: Dataset) -> Table:
    arms = _arms(dataset)
    rows = []
    for step in _steps(dataset, arms):
        cells = [
            Value("—") if found is None else people(found, strong=step.group)
            for found in step.found
        ]
        name = Value(step.name)
        rows.append(Row(step.id, (name, *cells), step.group, step.level))
    return Table(
        "disposition",
        say("periodic.table-disposition"),
        (words("item", 104), column("treated-arm", 32), column("comparison", 32)),
        tuple(rows),
        notes=(say("periodic.note-disposition"), say("periodic.note-consent")),
    )


def _steps(dataset: Dataset, arms: Sequence[Sequence[Patient]]) -> list[_Step]:
    on, visit = dataset.on, baseline_visit(dataset.protocol)

    def step(
        name: str,
        of: Callable[[Patient], bool],
        level: int = 1,
        *,
        only_treated: bool = False,
        group: bool = False,
        said: Said | None = None,
    ) -> _Step:
        found: list[Sequence[Patient] | None] = [
            None if only_treated and n else [p for p in arm if of(p)]
            for n, arm in enumerate(arms)
        ]
        return _Step(
            name, said or say(f"periodic.row-{name}"), tuple(found), level, group
        )

    def waiting(patient: Patient) -> bool:
        return not patient.given(on) and not patient.set_aside(on)

    return [
        step("registered", lambda _: True, 0, group=True),
        step("treated", lambda p: p.given(on), only_treated=True),
        step("set-aside", lambda p: p.set_aside(on), only_treated=True),
        step("waiting", waiting, only_treated=True),
        step("under-observation", lambda p: ended(p, on) is None, 0, group=True),
        step("follow-up-ended", lambda p: ended(p, on) is not None, 0, group=True),
        *(
            step(f"ended:{why.value}", _ended_by(why, on), said=why.told)
            for why in EndReason
        ),
        step("with-baseline", lambda p: p.counted(visit) is not None, 0, group=True),
        step("without-baseline", lambda p: p.counted(visit) is None, 0),
        *(
            step(
                f"consent-back:{scope.value}",
                _taken_back(scope, on),
                0,
                said=say("periodic.row-consent-back", scope=scope.told),
            )
            for scope in Scope
        ),
    ]


def _ended_by(why: EndReason, on: date) -> Callable[[Patient], bool]:
    return lambda patient: ended(patient, on) is why


def _taken_back(scope: Scope, on: date) -> Callable[[Patient], bool]:
    """Whether a consent of the scope was taken back and none holds."""

    def found(patient: Patient) -> bool:
        own = [c for c in patient.case.consents if c.scope is scope]
        back = any(c.withdrawn_on is not None and c.withdrawn_on <= on for c in own)
        return back and not any(consent.holds(on) for consent in own)

    return found


def taken_back(dataset: Dataset) -> tuple[Patient, ...]:
    """Everybody who has taken back a consent of any scope."""
    tests = [_taken_back(scope, dataset.on) for scope in Scope]
    return tuple(p for p in dataset.patients if any(test(p) for test in tests))


def _cohorts(dataset: Dataset, groups: Sequence[Group]) -> Table:
    """Members and who counts, by cohort and arm; then who is in none."""
    rows = []
    for group in groups:
        who = [one.patient for one in group.members]
        counts = [one.patient for one in group.evaluable]
        rows.append(
            Row(
                f"{group.endpoint.id}:{group.arm.value}",
                (
                    Value(group.cohort.name, group.cohort.id),
                    _arm(group.arm),
                    people(who),
                    part_of(len(counts), len(who), subjects(counts)),
                    people([m.patient for m in group.undecided]),
                    _left(group, Why.AHEAD),
                    people(
                        [
                            one.patient
                            for one in group.members
                            if one.why not in (None, Why.AHEAD)
                        ]
                    ),
                ),
            )
        )
    dashes = (Value("—"),) * 4
    for name, find in (("out-of-cohort", outside), ("cohort-open", undecided)):
        for arm in Arm:
            cells = (label(name), _arm(arm), people(find(dataset, arm)), *dashes)
            rows.append(Row(f"{name}:{arm.value}", cells))
    never = not_given(dataset)
    cells = (label("never-given"), _arm(Arm.TREATED), people(never), *dashes)
    rows.append(Row("never-given", cells))
    return Table(
        "cohorts",
        say("periodic.table-cohorts"),
        (
            words("set", 58),
            words("arm", 26),
            column("members", 10),
            column("evaluable", 26),
            column("of-these-open", 17.5),
            column("not-due", 13.5),
            column("lost-to-analysis", 17),
        ),
        tuple(rows),
        notes=(say("periodic.note-cohorts"),),
    )


def _arm(arm: Arm) -> Value:
    return Value(say(f"subject.arm-{arm.value}"), arm.value)


def _left(group: Group, why: Why) -> Value:
    return people([one.patient for one in group.without(why)])
