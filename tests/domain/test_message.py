"""A text that a record holds in both languages is said in the reader's."""

import pytest

from registry_app.domain.message import Told, in_halves
from registry_app.words import Language, Words

PE = "肺塞栓・肺での細胞の捕捉 / Pulmonary embolism, cells held back in the lung"


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        ("貧血 / Anaemia", "貧血", "Anaemia"),
        (PE, *PE.split(" / ")),
        (
            "SpO2が90 %未満 / SpO2 below 90 % (+2)",
            "SpO2が90 %未満 (+2)",
            "SpO2 below 90 % (+2)",
        ),
        ("発熱 / Fever; 悪寒 / Chills", "発熱; 悪寒", "Fever; Chills"),
    ],
)
def test_both_halves_are_found(text, ja, en):
    assert in_halves(text) == Told(ja, en)
    assert Words(Language.JA).typed(text) == ja
    assert Words(Language.EN).typed(text) == en


@pytest.mark.parametrize(
    "text",
    [
        "",
        "貧血",
        "Fever / chills",
        "発熱 / 悪寒",
        "Anaemia / 貧血",
        "貧血/Anaemia",
        "発熱 / Fever; 悪寒",
        "血圧 120 / 80 mmHg / BP 120 / 80",
    ],
)
def test_any_other_text_is_as_it_was_typed(text):
    assert in_halves(text) == text
    assert Words(Language.EN).typed(text) == text
