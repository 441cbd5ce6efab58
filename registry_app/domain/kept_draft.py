"""What somebody was typing when the screen was locked or the program ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fate(StrEnum):
    """What has become of it."""

    OPEN = "open"
    TAKEN = "taken up"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """The fields of a dialog or a page; it is its author's, and offered to nobody else.

    `place`: which dialog. `about`: the record it was about, so that it opens there
    again. `values`: what stood in each named field.
    """

    id: str
    person: str
    place: str
    about: str
    subject_id: str
    values: Mapping[str, str]
    at: datetime
    fate: Fate = Fate.OPEN
    version: int = 0
