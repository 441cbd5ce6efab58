import json
import random

import pytest

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.segments import SCORE_ITEMS
from registry_app.storage.plain_sheets import PlainSheets


def a_sheet(seed, **other):
    chance = random.Random(seed)
    most = {item: 5 if "_M_" in item else 2 for item in SCORE_ITEMS}
    scores = {item: f"{chance.randint(0, n)}" for item, n in most.items()}
    return {**scores, "VAC": "Yes", "DAP": "No", **other}


def counted(values):
    found = classify(Exam(values)).totals
    right, left = found["motor_right"], found["motor_left"]
    return {
        "uems": found["uems"],
        "lems": found["lems"],
        "motor": (right.low + left.low, right.high + left.high),
        "lt": found["lt"],
        "pp": found["pp"],
    }


def test_the_sums_are_those_of_the_engine_however_many_were_read_before():
    plain = PlainSheets()
    for seed in range(200):
        values = a_sheet(seed, VAC="Yes" if seed % 3 else "No")
        assert plain.totals(json.dumps(values)) == counted(values)


@pytest.mark.parametrize("score", ["NT", "NT*", "2*", "NT**", ""])
def test_a_sheet_with_anything_but_digits_is_left_to_the_engine(score):
    plain = PlainSheets()
    whole = a_sheet(1)
    assert plain.totals(json.dumps(whole)) is not None
    for item in (SCORE_ITEMS[0], SCORE_ITEMS[-1]):
        assert plain.totals(json.dumps({**whole, item: score})) is None


def test_a_sheet_that_lacks_an_item_is_left_to_the_engine():
    whole = a_sheet(1)
    for item in SCORE_ITEMS:
        rest = {name: score for name, score in whole.items() if name != item}
        assert PlainSheets().totals(json.dumps(rest)) is None


def test_a_digit_that_is_another_sign_is_none():
    plain = PlainSheets()
    whole = a_sheet(1)
    plain.totals(json.dumps(whole, ensure_ascii=False))
    other = {**whole, SCORE_ITEMS[0]: "٣"}
    assert plain.totals(json.dumps(other, ensure_ascii=False)) is None


def test_the_same_length_in_another_order_is_read_by_its_own_items():
    plain = PlainSheets()
    values = a_sheet(7)
    plain.totals(json.dumps(values))
    turned = dict(reversed(values.items()))
    assert plain.totals(json.dumps(turned)) == counted(values)


def test_what_looks_like_an_item_within_a_text_is_none():
    first = SCORE_ITEMS[0]
    note = f'"{first}": "9", 100 %s %% "'
    values = a_sheet(3, note=note)
    plain = PlainSheets()
    for _ in range(2):
        assert plain.totals(json.dumps(values)) == counted(a_sheet(3))
    del values[first]
    assert plain.totals(json.dumps(values)) is None
