from itertools import pairwise

from registry_app.domain.figures.charts import FlowBox, FlowChart, FlowLeft
from registry_app.drawing.flow import draw_flow, wrap
from registry_app.drawing.shapes import Box, Line, Text

LONG = "No counted baseline exam (missing, not due, or not gradeable at all)"
NOT_GIVEN = FlowLeft("Not given", 8, "flow|not-given|treated")
CHART = FlowChart(
    (
        (
            "Treated",
            (
                FlowBox("a", "Registered", 90, (NOT_GIVEN, FlowLeft(LONG, 12))),
                FlowBox("b", "Treated (safety set)", 70),
                FlowBox("c", LONG, 1234),
            ),
        ),
        ("Comparison", (FlowBox("a", "Registered", 90),)),
    )
)


def said(text):
    return text, f"({text})"


def shapes(pen, kind, width=470.0):
    return [s for s in draw_flow(CHART, said, width, pen).shapes if isinstance(s, kind)]


def test_every_number_stands_once_and_nothing_leaves_the_figure(pen):
    picture = draw_flow(CHART, said, 470.0, pen)
    texts = [s for s in picture.shapes if isinstance(s, Text)]

    numbers = [t.text for t in texts if t.text.replace(",", "").isdigit()]
    assert sorted(numbers) == sorted(["90", "8", "12", "70", "1,234", "90"])
    for box in shapes(pen, Box):
        assert box.x >= 0
        assert box.x + box.width <= 470.01
        assert box.y + box.height <= picture.height


def test_words_stay_within_their_box(pen):
    boxes = [box for box in shapes(pen, Box) if box.outline]
    for text in shapes(pen, Text):
        if text.bold:
            continue
        (box,) = (
            b
            for b in boxes
            if b.x <= text.x <= b.x + b.width and b.y <= text.y <= b.y + b.height
        )
        wide = pen.measure(text.text, text.size, text.bold)
        assert text.x + wide <= box.x + box.width


def test_boxes_of_a_column_do_not_touch(pen):
    left = [box for box in shapes(pen, Box) if box.x == 0]

    for above, below in pairwise(left):
        assert above.y + above.height < below.y


def test_each_step_and_each_loss_has_an_arrow(pen):
    # two lines an arrow: two steps down and one to those who left
    assert len(shapes(pen, Line)) == 6


def test_a_word_wider_than_its_box_is_parted(pen):
    lines = wrap("Pneumonoultramicroscopic", 10 * 0.6 * pen.size, pen)

    assert [len(line) for line in lines] == [10, 10, 4]


def test_a_line_of_japanese_does_not_begin_with_a_full_stop(pen):
    lines = wrap("追跡が終了した。以上", 7 * 0.6 * pen.size, pen)

    assert all(not line.startswith("。") for line in lines)


def test_a_box_and_each_loss_lead_to_where_their_number_is_told(pen):
    assert [box.ref for box in shapes(pen, Box) if box.ref] == [NOT_GIVEN.cell]
