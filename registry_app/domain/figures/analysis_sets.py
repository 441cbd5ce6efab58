"""Who is looked at together, who counts for an endpoint, and why the others do not.

Membership goes by the grade in the baseline window. Nobody disappears: each member of
a cohort is evaluable, or has one reason why not. A report that a statute asks for rests
on no consent, so that nobody leaves a set because a consent was taken back
(domain/consent.py).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.message import Message, say
from registry_app.domain.plan.case import ExamFact
from registry_app.domain.plan.cohorts import reaches
from registry_app.domain.plan.facts import facts, joined, possible
from registry_app.domain.plan.pack import Cohort, Endpoint
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.windows import Placed, Window, counted
from registry_app.domain.subject import Arm
from registry_app.domain.visit import Blinding


class Why(StrEnum):
    """Why somebody does not count for an endpoint."""

    NO_BASELINE = "no-baseline"
    NOT_PRIMARY = "not-primary"  # the exam is of the day after treatment, or so
    AHEAD = "ahead"  # the window of the endpoint is not over yet
    ENDED = "ended"  # the follow-up ended before the window did
    MISSING = "missing"  # the window is over, and there is no exam
    UNGRADED = "ungraded"  # an exam without a value of the measure

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"efficacy.why-{self.value}")


@dataclass(frozen=True, slots=True)
class Member:
    """One patient of a cohort, for one endpoint.

    `base`, `end`: the exams that count. `before`, `after`: every possible value there.
    `reached` None: the values do not decide it, or `why` says why it is not asked.
    `late`: the baseline exam was not before the treatment. `blinded`: both exams were
    made by an assessor who did not know the treatment.
    """

    patient: Patient
    base: ExamFact | None
    end: ExamFact | None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    why: Why | None = None
    reached: bool | None = None
    late: bool = False
    blinded: bool = False

    @property
    def evaluable(self) -> bool:
        """Both exams are there, and may be used."""
        return self.why is None

    @property
    def grade(self) -> str:
        """Its value at the baseline, ``B,C`` where that is not decided."""
        return joined(self.before) or ""

    def gained(self, order: Sequence[str]) -> tuple[int, int] | None:
        """The least and the most grades by which it can be better; None: no grade."""
        places = [order.index(one) for one in self.before if one in order]
        later = [order.index(one) for one in self.after if one in order]
        if not places or not later:
            return None
        return min(later) - max(places), max(later) - min(places)


@dataclass(frozen=True)
class Group:
    """The members of a cohort in one arm: two arms are never one group."""

    endpoint: Endpoint
    cohort: Cohort
    arm: Arm
    members: tuple[Member, ...]

    @cached_property
    def evaluable(self) -> tuple[Member, ...]:
        """Those who count: N of the primary analysis."""
        return tuple(one for one in self.members if one.evaluable)

    @cached_property
    def reached(self) -> tuple[Member, ...]:
        """Those who reached the endpoint for certain: n of the primary analysis."""
        return tuple(one for one in self.evaluable if one.reached)

    @cached_property
    def undecided(self) -> tuple[Member, ...]:
        """Evaluable, but the possible grades do not agree."""
        return tuple(one for one in self.evaluable if one.reached is None)

    def without(self, why: Why) -> tuple[Member, ...]:
        """Those who do not count, for one reason."""
        return tuple(one for one in self.members if one.why is why)


def primary(dataset: Dataset) -> tuple[Group, ...]:
    """A group for each primary endpoint and each arm, in the order of the pack.

    A pack without primary endpoints: each endpoint that it has.
    """
    endpoints = dataset.protocol.pack.endpoints
    chosen = [one for one in endpoints if one.primary] or list(endpoints)
    return tuple(_groups(dataset, chosen))


def secondary(dataset: Dataset) -> tuple[Group, ...]:
    """The same of the endpoints that are not primary, where the pack has both."""
    endpoints = dataset.protocol.pack.endpoints
    if not any(one.primary for one in endpoints):
        return ()
    return tuple(_groups(dataset, [one for one in endpoints if not one.primary]))


def _groups(dataset: Dataset, endpoints: Iterable[Endpoint]) -> Iterator[Group]:
    for endpoint in endpoints:
        cohort = cohort_by_id(dataset.protocol, endpoint.cohort)
        for arm in Arm:
            yield Group(
                endpoint,
                cohort,
                arm,
                members(dataset, endpoint, in_cohort(dataset, cohort, arm)),
            )


def cohort_by_id(protocol: Protocol, cohort_id: str) -> Cohort:
    """A cohort; a pack that was checked has each one that it names."""
    return next(one for one in protocol.pack.cohorts if one.id == cohort_id)


def in_arm(dataset: Dataset, arm: Arm) -> tuple[Patient, ...]:
    """Users, and non-users (REGULATION.md section 3).

    Who was enrolled to be treated, and was not given the product, is neither.
    """
    own = [one for one in dataset.patients if one.case.subject.arm is arm]
    if arm is Arm.COMPARISON:
        return tuple(own)
    return tuple(one for one in own if one.given(dataset.on))


def not_given(dataset: Dataset) -> tuple[Patient, ...]:
    """Enrolled to be treated, and not given the product: in no set of efficacy."""
    return tuple(
        one
        for one in dataset.patients
        if one.case.subject.arm is Arm.TREATED and not one.given(dataset.on)
    )


def in_cohort(dataset: Dataset, cohort: Cohort, arm: Arm) -> tuple[Patient, ...]:
    """The patients of a cohort in one arm."""
    return tuple(
        one
        for one in in_arm(dataset, arm)
        if one.cohort.cohort is not None and one.cohort.cohort.id == cohort.id
    )


def outside(dataset: Dataset, arm: Arm) -> tuple[Patient, ...]:
    """Those whose baseline exam puts them into no cohort: shown apart."""
    return tuple(
        one
        for one in in_arm(dataset, arm)
        if one.cohort.cohort is None and not one.cohort.undecided
    )


def undecided(dataset: Dataset, arm: Arm) -> tuple[Patient, ...]:
    """Those who may still come into a cohort: no baseline exam, or one left open."""
    return tuple(one for one in in_arm(dataset, arm) if one.cohort.undecided)


def members(
    dataset: Dataset,
    endpoint: Endpoint,
    patients: Iterable[Patient],
    *,
    stretch: float = 1.0,
) -> tuple[Member, ...]:
    """These patients, as the endpoint sees them.

    `stretch`: how much wider (or narrower) both windows are, for a sensitivity.
    """
    return tuple(_member(dataset, endpoint, one, stretch) for one in patients)


def _member(
    dataset: Dataset, endpoint: Endpoint, patient: Patient, stretch: float
) -> Member:
    protocol = dataset.protocol
    base = _exam(protocol, patient, endpoint.baseline, stretch)
    end = _exam(protocol, patient, endpoint.at, stretch)
    one = Member(
        patient,
        base,
        end,
        _values(protocol, patient, base, endpoint),
        _values(protocol, patient, end, endpoint),
        late=base is not None and _late(protocol, patient, base, endpoint),
        blinded=_blinded(patient, base) and _blinded(patient, end),
    )
    why = _why(dataset.on, endpoint, one)
    if why is not None:
        return replace(one, why=why)
    met = reaches(endpoint, joined(one.before), joined(one.after))
    return replace(one, reached=met)


def _why(on: date, endpoint: Endpoint, one: Member) -> Why | None:
    if one.base is None:
        return Why.NO_BASELINE
    if one.end is None:
        return _no_end(on, endpoint, one.patient)
    unfit = (_apart(one.patient, exam) for exam in (one.base, one.end))
    if endpoint.primary and any(unfit):
        return Why.NOT_PRIMARY
    return None if one.before and one.after else Why.UNGRADED


def _no_end(on: date, endpoint: Endpoint, patient: Patient) -> Why:
    window = patient.windows.get(endpoint.at)
    if window is None:
        return Why.MISSING
    end = patient.case.follow_up
    ended_on = None if end is None or end.reason is None else end.ended_on
    if ended_on is not None and ended_on <= min(on, window.last):
        return Why.ENDED
    return Why.AHEAD if on <= window.last else Why.MISSING


def _apart(patient: Patient, exam: ExamFact) -> bool:
    """An exam of a visit that serves no primary endpoint, such as day 1 (CLINICAL 4).

    A change after one day is implausible as replacement of cells.
    """
    return any(
        not window.visit.primary
        and (window.holds(exam.day) or exam.visit_code == window.visit.id)
        for window in patient.windows.values()
    )


def _exam(
    protocol: Protocol, patient: Patient, visit_id: str, stretch: float
) -> ExamFact | None:
    window = patient.windows.get(visit_id)
    if window is None or stretch == 1.0:
        return None if window is None else window.counted
    return counted(protocol, patient.case, _stretched(window, stretch))[0]


def _stretched(window: Window, stretch: float) -> Placed:
    before = timedelta(days=int((window.centre - window.first).days * stretch))
    after = timedelta(days=int((window.last - window.centre).days * stretch))
    return Placed(
        window.visit,
        window.anchor,
        window.anchor_day,
        window.centre,
        window.centre - before,
        window.centre + after,
    )


def _late(
    protocol: Protocol, patient: Patient, exam: ExamFact, endpoint: Endpoint
) -> bool:
    visit = patient.windows[endpoint.baseline].visit
    if not visit.precedes:
        return False
    day = patient.case.day_of(protocol.anchor(visit.precedes))
    return day is not None and exam.day >= day


def _blinded(patient: Patient, exam: ExamFact | None) -> bool:
    detail = None if exam is None else patient.exams.get(exam.form_id)
    return detail is not None and detail.knew is Blinding.BLINDED


def _values(
    protocol: Protocol, patient: Patient, exam: ExamFact | None, endpoint: Endpoint
) -> tuple[str, ...]:
    if exam is None:
        return ()
    if endpoint.measure == "ais":
        return exam.ais
    names = (endpoint.measure,)
    known = facts(protocol, patient.case, exam.day, exam=exam, names=names)
    return possible(known.get(endpoint.measure))
