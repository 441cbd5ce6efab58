"""An exam into its classification: every field as the set of its possible values.

The steps stand in levels.py, scale.py and zones.py; here they are put together for one
reading of the scores, and the two readings are compared for the star (RULES.md 2.3).
"""

from functools import lru_cache
from typing import Final

from registry_app.domain.isncsci.domains import (
    ASSUMED,
    BIT,
    EXAMINED,
    LEVELS,
    Meaning,
    Muscles,
    first_abnormal,
    muscles,
)
from registry_app.domain.isncsci.exam import OPEN, Exam
from registry_app.domain.isncsci.levels import (
    INT,
    S3,
    Ends,
    completed,
    neurological_levels,
    walk,
)
from registry_app.domain.isncsci.result import FIELDS, Classification, Possible
from registry_app.domain.isncsci.scale import (
    COMPLETE,
    COMPLETENESS,
    GRADES,
    INCOMPLETE,
    A,
    B,
    E,
    can_be_quiet,
    can_work,
    functioning,
    half_or_less,
)
from registry_app.domain.isncsci.segments import KEY_MUSCLES
from registry_app.domain.isncsci.totals import totals
from registry_app.domain.isncsci.zones import (
    NA,
    motor_zone,
    motor_zone_beside_non_key,
    sensory_zone,
)

_ByByte = tuple[tuple[tuple[str, ...], ...], ...]

_NON_KEY: Final = {OPEN: 0} | {str(n): BIT[s] for n, s in enumerate(KEY_MUSCLES)}
#: The names of the values of each field, by bit.
_NAMES: Final = tuple(
    {"completeness": COMPLETENESS, "ais": GRADES}.get(field, LEVELS) for field in FIELDS
)
#: The results of one value, by field and set: most results are one of these.
_SURE: Final = tuple(
    {1 << n: Possible((name,)) for n, name in enumerate(names)} for names in _NAMES
)


def _by_byte(names: tuple[str, ...]) -> _ByByte:
    """For each byte of a set, the names that its bits stand for."""
    return tuple(
        tuple(
            tuple(name for n, name in enumerate(names[at : at + 8]) if byte >> n & 1)
            for byte in range(256)
        )
        for at in range(0, 32, 8)
    )


_BY_BYTE: Final = {names: _by_byte(names) for names in set(_NAMES)}
_NAMES_BY_BYTE: Final = tuple(_BY_BYTE[names] for names in _NAMES)


# The window classifies a sheet at each key, and the save of that sheet asks again.
@lru_cache(maxsize=16)
def classify(exam: Exam) -> Classification:
    """Parts 1 and 2 of the rules, for an exam with anything open or starred.

    Open items are taken as not testable, and named in `missing`.
    """
    code = exam.code
    right, left = _right(code, EXAMINED), _left(code, EXAMINED)
    sums = totals(
        right.muscles, left.muscles, (right.touch, left.touch, right.pin, left.pin)
    )
    examined = assumed = _fields(right, left, code[132], code[133])
    # Letters stand for starred scores only: a half without one is the same both ways.
    plain = code.upper()
    if code != plain:
        if code[:66] != plain[:66]:
            right = _right(code, ASSUMED)
        if code[66:] != plain[66:]:
            left = _left(code, ASSUMED)
        assumed = _fields(right, left, code[132], code[133])
    if assumed == examined:
        fields = {
            field: sure.get(bits) or Possible(_values(bits, names))
            for field, bits, sure, names in zip(
                FIELDS, assumed, _SURE, _NAMES_BY_BYTE, strict=True
            )
        }
    else:
        fields = {
            field: Possible(_values(bits, names), bits != seen)
            for field, bits, seen, names in zip(
                FIELDS, assumed, examined, _NAMES_BY_BYTE, strict=True
            )
        }
    return Classification(fields, sums, exam.missing)


def _values(bits: int, names: _ByByte) -> tuple[str, ...]:
    """The names of the bits that are set, a byte at a time."""
    first, second, third, fourth = names
    return (
        first[bits & 255]
        + second[bits >> 8 & 255]
        + third[bits >> 16 & 255]
        + fourth[bits >> 24]
    )


