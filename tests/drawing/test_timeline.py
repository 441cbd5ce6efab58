from itertools import combinations, pairwise

import pytest

from registry_app.domain.figures.timeline import (
    Event,
    ExamMark,
    Standing,
    Timeline,
    Window,
    timeline,
)
from registry_app.domain.message import say
from registry_app.drawing.days import EARLY, DayAxis
from registry_app.drawing.shapes import Box, Line, Mark, Sign, Text
from registry_app.drawing.timeline import draw_timeline
from tests.reports.made_up import a_subject, some_exams

INJURY = Event(0, say("drawing.injury"))


def _of(picture, kind):
    return [shape for shape in picture.shapes if isinstance(shape, kind)]


def test_counted_exams_are_filled_and_others_hollow(pen):
    marks = _of(draw_timeline(timeline(a_subject(), some_exams()), 800, pen), Mark)
    exams = [(m.ref, m.filled) for m in marks if m.sign is Sign.CIRCLE]

    assert exams == [
        ("form-14", True),
        ("form-91", True),
        ("form-182", True),
        ("form-233", False),
    ]


def test_the_treatment_is_a_solid_triangle_that_points_down(pen):
    marks = _of(draw_timeline(timeline(a_subject(), []), 800, pen), Mark)

    assert [(m.sign, m.filled) for m in marks] == [(Sign.DOWN, True)]


@pytest.mark.parametrize("last", [20, 59, 100, 121, 400, 4000])
def test_days_go_from_left_to_right_and_stay_within_the_axis(last):
    axis = DayAxis(0, last, 10, 500, gap=20)
    places = [axis.at(day) for day in range(last + 1)]

    assert places == sorted(places)
    assert places[0] == pytest.approx(10)
    assert places[-1] == pytest.approx(500)


def test_the_first_weeks_are_widened_only_where_the_axis_is_much_longer():
    assert not DayAxis(0, 2 * EARLY, 0, 500, gap=20).broken
    long = DayAxis(0, 365, 0, 500, gap=20)
    assert long.broken
    assert long.at(30) - long.at(0) > 3 * (long.at(130) - long.at(100))


@pytest.mark.parametrize("last", [30, 90, 365, 1825, 9000])
def test_the_numbers_of_an_axis_do_not_touch(last):
    for gap in (0, 20):
        axis = DayAxis(0, last, 0, 500, gap=gap)
        places = [axis.at(day) for day in axis.ticks(30)]
        assert len(places) > 2
        assert min(b - a for a, b in pairwise(places)) > 9.9


def test_words_do_not_cover_each_other_however_close_the_days(pen):
    events = tuple(Event(n, say("drawing.treatment-day", day=n)) for n in range(8))
    line = Timeline((INJURY, *events), (), now=4)
    words = [t for t in _of(draw_timeline(line, 300, pen), Text) if "day" in t.text]
    boxes = [
        (t.x - pen.width(t.text) / 2, t.x + pen.width(t.text) / 2, t.y) for t in words
    ]

    assert len(boxes) == 9
    for one, other in combinations(boxes, 2):
        assert one[2] != other[2] or one[1] <= other[0] or other[1] <= one[0]
    assert all(left >= -0.1 and right <= 300.1 for left, right, _ in boxes)


def test_windows_are_bands_with_an_edge_of_their_standing(pen):
    window = Window(42, 56, say("drawing.injury"), Standing.OVERDUE)
    picture = draw_timeline(Timeline((INJURY,), (), (window,)), 800, pen)

    assert len([b for b in _of(picture, Box) if b.fill == pen.palette.window]) == 1
    assert pen.palette.states["overdue"] in {line.colour for line in _of(picture, Line)}


def test_today_is_a_diamond_with_its_words(pen):
    line = Timeline((INJURY,), (ExamMark(3, True),), now=178)
    picture = draw_timeline(line, 800, pen)

    assert [m.sign for m in _of(picture, Mark)][-1] is Sign.DIAMOND
    assert "Today, day 178" in [t.text for t in _of(picture, Text)]


@pytest.mark.parametrize(
    ("standing", "sign", "filled"),
    [
        (Standing.DONE, Sign.CIRCLE, True),
        (Standing.DUE, Sign.CIRCLE, True),
        (Standing.OVERDUE, Sign.TRIANGLE, True),
        (Standing.BLOCKED, Sign.SQUARE, True),
        (Standing.OPEN, Sign.CIRCLE, False),
    ],
)
def test_the_chip_of_a_window_says_its_standing_by_shape_and_word(
    pen, standing, sign, filled
):
    window = Window(42, 56, say("drawing.injury"), standing)
    picture = draw_timeline(Timeline((INJURY,), (), (window,)), 800, pen)

    assert [(m.sign, m.filled) for m in _of(picture, Mark)] == [(sign, filled)]
    assert [t.text for t in _of(picture, Text)].count("Injury") == 2
    checked = any(len(line.points) == 3 for line in _of(picture, Line))
    assert checked == (standing is Standing.DONE)


def test_windows_that_overlap_begin_at_different_heights(pen):
    several = tuple(Window(n, n + 20, say("drawing.injury")) for n in (0, 10, 25))
    picture = draw_timeline(Timeline((INJURY,), (), several), 800, pen)
    bands = [b for b in _of(picture, Box) if b.fill == pen.palette.window]

    assert sorted(b.y for b in bands)[0] == sorted(b.y for b in bands)[1]
    assert len({b.y for b in bands}) == 2
    assert len({b.y + b.height for b in bands}) == 1


def test_in_a_crowd_of_windows_those_to_act_on_keep_their_words(pen):
    long = say("drawing.treatment-day", day=100)
    windows = tuple(
        Window(
            n * 3,
            n * 3 + 2,
            long,
            Standing.OVERDUE if n == 5 else Standing.DONE,
            say("drawing.injury"),
            1 if n == 5 else 4,
            f"window:{n}",
        )
        for n in range(12)
    )
    picture = draw_timeline(Timeline((), (), windows), 300, pen)
    said = [t.text for t in _of(picture, Text)]
    boxes = {b.ref for b in _of(picture, Box) if b.ref}
    alone = {m.ref for m in _of(picture, Mark) if m.ref}

    assert said.count("Treatment, day 100") >= 1
    assert "window:5" in boxes
    assert boxes | alone == {f"window:{n}" for n in range(12)}
    assert not boxes & alone


def test_the_chips_of_windows_do_not_cover_each_other(pen):
    windows = tuple(
        Window(n, n + 9, say("drawing.injury"), ref=f"window:{n}") for n in range(30)
    )
    picture = draw_timeline(Timeline((), (), windows), 400, pen)
    boxes = [b for b in _of(picture, Box) if b.ref]

    assert len({b.y for b in boxes}) <= 2
    for one, other in combinations(boxes, 2):
        apart = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert one.y != other.y or apart
