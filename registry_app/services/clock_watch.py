"""Whether the clock of this computer goes as time does: a jump is put on record."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

#: Computers put their clock right by less than this all the time.
_TOLERANCE: Final = timedelta(minutes=1)


def steady() -> float:
    """Seconds that no clock setting moves; a computer asleep counts where that goes."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class ClockWatch:
    """Looks at the clock with each write.

    `steady`: None where the clock is no computer's (a report as of then, a test).
    """

    def __init__(self, steady: Callable[[], float] | None) -> None:
        self._steady = steady
        self._last: tuple[datetime, float] | None = None

    def expected(self, at: datetime, newest: datetime | None) -> datetime | None:
        """What time it should be, where the clock says otherwise; None: it is right.

        `newest`: of the newest entry of the trail. Before that it cannot be, whoever
        wrote it. Forward, the clock can only be known wrong while the program runs.
        """
        if newest is not None and newest - at > _TOLERANCE:
            return newest
        if self._last is None or self._steady is None:
            return None
        wall, ticks = self._last
        should = wall + timedelta(seconds=self._steady() - ticks)
        return should if abs(at - should) > _TOLERANCE else None

    def noted(self, at: datetime) -> None:
        """From now on time is counted from here: what was wrong is on record."""
        if self._steady is not None:
            self._last = at, self._steady()
