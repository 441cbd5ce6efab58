"""The people who use a registry, and what each may do."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Message, say

_LONGEST_NAME: Final = 64
_WIDE_BLANK: Final = "\u3000"


class Role(StrEnum):
    """What a person is in this registry. People are retired, never deleted."""

    ADMINISTRATOR = "administrator"
    INVESTIGATOR = "investigator"
    ENTRY = "entry"
    DATA_MANAGER = "data manager"
    SAFETY = "safety"
    READ_ONLY = "read-only"
    #: Never sees arm, treatment or earlier results (E6(R3) 4.1).
    BLINDED_ASSESSOR = "blinded assessor"

    @property
    def told(self) -> Message:
        """In words."""
        return say(f"document.role-{self.value.replace(' ', '-')}")


@dataclass(frozen=True, slots=True)
class Person:
    """One user. `id` is the name typed at sign-in and never changes.

    `public_key`: the public half of the person's signing key (Ed25519, base64); ""
    until the first sign-in. Each key that it ever was stands in the trail.
    """

    id: str
    display_name: str
    role: Role
    retired: bool = False
    public_key: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Registry:
    """What a registry is: whose, under which pack, real or for training."""

    id: str
    site: str
    pack: str
    training: bool = False
    version: int = 0


def check_user_name(name: str) -> None:
    """Any name that can be read: 佐藤, Dr Sato. Raises InvalidValue for another.

    1 to 64 characters, none of them invisible, no blank at either end.
    """
    seen = all(c.isprintable() or c == _WIDE_BLANK for c in name)
    if not seen or name != name.strip() or not 0 < len(name) <= _LONGEST_NAME:
        raise InvalidValue(
            "storage.not-a-user-name", user=name[:_LONGEST_NAME], most=_LONGEST_NAME
        )


def name_key(name: str) -> str:
    """What two spellings of one user name have in common: all but width and case.

    >>> name_key("Ｄｒ　Ｓａｔｏ") == name_key("dr sato")
    True
    """
    return unicodedata.normalize("NFKC", name).casefold()
