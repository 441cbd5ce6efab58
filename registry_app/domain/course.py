"""The course of a case beside its exams: dates, comparison, contacts, the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Message, say


@dataclass(frozen=True, slots=True)
class Course:
    """What the plan needs of a case beside the subject itself; `id` is the case ID.

    `dates`: anchor of the pack to its day (marrow, blood draws …). `source`: where a
    comparison patient comes from. `matching`: matching variable of the pack to its
    value; `matched_to`: the case it was matched to.
    """

    id: str
    dates: Mapping[str, date] = field(default_factory=dict)
    source: str = ""
    matching: Mapping[str, str] = field(default_factory=dict)
    matched_to: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Indication:
    """The indication as it was at enrolment; never changed afterwards.

    `facts`: fact to its value then. `verdicts`: criterion to met, not met, unknown.
    """

    id: str
    pack: str
    pack_version: int
    day: date
    facts: Mapping[str, str] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)
    version: int = 0


class EndReason(StrEnum):
    """Why a follow-up ended."""

    COMPLETED = "completed"
    LOST = "lost"
    DEATH = "death"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"course.end-{self.value.replace(' ', '-')}")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Whether a case is still followed up; `id` is the case ID.

    `reason` None: it is. `last_known_alive`: the last day on which it was known.
    `transferred_to`: the hospital that follows it now.
    """

    id: str
    reason: EndReason | None = None
    ended_on: date | None = None
    last_known_alive: date | None = None
    transferred_to: str = ""
    note: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if (self.reason is None) != (self.ended_on is None):
            raise InvalidValue("course.end-needs-day")
        if self.reason is not None and self.last_known_alive is None:
            raise InvalidValue("course.end-needs-last-known-alive")
        alive, ended = self.last_known_alive, self.ended_on
        if self.reason is EndReason.DEATH and alive and ended and alive > ended:
            raise InvalidValue("course.alive-after-death")
        if self.reason is EndReason.TRANSFERRED and not self.transferred_to.strip():
            raise InvalidValue("course.transferred-nowhere")

    @property
    def ended(self) -> bool:
        """Whether it has ended."""
        return self.reason is not None


class ContactWay(StrEnum):
    """How somebody tried to reach a patient."""

    PHONE = "phone"
    LETTER = "letter"
    MAIL = "mail"
    VISIT = "visit"
    HOSPITAL = "other hospital"

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"course.way-{self.value.replace(' ', '-')}")


class ContactOutcome(StrEnum):
    """What came of it."""

    REACHED = "reached"
    NOT_REACHED = "not reached"
    MOVED = "moved"
    RETURNED = "returned"  # the letter came back
    REFUSED = "refused"

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"course.outcome-{self.value.replace(' ', '-')}")


@dataclass(frozen=True, slots=True)
class Contact:
    """One attempt to reach a patient; `again_on`: when to try again."""

    id: str
    subject_id: str
    on: date
    way: ContactWay
    outcome: ContactOutcome
    by: str = ""
    again_on: date | None = None
    note: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if self.again_on is not None and self.again_on < self.on:
            raise InvalidValue("course.again-before")


class DeviationKind(StrEnum):
    """What a deviation (逸脱) is of."""

    ELIGIBILITY = "eligibility"
    TREATMENT = "treatment"
    WINDOW = "window"
    CONSENT = "consent"
    UNBLINDING = "unblinding"  # an assessor came to know who was treated
    OTHER = "other"

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"course.deviation-{self.value.replace(' ', '-')}")


@dataclass(frozen=True, slots=True)
class Deviation:
    """A departure from the plan, with its reason. `rule`: the criterion, or the visit.

    `found`: what was found, as words or a figure (never a name).
    """

    id: str
    subject_id: str
    kind: DeviationKind
    rule: str
    on: date
    reason: str
    found: str = ""
    form_id: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise InvalidValue("course.deviation-needs-reason")
