import pytest

from registry_app.domain.figures.charts import SaturationCurve
from registry_app.drawing.saturation import draw_saturation
from registry_app.drawing.shapes import Line, Mark, Sign, Text

CURVE = SaturationCurve(
    ((15.0, 95.0), (30.0, 86.0), (60.0, 96.0), (1440.0, 97.0)), 97.0, 90.0, 4.0, 45.0
)


@pytest.fixture
def draw(pen):
    def said(message):
        return pen.say(message), ""

    return lambda curve: draw_saturation(curve, said, 480.0, pen)


def words(picture):
    return [shape.text for shape in picture.shapes if isinstance(shape, Text)]


def marks(picture):
    return [shape for shape in picture.shapes if isinstance(shape, Mark)]


def test_each_value_has_its_mark_and_what_is_past_a_threshold_another_one(draw):
    found = marks(draw(CURVE))

    assert len(found) == 5
    assert [mark.sign for mark in found].count(Sign.DOWN) == 1
    assert not found[0].filled


def test_the_value_past_the_threshold_has_its_figure_beside_it(draw):
    assert "86" in words(draw(CURVE))


def test_both_thresholds_are_drawn_and_named(draw):
    picture = draw(CURVE)

    assert {"Limit: below 90 %", "Fall of 4 points: 93 %"} <= set(words(picture))
    dashed = [s for s in picture.shapes if isinstance(s, Line) and s.dash]
    level = [line for line in dashed if line.points[0][1] == line.points[1][1]]
    assert len(level) == 2


def test_hours_have_a_panel_of_their_own_only_where_there_are_late_values(draw):
    early = SaturationCurve(((15.0, 95.0), (60.0, 96.0)), 97.0, 90.0, 4.0, 45.0)

    assert "(hours)" in words(draw(CURVE))
    assert "(hours)" not in words(draw(early))


def test_a_curve_without_a_point_or_a_threshold_is_drawn_as_its_axes(draw):
    picture = draw(SaturationCurve(()))

    assert marks(picture) == []
    assert "100" in words(picture)


def test_the_foot_of_the_axis_lies_below_the_lowest_value(draw):
    assert "60" in words(draw(SaturationCurve(((15.0, 64.0),))))


def test_nothing_lies_outside_the_picture(draw):
    picture = draw(CURVE)
    for shape in picture.shapes:
        if isinstance(shape, Line):
            assert all(0 <= x <= picture.width for x, _ in shape.points)
            assert all(0 <= y <= picture.height for _, y in shape.points)


def test_the_words_of_a_threshold_stand_clear_of_the_values_above_it(draw, pen):
    flat = SaturationCurve(((15.0, 95.0), (1440.0, 95.0)), 96.0, 90.0, 4.0, 45.0)
    placed = [shape for shape in draw(flat).shapes if isinstance(shape, Text)]
    figures = [one for one in placed if one.text == "95" and one.bold]
    named = next(one for one in placed if one.text.startswith("Fall of"))

    assert named.y - max(one.y for one in figures) >= pen.size


def test_equal_values_side_by_side_have_one_figure(draw):
    close = SaturationCurve(((15.0, 96.0), (30.0, 88.0), (31.0, 88.0)), 97.0, 90.0)

    assert words(draw(close)).count("88") == 1
