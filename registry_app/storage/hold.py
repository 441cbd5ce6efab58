"""One program at a time: a lock beside the file, and a note of who holds it."""

import contextlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from registry_app.domain.errors import Refused
from registry_app.storage.disk import check_writable, is_full, told


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a file open: the user's name at sign-in, the computer, since when."""

    who: str
    host: str
    pid: int
    since: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The state of a file that is only read: as of `at`; `holder`: who writes it."""

    at: datetime
    holder: Holder | None


class Held(Protocol):
    """What is given back as a file is closed."""

    def release(self) -> None:
        """Give it back."""


class Hold:
    """The lock on one file. One left by a killed program is taken over at once."""

    def __init__(self, path: Path, holder: Holder) -> None:
        """Take the lock. Raises Refused: a read-only place, or somebody has it."""
        self._note = _note(path)
        self._place = path.with_name(f"{path.name}.lock")
        check_writable(path)
        self._lock = FileLock(self._place, timeout=0, mode=0o600)
        try:
            self._lock.acquire()
        except Timeout:
            raise self._refusal(path) from None
        except OSError as error:
            full = is_full(error)
            key = "storage.disk-full" if full else "storage.read-only-folder"
            raise Refused(key, file=path.name) from None
        with contextlib.ExitStack() as undo:
            undo.callback(self.release)
            with told():
                self._note.write_text(json.dumps(asdict(holder)), encoding="utf-8")
            undo.pop_all()

    def release(self) -> None:
        """Give the lock back, and leave nothing beside the file, where that goes.

        A note or a lock file that stays is of no consequence: the lock itself counts.
        """
        for place in (self._note, self._place):
            # Windows: an open file is not removed. A disk may refuse it, too.
            with contextlib.suppress(OSError):
                place.unlink()
        self._lock.release()

    def _refusal(self, path: Path) -> Refused:
        found = holder_of(path)
        if found is None:
            return Refused("storage.open-elsewhere", file=path.name)
        return Refused("storage.open-by", file=path.name, **asdict(found))


def holder_of(path: Path) -> Holder | None:
    """Who has a file open, as the note beside it says; None where there is none."""
    try:
        return Holder(**json.loads(_note(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}.holder")
