"""How results are said."""

import pytest

from registry_app.domain.isncsci.display import (
    compact,
    item_said,
    level_said,
    shown,
)
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
        ("motor_left", Possible(("S1", "S2", "S3", "INT")), "S1–INT", None),
        ("zpp_motor_left", Possible(("NA",)), "NA", "NA"),
        (
            "zpp_motor_left",
            Possible(("NA", "C1", "C2")),
            "NA, C1 or C2",
            "NA、C1またはC2",
        ),
        ("ais", Possible(("B", "C", "D"), star=True), "B–D*", "B–D*"),
        ("ais", Possible(("A", "C", "D")), "A, C or D", "A、CまたはD"),
        (
            "completeness",
            Possible(("C", "I")),
            "complete or incomplete",
            "完全または不全",
        ),
        ("nli", Possible(("INT",)), "INT", "INT"),
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


@pytest.mark.parametrize(
    ("values", "star", "said"),
    [
        (("C5",), False, "C5"),
        (("T12", "L1"), True, "T12–L1*"),
        (("NA", "C1", "C2", "C4", "S4_5"), False, "NA, C1–C2, C4, S4-5"),
        (("S3", "INT"), False, "S3–INT"),
        (("A",), True, "A*"),
        (("A", "C", "D"), False, "A, C–D"),
    ],
)
def test_in_little_room_neighbours_are_a_range_without_words(values, star, said):
    assert compact(Possible(values, star)) == said
