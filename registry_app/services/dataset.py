"""Everything that a report about the whole registry is counted from, as of a cut."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import Final

from registry_app.domain.blinding import Breaks, Unblinding
from registry_app.domain.evaluation import Evaluation
from registry_app.domain.figures.dataset import Dataset, ExamDetail, Patient
from registry_app.domain.kit import Kit
from registry_app.domain.plan.calendar import add_span
from registry_app.domain.plan.case import Case, ExamFact
from registry_app.domain.plan.cohorts import cohort_of
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.ledger import ledger
from registry_app.domain.plan.pack import Span
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.windows import windows
from registry_app.domain.publication import Publication
from registry_app.domain.report import ReportText, Transmittal
from registry_app.domain.safety import Event, Letter, SafetyCase
from registry_app.services.blinding import breaks
from registry_app.services.cases import LOT, cases
from registry_app.services.desk import Desk
from registry_app.services.product_duties import of_product
from registry_app.storage.exam_details import Sheet, sheets
from registry_app.storage.work import Reading

_NO_TEXTS: Final[Mapping[str, ReportText]] = MappingProxyType({})
#: Duties of the product that begin so long after the day are of no concern to a report.
_AHEAD: Final = Span(days=90)


def dataset(
    reading: Reading,
    desk: Desk,
    on: date,
    period: tuple[date, date] | None,
    *,
    texts: Mapping[str, ReportText] = _NO_TEXTS,
    going: Callable[[], None] = lambda: None,
) -> Dataset:
    """All of it as of the entry of `reading`, in lots. Raises Refused.

    `on`: the day of the cut, in Japan. `duties`: those of the product; what is owed of
    each patient stands in its windows. `going`: called before each lot of patients;
    what it raises ends the reading.
    """
    protocol = desk.planner.plan(reading).protocol
    return Dataset(
        protocol=protocol,
        on=on,
        period=period,
        patients=tuple(_patients(reading, protocol, going)),
        kits=reading.find(Kit),
        cases=reading.find(SafetyCase),
        events=reading.find(Event),
        letters=reading.find(Letter),
        evaluations=reading.find(Evaluation),
        publications=reading.find(Publication),
        transmittals=reading.find(Transmittal),
        unblindings=reading.find(Unblinding),
        texts=texts,
        duties=_duties(reading, protocol, on),
    )


def _duties(reading: Reading, protocol: Protocol, on: date) -> tuple[Duty, ...]:
    return ledger(of_product(reading, protocol, add_span(on, _AHEAD)), {}, on)


def _patients(
    reading: Reading, protocol: Protocol, going: Callable[[], None]
) -> Iterator[Patient]:
    every, broken = cases(reading), breaks(reading)
    while lot := list(islice(every, LOT)):
        going()
        found = sheets(reading, [one.subject.id for one in lot])
        again: dict[str, list[Sheet]] = {}
        for sheet in found.values():
            if sheet.fact is not None:
                again.setdefault(sheet.rates, []).append(sheet)
        for one in lot:
            yield _patient(protocol, one, found, again, broken)


def _patient(
    protocol: Protocol,
    one: Case,
    found: Mapping[str, Sheet],
    again: Mapping[str, Sequence[Sheet]],
    broken: Breaks,
) -> Patient:
    def detail(fact: ExamFact, sheet: Sheet) -> ExamDetail:
        known = broken.before(one.subject.id, sheet.assessor, fact.day)
        return _detail(fact, sheet, known)

    made = windows(protocol, one)
    exams: dict[str, ExamDetail] = {}
    for fact in one.exams:
        if (sheet := found.get(fact.form_id)) is not None:
            exams[fact.form_id] = detail(fact, sheet)
            for second in again.get(fact.form_id, ()):
                if second.fact is not None:
                    exams[second.form_id] = detail(second.fact, second)
    return Patient(
        case=one,
        windows={window.visit.id: window for window in made},
        cohort=cohort_of(protocol, one, made),
        exams=exams,
    )


def _detail(fact: ExamFact, sheet: Sheet, broken: Unblinding | None) -> ExamDetail:
    return ExamDetail(
        fact,
        sheet.visit_id,
        sheet.assessor,
        sheet.blinding,
        sheet.totals,
        sheet.rates,
        broken,
    )
