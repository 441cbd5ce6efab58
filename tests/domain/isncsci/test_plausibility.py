"""What is unusual is said, and what is usual is not."""

import pytest
from hypothesis import given

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.plausibility import warnings
from registry_app.words import Language, Words
from tests.domain.isncsci.exams import any_exams
from tests.spec.test_isncsci_cases import both, intact_to, sacral

NON_KEY = "doubt-non-key-unasked"


def doubts(values):
    exam = Exam(values)
    return [d.key.removeprefix("isncsci.") for d in warnings(exam, classify(exam))]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (intact_to("T6"), []),
        (intact_to("T6", VAC="Yes", DAP="Yes"), []),
        (intact_to("T6", VAC="Yes"), ["doubt-vac"]),
        (intact_to("T6", VAC="Yes") | sacral("1"), []),
        (intact_to("T6") | sacral("2"), ["doubt-dap", NON_KEY]),
        (intact_to("T6", DAP="Yes"), [NON_KEY]),
        (intact_to("T6", DAP="Yes", R_NK="L2"), []),
        (intact_to("T6", R_NK="T1"), ["doubt-non-key"]),
        (intact_to("S4_5", VAC="Yes", DAP="Yes"), ["doubt-e"]),
        (intact_to("S4_5", VAC="Yes"), ["doubt-dap", "doubt-e"]),
        (intact_to("S4_5", VAC="Yes", DAP="NT"), ["doubt-dap-open", "doubt-e"]),
        (intact_to("T10", R_M_C6="2"), ["doubt-motor-level"]),
        (intact_to("C7", "C7", R_M_C5="4"), []),
        (intact_to("T6", R_M_L2="0**"), ["doubt-star-below"]),
        (
            intact_to("T6", **both("C7", "3*")),
            ["doubt-motor-level"] * 2 + ["doubt-star-above"],
        ),
        (intact_to("T6", R_M_C7="3**", R_M_L2="0*"), []),
        # A non-key muscle cannot be more than three levels below L3.
        (intact_to("L2", DAP="Yes"), [NON_KEY]),
        (intact_to("L3", DAP="Yes"), []),
        (intact_to("T6", DAP="NT"), [NON_KEY]),
        # However weak the arm is, it is far above T10.
        (intact_to("T10", R_M_C6="NT", R_M_C7="2"), ["doubt-motor-level"]),
        ({}, []),
    ],
)
def test_doubts(values, expected):
    assert doubts(values) == expected


@given(any_exams())
def test_a_doubt_can_be_said_in_both_languages(values):
    exam = Exam(values)

    for doubt in warnings(exam, classify(exam)):
        for words in WORDS:
            assert "{" not in words.say(doubt)


WORDS = [Words(language) for language in Language]


def test_many_starred_scores_are_named_in_short():
    stars = {f"R_M_{s}": "0**" for s in ("L2", "L3", "L4", "L5", "S1")}
    exam = Exam(intact_to("T6", **stars))
    (doubt,) = warnings(exam, classify(exam))

    assert WORDS[-1].say(doubt) in (
        "Considered normal although below the level of injury: "
        "right motor L2, right motor L3 and right motor L4, and 2 more.",
        WORDS[0].say(doubt),
    )
