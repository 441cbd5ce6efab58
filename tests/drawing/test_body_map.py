import pytest

from registry_app.domain.figures.sensation import PLACES, Change, Level
from registry_app.drawing.body import shipped_art
from registry_app.drawing.body_map import body_map, look_of
from registry_app.drawing.legend import legend
from registry_app.drawing.palette import PAPER
from registry_app.drawing.patterns import Pattern, segments
from registry_app.drawing.shapes import Fill, Hatch, Mark, Stroke, Text

WIDTHS = (260, 520, 1100)


@pytest.fixture(scope="module")
def art():
    return shipped_art()


def _of(picture, kind):
    return [shape for shape in picture.shapes if isinstance(shape, kind)]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_region_can_be_found_under_the_cursor(art, pen, width):
    refs = [fill.ref for fill in _of(body_map(art, {}, width, pen), Fill) if fill.ref]

    assert sorted(refs) == sorted(region.id for region in art.regions)


def test_both_sides_of_every_dermatome_are_drawn(art):
    assert {(region.segment, region.side) for region in art.regions} == set(PLACES)


@pytest.mark.parametrize("states", [Level, Change])
def test_no_two_states_look_alike_in_grey(states):
    """Ground, pattern and edge together say which it is; colour says nothing alone."""
    seen = [(look.pattern, look.edged, look.ground) for look in map(_look, states)]
    patterned = [look[0] for look in seen if look[0] is not None]

    assert len(set(seen)) == len(seen)
    assert len(set(patterned)) == len(patterned)


def _look(state):
    return look_of(state, PAPER)


def test_a_change_is_signed(art, pen):
    states = dict.fromkeys(PLACES, Change.BETTER)
    words = " ".join(text.text for text in _of(body_map(art, states, 520, pen), Text))

    assert "+" in words
    assert "\u2212" not in words


def test_what_is_open_is_white_without_a_pattern(art, pen):
    picture = body_map(art, {}, 520, pen)

    assert _of(picture, Hatch) == []
    assert {fill.colour for fill in _of(picture, Fill)} == {"#FFFFFF"}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_sides_of_the_patient_are_always_named(art, pen, width):
    words = {text.text for text in _of(body_map(art, {}, width, pen), Text)}

    assert {"R", "L"} <= words


def test_a_large_map_also_shows_key_points_and_muscles(art, pen):
    assert _of(body_map(art, {}, 520, pen), Mark) == []
    assert len(_of(body_map(art, {}, 1100, pen), Mark)) == 86


def test_the_marked_region_is_outlined_in_the_accent(art, pen):
    region = art.regions[10]
    picture = body_map(art, {}, 520, pen, marked=region.id)
    strong = [s for s in _of(picture, Stroke) if s.colour == PAPER.accent]

    assert [stroke.rings for stroke in strong] == [region.rings]


@pytest.mark.parametrize("pattern", Pattern)
def test_a_pattern_goes_on_from_one_box_to_the_next(pattern):
    whole = set(segments(pattern, (0, 0, 40, 20), 4))
    left, right = ((0, 0, 20, 20), (20, 0, 40, 20))

    for box in (left, right):
        inside = {s for s in segments(pattern, box, 4) if _starts_in(s, box)}
        assert all(any(_along(s, w) for w in whole) for s in inside)


def _starts_in(segment, box):
    return box[0] <= segment[0] <= box[2] and box[1] <= segment[1] <= box[3]


def _along(segment, other):
    """Both are marks at the same place, or parts of the same line."""
    (x0, y0, x1, y1), (a0, b0, a1, b1) = segment, other
    cross = (a1 - a0) * (y0 - b0) - (b1 - b0) * (x0 - a0)
    same = (a1 - a0) * (y1 - y0) - (b1 - b0) * (x1 - x0)
    return abs(cross) < 1e-6 and abs(same) < 1e-6


def test_a_legend_takes_as_many_lines_as_it_needs(pen):
    entries = [(level, f"a long word for {level.value}") for level in Level]

    assert legend(entries, 100, pen).height > legend(entries, 2000, pen).height
