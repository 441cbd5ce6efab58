"""What a patient has agreed to, and has taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry_app.domain.errors import InvalidValue


class Scope(StrEnum):
    """What a consent is about. Each is asked for, and taken back, by itself."""

    TREATMENT = "treatment"
    FOLLOW_UP = "follow-up"
    PROVISION = "provision"  # of data to others, beyond what a statute asks for


class Signer(StrEnum):
    """Who signed."""

    PATIENT = "patient"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class Consent:
    """One signed consent document.

    `document`: name and version of the leaflet. `relation`: of a proxy to the patient.
    Taking a consent back ends the use of data that rests on it; records of adverse
    events and of the use of the product stay (REGULATION.md section 6).
    """

    id: str
    subject_id: str
    scope: Scope
    document: str
    signed_on: date
    signer: Signer = Signer.PATIENT
    relation: str = ""
    explained_by: str = ""
    withdrawn_on: date | None = None
    withdrawal_note: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if self.withdrawn_on is not None and self.withdrawn_on < self.signed_on:
            raise InvalidValue("consent.withdrawn-before-signed")
        if self.signer is Signer.PROXY and not self.relation:
            raise InvalidValue("consent.no-relation")

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        taken_back = self.withdrawn_on is not None and self.withdrawn_on <= on
        return self.signed_on <= on and not taken_back


def in_force(consents: Iterable[Consent], scope: Scope, on: date) -> Consent | None:
    """The newest consent of a scope that holds on a day."""
    held = [c for c in consents if c.scope is scope and c.holds(on)]
    return max(held, key=lambda consent: (consent.signed_on, consent.id), default=None)
