"""How results are said."""

import pytest

from registry_app.domain.isncsci.display import item_said, level_said, shown
from registry_app.domain.isncsci.result import Possible
from registry_app.domain.message import Message
from registry_app.words import Language, Words

WORDS = {language: Words(language) for language in Language}


def text(said, language=Language.EN):
    return WORDS[language].say(said) if isinstance(said, Message) else said


@pytest.mark.parametrize(
    ("field", "possible", "english", "japanese"),
    [
        ("nli", Possible(("C5",)), "C5", "C5"),
        ("nli", Possible(("C5",), star=True), "C5*", "C5*"),
        ("nli", Possible(("C5", "C6")), "C5 or C6", "C5またはC6"),
        ("nli", Possible(("C5", "C6", "C7", "T6")), "C5–C7 or T6", "C5–C7またはT6"),
        ("motor_left", Possible(("S1", "S2", "S3", "INT")), "S1–S3 or INT", None),
        ("zpp_motor_left", Possible(("NA",)), "n/a", "該当なし"),
        ("zpp_motor_left", Possible(("NA", "C1", "C2")), "n/a, C1 or C2", None),
        ("ais", Possible(("B", "C", "D"), star=True), "B, C or D*", None),
        ("completeness", Possible(("C", "I")), "complete or incomplete", None),
        ("nli", Possible(("INT",)), "INT", "正常（INT）"),
    ],
)
def test_what_is_possible_is_said_in_words(field, possible, english, japanese):
    said = shown(field, possible)

    assert text(said) == english
    assert japanese is None or text(said, Language.JA) == japanese


def test_places_are_named_as_people_name_them():
    assert text(item_said("L_PP_S4_5")) == "left pin prick S4-5"
    assert text(item_said("R_M_C5"), Language.JA) == "右運動C5"
    assert text(item_said("R_NK")) == "right non-key muscle"
    assert text(item_said("VAC")) == "VAC"
    assert level_said("S4_5") == "S4-5"
