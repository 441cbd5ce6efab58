import pytest

from registry_app.domain.figures.charts import (
    IntervalChart,
    IntervalRow,
    ShiftChart,
    ShiftRow,
    TrajectoryChart,
    TrajectoryPanel,
    TrajectoryPoint,
    TrajectorySeries,
)
from registry_app.domain.message import Message, Told
from registry_app.drawing.double import apart
from registry_app.drawing.intervals import draw_intervals
from registry_app.drawing.shapes import Box, Hatch, Line, Mark, Text
from registry_app.drawing.shift import draw_shift
from registry_app.drawing.trajectories import draw_trajectories

WIDTH = 748.0


@pytest.fixture
def said(pen):
    def say(thing):
        if isinstance(thing, Message):
            return pen.say(thing), ""
        return (thing.ja, thing.en) if isinstance(thing, Told) else (thing, "")

    return say


def words(picture):
    return [shape.text for shape in picture.shapes if isinstance(shape, Text)]


def a_shift(**told):
    row = ShiftRow("B", (1, 2, 4, 4, 0), missing=3, undecided=1, better=(8, 4))
    return ShiftChart(
        tuple("ABCDE"), Told("評価時", "endpoint"), (("cohort", (row,)),), **told
    )


def test_better_is_tinted_the_same_outlined_and_worse_hatched(pen, said):
    picture = draw_shift(a_shift(), said, WIDTH, pen)

    key = 1
    shapes = picture.shapes
    tinted = [s for s in shapes if isinstance(s, Box) and s.fill == pen.palette.up]
    outlined = [s for s in shapes if isinstance(s, Box) and s.outline]
    assert len(tinted) == 3 + key
    assert len(outlined) == 1 + key
    assert sum(isinstance(s, Hatch) for s in shapes) == 1 + key


def test_the_missing_and_the_undecided_stand_beside_the_cells(pen, said):
    found = words(draw_shift(a_shift(), said, WIDTH, pen))

    assert "N = 15" in found
    assert "8 / 12" in found
    assert "4 / 12" in found
    assert {"3", "1"} <= set(found)


def test_a_baseline_of_two_grades_is_worse_below_both_and_better_above_both(pen, said):
    row = ShiftRow("B/C", (1, 0, 3, 0, 0), missing=0, better=(0, 0))
    chart = ShiftChart(tuple("ABCDE"), "end", (("cohort", (row,)),))

    shapes = draw_shift(chart, said, WIDTH, pen).shapes

    assert sum(isinstance(s, Box) and bool(s.outline) for s in shapes) == 2 + 1


def test_an_interval_has_its_bar_its_companion_and_its_figures(pen, said):
    row = IntervalRow("primary", 12, 13, (63.97, 99.81), (66.69, 98.63), lead=True)
    chart = IntervalChart((("cohort", (row,)),))

    picture = draw_intervals(chart, said, WIDTH, pen)

    assert {"12 / 13", "92.3 (64.0–99.8)", "(66.7–98.6)"} <= set(words(picture))
    marks = [s for s in picture.shapes if isinstance(s, Mark)]
    assert all(mark.filled for mark in marks)


def test_nobody_has_no_bar_and_says_so(pen, said):
    chart = IntervalChart((("cohort", (IntervalRow("none", 0, 0, None, None),)),))

    picture = draw_intervals(chart, said, WIDTH, pen)

    assert words(picture).count("—") == 2
    assert "0 / 0" in words(picture)


def test_a_comparator_of_another_baseline_is_hollow_dashed_and_named(pen, said):
    row = IntervalRow("early", 22, 150, (9.4, 21.4), (9.9, 21.2), comparable=False)
    chart = IntervalChart((("cohort", (row,)),))

    picture = draw_intervals(chart, said, WIDTH, pen)

    assert any(isinstance(s, Mark) and not s.filled for s in picture.shapes)
    assert any(isinstance(s, Line) and s.dash for s in picture.shapes)
    assert "baseline not comparable" in words(picture)


def test_no_line_of_the_grid_runs_through_the_words_over_a_group(pen, said):
    rows = (IntervalRow("x", 1, 2, (1.3, 98.7), (9.5, 90.5)),)
    chart = IntervalChart(((Told("名", "first name"), rows), ("second", rows)))

    picture = draw_intervals(chart, said, WIDTH, pen)

    grid = [
        s.points
        for s in picture.shapes
        if isinstance(s, Line) and s.colour == pen.palette.grid
    ]
    heads = {"名", "first name", "second"}
    names = [s.y for s in picture.shapes if isinstance(s, Text) and s.text in heads]
    assert len(names) == len(heads)
    assert grid
    assert not any(
        top <= y <= bottom for ((_, top), (_, bottom)) in grid for y in names
    )


def test_every_visit_is_named_however_near_to_another_it_is(pen, said):
    points = tuple(
        TrajectoryPoint(f"a visit of a long name {day}", day, 3, 1.0, 1.0, 1.0)
        for day in (14, 28, 49, 56, 90, 365)
    )
    panel = TrajectoryPanel("UEMS", 0, 50, (TrajectorySeries("one", points),))

    picture = draw_trajectories(TrajectoryChart((panel,)), said, WIDTH, pen)

    named = [s for s in picture.shapes if isinstance(s, Text) and "visit" in s.text]
    named = [s for s in named if s.text.startswith("a visit")]
    assert len(named) == len(points)
    for one in named:
        half = pen.width(one.text, bold=True) / 2
        assert one.x + half <= WIDTH + 1e-6
        for other in named:
            if one is not other and one.y == other.y:
                assert abs(one.x - other.x) >= half


def a_course():
    points = (
        TrajectoryPoint("Baseline", 49, 17, 16.0, 13.0, 20.0),
        TrajectoryPoint("Endpoint", 180, 15, 19.5, 17.0, 24.0, 19.0, 21.0),
        TrajectoryPoint("Year", 365, 0, None, None, None),
    )
    cases = (((49, 15.0), (180, 19.0)),)
    series = (
        TrajectorySeries("one", points, cases),
        TrajectorySeries("two", points),
    )
    name = Told("UEMS（上肢 0–50）", "UEMS (arms, 0-50)")
    return TrajectoryChart((TrajectoryPanel(name, 0, 50, series),), ((42, 56),))


def test_n_stands_under_every_visit_for_every_series(pen, said):
    found = words(draw_trajectories(a_course(), said, WIDTH, pen))

    assert found.count("17") == 2
    assert found.count("15") == 2
    # One is the mark of the axis.
    assert found.count("0") == 2 + 1


def test_no_line_goes_on_past_the_last_value(pen, said):
    picture = draw_trajectories(a_course(), said, WIDTH, pen)

    marks = [s for s in picture.shapes if isinstance(s, Mark)]
    medians = 2 * 2
    assert len(marks) == medians + 2
    assert {mark.filled for mark in marks} == {True, False}


def test_everything_stays_on_the_picture(pen, said):
    interval = IntervalRow("x", 1, 2, (1.3, 98.7), (9.5, 90.5))
    pictures = (
        draw_shift(a_shift(), said, WIDTH, pen),
        draw_intervals(IntervalChart((("c", (interval,)),)), said, WIDTH, pen),
        draw_trajectories(a_course(), said, WIDTH, pen),
    )

    for picture in pictures:
        for shape in picture.shapes:
            if isinstance(shape, Text):
                assert 0 <= shape.y <= picture.height
                assert 0 <= shape.x <= picture.width


def test_words_that_would_cover_one_another_take_the_next_line_or_none():
    assert apart([(10, 10), (16, 10), (18, 10), (40, 10)], 1, 2) == [0, 1, None, 0]
