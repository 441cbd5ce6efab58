import pytest

from registry_app.domain.figures.trajectory import (
    GradePoint,
    Point,
    Track,
    Trajectory,
    trajectory,
)
from registry_app.domain.subject import Arm
from registry_app.drawing.shapes import Box, Hatch, Line, Mark, Sign, Text
from registry_app.drawing.trajectory import draw_trajectory
from tests.reports.made_up import a_sheet, a_subject, an_exam, some_exams


def _of(picture, kind):
    return [shape for shape in picture.shapes if isinstance(shape, kind)]


def _course(lems, grades=("A",)):
    """Two exams: the second with this sum of the legs, and these possible grades."""
    sure = (Point(10, 5, 5, True, "one"), Point(90, 5, 5, True, "two"))
    low, high = lems
    legs = (Point(10, 5, 5, True, "one"), Point(90, low, high, True, "two"))
    steps = (
        GradePoint(10, ("A",), False, True),
        GradePoint(90, grades, False, True, "two"),
    )
    return Trajectory(
        steps,
        (Track("uems", 50, sure), Track("lems", 50, legs)),
        (Track("lt", 112, sure), Track("pp", 112, sure)),
        None,
    )


def _squares(course, pen):
    picture = draw_trajectory(course, 600, 360, pen)
    return [m for m in _of(picture, Mark) if m.sign is Sign.SQUARE and m.ref]


def test_a_certain_sum_is_a_mark(pen):
    assert [m.ref for m in _squares(_course((8, 8)), pen)] == ["one", "two"]


def test_an_uncertain_sum_is_never_a_mark_but_can_be_pointed_at(pen):
    course = _course((3, 20))

    assert [m.ref for m in _squares(course, pen)] == ["one"]
    boxes = _of(draw_trajectory(course, 600, 360, pen), Box)
    assert [b.ref for b in boxes if b.fill is None and b.outline is None] == ["two"]


def test_an_uncertain_grade_is_a_span_over_all_possible_ones(pen):
    picture = draw_trajectory(_course((8, 8), ("B", "C", "D")), 600, 360, pen)

    assert len(_of(picture, Hatch)) == 1
    assert "B–D" in [text.text for text in _of(picture, Text)]


def test_two_possible_grades_are_both_named(pen):
    picture = draw_trajectory(_course((8, 8), ("B", "C")), 600, 360, pen)

    assert "B–C" in [text.text for text in _of(picture, Text)]


def test_the_latest_value_stands_at_the_right_of_its_line(pen):
    words = [
        t.text for t in _of(draw_trajectory(_course((3, 20)), 600, 360, pen), Text)
    ]

    assert "3–20" in words


def test_four_sums_are_told_apart_without_colour(pen):
    picture = draw_trajectory(_course((8, 8)), 600, 360, pen)
    signs = {m.sign for m in _of(picture, Mark)}
    dashes = {line.dash for line in _of(picture, Line) if line.width > 1.5}

    assert {Sign.CIRCLE, Sign.SQUARE, Sign.TRIANGLE, Sign.DIAMOND} <= signs
    assert len(dashes) >= 4


def test_the_treatment_is_a_line_through_all_panes(pen):
    treated = draw_trajectory(trajectory(a_subject(), some_exams()), 600, 360, pen)
    other = trajectory(a_subject(arm=Arm.COMPARISON), some_exams())

    assert "Treatment, day 37" in [t.text for t in _of(treated, Text)]
    words = [t.text for t in _of(draw_trajectory(other, 600, 360, pen), Text)]
    assert not any("Treatment" in text for text in words)


@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_nothing_lies_outside_the_picture(pen, count):
    exams = [an_exam(20 + 45 * n, a_sheet("T6")) for n in range(count)]
    picture = draw_trajectory(trajectory(a_subject(), exams), 480, 300, pen)

    for line in _of(picture, Line):
        assert all(0 <= x <= 480 and 0 <= y <= 300 for x, y in line.points)
    for mark in _of(picture, Mark):
        assert 0 <= mark.x <= 480
        assert 0 <= mark.y <= 300


def test_without_exams_the_figure_says_so(pen):
    picture = draw_trajectory(trajectory(a_subject(), []), 480, 300, pen)

    assert "No exam yet" in [text.text for text in _of(picture, Text)]
