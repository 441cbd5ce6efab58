"""Criteria that a case does not meet: recorded as deviations, never a wall."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from registry_app.domain.course import Deviation, DeviationKind, Indication
from registry_app.domain.errors import Refused
from registry_app.domain.message import Told
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.eligibility import Judged, Verdict
from registry_app.domain.plan.facts import facts
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.referral import reported


def listed(texts: Iterable[Told]) -> Told:
    """Several texts of a pack as one, in both languages."""
    found = tuple(texts)
    return Told(
        "、".join(text.ja for text in found), ", ".join(text.en for text in found)
    )


def departures(
    judged: Iterable[Judged],
    reasons: Mapping[str, str],
    subject_id: str,
    kind: DeviationKind,
    on: date,
    new_id: Callable[[], str],
) -> tuple[Deviation, ...]:
    """A deviation for each criterion that is not met.

    Raises Refused where one has no reason; it names them all, `ids` for a screen. What
    is not known yet needs none.
    """
    failed = [one for one in judged if one.verdict is Verdict.NOT_MET]
    bare = [one for one in failed if not reasons.get(one.criterion.id, "").strip()]
    if bare:
        raise Refused(
            "enrolment.reason-needed",
            criteria=listed(one.criterion.name for one in bare),
            ids=tuple(one.criterion.id for one in bare),
        )
    return tuple(
        Deviation(
            new_id(),
            subject_id,
            kind,
            one.criterion.id,
            on,
            reasons[one.criterion.id].strip(),
            one.found,
        )
        for one in failed
    )


def frozen(
    protocol: Protocol,
    case: Case,
    judged: Iterable[Judged],
    on: date,
    answers: Mapping[str, str],
) -> Indication:
    """The indication as it is on a day, to be kept as it is.

    What the referring hospital reported is kept as such beside the facts.
    """
    known = facts(protocol, case, on, answers)
    told = reported(answers).facts
    return Indication(
        case.subject.id,
        protocol.pack.id,
        protocol.pack.version,
        on,
        {n: str(value) for n, value in known.items() if value is not None} | {**told},
        {one.criterion.id: one.verdict.value for one in judged},
    )
