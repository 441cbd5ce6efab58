"""The kinds of paper, and a report that has been handed out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from registry_app.domain.errors import InvalidValue


class Kind(StrEnum):
    """What can be printed (REGULATION.md section 8), by the name that is filed."""

    PERIODIC = "periodic-follow-up"
    CASE_REPORT = "case-report"
    EVALUATION = "approval-condition-evaluation"
    OBLIGATIONS = "obligations-status"
    PATIENT_SUMMARY = "patient-summary"
    ALL_CASE_LOG = "all-case-log"
    UNKNOWN_NON_SERIOUS = "unknown-non-serious"
    INFECTION = "infection-evaluation"
    USE_RECORD = "use-record"
    DISCLOSURE = "disclosure-status"
    TODAY = "today"
    CARD = "dates-card"

    @property
    def letters(self) -> str:
        """What the number of such a report begins with."""
        return _LETTERS[self]

    @property
    def of_one_case(self) -> bool:
        """Whether it is about one patient, and not about the whole registry."""
        return self in (Kind.PATIENT_SUMMARY, Kind.CARD)

    @property
    def of_safety_case(self) -> bool:
        """Whether it is about one safety case."""
        return self is Kind.CASE_REPORT

    @property
    def may_be_of_safety_case(self) -> bool:
        """Whether it can be about one: the 30-day report of an infection is, too."""
        return self.of_safety_case or self is Kind.INFECTION

    @property
    def of_period(self) -> bool:
        """Whether it is about a period."""
        return self in (Kind.PERIODIC, Kind.UNKNOWN_NON_SERIOUS, Kind.INFECTION)

    @property
    def may_name(self) -> bool:
        """Whether it may bear names: of one patient, and the use record by its nature.

        An individual case report never does (REGULATION.md section 5).
        """
        return self.of_one_case or self is Kind.USE_RECORD

    @property
    def of_any_pack(self) -> bool:
        """Whether it is made under every pack: conventions of ours."""
        return self in (
            Kind.OBLIGATIONS,
            Kind.PATIENT_SUMMARY,
            Kind.ALL_CASE_LOG,
            Kind.TODAY,
            Kind.CARD,
        )

    @property
    def archived(self) -> bool:
        """Whether its figures travel inside it, and it is kept whole: R1 to R10.

        The list of today and the card of dates are handed out and forgotten.
        """
        return self not in (Kind.TODAY, Kind.CARD)


class OwnPaper(StrEnum):
    """Papers about the registry itself: filed as reports are, and made of no data."""

    DRILL = "restore-drill"
    CONTROL = "control-sheet"
    VALIDATION = "validation-file"

    @property
    def archived(self) -> bool:
        """No figures travel inside them: what they say stands on them."""
        return False


_LETTERS: Final = {
    Kind.PERIODIC: "R1",
    Kind.CASE_REPORT: "R2",
    Kind.EVALUATION: "R3",
    Kind.OBLIGATIONS: "R4",
    Kind.PATIENT_SUMMARY: "R5",
    Kind.ALL_CASE_LOG: "R6",
    Kind.UNKNOWN_NON_SERIOUS: "R7",
    Kind.INFECTION: "R8",
    Kind.USE_RECORD: "R9",
    Kind.DISCLOSURE: "R10",
    Kind.TODAY: "today",
    Kind.CARD: "card",
}

#: Kinds of record that are no data of a report: what was made of the data, and what
#: guards them.
NOT_DATA: Final = frozenset(
    {
        *("report", "cut", "signature", "report_text", "transmittal"),
        *("access", "record_lock", "source_check", "trail_seal", "policy"),
        *("backup", "drill", "restored", "sign_in_trouble", "clock_jump"),
        *("kept_draft", "key_event"),
    }
)

#: The parts of a report that a person writes, by kind; each has words of both
#: languages and is kept with the cut.
SLOTS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.PERIODIC: (
        "summary",
        "actions",
        "literature",
        "discussion",
        "plan",
    ),
    Kind.EVALUATION: ("background", "sensitivity", "limits", "conclusion"),
    Kind.UNKNOWN_NON_SERIOUS: ("discussion", "actions"),
    Kind.INFECTION: ("literature", "evaluation", "actions"),
    Kind.DISCLOSURE: ("discussion",),
}


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """What was issued, made from which state of the trail, and how to know it again.

    `id` is the report's number. `subject_id` "": it is about the whole registry.
    `about`: the safety case of an individual case report. `cut_seq` and `cut_head`: the
    trail entry as of which it was made. `digest`: the SHA-256 of what it says. `sha256`
    and `size` (bytes) are of its newest file: with each signature there is a new one.
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
    about: str = ""
    digest: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class ReportText:
    """A part of a report that a person wrote; `id` is ``<cut>:<kind>:<slot>``.

    `cut`: the number of the data cut it is kept with.
    """

    id: str
    cut: str
    kind: str
    slot: str
    ja: str = ""
    en: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Transmittal:
    """A report that was handed over: to whom, how, when, with which receipt.

    `sha256`: of the very file. `duty`: the key of the duty that it fulfils, or "".
    """

    id: str
    report: str
    sha256: str
    recipient: str
    way: str
    sent_on: date
    sent_by: str
    receipt: str = ""
    receipt_on: date | None = None
    duty: str = ""
    note: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if not self.recipient.strip():
            raise InvalidValue("report.no-recipient")
        if self.receipt_on is not None and self.receipt_on < self.sent_on:
            raise InvalidValue("report.receipt-before-sent")
