"""An axis of days since injury, true to scale or with the first weeks widened."""

from dataclasses import dataclass
from typing import Final

#: The days in which most happens; they are widened where the axis is much longer.
EARLY: Final = 60
#: How much of the axis they get then.
_SHARE: Final = 0.4
_STEPS: Final = (1, 2, 5, 10, 15, 30, 60, 90, 180, 365, 730, 1825, 3650, 7300)
_EARLY_STEPS: Final = (7, 14, 30, 60)


def day_said(day: int) -> str:
    """A day as it is written: a day before the injury with a true minus."""
    return f"{day}".replace("-", "\u2212")


@dataclass(frozen=True, slots=True)
class DayAxis:
    """From `first` day at `left` to `last` day at `right`.

    `gap`: the room for the break after the first weeks; 0 for an axis true to scale.
    """

    first: int
    last: int
    left: float
    right: float
    gap: float = 0.0

    @property
    def broken(self) -> bool:
        """The first weeks are widened, and the break is to be drawn."""
        return self.gap > 0 and self.last > 2 * EARLY and self.first < EARLY

    @property
    def break_at(self) -> float:
        """The middle of the break."""
        return self.left + _SHARE * (self.right - self.left) + self.gap / 2

    def at(self, day: float) -> float:
        """Where a day stands."""
        if not self.broken:
            return self._between(day, self.first, self.last, self.left, self.right)
        if day <= EARLY:
            end = self.break_at - self.gap / 2
            return self._between(day, self.first, EARLY, self.left, end)
        start = self.break_at + self.gap / 2
        return self._between(day, EARLY, self.last, start, self.right)

    @staticmethod
    def _between(
        day: float, first: float, last: float, left: float, right: float
    ) -> float:
        return left + (right - left) * (day - first) / ((last - first) or 1)

    def ticks(self, room: float) -> tuple[int, ...]:
        """Days worth a number, each at least `room` from the next."""
        if not self.broken:
            return self._ticks(self.first, self.last, _STEPS, room)
        early = self._ticks(self.first, EARLY - 1, _EARLY_STEPS, room)
        late = self._ticks(EARLY + 1, self.last, _STEPS, room)
        start = self.break_at + self.gap / 2
        return (*early, *(d for d in late if self.at(d) - start > room / 3))

    def _ticks(
        self, first: int, last: int, steps: tuple[int, ...], room: float
    ) -> tuple[int, ...]:
        unit = abs(self.at(first + 1) - self.at(first))
        step = next((s for s in steps if s * unit >= room), steps[-1])
        return tuple(range(-(-first // step) * step, last + 1, step))
