from decimal import Decimal

import pytest

from registry_app.domain.forms import problems, said
from registry_app.domain.message import Told
from registry_app.domain.plan.pack import Basis, Choice, Confidence, FormPlan, Item
from registry_app.words import Language, Words


def _told(text):
    return Told(text, text)


FORM = FormPlan(
    "imaging",
    _told("MRI"),
    Basis(("S1",), Confidence.CONFIRMED),
    (
        Item("size", _told("size"), "number", least=Decimal(0), most=Decimal(100)),
        Item("dose", _told("dose"), "number", least=Decimal("0.5")),
        Item("score", _told("score"), "number", most=Decimal(10)),
        Item("any", _told("any"), "number"),
        Item("seen", _told("seen"), "yes-no"),
        Item("kind", _told("kind"), "choice", choices=(Choice("a", _told("A")),)),
        Item("day", _told("day"), "date"),
        Item("note", _told("note"), "text"),
    ),
)
RIGHT = {
    "size": "100",
    "dose": "0.5",
    "score": "-3",
    "any": "1e3",
    "seen": "yes",
    "kind": "a",
    "day": "2026-02-28",
    "note": "as before",
}


def test_what_fits_its_place_is_no_problem():
    assert problems(FORM, RIGHT) == {}


@pytest.mark.parametrize(
    ("item", "text", "key"),
    [
        ("size", "100.1", "out-of-range"),
        ("size", "-1", "out-of-range"),
        ("dose", "0.4", "too-low"),
        ("score", "11", "too-high"),
        ("any", "ten", "not-a-number"),
        ("any", "NaN", "not-a-number"),
        ("seen", "maybe", "not-yes-or-no"),
        ("kind", "b", "no-such-choice"),
        ("day", "2026-02-30", "not-a-date"),
        ("colour", "red", "no-such-item"),
    ],
)
def test_what_does_not_fit_is_said_of_its_item_in_both_languages(item, text, key):
    found = problems(FORM, {**RIGHT, item: text})
    assert {item: f"forms.{key}"} == {name: m.key for name, m in found.items()}
    for language in Language:
        assert Words(language).say(found[item])


def test_an_empty_place_says_nothing_and_is_no_problem():
    values = {**RIGHT, "size": " ", "note": ""}
    assert problems(FORM, values) == {}
    assert said({"size": " 7 ", "note": " "}) == {"size": "7"}
