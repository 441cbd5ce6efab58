"""Running text, as people typed it."""

import pytest

from registry_app.reports.fonts import register
from registry_app.reports.prose import typed
from registry_app.reports.voice import Voice
from registry_app.words import Language

JA, EN = Language.JA, Language.EN


@pytest.fixture(autouse=True)
def fonts():
    register()


def lines(found):
    return [
        (
            len(one.lead.lines),
            None if one.second is None else len(one.second.lines),
        )
        for one in found
    ]


def test_a_blank_line_parts_paragraphs_and_takes_no_room():
    found = typed("一。\n\n二。", "One.\nTwo.", Voice((JA, EN)))

    assert lines(found) == [(1, 1), (1, 1)]


def test_a_text_in_one_language_is_printed_in_a_report_in_the_other():
    assert len(typed("一。\n\n二。", "", Voice((EN,)))) == 2
    assert lines(typed("一。", "", Voice((EN,)))) == [(1, None)]
    assert lines(typed("", "One.", Voice((JA, EN)))) == [(1, None)]


def test_a_text_with_fewer_paragraphs_in_one_language_loses_none():
    assert len(typed("一。", "One.\n\nTwo.\n\nThree.", Voice((JA, EN)))) == 3
