"""Worked examples of the ISNCSCI rules, a table; docs/isncsci.md names the sources.

[LC n] learning case n written by members of ASIA's standards committee, [P n] Praxis
validation case n. Each exam is made here from a description, none is copied: intact
down to a level, 0 below it, then the exceptions.
"""

from dataclasses import dataclass, field

import pytest

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.segments import DERMATOMES, KEY_MUSCLES, ORDER


def intact_to(level, motor_level=None, **exceptions):
    """Both sides normal down to a level, 0 below, VAC No and DAP No."""
    values = {"VAC": "No", "DAP": "No"}
    for side in "RL":
        for segment in DERMATOMES:
            score = "2" if ORDER[segment] <= ORDER[level] else "0"
            values |= {f"{side}_{m}_{segment}": score for m in ("LT", "PP")}
        for segment in KEY_MUSCLES:
            normal = ORDER[segment] <= ORDER[motor_level or level]
            values[f"{side}_M_{segment}"] = "5" if normal else "0"
    return values | exceptions


def dermatome(side, segment, score):
    return {f"{side}_LT_{segment}": score, f"{side}_PP_{segment}": score}


def sacral(score):
    return dermatome("R", "S4_5", score) | dermatome("L", "S4_5", score)


def both(segment, grade):
    return {f"R_M_{segment}": grade, f"L_M_{segment}": grade}


@dataclass
class Case:
    says: str
    values: dict
    result: dict = field(default_factory=dict)


