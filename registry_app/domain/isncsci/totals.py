"""The sums of the sheet as intervals over the examined scores (RULES.md 1.10)."""

from typing import Final

from registry_app.domain.isncsci.domains import Muscles
from registry_app.domain.isncsci.result import Interval

#: One interval for each sum that is certain; a sum is at most 112.
_CERTAIN: Final = tuple(Interval(n, n) for n in range(113))


def _interval(low: int, high: int) -> Interval:
    return _CERTAIN[low] if low == high else Interval(low, high)


def _dermatomes(column: str) -> tuple[int, int]:
    ones = column.count("1")
    twos = column.count("2")
    low = ones + 2 * twos
    return low, low + 2 * (28 - ones - twos - column.count("0"))


def totals(
    right: Muscles, left: Muscles, columns: tuple[str, str, str, str]
) -> dict[str, Interval]:
    """All sums. `columns`: examined LT right, PP right, LT left, PP left."""
    _, _, _, _, _, _, uer, uer_high, ler, ler_high = right
    _, _, _, _, _, _, uel, uel_high, lel, lel_high = left
    ltr, ltr_high = _dermatomes(columns[0])
    ppr, ppr_high = _dermatomes(columns[1])
    ltl, ltl_high = _dermatomes(columns[2])
    ppl, ppl_high = _dermatomes(columns[3])
    return {
        "uer": _interval(uer, uer_high),
        "uel": _interval(uel, uel_high),
        "uems": _interval(uer + uel, uer_high + uel_high),
        "ler": _interval(ler, ler_high),
        "lel": _interval(lel, lel_high),
        "lems": _interval(ler + lel, ler_high + lel_high),
        "motor_right": _interval(uer + ler, uer_high + ler_high),
        "motor_left": _interval(uel + lel, uel_high + lel_high),
        "ltr": _interval(ltr, ltr_high),
        "ltl": _interval(ltl, ltl_high),
        "lt": _interval(ltr + ltl, ltr_high + ltl_high),
        "ppr": _interval(ppr, ppr_high),
        "ppl": _interval(ppl, ppl_high),
        "pp": _interval(ppr + ppl, ppr_high + ppl_high),
    }
