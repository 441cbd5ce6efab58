"""The access log: who opened, searched, printed or exported what, and for what."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from registry_app.domain.message import Message, say

#: What can be opened, by the name that is kept; behind a colon stands which one.
PLACES: Final = frozenset(
    {
        *("today", "patients", "patient", "worksheet", "enrol", "attrition"),
        *("obligations", "safety", "safety-case", "reports", "kits"),
        *("settings", "plan-settings", "people", "policy", "access", "backups"),
        *("trail", "field-history", "report", "paper", "command"),
        *("assessments", "assessment-sheet", "blinding", "veiled-patient"),
    }
)


class Act(StrEnum):
    """What somebody did with what they may see (REGULATION.md section 7, 3 and 17)."""

    OPENED = "opened"
    SEARCHED = "searched"
    PRINTED = "printed"
    EXPORTED = "exported"

    @property
    def told(self) -> Message:
        """In words."""
        return say(f"access.act-{self.value}")


@dataclass(frozen=True, slots=True)
class Access:
    """One act of one person. It changes nothing, and is never changed.

    `subject_id` "": of no single patient. `what`: what was opened (`PLACES`), the
    words that were searched for, the number of a report, the format of an export.
    `count`: how many patients were found or handed out. Of an export besides:
    `purpose`, `basis` in law, `recipient`, `fields` (their names, parted by blanks)
    and `consent`, how many of the patients agree to it, in words.
    """

    id: str
    person: str
    at: datetime
    act: Act
    what: str = ""
    subject_id: str = ""
    count: int | None = None
    purpose: str = ""
    basis: str = ""
    recipient: str = ""
    fields: str = ""
    consent: str = ""
    version: int = 0

    @property
    def place(self) -> str:
        """The name of what was opened."""
        return self.what.partition(":")[0]

    @property
    def record(self) -> str:
        """Which one of it, or ""."""
        return self.what.partition(":")[2]
