"""What a written score can stand for, and sets of levels as bits of an integer.

A written score stands for every score between a least and a greatest one (RULES.md
2.1), in one of two readings: *assumed* for the classification, *examined* for what was
seen. All the domains are intervals; levels.py and scale.py build on that.

A set of levels is an integer: bit 1 is C1, bit 28 is S3, bit 29 is INT (S4-5 itself is
never a level, and INT is where the walk ends that finds nothing before it), bit 0 is
NA. A key muscle has the bit of its segment.
"""

from enum import StrEnum
from operator import getitem
from struct import Struct
from typing import Final, NamedTuple

from registry_app.domain.isncsci.exam import MOTOR_CODES, OPEN
from registry_app.domain.isncsci.segments import KEY_MUSCLES, SEGMENTS


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


# --- Dermatomes: a column is a string of 28 characters, one a dermatome: 0, 1, 2, ----
# --- "-" for {0, 1}, "?" for {0, 1, 2} ----------------------------------------------


def first_abnormal(touch: str, pin: str) -> int:
    """The levels right above each dermatome that can be the first not normal one.

    INT when all can be normal. (RULES.md 1.2 and 2.4, sensory level.)
    """
    sure = 28 - max(len(touch.lstrip("2")), len(pin.lstrip("2")))
    levels = 0
    for n in range(sure, 28):
        one, other = touch[n], pin[n]
        if one in "01-" or other in "01-":
            return levels | 2 << n
        if one == "?" or other == "?":
            levels |= 2 << n
    return levels | BIT["INT"]


def lowest_felt(touch: str, pin: str) -> int:
    """Each dermatome above S4-5 that can be the most caudal one felt; C1 for none."""
    zones = 0
    for n in range(max(len(touch[:27].rstrip("0")), len(pin[:27].rstrip("0"))), 0, -1):
        one, other = touch[n - 1], pin[n - 1]
        if one in "12" or other in "12":
            return zones | 2 << n
        if one != "0" or other != "0":
            zones |= 2 << n
    return zones | BIT["C1"]


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


_FIELDS: Final = Struct(f"<{len(Muscles._fields)}I")
_SIZE: Final = _FIELDS.size


def _packed(segment: str, written: str, reading: Reading) -> int:
    """What one muscle adds to each field of Muscles, in one number."""
    low, high = interval(written, 5, reading)
    sets = (high >= 1, low >= 1, high >= 3, low >= 3, high >= 5, low >= 5)
    sums = (low, high, 0, 0) if segment in KEY_MUSCLES[:5] else (0, 0, low, high)
    fields = [BIT[segment] if is_in else 0 for is_in in sets]
    return int.from_bytes(_FIELDS.pack(*fields, *sums), "little")


def _packed_muscles(reading: Reading) -> list[dict[str, int]]:
    written = {OPEN: ""} | {c: v for v, c in MOTOR_CODES.items()}
    return [
        {c: _packed(segment, v, reading) for c, v in written.items()}
        for segment in KEY_MUSCLES
    ]


class Meaning(NamedTuple):
    """The tables of one reading: for a column of dermatomes, and of key muscles."""

    dermatomes: dict[int, int]
    muscles: list[dict[str, int]]


#: 0, 1, 2, "-" for {0, 1} and "?" for {0, 1, 2}, from the characters of an exam.
ASSUMED: Final = Meaning(
    str.maketrans("abfghl!.", "-1-222??"), _packed_muscles(Reading.ASSUMED)
)
EXAMINED: Final = Meaning(
    str.maketrans("abfghl!.", "01?01???"), _packed_muscles(Reading.EXAMINED)
)


def muscles(column: str, meaning: Meaning) -> Muscles:
    """The ten key muscles of one side in one reading."""
    fields = sum(map(getitem, meaning.muscles, column))
    unpacked = _FIELDS.unpack(fields.to_bytes(_SIZE, "little"))
    # As Muscles(*unpacked), in half the time.
    return tuple.__new__(Muscles, unpacked)
