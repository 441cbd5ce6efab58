"""A restore: a backup becomes a file beside the one there is, never over it.

First it is opened aside and shown: what is in it, and what is newer in the file that is
in use. Only who says so then gets the file, which says of itself where it came from.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from registry_app.domain.errors import Refused
from registry_app.domain.keeping import Restored
from registry_app.domain.message import Message
from registry_app.domain.person import Person
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Subject
from registry_app.services.desk import Clock, Desk, NewId, now, random_id
from registry_app.services.identity import attempt
from registry_app.services.registry import sign_in
from registry_app.services.rights import check, needs
from registry_app.services.session import seal_trail
from registry_app.storage import aside as asides
from registry_app.storage import disk, trail
from registry_app.storage.aside import Aside
from registry_app.storage.backup import Going, nothing_told
from registry_app.storage.key_area import Area
from registry_app.storage.personal import FileSecrets
from registry_app.storage.store import Denied
from registry_app.storage.work import Reading


@dataclass(frozen=True, slots=True)
class Facts:
    """What a registry file holds: patients, entries of the trail, who wrote last."""

    patients: int
    entries: int
    last_at: datetime | None
    last_by: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What differs between a backup and the file in use.

    `newer`: how many entries of each kind of record the file in use has more.
    `same_trail`: what is in the backup is in the file in use, too; else somebody wrote
    after it in a file that came from an older backup, or it is another registry.
    """

    facts: Facts
    newer: dict[str, int]
    same_trail: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a backup holds. `problems`: what its check has found; none: it is sound."""

    backup: Facts
    problems: tuple[Message, ...]
    beside: Beside | None


class Waiting:
    """A backup that is open aside, until somebody decides."""

    def __init__(self, preview: Preview, found: Aside, source: Path) -> None:
        self.preview = preview
        self._found, self._source = found, source

    def accept(
        self,
        target: Path,
        user: str,
        password: str,
        code: str = "",
        *,
        clock: Clock = now,
        new_id: NewId = random_id,
    ) -> Path:
        """Let it be a file of its own, with a record of where it came from.

        Raises Refused where there is a file already, or the backup is not sound.
        """
        if target.exists():
            raise Refused("storage.exists", file=target.name)
        if self.preview.problems:
            raise Refused("backup.not-sound")
        found, part = self._found, self._found.part
        desk = sign_in(part, user, password, code, clock=clock, new_id=new_id)
        try:
            with desk.begin() as work:
                work.save(
                    Restored(
                        id=desk.new_id(),
                        file=f"{self._source}",
                        sha256=found.sha256,
                        seq=found.head.seq,
                        head=found.head.head,
                        at=desk.clock(),
                    )
                )
            seal_trail(desk)
        finally:
            desk.close()
        with disk.told():
            disk.sync(part)
            if target.exists():
                raise Refused("storage.exists", file=target.name)
            part.rename(target)
            disk.sync_folder(target.parent)
        return target


@contextlib.contextmanager
def restoring(
    backup: Path,
    target: Path,
    user: str,
    password: str,
    code: str = "",
    *,
    present: Desk | None = None,
    clock: Clock = now,
    going: Going = nothing_told,
) -> Iterator[Waiting]:
    """Open a backup aside, next to where it is to go, and look at it.

    `present`: the desk at the file in use, to compare with. The backup itself is not
    touched. Raises NotFound or Refused: there is a file at `target`, a wrong password,
    a person without the right, a backup that cannot be opened or is of another program.
    """
    if target.exists():
        raise Refused("storage.exists", file=target.name)
    if not target.parent.is_dir():
        raise Refused("storage.no-such-folder", file=target.name)

    def unlock(area: Area) -> FileSecrets:
        try:
            return attempt(area, user, password, clock(), code).secrets
        except Denied as denied:
            raise denied.refusal from None

    part = target.with_name(f"{target.name}.restore.part")
    with asides.aside(backup, part, unlock, going) as found:
        if found.problems:
            preview = Preview(Facts(0, 0, None, ""), found.problems, None)
        else:
            with found.read() as reading:
                check(_Seat(reading.get(Person, user)), Deed.KEEP)
                facts = _facts(reading, found.area.site)
            preview = Preview(facts, (), _beside(found, present))
        yield Waiting(preview, found, backup)


@dataclass(frozen=True, slots=True)
class _Seat:
    """Whose right is asked for."""

    person: Person


@needs(Deed.KEEP)
def unsettled_restores(desk: Desk) -> tuple[Restored, ...]:
    """Where this file came from, as long as nobody has said that all is well."""
    with desk.read() as reading:
        return reading.find(Restored, settled=False)


def _facts(reading: Reading, chain: str) -> Facts:
    newest = trail.newest(reading.connection, chain)
    last = trail.entry_at(reading.connection, newest.seq)
    return Facts(
        patients=len(reading.find(Subject)),
        entries=newest.seq,
        last_at=last.at if last else None,
        last_by=last.actor if last else "",
    )


def _beside(found: Aside, present: Desk | None) -> Beside | None:
    if present is None:
        return None
    with present.read() as reading:
        entry = trail.entry_at(reading.connection, found.head.seq)
        same = entry is not None and entry.head == found.head.head
        newer = asides.written_since(reading.connection, found.head.seq)
        facts = _facts(reading, present.registry.site)
    ours = present.registry.id == found.area.registry
    return Beside(facts, newer if ours and same else {}, ours and same)
