"""A registry file: made, looked at, opened, and its people."""

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from registry_app.domain.errors import InvalidValue, Refused
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
from registry_app.services.desk import Clock, Desk, NewId, author, now, random_id
from registry_app.services.rights import needs
from registry_app.storage import keys, migrate, new_file
from registry_app.storage import store as stores
from registry_app.storage.hold import Holder
from registry_app.storage.key_area import Area
from registry_app.storage.keys import STANDARD, Cost
from registry_app.storage.work import Work


@dataclass(frozen=True, slots=True)
class Face:
    """What a locked file shows to anybody."""

    site: str
    pack: str
    training: bool
    users: tuple[str, ...]


def look_at(path: Path) -> Face:
    """What a file is, before anybody signs in.

    Raises NotFound or Refused: no such file, foreign, truncated, damaged, newer.
    """
    area = stores.look(path.absolute())
    users = tuple(slot.name for slot in area.slots if slot.kind == keys.USER)
    return Face(area.site, area.pack, area.training, users)


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
) -> tuple[Desk, str]:
    """Make a registry with its first administrator; gives the recovery code to print.

    The code is kept nowhere: only this once can it be shown.
    """
    path = path.absolute()
    if not SITE_CODE.fullmatch(site):
        raise InvalidValue("storage.not-a-site", site=site)
    _check_user(user, display_name)
    keys.check_password(password)
    followed = adopted(pack)
    registry = Registry(new_id(), site, pack, training)
    person = Person(user, display_name, Role.ADMINISTRATOR)
    code = keys.new_recovery_code()
    key = keys.new_key()
    area = Area(registry.id, site, pack, training, migrate.HEAD)
    for kind, name, secret in (
        (keys.USER, user, password),
        (keys.RECOVERY, "", code),
    ):
        area = area.with_slot(keys.wrap(area.binding, key, kind, name, secret, cost))

    def first(work: Work) -> None:
        work.save(registry)
        work.save(person)
        work.save(followed)

    holder = _holder(user, clock)
    new_file.create(path, holder, area, key, author(user, clock), first)
    return _desk(path, user, lambda _: key, clock, new_id), code


def sign_in(
    path: Path,
    user: str,
    password: str,
    *,
    clock: Clock = now,
    new_id: NewId = random_id,
) -> Desk:
    """Open a registry. Raises NotFound or Refused; then the file is untouched.

    The user's name may be typed in another width or case.
    """
    path = path.absolute()
    user = _as_kept(path, user)

    def unlock(area: Area) -> bytes:
        slot = area.slot(keys.USER, user)
        key = keys.unwrap(area.binding, slot, password) if slot else None
        if key is None:
            raise Refused("storage.wrong-password")
        return key

    return _desk(path, user, unlock, clock, new_id)


def recover(
    path: Path,
    code: str,
    user: str,
    new_password: str,
    *,
    clock: Clock = now,
    new_id: NewId = random_id,
    cost: Cost = STANDARD,
) -> Desk:
    """Open a registry with its printed recovery code; the user gets a new password."""
    keys.check_password(new_password)
    secret = keys.read_recovery_code(code)
    path = path.absolute()
    user = _as_kept(path, user)

    def unlock(area: Area) -> bytes:
        slot = area.slot(keys.RECOVERY, "")
        key = keys.unwrap(area.binding, slot, secret) if slot else None
        if key is None:
            raise Refused("storage.wrong-recovery-code")
        return key

    desk = _desk(path, user, unlock, clock, new_id)
    _give_slot(desk, user, new_password, cost)
    return desk


@needs(Deed.OWN)
def change_password(desk: Desk, old: str, new: str, *, cost: Cost = STANDARD) -> None:
    """Another password for the person at the desk. Raises Refused if `old` is wrong."""
    keys.check_password(new)
    area = desk.store.area
    slot = area.slot(keys.USER, desk.person.id)
    if slot is None or keys.unwrap(area.binding, slot, old) is None:
        raise Refused("storage.wrong-password")
    _give_slot(desk, desk.person.id, new, cost)


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
    """Another person who may sign in. Raises Refused where the name is taken."""
    _check_user(user, display_name)
    keys.check_password(password)
    with desk.begin() as work:
        if any(name_key(known.id) == name_key(user) for known in work.find(Person)):
            raise Refused("storage.user-exists", user=user)
        person = work.save(Person(user, display_name, role))
        _give_slot(desk, user, password, cost)
    return person


def _desk(
    path: Path,
    user: str,
    unlock: Callable[[Area], bytes],
    clock: Clock,
    new_id: NewId,
) -> Desk:
    store = stores.open_store(path, _holder(user, clock), unlock, day_in_japan(clock()))
    try:
        with store.read() as reading:
            (registry,) = reading.find(Registry)
            found = reading.find(Person, id=user)
        if not found:
            raise Refused("storage.no-such-user", user=user)
        if found[0].retired:
            raise Refused("storage.retired", user=user)
        desk = Desk(path, registry, found[0], clock, new_id, store)
        take_in(desk)
    except BaseException:
        store.close()
        raise
    return desk


def _give_slot(desk: Desk, user: str, password: str, cost: Cost) -> None:
    area = desk.store.area
    slot = keys.wrap(area.binding, desk.store.key, keys.USER, user, password, cost)
    desk.store.rewrite(area.with_slot(slot))


def _holder(user: str, clock: Clock) -> Holder:
    since = clock().astimezone().strftime("%Y-%m-%d %H:%M")
    return Holder(user, platform.node(), os.getpid(), since)


def _check_user(user: str, display_name: str) -> None:
    if not display_name.strip():
        raise InvalidValue("storage.no-display-name")
    check_user_name(user)


def _as_kept(path: Path, user: str) -> str:
    """The spelling under which a user was added; of somebody unknown, as typed."""
    key = name_key(user)
    return next((name for name in look_at(path).users if name_key(name) == key), user)
