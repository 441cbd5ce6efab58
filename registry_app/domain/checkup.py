"""What a look at the program, its file and this computer has found."""

from dataclasses import dataclass
from enum import StrEnum

from registry_app.domain.message import Message, say


class Health(StrEnum):
    """How something is: in order, worth a look, or wrong."""

    GOOD = "good"
    LOOK = "look"
    WRONG = "wrong"

    @property
    def told(self) -> Message:
        """In words."""
        return say(f"self_check.health-{self.value}")


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing that was looked at, by its name, how it is, and what was found.

    `name`: the end of the key of its words (``self_check.item-…``).
    """

    name: str
    health: Health
    said: tuple[Message, ...]

    @property
    def title(self) -> Message:
        """Its name in words."""
        return say(f"self_check.item-{self.name}")


def worst(items: tuple[CheckItem, ...]) -> Health:
    """How all of it is."""
    order = list(Health)
    return max((one.health for one in items), key=order.index, default=Health.GOOD)
