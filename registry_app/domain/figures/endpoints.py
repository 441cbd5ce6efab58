"""How far a case is from the endpoints of its cohort, by the exams that count."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry_app.domain.plan.case import Case, ExamFact
from registry_app.domain.plan.cohorts import cohort_of, reaches
from registry_app.domain.plan.facts import Fact, facts, possible
from registry_app.domain.plan.pack import Endpoint
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.windows import Window


@dataclass(frozen=True, slots=True)
class EndpointRow:
    """One endpoint of the cohort that a case belongs to.

    `base`, `now`: every possible value at the exam that counts as its baseline, and at
    the one at its visit (`at`: there is one), or else at the latest completed exam.
    `reached` None: the values do not decide it.
    """

    endpoint: Endpoint
    base: tuple[str, ...]
    now: tuple[str, ...]
    at: bool
    reached: bool | None


def endpoint_rows(
    protocol: Protocol, case: Case, windows: Sequence[Window]
) -> tuple[EndpointRow, ...]:
    """The endpoints of the cohort of a case; none without a cohort."""
    cohort = cohort_of(protocol, case, windows).cohort
    if cohort is None:
        return ()
    counted = {window.visit.id: window.counted for window in windows}
    found = []
    for endpoint in protocol.pack.endpoints:
        if endpoint.cohort != cohort.id:
            continue
        base = _fact(protocol, case, counted.get(endpoint.baseline), endpoint)
        made = counted.get(endpoint.at)
        latest = made or _latest(case, counted.get(endpoint.baseline))
        now = _fact(protocol, case, latest, endpoint)
        known = made is not None and base is not None and now is not None
        found.append(
            EndpointRow(
                endpoint,
                _values(base),
                _values(now),
                made is not None,
                reaches(endpoint, base, now) if known else None,
            )
        )
    return tuple(found)


def _latest(case: Case, baseline: ExamFact | None) -> ExamFact | None:
    """The latest completed exam of the same instrument after the baseline."""
    if baseline is None:
        return None
    later = [
        exam
        for exam in case.exams
        if exam.complete
        and exam.instrument == baseline.instrument
        and exam.day > baseline.day
    ]
    return max(later, key=lambda exam: (exam.day, exam.form_id), default=None)


def _fact(
    protocol: Protocol, case: Case, exam: ExamFact | None, endpoint: Endpoint
) -> Fact:
    if exam is None:
        return None
    names = (endpoint.measure,)
    found = facts(protocol, case, exam.day, exam=exam, names=names)
    return found.get(endpoint.measure)


def _values(fact: Fact) -> tuple[str, ...]:
    return () if fact is None else tuple(possible(fact))
