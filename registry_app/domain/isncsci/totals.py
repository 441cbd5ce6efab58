"""The sums of the sheet as intervals over the examined scores (RULES.md 1.10)."""

from typing import Final

from registry_app.domain.isncsci.domains import Muscles
from registry_app.domain.isncsci.result import TOTALS, Interval

_MOST: Final = max(TOTALS.values())
#: Every interval that a sum can be, by its least and by its width: none is made anew.
_INTERVALS: Final = tuple(
    tuple(Interval(low, high) for high in range(low, _MOST + 1))
    for low in range(_MOST + 1)
)


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
    # How much each sum can be more than its least.
    uer_more, uel_more = uer_high - uer, uel_high - uel
    ler_more, lel_more = ler_high - ler, lel_high - lel
    ltr_more, ltl_more = 2 * touch_right.count("?"), 2 * touch_left.count("?")
    ppr_more, ppl_more = 2 * pin_right.count("?"), 2 * pin_left.count("?")
    every = _INTERVALS
    return {
        "uer": every[uer][uer_more],
        "uel": every[uel][uel_more],
        "uems": every[uer + uel][uer_more + uel_more],
        "ler": every[ler][ler_more],
        "lel": every[lel][lel_more],
        "lems": every[ler + lel][ler_more + lel_more],
        "motor_right": every[uer + ler][uer_more + ler_more],
        "motor_left": every[uel + lel][uel_more + lel_more],
        "ltr": every[ltr][ltr_more],
        "ltl": every[ltl][ltl_more],
        "lt": every[ltr + ltl][ltr_more + ltl_more],
        "ppr": every[ppr][ppr_more],
        "ppl": every[ppl][ppl_more],
        "pp": every[ppr + ppl][ppr_more + ppl_more],
    }
