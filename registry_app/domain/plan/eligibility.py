"""Whether a case is what a pack asks for: each criterion with its verdict.

A failed criterion is a deviation with a reason, never a wall.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from enum import StrEnum
from typing import Final

from registry_app.domain.plan.case import Case
from registry_app.domain.plan.facts import Fact, facts, number, possible
from registry_app.domain.plan.pack import Criterion, Test
from registry_app.domain.plan.protocol import Protocol

_SHOWN: Final = Context(prec=6)


class Verdict(StrEnum):
    """What a question came to."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judged:
    """One criterion with what was found, as a code or a figure; "" for nothing."""

    criterion: Criterion
    verdict: Verdict
    found: str


def judge(
    protocol: Protocol,
    case: Case,
    stage: str,
    on: date,
    answers: Mapping[str, str] | None = None,
) -> tuple[Judged, ...]:
    """Every criterion of a stage that is valid on that day, in the order of the pack.

    `answers`: see `facts`.
    """
    known = facts(protocol, case, on, answers)
    judged = []
    for criterion in protocol.pack.criteria:
        if criterion.stage != stage or not criterion.basis.in_force(on):
            continue
        fact = known.get(criterion.test.fact)
        verdict = ask(criterion.test, fact)
        judged.append(Judged(criterion, verdict, written(fact)))
    return tuple(judged)


def written(fact: Fact) -> str:
    """A fact as it is shown; a figure plainly, with at most six significant digits.

    >>> written(Decimal("2.3E+8"))
    '230000000'
    """
    if isinstance(fact, Decimal):
        return f"{_SHOWN.plus(fact).normalize():f}"
    return fact or ""


def ask(test: Test, fact: Fact) -> Verdict:
    """The verdict on one fact; unknown where its possible values disagree."""
    verdicts = {_passes(test, value) for value in possible(fact)}
    if len(verdicts) != 1:
        return Verdict.UNKNOWN
    (passed,) = verdicts
    if passed is None:
        return Verdict.UNKNOWN
    return Verdict.MET if passed else Verdict.NOT_MET


def _passes(test: Test, value: str) -> bool | None:
    """Whether one value passes; None where it is no number and a range asks for one."""
    if test.one_of:
        return value in test.one_of
    amount = number(value)
    if amount is None:
        return None
    above = test.least is None or test.least <= amount
    return above and (test.most is None or amount <= test.most)
