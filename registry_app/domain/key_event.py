"""What was done with the keys of a registry: part of its trail, like any change."""

from dataclasses import dataclass
from enum import StrEnum

from registry_app.domain.message import Message, say


class KeyDeed(StrEnum):
    """What was done (REGULATION.md section 7, 3: logs of accounts and access)."""

    PASSWORD = "password changed"
    FACTOR_ON = "second factor on"
    FACTOR_OFF = "second factor off"
    SHEET = "recovery sheet made"
    RECOVERED = "recovered"
    ROTATED = "key rotated"

    @property
    def told(self) -> Message:
        """In words."""
        return say(f"people.key-{self.name.lower().replace('_', '-')}")


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """`person`: whose key it was; "" where it is the registry's own."""

    id: str
    deed: KeyDeed
    person: str = ""
    version: int = 0
