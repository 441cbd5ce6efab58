"""The kinds of paper, and a report that has been handed out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What can be printed (REGULATION.md section 8), by the name that is filed."""

    PATIENT_SUMMARY = "patient-summary"
    OBLIGATIONS = "obligations-status"
    ALL_CASE_LOG = "all-case-log"
    TODAY = "today"
    CARD = "dates-card"

    @property
    def letters(self) -> str:
        """What the number of such a report begins with."""
        return {
            Kind.PATIENT_SUMMARY: "R5",
            Kind.OBLIGATIONS: "R4",
            Kind.ALL_CASE_LOG: "R6",
            Kind.TODAY: "today",
            Kind.CARD: "card",
        }[self]

    @property
    def of_one_case(self) -> bool:
        """Whether it is about one case, and not about the whole registry."""
        return self in (Kind.PATIENT_SUMMARY, Kind.CARD)


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """What was issued, made from which state of the trail, and how to know it again.

    `id` is the report's number. `subject_id` "": it is about the whole registry.
    `cut_seq` and `cut_head`: the trail entry as of which it was made. `sha256` and
    `size` (bytes) are of the file.
    """

    id: str
    kind: str
    subject_id: str
    cut_seq: int
    cut_head: str
    sha256: str
    size: int
    made_at: datetime
    options: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
