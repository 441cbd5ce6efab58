"""Which cohort a case belongs to, by the exam that counts at the baseline window.

Membership goes by the grade in the baseline window, not by the one at the decision to
treat; both are kept (REGULATION.md section 3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.case import Case, ExamFact
from registry_app.domain.plan.eligibility import Verdict, ask
from registry_app.domain.plan.facts import (
    ISNCSCI,
    Fact,
    facts,
    joined,
    number,
    possible,
)
from registry_app.domain.plan.pack import Cohort, Endpoint
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.windows import Window, windows

#: Facts whose values are words; grades, levels and figures speak for themselves.
_NAMED: Final = ("arm", "cause", "region", "sex")


@dataclass(frozen=True, slots=True)
class CohortStanding:
    """Where a case belongs, and why; grades as "A", "B,C" where open, "" for none."""

    cohort: Cohort | None
    baseline_grade: str
    decision_grade: str
    why: Message

    @property
    def undecided(self) -> bool:
        """Whether what is missing may still put the case into a cohort."""
        return self.why.key in ("plan.cohort-open", "plan.no-baseline")


def cohort_of(
    protocol: Protocol, case: Case, made: Sequence[Window] | None = None
) -> CohortStanding:
    """The first cohort whose every test the baseline exam passes.

    `made`: the windows of the case, where they are known already.
    """
    found = windows(protocol, case) if made is None else made
    exams = {window.visit.id: window.counted for window in found}
    decided = _decision_grade(case)
    misses: list[tuple[bool, int, Cohort, list[Message]]] = []
    grade, waiting = "", None
    names = {test.fact for cohort in protocol.pack.cohorts for test in cohort.tests}
    known_at: dict[str, dict[str, Fact]] = {}
    for cohort in protocol.pack.cohorts:
        exam = exams.get(cohort.baseline)
        if exam is None:
            waiting = waiting or _visit_name(protocol, cohort.baseline)
            continue
        grade = grade or joined(exam.ais) or ""
        known = known_at.get(exam.form_id)
        if known is None:
            known = facts(protocol, case, exam.day, exam=exam, names=names)
            known_at[exam.form_id] = known
        failed = [
            (test.fact, verdict)
            for test in cohort.tests
            if (verdict := ask(test, known.get(test.fact))) is not Verdict.MET
        ]
        if not failed:
            why = say("plan.in-cohort", cohort=cohort.name, day=exam.day)
            return CohortStanding(cohort, joined(exam.ais) or "", decided, why)
        out = any(verdict is Verdict.NOT_MET for _, verdict in failed)
        reasons = [_miss(fact, known.get(fact), verdict) for fact, verdict in failed]
        misses.append((out, len(reasons), cohort, reasons))
    if misses:
        # Nobody is out of a cohort for want of a year of birth.
        out, _, nearest, reasons = min(misses, key=lambda miss: miss[:2])
        key = "plan.no-cohort" if out else "plan.cohort-open"
        why = say(key, cohort=nearest.name, reasons=_all(reasons))
    elif waiting is not None:
        why = say("plan.no-baseline", visit=waiting)
    else:
        why = say("plan.no-cohorts")
    return CohortStanding(None, grade, decided, why)


def _decision_grade(case: Case) -> str:
    """The grade of the frozen indication, else of the first completed sheet."""
    if case.indication is not None and case.indication.facts.get("ais"):
        return case.indication.facts["ais"]
    sheets = [e for e in case.exams if e.instrument == ISNCSCI and e.complete]
    if not sheets:
        return ""
    first: ExamFact = min(sheets, key=lambda exam: (exam.day, exam.form_id))
    return joined(first.ais) or ""


def _visit_name(protocol: Protocol, visit_id: str) -> Told:
    found = (v.name for v in protocol.pack.visits if v.id == visit_id)
    return next(found, Told(visit_id, visit_id))


def _miss(fact: str, value: Fact, verdict: Verdict) -> Message:
    name = say(f"plan.fact-{fact}") if ":" not in fact else Told(fact, fact)
    if value is None:
        return say("plan.miss-unknown", fact=name)
    key = "plan.miss-open" if verdict is Verdict.UNKNOWN else "plan.miss"
    return say(key, fact=name, value=_value(fact, str(value).split(",")))


def _value(fact: str, values: Sequence[str]) -> Message | Told:
    """Possible values as people say them: regions and arms by name, others as codes."""
    first = values[0]
    if fact in _NAMED:
        said: Message | Told = say(f"plan.{fact}-{first}")
    else:
        said = Told(first, first)
    if len(values) == 1:
        return said
    return say("plan.or", first=said, rest=_value(fact, values[1:]))


def _all(reasons: Sequence[Message]) -> Message:
    """Several reasons as one."""
    if len(reasons) == 1:
        return reasons[0]
    return say("plan.and", first=reasons[0], rest=_all(reasons[1:]))


def improvement(order: Sequence[str], base: str, end: str) -> int:
    """By how many grades somebody is better; negative: worse.

    `order`: from worst to best. Raises InvalidValue for a grade that is not in it.
    """
    for grade in (base, end):
        if grade not in order:
            raise InvalidValue("plan.not-a-grade", grade=grade)
    return order.index(end) - order.index(base)


def reaches(endpoint: Endpoint, base: Fact, end: Fact) -> bool | None:
    """Whether an endpoint is reached; None where the values do not decide it.

    Ordinal measures by `Endpoint.order`; figures by their difference, or in percent of
    the baseline. A negative `Endpoint.by` asks for a fall.
    """
    answers = {
        _reached(endpoint, one, other)
        for one in possible(base)
        for other in possible(end)
    }
    return answers.pop() if len(answers) == 1 else None


def _reached(endpoint: Endpoint, base: str, end: str) -> bool | None:
    if endpoint.order:
        if base not in endpoint.order or end not in endpoint.order:
            return None
        gained = Decimal(improvement(endpoint.order, base, end))
    else:
        before, after = number(base), number(end)
        if before is None or after is None:
            return None
        gained = after - before
        if endpoint.unit == "percent":
            if not before:
                return None
            gained = gained / before * 100
    return gained <= endpoint.by if endpoint.by < 0 else gained >= endpoint.by
