"""The key slots, inside the registry file itself.

A SQLCipher file is encrypted page by page, and SQLite never touches a page that is in
no table and on no list of free pages. A new file gets a run of such pages right after
its first one (see new_file.py); their raw bytes hold, in the clear, what must be known
before the file can be opened. The area stands twice, each copy with a sequence number
and a SHA-256: a write that is torn by a power cut leaves the other copy.
(docs/decisions/0001-one-file.md)
"""

import hashlib
import json
import os
import stat
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import Any, Final

from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.lockout import FREE, Tries
from registry_app.domain.message import say
from registry_app.storage.keys import USER, Slot

PAGE: Final = 4096
#: The file begins with these bytes: SQLCipher keeps its salt there, and takes ours.
MAGIC: Final = b"SCIREG"
FILE_FORMAT: Final = 1
#: Pages 2 to 33, half of them for each copy.
PAGES: Final = range(2, 34)
_COPY: Final = PAGE * len(PAGES) // 2
_STARTS: Final = (PAGE, PAGE + _COPY)
_HEAD: Final = struct.Struct(">8sQI32s")
_COPY_MAGIC: Final = b"SCISLOTS"
END: Final = PAGE * PAGES.stop - PAGE


@dataclass(frozen=True, slots=True)
class Area:
    """What a locked file shows, and its slots.

    `revision` is that of the tables inside, so that an older program refuses the file
    before anybody types a password. `tries`: the failed ones; in the clear as well,
    since they are counted before the file is open, as is `free`, how many of them the
    policy lets pass without a wait. `program`: which one had it open
    last, for an older one to name it.
    """

    registry: str
    site: str
    pack: str
    training: bool
    revision: str
    slots: tuple[Slot, ...] = ()
    tries: tuple[Tries, ...] = ()
    free: int = FREE
    program: str = ""

    @property
    def binding(self) -> str:
        """What every slot is bound to: a slot of another file opens nothing."""
        said = [FILE_FORMAT, self.registry, self.site, self.pack, self.training]
        return json.dumps(said, ensure_ascii=False)

    def slot(self, kind: str, name: str) -> Slot | None:
        """The slot of a user, or of the recovery code."""
        return next((s for s in self.slots if (s.kind, s.name) == (kind, name)), None)

    def with_slot(self, slot: Slot) -> "Area":
        """With this slot instead of the one of the same kind and name."""
        kept = tuple(
            s for s in self.slots if (s.kind, s.name) != (slot.kind, slot.name)
        )
        return replace(self, slots=(*kept, slot))

    def tries_of(self, user: str) -> Tries | None:
        """The failed tries of a user, if there are any to tell of."""
        return next((one for one in self.tries if one.user == user), None)

    def with_tries(self, tries: Tries) -> "Area":
        """With these instead of those of the same user; those that say nothing go."""
        kept = tuple(one for one in self.tries if one.user != tries.user)
        said = (tries,) if tries.count or tries.untold else ()
        return replace(self, tries=(*kept, *said))

    def without_user(self, name: str) -> "Area":
        """Without the slot of a user: no password opens the file for them."""
        kept = tuple(s for s in self.slots if (s.kind, s.name) != (USER, name))
        return replace(self, slots=kept)


def newer(name: str, program: str = "") -> Refused:
    """Why a file is left alone: a newer program has written it."""
    wrote: object = program or say("guards.unnamed-program")
    return Refused("storage.newer", file=name, program=wrote)


def salt(random: bytes) -> bytes:
    """The first 16 bytes of a file: what it is, its format, and 8 random bytes."""
    return MAGIC + FILE_FORMAT.to_bytes(2, "big") + random