class Half:
    """One side in one reading: its scores as sets, and how far they are intact."""

    __slots__ = ("ends", "muscles", "non_key", "pin", "sacral", "sensory", "touch")

    def __init__(self, muscles: Muscles, touch: str, pin: str, non_key: int) -> None:
        self.muscles = muscles
        self.touch = touch
        self.pin = pin
        self.sacral = touch[27] + pin[27]
        #: The segment of the non-key muscle, or no level.
        self.non_key = non_key
        #: Sensory levels; INT where all can be normal, whatever VAC is.
        self.sensory = first_abnormal(touch, pin)
        self.ends = walk(self.sensory, muscles)


def halves(exam: Exam, meaning: Meaning) -> tuple[Half, Half]:
    """The right and the left half of an exam in one reading."""
    return _right(exam.code, meaning), _left(exam.code, meaning)


def _right(code: str, meaning: Meaning) -> Half:
    read = code[:66].translate(meaning.dermatomes)
    non_key = _NON_KEY[code[134]]
    return Half(muscles(code[:10], meaning), read[10:38], read[38:], non_key)


def _left(code: str, meaning: Meaning) -> Half:
    read = code[66:132].translate(meaning.dermatomes)
    non_key = _NON_KEY[code[135]]
    return Half(muscles(code[66:76], meaning), read[10:38], read[38:], non_key)


def _fields(right: Half, left: Half, vac: str, dap: str) -> tuple[int, ...]:
    """The set of each of FIELDS, as bits, in their order."""
    sacral = right.sacral + left.sacral
    can_feel = dap != "0" or sacral != "0000"
    must_feel = dap == "1" or "1" in sacral or "2" in sacral
    motor_right = motor_left = nli = ais = zone_right = zone_left = 0
    if vac != "0":
        one, other = completed(right.ends, INT), completed(left.ends, INT)
        motor_right, motor_left = one.motor, other.motor
        nli = neurological_levels(one, other)
        ais = half_or_less(one, other, right.muscles, left.muscles)
        if nli & INT:
            ais |= E
        zone_right = zone_left = NA
    if vac != "1":
        one, other = completed(right.ends, S3), completed(left.ends, S3)
        motor_right |= one.motor
        motor_left |= other.motor
        nli |= neurological_levels(one, other)
        if not must_feel:
            ais |= A
        if can_feel:
            ais |= _grades_without_vac(right, left, one, other)
        if can_feel and (right.non_key or left.non_key):
            zone_right |= _zone_beside(right, left, one, other, must_feel)
            zone_left |= _zone_beside(left, right, other, one, must_feel)
        else:
            zone_right |= motor_zone(one.motor, right.muscles)
            zone_left |= motor_zone(other.motor, left.muscles)
    completeness = COMPLETE if ais & A else 0
    if vac != "0" or can_feel:
        completeness |= INCOMPLETE
    return (
        right.sensory,
        left.sensory,
        motor_right,
        motor_left,
        nli,
        completeness,
        ais,
        sensory_zone(right.touch, right.pin, dap),
        sensory_zone(left.touch, left.pin, dap),
        zone_right,
        zone_left,
    )


def _grades_without_vac(right: Half, left: Half, one: Ends, other: Ends) -> int:
    """B, C and D where VAC is No and sensation is preserved (1.6, step 3)."""
    grades = 0
    if can_be_quiet(one.motor, right.muscles.must1 | right.non_key) and can_be_quiet(
        other.motor, left.muscles.must1 | left.non_key
    ):
        grades = B
    works = functioning(one, right.sensory, right.muscles, right.non_key)
    if works.motor:
        grades |= half_or_less(works, other, right.muscles, left.muscles)
    if works is one:
        return grades
    works = functioning(other, left.sensory, left.muscles, left.non_key)
    if works.motor:
        grades |= half_or_less(one, works, right.muscles, left.muscles)
    return grades


def _zone_beside(
    side: Half, beside: Half, ends: Ends, ends_beside: Ends, must_feel: bool
) -> int:
    """The motor ZPP of one side where VAC is No and there is a non-key muscle."""
    return motor_zone_beside_non_key(
        ends.motor,
        side.muscles,
        side.non_key,
        only_this_side=must_feel
        and not can_work(ends_beside.motor, beside.muscles.can1),
        other_rests=can_be_quiet(ends_beside.motor, beside.muscles.must1),
    )
