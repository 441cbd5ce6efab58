import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage

from registry_app.drawing.shapes import (
    Align,
    Box,
    Fill,
    Hatch,
    Line,
    Mark,
    Picture,
    Sign,
    Stroke,
    Text,
)
from registry_app.ui import paint
from registry_app.ui.look import Look, Theme
from registry_app.ui.shapes_painter import ShapesPainter, palette_of

INK, GROUND = "#204060", "#FFFFFF"
CORNERS = ((30, 10), (30, 30), (10, 30))
SQUARE = ([[10, 10], *([*at, *at, *at] for at in CORNERS)],)


@pytest.fixture
def painter(look):
    return ShapesPainter(look)


def painted(painter, *shapes, width=40, scale=1):
    """The picture of 40 × 40 units on white, `scale` pixels a unit."""
    prepared = painter.prepare(Picture(40, 40, shapes), width * scale)
    image = QImage(width * scale, 40 * scale, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with paint.painter(image) as p:
        painter.paint(p, prepared)
    return image


def ink_in(image, left, top, right, bottom):
    """How many pixels of that part are not white."""
    return sum(
        image.pixelColor(x, y) != QColor(GROUND)
        for x in range(left, right)
        for y in range(top, bottom)
    )


def test_a_filled_shape_is_painted_inside_its_curve_only(painter):
    image = painted(painter, Fill(SQUARE, INK))

    assert image.pixelColor(20, 20) == QColor(INK)
    assert image.pixelColor(5, 20) == QColor(GROUND)


def test_a_picture_is_painted_as_wide_as_it_is_asked_for(painter):
    image = painted(painter, Fill(SQUARE, INK), scale=3)

    assert image.pixelColor(85, 85) == QColor(INK)
    assert image.pixelColor(95, 60) == QColor(GROUND)


def test_a_hatch_never_leaves_its_shape(painter):
    across = tuple((0, y, 40, y) for y in range(0, 40, 4))
    image = painted(painter, Hatch(SQUARE, across, INK, 1))

    assert ink_in(image, 12, 12, 28, 28) > 0
    assert ink_in(image, 0, 0, 9, 40) == 0
    assert ink_in(image, 32, 0, 40, 40) == 0


@pytest.mark.parametrize("at", [10, 10.3, 10.5, 10.8])
def test_a_straight_hairline_takes_one_row_of_pixels(painter, at):
    image = painted(painter, Line(((2, at), (38, at)), INK, 1))

    rows = [y for y in range(40) if ink_in(image, 10, y, 30, y + 1)]
    assert rows == [10]
    assert image.pixelColor(20, 10) == QColor(INK)


def test_the_edges_of_a_box_lie_on_whole_pixels(painter):
    image = painted(painter, Box(4.4, 4.4, 20.2, 20.2, fill=INK))

    shades = {image.pixelColor(x, 15).name() for x in range(40)}
    assert shades == {QColor(INK).name(), QColor(GROUND).name()}


def test_a_hollow_mark_shows_its_ground_and_a_filled_one_its_colour(painter):
    for sign in (Sign.CIRCLE, Sign.SQUARE, Sign.TRIANGLE, Sign.DIAMOND, Sign.DOWN):
        hollow = painted(painter, Mark(20, 20, sign, 16, INK, "#EEEEEE", filled=False))
        filled = painted(painter, Mark(20, 20, sign, 16, INK, "#EEEEEE"))

        assert hollow.pixelColor(20, 20) == QColor("#EEEEEE")
        assert filled.pixelColor(20, 20) == QColor(INK)


def test_words_stand_left_of_between_or_right_of_their_point(painter):
    def sides(align):
        image = painted(painter, Text(20, 20, "nn", 11, INK, align=align))
        return ink_in(image, 0, 0, 20, 40), ink_in(image, 20, 0, 40, 40)

    assert sides(Align.LEFT)[0] == 0
    assert sides(Align.RIGHT)[1] == 0
    assert min(sides(Align.CENTRE)) > 0


def test_a_width_is_measured_in_the_unit_of_the_size(painter, look):
    wide = QFontMetricsF(look.font("body")).horizontalAdvance("触覚 LT 112")

    assert painter.measure("触覚 LT 112", 13, False) == pytest.approx(wide, rel=0.02)
    assert painter.measure("n", 22, True) > painter.measure("n", 22, False)


def test_what_lies_under_a_point_is_told_by_its_ref(painter):
    picture = Picture(
        40,
        40,
        (
            Fill(SQUARE, INK, "region"),
            Box(12, 12, 6, 6, fill=INK, ref="above"),
            Mark(36, 4, Sign.CIRCLE, 4, INK, GROUND, ref="mark"),
            Stroke(SQUARE, INK, 1),
        ),
    )
    prepared = painter.prepare(picture, 80)

    assert prepared.ref_at(QPointF(50, 50)) == "region"
    assert prepared.ref_at(QPointF(30, 30)) == "above"
    assert prepared.ref_at(QPointF(66, 8)) == "mark"
    assert prepared.ref_at(QPointF(4, 76)) == ""
    assert prepared.centre_of("mark") == QPointF(72, 8)


@pytest.mark.parametrize("theme", list(Theme))
def test_the_palette_of_a_look_is_that_of_the_tokens(look, theme):
    made, shown = palette_of(Look(theme)), Look(theme)

    assert made.ground == shown.colour("surface").name().upper()
    assert made.level_0 == shown.colour("bodymap.level_0").name().upper()
    assert made.states["open"] == shown.colour("border_strong").name().upper()
    assert len(set(made.series)) == 5


def test_a_training_registry_draws_with_its_own_accent():
    assert palette_of(Look(training=True)).accent != palette_of(Look()).accent
