"""The events of a dataset, each with its case and its patient, ready to be counted.

A draft that nobody has judged is no event of any table: it is named as open. A case
that was found to be none is counted as such and leaves the tables.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from registry_app.domain.figures.cells import Refs
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.document import Ref
from registry_app.domain.message import Message, say
from registry_app.domain.safety import (
    CaseOrigin,
    CaseState,
    Event,
    Expectedness,
    SafetyCase,
)

#: States of a case whose events count.
COUNTED: Final = (CaseState.OPEN, CaseState.CLOSED)
#: Origins that are no patient of this registry.
ELSEWHERE: Final = (
    CaseOrigin.FOREIGN,
    CaseOrigin.LITERATURE,
    CaseOrigin.FOREIGN_ACTION,
    CaseOrigin.RESEARCH,
)


@dataclass(frozen=True, slots=True)
class Reported:
    """One event. `patient` None: of nobody in this registry.

    `learned`: when it was learned of; None: no day is on record. `serious` and
    `suspected`: as the event says, asked once, for they are counted over and over.
    """

    event: Event
    case: SafetyCase
    patient: Patient | None
    learned: date | None
    serious: bool | None
    suspected: bool

    @property
    def term(self) -> str:
        """Its coded term, else the words that it was reported in."""
        return self.event.coded.get("text", "").strip() or self.event.what.strip()

    @property
    def group(self) -> str:
        """Its organ class; "" while it is not coded."""
        return self.event.coded.get("group", "").strip()

    @property
    def expected(self) -> bool | None:
        """Known (既知), unknown (未知), or not judged."""
        if self.event.expected is Expectedness.UNDECIDED:
            return None
        return self.event.expected is Expectedness.EXPECTED

    @property
    def ref(self) -> Ref:
        """The record, by the case ID of its patient or the number of its case."""
        return Ref("event", self.event.id, self.who)

    @property
    def who(self) -> str:
        """The case ID of the patient; else the number of the safety case."""
        return self.case.id if self.patient is None else self.patient.id

    @property
    def onset_day(self) -> int | None:
        """Days from the treatment, day 0, to its onset."""
        if self.patient is None or self.event.onset is None:
            return None
        given = self.patient.case.subject.treatment_date
        return None if given is None else (self.event.onset - given).days


@dataclass(frozen=True, slots=True)
class Reports:
    """All events of cases that were taken up, and the cases that were not."""

    events: tuple[Reported, ...]
    drafts: tuple[SafetyCase, ...] = ()
    dismissed: tuple[SafetyCase, ...] = ()
    cases: tuple[SafetyCase, ...] = field(default=())


def reports(dataset: Dataset) -> Reports:
    """The events in order of their cases and ids."""
    known = {patient.id: patient for patient in dataset.patients}
    counted = {c.id: c for c in dataset.cases if c.state in COUNTED}
    found = (
        _reported(event, counted[event.case_id], known)
        for event in dataset.events
        if event.case_id in counted
    )
    return Reports(
        tuple(sorted(found, key=lambda one: (one.case.id, one.event.id))),
        tuple(c for c in dataset.cases if c.state is CaseState.DRAFT),
        tuple(c for c in dataset.cases if c.state is CaseState.NOT_A_CASE),
        tuple(counted.values()),
    )


def _reported(event: Event, case: SafetyCase, known: Mapping[str, Patient]) -> Reported:
    patient = known.get(event.subject_id or case.subject_id)
    return Reported(
        event,
        case,
        patient,
        learned(event, case),
        event.is_serious,
        event.suspected,
    )


def days0(case: SafetyCase) -> tuple[date, ...]:
    """Day 0 of each version, in the order of the versions."""
    numbered = sorted(case.versions, key=lambda name: (len(name), name))
    return tuple(case.versions[name].day0 for name in numbered)


def learned(event: Event, case: SafetyCase) -> date | None:
    """The day on which the holder learned of an event.

    That of the first version on or after its onset, for nobody learns of an event
    before it begins; else what the hospital knew, else the onset.
    """
    days = days0(case)
    if days:
        later = (day for day in days if event.onset is None or day >= event.onset)
        return next(later, days[-1])
    return case.hospital_aware or event.onset


def with_event(found: Iterable[Reported]) -> tuple[Patient, ...]:
    """The patients of these events, each once, by case ID."""
    patients = {p.id: p for one in found if (p := one.patient) is not None}
    return tuple(patients[name] for name in sorted(patients))


def refs(found: Iterable[Reported]) -> Refs:
    """References to events."""
    return tuple(one.ref for one in found)


def case_refs(found: Iterable[SafetyCase]) -> Refs:
    """References to cases."""
    return tuple(Ref("safety_case", case.id, case.id) for case in found)


def seriousness(one: Reported) -> Message:
    """Serious, not serious, not judged."""
    known = {True: "serious", False: "not-serious", None: "not-judged"}
    return say(f"periodic.word-{known[one.serious]}")


def expectedness(one: Reported) -> Message:
    """Known, unknown, not judged."""
    known = {True: "known", False: "unknown", None: "not-judged"}
    return say(f"periodic.word-{known[one.expected]}")


def causality(one: Reported) -> Message:
    """Suspected, or ruled out by both."""
    return say(f"periodic.word-{'suspected' if one.suspected else 'ruled-out'}")
