"""Cases: found, listed, opened, corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from registry_app.domain.blinding import TELLING, Hidden
from registry_app.domain.course import Course
from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.result import Classification
from registry_app.domain.kit import Kit
from registry_app.domain.message import Told
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Arm, Identity, Sex, Subject
from registry_app.domain.visit import ISNCSCI, Form, Status, Visit
from registry_app.services.blinding import hidden_in
from registry_app.services.courses import check_dates, check_subject
from registry_app.services.desk import Desk
from registry_app.services.hiding import check_shown, hidden_subjects
from registry_app.services.protocol import protocol
from registry_app.services.rights import needs
from registry_app.storage import coming, derived, lists
from registry_app.storage.work import Work


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
    `ais_baseline`: at the exam that counts as the baseline of a cohort. `next_visit`:
    the owed visit whose window closes first, not met, with its window. `hidden`: what
    the person at the desk may not know; it is left out (`arm` None).
    """

    id: str
    kana: str
    arm: Arm | None
    sex: Sex
    injury_date: date
    treatment_date: date | None
    exams: int
    drafts: int
    ais_first: tuple[str, ...]
    ais_latest: tuple[str, ...]
    nli_latest: tuple[str, ...]
    latest_exam: date | None
    ais_baseline: tuple[str, ...] = ()
    next_visit: Told | None = None
    next_first: date | None = None
    next_last: date | None = None
    hidden: frozenset[Hidden] = frozenset()


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


#: Orders of the list that tell an arm, and those that tell the result of an exam.
_TELL_ARM: Final = ("arm", "treatment_date", "next_first", "next_last")
_TELL_RESULT: Final = ("ais_latest", "nli_latest")


@needs(Deed.ENTER)
def correct_subject(
    desk: Desk, subject: Subject, reason: str, identity: Identity | None = None
) -> Subject:
    """Correct a case, and who it is, for a reason; windows and duties follow.

    A kit that was given on the day of treatment moves with it: the two never say
    different days. Raises Refused where a given kit would be left without its day, or
    a kit with a comparison patient, and InvalidValue for an injury after the dates of
    the course.
    """
    followed = protocol(desk)
    today = day_in_japan(desk.clock())
    check_subject(followed, subject, today)
    with desk.begin(reason) as work:
        before = work.get(Subject, subject.id)
        if before.treatment_date not in (None, subject.treatment_date):
            _move_kits(work, before, subject.treatment_date)
        if subject.arm is Arm.COMPARISON and work.find(Kit, subject_id=subject.id):
            raise Refused("kit.comparison", id=subject.id)
        if subject.injury_date > before.injury_date:
            for course in work.find(Course, id=subject.id):
                check_dates(followed, subject, course.dates, today)
        saved = work.save(subject)
        if identity is not None:
            work.save(replace(identity, id=subject.id))
    return saved


def _move_kits(work: Work, before: Subject, to: date | None) -> None:
    for kit in work.find(Kit, subject_id=before.id):
        if kit.given_on == before.treatment_date:
            if to is None:
                raise Refused("kit.still-given", number=kit.number)
            work.save(replace(kit, given_on=to))


@needs(Deed.LOOK)
def subject_ids(desk: Desk, query: SubjectQuery) -> list[str]:
    """The case IDs that a query asks for, in its order.

    Where the arm is asked for, or the order would tell it, whose arm is hidden from the
    person at the desk is not found, or comes last; so for results of exams.
    """
    if query.sort not in lists.SORTS:
        raise InvalidValue("storage.no-such-order", sort=query.sort)
    today = day_in_japan(desk.clock())
    with desk.read() as reading:
        found = lists.subject_ids(
            reading,
            query.text,
            query.arm,
            query.sort,
            today,
            descending=query.descending,
        )
        if query.arm is not None:
            hidden = hidden_subjects(reading, desk, TELLING)
            found = [one for one in found if one not in hidden]
        if query.sort in _TELL_ARM or query.sort in _TELL_RESULT:
            tells = TELLING if query.sort in _TELL_ARM else {Hidden.EARLIER}
            last = hidden_subjects(reading, desk, tells)
            if last:
                found.sort(key=lambda one: (one in last, one if one in last else ""))
        return found


@needs(Deed.LOOK)
def subject_rows(desk: Desk, ids: Sequence[str]) -> list[SubjectRow]:
    """The lines of these cases, in the same order; one that is gone is left out."""
    followed = protocol(desk)
    names = {visit.id: visit.name for visit in followed.pack.visits}
    baselines = sorted({cohort.baseline for cohort in followed.pack.cohorts})
    with desk.read() as reading:
        found = lists.subjects(reading, ids)
        hidden = hidden_in(reading, desk, ids)
        nexts = coming.next_visits(reading, day_in_japan(desk.clock()), ids)
        grades = coming.counted_grades(reading, ids, baselines)
        exams: dict[str, list[tuple[date, str, str]]] = {case: [] for case in ids}
        drafts = dict.fromkeys(ids, 0)
        for subject, status, on, ais, nli in lists.exams(reading, ids):
            if status == Status.COMPLETE:
                exams[subject].append((on, ais, nli))
            else:
                drafts[subject] += 1
    rows = []
    for case in ids:
        if case in found:
            row = _row(found[case], exams[case], drafts[case])
            row = replace(row, ais_baseline=_split(grades.get(case, "")))
            if one := nexts.get(case):
                row = replace(
                    row,
                    next_visit=names.get(one.visit),
                    next_first=one.first,
                    next_last=one.last,
                )
            rows.append(_veiled(row, hidden[case]))
    return rows


def _veiled(row: SubjectRow, hidden: frozenset[Hidden]) -> SubjectRow:
    """The row without what may not be known."""
    row = replace(row, hidden=hidden)
    if hidden & TELLING:
        row = replace(
            row,
            arm=None,
            treatment_date=None,
            next_visit=None,
            next_first=None,
            next_last=None,
        )
    if Hidden.EARLIER in hidden:
        row = replace(row, ais_first=(), ais_latest=(), ais_baseline=(), nli_latest=())
    return row


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


@needs(Deed.LOOK)
def open_subject(desk: Desk, subject_id: str, as_of: int | None = None) -> SubjectFile:
    """All of one case, as it is or as it was after a trail entry.

    Raises NotFound, and Refused where something of it is hidden from the person.
    """
    check_shown(desk, subject_id)
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
