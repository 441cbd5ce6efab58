"""Who is kept from knowing what, since when; and when somebody came to know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Message, say


class Hidden(StrEnum):
    """What somebody is blind to."""

    ARM = "arm"
    TREATMENT = "treatment"
    EARLIER = "earlier results"

    @property
    def told(self) -> Message:
        """In words."""
        return say(f"blinding.hidden-{self.name.lower()}")


class Unblinded(StrEnum):
    """How it came to be known (ICH E6(R3) 4.1: each is recorded and assessed)."""

    PLANNED = "planned"
    UNPLANNED = "unplanned"
    ACCIDENTAL = "accidental"

    @property
    def told(self) -> Message:
        """In words."""
        return say(f"blinding.unblinded-{self.value}")


@dataclass(frozen=True, slots=True)
class BlindAssignment:
    """A person is blind to `to` (Hidden values that are True) from a day on.

    `subject_id` "": for every patient. `until`: the last day, where it has ended.
    """

    id: str
    person: str
    subject_id: str
    to: Mapping[str, bool]
    since: date
    until: date | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise InvalidValue("blinding.ends-before-it-begins")

    def holds(self, subject_id: str, on: date) -> bool:
        """Whether it is in force for a patient on a day."""
        meant = self.subject_id in ("", subject_id)
        return meant and self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Unblinding:
    """A person came to know something of a patient that they were to be blind to.

    `on`: the day; exams of the patient by this person from that day on are marked.
    `what`: what became known (Hidden values that are True). `why`: the reason or the
    circumstances, `assessed`: what it means for the data, in words.
    """

    id: str
    subject_id: str
    person: str
    how: Unblinded
    on: date
    what: Mapping[str, bool]
    why: str
    assessed: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if not self.why.strip():
            raise InvalidValue("blinding.needs-reason")
