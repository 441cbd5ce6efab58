"""A registry file: made, looked at, opened, and its people."""

import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.key_event import KeyDeed, KeyEvent
from registry_app.domain.person import (
    Person,
    Registry,
    Role,
    check_user_name,
    name_key,
)
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.rights import Deed
from registry_app.domain.subject import SITE_CODE
from registry_app.services.adoption import adopted, take_in
from registry_app.services.clock_watch import ClockWatch, steady
from registry_app.services.desk import Clock, Desk, NewId, author, now, random_id
from registry_app.services.identity import attempt, prove, welcomed
from registry_app.services.passwords import check_strength
from registry_app.services.places import check_new_place
from registry_app.services.program import program
from registry_app.services.rights import needs
from registry_app.storage import keys, migrate, new_file
from registry_app.storage import store as stores
from registry_app.storage.hold import Holder
from registry_app.storage.key_area import Area
from registry_app.storage.keys import STANDARD, Cost, Slot
from registry_app.storage.personal import (
    FileSecrets,
    Opened,
    Personal,
    new_slot,
    opened,
)
from registry_app.storage.store import Store
from registry_app.storage.work import Work

#: The two halves of a recovery sheet, each for another person.
Halves: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Face:
    """What a locked file shows to anybody."""

    site: str
    pack: str
    training: bool
    users: tuple[str, ...]
    #: How many codes the recovery sheet has: two halves, or the one of an older sheet.
    recovery_codes: int


def look_at(path: Path) -> Face:
    """What a file is, before anybody signs in.

    Raises NotFound or Refused: no such file, foreign, truncated, damaged, newer.
    """
    area = stores.look(path.absolute())
    users = tuple(slot.name for slot in area.slots if slot.kind == keys.USER)
    return Face(area.site, area.pack, area.training, users, _recovery_codes(area))


def create(
    path: Path,
    *,
    pack: str,
    site: str,
    user: str,
    display_name: str,
    password: str,
    training: bool = False,
    clock: Clock = now,
    new_id: NewId = random_id,
    cost: Cost = STANDARD,
    accepted_place: bool = False,
) -> tuple[Desk, Halves]:
    """Make a registry with its first administrator; gives the recovery sheet to print.

    Its halves are for two persons; together they open the file. They are kept nowhere:
    only this once can they be shown. `accepted_place`: somebody knows that the folder
    is synchronised or in another computer; one for training may be anywhere.
    """
    path = path.absolute()
    check_new_place(path, accepted_place or training)
    if not SITE_CODE.fullmatch(site):
        raise InvalidValue("storage.not-a-site", site=site)
    _check_user(user, display_name)
    _check_new(password, training, user, display_name, site, path.stem)
    followed = adopted(pack)
    registry = Registry(new_id(), site, pack, training)
    halves = _new_halves()
    secrets = FileSecrets.new()
    own = Personal.new()
    person = Person(user, display_name, Role.ADMINISTRATOR, public_key=own.signing)
    area = Area(registry.id, site, pack, training, migrate.HEAD, program=program())
    for whose, kind, name, secret in (
        (own, keys.USER, user, password),
        (Personal.new(), keys.RECOVERY, "", keys.joined(halves)),
    ):
        bare = Slot(kind, name, cost)
        area = area.with_slot(whose.slot(area.binding, bare, secret, secrets))

    def first(work: Work) -> None:
        work.save(registry)
        work.save(person)
        work.save(followed)

    holder = _holder(user, clock)
    new_file.create(path, holder, area, secrets, author(user, clock), first)
    found = Opened(secrets, own, area.slots[0])
    return _desk(path, user, lambda _: found, clock, new_id), halves


def sign_in(
    path: Path,
    user: str,
    password: str,
    code: str = "",
    *,
    clock: Clock = now,
    new_id: NewId = random_id,
) -> Desk:
    """Open a registry. Raises NotFound or Refused; then the file is untouched.

    But a wrong password is counted in it: after five each one more has to wait longer.
    The user's name may be typed in another width or case. `code`: of the second factor,
    or one of its backup codes; without one, who has a second factor is refused with
    `storage.code-needed`, which counts nothing.
    """
    path = path.absolute()
    user = as_kept(path, user)

    def unlock(area: Area) -> Opened:
        return attempt(area, user, password, clock(), code)

    return _desk(path, user, unlock, clock, new_id)


