"""Backups that were made and proved, and a registry that came from one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from registry_app.domain.message import Message, say


class Occasion(StrEnum):
    """Why a backup was made."""

    TIME = "by time"
    CLOSE = "on close"
    DEMAND = "on demand"

    @property
    def told(self) -> Message:
        """In words."""
        return say(f"backup.occasion-{self.name.lower()}")


class Place(StrEnum):
    """Which of the places of the policy a copy went to; others are named by hand."""

    FIRST = "first"
    SECOND = "second"
    DETACHED = "detached"

    @property
    def told(self) -> Message:
        """In words."""
        return say(f"backup.place-{self.value}")


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was opened, migrated aside, counted, its chain checked.

    `file`: its path then. `sha256`, `size` (bytes): of the file. `seq`, `head`: the
    newest entry of the trail in it.
    """

    id: str
    file: str
    place: Place
    occasion: Occasion
    sha256: str
    size: int
    seq: int
    head: str
    at: datetime
    version: int = 0


@dataclass(frozen=True, slots=True)
class Drill:
    """The newest backup was restored aside and proved, or found wanting.

    `backup`: the id of the Backup. `seq`, `head`: as found in it. `problem`: "" where
    it is sound, else the key of what is wrong. `digest`: the SHA-256 of the
    certificate's file, which is filed with it.
    """

    id: str
    backup: str
    person: str
    at: datetime
    seq: int
    head: str
    entries: int
    records: int
    problem: str = ""
    digest: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Restored:
    """A registry file that came from a backup; until it is settled, none is removed.

    `file`, `sha256`: the backup. `seq`, `head`: the newest entry that came with it.
    """

    id: str
    file: str
    sha256: str
    seq: int
    head: str
    at: datetime
    settled: bool = False
    version: int = 0
