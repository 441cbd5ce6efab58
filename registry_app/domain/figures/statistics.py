"""Proportions with their intervals, agreement and quartiles, by methods that are named.

Intervals come from scipy (Clopper and Pearson 1934, Wilson 1927); nothing is home-made
but the formula of Cohen's kappa and the limit for no event, both tested against
published values (CLINICAL.md section 3.2).
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from registry_app.domain.trail import Plain

#: Below so many, n of N is what is said; no percentage stands alone (CLINICAL.md 8).
SMALL: Final = 20
_LEVEL: Final = 0.95
_TENTH: Final = Decimal("0.1")
#: As data: so many decimals of a percentage.
_FINE: Final = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Proportion:
    """n of total; the intervals are two-sided, 95 %, in percent; None where N is 0.

    `upper`: the one-sided 95 % upper limit in percent where n is 0, else None.
    """

    n: int
    total: int
    exact: tuple[float, float] | None
    wilson: tuple[float, float] | None
    upper: float | None = None

    @property
    def percent(self) -> Fraction | None:
        """Unrounded; None where there is nobody."""
        return Fraction(100 * self.n, self.total) if self.total else None

    @property
    def small(self) -> bool:
        """So few that n / N is what is said."""
        return self.total < SMALL

    @property
    def over(self) -> str:
        """``12 / 13``."""
        return f"{self.n} / {self.total}"

    @property
    def said(self) -> str:
        """``92.3 % (64.0–99.8)``, the interval by Clopper and Pearson; — for nobody."""
        if self.percent is None or self.exact is None:
            return "—"
        return f"{tenths(self.percent)} % {between(self.exact)}"

    @property
    def companion(self) -> str:
        """``(66.7–98.6)``, by Wilson; — for nobody."""
        return "—" if self.wilson is None else between(self.wilson)

    @property
    def plain(self) -> dict[str, Plain]:
        """As data: percentages as decimal numbers, to six places."""
        found: dict[str, Plain] = {"n": self.n, "total": self.total}
        if self.percent is not None and self.exact and self.wilson:
            found["percent"] = _fine(self.percent)
            found["exact"] = [_fine(limit) for limit in self.exact]
            found["wilson"] = [_fine(limit) for limit in self.wilson]
        if self.upper is not None:
            found["upper"] = _fine(self.upper)
        return found


@lru_cache(maxsize=1024)
def proportion(n: int, total: int) -> Proportion:
    """How many of a total, with both intervals. Raises ValueError for n over total."""
    if not 0 <= n <= total:
        raise ValueError("more than there are")
    if not total:
        return Proportion(n, total, None, None)
    # Not at start: it takes longer to load than the sign-in window.
    from scipy.stats import binomtest

    test = binomtest(n, total)
    exact = test.proportion_ci(confidence_level=_LEVEL, method="exact")
    wilson = test.proportion_ci(confidence_level=_LEVEL, method="wilson")
    return Proportion(
        n,
        total,
        (100 * float(exact.low), 100 * float(exact.high)),
        (100 * float(wilson.low), 100 * float(wilson.high)),
        None if n else 100 * zero_limit(total),
    )


def zero_limit(total: int) -> float:
    """The one-sided 95 % upper limit of a share of which none of `total` was seen.

    >>> round(100 * zero_limit(13), 1), round(100 * zero_limit(90), 1)
    (20.6, 3.3)
    """
    return float(1 - (1 - _LEVEL) ** (1 / total))


def tenths(value: Fraction | float) -> str:
    """One decimal, a half rounded up: 4 of 64 is 6.25 %, which is 6.3.

    >>> tenths(Fraction(400, 64)), tenths(0.0)
    ('6.3', '0.0')
    """
    return f"{_exactly(value).quantize(_TENTH, ROUND_HALF_UP)}"


def between(limits: tuple[float, float]) -> str:
    """``(64.0–99.8)``."""
    return f"({tenths(limits[0])}–{tenths(limits[1])})"


def _exactly(value: Fraction | float) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    # The shortest decimal that is this number: 6.25 and not 6.2500000000000001.
    return Decimal(repr(value))


def _fine(value: Fraction | float) -> str:
    return f"{_exactly(value).quantize(_FINE, ROUND_HALF_UP)}"


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement of two raters about `pairs`; `agreed`: on the very same grade.

    `plain` and `linear` (weights fall with the distance of grades) are None where they
    are not defined: nobody was rated, or both raters only ever used one grade.
    """

    pairs: int
    agreed: int
    plain: float | None
    linear: float | None


def kappa(pairs: Sequence[tuple[str, str]], order: Sequence[str]) -> Kappa:
    """Cohen's kappa (1960), and with linear weights (1968), of pairs of grades.

    `order`: every grade, from worst to best. Raises ValueError for another one.
    """
    places = [(order.index(one), order.index(other)) for one, other in pairs]
    count = len(order)
    return Kappa(
        len(pairs),
        sum(one == other for one, other in pairs),
        _kappa(places, count, linear=False),
        _kappa(places, count, linear=True),
    )


def _kappa(
    places: Sequence[tuple[int, int]], count: int, *, linear: bool
) -> float | None:
    """1 - observed disagreement / disagreement expected from the margins."""
    total = len(places)

    def apart(one: int, other: int) -> int:
        return abs(one - other) if linear else int(one != other)

    first = [sum(one == n for one, _ in places) for n in range(count)]
    second = [sum(other == n for _, other in places) for n in range(count)]
    seen = sum(apart(one, other) for one, other in places) * total
    expected = sum(
        apart(n, m) * first[n] * second[m] for n in range(count) for m in range(count)
    )
    return float(1 - Fraction(seen, expected)) if expected else None


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Lower quartile, median, upper quartile."""

    lower: float
    median: float
    upper: float


def quartiles(values: Sequence[float]) -> Quartiles | None:
    """By linear interpolation between order statistics; None for no value.

    Hyndman and Fan's type 7, the default of numpy, pandas and R.
    """
    if not values:
        return None
    if len(values) == 1:
        return Quartiles(values[0], values[0], values[0])
    return Quartiles(*statistics.quantiles(values, n=4, method="inclusive"))


def number(value: float) -> str:
    """A median or quartile as it is printed: ``16``, ``16.5``, to one decimal.

    >>> number(16.0), number(16.25)
    ('16', '16.3')
    """
    return f"{value:.0f}" if value == int(value) else tenths(value)
