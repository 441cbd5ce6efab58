"""An exam holds only what may be written, and gives it back as it was written."""

import pytest
from hypothesis import given

from registry_app.domain.errors import InvalidValue
from registry_app.domain.isncsci.exam import ALLOWED, Exam
from registry_app.domain.isncsci.segments import ITEMS, NEEDED_ITEMS
from tests.domain.isncsci.exams import any_exams


@given(any_exams())
def test_what_was_written_reads_back_the_same(values):
    assert Exam(values).values == values


@pytest.mark.parametrize("item", ["R_LT_C2", "L_PP_S4_5", "R_M_C5", "VAC", "L_NK"])
def test_every_value_that_may_stand_somewhere_reads_back(item):
    for value in ALLOWED[item]:
        assert Exam({item: value}).values == {item: value}


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("R_LT_C2", "3"),
        ("R_LT_C2", "2*"),
        ("R_M_C5", "5*"),
        ("R_M_C5", ""),
        ("R_M_C5", "５"),
        ("VAC", "yes"),
        ("R_NK", "T5"),
    ],
)
def test_a_value_that_cannot_stand_there_is_refused_with_what_can(item, value):
    with pytest.raises(InvalidValue) as refused:
        Exam({item: value})

    assert refused.value.message.key == "isncsci.not-a-value"
    assert refused.value.message.params == {
        "item": item,
        "value": value,
        "allowed": ", ".join(ALLOWED[item]),
    }


def test_an_item_that_is_not_on_the_sheet_is_refused():
    with pytest.raises(InvalidValue) as refused:
        Exam({"R_M_T5": "5"})

    assert refused.value.message.params == {"item": "R_M_T5"}


def test_non_key_muscles_are_never_missing():
    assert Exam().missing == NEEDED_ITEMS
    assert Exam({i: ALLOWED[i][0] for i in NEEDED_ITEMS}).missing == ()


def test_exams_are_equal_when_the_same_is_written():
    one = Exam({"VAC": "No", "R_M_C5": "5"})

    assert one == Exam({"R_M_C5": "5", "VAC": "No"})
    assert hash(one) == hash(Exam({"R_M_C5": "5", "VAC": "No"}))
    assert one != Exam({"VAC": "No"})
    assert repr(one) == "Exam({'R_M_C5': '5', 'VAC': 'No'})"


def test_no_two_values_of_an_item_are_kept_as_the_same_character():
    for item in ITEMS:
        codes = [Exam({item: value}).code for value in ALLOWED[item]]
        assert len({Exam().code, *codes}) == len(codes) + 1
