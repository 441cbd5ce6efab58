"""R6, the all-case log (REGULATION.md section 8): every case and every kit, once.

Ordered = given + not given (with a reason) + pending. Comparison patients stand apart:
they have no kit to reconcile.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.figures.document import FieldRow, Ref
from registry_app.domain.kit import Kit, Reconciliation, reconcile
from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.cohorts import cohort_of
from registry_app.domain.plan.pack import Anchor, Origin
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.subject import Arm


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A consent that was taken back: which, and when."""

    scope: Scope
    on: date


@dataclass(frozen=True, slots=True)
class Grouped:
    """Where a case belongs by the grade of its baseline window, and why.

    `number`: of the cohort in the pack, "" for none. `why` None: it has no cohorts.
    """

    cohort: Told | None
    number: str
    grade: str
    why: Message | None


@dataclass(frozen=True, slots=True)
class LogRow:
    """One kit of a treated case, or a case without any.

    `number`: of the case, with ``-2`` for its second kit. `collected`: the dates of its
    course, such as the marrow's. `not_given`: the reason, on `not_given_on`.
    """

    number: str
    case: str
    kit: str
    lot: str
    ordered: date | None
    injury: date
    collected: tuple[tuple[Told, date], ...]
    given: date | None
    not_given: str
    not_given_on: date | None
    grouped: Grouped
    status: Message
    consented: date | None
    withdrawn: tuple[Withdrawal, ...]
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One patient of the comparison arm. `matching`: each variable with its value."""

    number: str
    case: str
    source: str
    injury: date
    matched_to: str
    matching: tuple[tuple[Told, str], ...]
    grouped: Grouped
    status: Message
    consented: date | None
    withdrawn: tuple[Withdrawal, ...]
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class StrayKit:
    """A kit that belongs to nobody: an obligation until it does."""

    kit: str
    lot: str
    ordered: date
    not_given: str
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class AllCaseLog:
    """Everything that R6 says, as it was `on` a day.

    `dates`: how the pack names the dates of a course. `cohorts`: by their number.
    `cover`: the common fields.
    """

    on: date
    dates: tuple[Told, ...]
    cohorts: tuple[tuple[str, Told], ...]
    sum: Reconciliation
    treated: tuple[LogRow, ...]
    strays: tuple[StrayKit, ...]
    comparison: tuple[ComparisonRow, ...]
    cover: tuple[FieldRow, ...] = ()


def all_case_log(
    cases: Iterable[Case],
    kits: Sequence[Kit],
    protocol: Protocol,
    on: date,
    cover: tuple[FieldRow, ...] = (),
) -> AllCaseLog:
    """The log of all cases, by case ID; `kits`: all of the registry."""
    by_id = sorted(cases, key=lambda case: case.subject.id)
    arms = {arm: [case for case in by_id if case.subject.arm is arm] for arm in (*Arm,)}
    return AllCaseLog(
        on=on,
        dates=tuple(anchor.name for anchor in _dated(protocol)),
        cohorts=tuple(
            (f"{n}", cohort.name) for n, cohort in enumerate(protocol.pack.cohorts, 1)
        ),
        sum=reconcile(kits),
        treated=tuple(
            row
            for n, case in enumerate(arms[Arm.TREATED], 1)
            for row in _rows(n, case, protocol, on)
        ),
        strays=tuple(
            StrayKit(
                kit.number,
                kit.lot,
                kit.ordered_on,
                kit.not_given,
                (Ref("kit", kit.id),),
            )
            for kit in sorted(kits, key=lambda kit: kit.number)
            if not kit.subject_id
        ),
        comparison=tuple(
            _compared(n, case, protocol, on)
            for n, case in enumerate(arms[Arm.COMPARISON], 1)
        ),
        cover=cover,
    )


def _dated(protocol: Protocol) -> tuple[Anchor, ...]:
    anchors = protocol.pack.anchors
    return tuple(anchor for anchor in anchors if anchor.origin is Origin.DATE)


def _rows(
    n: int,
    case: Case,
    protocol: Protocol,
    on: date,
) -> Iterator[LogRow]:
    collected = tuple(
        (anchor.name, day)
        for anchor in _dated(protocol)
        if (day := case.day_of(anchor)) is not None
    )
    kits: list[Kit | None] = [
        *sorted(case.kits, key=lambda kit: (kit.ordered_on, kit.number))
    ]
    for k, kit in enumerate(kits or [None], 1):
        yield LogRow(
            number=f"{n}" if k == 1 else f"{n}-{k}",
            case=case.subject.id,
            kit=kit.number if kit else "",
            lot=kit.lot if kit else "",
            ordered=kit.ordered_on if kit else None,
            injury=case.subject.injury_date,
            collected=collected if k == 1 else (),
            given=kit.given_on if kit else case.subject.treatment_date,
            not_given=kit.not_given if kit else "",
            not_given_on=kit.not_given_on if kit else None,
            grouped=_grouped(protocol, case),
            status=_status(case, kit, on),
            consented=_consented(case, Scope.TREATMENT),
            withdrawn=_withdrawn(case.consents, on),
            refs=_refs(case, kit),
        )


def _refs(case: Case, kit: Kit | None = None) -> tuple[Ref, ...]:
    """The records behind a row: the case, its kit, its dates, its consents, its end."""
    subject = case.subject.id
    refs = [Ref("subject", subject, subject)]
    if kit is not None:
        refs.append(Ref("kit", kit.id, subject))
    refs.append(Ref("course", subject, subject))
    refs += [Ref("consent", consent.id, subject) for consent in case.consents]
    if case.follow_up is not None:
        refs.append(Ref("follow_up", case.follow_up.id, subject))
    return tuple(refs)


def _compared(
    n: int,
    case: Case,
    protocol: Protocol,
    on: date,
) -> ComparisonRow:
    course = case.course
    return ComparisonRow(
        number=f"{n}",
        case=case.subject.id,
        source=course.source,
        injury=case.subject.injury_date,
        matched_to=course.matched_to,
        matching=tuple(
            (variable.name, course.matching[variable.id])
            for variable in protocol.pack.matching
            if variable.id in course.matching
        ),
        grouped=_grouped(protocol, case),
        status=_ended(case, on) or say("report_r6.status-followed"),
        consented=_consented(case, Scope.FOLLOW_UP),
        withdrawn=_withdrawn(case.consents, on),
        refs=_refs(case),
    )


def _grouped(protocol: Protocol, case: Case) -> Grouped:
    standing = cohort_of(protocol, case)
    cohorts = protocol.pack.cohorts
    why = standing.why if cohorts else None
    if standing.cohort is None:
        return Grouped(None, "", standing.baseline_grade, why)
    number = f"{cohorts.index(standing.cohort) + 1}"
    return Grouped(standing.cohort.name, number, standing.baseline_grade, why)


def _ended(case: Case, on: date) -> Message | None:
    end = case.follow_up
    if end is None or end.reason is None or end.ended_on is None or end.ended_on > on:
        return None
    return say(
        "report_r6.status-ended",
        reason=end.reason.told,
        day=end.ended_on.isoformat(),
    )


def _status(case: Case, kit: Kit | None, on: date) -> Message:
    """Where the case stands; of a kit that was not given, that."""
    if kit is not None and kit.not_given:
        return say("report_r6.status-not-given")
    if (ended := _ended(case, on)) is not None:
        return ended
    if case.subject.treatment_date is not None:
        return say("report_r6.status-followed")
    return say("report_r6.status-pending" if kit else "report_r6.status-no-kit")


def _consented(case: Case, scope: Scope) -> date | None:
    signed = [c.signed_on for c in case.consents if c.scope is scope]
    return min(signed, default=None)


def _withdrawn(consents: Iterable[Consent], on: date) -> tuple[Withdrawal, ...]:
    return tuple(
        Withdrawal(consent.scope, consent.withdrawn_on)
        for consent in sorted(consents, key=lambda c: (c.signed_on, c.id))
        if consent.withdrawn_on is not None and consent.withdrawn_on <= on
    )
