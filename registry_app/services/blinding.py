"""Who is blind to what, who came to know it, and which exams that marks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from registry_app.domain.blinding import (
    TELLING,
    BlindAssignment,
    Breaks,
    Hidden,
    Unblinded,
    Unblinding,
    assessor_key,
)
from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.message import Message, say
from registry_app.domain.person import Person, Role
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Subject
from registry_app.services.rights import check, needs
from registry_app.storage.assessed import Assessed, assessed
from registry_app.storage.work import Reading

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Blindness:
    """What is on record about one patient or all: the newest first.

    `assessors`: the names on the exams that it is about, for whom an unblinding may be
    recorded though they are no users.
    """

    assignments: tuple[BlindAssignment, ...]
    unblindings: tuple[Unblinding, ...]
    assessors: tuple[str, ...]


@needs(Deed.BLIND)
def assign_blind(
    desk: Desk, person: str, to: Collection[Hidden], since: date, subject_id: str = ""
) -> BlindAssignment:
    """Keep a person from knowing something, from a day on; `subject_id` "": of all.

    Raises NotFound (person or patient), InvalidValue (nothing to be blind to), or
    Refused: retired, or blind to that already.
    """
    hidden = _said(to)
    with desk.begin() as work:
        if work.get(Person, person).retired:
            raise Refused("blinding.retired")
        if subject_id:
            work.get(Subject, subject_id)
        for known in work.find(BlindAssignment, person=person):
            if known.holds(subject_id, since) and set(hidden) <= known.hidden:
                raise Refused("blinding.blind-already")
        new = BlindAssignment(desk.new_id(), person, subject_id, hidden, since)
        return work.save(new)


@needs(Deed.BLIND)
def end_blind(
    desk: Desk, assignment_id: str, until: date, reason: str
) -> BlindAssignment:
    """A person may know again after a day; what they knew before is not touched.

    Raises NotFound, InvalidValue (it would end before it begins), or Refused: no
    reason, or ended already.
    """
    with desk.begin(reason) as work:
        known = work.get(BlindAssignment, assignment_id)
        if known.until is not None:
            raise Refused("blinding.ended-already", day=known.until)
        return work.save(replace(known, until=until))


@needs(Deed.ASSESS)
def unblind(
    desk: Desk,
    subject_id: str,
    person: str,
    how: Unblinded,
    on: date,
    what: Collection[Hidden],
    why: str,
) -> Unblinding:
    """Record that somebody came to know what they were to be blind to.

    `person`: a user, or the name of an assessor on one of the patient's exams. Everyone
    may record it of themselves; of others, who may assign blinding. Raises NotFound,
    InvalidValue (no reason, nothing that became known, a day to come), or Refused.
    """
    if on > day_in_japan(desk.clock()):
        raise InvalidValue("blinding.day-to-come", day=on)
    known = _said(what)
    with desk.begin() as work:
        work.get(Subject, subject_id)
        if person != desk.person.id:
            check(desk, Deed.BLIND)
        if not work.find(Person, id=person):
            names = {assessor_key(name) for name in _assessors(work, subject_id)}
            if assessor_key(person) not in names:
                raise NotFound("blinding.nobody", name=person)
        new = Unblinding(desk.new_id(), subject_id, person, how, on, known, why)
        return work.save(new)


@needs(Deed.BLIND)
def assess_unblinding(
    desk: Desk, unblinding_id: str, assessed: str, reason: str = ""
) -> Unblinding:
    """Say what an unblinding means for the data (ICH E6(R3) 4.1).

    Raises NotFound, InvalidValue (nothing is said), or Refused: something else was said
    before, and there is no reason.
    """
    told = assessed.strip()
    if not told:
        raise InvalidValue("blinding.needs-assessment")
    with desk.begin(reason) as work:
        return work.save(replace(work.get(Unblinding, unblinding_id), assessed=told))


@needs(Deed.LOOK)
def blinding_of(desk: Desk, subject_id: str = "") -> Blindness:
    """What is on record about a patient, or about everybody. Raises NotFound."""
    with desk.read() as reading:
        if subject_id:
            reading.get(Subject, subject_id)
        every = reading.find(BlindAssignment)
        broken = reading.find(Unblinding, **_of(subject_id))
        names = _assessors(reading, subject_id)
    meant = [
        one for one in every if not subject_id or one.subject_id in (subject_id, "")
    ]
    return Blindness(
        tuple(sorted(meant, key=lambda one: (one.since, one.id), reverse=True)),
        tuple(sorted(broken, key=lambda one: (one.on, one.id), reverse=True)),
        names,
    )


@needs(Deed.OWN)
def hidden_from_me(desk: Desk, subject_id: str) -> frozenset[Hidden]:
    """What the person at the desk may not be shown of a patient today.

    The role of a blinded assessor is never shown any of it. Others are assigned; what
    an unblinding revealed to them is hidden no more.
    """
    if desk.person.role is Role.BLINDED_ASSESSOR:
        return frozenset(Hidden)
    with desk.read() as reading:
        return hidden_in(reading, desk, (subject_id,))[subject_id]


def hidden_in(
    reading: Reading, desk: Desk, ids: Collection[str]
) -> dict[str, frozenset[Hidden]]:
    """The same of several patients, of a view that is open already."""
    me = desk.person.id
    every = reading.find(BlindAssignment, person=me)
    if not every:
        return dict.fromkeys(ids, frozenset())
    today = day_in_japan(desk.clock())
    known: dict[str, set[Hidden]] = {}
    for one in reading.find(Unblinding, person=me):
        known.setdefault(one.subject_id, set()).update(one.revealed)
    return {
        id_: frozenset(
            hidden
            for one in every
            if one.holds(id_, today)
            for hidden in one.hidden - known.get(id_, set())
        )
        for id_ in ids
    }


@needs(Deed.LOOK)
def unblinded_exams(desk: Desk, subject_id: str) -> dict[str, Unblinding]:
    """The exams of a patient whose assessor knew by then, by form. Raises NotFound."""
    with desk.read() as reading:
        reading.get(Subject, subject_id)
        found = breaks(reading, subject_id)
        marked = {
            form.form_id: found.before(subject_id, form.assessor, form.on)
            for form in assessed(reading.connection, subject_id)
        }
    return {id_: one for id_, one in marked.items() if one is not None}


@needs(Deed.LOOK)
def doubt_blinded(
    desk: Desk, subject_id: str, assessor: str, on: date
) -> Message | None:
    """Why an exam of that day by a name is hardly a blinded one; None: it may be.

    The person is on record as knowing who was treated, or is no user who is assigned
    blind to it.
    """
    with desk.read() as reading:
        known = breaks(reading, subject_id).before(subject_id, assessor, on)
        key = assessor_key(assessor)
        people = [
            one
            for one in reading.find(Person)
            if key in (assessor_key(one.id), assessor_key(one.display_name))
        ]
        every = reading.find(BlindAssignment, person=[one.id for one in people])
    if known is not None and known.tells:
        return say("blinding_ui.assessor-knows", day=known.on)
    blind = any(one.role is Role.BLINDED_ASSESSOR for one in people) or any(
        one.hidden & TELLING and one.holds(subject_id, on) for one in every
    )
    return None if blind else say("blinding_ui.assessor-not-assigned")


@needs(Deed.LOOK)
def exams_marked(desk: Desk) -> dict[str, int]:
    """How many exams each unblinding marks, by its ID.

    None may mean that a name is spelt otherwise on the sheets.
    """
    with desk.read() as reading:
        found, people = reading.find(Unblinding), reading.find(Person)
        forms: dict[str, list[Assessed]] = {one.subject_id: [] for one in found}
        for form in assessed(reading.connection) if found else ():
            if form.subject_id in forms:
                forms[form.subject_id].append(form)
    count = dict.fromkeys((one.id for one in found), 0)
    for one in found:
        alone = Breaks.of((one,), people)
        for form in forms[one.subject_id]:
            told = form.subject_id, form.assessor, form.on
            count[one.id] += alone.before(*told) is not None
    return count


def breaks(reading: Reading, subject_id: str = "") -> Breaks:
    """Every unblinding of a patient, or of all, with the names its person goes by."""
    found = reading.find(Unblinding, **_of(subject_id))
    return Breaks.of(found, reading.find(Person) if found else ())


def _assessors(reading: Reading, subject_id: str) -> tuple[str, ...]:
    found = {one.assessor for one in assessed(reading.connection, subject_id)}
    return tuple(sorted(found - {""}))


def _of(subject_id: str) -> dict[str, str]:
    return {"subject_id": subject_id} if subject_id else {}


def _said(hidden: Collection[Hidden]) -> dict[str, bool]:
    if not hidden:
        raise InvalidValue("blinding.of-nothing")
    return {one.value: True for one in Hidden if one in hidden}
