"""Zones of partial preservation, as sets (RULES.md 1.7, 1.8, 2.4)."""

from typing import Final

from registry_app.domain.isncsci.domains import Muscles, lowest_felt
from registry_app.domain.isncsci.scale import more_than_three_above

NA: Final = 1


def sensory_zone(light_touch: str, pin_prick: str, dap: str) -> int:
    """The sensory ZPP of one side (1.7); VAC plays no part."""
    sacral = light_touch[27] + pin_prick[27]
    if dap == "1" or "1" in sacral or "2" in sacral:
        return NA
    zone = lowest_felt(light_touch, pin_prick)
    return zone if dap == "0" and sacral == "00" else zone | NA


def motor_zone(motor: int, muscle: Muscles) -> int:
    """The motor ZPP of one side when VAC is No: the level, or the lowest muscle (1.8).

    Muscles below a motor level can have any of their grades: an end of the walk at a
    muscle of 2 or less keeps both "none" and "some" open, if they were.
    """
    must = max(muscle.must1.bit_length() - 1, 0)
    highest_level = (motor & -motor).bit_length()
    return (muscle.can1 & -(1 << max(must, highest_level))) | (motor & -(1 << must))


def motor_zone_beside_non_key(
    motor: int,
    muscle: Muscles,
    non_key: int,
    *,
    only_this_side: bool,
    other_rests: bool,
) -> int:
    """The motor ZPP where a non-key muscle can be what makes it motor incomplete (1.8).

    The non-key muscle is the ZPP only where it is the *only* such finding: not
    in a complete injury, and not where a key muscle works more than three levels below
    the motor level on either side. (A non-key muscle of the other side is no reason
    against it: then each is the ZPP of its side.) `only_this_side`: the injury must be
    incomplete, and no key muscle of the other side can do so. `other_rests`: the key
    muscles of the other side can all fail to.
    """
    usual = motor_zone(motor, muscle)
    above = motor & more_than_three_above(non_key)
    lowest_sure = max(muscle.must1.bit_length() - 1, 0)
    decided = above & -(1 << max(lowest_sure - 3, 0))
    if not other_rests or not decided:
        return usual
    if not only_this_side:
        return usual | non_key
    # It decides here, unless the motor level is too low for it, or a key muscle works
    # more than three levels below.
    lower = motor & ~above
    zone = motor_zone(lower, muscle) if lower else 0
    first = (above & -above).bit_length() + 3
    return zone | non_key | (muscle.can1 & -(1 << max(lowest_sure, first)))
