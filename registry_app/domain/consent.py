"""What a patient has agreed to, and has taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Message, say


class Scope(StrEnum):
    """What a consent is about. Each is asked for, and taken back, by itself."""

    TREATMENT = "treatment"
    FOLLOW_UP = "follow-up"
    PROVISION = "provision"  # of data to others, beyond what a statute asks for

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"consent.scope-{self.value}")


class Signer(StrEnum):
    """Who signed."""

    PATIENT = "patient"
    PROXY = "proxy"

    @property
    def told(self) -> Message:
        """Its name."""
        return say(f"consent.signer-{self.value}")


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
        if self.signer is Signer.PROXY and not self.relation.strip():
            raise InvalidValue("consent.no-relation")

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        taken_back = self.withdrawn_on is not None and self.withdrawn_on <= on
        return self.signed_on <= on and not taken_back


def in_force(consents: Iterable[Consent], scope: Scope, on: date) -> Consent | None:
    """The newest consent of a scope that holds on a day."""
    held = [c for c in consents if c.scope is scope and c.holds(on)]
    return max(held, key=lambda consent: (consent.signed_on, consent.id), default=None)


@dataclass(frozen=True, slots=True)
class DataUse:
    """What may be done with the data of a case on a day.

    `provision`: data may be given to others beyond what a statute asks for. The
    opt-out of the privacy act cannot be used for health data, so that without a consent
    it may not (REGULATION.md section 7, row 16). `follow_up`: new visits may be made.
    `treatment`: the product may be given. Reports that a statute asks for, adverse
    events and records of the use of the product rest on no consent, and always stay.
    `why`: a sentence for each that is not allowed, and for what stays.
    """

    provision: bool
    follow_up: bool
    treatment: bool
    why: tuple[Message, ...]


def use_of_data(consents: Iterable[Consent], on: date) -> DataUse:
    """What the consents of one case allow on a day."""
    found = tuple(consents)
    allowed = {scope: in_force(found, scope, on) is not None for scope in Scope}
    why = [_missing(found, scope, on) for scope in Scope if not allowed[scope]]
    if any(c.withdrawn_on is not None and c.withdrawn_on <= on for c in found):
        why.append(say("consent.kept"))
    return DataUse(
        allowed[Scope.PROVISION],
        allowed[Scope.FOLLOW_UP],
        allowed[Scope.TREATMENT],
        tuple(why),
    )


def _missing(consents: tuple[Consent, ...], scope: Scope, on: date) -> Message:
    taken_back = [
        c.withdrawn_on
        for c in consents
        if c.scope is scope and c.withdrawn_on is not None and c.withdrawn_on <= on
    ]
    if taken_back:
        return say(
            "consent.is-withdrawn", scope=scope.told, day=max(taken_back).isoformat()
        )
    return say("consent.is-missing", scope=scope.told)


def effects(consent: Consent) -> tuple[Message, ...]:
    """What taking a consent back does; the last sentence says what stays."""
    return say(f"consent.effect-{consent.scope.value}"), say("consent.kept")
