"""Signing in to read only: another program has the file, or its place takes no writes.

What is shown is a copy as of one moment. Nothing of the file is written: neither that
somebody looked, nor a wrong password, nor a one-time code as used. So a code that was
used here opens the file once more in another program within its half minute, and wrong
passwords are counted as long as this program runs.
"""

from pathlib import Path
from typing import Final

from registry_app.domain.lockout import Tries
from registry_app.domain.message import Message, say
from registry_app.domain.rights import Deed
from registry_app.services.adoption import take_in
from registry_app.services.desk import Clock, Desk, NewId, now, random_id
from registry_app.services.identity import attempt
from registry_app.services.registry import as_kept, who_sits
from registry_app.services.rights import needs
from registry_app.storage.key_area import Area
from registry_app.storage.personal import FileSecrets, Opened
from registry_app.storage.reading_copy import open_to_read
from registry_app.storage.store import Denied

#: The wrong passwords that no file could be told of, by file and user.
_tries: Final[dict[tuple[Path, str], Tries]] = {}


def sign_in_to_read(
    path: Path,
    user: str,
    password: str,
    code: str = "",
    *,
    clock: Clock = now,
    new_id: NewId = random_id,
) -> Desk:
    """Open a registry to read it; the file and its folder stay as they are.

    Raises NotFound or Refused as `registry.sign_in` does. At this desk each write is
    refused with a sentence.
    """
    path = path.absolute()
    user = as_kept(path, user)
    found: list[Opened] = []

    def unlock(area: Area) -> FileSecrets:
        known = _tries.get((path, user))
        stored = area.tries_of(user)
        if known and (stored is None or stored.count < known.count):
            area = area.with_tries(known)
        try:
            found.append(attempt(area, user, password, clock(), code))
        except Denied as denied:
            if tries := denied.area.tries_of(user):
                _tries[path, user] = tries
            raise
        _tries.pop((path, user), None)
        return found[0].secrets

    store = open_to_read(path, unlock, clock())
    try:
        of, person = who_sits(store, user)
        desk = Desk(path, of, person, clock, new_id, store, found[0].own)
        take_in(desk)  # of an older file; it is the copy that takes the pack in
        store.ready()
    except BaseException:
        store.close()
        raise
    return desk


@needs(Deed.OWN)
def shown_state(desk: Desk) -> Message | None:
    """Which state is shown at a desk that only reads; None where one may write."""
    shown = desk.store.shown
    if shown is None:
        return None
    at = shown.at.astimezone().strftime("%Y-%m-%d %H:%M")
    holder = shown.holder
    if holder is None:
        return say("guards.reading", at=at)
    by = {"who": holder.who, "host": holder.host, "since": holder.since}
    return say("guards.reading-by", at=at, **by)
