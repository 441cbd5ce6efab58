"""Locks on a form, a visit, a patient, a cut, the registry: shut, and opened again.

storage/locks.py enforces them, below every service, and says what is under no lock.
"""

from dataclasses import replace
from typing import Final

from registry_app.domain.cut import DataCut
from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.lock import Locked, RecordLock, lock_id
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Subject
from registry_app.domain.visit import Form, Visit
from registry_app.services.desk import Desk
from registry_app.services.rights import needs
from registry_app.storage.work import Reading, Work

_RECORDS: Final[dict[Locked, type[Form | Visit | Subject | DataCut]]] = {
    Locked.FORM: Form,
    Locked.VISIT: Visit,
    Locked.PATIENT: Subject,
    Locked.CUT: DataCut,
}


@needs(Deed.LOOK)
def locks(desk: Desk) -> tuple[RecordLock, ...]:
    """Every lock that is shut now."""
    with desk.read() as reading:
        return reading.find(RecordLock, shut=True)


def locks_over(reading: Reading, of: Locked, of_id: str) -> tuple[RecordLock, ...]:
    """The shut locks under which a record stands, its own first."""
    day, ids = None, [lock_id(of, of_id)]
    if of is Locked.FORM:
        for form in reading.find(Form, id=of_id):
            day, ids = form.date, [*ids, lock_id(Locked.VISIT, form.visit_id)]
            visits = reading.find(Visit, id=form.visit_id)
            ids += [lock_id(Locked.PATIENT, one.subject_id) for one in visits]
    elif of is Locked.VISIT:
        for visit in reading.find(Visit, id=of_id):
            day, ids = visit.date, [*ids, lock_id(Locked.PATIENT, visit.subject_id)]
    if day is not None:
        cuts = reading.find(DataCut)
        ids += [lock_id(Locked.CUT, cut.id) for cut in cuts if cut.on >= day]
    if of is not Locked.CUT:
        ids.append(lock_id(Locked.REGISTRY, ""))
    found = {one.id: one for one in reading.find(RecordLock, id=ids, shut=True)}
    return tuple(found[one] for one in dict.fromkeys(ids) if one in found)


@needs(Deed.LOCK)
def lock(desk: Desk, of: Locked, of_id: str, reason: str) -> RecordLock:
    """Lock a record and all that belongs to it.

    `of_id`: "" for the registry. Raises NotFound where it is not there; Refused where
    it is locked already, or nobody says why.
    """
    return _turn(desk, of, of_id, reason, shut=True)


@needs(Deed.UNLOCK)
def unlock(desk: Desk, of: Locked, of_id: str, reason: str) -> RecordLock:
    """Open a lock. Raises Refused where it is open, or nobody says why."""
    return _turn(desk, of, of_id, reason, shut=False)


def _turn(desk: Desk, of: Locked, of_id: str, reason: str, *, shut: bool) -> RecordLock:
    if not reason.strip():
        raise Refused("trail.reason-needed")
    with desk.begin(reason) as work:
        _check_there(work, of, of_id)
        known = work.find(RecordLock, id=lock_id(of, of_id))
        if bool(known and known[0].shut) is shut:
            raise Refused("locks.already-shut" if shut else "locks.not-shut")
        by, at = desk.person.id, desk.clock()
        if known:
            return work.save(replace(known[0], shut=shut, person=by, at=at))
        return work.save(RecordLock(lock_id(of, of_id), of, of_id, shut, by, at))


def _check_there(work: Work, of: Locked, of_id: str) -> None:
    there = of_id == "" if of is Locked.REGISTRY else work.find(_RECORDS[of], id=of_id)
    if not there:
        raise NotFound("locks.nothing-there", of=of.told, id=of_id)
