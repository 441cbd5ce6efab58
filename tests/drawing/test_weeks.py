from datetime import date, timedelta

from registry_app.drawing.shapes import Box, Text
from registry_app.drawing.weeks import Week, draw_weeks

MONDAY = date(2026, 11, 23)


def weeks(*counts):
    return [
        Week(MONDAY + timedelta(weeks=n), open_, closing)
        for n, (open_, closing) in enumerate(counts)
    ]


def test_bars_grow_with_the_windows_and_the_highest_fits(pen):
    shapes = draw_weeks(weeks((3, 0), (6, 0)), 300.0, 120.0, pen).shapes
    low, high = (shape for shape in shapes if isinstance(shape, Box))

    assert high.height == 2 * low.height
    assert high.y > 0
    assert low.y + low.height == high.y + high.height


def test_windows_that_close_stand_at_the_foot_of_their_bar(pen):
    shapes = draw_weeks(weeks((4, 1)), 300.0, 120.0, pen).shapes
    whole, closing = (shape for shape in shapes if isinstance(shape, Box))

    assert closing.height * 4 == whole.height
    assert closing.y + closing.height == whole.y + whole.height
    assert closing.fill == pen.palette.states["due"]


def test_a_week_without_a_window_still_says_its_number_and_day(pen):
    shapes = draw_weeks(weeks((0, 0)), 300.0, 120.0, pen).shapes

    assert [s.text for s in shapes if isinstance(s, Text)] == ["0", "11-23"]
    assert not any(isinstance(shape, Box) for shape in shapes)