def recover(
    path: Path,
    halves: Sequence[str],
    user: str,
    new_password: str,
    *,
    clock: Clock = now,
    new_id: NewId = random_id,
    cost: Cost = STANDARD,
) -> Desk:
    """Open a registry with its recovery sheet; the user gets a new password.

    `halves`: both of them as typed, in either order; of an older sheet its one code.
    The user gets new personal keys, too: the old ones went with the password.
    """
    path = path.absolute()
    user = as_kept(path, user)
    face = look_at(path)
    _check_new(new_password, face.training, user, face.site, path.stem)

    def unlock(area: Area) -> Opened:
        if len(halves) < _recovery_codes(area):
            raise Refused("storage.recovery-half-missing")
        slot = area.slot(keys.RECOVERY, "")
        secret = keys.joined(halves)
        found = opened(area.binding, slot, secret) if slot else None
        if found is None:
            raise Refused("storage.wrong-recovery-code")
        own = Personal.new()
        bare = Slot(keys.USER, user, cost)
        given = own.slot(area.binding, bare, new_password, found.secrets)
        return Opened(found.secrets, own, given)

    desk = _desk(path, user, unlock, clock, new_id)
    with desk.begin() as work:
        work.save(KeyEvent(desk.new_id(), KeyDeed.RECOVERED, user))
    return desk


@needs(Deed.PEOPLE)
def new_recovery_sheet(desk: Desk, *, cost: Cost = STANDARD) -> Halves:
    """Another recovery sheet, to be printed this once; the one before opens nothing."""
    area, halves = desk.store.area, _new_halves()
    slot = new_slot(
        area.binding,
        keys.RECOVERY,
        "",
        keys.joined(halves),
        cost,
        desk.store.secrets,
    )
    with desk.begin() as work:
        work.save(KeyEvent(desk.new_id(), KeyDeed.SHEET))
        desk.store.rewrite(area.with_slot(slot))
    return halves


@needs(Deed.OWN)
def change_password(desk: Desk, old: str, new: str, *, cost: Cost = STANDARD) -> None:
    """Another password for the person at the desk. Raises Refused if `old` is wrong.

    Where somebody else had thought of the old one, and so could have come by the seed,
    the person gets a new seed: what they sign from now on nobody else can have signed.
    """
    own = desk.person
    _check_new(new, desk.registry.training, own.id, own.display_name, *_names(desk))
    known = prove(desk, old)
    area = desk.store.area
    slot = area.slot(keys.USER, desk.person.id)
    assert slot is not None
    bare = replace(slot, cost=cost, given=False)
    event = KeyEvent(desk.new_id(), KeyDeed.PASSWORD, own.id)
    with desk.begin() as work:
        work.save(event)
        if not slot.given:
            same = known.wrapped(area.binding, bare, new)
            desk.store.rewrite(area.with_slot(same))
            return
        fresh = replace(Personal.new(), factor=known.factor)
        made = fresh.slot(area.binding, bare, new, desk.store.secrets)
        person = work.get(Person, desk.person.id)
        work.save(replace(person, public_key=fresh.signing))
        desk.store.rewrite(area.with_slot(made))


@needs(Deed.OWN)
def password_was_given(desk: Desk) -> bool:
    """Whether somebody else has thought of the password: it should be changed now."""
    slot = desk.store.area.slot(keys.USER, desk.person.id)
    return slot is not None and slot.given


