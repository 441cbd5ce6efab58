"""Every line of the ISNCSCI rules, and their boundaries, on exams made by hand.

A row: the section of docs/isncsci.md, what it shows, the exam, the results. An exam is
made as in test_isncsci_cases.py: normal down to a level, 0 below it, VAC and DAP No,
then the exceptions. Results: possible values in order, with * for a star.
"""

import pytest

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.result import Interval
from registry_app.domain.isncsci.segments import KEY_MUSCLES
from tests.spec.test_isncsci_cases import dermatome, intact_to

ARM, LEG = KEY_MUSCLES[:5], KEY_MUSCLES[5:]
LEVELS = ("sensory_right", "sensory_left", "motor_right", "motor_left")


def side(name, segments, grade):
    return {f"{name}_M_{segment}": grade for segment in segments}


def levels(right, left):
    """Sensory and motor level of each side."""
    return dict(zip(LEVELS, (right[0], left[0], right[1], left[1]), strict=True))


def normal(**exceptions):
    """Everything normal, VAC and DAP Yes."""
    return intact_to("S4_5", VAC="Yes", DAP="Yes") | exceptions


RULES = [
    # --- 1.2 sensory level
    (
        "1.2 one altered pin prick ends the level, whatever is normal below",
        intact_to("T6", R_PP_T3="1") | dermatome("L", "T8", "2"),
        levels(("T2", "T2"), ("T6", "T6")),
    ),
    ("1.2 C3 not normal", intact_to("C2", "T1"), levels(("C2",) * 2, ("C2",) * 2)),
    ("1.2 S2 not normal", intact_to("S1"), levels(("S1",) * 2, ("S1",) * 2)),
    (
        "1.2 only S4-5 not normal is S3, whether VAC is Yes or No",
        intact_to("S3", VAC="Yes"),
        {"sensory_right": "S3", "motor_right": "S3", "nli": "S3", "ais": "D"},
    ),
    (
        "1.2 only S4-5 not normal, VAC No",
        intact_to("S3", DAP="Yes"),
        {"motor_right": "S3", "nli": "S3", "ais": "B", "zpp_motor_right": "S3"},
    ),
    # --- 1.3 motor level: its eight steps
    (
        "1.3 step 1 C2 not normal: C1 on that side",
        intact_to("T6", R_LT_C2="0"),
        {"motor_right": "C1", "motor_left": "T6", "nli": "C1"},
    ),
    (
        "1.3 step 2 a muscle of 3 is the level, one of 2 gives the one above",
        intact_to("C4", "C4", R_M_C5="3", L_M_C5="2"),
        {"motor_right": "C5", "motor_left": "C4"},
    ),
    (
        "1.3 step 2 a muscle of 4 ends the walk, though those below are 5",
        intact_to("T6", R_M_C5="4", L_M_C8="3"),
        {"motor_right": "C5", "motor_left": "C8", "nli": "C5"},
    ),
    (
        "1.3 step 2 T1 of 2 gives C8, of 3 gives T1",
        intact_to("T6", R_M_T1="2", L_M_T1="3"),
        {"motor_right": "C8", "motor_left": "T1", "nli": "C8"},
    ),
    (
        "1.3 step 2 sensation in the arm is not looked at",
        intact_to("C4", "C7", R_M_C8="3"),
        {"sensory_right": "C4", "motor_right": "C8", "motor_left": "C7", "nli": "C4"},
    ),
    (
        "1.3 step 3 one dermatome of the arm alone keeps it at T1",
        normal(R_PP_C5="1"),
        levels(("C4", "T1"), ("INT", "INT")) | {"nli": "C4"},
    ),
    (
        "1.3 step 3 T2 belongs to the block, T3 does not",
        normal(R_LT_T2="1", L_LT_T3="1"),
        levels(("T1", "T1"), ("T2", "T2")),
    ),
    (
        "1.3 step 4 L1 not normal gives T12",
        normal(R_PP_L1="0"),
        {"sensory_right": "T12", "motor_right": "T12"},
    ),
    (
        "1.3 step 5 L2 of 3 is the level, though L2 sensation is absent",
        intact_to("L1", "L1", R_M_L2="3"),
        levels(("L1", "L2"), ("L1", "L1")),
    ),
    (
        "1.3 step 5 S1 of 2 gives L5, of 4 gives S1",
        normal(R_M_S1="2", L_M_S1="4"),
        {"motor_right": "L5", "motor_left": "S1", "nli": "L5"},
    ),
    (
        "1.3 step 6 L2 and S2 belong to the block, S3 does not",
        normal(R_LT_L2="1", L_PP_S2="1"),
        levels(("L1", "S1"), ("S1", "S1")),
    ),
    (
        "1.3 step 7 S3 not normal gives S2",
        normal(R_LT_S3="1"),
        levels(("S2", "S2"), ("INT", "INT")) | {"nli": "S2", "ais": "D"},
    ),
    (
        "1.3 step 8 VAC No leaves a normal side at S3",
        intact_to("S4_5", DAP="Yes") | dermatome("L", "T7", "1"),
        levels(("INT", "S3"), ("T6", "T6")) | {"nli": "T6"},
    ),
    # --- 1.4 NLI
    (
        "1.4 one motor level is the NLI of both sides",
        intact_to("T6", L_M_C7="4"),
        {"nli": "C7", "ais": "A", "motor_right": "T6"},
    ),
    ("1.4 INT only when all four are", normal(L_PP_S4_5="1"), {"nli": "S3"}),
    # --- 1.5 completeness: each of the six findings alone
    *(
        (f"1.5 {item} alone makes it incomplete", intact_to("T6", **{item: value}), r)
        for item, value, r in (
            ("VAC", "Yes", {"completeness": "I", "ais": "C"}),
            ("DAP", "Yes", {"completeness": "I", "ais": "B"}),
            ("R_LT_S4_5", "1", {"completeness": "I", "ais": "B"}),
            ("R_PP_S4_5", "1", {"completeness": "I", "ais": "B"}),
            ("L_LT_S4_5", "1", {"completeness": "I", "ais": "B"}),
            ("L_PP_S4_5", "2", {"completeness": "I", "ais": "B"}),
        )
    ),
    (
        "1.5 sensation in S3 does not",
        intact_to("T6") | dermatome("R", "S3", "2"),
        {"completeness": "C", "ais": "A", "zpp_sensory_right": "S3"},
    ),
    # --- 1.6 more than three levels below the motor level of the side
    *(
        (
            f"1.6 motor level {level}: {muscle} of 1 gives {grade}",
            intact_to(level, DAP="Yes", **{f"R_M_{muscle}": "1"}),
            {"motor_right": level, "ais": grade},
        )
        for level, muscle, grade in (
            ("C4", "C7", "B"),
            ("C5", "C8", "B"),
            ("C5", "T1", "C"),
            ("C6", "T1", "B"),
            ("C6", "L2", "C"),
            ("T1", "L2", "C"),
            ("T10", "L2", "C"),
            ("T12", "L3", "B"),
            ("T12", "L4", "C"),
            ("L1", "L4", "B"),
            ("L1", "L5", "C"),
            ("L2", "L5", "B"),
            ("L3", "S1", "B"),
        )
    ),
    (
        "1.6 motor level L2: S1 counts, and one of six is C",
        intact_to("L2", DAP="Yes", R_M_S1="1"),
        {"ais": "C"},
    ),
    (
        "1.6 it is the motor level of the side that counts, not the NLI",
        intact_to("T11", DAP="Yes", R_M_L2="1") | side("L", ARM, "0"),
        {"nli": "C4", "motor_right": "T11", "ais": "B"},
    ),
    (
        "1.6 strong legs above a motor level of S3 are not below it: B",
        intact_to("S4_5", DAP="Yes") | dermatome("L", "T7", "1") | side("L", LEG, "0"),
        {"motor_right": "S3", "motor_left": "T6", "nli": "T6", "ais": "B"},
    ),
    # --- 1.6 half of the key muscles below the single NLI, both sides together
    (
        "1.6 exactly half below an NLI that one side makes is D",
        normal() | side("L", KEY_MUSCLES, "0"),
        {"nli": "C4", "motor_right": "INT", "ais": "D"},
    ),
    (
        "1.6 one fewer is C; a muscle of 2 does not count",
        normal(R_M_S1="2") | side("L", KEY_MUSCLES, "0"),
        {"nli": "C4", "ais": "C"},
    ),
    (
        "1.6 the muscle of the NLI itself is not below it: 5 of 10",
        intact_to("L1", "L1", VAC="Yes") | side("R", LEG, "3"),
        {"nli": "L1", "ais": "D"},
    ),
    (
        "1.6 NLI L2: the two L2 are left out, 4 of 8",
        intact_to("L2", VAC="Yes") | side("R", LEG[1:], "3"),
        {"nli": "L2", "ais": "D"},
    ),
    ("1.6 NLI S1: half of none", intact_to("S1", VAC="Yes"), {"nli": "S1", "ais": "D"}),
    ("1.6 NLI C1 counts all twenty", intact_to("C1", VAC="Yes"), {"ais": "C"}),
    # --- 1.6 and 1.8 non-key muscles
    (
        "1.8 a non-key muscle within three levels changes nothing",
        intact_to("T11", DAP="Yes", R_NK="L2"),
        {"ais": "B", "zpp_motor_right": "T11"},
    ),
    (
        "1.8 decisive beside a key muscle within three levels: it is the zone",
        intact_to("T11", DAP="Yes", R_M_L2="1", R_NK="L3"),
        {"ais": "C", "zpp_motor_right": "L3", "zpp_motor_left": "T11"},
    ),
    (
        "1.8 decisive on both sides: each is the zone of its side",
        intact_to("T6", DAP="Yes", R_NK="L2", L_NK="L4"),
        {"ais": "C", "zpp_motor_right": "L2", "zpp_motor_left": "L4"},
    ),
    (
        "1.8 VAC Yes already makes it motor incomplete: no zone at all",
        intact_to("T6", VAC="Yes", R_NK="L4"),
        {"ais": "C", "zpp_motor_right": "NA"},
    ),
    (
        "1.8 a key muscle of the same side decides: the zone is the muscle",
        intact_to("T6", DAP="Yes", R_M_L2="1", R_NK="L4"),
        {"ais": "C", "zpp_motor_right": "L2"},
    ),
    # --- 1.7 sensory ZPP
    (
        "1.7 it is not limited to complete injuries, and VAC plays no part",
        intact_to("T6", VAC="Yes"),
        {"completeness": "I", "zpp_sensory_right": "T6", "zpp_motor_right": "NA"},
    ),
    (
        "1.7 S4-5 of the other side plays no part; light touch alone is enough",
        intact_to("T6", L_PP_S4_5="1", R_LT_L4="1"),
        {"zpp_sensory_right": "L4", "zpp_sensory_left": "NA"},
    ),
    # --- 1.8 motor ZPP
    (
        "1.8 the most caudal key muscle of 1 or more, on its side",
        intact_to("T6", DAP="Yes", R_M_L5="1"),
        {"zpp_motor_right": "L5", "zpp_motor_left": "T6"},
    ),
    (
        "1.8 a muscle of 2 right below the level is in the zone",
        intact_to("C4", R_M_C5="2"),
        {"motor_right": "C4", "zpp_motor_right": "C5", "zpp_motor_left": "C4"},
    ),
    # --- 2.1 what a written score stands for
    *(
        (f"2.1 motor C6 {written}", intact_to("T6", R_M_C6=written), {"motor_right": r})
        for written, r in (
            ("NT", "C5 C6 T6"),
            ("2*", "C5 C6*"),
            ("3*", "C6"),
            ("2**", "T6*"),
            ("NT*", "C5 C6*"),
            ("NT**", "T6*"),
        )
    ),
    *(
        (
            f"2.1 light touch T3 {written}",
            intact_to("T6", R_LT_T3=written),
            {"sensory_right": result, "motor_right": result, "nli": result},
        )
        for written, result in (
            ("NT", "T2 T6"),
            ("0*", "T2"),
            ("1**", "T6*"),
            ("NT*", "T2*"),
            ("NT**", "T6*"),
        )
    ),
    # --- 2.2 sets
    (
        "2.2 VAC NT in an injury complete otherwise",
        intact_to("T6", VAC="NT"),
        {"completeness": "C I", "ais": "A C", "zpp_motor_left": "NA T6"},
    ),
    (
        "2.2 DAP NT in an injury complete otherwise",
        intact_to("T6", DAP="NT"),
        {"completeness": "C I", "ais": "A B", "zpp_sensory_left": "NA T6"},
    ),
    (
        "2.2 an NT that decides nothing leaves all certain",
        intact_to("T6", VAC="Yes", R_LT_S4_5="NT", R_M_L3="NT"),
        {"completeness": "I", "ais": "C", "nli": "T6", "motor_right": "T6"},
    ),
    (
        "2.2 T1 NT over impaired arms is C8 or T1, never below",
        intact_to("C6", "T1", R_M_T1="NT"),
        {"motor_right": "C8 T1", "nli": "C6"},
    ),
    (
        "2.2 C6 sensation NT: the motor level jumps from T1 to T6",
        intact_to("T6", R_LT_C6="NT"),
        {"sensory_right": "C5 T6", "motor_right": "T1 T6", "nli": "C5 T6"},
    ),
    (
        "2.2 L2 sensation NT: the motor level is S1 or INT",
        normal(R_PP_L2="NT"),
        {"sensory_right": "L1 INT", "motor_right": "S1 INT", "nli": "L1 INT"}
        | {"ais": "D E"},
    ),
    # --- 2.3 and part 4: the star, and the contested cases
    (
        "4.8 a C7 considered not normal: the NLI has a star as the motor level has",
        intact_to("L2", R_M_C7="NT*"),
        {"motor_right": "C6 C7*", "nli": "C6 C7*"},
    ),
    (
        "4.9 C4 considered normal: examined, the arms would be far below it",
        intact_to("T12", DAP="Yes", L_LT_C4="1**"),
        {"motor_left": "T12*", "nli": "T12*", "ais": "B*"},
    ),
    (
        "4.11 S4-5 NT**: examined it can be complete",
        intact_to("T6", R_PP_S4_5="NT**"),
        {"completeness": "I*", "ais": "B*", "zpp_sensory_right": "NA*"}
        | {"zpp_sensory_left": "T6"},
    ),
    (
        "4.13 zones and grade that rest on scores considered normal below",
        intact_to("T6", DAP="Yes", R_M_L3="NT**"),
        {"zpp_motor_right": "L3*", "ais": "C*"},
    ),
    (
        "4.13 the sensory zone has a star for 0**, none for 1**: it is felt anyway",
        intact_to("T6", R_LT_L2="0**", L_LT_L2="1**"),
        {"zpp_sensory_right": "L2*", "zpp_sensory_left": "L2"},
    ),
    (
        "4.14 a motor ZPP of several values has the star of its motor level",
        intact_to("T6", L_LT_C6="NT", L_LT_C8="1**"),
        {"motor_left": "T1 T6*", "zpp_motor_left": "T1 T6*"},
    ),
    (
        "4.15 all normal but DAP NT is E",
        intact_to("S4_5", VAC="Yes", DAP="NT"),
        {"ais": "E", "completeness": "I", "zpp_sensory_right": "NA"},
    ),
]


@pytest.mark.parametrize(
    ("values", "expected"), [row[1:] for row in RULES], ids=[row[0] for row in RULES]
)
def test_a_line_of_the_rules(values, expected):
    result = classify(Exam(values))
    found = {
        name: " ".join(result[name].values) + ("*" if result[name].star else "")
        for name in expected
    }

    assert found == expected


@pytest.mark.parametrize(
    ("says", "exception", "name", "low", "high"),
    [
        ("a starred score adds up as examined", ("R_M_C6", "3**"), "uems", 48, 48),
        ("a motor NT is 0 to 5", ("L_M_L4", "NT"), "lel", 0, 5),
        ("also where it is considered normal", ("R_M_C6", "NT**"), "uer", 20, 25),
        ("a sensory NT is 0 to 2", ("L_PP_T9", "NT"), "ppl", 26, 28),
        ("in every sum that holds it", ("L_PP_T9", "NT"), "pp", 52, 54),
        ("and in no other", ("L_PP_T9", "NT"), "ppr", 26, 26),
    ],
)
def test_a_sum(says, exception, name, low, high):  # 1.10; T6: 13 dermatomes a side
    exam = Exam(intact_to("T6") | dict([exception]))

    assert classify(exam).totals[name] == Interval(low, high), says
