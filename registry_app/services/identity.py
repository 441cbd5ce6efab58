"""Whether somebody is who they say: passwords, and the count of the wrong ones."""

from dataclasses import replace
from datetime import datetime, timedelta

from registry_app.domain.errors import Refused
from registry_app.domain.lockout import Tries
from registry_app.domain.rights import Deed
from registry_app.domain.trouble import SignInTrouble
from registry_app.services.desk import Desk
from registry_app.services.rights import needs
from registry_app.storage import keys
from registry_app.storage.key_area import Area
from registry_app.storage.personal import Opened, Personal, opened
from registry_app.storage.store import Denied


def attempt(
    area: Area, user: str, password: str, now: datetime, code: str | None = None
) -> Opened:
    """Open the slot of a user. `code`: asked of who has a second factor; None: not.

    Raises Refused where there is none, and Denied, with the area that counts it, for a
    wrong password or code, or one that is typed before the wait is over.
    """
    slot = area.slot(keys.USER, user)
    if slot is None:
        raise Refused("storage.wrong-password")
    tries = area.tries_of(user) or Tries(user, 0, now, 0)
    until = tries.waits_until(now, area.free)
    if until is not None:
        refusal = Refused("storage.wait-until", count=tries.count, time=_time(until))
        raise Denied(refusal, area.with_tries(tries.asked(now)))
    found = opened(area.binding, slot, password)
    if found is None:
        refusal = Refused("storage.wrong-password")
        raise Denied(refusal, area.with_tries(tries.failed(now)))
    if code is None or found.own.factor is None:
        return found
    if not code.strip():
        raise Refused("storage.code-needed")
    factor = found.own.factor.taken(code, now)
    if factor is None:
        raise Denied(Refused("storage.wrong-code"), area.with_tries(tries.failed(now)))
    own = replace(found.own, factor=factor)
    return Opened(found.secrets, own, own.wrapped(area.binding, slot, password))


def welcomed(area: Area, user: str) -> Area:
    """The area once the user has shown who they are: they wait for nothing any more."""
    tries = area.tries_of(user)
    return area.with_tries(tries.succeeded()) if tries else area


@needs(Deed.OWN)
def prove(desk: Desk, password: str, wrong: str = "storage.wrong-password") -> Personal:
    """The keys of the person at the desk, opened anew with their password.

    Raises Refused for a wrong one, which counts as it does at sign-in. `wrong`: the
    sentence that is said then.
    """
    area, user = desk.store.area, desk.person.id
    try:
        found = attempt(area, user, password, desk.clock())
    except Denied as denied:
        desk.store.rewrite(denied.area)
        if denied.refusal.message.key == "storage.wrong-password":
            raise Refused(wrong) from None
        raise denied.refusal from None
    if welcomed(area, user) != area:
        desk.store.rewrite(welcomed(area, user))
    return found.own


@needs(Deed.OWN)
def come_back(desk: Desk, password: str, code: str = "") -> None:
    """The person at the desk is in front of their locked screen again.

    Asked is what a sign-in asks: the password, and the code of who has a second factor.
    Raises Refused; a wrong one counts as it does there.
    """
    area, user, store = desk.store.area, desk.person.id, desk.store
    try:
        found = attempt(area, user, password, desk.clock(), code)
    except Denied as denied:
        if store.shown is None:  # nothing is written where one only reads
            store.rewrite(denied.area)
        raise denied.refusal from None
    fresh = welcomed(area.with_slot(found.slot), user)
    if store.shown is None and fresh != area:
        store.rewrite(fresh)


@needs(Deed.PEOPLE)
def sign_in_troubles(desk: Desk) -> tuple[Tries, ...]:
    """Wrong passwords that no administrator has been told of yet, by user."""
    return tuple(one for one in desk.store.area.tries if one.untold)


@needs(Deed.PEOPLE)
def settle_sign_in_troubles(desk: Desk) -> None:
    """The administrator has read them: they go into the trail.

    Who must wait still waits.
    """
    area = desk.store.area
    kept = tuple(one.told() for one in area.tries if one.count)
    if kept == area.tries:
        return
    with desk.begin() as work:
        for one in sign_in_troubles(desk):
            known = SignInTrouble(desk.new_id(), one.user, one.untold, one.last)
            work.save(known)
        desk.store.rewrite(replace(area, tries=kept))


def _time(until: datetime) -> str:
    """On the clock of this computer; the second is over when it says so."""
    return (until + timedelta(seconds=1)).astimezone().strftime("%H:%M:%S")
