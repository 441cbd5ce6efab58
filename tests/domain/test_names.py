import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_app.domain.errors import InvalidValue
from registry_app.domain.names import plain, read_kana, search_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ﾀｶﾊｼ　たろう", "タカハシ タロウ"),
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("𠮷田", "吉田"),
        ("渡邉", "渡辺"),
        ("オーノ", "ｵｰﾉ"),
        ("sap-0001", "ＳＡＰ－０００１"),
    ],
)
def test_two_spellings_of_one_name_have_the_same_search_key(one, other):
    assert search_key(one) == search_key(other)


def test_different_names_have_different_search_keys():
    assert search_key("サトウ") != search_key("サイトウ")


@given(st.text())
def test_a_search_key_is_folded_once_and_for_all(text):
    once = search_key(text)

    assert not any(character.isspace() for character in once)
    assert search_key(once) == once


@pytest.mark.parametrize("typed", ["みほん", "ﾐﾎﾝ", "ミホン", " ミホン　"])
def test_a_reading_is_kept_in_full_width_katakana(typed):
    assert read_kana(typed) == "ミホン"


def test_a_reading_keeps_the_long_vowel_mark_and_one_space():
    assert read_kana("すーざん  りー") == "スーザン リー"


@pytest.mark.parametrize("typed", ["見本", "Mihon", "ミホン1"])
def test_a_reading_that_is_not_kana_is_refused(typed):
    with pytest.raises(InvalidValue) as refusal:
        read_kana(typed)

    assert refusal.value.message.key == "names.not-kana"


def test_full_width_numbers_become_plain():
    assert plain("　１２３ー４５６　") == "123-456"
