"""What a patient's summary says beside the exams: safety, function, consent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registry_app.domain.consent import Scope, Signer, in_force
from registry_app.domain.figures.measures import Measure, measures, total_of
from registry_app.domain.message import Message, Told
from registry_app.domain.plan.case import Case, ExamFact
from registry_app.domain.plan.facts import ISNCSCI
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.safety import CaseState, Event, Outcome, SafetyCase
from registry_app.domain.safety_class import class_of


@dataclass(frozen=True, slots=True)
class SafetyRow:
    """One event of a safety case. `day`: of its onset, since injury.

    `treated`: the same since treatment. `serious` None: nobody has judged it.
    `event_class`: of this event, such as E2; the class that a person chose for the
    case, if it has no other event; "" of none.
    """

    event: str
    case: str
    state: CaseState
    what: str
    onset: date | None
    day: int | None
    treated: int | None
    serious: bool | None
    event_class: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """What was measured on one day at one visit: measure to the value as printed.

    `forms`: the forms that say so.
    """

    on: date
    day: int
    treated: int | None
    visit: str
    values: Mapping[str, Decimal]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """How one kind of consent stands on the day of the summary.

    `signed` None: there never was one. `withdrawn` None: it holds.
    """

    scope: Scope
    signed: date | None = None
    document: str = ""
    signer: Signer | None = None
    withdrawn: date | None = None
    consent: str = ""


@dataclass(frozen=True, slots=True)
class BesideExams:
    """All of it. `measures`: name of each by its id; none where the pack has none."""

    safety: tuple[SafetyRow, ...] = ()
    measures: Mapping[str, Message | Told] | None = None
    function: tuple[FunctionRow, ...] = ()
    consents: tuple[ConsentRow, ...] = ()


def beside_exams(
    protocol: Protocol,
    case: Case,
    safety: Iterable[SafetyCase],
    events: Iterable[Event],
    on: date,
) -> BesideExams:
    """What stands beside the exams of a case; `safety`: any cases, `events`: of them.

    A case that was found to be none is left out; its events are no events.
    """
    asked = [one for one in measures(protocol.pack) if one.form != ISNCSCI]
    return BesideExams(
        tuple(_safety(protocol, case, safety, events)),
        {one.id: one.name for one in asked},
        tuple(_function(protocol, case, asked)),
        tuple(_consent(case, scope, on) for scope in Scope),
    )


def _safety(
    protocol: Protocol,
    case: Case,
    safety: Iterable[SafetyCase],
    events: Iterable[Event],
) -> Iterator[SafetyRow]:
    """By onset, then by case; those without a day last."""
    by_id = {one.id: one for one in safety if one.state is not CaseState.NOT_A_CASE}
    of_case: dict[str, list[Event]] = {}
    for event in events:
        if event.case_id in by_id:
            of_case.setdefault(event.case_id, []).append(event)
    rows = []
    for number, own in of_case.items():
        one = by_id[number]
        for event in own:
            if (event.subject_id or one.subject_id) == case.subject.id:
                chosen = one.chosen_class if len(own) == 1 else ""
                found = chosen or class_of(protocol.pack, one, event)
                rows.append(_event(case, one, event, found))
    yield from sorted(
        rows, key=lambda row: (row.onset or date.max, row.case, row.event)
    )


def _event(case: Case, one: SafetyCase, event: Event, found: str) -> SafetyRow:
    onset = event.onset
    return SafetyRow(
        event=event.id,
        case=one.id,
        state=one.state,
        what=event.coded.get("text") or event.what,
        onset=onset,
        day=None if onset is None else case.subject.day(onset),
        treated=None if onset is None else _treated(case, onset),
        serious=event.is_serious,
        event_class=found,
        outcome=event.outcome,
    )


def _treated(case: Case, on: date) -> int | None:
    treated = case.subject.treatment_date
    return None if treated is None else (on - treated).days


def _function(
    protocol: Protocol, case: Case, asked: Sequence[Measure]
) -> Iterator[FunctionRow]:
    """A row a day and visit, of completed forms that say enough."""
    plans = {form.id: form for form in protocol.pack.forms}
    by_form = {one.form: one.id for one in asked}
    found: dict[tuple[date, str], list[tuple[ExamFact, Decimal]]] = {}
    for exam in sorted(case.exams, key=lambda exam: (exam.day, exam.form_id)):
        if exam.instrument not in by_form or not exam.complete:
            continue
        total = total_of(plans[exam.instrument], exam)
        if total is not None:
            found.setdefault((exam.day, exam.visit_code), []).append((exam, total))
    for (on, visit), several in found.items():
        yield FunctionRow(
            on=on,
            day=case.subject.day(on),
            treated=_treated(case, on),
            visit=visit,
            values={by_form[exam.instrument]: total for exam, total in several},
            forms=tuple(exam.form_id for exam, _ in several),
        )


def _consent(case: Case, scope: Scope, on: date) -> ConsentRow:
    """The consent in force; else the one that was taken back last; else none."""
    held = in_force(case.consents, scope, on)
    if held is None:
        signed = [c for c in case.consents if c.scope is scope and c.signed_on <= on]
        held = max(signed, key=lambda c: (c.signed_on, c.id), default=None)
    if held is None:
        return ConsentRow(scope)
    taken_back = None if held.holds(on) else held.withdrawn_on
    return ConsentRow(
        scope, held.signed_on, held.document, held.signer, taken_back, held.id
    )
