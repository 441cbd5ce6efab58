"""Cases: enrolled, found, listed, opened, corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from registry_app.domain.errors import InvalidValue
from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.result import Classification
from registry_app.domain.subject import Arm, Cause, Identity, Sex, Subject, case_id
from registry_app.domain.visit import ISNCSCI, Form, Status, Visit
from registry_app.services.desk import Desk
from registry_app.storage import derived, lists
from registry_app.storage.work import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What is known of somebody who is enrolled; names may come later, or never."""

    arm: Arm
    sex: Sex
    injury_date: date
    cause: Cause = Cause.UNKNOWN
    treatment_date: date | None = None
    birth_year: int | None = None
    birth_date: date | None = None
    family: str = ""
    given: str = ""
    family_kana: str = ""
    given_kana: str = ""
    hospital_number: str = ""
    source_code: str = ""

    def subject(self, case: str) -> Subject:
        """The case, without anything that says who it is."""
        year = self.birth_date.year if self.birth_date else self.birth_year
        return Subject(
            case,
            self.arm,
            self.sex,
            self.injury_date,
            year,
            self.cause,
            self.treatment_date,
            self.source_code,
        )

    def identity(self, case: str) -> Identity | None:
        """Who it is; None where nothing was said."""
        who = Identity(
            case,
            self.family,
            self.given,
            self.family_kana,
            self.given_kana,
            self.birth_date,
            self.hospital_number,
        )
        return None if who == Identity(case) else who


@dataclass(frozen=True, slots=True)
class SubjectQuery:
    """Which cases, in which order; `sort` names a field of SubjectRow."""

    text: str = ""
    arm: Arm | None = None
    sort: str = "id"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """One line of the list. What is told of exams is told of completed ones.

    Each possible grade, A to E, and level, rostral to caudal; empty without an exam.
    """

    id: str
    kana: str
    arm: Arm
    sex: Sex
    injury_date: date
    treatment_date: date | None
    exams: int
    drafts: int
    ais_first: tuple[str, ...]
    ais_latest: tuple[str, ...]
    nli_latest: tuple[str, ...]
    latest_exam: date | None


@dataclass(frozen=True, slots=True)
class ExamEntry:
    """One ISNCSCI exam with its classification, made just now by this engine."""

    visit: Visit
    form: Form
    result: Classification
    engine: str


@dataclass(frozen=True, slots=True)
class SubjectFile:
    """All there is of one case, exams by date."""

    subject: Subject
    identity: Identity | None
    visits: tuple[Visit, ...]
    exams: tuple[ExamEntry, ...]


def enrol(desk: Desk, enrolment: Enrolment) -> Subject:
    """Enrol somebody under the site's next case ID."""
    with desk.begin() as work:
        case = next_case_id(work, desk.registry.site)
        subject = work.save(enrolment.subject(case))
        identity = enrolment.identity(case)
        if identity is not None:
            work.save(identity)
    return subject


def next_case_id(reading: Reading, site: str) -> str:
    """The case ID after the newest one of a site."""
    last = lists.last_subject_id(reading)
    return case_id_after(site, int(last.split("-")[1]) if last else 0)


def case_id_after(site: str, number: int) -> str:
    """The case ID of the next number that gives one; some give none."""
    while (found := case_id(site, number := number + 1)) is None:
        pass
    return found


def likely_duplicates(desk: Desk, enrolment: Enrolment) -> tuple[str, ...]:
    """Case IDs of whom this may already be: a warning, never a refusal."""
    who = enrolment.identity("") or Identity("")
    with desk.read() as reading:
        return tuple(lists.alike(reading, who, enrolment.source_code))


def correct_subject(
    desk: Desk, subject: Subject, reason: str, identity: Identity | None = None
) -> Subject:
    """Correct a case, and who it is, for a reason."""
    with desk.begin(reason) as work:
        saved = work.save(subject)
        if identity is not None:
            work.save(replace(identity, id=subject.id))
    return saved


def subject_ids(desk: Desk, query: SubjectQuery) -> list[str]:
    """The case IDs that a query asks for, in its order."""
    if query.sort not in lists.SORTS:
        raise InvalidValue("storage.no-such-order", sort=query.sort)
    with desk.read() as reading:
        return lists.subject_ids(
            reading, query.text, query.arm, query.sort, descending=query.descending
        )


def subject_rows(desk: Desk, ids: Sequence[str]) -> list[SubjectRow]:
    """The lines of these cases, in the same order; one that is gone is left out."""
    with desk.read() as reading:
        found = lists.subjects(reading, ids)
        exams: dict[str, list[tuple[date, str, str]]] = {case: [] for case in ids}
        drafts = dict.fromkeys(ids, 0)
        for subject, status, on, ais, nli in lists.exams(reading, ids):
            if status == Status.COMPLETE:
                exams[subject].append((on, ais, nli))
            else:
                drafts[subject] += 1
    return [
        _row(found[case], exams[case], drafts[case]) for case in ids if case in found
    ]


def _row(found: Any, exams: list[tuple[date, str, str]], drafts: int) -> SubjectRow:
    return SubjectRow(
        id=found.id,
        kana=f"{found.family_kana} {found.given_kana}".strip(),
        arm=Arm(found.arm),
        sex=Sex(found.sex),
        injury_date=found.injury_date,
        treatment_date=found.treatment_date,
        exams=len(exams),
        drafts=drafts,
        ais_first=_split(exams[0][1]) if exams else (),
        ais_latest=_split(exams[-1][1]) if exams else (),
        nli_latest=_split(exams[-1][2]) if exams else (),
        latest_exam=exams[-1][0] if exams else None,
    )


def _split(several: str) -> tuple[str, ...]:
    return tuple(several.split(",")) if several else ()


def open_subject(desk: Desk, subject_id: str, as_of: int | None = None) -> SubjectFile:
    """All of one case, as it is or as it was after a trail entry. Raises NotFound."""
    with desk.read(as_of) as reading:
        subject = reading.get(Subject, subject_id)
        identities = reading.find(Identity, id=subject_id)
        visits = reading.find(Visit, subject_id=subject_id)
        by_id = {visit.id: visit for visit in visits}
        forms = reading.find(Form, visit_id=tuple(by_id), instrument=ISNCSCI)
    exams = [
        ExamEntry(by_id[form.visit_id], form, classify(form.exam), derived.ENGINE)
        for form in forms
    ]
    return SubjectFile(
        subject,
        identities[0] if identities else None,
        tuple(sorted(visits, key=lambda visit: (visit.date, visit.id))),
        tuple(sorted(exams, key=lambda exam: (exam.form.date, exam.form.id))),
    )
