"""What an import would do: rows set against each other and against the registry.

Nothing is overwritten. A cell that is left empty says nothing; one that says something
else than the registry, or than another row, is a problem of that cell.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import say
from registry_app.domain.subject import (
    Subject,
    case_id,
    is_case_id,
    looks_like_case_id,
)
from registry_app.domain.visit import ISNCSCI, Blinding, Form, Visit
from registry_app.exchange.parse import ImportRow
from registry_app.exchange.rows import Problem, name_of
from registry_app.services.enrolment import Enrolment
from registry_app.storage.work import Reading

#: The columns that say something of the patient, each with its field of Subject.
FACTS: Final = {
    "arm": "arm",
    "sex": "sex",
    "birth_year": "birth_year",
    "injury_date": "injury_date",
    "treatment_date": "treatment_date",
    "level_cause": "cause",
}
_NEEDED: Final = ("arm", "sex", "injury_date")
_DATES: Final = ("injury_date", "treatment_date", "exam_date")
#: The cell that a refusal of a subject is about.
_ABOUT: Final = {
    "subject.treated-before-injury": "treatment_date",
    "subject.comparison-treated": "treatment_date",
    "subject.born-after-injury": "birth_year",
}
#: A sentence names so many cells; the others are counted.
_NAMED: Final = 12
#: Parameters in one query.
_AT_ONCE: Final = 5_000


@dataclass(slots=True)
class Patient:
    """One patient of a file: who it is in the registry, and the rows about it.

    `case_id` is empty where the next one is to be given.
    """

    code: str
    case_id: str
    known: Subject | None
    rows: list[ImportRow] = field(default_factory=list)
    enrolment: Enrolment | None = None

    def fact(self, column: str) -> Any:
        """What the rows say; else what the registry says."""
        for row in self.rows:
            said = getattr(row, column)
            if said is not None:
                return said
        return getattr(self.known, FACTS[column]) if self.known else None


@dataclass(frozen=True, slots=True)
class Plan:
    """The patients in the order of the file, and the exams that are stored already.

    `visits`: visits of the registry by (case ID, code, day); an exam can be added to
    one that has none. `unchanged`: lines whose exam is stored as it stands there.
    """

    patients: tuple[Patient, ...]
    visits: Mapping[tuple[str, str, date], Visit]
    unchanged: frozenset[int]
    problems: tuple[Problem, ...]


def plan_import(
    reading: Reading, site: str, today: date, rows: Iterable[ImportRow]
) -> Plan:
    """What is to be done for these rows, and what stands against it."""
    patients, problems = _patients(reading, site, rows)
    for patient in patients:
        problems += _contradictions(patient)
        problems += _days(patient, today)
        problems += _repeated(patient)
        if patient.known is None:
            problems += _enrolment(patient)
    visits, forms = _stored(reading, [p.case_id for p in patients if p.known])
    unchanged = set[int]()
    for patient in patients:
        for row in patient.rows:
            visit = row.exam_date and visits.get(
                (patient.case_id, row.visit, row.exam_date)
            )
            stored = visit and forms.get(visit.id)
            if stored:
                found = list(_conflict(row, stored))
                problems += found
                if not found:
                    unchanged.add(row.line)
    return Plan(tuple(patients), visits, frozenset(unchanged), tuple(problems))


def _patients(
    reading: Reading, site: str, rows: Iterable[ImportRow]
) -> tuple[list[Patient], list[Problem]]:
    """The rows by patient: under a case ID, or under the code of the source."""
    subjects = reading.find(Subject)
    by_id = {subject.id: subject for subject in subjects}
    by_code = {s.source_code: s for s in subjects if s.source_code}
    found = dict[str, Patient]()
    problems = []
    for row in rows:
        written = row.patient.upper()
        if not looks_like_case_id(written):
            known = by_code.get(row.patient)
            new = Patient(row.patient, known.id if known else "", known)
        else:
            wrong = _wrong_case_id(site, written)
            if wrong is not None:
                place = row.place("patient")
                problems.append(Problem(row.line, place, say(wrong, site=site)))
                continue
            new = Patient("", written, by_id.get(written))
        found.setdefault(new.case_id or new.code, new).rows.append(row)
    return list(found.values()), problems


def _wrong_case_id(site: str, written: str) -> str | None:
    """Why a text that is written like a case ID is none of this registry."""
    its_site, number, _ = written.split("-")
    if not is_case_id(written) or case_id(its_site, int(number)) != written:
        return "import.wrong-check-character"
    return None if its_site == site else "import.other-site"


def _contradictions(patient: Patient) -> Iterator[Problem]:
    """Facts that differ between two rows, or between a row and the registry."""
    for column, name in FACTS.items():
        first: ImportRow | None = None
        for row in patient.rows:
            said = getattr(row, column)
            if said is None:
                continue
            if first is not None:
                if said != getattr(first, column):
                    message = say("import.contradicts", column=column, line=first.line)
                    yield Problem(row.line, row.place(column), message)
                continue
            first = row
            if patient.known and said != getattr(patient.known, name):
                message = say(
                    "import.other-than-stored", column=column, id=patient.known.id
                )
                yield Problem(row.line, row.place(column), message)


def _days(patient: Patient, today: date) -> Iterator[Problem]:
    """Days that have not come yet, and exams before the injury."""
    injured = patient.fact("injury_date")
    for row in patient.rows:
        for column in _DATES:
            day = getattr(row, column)
            if day is not None and day > today:
                message = say("import.future", column=column, day=day.isoformat())
                yield Problem(row.line, row.place(column), message)
        if row.exam_date and injured and row.exam_date < injured:
            message = say("import.exam-before-injury", day=row.exam_date.isoformat())
            yield Problem(row.line, row.place("exam_date"), message)


def _repeated(patient: Patient) -> Iterator[Problem]:
    """Rows about one and the same exam; where they differ, the cells are named."""
    first = dict[tuple[str, date | None], ImportRow]()
    for row in patient.rows:
        other = first.setdefault((row.visit, row.exam_date), row)
        if other is row:
            continue
        differing = [
            column
            for column in {**other.values, **row.values}
            if other.values.get(column) != row.values.get(column)
        ]
        if differing:
            message = say(
                "import.rows-conflict", line=other.line, cells=_named(differing)
            )
            yield Problem(row.line, row.place(differing[0]), message)
        else:
            message = say("import.row-twice", line=other.line)
            yield Problem(row.line, row.place("patient"), message)


def _enrolment(patient: Patient) -> Iterator[Problem]:
    """What is needed to enrol somebody; the enrolment itself if it can be."""
    first = patient.rows[0]
    missing = [column for column in _NEEDED if patient.fact(column) is None]
    for column in missing:
        yield Problem(first.line, column, say("import.new-needs", column=column))
    if missing:
        return
    said = {
        name: patient.fact(column)
        for column, name in FACTS.items()
        if patient.fact(column) is not None
    }
    enrolment = Enrolment(**said, source_code=patient.code)
    try:
        enrolment.subject("")
    except InvalidValue as error:
        column = _ABOUT[error.message.key]
        row = next(r for r in patient.rows if getattr(r, column) is not None)
        yield Problem(row.line, row.place(column), error.message)
    else:
        patient.enrolment = enrolment


def _stored(
    reading: Reading, ids: list[str]
) -> tuple[dict[tuple[str, str, date], Visit], dict[str, Form]]:
    """Visits of these cases by case, code and day; ISNCSCI forms by their visit."""
    visits, forms = dict[tuple[str, str, date], Visit](), dict[str, Form]()
    for start in range(0, len(ids), _AT_ONCE):
        found = reading.find(Visit, subject_id=ids[start : start + _AT_ONCE])
        for visit in found:
            visits[visit.subject_id, name_of(visit.code), visit.date] = visit
        by_id = [visit.id for visit in found]
        for begin in range(0, len(by_id), _AT_ONCE):
            some = by_id[begin : begin + _AT_ONCE]
            for form in reading.find(Form, visit_id=some, instrument=ISNCSCI):
                forms[form.visit_id] = form
    return visits, forms


def _conflict(row: ImportRow, stored: Form) -> Iterator[Problem]:
    """What a row says other than the exam that is stored."""
    differing = [c for c, value in row.values.items() if stored.values.get(c) != value]
    if row.assessor and row.assessor != stored.assessor:
        differing.append("assessor")
    if row.blinded is not Blinding.UNKNOWN and row.blinded is not stored.blinding:
        differing.append("blinded")
    if differing:
        message = say("import.exam-stored-otherwise", cells=_named(differing))
        yield Problem(row.line, row.place(differing[0]), message)


def _named(cells: list[str]) -> str:
    more = f" (+{len(cells) - _NAMED})" if len(cells) > _NAMED else ""
    return ", ".join(cells[:_NAMED]) + more
