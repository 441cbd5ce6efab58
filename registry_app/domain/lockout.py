"""How long somebody waits who has typed a wrong password too often.

It slows a person at this computer. Who takes the file away is slowed by the cost of
each guess alone (decision 0010).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

#: So many wrong passwords in a row cost nothing, unless the registry's policy says
#: another number; never more than `MOST_FREE`.
FREE: Final = 5
MOST_FREE: Final = 20
LONGEST: Final = timedelta(minutes=15)
#: From this power of two on it is the longest anyway.
_MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Tries:
    """The failed tries of one user.

    `count`: since the last success; `last`: when the newest of them was (UTC);
    `untold`: how many no administrator has been told of yet.
    """

    user: str
    count: int
    last: datetime
    untold: int

    def waits_until(self, now: datetime, free: int = FREE) -> datetime | None:
        """Until when no further try is taken; None where one is taken now.

        `free`: how many cost nothing.
        A clock that was set back ends no wait, and makes none longer than it is.
        """
        free = min(free, MOST_FREE)
        if self.count < free:
            return None
        seconds = 2 ** min(self.count - free + 1, _MOST)
        until = min(self.last, now) + min(timedelta(seconds=seconds), LONGEST)
        return until if now < until else None

    def asked(self, now: datetime) -> "Tries":
        """A try that was not taken; what lies in the future was so by a wrong clock."""
        return replace(self, last=min(self.last, now))

    def failed(self, now: datetime) -> "Tries":
        """One more."""
        return Tries(self.user, self.count + 1, now, self.untold + 1)

    def succeeded(self) -> "Tries":
        """The right password; what has failed before is still to be told."""
        return replace(self, count=0)

    def told(self) -> "Tries":
        """An administrator knows."""
        return replace(self, untold=0)
