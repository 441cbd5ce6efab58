"""What broke the blinding of assessors, and how many exams it marks."""

from collections.abc import Iterator, Sequence

from registry_app.domain.blinding import Unblinded, Unblinding
from registry_app.domain.figures.cells import joined, number, written
from registry_app.domain.figures.dataset import Dataset, ExamDetail, Patient
from registry_app.domain.figures.document import Ref, Row, Table, Value
from registry_app.domain.figures.efficacy_cells import (
    arm_name,
    column,
    forms,
    heading,
    words,
)
from registry_app.domain.message import say
from registry_app.domain.subject import Arm

#: An unblinding, its patient, and the completed exams that it marks.
Found = tuple[Unblinding, Patient, tuple[ExamDetail, ...]]


def unblinding_table(dataset: Dataset) -> Table:
    """Of each arm and each way: how many, of whom, and the exams made afterwards."""
    every = list(_found(dataset))
    columns = (
        words("unblinding", 58),
        column("unblindings", 22),
        column("patients", 22),
        column("telling", 34),
        column("exams-after", 32),
    )
    rows: list[Row] = []
    for arm in Arm:
        own = [one for one in every if one[1].case.subject.arm is arm]
        rows.append(heading(f"unblindings-{arm.value}", arm_name(arm), len(columns)))
        for how in Unblinded:
            part = [one for one in own if one[0].how is how]
            rows.append(_row(f"unblindings-{arm.value}-{how.value}", how, part))
    return Table(
        "unblindings",
        say("efficacy.unblinding-table"),
        columns,
        tuple(rows),
        (say("efficacy.unblinding-note"),),
    )


def unblinding_listing(dataset: Dataset) -> Table:
    """A line for each: when, how, what became known, what it means for the data."""
    every = list(_found(dataset))
    return Table(
        "listing-unblindings",
        say("efficacy.unblinding-listing", n=len(every)),
        (
            words("case", 22),
            words("on", 20),
            words("how-unblinded", 24),
            words("became-known", 36),
            column("exams-after", 18),
            words("meaning", 48),
        ),
        tuple(_line(*one) for one in every),
        listing=True,
    )


def _found(dataset: Dataset) -> Iterator[Found]:
    """By case ID, day and id; those after the day of the cut are not looked at."""
    people = {one.id: one for one in dataset.patients}
    seen = [one for one in dataset.unblindings if one.on <= dataset.on]
    for one in sorted(seen, key=lambda one: (one.subject_id, one.on, one.id)):
        patient = people.get(one.subject_id)
        if patient is not None:
            exams = patient.exams
            marked = (exams[key] for key in sorted(exams))
            yield one, patient, tuple(exam for exam in marked if exam.broken == one)


def _row(name: str, how: Unblinded, part: Sequence[Found]) -> Row:
    telling = [one for one in part if one[0].tells]
    people = {patient.id for _, patient, _ in part}
    refs = tuple(Ref("subject", id_, id_) for id_ in sorted(people))
    cells = (
        Value(how.told),
        number(len(part), _refs(part)),
        number(len(people), refs),
        number(len(telling), _refs(telling)),
        _exams(part),
    )
    return Row(name, cells, level=1)


def _line(one: Unblinding, patient: Patient, exams: tuple[ExamDetail, ...]) -> Row:
    found = (one, patient, exams)
    known = sorted(one.revealed)
    cells = (
        Value(patient.id, patient.id, _refs([found])),
        Value(one.on.isoformat(), one.on.isoformat()),
        Value(one.how.told, one.how.value),
        Value(joined(hidden.told for hidden in known), [h.value for h in known]),
        _exams([found]),
        written(one.assessed),
    )
    return Row(one.id, cells)


def _refs(found: Sequence[Found]) -> tuple[Ref, ...]:
    return tuple(Ref("unblinding", one.id, patient.id) for one, patient, _ in found)


def _exams(found: Sequence[Found]) -> Value:
    marked = [(patient.id, exam.fact) for _, patient, exams in found for exam in exams]
    return number(len(marked), forms(marked))
