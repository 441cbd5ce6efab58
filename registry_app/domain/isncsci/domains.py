"""What a written score can stand for, and sets of levels as bits of an integer.

A written score stands for every score between a least and a greatest one (RULES.md
2.1), in one of two readings: *assumed* for the classification, *examined* for what was
seen. All the domains are intervals; levels.py and scale.py build on that.

A set of levels is an integer: bit 1 is C1, bit 28 is S3, bit 29 is INT (S4-5 itself is
never a level, and INT is where the walk ends that finds nothing before it), bit 0 is
NA. A key muscle has the bit of its segment.
"""

from collections.abc import Mapping
from enum import StrEnum
from operator import getitem
from typing import Final, NamedTuple

from registry_app.domain.isncsci.exam import MOTOR_CODES, OPEN
from registry_app.domain.isncsci.segments import DERMATOMES, KEY_MUSCLES, SEGMENTS


class Reading(StrEnum):
    """Which of the two meanings of a starred score is taken."""

    ASSUMED = "assumed"
    EXAMINED = "examined"


#: Level to its bit. S4-5 has none; see above.
LEVELS: Final = ("NA", *SEGMENTS[:-1], "INT")
BIT: Final = {level: 1 << n for n, level in enumerate(LEVELS)}
MUSCLES: Final = sum(BIT[s] for s in KEY_MUSCLES)


def upto(level: str) -> int:
    """Every level down to this one, NA left out."""
    return (BIT[level] << 1) - 2


def interval(written: str, normal: int, reading: Reading) -> tuple[int, int]:
    """The least and the greatest score that `written` stands for; `normal` is 2 or 5.

    An open cell (an empty string) and UNK stand for every score, as NT does.
    """
    stars = written.count("*")
    score = written.rstrip("*")
    unknown = score in ("", "NT", "UNK")
    if stars and reading is Reading.ASSUMED:
        if stars == 2:
            return normal, normal
        return (0 if unknown else int(score)), normal - 1
    return (0, normal) if unknown else (int(score), int(score))


# --- Dermatomes: a column is a string of 28 characters, one a dermatome -------------

#: Column characters to 0, 1, 2, "-" for {0, 1} and "?" for {0, 1, 2}.
_EXAMINED_SENSORY: Final = str.maketrans("abfghl!.", "01?01???")
SENSORY: Final[Mapping[Reading, dict[int, int]]] = {
    Reading.ASSUMED: str.maketrans("abfghl!.", "-1-222??"),
    Reading.EXAMINED: _EXAMINED_SENSORY,
}
_CAN_BE_NORMAL: Final = str.maketrans("012-?", "00101")
_CAN_BE_ABNORMAL: Final = str.maketrans("012-?", "11011")
_CAN_BE_FELT: Final = str.maketrans("012-?", "01111")
_MUST_BE_FELT: Final = str.maketrans("012-?", "01100")
_END: Final = 1 << len(DERMATOMES)


def first_abnormal(light_touch: str, pin_prick: str) -> int:
    """The levels right above each dermatome that can be the first not normal one.

    INT when all can be normal. (RULES.md 1.2 and 2.4, sensory level.)
    """
    sure = min(
        28 - len(light_touch.lstrip("2")),
        28 - len(pin_prick.lstrip("2")),
    )
    if sure == 28 or light_touch[sure] in "01-" or pin_prick[sure] in "01-":
        return 2 << sure
    down, up = light_touch[::-1], pin_prick[::-1]
    normal = int(down.translate(_CAN_BE_NORMAL), 2) & int(
        up.translate(_CAN_BE_NORMAL), 2
    )
    abnormal = int(down.translate(_CAN_BE_ABNORMAL), 2) | int(
        up.translate(_CAN_BE_ABNORMAL), 2
    )
    # normal ^ (normal + 1): the unbroken run from C2 down, and the one after it.
    return ((normal ^ (normal + 1)) & (abnormal | _END)) << 1


def lowest_felt(light_touch: str, pin_prick: str) -> int:
    """Each dermatome above S4-5 that can be the most caudal one felt; C1 for none."""
    lt, pp = light_touch[:27], pin_prick[:27]
    lowest = max(len(lt.rstrip("0")), len(pp.rstrip("0")))
    if not lowest or lt[lowest - 1] in "12" or pp[lowest - 1] in "12":
        return 2 << lowest
    down, up = lt[::-1], pp[::-1]
    can = int(down.translate(_CAN_BE_FELT), 2) | int(up.translate(_CAN_BE_FELT), 2)
    must = int(down.translate(_MUST_BE_FELT), 2) | int(up.translate(_MUST_BE_FELT), 2)
    # One place further down, and C1 as a dermatome that is always "felt".
    can, must = can << 2 | 2, must << 2 | 2
    return can & -(1 << must.bit_length() - 1)


# --- Key muscles: ten characters become a handful of bit sets by one addition -------


class Muscles(NamedTuple):
    """The key muscles of one side, as sets: which of them can, or must, be so good."""

    can1: int
    must1: int
    can3: int
    must3: int
    can5: int
    must5: int
    #: Least and greatest sum, arm and leg.
    arm_low: int
    arm_high: int
    leg_low: int
    leg_high: int


_FIELD: Final = 32
_SET: Final = (1 << _FIELD) - 1


def _packed(segment: str, written: str, reading: Reading) -> int:
    low, high = interval(written, 5, reading)
    sets = (high >= 1, low >= 1, high >= 3, low >= 3, high >= 5, low >= 5)
    sums = (low, high, 0, 0) if segment in KEY_MUSCLES[:5] else (0, 0, low, high)
    fields = [BIT[segment] if is_in else 0 for is_in in sets] + list(sums)
    return sum(field << _FIELD * n for n, field in enumerate(fields))


_PACKED: Final = {
    reading: [
        {OPEN: _packed(segment, "", reading)}
        | {c: _packed(segment, v, reading) for v, c in MOTOR_CODES.items()}
        for segment in KEY_MUSCLES
    ]
    for reading in Reading
}


def muscles(column: str, reading: Reading) -> Muscles:
    """The ten key muscles of one side in one reading."""
    p = sum(map(getitem, _PACKED[reading], column))
    return Muscles(
        p & _SET,
        p >> 32 & _SET,
        p >> 64 & _SET,
        p >> 96 & _SET,
        p >> 128 & _SET,
        p >> 160 & _SET,
        p >> 192 & _SET,
        p >> 224 & _SET,
        p >> 256 & _SET,
        p >> 288,
    )
