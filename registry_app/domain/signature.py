"""A person's signature under a record: printed name, time, meaning, and what of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from registry_app.domain.message import Message, say


class Meaning(StrEnum):
    """What somebody signs for, in the order in which a report is signed."""

    PREPARED = "prepared"
    REVIEWED = "reviewed"
    APPROVED = "approved"

    @property
    def told(self) -> Message:
        """作成, 確認, 承認."""
        return say(f"print.signed-{self.value}")


class Signable(StrEnum):
    """Which records are signed beside reports, by the kind that the trail knows."""

    FORM = "form"
    VISIT = "visit"
    PATIENT = "subject"
    SAFETY_CASE = "safety_case"
    CUT = "cut"

    @property
    def told(self) -> Message:
        """In words."""
        return say(f"signing.of-{self.value.replace('_', '-')}")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed what. `of`, `of_id`: the kind and id of the record that is signed.

    `state`: the SHA-256 of what was signed, of a report its content digest. `name`,
    `role`: as they were then. `at`: UTC. Given with the password, typed anew.
    `signed`: what the person's key has made of all this (Ed25519, base64), which
    `public_key` checks; both are "" where a program without such keys was signed with.
    """

    id: str
    of: str
    of_id: str
    state: str
    meaning: Meaning
    person: str
    name: str
    role: str
    at: datetime
    public_key: str = ""
    signed: str = ""
    version: int = 0
