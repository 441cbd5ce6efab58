"""A legal hold: why the records of a case are kept beyond every rule of retention."""

from dataclasses import dataclass
from datetime import date

from registry_app.domain.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class LegalHold:
    """Set on a day for a reason, and lifted on a day for another one.

    While it holds, the records of the case are kept whatever the rules say
    (REGULATION.md section 6). A hold that comes later is another record.
    """

    id: str
    subject_id: str
    set_on: date
    why: str
    lifted_on: date | None = None
    lifted_why: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if not self.why.strip():
            raise InvalidValue("retention.hold-needs-reason")
        if self.lifted_on is not None:
            if self.lifted_on < self.set_on:
                raise InvalidValue("retention.lifted-before-set")
            if not self.lifted_why.strip():
                raise InvalidValue("retention.lifting-needs-reason")

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day; on the day it is lifted it is not."""
        lifted = self.lifted_on is not None and self.lifted_on <= on
        return self.set_on <= on and not lifted
