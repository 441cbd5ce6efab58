"""The sums of the sheet as intervals over the examined scores (RULES.md 1.10)."""

from typing import Final

from registry_app.domain.isncsci.domains import Muscles
from registry_app.domain.isncsci.result import Interval

#: The intervals of sums that are certain; a sum is at most 112.
_CERTAIN: Final = tuple(Interval(n, n) for n in range(113))


def _interval(low: int, high: int) -> Interval:
    return _CERTAIN[low] if low == high else Interval(low, high)


def totals(
    right: Muscles, left: Muscles, columns: tuple[str, str, str, str]
) -> dict[str, Interval]:
    """All sums.

    `columns`: light touch right and left, pin prick right and left, as examined, so
    that they hold 0, 1, 2 and "?" only.
    """
    touch_right, touch_left, pin_right, pin_left = columns
    _, _, _, _, _, _, uer, uer_high, ler, ler_high = right
    _, _, _, _, _, _, uel, uel_high, lel, lel_high = left
    ltr = touch_right.count("1") + 2 * touch_right.count("2")
    ltl = touch_left.count("1") + 2 * touch_left.count("2")
    ppr = pin_right.count("1") + 2 * pin_right.count("2")
    ppl = pin_left.count("1") + 2 * pin_left.count("2")
    ltr_high = ltr + 2 * touch_right.count("?")
    ltl_high = ltl + 2 * touch_left.count("?")
    ppr_high = ppr + 2 * pin_right.count("?")
    ppl_high = ppl + 2 * pin_left.count("?")
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
