"""Signatures under a form, a visit, a patient, a safety case, a cut.

Given with the password, typed anew, by the person's own key, over the content that was
shown (storage/signed_content.py). As soon as the content is another one they are void:
they stay, and say so, and new ones are asked for.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from registry_app.domain.cut import DataCut
from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.message import Message, say
from registry_app.domain.person import Person
from registry_app.domain.rights import Deed
from registry_app.domain.safety import SafetyCase
from registry_app.domain.signature import Meaning, Signable, Signature
from registry_app.domain.subject import Subject
from registry_app.domain.trail import Entry
from registry_app.domain.visit import Form, Status, Visit
from registry_app.services.desk import Desk
from registry_app.services.hiding import hidden_subjects
from registry_app.services.identity import prove
from registry_app.services.rights import needs
from registry_app.storage import signed_content, trail
from registry_app.storage.signed import statement, text
from registry_app.storage.work import Reading

_RECORDS: dict[Signable, type[Form | Visit | Subject | SafetyCase | DataCut]] = {
    Signable.FORM: Form,
    Signable.VISIT: Visit,
    Signable.PATIENT: Subject,
    Signable.SAFETY_CASE: SafetyCase,
    Signable.CUT: DataCut,
}


@dataclass(frozen=True, slots=True)
class Given:
    """A signature, whether it holds, and the first change since it was given.

    `change` None where it does not hold: a form was moved elsewhere.
    """

    signature: Signature
    holds: bool
    change: Entry | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a record stands: `state` is the hash of its content, as it is to be signed.

    `given`: every signature, the oldest first. `draft`: a form of it is not complete,
    so nobody can sign it.
    """

    state: str
    given: tuple[Given, ...]
    draft: bool

    @property
    def holding(self) -> tuple[Signature, ...]:
        """The signatures that hold."""
        return tuple(one.signature for one in self.given if one.holds)

    @property
    def next(self) -> Meaning | None:
        """What it may be signed as next; None: it bears all."""
        done = {one.meaning for one in self.holding}
        return next((one for one in Meaning if one not in done), None)

    @property
    def void(self) -> tuple[Given, ...]:
        """The void ones that no newer signature of their meaning stands for."""
        done = {one.meaning for one in self.holding}
        newest = {one.signature.meaning: one for one in self.given if not one.holds}
        return tuple(one for meaning, one in newest.items() if meaning not in done)


@needs(Deed.LOOK)
def standing(desk: Desk, of: Signable, of_id: str) -> Standing:
    """The content and the signatures of a record. Raises NotFound."""
    with desk.read() as reading:
        return standing_of(reading, of, of_id)


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A record whose signature is void and waits for a new one.

    `change`: its newest. `subject_id`: the patient it belongs to, or "". `day`: of a
    form or a visit. `instrument`: of a form.
    """

    of: Signable
    of_id: str
    change: Entry
    subject_id: str = ""
    day: date | None = None
    instrument: str = ""


@needs(Deed.LOOK)
def unsigned(desk: Desk, most: int = 50) -> tuple[tuple[Unsigned, ...], int]:
    """What lost its signature, the latest change first, and how many there are.

    At most `most` are told of one by one; none of a patient who is hidden.
    """
    with desk.read() as reading:
        changed = signed_content.changed_since(reading.connection)
        found = []
        for (kind, of_id), seq in islice(changed.items(), most):
            change = trail.entry_at(reading.connection, seq)
            assert change is not None
            one = Unsigned(Signable(kind), of_id, change)
            found.append(_unsigned(reading, one))
        hidden = hidden_subjects(reading, desk)
    shown = tuple(one for one in found if one.subject_id not in hidden)
    return shown, len(changed) - (len(found) - len(shown))


def _unsigned(reading: Reading, one: Unsigned) -> Unsigned:
    """With the patient and the day that it is of."""
    match one.of:
        case Signable.FORM:
            form = reading.get(Form, one.of_id)
            case = reading.get(Visit, form.visit_id).subject_id
            return replace(
                one, subject_id=case, day=form.date, instrument=form.instrument
            )
        case Signable.VISIT:
            visit = reading.get(Visit, one.of_id)
            return replace(one, subject_id=visit.subject_id, day=visit.date)
        case Signable.PATIENT:
            return replace(one, subject_id=one.of_id)
        case Signable.SAFETY_CASE:
            subject = reading.get(SafetyCase, one.of_id).subject_id
            return replace(one, subject_id=subject)
        case _:
            return one


@needs(Deed.LOOK)
def same_hand_on(desk: Desk, now: Standing) -> Message | None:
    """Says that the person at the desk has signed it already, where others might."""
    own = [one for one in now.holding if one.person == desk.person.id]
    with desk.read() as reading:
        others = reading.find(Person, retired=False)
    if not own or len(others) < 2:
        return None
    return say("signing.same-hand", meaning=own[-1].meaning.told)


@needs(Deed.SIGN)
def sign_record(
    desk: Desk, of: Signable, of_id: str, meaning: Meaning, password: str, shown: str
) -> Signature:
    """Sign what was shown. `shown`: the `state` of the Standing that was.

    Raises NotFound; Refused for a wrong password, a draft, out of the order of the
    meanings, a second time, and where the content is not what was shown any more.
    """
    own = prove(desk, password, wrong="signing.wrong-password")
    with desk.begin() as work:
        now = standing_of(work, of, of_id)
        _check(now, meaning, shown)
        new = Signature(
            id=desk.new_id(),
            of=of.value,
            of_id=of_id,
            state=now.state,
            meaning=meaning,
            person=desk.person.id,
            name=desk.person.display_name,
            role=desk.person.role.value,
            at=desk.clock(),
            public_key=own.signing,
        )
        made = own.sign(statement(desk.registry.id, new))
        return work.save(replace(new, signed=text(made)))


def standing_of(reading: Reading, of: Signable, of_id: str) -> Standing:
    """The same, of a view that is open already; it does not go by `as_of`."""
    if not reading.find(_RECORDS[of], id=of_id):
        raise NotFound("signing.nothing-there", of=of.told, id=of_id)
    members = signed_content.members(reading.connection, of, of_id)
    state, _ = signed_content.content(reading.connection, members)
    found = sorted(
        reading.find(Signature, of=of.value, of_id=of_id),
        key=lambda one: (one.at, one.id),
    )
    at = signed_content.given_at(reading.connection, [one.id for one in found])
    since: list[int] = []
    if found:
        oldest = min(at.values())
        since = signed_content.changes(reading.connection, members, oldest)
    given = []
    for one in found:
        later = since[bisect_right(since, at[one.id]) :]
        change = trail.entry_at(reading.connection, later[0]) if later else None
        # What was changed and changed back is no longer what was signed, either.
        holds = one.state == state and not later
        given.append(Given(one, holds, change))
    return Standing(state, tuple(given), _draft(reading, members))


def _draft(reading: Reading, members: Sequence[signed_content.Member]) -> bool:
    forms = [record_id for kind, record_id in members if kind == "form"]
    return bool(forms and reading.find(Form, id=forms, status=Status.DRAFT))


def _check(now: Standing, meaning: Meaning, shown: str) -> None:
    if now.state != shown:
        raise Refused("signing.changed-meanwhile")
    if now.draft:
        raise Refused("signing.draft-left")
    if now.next is None or meaning in {one.meaning for one in now.holding}:
        raise Refused("signing.signed-already", meaning=meaning.told)
    if meaning is not now.next:
        raise Refused("signing.signed-first", meaning=meaning.told, first=now.next.told)