@needs(Deed.PEOPLE)
def add_person(
    desk: Desk,
    user: str,
    display_name: str,
    role: Role,
    password: str,
    *,
    cost: Cost = STANDARD,
) -> Person:
    """Another person who may sign in. Raises Refused where the name is taken.

    The password is for the first time: see `password_was_given`.
    """
    _check_user(user, display_name)
    _check_new(password, desk.registry.training, user, display_name, *_names(desk))
    with desk.begin() as work:
        if any(name_key(known.id) == name_key(user) for known in work.find(Person)):
            raise Refused("storage.user-exists", user=user)
        person = work.save(Person(user, display_name, role))
        area = desk.store.area
        bare = Slot(keys.USER, user, cost, given=not desk.registry.training)
        slot = Personal.new().slot(area.binding, bare, password, desk.store.secrets)
        desk.store.rewrite(area.with_slot(slot))
    return person


def _desk(
    path: Path,
    user: str,
    unlock: Callable[[Area], Opened],
    clock: Clock,
    new_id: NewId,
) -> Desk:
    found: list[Opened] = []

    def given(area: Area) -> FileSecrets:
        found.append(unlock(area))
        return found[0].secrets

    store = stores.open_store(path, _holder(user, clock), given, day_in_japan(clock()))
    try:
        of, person = who_sits(store, user)
        with store.read() as reading:
            retired = {one.id for one in reading.find(Person, retired=True)}
        # Of the old form, or a new password; and nobody who is retired keeps a slot.
        area = welcomed(store.area.with_slot(found[0].slot), user)
        for name in retired:
            area = area.without_user(name)
        area = replace(area, program=program())
        if _said(area) != _said(store.area):
            store.rewrite(area)
        desk = Desk(path, of, person, clock, new_id, store, found[0].own)
        if clock is now:  # another one is not this computer's
            desk = replace(desk, clock_watch=ClockWatch(steady))
        take_in(desk)
        desk = _with_key(desk)
    except BaseException:
        store.close()
        raise
    return desk


def who_sits(store: Store, user: str) -> tuple[Registry, Person]:
    """Of which registry an open file is, and who signs in.

    Raises Refused: it is not the one that its key area names; nobody of that name, or
    somebody who is retired.
    """
    with store.read() as reading:
        registries = reading.find(Registry)
        people = reading.find(Person, id=user)
    if [one.id for one in registries] != [store.area.registry]:
        raise Refused("storage.damaged")
    if not people:
        raise Refused("storage.no-such-user", user=user)
    if people[0].retired:
        raise Refused("storage.retired", user=user)
    return registries[0], people[0]


def _said(area: Area) -> tuple[object, ...]:
    return set(area.slots), area.tries, area.program


def _with_key(desk: Desk) -> Desk:
    """The desk of a person whose public key stands in the trail.

    It is another one after a recovery, and none before the first sign-in.
    """
    if desk.person.public_key == desk.own.signing:
        return desk
    with desk.begin() as work:
        known = work.get(Person, desk.person.id)
        person = work.save(replace(known, public_key=desk.own.signing))
    return replace(desk, person=person)


def _new_halves() -> Halves:
    return keys.new_recovery_half(), keys.new_recovery_half()


def _recovery_codes(area: Area) -> int:
    slot = area.slot(keys.RECOVERY, "")
    return 1 if slot and slot.old else 2


def _holder(user: str, clock: Clock) -> Holder:
    since = clock().astimezone().strftime("%Y-%m-%d %H:%M")
    return Holder(user, platform.node(), os.getpid(), since)


def _check_new(password: str, training: bool, *about: str) -> None:
    """Raise InvalidValue for a password that is too short, or easy to guess.

    That of a training registry is no secret.
    """
    keys.check_password(password)
    if not training:
        check_strength(password, about)


def _names(desk: Desk) -> tuple[str, str]:
    """Of the registry, which whoever guesses a password tries first."""
    return desk.registry.site, desk.path.stem


def _check_user(user: str, display_name: str) -> None:
    if not display_name.strip():
        raise InvalidValue("storage.no-display-name")
    check_user_name(user)


def as_kept(path: Path, user: str) -> str:
    """The spelling under which a user was added; of somebody unknown, as typed."""
    key = name_key(user)
    return next((name for name in look_at(path).users if name_key(name) == key), user)
