"""Segments of the spinal cord, and the places of the ISNCSCI sheet named after them.

An *item* is one place where something is written. Its name is the name of the column
in an import file: ``R_LT_C2`` is right light touch C2, ``L_M_S1`` left motor S1,
``R_NK`` the lowest non-key muscle with motor function on the right.
(RULES.md 1.1: order and names; [R21].)
"""

from enum import StrEnum
from typing import Final


class Side(StrEnum):
    """Of the patient, not of the examiner."""

    RIGHT = "R"
    LEFT = "L"


class Modality(StrEnum):
    """What is tested in a segment."""

    MOTOR = "M"
    LIGHT_TOUCH = "LT"
    PIN_PRICK = "PP"


#: All 29 names, rostral to caudal. C1 has neither dermatome nor muscle.
SEGMENTS: Final = tuple(
    [f"C{n}" for n in range(1, 9)]
    + [f"T{n}" for n in range(1, 13)]
    + [f"L{n}" for n in range(1, 6)]
    + ["S1", "S2", "S3", "S4_5"]
)
#: The 28 segments with a dermatome, C2 to S4-5.
DERMATOMES: Final = SEGMENTS[1:]
#: The ten segments with a key muscle.
KEY_MUSCLES: Final = ("C5", "C6", "C7", "C8", "T1", "L2", "L3", "L4", "L5", "S1")
#: Rostral to caudal, with the two results that are no segment: NA first, INT last.
ORDER: Final = {name: n for n, name in enumerate(("NA", *SEGMENTS, "INT"))}

VAC: Final = "VAC"
DAP: Final = "DAP"


def score_item(side: Side, modality: Modality, segment: str) -> str:
    """The item of one score, such as ``R_LT_C2``."""
    return f"{side}_{modality}_{segment}"


def non_key_item(side: Side) -> str:
    """The item of the lowest non-key muscle of one side."""
    return f"{side}_NK"


def segments_of(modality: Modality) -> tuple[str, ...]:
    """The segments that have a place for this modality."""
    return KEY_MUSCLES if modality is Modality.MOTOR else DERMATOMES


#: The 132 scores, a side after the other, in the order motor, light touch, pin prick.
SCORE_ITEMS: Final = tuple(
    score_item(side, modality, segment)
    for side in Side
    for modality in Modality
    for segment in segments_of(modality)
)
NON_KEY_ITEMS: Final = tuple(non_key_item(side) for side in Side)
#: What is needed for a classification; the non-key muscles are optional.
NEEDED_ITEMS: Final = (*SCORE_ITEMS, VAC, DAP)
ITEMS: Final = (*NEEDED_ITEMS, *NON_KEY_ITEMS)
