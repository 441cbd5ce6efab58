"""What is followed over time: sums of the ISNCSCI sheet, totals of other instruments.

A value is an interval: cells that were not testable are worst and best. Nothing is
filled in: a form that does not say enough has no value.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.case import ExamFact
from registry_app.domain.plan.facts import ISNCSCI, number
from registry_app.domain.plan.pack import FormPlan, Origin, Pack, PlannedVisit
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.windows import Placed, Window, counted

#: The item of a form that holds its total, and what it is computed from otherwise.
_TOTALS: Final = ("total", "level")
#: Sums of the ISNCSCI sheet, and the most that each can be.
_OF_SHEETS: Final = (
    ("uems", 50),
    ("lems", 50),
    ("motor", 100),
    ("lt", 112),
    ("pp", 112),
)
#: A change of the SCIM III total that is small, and one that is substantial
#: (distribution-based, n = 255; Scivoletto 2013, CLINICAL.md section 3.1).
SCIM: Final = "scim"
SMALL_CHANGE, LARGE_CHANGE = 4, 10
#: Days in a month and in a year, where a visit is drawn on an axis of days.
_MONTH: Final = Fraction(36525, 1200)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: of `form`, from `least` to `most`. `id` names it as data."""

    id: str
    form: str
    name: Message | Told
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Seen:
    """The value of one patient at one visit, from `low` to `high`."""

    patient: Patient
    exam: ExamFact
    low: Fraction
    high: Fraction

    @property
    def certain(self) -> bool:
        """It is determined."""
        return self.low == self.high


def measures(pack: Pack) -> tuple[Measure, ...]:
    """UEMS, LEMS, all motor points, light touch, pin prick; the total of each form."""
    forms = {form.id: form for form in pack.forms}
    found = []
    if ISNCSCI in forms:
        for name, most in _OF_SHEETS:
            told = say(f"efficacy.measure-{name}")
            found.append(Measure(name, ISNCSCI, told, 0, most))
    for form in pack.forms:
        item = _total(form)
        if item is not None:
            bounds = next((i.least, i.most) for i in form.items if i.id == item)
            least, most = (int(bound or 0) for bound in bounds)
            found.append(Measure(form.id, form.id, form.name, least, most))
    return tuple(found)


def _total(form: FormPlan) -> str | None:
    """The item that holds the whole of a form, where it has bounds to be drawn in."""
    for item in form.items:
        bounded = item.least is not None and item.most is not None
        if item.kind == "number" and item.id in _TOTALS and bounded:
            return item.id
    return None


def visits(dataset: Dataset, form: str) -> tuple[PlannedVisit, ...]:
    """The visits counted from the injury at which a form is filled in, in time.

    A visit counted from the treatment has no day of its own on an axis of days after
    injury. Visits that are an offer would show the same exams twice; they are left out
    where there are owed ones.
    """
    injuries = {
        anchor.id
        for anchor in dataset.protocol.pack.anchors
        if anchor.origin is Origin.INJURY
    }
    found = [
        visit
        for visit in dataset.protocol.visits()
        if visit.anchor in injuries and form in visit.forms
    ]
    owed = [visit for visit in found if visit.owed]
    return tuple(sorted(owed or found, key=day_of))


def day_of(visit: PlannedVisit) -> int:
    """The day after injury that a visit is planned for; a month has 30.4 days."""
    return int(visit.at.days + visit.at.months * _MONTH)


def seen(
    protocol: Protocol, patient: Patient, visit: PlannedVisit, measure: Measure
) -> Seen | None:
    """The value that counts for a visit; None where there is none."""
    window = patient.windows.get(visit.id)
    exam = None if window is None else _exam(protocol, patient, window, measure.form)
    if exam is None:
        return None
    value = _value(protocol.pack, patient, exam, measure)
    return None if value is None else Seen(patient, exam, *value)


def _exam(
    protocol: Protocol, patient: Patient, window: Window, form: str
) -> ExamFact | None:
    """The form of this instrument that counts, by the rule of the visit."""
    if window.visit.forms[:1] == (form,):
        return window.counted
    if not any(exam.instrument == form for exam in patient.case.exams):
        return None
    placed = Placed(
        replace(window.visit, forms=(form,)),
        window.anchor,
        window.anchor_day,
        window.centre,
        window.first,
        window.last,
    )
    return counted(protocol, patient.case, placed)[0]


def _value(
    pack: Pack, patient: Patient, exam: ExamFact, measure: Measure
) -> tuple[Fraction, Fraction] | None:
    if measure.form == ISNCSCI:
        detail = patient.exams.get(exam.form_id)
        if detail is None:
            return None
        low, high = detail.totals[measure.id]
        return Fraction(low), Fraction(high)
    form = next(form for form in pack.forms if form.id == measure.form)
    found = total_of(form, exam)
    return None if found is None else (Fraction(found), Fraction(found))


def total_of(form: FormPlan, exam: ExamFact) -> Decimal | None:
    """The total as it was entered; else the sum, where every part was.

    Nothing is prorated (CLINICAL.md section 1.1).
    """
    item = _total(form)
    entered = number(exam.values.get(item or "", ""))
    if entered is not None:
        return entered
    parts = [i.id for i in form.items if i.kind == "number" and i.id != item]
    values = [number(exam.values.get(part, "")) for part in parts]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if parts and len(known) == len(parts) else None


def missing(dataset: Dataset, patient: Patient, visit: PlannedVisit) -> bool:
    """Whether the window of a visit is over, or the follow-up has ended, without it."""
    window = patient.windows.get(visit.id)
    return window is not None and window.last < dataset.on


def series(
    protocol: Protocol,
    patient: Patient,
    made: tuple[PlannedVisit, ...],
    measure: Measure,
) -> Iterator[tuple[PlannedVisit, Seen]]:
    """The values of one patient, by visit."""
    for visit in made:
        found = seen(protocol, patient, visit, measure)
        if found is not None:
            yield visit, found
