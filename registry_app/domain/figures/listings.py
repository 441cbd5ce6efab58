"""The appendix of R1: every patient, every event, every deviation."""

from collections.abc import Mapping, Sequence

from registry_app.domain.figures.analysis_sets import Group, Member
from registry_app.domain.figures.baseline import MISSING, OPEN, decade
from registry_app.domain.figures.cells import dash, day, number, written
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.figures.deviation_tables import (
    deviation_ref,
    every_deviation,
    rule_name,
    what_found,
)
from registry_app.domain.figures.document import (
    Ref,
    Row,
    Table,
    Value,
)
from registry_app.domain.figures.reported import (
    Reports,
    causality,
    expectedness,
    seriousness,
)
from registry_app.domain.figures.tally import (
    MINUS,
    baseline_visit,
    column,
    days_after,
    single,
    words,
)
from registry_app.domain.message import say
from registry_app.domain.plan.case import ExamFact
from registry_app.domain.plan.pack import Anchor, Origin


def listing_subjects(dataset: Dataset, groups: Sequence[Group]) -> Table:
    """A line for each patient, in days after the injury; dates stay in the registry."""
    pack = dataset.protocol.pack
    places = {cohort.id: f"{n}" for n, cohort in enumerate(pack.cohorts, 1)}
    members = {
        one.patient.id: (group, one) for group in groups for one in group.members
    }
    anchor = next((a for a in reversed(pack.anchors) if a.origin is Origin.DATE), None)
    visit = baseline_visit(dataset.protocol)
    named = [
        say("periodic.cohort-number", number=n, name=c.name)
        for n, c in enumerate(pack.cohorts, 1)
    ]
    return Table(
        "listing-subjects",
        say("periodic.table-listing-subjects", n=len(dataset.patients)),
        (
            words("case", 20),
            words("arm-short", 12),
            single("cohort-short", 14),
            words("decade", 13),
            words("nli", 10),
            column("collected", 10.5),
            column("given-day", 11),
            column("base-day", 11),
            single("base-ais", 10),
            column("end-day", 11),
            single("end-ais", 10),
            column("steps", 11),
            words("result", 24.5),
        ),
        tuple(
            _subject(dataset, p, members.get(p.id), places, anchor, visit)
            for p in dataset.patients
        ),
        notes=(say("periodic.note-listing-subjects"), *named),
        listing=True,
    )


def _subject(
    dataset: Dataset,
    patient: Patient,
    member: tuple[Group, Member] | None,
    places: Mapping[str, str],
    anchor: Anchor | None,
    visit: str,
) -> Row:
    case = patient.case
    subject = case.subject
    base = patient.counted(visit)
    end = member[1].end if member else _counted_at(dataset, patient)
    cohort = patient.cohort.cohort
    collected = None if anchor is None else case.day_of(anchor)
    place = places.get(cohort.id, "?") if cohort is not None else ""
    if cohort is None:
        place = "?" if patient.cohort.undecided else "×"
    treated = subject.treatment_date
    own = (Ref("subject", patient.id, patient.id),)
    return Row(
        patient.id,
        (
            Value(patient.id, patient.id, own),
            Value(say(f"periodic.arm-{subject.arm.value}"), subject.arm.value),
            Value(place, cohort.id if cohort else ""),
            _decade(patient),
            Value("/".join(base.nli) if base and base.nli else "—"),
            dash() if collected is None else number(subject.day(collected)),
            dash() if treated is None else number(subject.day(treated)),
            *_exam(patient, base),
            *_exam(patient, end),
            *_result(patient, member),
        ),
    )


def _counted_at(dataset: Dataset, patient: Patient) -> ExamFact | None:
    """The exam at the first endpoint's visit, for somebody who is in no cohort."""
    endpoints = dataset.protocol.pack.endpoints
    return patient.counted(endpoints[0].at) if endpoints else None


def _decade(patient: Patient) -> Value:
    band = decade(patient.case)
    if band in (OPEN, MISSING):
        return Value(say(f"periodic.word-{band}"), band)
    first, _, last = band.partition("-")
    return Value(f"{first}–{last}", band)


def _exam(patient: Patient, exam: ExamFact | None) -> tuple[Value, Value]:
    if exam is None:
        none = Value(say("periodic.word-missing-short"))
        return dash(), none
    of = (Ref("form", exam.form_id, patient.id),)
    grade = "/".join(exam.ais) or "—"
    return (
        number(patient.case.subject.day(exam.day), of),
        Value(grade, grade, of),
    )


def _result(
    patient: Patient, member: tuple[Group, Member] | None
) -> tuple[Value, Value]:
    """By how many grades it changed; reached, not reached, or why it does not count."""
    if member is None:
        key = "open" if patient.cohort.undecided else "out"
        if patient.cohort.cohort is not None:
            key = "not-given"
        return dash(), Value(say(f"periodic.result-{key}"), key)
    group, one = member
    gained = one.gained(group.endpoint.order)
    steps = dash()
    if gained is not None:
        low, high = (_signed(n) for n in gained)
        steps = Value(low if low == high else f"{low}/{high}", [*gained])
    if one.why is not None:
        return steps, Value(one.why.told, one.why.value)
    word = {True: "reached", False: "not-reached", None: "undecided"}[one.reached]
    return steps, Value(say(f"periodic.result-{word}"), word)


def _signed(change: int) -> str:
    return f"{MINUS}{-change}" if change < 0 else f"+{change}" if change else "0"


def listing_events(found: Reports) -> Table:
    """A line for each event of each case that was taken up."""
    return Table(
        "listing-events",
        say("periodic.table-listing-events", n=len(found.events)),
        (
            words("safety-case", 20),
            words("case", 22.5),
            words("term", 42),
            column("after-treatment", 11),
            words("serious-word", 19),
            words("known-word", 18),
            words("cause-word", 19.5),
            words("outcome", 16),
        ),
        tuple(
            Row(
                one.event.id,
                (
                    Value(one.case.id, one.case.id),
                    Value(one.patient.id if one.patient else "—", one.who),
                    written(one.term, (one.ref,)),
                    days_after(one.onset_day),
                    Value(seriousness(one), one.serious),
                    Value(expectedness(one), one.event.expected.value),
                    Value(causality(one), one.suspected),
                    Value(one.event.outcome.told, one.event.outcome.value),
                ),
            )
            for one in found.events
        ),
        notes=(say("periodic.note-listing-events"),),
        listing=True,
    )


def listing_deviations(dataset: Dataset) -> Table:
    """A line for each deviation."""
    found = every_deviation(dataset)
    return Table(
        "listing-deviations",
        say("periodic.table-listing-deviations", n=len(found)),
        (
            words("case", 21),
            words("on", 17),
            words("kind", 19),
            words("deviation", 41),
            words("what-found", 24),
            words("reason", 46),
        ),
        tuple(
            Row(
                deviation.id,
                (
                    Value(p.id, p.id, (deviation_ref(p, deviation),)),
                    day(deviation.on),
                    Value(deviation.kind.told, deviation.kind.value),
                    Value(rule_name(dataset.protocol, deviation.rule), deviation.rule),
                    what_found(dataset.protocol, deviation),
                    written(deviation.reason),
                ),
            )
            for p, deviation in found
        ),
        listing=True,
    )
