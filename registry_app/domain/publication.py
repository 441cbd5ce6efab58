"""What is registered and published about the therapy: results kept back are a fault."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Message, say


class PublicationKind(StrEnum):
    """What is disclosed."""

    TRIAL = "trial"  # a registered trial or survey
    PAPER = "paper"
    OTHER = "other"

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"publication.kind-{self.value}")


@dataclass(frozen=True, slots=True)
class Publication:
    """One trial, survey or paper. `number`: its registration id. `doi`: of the results.

    `ended_on`: the end of the study, from which the time to its results counts.
    `results_on`: when the results were posted or published. `conflicts`: of interest.
    """

    id: str
    kind: PublicationKind
    title: str
    number: str = ""
    registered_on: date | None = None
    ended_on: date | None = None
    results_on: date | None = None
    results_where: str = ""
    doi: str = ""
    funder: str = ""
    conflicts: str = ""
    note: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise InvalidValue("publication.no-title")
