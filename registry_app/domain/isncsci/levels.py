"""Motor levels and the neurological level of one side, as sets (RULES.md 1.3, 2.4).

Dermatomes and key muscles are independent, and the walk of 1.3 only asks for a prefix
that is intact. So what can happen on a side is a small number of *ends* of the walk,
and each end is a pair of the first dermatome that is not normal and of the muscle that
stops the walk. Sets of ends stay sets of bits; no world is ever enumerated.

An end by a muscle that is 2 or less, but might have been 3 or more, is *dear*: it takes
that muscle away from those that can count for grade D (scale.py).
"""

from typing import Final, NamedTuple

from registry_app.domain.isncsci.domains import BIT, Muscles, upto

ANY: Final = upto("INT")
S3: Final = BIT["S3"]
INT: Final = BIT["INT"]
_T1: Final = BIT["T1"]
_S1: Final = BIT["S1"]
_NECK: Final = upto("C3")
_ARM: Final = upto("T1") & ~_NECK
_TRUNK: Final = upto("T12") & ~upto("T1")
_BELOW_TRUNK: Final = upto("INT") & ~upto("T12")
_LEG: Final = upto("S1") & ~upto("T12")
_SACRAL: Final = BIT["S2"] | S3


class Ends(NamedTuple):
    """What the walk down one side can come to, apart from a side all normal.

    `motor`: motor levels. `free`, `dear`: the more rostral of the sensory and the motor
    level of the side, for ends that leave the muscles below it free, and dear ones.
    `intact`: the whole side can be normal; its levels are then INT, or the motor one
    S3 when VAC is No (1.3, step 8).
    """

    motor: int
    free: int
    dear: int
    intact: bool


def lesser(one: int, other: int) -> int:
    """The more rostral of each pair: {min(a, b)} over all a of `one`, b of `other`."""
    if not one or not other:
        return 0
    least_top = min(one.bit_length(), other.bit_length())
    return (one | other) & ((1 << least_top) - 1)


def _stops(muscle: Muscles, shift: int) -> tuple[int, int, bool]:
    """Where five neighbouring key muscles can stop the walk; whether all can be 5.

    Motor levels of free ends, of dear ends. The muscle below an end of the walk at 3
    or 4 is free; at 2 or less the level is the segment above.
    """
    good = muscle.can5 >> shift & 31
    # The unbroken run of muscles that can be 5, and the one after it.
    reached = ((good ^ (good + 1)) & 31) << shift
    bad = reached & ~muscle.must3
    free = (reached & muscle.can3 & ~muscle.must5) | (bad & ~muscle.can3) >> 1
    return free, (bad & muscle.can3) >> 1, good == 31


def walk(sensory: int, muscle: Muscles, within: int = ANY) -> Ends:
    """The walk of 1.3 for every first dermatome that can be not normal.

    `sensory`: the levels of first_abnormal. `within`: keep only the ends whose motor
    level is one of these (the sets `motor`, `free` and `dear` all follow).
    """
    neck = sensory & _NECK & within
    motor = free = neck
    dear = 0
    below = sensory & ~_NECK
    if not below:
        return Ends(motor, free, dear, False)
    at, dear_at, passed = _stops(muscle, 5)
    at, dear_at = at & within, dear_at & within
    motor |= at | dear_at
    free |= lesser(below, at)
    dear |= lesser(below, dear_at)
    if not passed:
        return Ends(motor, free, dear, False)
    if below & _ARM and within & _T1:
        motor |= _T1
        free |= below & _ARM
    trunk = below & _TRUNK & within
    motor |= trunk
    free |= trunk
    below &= _BELOW_TRUNK
    if not below:
        return Ends(motor, free, dear, False)
    at, dear_at, passed = _stops(muscle, 22)
    at, dear_at = at & within, dear_at & within
    motor |= at | dear_at
    free |= lesser(below, at)
    dear |= lesser(below, dear_at)
    if not passed:
        return Ends(motor, free, dear, False)
    if below & _LEG and within & _S1:
        motor |= _S1
        free |= below & _LEG
    sacral = below & _SACRAL & within
    return Ends(motor | sacral, free | sacral, dear, bool(below & INT & within))


def completed(ends: Ends, all_normal: int) -> Ends:
    """The ends of a side with its all-normal one: INT for VAC Yes, S3 for VAC No."""
    if not ends.intact:
        return ends
    return Ends(ends.motor | all_normal, ends.free | all_normal, ends.dear, True)


def neurological_levels(right: Ends, left: Ends) -> int:
    """The single NLI (1.4): the most rostral of all four levels."""
    return lesser(right.free | right.dear, left.free | left.dear)
