"""An exam into its classification: every field as the set of its possible values.

The steps stand in levels.py, scale.py and zones.py; here they are put together for one
reading of the scores, and the two readings are compared for the star (RULES.md 2.3).
"""

from typing import Final

from registry_app.domain.isncsci.domains import (
    BIT,
    LEVELS,
    SENSORY,
    Reading,
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
from registry_app.domain.isncsci.segments import KEY_MUSCLES, NEEDED_ITEMS
from registry_app.domain.isncsci.totals import totals
from registry_app.domain.isncsci.zones import (
    NA,
    motor_zone,
    motor_zone_beside_non_key,
    sensory_zone,
)

_NEEDED: Final = len(NEEDED_ITEMS)
_NON_KEY: Final = {OPEN: 0} | {str(n): BIT[s] for n, s in enumerate(KEY_MUSCLES)}
#: The names of the values of each field, by bit.
_NAMES: Final = tuple(
    {"completeness": COMPLETENESS, "ais": GRADES}.get(field, LEVELS) for field in FIELDS
)
#: The results of one value, by field and set: most of all results.
_SURE: Final = tuple(
    {1 << n: Possible((name,)) for n, name in enumerate(names)} for names in _NAMES
)


def classify(exam: Exam) -> Classification:
    """Parts 1 and 2 of the rules, for an exam with anything open or starred.

    Open items are taken as not testable, and named in `missing`.
    """
    code = exam.code
    # Letters stand for starred scores only: without one both readings are the same.
    starred = code.islower()
    examined = _Reading(code, Reading.EXAMINED)
    seen = examined.fields()
    assumed = _Reading(code, Reading.ASSUMED).fields() if starred else seen
    return Classification(
        {
            field: sure.get(bits) or _several(bits, names)
            for field, bits, sure, names in zip(
                FIELDS, seen, _SURE, _NAMES, strict=True
            )
        }
        if assumed == seen
        else {
            field: Possible(_several(bits, names).values, bits != other)
            for field, bits, other, names in zip(
                FIELDS, assumed, seen, _NAMES, strict=True
            )
        },
        totals(examined.right, examined.left, examined.columns),
        exam.missing if OPEN in code else (),
    )


def _several(bits: int, names: tuple[str, ...]) -> Possible:
    return Possible(tuple(name for n, name in enumerate(names) if bits >> n & 1))


class _Reading:
    """One reading of an exam: its columns and muscles, and the fields they give."""

    __slots__ = ("columns", "dap", "left", "non_key", "right", "vac")

    def __init__(self, code: str, reading: Reading) -> None:
        table = SENSORY[reading]
        self.columns = (
            code[10:38].translate(table),
            code[38:66].translate(table),
            code[76:104].translate(table),
            code[104:132].translate(table),
        )
        self.right = muscles(code[:10], reading)
        self.left = muscles(code[66:76], reading)
        self.vac, self.dap = code[132], code[133]
        self.non_key = _NON_KEY[code[134]], _NON_KEY[code[135]]

    def fields(self) -> tuple[int, ...]:
        """The set of each of FIELDS, as bits, in their order."""
        lt_right, pp_right, lt_left, pp_left = self.columns
        right, left, vac = self.right, self.left, self.vac
        sensory_right = first_abnormal(lt_right, pp_right)
        sensory_left = first_abnormal(lt_left, pp_left)
        open_right = walk(sensory_right, right)
        open_left = walk(sensory_left, left)
        sacral = lt_right[27] + pp_right[27] + lt_left[27] + pp_left[27]
        can_feel = self.dap != "0" or sacral != "0000"
        must_feel = self.dap == "1" or "1" in sacral or "2" in sacral

        motor_right = motor_left = nli = ais = zone_right = zone_left = 0
        if vac != "0":
            ends_right = completed(open_right, INT)
            ends_left = completed(open_left, INT)
            motor_right, motor_left = ends_right.motor, ends_left.motor
            nli = neurological_levels(ends_right, ends_left)
            ais = half_or_less(ends_right, ends_left, right, left)
            if nli & INT:
                ais |= E
            zone_right = zone_left = NA
        if vac != "1":
            ends_right = completed(open_right, S3)
            ends_left = completed(open_left, S3)
            motor_right |= ends_right.motor
            motor_left |= ends_left.motor
            nli |= neurological_levels(ends_right, ends_left)
            if not must_feel:
                ais |= A
            if can_feel:
                ais |= self._without_vac(
                    (ends_right, ends_left), (sensory_right, sensory_left)
                )
            zones = self._motor_zones(ends_right, ends_left, can_feel, must_feel)
            zone_right |= zones[0]
            zone_left |= zones[1]
        completeness = COMPLETE if ais & A else 0
        if vac != "0" or can_feel:
            completeness |= INCOMPLETE
        return (
            sensory_right,
            sensory_left,
            motor_right,
            motor_left,
            nli,
            completeness,
            ais,
            sensory_zone(lt_right, pp_right, self.dap),
            sensory_zone(lt_left, pp_left, self.dap),
            zone_right,
            zone_left,
        )

    def _without_vac(self, ends: tuple[Ends, Ends], sensory: tuple[int, int]) -> int:
        """B, C, D where VAC is No and sensation is preserved (1.6, step 3)."""
        (ends_right, ends_left), (non_key_right, non_key_left) = ends, self.non_key
        right, left = self.right, self.left
        grades = 0
        if can_be_quiet(ends_right.motor, right.must1 | non_key_right) and can_be_quiet(
            ends_left.motor, left.must1 | non_key_left
        ):
            grades = B
        works_right = functioning(ends_right, sensory[0], right, non_key_right)
        works_left = functioning(ends_left, sensory[1], left, non_key_left)
        if works_right.motor:
            grades |= half_or_less(works_right, ends_left, right, left)
        if works_left.motor:
            grades |= half_or_less(ends_right, works_left, right, left)
        return grades

    def _motor_zones(
        self, right: Ends, left: Ends, can_feel: bool, must_feel: bool
    ) -> tuple[int, int]:
        """The motor ZPPs where VAC is No, non-key muscles and all (1.8)."""
        non_key_right, non_key_left = self.non_key
        if not can_feel or not (non_key_right or non_key_left):
            return (
                motor_zone(right.motor, self.right),
                motor_zone(left.motor, self.left),
            )
        return (
            motor_zone_beside_non_key(
                right.motor,
                self.right,
                non_key_right,
                must_feel and not can_work(left.motor, self.left.can1),
                can_be_quiet(left.motor, self.left.must1),
            ),
            motor_zone_beside_non_key(
                left.motor,
                self.left,
                non_key_left,
                must_feel and not can_work(right.motor, self.right.can1),
                can_be_quiet(right.motor, self.right.must1),
            ),
        )
