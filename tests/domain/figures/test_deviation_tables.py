"""What was found where somebody departed from the plan, in words for the reader."""

from datetime import date

import pytest

from registry_app.domain.course import Deviation, DeviationKind
from registry_app.domain.figures.deviation_tables import what_found
from registry_app.domain.message import Message
from registry_app.words import Language, Words
from tests.domain.figures.made_up_efficacy import a_protocol

PROTOCOL = a_protocol()
RULES = {one.test.fact: one.id for one in PROTOCOL.pack.criteria}


def said(kind, rule, found, language=Language.JA):
    one = Deviation("d", "SAP-0001-X", kind, rule, date(2026, 5, 1), "理由", found)
    shown = what_found(PROTOCOL, one).shown
    return Words(language).say(shown) if isinstance(shown, Message) else shown


@pytest.mark.parametrize(
    ("fact", "found", "told"),
    [
        ("cause", "non-traumatic", "非外傷性"),
        ("days:injury:marrow", "34", "34日"),
        ("amount:cells", "230000000", "2.30×10⁸ 個"),
    ],
)
def test_a_code_or_a_figure_of_a_criterion_is_told_in_words(fact, found, told):
    assert said(DeviationKind.ELIGIBILITY, RULES[fact], found) == told


def test_a_window_is_told_from_its_first_day_to_its_last():
    found = said(DeviationKind.WINDOW, "day-90", "2026-06-04/2026-07-02")

    assert found == "2026-06-04 – 2026-07-02"


@pytest.mark.parametrize(("found", "told"), [("外泊中", "外泊中"), ("", "未記載")])
def test_what_was_typed_stands_as_typed_and_nothing_is_named(found, told):
    assert said(DeviationKind.OTHER, "", found) == told
