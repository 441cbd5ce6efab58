"""Cases as the plan sees them: one, or all of them with few statements."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from registry_app.domain.consent import Consent
from registry_app.domain.course import Course, Deviation, FollowUp, Indication
from registry_app.domain.errors import NotFound
from registry_app.domain.hold import LegalHold
from registry_app.domain.kit import Kit
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.records import Settled
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Subject
from registry_app.services.hiding import check_shown
from registry_app.services.rights import needs
from registry_app.storage.exam_facts import exam_facts
from registry_app.storage.planned import all_subjects
from registry_app.storage.work import Reading

if TYPE_CHECKING:
    from registry_app.services.desk import Desk

#: So many are read with one statement a kind of record.
LOT: Final = 500

T = TypeVar("T", Consent, Kit, Deviation, Settled, LegalHold)


@needs(Deed.LOOK)
def case_of(desk: "Desk", subject_id: str, as_of: int | None = None) -> Case:
    """One case, as it is or as of a trail entry. Raises NotFound.

    Raises Refused where something of it is hidden from the person at the desk.
    """
    check_shown(desk, subject_id)
    with desk.read(as_of) as reading:
        return case(reading, subject_id)


def case(reading: Reading, subject_id: str) -> Case:
    """One case. Raises NotFound."""
    for found in cases(reading, [subject_id]):
        return found
    raise NotFound("storage.no-such-record", id=subject_id)


def cases(reading: Reading, ids: Iterable[str] | None = None) -> Iterator[Case]:
    """These cases, or all there are, in order of their case IDs; as of then, too."""
    wanted = all_subjects(reading.connection) if ids is None else sorted(set(ids))
    rest = iter(wanted)
    while lot := list(islice(rest, LOT)):
        yield from _lot(reading, lot)


def _lot(reading: Reading, ids: Collection[str]) -> Iterator[Case]:
    subjects = reading.find(Subject, id=ids)
    courses = {course.id: course for course in reading.find(Course, id=ids)}
    ended = {end.id: end for end in reading.find(FollowUp, id=ids)}
    indications = {one.id: one for one in reading.find(Indication, id=ids)}
    exams = exam_facts(reading, ids)
    consents = _by_subject(
        sorted(
            reading.find(Consent, subject_id=ids),
            key=lambda one: (one.signed_on, one.id),
        )
    )
    kits = _by_subject(
        sorted(
            reading.find(Kit, subject_id=ids),
            key=lambda one: (one.ordered_on, one.number),
        )
    )
    deviations = _by_subject(
        sorted(
            reading.find(Deviation, subject_id=ids), key=lambda one: (one.on, one.id)
        )
    )
    settled = _by_subject(reading.find(Settled, subject_id=ids))
    holds = _by_subject(
        sorted(
            reading.find(LegalHold, subject_id=ids),
            key=lambda one: (one.set_on, one.id),
        )
    )
    for subject in subjects:
        case_id = subject.id
        yield Case(
            subject,
            courses.get(case_id) or Course(case_id),
            exams.get(case_id, ()),
            consents.get(case_id, ()),
            kits.get(case_id, ()),
            ended.get(case_id),
            indications.get(case_id),
            deviations.get(case_id, ()),
            {one.id: one for one in settled.get(case_id, ())},
            holds.get(case_id, ()),
        )


def _by_subject(found: Iterable[T]) -> Mapping[str, tuple[T, ...]]:
    several: dict[str, list[T]] = {}
    for one in found:
        several.setdefault(one.subject_id, []).append(one)
    return {case_id: tuple(them) for case_id, them in several.items()}
