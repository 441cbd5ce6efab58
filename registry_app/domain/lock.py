"""A lock on records: while it is shut, nothing of them is changed or added."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from registry_app.domain.message import Message, say


class Locked(StrEnum):
    """What is locked. A cut locks the forms and visits up to its day."""

    FORM = "form"
    VISIT = "visit"
    PATIENT = "patient"
    CUT = "cut"
    REGISTRY = "registry"

    @property
    def told(self) -> Message:
        """In words."""
        return say(f"locks.of-{self.value}")


def lock_id(of: Locked, of_id: str) -> str:
    """The identity of the one lock that a record has."""
    return f"{of.value}:{of_id}"


@dataclass(frozen=True, slots=True)
class RecordLock:
    """`of_id`: of the record that is locked, "" for the whole registry.

    `shut`: whether it is locked now. `person`, `at`: who turned it last, and when. Why
    stands in the trail: a lock is opened with a reason and by certain roles alone.
    """

    id: str
    of: Locked
    of_id: str
    shut: bool
    person: str
    at: datetime
    version: int = 0
