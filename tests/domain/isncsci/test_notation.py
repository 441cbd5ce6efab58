"""Exams as nested JSON values: read whole, or refused with the place and the reason."""

import copy

import pytest
from hypothesis import given

from registry_app.domain.errors import InvalidValue
from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.notation import (
    exam_from_nested,
    exam_to_nested,
    result_to_json,
)
from registry_app.domain.isncsci.result import FIELDS, TOTALS
from registry_app.domain.isncsci.segments import NEEDED_ITEMS
from registry_app.words import Language, Words
from tests.domain.isncsci.exams import any_exams, lesion

WHOLE = exam_to_nested(Exam(lesion(3)))


@given(any_exams())
def test_an_exam_reads_back_from_the_nested_form(values):
    exam = Exam(values)

    assert exam_from_nested(exam_to_nested(exam)) == exam


def test_the_order_of_keys_does_not_matter():
    def turned(data):
        if not isinstance(data, dict):
            return data
        return {key: turned(data[key]) for key in reversed(data)}

    assert exam_from_nested(turned(WHOLE)) == exam_from_nested(WHOLE)


@pytest.mark.parametrize(
    ("data", "missing"),
    [
        ({}, len(NEEDED_ITEMS)),
        ({"right": None, "left": None, "vac": None}, len(NEEDED_ITEMS)),
        ({"right": {"motor": None}, "vac": "No", "dap": "NT"}, 132),
        ({"left": {"motor": {"C5": None, "C6": "5"}}}, len(NEEDED_ITEMS) - 1),
    ],
)
def test_what_is_left_out_or_null_is_open(data, missing):
    assert len(exam_from_nested(data).missing) == missing


def changed(path, value):
    data = copy.deepcopy(WHOLE)
    *way, last = path.split("/")
    place = data
    for key in way:
        place = place[key]
    place[last] = value
    return data


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "exam must be a JSON object."),
        (["0"], "exam must be a JSON object."),
        ("exam", "exam must be a JSON object."),
        (changed("right", []), "right must be a JSON object."),
        (changed("left/motor", "5"), "left.motor must be a JSON object."),
        (
            changed("right/motor/C5", 5),
            'R_M_C5 is 5, which is not a string: every value is a string, such as "5".',
        ),
        (
            changed("right/motor/C5", True),
            "R_M_C5 is true, which is not a string: every value is a string, "
            'such as "true".',
        ),
        (
            changed("vac", ["Yes"]),
            "VAC is ['Yes'], which is not a string: every value is a string, "
            "such as \"['Yes']\".",
        ),
        (changed("vac", "yes"), "VAC cannot be 'yes'. It can be: Yes, No, NT, UNK."),
        (
            changed("left/pin_prick/T6", "3"),
            "L_PP_T6 cannot be '3'. It can be: "
            "0, 1, 2, 0*, 1*, 0**, 1**, NT, UNK, NT*, NT**.",
        ),
        (
            changed("left/lowest_non_key_muscle", "T5"),
            "L_NK cannot be 'T5'. It can be: C5, C6, C7, C8, T1, L2, L3, L4, L5, S1.",
        ),
        (
            changed("left/motor/T5", "5"),
            "left.motor has no 'T5'. It can have: "
            "C5, C6, C7, C8, T1, L2, L3, L4, L5, S1.",
        ),
        (
            changed("right/sensory", {}),
            "right has no 'sensory'. It can have: "
            "motor, light_touch, pin_prick, lowest_non_key_muscle.",
        ),
        (
            changed("VAC", "Yes"),
            "exam has no 'VAC'. It can have: right, left, vac, dap.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(data, sentence):
    with pytest.raises(InvalidValue) as refused:
        exam_from_nested(data)

    assert Words(Language.EN).say(refused.value.message) == sentence


def test_a_long_wrong_value_is_not_repeated_whole():
    with pytest.raises(InvalidValue) as refused:
        exam_from_nested(changed("dap", "x" * 10_000))

    assert len(Words(Language.EN).say(refused.value.message)) < 200


def test_a_result_holds_every_field_and_total():
    json = result_to_json(classify(exam_from_nested(WHOLE)))

    assert list(json) == [*FIELDS, "totals"]
    assert list(json["totals"]) == list(TOTALS)
    assert json["ais"] == {"values": ["A"], "star": False} or json["ais"]["values"]
    assert set(json["totals"]["lt"]) == {"low", "high"}
