"""What the trail has to say beside the data: failed sign-ins, and clocks that jump."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SignInTrouble:
    """Wrong passwords of one user until somebody signed in: `count`, the last `at`."""

    id: str
    user: str
    count: int
    at: datetime
    version: int = 0


@dataclass(frozen=True, slots=True)
class ClockJump:
    """The clock of a computer moved otherwise than time does.

    `before`: what it should have been, at the least; `after`: what it was (UTC). The
    entry right after this one is the first with the time of the new clock.
    """

    id: str
    before: datetime
    after: datetime
    workstation: str
    version: int = 0
