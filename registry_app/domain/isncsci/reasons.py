"""The rule that decided a field which is certain, in a sentence.

Most sentences follow from the value alone: where all possible exams agree on a level,
the scores around it cannot vary either, for they are independent of each other.
"""

from typing import Final

from registry_app.domain.isncsci.classify import halves
from registry_app.domain.isncsci.display import (
    Said,
    item_said,
    level_said,
    side_said,
)
from registry_app.domain.isncsci.domains import ASSUMED, BIT, MUSCLES
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.levels import S3
from registry_app.domain.isncsci.result import Classification
from registry_app.domain.isncsci.segments import (
    DAP,
    KEY_MUSCLES,
    SEGMENTS,
    VAC,
    Modality,
    Side,
    score_item,
)
from registry_app.domain.isncsci.zones import motor_zone
from registry_app.domain.message import Message, say

#: Where sensation stops the motor level after five good muscles (1.3, steps 3 and 6).
_BLOCKS: Final = {"T1": ("C5", "T2"), "S1": ("L2", "S2")}
_LEVELS: Final = ("sensory_right", "sensory_left", "motor_right", "motor_left")


def _below(level: str) -> str:
    return SEGMENTS[SEGMENTS.index(level) + 1]


class Certain:
    """The reasons for the certain fields of one exam."""

    def __init__(self, exam: Exam, result: Classification) -> None:
        self._result = result
        self._values = exam.values
        right, left = halves(exam, ASSUMED)
        self._halves = {Side.RIGHT: right, Side.LEFT: left}

    def reason(self, field: str) -> Message:
        """Why a field has its only value."""
        value = self._result[field].values[0]
        kind, _, end = field.rpartition("_")
        if end in ("right", "left"):
            side = Side.RIGHT if end == "right" else Side.LEFT
            return {
                "sensory": self._sensory,
                "motor": self._motor,
                "zpp_sensory": self._sensory_zone,
                "zpp_motor": self._motor_zone,
            }[kind](side, value)
        if field == "nli":
            return self._nli(value)
        return (
            self._completeness(value) if field == "completeness" else self._ais(value)
        )

    def _sensory(self, side: Side, level: str) -> Message:
        if level == "INT":
            return say("explain.sensory-intact", side=side_said(side))
        return say(
            "explain.sensory",
            side=side_said(side),
            below=level_said(_below(level)),
            level=level,
        )

    def _motor(self, side: Side, level: str) -> Message:
        about = {"side": side_said(side), "level": level_said(level)}
        half = self._halves[side]
        if level == "INT":
            return say("explain.motor-intact", **about)
        if level == "S3" and half.sensory & BIT["INT"]:
            # VAC is No then, or INT would be possible.
            only = half.sensory == BIT["INT"]
            return say("explain.motor-no-vac" if only else "explain.motor-s3", **about)
        below = _below(level)
        if level in KEY_MUSCLES and not half.muscles.can5 & BIT[level]:
            # Above C5 there is only the neck, which has no key muscle.
            if level == KEY_MUSCLES[0]:
                return say("explain.motor-grade-c5", **about)
            return say("explain.motor-grade", **about)
        if below in KEY_MUSCLES and level not in ("INT", "S3"):
            return say("explain.motor-below", **about, below=below)
        if level in _BLOCKS:
            first, last = _BLOCKS[level]
            sure = half.muscles.must5 & BIT[level]
            key = "explain.motor-block" if sure else "explain.motor-block-any"
            return say(key, **about, first=first, last=last)
        return say("explain.motor-dermatome", **about, below=level_said(below))

    def _nli(self, level: str) -> Message:
        levels = [self._result[field] for field in _LEVELS]
        if not all(possible.certain for possible in levels):
            return say("explain.nli-any", level=level_said(level))
        names = {
            field.replace("_", "-"): level_said(possible.values[0])
            for field, possible in zip(_LEVELS, levels, strict=True)
        }
        return say("explain.nli", level=level_said(level), **names)

    def _completeness(self, value: str) -> Message:
        if value == "C":
            return say("explain.complete")
        if self._values.get(VAC) == "Yes":
            return say("explain.incomplete-vac")
        if self._values.get(DAP) == "Yes":
            return say("explain.incomplete-dap")
        for side in Side:
            felt = self._felt_at_s4_5(side)
            if felt:
                return say("explain.incomplete-sacral", item=felt)
        raise AssertionError("an incomplete injury has a finding that makes it so")

    def _felt_at_s4_5(self, side: Side) -> Message | None:
        """The score of S4-5 that is sure to be more than 0."""
        half = self._halves[side]
        for column, modality in (
            (half.touch, Modality.LIGHT_TOUCH),
            (half.pin, Modality.PIN_PRICK),
        ):
            if column[-1] in "12":
                return item_said(score_item(side, modality, "S4_5"))
        return None

    def _ais(self, grade: str) -> Message:
        if grade in "ABE":
            return say(f"explain.ais-{grade.lower()}")
        why = self._motor_incomplete()
        nli = self._result["nli"]
        if not nli.certain:
            return say(f"explain.ais-{grade.lower()}", why=why)
        below = MUSCLES & -(BIT[nli.values[0]] << 1)
        halves_ = self._halves.values()
        least = sum((h.muscles.must3 & below).bit_count() for h in halves_)
        most = sum((h.muscles.can3 & below).bit_count() for h in halves_)
        level = level_said(nli.values[0])
        if not below:
            return say("explain.ais-d-none", why=why, level=level)
        if least != most:
            return say(f"explain.ais-{grade.lower()}", why=why)
        return say(
            f"explain.ais-{grade.lower()}-counted",
            why=why,
            level=level,
            good=least,
            all=2 * below.bit_count(),
        )

    def _motor_incomplete(self) -> Message:
        """What is sure to make it motor incomplete (1.6, step 3)."""
        if self._values.get(VAC) == "Yes":
            return say("explain.by-vac")
        for side, half in self._halves.items():
            works = half.muscles.must1 | half.non_key
            lowest = works.bit_length() - 1
            field = "motor_right" if side is Side.RIGHT else "motor_left"
            level = self._result[field].values[-1]
            if level != "INT" and lowest >= BIT[level].bit_length() + 3:
                name = next(s for s in KEY_MUSCLES if BIT[s] == 1 << lowest)
                muscle = half.muscles.must1 & BIT[name]
                key = "explain.by-muscle" if muscle else "explain.by-non-key"
                return say(key, side=side_said(side), level=name)
        return say("explain.by-any")

    def _sensory_zone(self, side: Side, value: str) -> Message:
        about = {"side": side_said(side)}
        if value != "NA":
            key = (
                "explain.zone-sensory-none" if value == "C1" else "explain.zone-sensory"
            )
            return say(key, **about, level=value)
        if self._values.get(DAP) == "Yes":
            return say("explain.zone-sensory-dap", **about)
        felt = self._felt_at_s4_5(side)
        if felt is None:
            raise AssertionError("a sensory zone that does not apply has a reason")
        return say("explain.zone-sensory-felt", **about, item=felt)

    def _motor_zone(self, side: Side, value: str) -> Message:
        about: dict[str, Said] = {"side": side_said(side)}
        if value == "NA":
            return say("explain.zone-motor-vac", **about)
        about["level"] = value
        half = self._halves[side]
        level = half.ends.motor | (S3 if half.ends.intact else 0)
        usual = motor_zone(level, half.muscles)
        bit = BIT[value]
        if half.non_key == bit and usual & ~bit:
            key = "zone-motor-any" if usual & bit else "zone-motor-non-key"
        elif half.muscles.must1 & bit:
            key = "zone-motor-muscle"
        elif level == bit:
            key = "zone-motor-level"
        else:
            key = "zone-motor-any"
        return say(f"explain.{key}", **about)
