"""The people who use a registry, and what each may do."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is in this registry. People are retired, never deleted."""

    ADMINISTRATOR = "administrator"
    INVESTIGATOR = "investigator"
    ENTRY = "entry"
    DATA_MANAGER = "data manager"
    SAFETY = "safety"
    READ_ONLY = "read-only"


@dataclass(frozen=True, slots=True)
class Person:
    """One user. `id` is the name typed at sign-in and never changes."""

    id: str
    display_name: str
    role: Role
    retired: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class Registry:
    """What a registry is: whose, under which pack, real or for training."""

    id: str
    site: str
    pack: str
    training: bool = False
    version: int = 0