def look(path: Path) -> Area:
    """The area of a file that is not open.

    Raises NotFound, or Refused: foreign, unreadable, truncated, damaged, or of a newer
    program.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
            raise Refused("storage.foreign", file=path.name)
        with path.open("rb", buffering=0) as file:
            area = read(file)
        # While a write-ahead log waits to be folded in, a last page may be half there.
        if (
            path.stat().st_size % PAGE
            and not path.with_name(f"{path.name}-wal").exists()
        ):
            raise Refused("storage.truncated", file=path.name)
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound("storage.no-such-file", file=path.name) from None
    except OSError:  # no permission, a name that is too long, a link to itself
        raise Refused("storage.unreadable", file=path.name) from None
    return area


def read(file: FileIO) -> Area:
    """The area of an open file; the newer copy of those that are whole."""
    name = Path(str(file.name)).name
    file.seek(0)
    start = file.read(END)
    if not start.startswith(MAGIC):
        raise Refused("storage.foreign", file=name)
    if int.from_bytes(start[6:8], "big") > FILE_FORMAT:
        raise newer(name)
    if len(start) < END:
        raise Refused("storage.truncated", file=name)
    copies = [found for at in _STARTS if (found := _copy(start, at)) is not None]
    if not copies:
        raise Refused("storage.damaged", file=name)
    try:
        return _area(max(copies, key=lambda found: found[0])[1])
    except (AttributeError, LookupError, OverflowError, TypeError, ValueError):
        raise Refused("storage.damaged", file=name) from None


def whole(file: FileIO) -> bool:
    """Whether both copies are sound and of one write: a torn write leaves one.

    Byte for byte, so that a changed one is told where they say nothing, too.
    """
    file.seek(0)
    start = file.read(END)
    first, second = _STARTS
    same = start[first:second] == start[second:]
    return same and _copy(start, first) is not None


def write(file: FileIO, area: Area) -> None:
    """Write both copies, one after the other, each down to the disk.

    Both, so that a replaced password opens nothing any more.
    """
    body = json.dumps(
        {
            "registry": area.registry,
            "site": area.site,
            "pack": area.pack,
            "training": area.training,
            "revision": area.revision,
            "program": area.program,
            # Programs that know only slots of the old form find none, and are told by
            # the revision that the file is newer.
            "slots": [],
            "people": [slot.plain() for slot in area.slots],
            "tries": [
                [one.user, one.count, one.last.isoformat(), one.untold]
                for one in area.tries
            ],
            "free": area.free,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    if _HEAD.size + len(body) > _COPY:
        raise Refused("storage.too-many-users")
    file.seek(0)
    before = file.read(END)
    found = {at: _copy(before, at) for at in _STARTS}
    # The older or broken copy first: the better one stays until it is replaced whole.
    order = sorted(_STARTS, key=lambda at: (found[at] or (-1, {}))[0])
    sequence = 1 + max((copy[0] for copy in found.values() if copy), default=0)
    for at in order:
        file.seek(at)
        file.write(_sealed(sequence, body).ljust(_COPY, b"\0"))
        os.fsync(file.fileno())


def _sealed(sequence: int, body: bytes) -> bytes:
    digest = hashlib.sha256(sequence.to_bytes(8, "big") + body).digest()
    return _HEAD.pack(_COPY_MAGIC, sequence, len(body), digest) + body


def _copy(start: bytes, at: int) -> tuple[int, dict[str, Any]] | None:
    if len(start) < at + _COPY:
        return None
    magic, sequence, length, _ = _HEAD.unpack_from(start, at)
    body = start[at + _HEAD.size : at + _HEAD.size + length]
    # With the zeros after it: else a flipped bit among them would be told by nobody.
    whole = _sealed(sequence, body).ljust(_COPY, b"\0")
    if magic != _COPY_MAGIC or start[at : at + _COPY] != whole:
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):  # sealed well, by somebody who is not us
        return None
    return (sequence, found) if isinstance(found, dict) else None


def _area(plain: Mapping[str, Any]) -> Area:
    return Area(
        registry=str(plain["registry"]),
        site=str(plain["site"]),
        pack=str(plain["pack"]),
        training=bool(plain["training"]),
        revision=str(plain["revision"]),
        slots=tuple(Slot.read(slot) for slot in _slots(plain)),
        tries=tuple(
            Tries(str(user), int(count), _moment(last), int(untold))
            for user, count, last, untold in plain.get("tries", ())
        ),
        free=int(plain.get("free", FREE)),
        program=str(plain.get("program", "")),
    )


def _slots(plain: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Those of an older program stand under their old name until it is written."""
    found: list[dict[str, Any]] = plain.get("people", plain["slots"])
    return found


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
