"""Who is signed in, at which file: the first argument of every service."""

import platform
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from registry_app.domain.person import Person, Registry
from registry_app.domain.trouble import ClockJump
from registry_app.services.access_log import AccessLog
from registry_app.services.clock_watch import ClockWatch
from registry_app.services.planning import Planner
from registry_app.services.program import program
from registry_app.services.signals import watch
from registry_app.storage import trail
from registry_app.storage.personal import Personal
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
    """A person signed in at an open registry; time and identities are passed in."""

    path: Path
    registry: Registry
    person: Person
    clock: Clock
    new_id: NewId
    store: Store
    #: Signs for the person; nobody else has it, and it is never written or shown.
    own: Personal = field(repr=False)
    planner: Planner = field(default_factory=Planner)
    clock_watch: ClockWatch = field(default_factory=lambda: ClockWatch(None))
    #: What was looked at and is not on record yet (services/access.py).
    access: AccessLog = field(default_factory=AccessLog)

    @contextmanager
    def begin(self, reason: str = "") -> Iterator[Work]:
        """One write transaction, with a trail entry for each record that it saves.

        The plan of whom it touches is made again before it ends, and a safety signal in
        a form that it completes opens its draft of a case. Where the clock was moved
        since the last write, that is recorded first.
        """
        by = author(self.person.id, self.clock)
        with self.store.begin(by, reason) as work:
            newest = trail.newest_at(work.connection, self.registry.site)
            before = self.clock_watch.expected(by.at, newest)
            if before is not None:
                jump = ClockJump(self.new_id(), before, by.at, by.workstation)
                work.save(jump)
            yield work
            self.planner.follow(work)
            watch(work, self)
        self.clock_watch.noted(by.at)

    def read(self, as_of: int | None = None) -> AbstractContextManager[Reading]:
        """One consistent view, of now or as it was after a trail entry."""
        return self.store.read(as_of)

    def close(self) -> None:
        """Sign out: everything is in the one file again, and others may open it."""
        self.access.end()
        self.store.close()


def author(user: str, clock: Clock) -> Author:
    """Who writes now, from this computer, with this program."""
    return Author(user, platform.node(), program(), clock())
