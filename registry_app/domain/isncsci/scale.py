"""Completeness and the ASIA Impairment Scale, as sets (RULES.md 1.5, 1.6, 2.4).

Why sides can be looked at one by one: that sensation is preserved in S4-5 never
forbids an end of the walk (a dermatome that can be felt and can be not normal can be
both), and that some muscle works more than three levels below costs nothing: a grade
between 0 and a higher one can be 1, which does not count as 3.
"""

from typing import Final

from registry_app.domain.isncsci.domains import MUSCLES, Muscles
from registry_app.domain.isncsci.levels import INT, Ends, lesser, walk

GRADES: Final = ("A", "B", "C", "D", "E")
A, B, C, D, E = (1 << n for n in range(5))
COMPLETENESS: Final = ("C", "I")
COMPLETE, INCOMPLETE = 1, 2


def more_than_three_above(caudal: int) -> int:
    """The motor levels that have one of `caudal` more than three levels below them."""
    length = caudal.bit_length()
    return (1 << length - 4) - 1 if length > 4 else 0


def can_be_quiet(motor: int, must_work: int) -> bool:
    """Whether nothing may work more than three levels below one of the levels."""
    return (motor << 4).bit_length() > must_work.bit_length()


def can_work(motor: int, can: int) -> bool:
    """Whether something can work more than three levels below one of the levels."""
    return bool(motor & more_than_three_above(can))


def functioning(ends: Ends, sensory: int, muscle: Muscles, non_key: int) -> Ends:
    """The ends with motor function more than three levels below the motor level.

    `ends` themselves, the same object, when all of them can have it.
    """
    above = more_than_three_above(muscle.can1 | non_key)
    if not ends.motor & ~above:
        return ends
    return walk(sensory, muscle, above)


def half_or_less(one: Ends, other: Ends, right: Muscles, left: Muscles) -> int:
    """C and D, as far as the two sides can come to them in one world (1.6, step 5).

    C: fewer than half of the key muscles below the NLI are 3 or more. All of them can
    have their least grade at once. D: as many as can be, but one less for a dear end.
    """
    free = lesser(one.free, other.free)
    dear = twice = 0
    if one.dear or other.dear:
        dear = lesser(one.dear, other.free) | lesser(one.free, other.dear)
        twice = lesser(one.dear, other.dear)
    levels = (free | dear | twice) & ~INT
    grades = 0
    while levels:
        # The same muscles are below all the levels down to the next key muscle.
        below = MUSCLES & -((levels & -levels) << 1)
        run = levels & ((below & -below) - 1)
        levels ^= run
        half = below.bit_count()
        good = (right.must3 & below).bit_count() + (left.must3 & below).bit_count()
        if good < half:
            grades |= C
        good = (right.can3 & below).bit_count() + (left.can3 & below).bit_count()
        if good >= half and (
            free & run
            or (good > half and dear & run)
            or (good > half + 1 and twice & run)
        ):
            grades |= D
    return grades
