"""A person in the registry: who is followed, since when, and under which case ID."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry_app.domain.errors import InvalidValue

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
_CASE_ID = re.compile(r"([A-Z][A-Z0-9]{1,7})-(\d{4,6})-([0-9A-Z])")
SITE_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")


class Arm(StrEnum):
    """Whether the person got the product (投与群) or not (対照群)."""

    TREATED = "treated"
    COMPARISON = "comparison"


class Sex(StrEnum):
    """Sex assigned at birth (International SCI Core Data Set 3.0)."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class Cause(StrEnum):
    """Cause of the injury, as far as the label of a product asks for it."""

    TRAUMATIC = "traumatic"
    NON_TRAUMATIC = "non-traumatic"
    UNKNOWN = "unknown"


def check_character(text: str) -> str:
    """The check character of ISO/IEC 7064, MOD 37-2, over letters and digits.

    >>> check_character("SAP0001")
    '7'
    """
    total = 0
    for character in text:
        total = (total + _ALPHABET.index(character)) * 2 % 37
    return _ALPHABET[(38 - total) % 37]


def case_id(site: str, number: int) -> str | None:
    """The case ID of a site's n-th subject, such as ``SAP-0001-7``.

    None where the check character would be ``*``: that number is not given out, since
    a star is a mark on the score sheet.
    """
    digits = f"{number:04d}"
    check = check_character(site + digits)
    return None if check == "*" else f"{site}-{digits}-{check}"


def is_case_id(text: str) -> bool:
    """Whether `text` has the form of a case ID, its check character included."""
    found = _CASE_ID.fullmatch(text)
    return found is not None and check_character(found[1] + found[2]) == found[3]


def looks_like_case_id(text: str) -> bool:
    """Whether `text` is written like a case ID, be its check character right or not."""
    return _CASE_ID.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Subject:
    """A case, without anything that says who it is.

    `source_code` is the code under which an import named the person.
    """

    id: str
    arm: Arm
    sex: Sex
    injury_date: date
    birth_year: int | None = None
    cause: Cause = Cause.UNKNOWN
    treatment_date: date | None = None
    source_code: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if self.treatment_date is not None and self.treatment_date < self.injury_date:
            raise InvalidValue("subject.treated-before-injury")
        if self.birth_year is not None and self.birth_year > self.injury_date.year:
            raise InvalidValue("subject.born-after-injury")
        if self.arm is Arm.COMPARISON and self.treatment_date is not None:
            raise InvalidValue("subject.comparison-treated")

    def day(self, on: date) -> int:
        """Days since injury; the day of injury is day 0 (REGULATION.md section 3)."""
        return (on - self.injury_date).days


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a case is. Kept in a table of its own; `id` is the case ID."""

    id: str
    family: str = ""
    given: str = ""
    family_kana: str = ""
    given_kana: str = ""
    birth_date: date | None = None
    hospital_number: str = ""
    address: str = ""  # as it is written, with its postal code
    version: int = 0
