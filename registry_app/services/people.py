"""The people of a registry: added and retired; nobody is deleted or renamed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from registry_app.domain.errors import Refused
from registry_app.domain.key_event import KeyDeed, KeyEvent
from registry_app.domain.person import Person, Role
from registry_app.domain.rights import Deed
from registry_app.services.desk import Desk
from registry_app.services.rights import needs
from registry_app.storage import keys


@needs(Deed.PEOPLE)
def people(desk: Desk) -> tuple[Person, ...]:
    """Everybody who may sign in, or once could, by name."""
    with desk.read() as reading:
        return reading.find(Person)


@dataclass(frozen=True, slots=True)
class Account:
    """A person and how they sign in.

    `factor`: with a second factor. `given`: with a password that somebody else thought
    of, until they change it. `failed`: wrong passwords since the last right one.
    """

    person: Person
    factor: bool
    given: bool
    failed: int


@needs(Deed.PEOPLE)
def accounts(desk: Desk) -> tuple[Account, ...]:
    """Everybody with how they sign in; who is retired does not any more."""
    area = desk.store.area
    found = []
    for person in people(desk):
        slot, tries = area.slot(keys.USER, person.id), area.tries_of(person.id)
        factor, given = (slot.factor, slot.given) if slot else (False, False)
        found.append(Account(person, factor, given, tries.count if tries else 0))
    return tuple(found)


@needs(Deed.PEOPLE)
def change_role(desk: Desk, user: str, role: Role, reason: str) -> Person:
    """Another role from the next sign-in on; what they wrote under the old one stays.

    Raises NotFound, or Refused: no reason, retired, the role they have, or one's own:
    so that an administrator is always left.
    """
    if not reason.strip():
        raise Refused("trail.reason-needed")
    with desk.begin(reason) as work:
        person = work.get(Person, user)
        if person.retired:
            raise Refused("storage.retired", user=user)
        if person.role is role:
            raise Refused("people.same-role", user=user, role=role.told)
        if person.id == desk.person.id:
            raise Refused("people.not-own-role")
        return work.save(replace(person, role=role))


@needs(Deed.PEOPLE)
def retire_person(desk: Desk, user: str, reason: str) -> Person:
    """End somebody's access for good: their slot goes, what they wrote stays theirs.

    Who kept a copy of the file can still open that copy; what is written from now on is
    kept from them by a new data key (`rotate`).

    Raises NotFound, or Refused: no reason, retired already, the last administrator, or
    oneself.
    """
    if not reason.strip():
        raise Refused("trail.reason-needed")
    with desk.begin(reason) as work:
        person = work.get(Person, user)
        if person.retired:
            raise Refused("storage.retired-already", user=user)
        if person.id == desk.person.id:
            others = [
                one
                for one in work.find(Person, role=Role.ADMINISTRATOR)
                if not one.retired and one.id != user
            ]
            key = "storage.not-oneself" if others else "storage.last-administrator"
            raise Refused(key, user=user)
        person = work.save(replace(person, retired=True))
    # After it stands in the trail: else a full disk would shut out somebody who stays.
    # Where this is not reached, the next sign-in does it.
    desk.store.rewrite(desk.store.area.without_user(user))
    return person


@needs(Deed.PEOPLE)
def rotate(desk: Desk, going: Callable[[float], None] = lambda _share: None) -> None:
    """Another data key, so that who kept a copy and a password reads nothing new.

    Passwords and recovery sheet stay; the file is written anew, and checked, first.
    `going`: told how far it is, from 0 to 1; what it raises leaves all as it was.

    Raises Refused, the file as it was: somebody whose slot is of the old form has to
    sign in first, a slot was altered, the check finds a problem, no room on the disk.
    """
    desk.store.rotate(going)
    with desk.begin() as work:
        work.save(KeyEvent(desk.new_id(), KeyDeed.ROTATED))
