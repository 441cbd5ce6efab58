"""What is said of data before they leave the registry: for what, why, to whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from registry_app.domain.consent import Consent, Scope, in_force
from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Message, say


class Basis(StrEnum):
    """Why data may be handed on (REGULATION.md section 7, row 16).

    Use beyond the stated purpose, or provision to others, needs consent or a statutory
    exception. The opt-out cannot be used for health data, so it stands nowhere here.
    """

    PURPOSE = "stated-purpose"  # no provision: within what the patients were told
    CONSENT = "consent"
    STATUTE = "statute"  # a report that a statute asks for
    HYGIENE = "public-hygiene"
    ACADEMIC = "academic"

    @property
    def told(self) -> Message:
        """In words."""
        return say(f"access.basis-{self.value}")


@dataclass(frozen=True, slots=True)
class Handover:
    """What a person says of data that they hand on; `basis` None: it was not stated."""

    purpose: str = ""
    basis: Basis | None = None
    recipient: str = ""

    def check(self) -> None:
        """Raise InvalidValue unless all three are stated."""
        if not self.purpose.strip():
            raise InvalidValue("access.no-purpose")
        if self.basis is None:
            raise InvalidValue("access.no-basis")
        if not self.recipient.strip():
            raise InvalidValue("access.no-recipient")


#: Nothing was asked, or nothing was said.
NOT_STATED: Final = Handover()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is about to leave. `what`: its format, or the number of a report.

    `export`: not a paper alone, so that it is asked what it is for. `fields`: the names
    of what is handed out; `subjects`: of whom. `identifiable`: it tells who they are.
    """

    what: str
    subjects: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    export: bool = False
    identifiable: bool = False

    @property
    def one(self) -> str:
        """The only patient whom it is about, or ""."""
        return self.subjects[0] if len(self.subjects) == 1 else ""


@dataclass(frozen=True, slots=True)
class Consenting:
    """How many patients agree that their data go to others, on a day.

    `none`: they never agreed to that, so that there is nothing to take back.
    """

    agree: int
    withdrew: int
    none: int

    @property
    def told(self) -> Message:
        """In words."""
        return say(
            "access.consenting",
            agree=self.agree,
            withdrew=self.withdrew,
            none=self.none,
        )

    @property
    def kept(self) -> str:
        """As the log keeps it, in no language."""
        return f"agree {self.agree}, withdrew {self.withdrew}, none {self.none}"

    @classmethod
    def read(cls, kept: str) -> "Consenting | None":
        """What `kept` says; None: nothing was counted."""
        words = kept.replace(",", "").split()
        if words[::2] != ["agree", "withdrew", "none"]:
            return None
        return cls(*(int(word) for word in words[1::2]))


def consenting(of_each: Iterable[Iterable[Consent]], on: date) -> Consenting:
    """Count the patients by their consents to provision; one of `of_each` a patient."""
    agree = withdrew = none = 0
    for consents in of_each:
        found = [one for one in consents if one.scope is Scope.PROVISION]
        if in_force(found, Scope.PROVISION, on) is not None:
            agree += 1
        elif any(one.withdrawn_on is not None for one in found):
            withdrew += 1
        else:
            none += 1
    return Consenting(agree, withdrew, none)
