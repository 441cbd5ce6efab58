"""Who is signed in, at which file: the first argument of every service."""

import contextlib
import platform
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias

from registry_app.domain.person import Person, Registry
from registry_app.storage.store import Store
from registry_app.storage.trail import Author
from registry_app.storage.work import Reading, Work

Clock: TypeAlias = Callable[[], datetime]
NewId: TypeAlias = Callable[[], str]


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def random_id() -> str:
    """An identity for a new record."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Desk:
    """A person signed in at an open registry file; time and identities are passed in."""

    path: Path
    registry: Registry
    person: Person
    clock: Clock
    new_id: NewId
    store: Store

    @contextlib.contextmanager
    def begin(self, reason: str = "") -> Iterator[Work]:
        """One write transaction, with a trail entry for each record that it saves."""
        with self.store.begin(author(self.person.id, self.clock), reason) as work:
            yield work

    @contextlib.contextmanager
    def read(self, as_of: int | None = None) -> Iterator[Reading]:
        """One consistent view, of now or as it was after a trail entry."""
        with self.store.read(as_of) as reading:
            yield reading

    def close(self) -> None:
        """Sign out: everything is in the one file again, and others may open it."""
        self.store.close()


def author(user: str, clock: Clock) -> Author:
    """Who writes now, from this computer, with this program."""
    program = f"registry-app {version('registry-app')}"
    return Author(user, platform.node(), program, clock())
