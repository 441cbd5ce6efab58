from dataclasses import replace
from datetime import date

import pytest

from registry_app.drawing.shapes import Box, Text
from registry_app.drawing.term import Term, draw_term

TERM = Term(
    date(2018, 12, 28),
    date(2025, 12, 28),
    date(2022, 6, 29),
    ((date(2023, 12, 28), "24 months before"),),
)


def boxes(term, pen):
    return [s for s in draw_term(term, 350.0, pen).shapes if isinstance(s, Box)]


def test_half_of_the_term_is_filled_at_its_middle(pen):
    track, gone, *_ = boxes(TERM, pen)

    assert track.width == 350
    assert gone.width == pytest.approx(175, abs=1)


@pytest.mark.parametrize("today", [date(2010, 1, 1), date(2040, 1, 1)])
def test_a_day_before_or_after_the_term_stays_on_the_bar(pen, today):
    picture = draw_term(replace(TERM, today=today), 350.0, pen)

    for shape in picture.shapes:
        if isinstance(shape, Box):
            assert -2 <= shape.x <= 350
            assert shape.x + shape.width <= 352


def test_its_first_and_last_day_are_written_below(pen):
    texts = [s.text for s in draw_term(TERM, 350.0, pen).shapes if isinstance(s, Text)]

    assert {"2018-12-28", "2025-12-28", "granted", "file by", "today"} <= set(texts)


def test_each_milestone_can_be_pointed_at(pen):
    refs = [box.ref for box in boxes(TERM, pen)]

    assert "2023-12-28" in refs
    assert "today" in refs
