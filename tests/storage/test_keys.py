import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_app.domain.errors import InvalidValue, Refused
from registry_app.storage import keys
from registry_app.storage.keys import Cost, Slot
from tests.builders import CHEAP

KEY = bytes(range(32))


def _slot(binding="this file", secret="plum blossom"):
    return keys.wrap(binding, Slot(keys.USER, "kato", CHEAP), KEY, secret)


def test_a_slot_opens_with_its_password_and_with_no_other():
    slot = _slot()
    assert keys.unwrap("this file", slot, "plum blossom") == KEY
    assert keys.unwrap("this file", slot, "plum blossoms") is None
    assert keys.unwrap("this file", slot, "") is None


def test_a_slot_opens_nothing_of_another_file_user_or_cost():
    slot = _slot()
    other = Slot(**{**_fields(slot), "name": "sato"})
    dearer = Slot(**{**_fields(slot), "cost": Cost(t=2, m=64, p=1)})
    assert keys.unwrap("another file", slot, "plum blossom") is None
    assert keys.unwrap("this file", other, "plum blossom") is None
    assert keys.unwrap("this file", dearer, "plum blossom") is None


def _fields(slot):
    return {name: getattr(slot, name) for name in Slot.__slots__}


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_a_password_typed_through_another_input_method_is_the_same(form):
    slot = _slot(secret="ガラスの鍵ＡＢＣ")
    typed = unicodedata.normalize(form, "ガラスの鍵ＡＢＣ")
    assert keys.unwrap("this file", slot, typed) == KEY


def test_the_same_password_makes_two_different_slots():
    assert _slot().wrapped != _slot().wrapped


@pytest.mark.parametrize("password", ["", "short", "1234567"])
def test_a_short_password_is_refused(password):
    with pytest.raises(InvalidValue, match="password-too-short"):
        keys.check_password(password)


@pytest.mark.parametrize(
    "cost", [(0, 64, 1), (1, 1 << 30, 1), (1, 64, 0), (10**9, 64, 1)]
)
def test_a_file_cannot_ask_for_a_guess_that_takes_all_memory_or_time(cost):
    with pytest.raises(ValueError, match="cost"):
        Cost(*cost)


def test_the_usual_cost_is_that_of_rfc_9106_with_twice_its_memory():
    assert Cost() == Cost(t=3, m=128 * 1024, p=4)


@given(st.data())
def test_a_recovery_code_is_read_however_it_was_typed(data):
    code = keys.new_recovery_half()
    typed = code
    if data.draw(st.booleans()):
        typed = typed.lower()
    if data.draw(st.booleans()):
        typed = typed.replace("-", data.draw(st.sampled_from(["", " ", "－", "‐"])))
    if data.draw(st.booleans()):
        typed = typed.translate(str.maketrans("OIBoib", "018018"))
    if data.draw(st.booleans()):
        wide = {c: c + 0xFEE0 for c in range(0x21, 0x7F)}
        typed = typed.translate(wide)
    assert keys.joined([f"  {typed}\n"]) == code


@given(st.integers(0, 35), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_one_wrong_character_of_a_recovery_code_is_found(place, letter):
    code = keys.new_recovery_half().replace("-", "")
    if code[place] == letter:
        return
    with pytest.raises(Refused, match="mistyped"):
        keys.joined([code[:place] + letter + code[place + 1 :]])


@pytest.mark.parametrize(
    "typed", ["", "ABCD", "復旧コード", "A" * 36, "A" * 35, "A" * 400]
)
def test_what_is_no_recovery_code_is_refused(typed):
    with pytest.raises(Refused, match="mistyped"):
        keys.joined([typed])


def test_two_halves_give_one_code_in_either_order_and_neither_alone():
    first, second = keys.new_recovery_half(), keys.new_recovery_half()
    whole = keys.joined([first, second])

    assert keys.joined([second, first]) == whole
    assert whole not in (first, second)
    assert keys.joined([first]) == first
    assert keys.joined([first, whole]) == second


def test_it_says_which_half_is_mistyped():
    half = keys.new_recovery_half()
    with pytest.raises(Refused) as refused:
        keys.joined([half, half[:-1]])
    assert refused.value.message.params == {"half": 2}