CASES = [
    # --- 1.2 sensory level
    Case(
        "C2 not normal gives C1 [LC 14]",
        intact_to("C2", R_LT_C2="1"),
        {"sensory_right": "C1", "sensory_left": "C2", "nli": "C1"},
    ),
    Case(
        "everything normal is INT, and E [LC 15]",
        intact_to("S4_5", VAC="Yes", DAP="Yes"),
        {"sensory_right": "INT", "motor_left": "INT", "nli": "INT", "ais": "E"},
    ),
    # --- 1.3 motor level
    Case(
        "C4 sensation impaired gives C3, however strong the arms [LC 12, 18]",
        intact_to("T6", R_PP_C4="1"),
        {"motor_right": "C3", "motor_left": "T6"},
    ),
    Case(
        "C5 of 2 or less gives C4",
        intact_to("C4", "C4", R_M_C5="2"),
        {"motor_right": "C4", "motor_left": "C4"},
    ),
    Case(
        "the most caudal muscle of 3 or more, all above being 5",
        intact_to("C4", "C6", R_M_C7="3", L_M_C7="2"),
        {"motor_right": "C7", "motor_left": "C6", "nli": "C4"},
    ),
    Case(
        "no deferral across impaired sensation in the arms [P 37, 82, 85]",
        intact_to("C6", "T1"),
        {"motor_right": "T1", "motor_left": "T1", "nli": "C6"},
    ),
    Case(
        "in the trunk the sensory level decides [LC 2, 11]",
        intact_to("T6"),
        {"motor_right": "T6", "nli": "T6", "ais": "A"},
    ),
    Case(
        "L2 of 2 or less gives L1",
        intact_to("L1", "L1", R_M_L2="2"),
        {"motor_right": "L1"},
    ),
    Case(
        "no deferral across impaired sensation in the legs [LC 13-praxis]",
        intact_to("L3", "S1", VAC="No", DAP="No"),
        {"motor_right": "S1", "motor_left": "S1", "nli": "L3"},
    ),
    Case(
        "S3 not normal follows sensation: S2",
        intact_to("S2", "S1", DAP="Yes"),
        {"motor_right": "S2", "nli": "S2"},
    ),
    # --- 1.5 and 1.6 completeness and grade
    Case(
        "nothing in S4-5 is complete, A",
        intact_to("C5"),
        {"completeness": "C", "ais": "A"},
    ),
    Case(
        "DAP alone makes it sensory incomplete, B",
        intact_to("T4", DAP="Yes"),
        {"completeness": "I", "ais": "B"},
    ),
    Case(
        "motor level T11: L2 is exactly three below and does not count [LC 11]",
        intact_to("T11", DAP="Yes", **both("L2", "1")),
        {"motor_right": "T11", "ais": "B"},
    ),
    Case(
        "motor level T11: L3 is more than three below",
        intact_to("T11", DAP="Yes", R_M_L3="1"),
        {"ais": "C"},
    ),
    Case(
        "motor level C4: C8 counts [LC 8]",
        intact_to("C4", "C4", DAP="Yes", R_M_C8="1"),
        {"motor_right": "C4", "ais": "C"},
    ),
    Case(
        "exactly half of the key muscles of 3 or more is D [LC 4, 9]",
        intact_to("T6", VAC="Yes", **{f"R_M_{s}": "3" for s in KEY_MUSCLES[5:]}),
        {"ais": "D"},
    ),
    Case(
        "one fewer than half is C",
        intact_to("T6", VAC="Yes", **{f"R_M_{s}": "3" for s in KEY_MUSCLES[6:]}),
        {"ais": "C"},
    ),
    Case(
        "with no key muscle below the NLI, half of none is reached: D",
        intact_to("S2", "S1", VAC="Yes"),
        {"nli": "S2", "ais": "D"},
    ),
    Case(
        "a non-key muscle makes it C, and is the motor ZPP [LC 13]",
        intact_to("T6", DAP="Yes", R_NK="L3"),
        {"ais": "C", "zpp_motor_right": "L3", "zpp_motor_left": "T6"},
    ),
    # --- 1.7 and 1.8 zones
    Case(
        "one side may have a sensory ZPP and the other not [LC 3, 23]",
        intact_to("T6") | dermatome("L", "S4_5", "1") | dermatome("R", "L2", "1"),
        {"zpp_sensory_right": "L2", "zpp_sensory_left": "NA"},
    ),
    Case(
        "sensation nowhere: the zone is C1",
        intact_to("C1"),
        {"zpp_sensory_right": "C1", "zpp_motor_right": "C1", "motor_right": "C1"},
    ),
    Case(
        "a thoracic motor level is its own ZPP when the legs are 0",
        intact_to("T6"),
        {"zpp_motor_right": "T6", "zpp_motor_left": "T6"},
    ),
    Case(
        "the ZPP of motion does not follow sensation below [LC 2, 14]",
        intact_to("T6") | dermatome("R", "L1", "1"),
        {"zpp_motor_right": "T6", "zpp_sensory_right": "L1"},
    ),
    Case(
        "VAC Yes: no motor ZPP; DAP Yes: no sensory one",
        intact_to("T6", VAC="Yes", DAP="Yes"),
        {"zpp_motor_right": "NA", "zpp_sensory_right": "NA"},
    ),
    # --- Part 2 sets and stars
    Case(
        "VAC NT puts NA into the motor ZPP and makes a normal side S3 or INT",
        intact_to("S4_5", VAC="NT", DAP="Yes"),
        {"motor_right": "S3 INT", "zpp_motor_right": "NA S3", "ais": "B E"},
    ),
    Case(
        "NT in S4-5 makes it complete or incomplete if nothing else decides",
        intact_to("T6", R_PP_S4_5="NT"),
        {"completeness": "C I", "ais": "A B", "zpp_sensory_right": "NA T6"},
    ),
    Case(
        "AIS A stays A beside a starred score, and the level has a star [LC 19]",
        intact_to("T6", **both("L2", "0"), R_M_C8="3**"),
        {"motor_right": "T6*", "ais": "A", "zpp_sensory_right": "T6"},
    ),
    # --- Part 4 contested cases
    Case(
        "4.1 all normal, VAC No: both motor levels are S3, so is the NLI",
        intact_to("S4_5", DAP="Yes"),
        {"motor_right": "S3", "nli": "S3", "ais": "B"},
    ),
    Case(
        "4.1 all normal, VAC NT",
        intact_to("S4_5", VAC="NT", DAP="Yes"),
        {"nli": "S3 INT"},
    ),
    Case(
        "4.2 a grade needs levels that can hold together",
        intact_to("L4", DAP="Yes", L_LT_T4="NT"),
        {"ais": "B D"},
    ),
    Case(
        "4.3 a non-key muscle beside a key muscle that decides already",
        intact_to("T6", DAP="Yes", R_M_L5="1", L_NK="L4"),
        {"ais": "C", "zpp_motor_left": "T6", "zpp_motor_right": "L5"},
    ),
    Case(
        "4.4 the exception is about motor incomplete, not about the letter",
        intact_to(
            "C4",
            "T1",
            DAP="Yes",
            R_NK="L2",
        ),
        {"ais": "D", "zpp_motor_right": "L2", "zpp_motor_left": "T1"},
    ),
    Case(
        "4.5 no non-key muscle in a complete injury",
        intact_to("T6", R_NK="L4"),
        {"ais": "A", "zpp_motor_right": "T6"},
    ),
    Case(
        "4.6 C6 considered normal over a C7 of 2: the same level, with a star",
        intact_to("C5", "C5", **both("C6", "5"), **both("C7", "2"))
        | {"L_M_C6": "NT**"},
        {"motor_left": "C6*", "motor_right": "C6"},
    ),
    Case(
        "4.7 C6 considered not normal: the same set both ways, no star [LC 20]",
        intact_to("C5", "C5", **both("C6", "5"), **both("C7", "2")) | {"L_M_C6": "NT*"},
        {"motor_left": "C5 C6"},
    ),
    Case(
        "4.10 one muscle far below suffices, whatever a starred one is",
        intact_to("C5", "C5", DAP="Yes", R_M_L5="0**", L_M_S1="1"),
        {"ais": "C"},
    ),
    Case(
        "4.11 S4-5 considered normal where the examined scores are complete",
        intact_to("T6", R_LT_S4_5="0**"),
        {"completeness": "I*", "zpp_sensory_right": "NA*"},
    ),
    Case(
        "4.12 S4-5 0*: the examined side has its zone",
        intact_to("C5", "C5", R_PP_S4_5="0*"),
        {"zpp_sensory_right": "NA C5*", "zpp_sensory_left": "C5"},
    ),
    Case(
        "4.15 all normal with VAC Yes and DAP No is E",
        intact_to("S4_5", VAC="Yes"),
        {"ais": "E"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_a_worked_example(case):
    result = classify(Exam(case.values))
    found = {
        name: " ".join(result[name].values) + ("*" if result[name].star else "")
        for name in case.result
    }

    assert found == case.result
