from hypothesis import given
from hypothesis import strategies as st

from registry_app.domain.figures.sensation import (
    PLACES,
    Change,
    Level,
    View,
    changes,
    counts,
    levels,
)
from registry_app.domain.isncsci.exam import SENSORY_VALUES, Exam
from registry_app.domain.isncsci.segments import Side

T4 = ("T4", Side.RIGHT)
WRITTEN = st.sampled_from([*SENSORY_VALUES, None])


def _exam(touch, pin):
    pairs = {"R_LT_T4": touch, "R_PP_T4": pin}
    return Exam({item: value for item, value in pairs.items() if value})


def _completions(value):
    digit = (value or "").rstrip("*")
    return [int(digit)] if digit.isdigit() else [0, 1, 2]


def test_the_lower_of_two_is_shown():
    assert levels(_exam("2", "1"))[T4] is Level.ALTERED
    assert levels(_exam("2", "1"), View.LIGHT_TOUCH)[T4] is Level.NORMAL


def test_one_absent_score_decides_whatever_the_other_is():
    assert levels(_exam("0", "NT"))[T4] is Level.ABSENT
    assert levels(_exam(None, "0"))[T4] is Level.ABSENT


def test_open_and_not_testable_are_told_apart():
    assert levels(_exam("2", "NT"))[T4] is Level.NOT_TESTABLE
    assert levels(_exam("2", "UNK"))[T4] is Level.NOT_TESTABLE
    assert levels(_exam("2", None))[T4] is Level.OPEN


def test_a_starred_score_is_shown_as_it_was_examined():
    assert levels(_exam("1**", "2"))[T4] is Level.ALTERED


@given(WRITTEN, WRITTEN, WRITTEN, WRITTEN)
def test_a_change_is_told_exactly_when_every_completion_says_the_same(a, b, c, d):
    """Also where cells are open: nothing is guessed, and nothing certain is hidden."""
    before = {min(x, y) for x in _completions(a) for y in _completions(b)}
    after = {min(x, y) for x in _completions(c) for y in _completions(d)}
    signs = {(y > x) - (y < x) for x in before for y in after}
    told = {1: Change.BETTER, -1: Change.WORSE, 0: Change.SAME}
    expected = told[signs.pop()] if len(signs) == 1 else Change.UNKNOWN

    assert changes(_exam(a, b), _exam(c, d))[T4] is expected


def test_every_dermatome_is_counted_once():
    found = counts(changes(Exam({}), Exam({})))

    assert sum(found.values()) == len(PLACES) == 56
    assert found[Change.UNKNOWN] == 56
