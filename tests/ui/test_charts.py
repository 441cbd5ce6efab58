import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from registry_app.drawing.shapes import Mark, Picture, Sign
from registry_app.ui.charts import Chart, Figure, Reading, listen_for_tables
from registry_app.ui.easel import Drawing, Easel

READINGS = [
    Reading(("a",), "Day 3", ("UEMS 18",)),
    Reading(("b",), "Day 50", ("UEMS 19–25",)),
    Reading(("c",), "Day 90"),
]


def draw(width, height):
    """Three marks at a quarter, half and three quarters of the width."""
    marks = [
        Mark(width * share, height / 2, Sign.CIRCLE, 8, "#000000", "#FFFFFF", ref=ref)
        for ref, share in (("a", 0.25), ("b", 0.5), ("c", 0.75))
    ]
    return Picture(width, height, tuple(marks))


@pytest.fixture
def easel(words, look):
    return Easel(words, look)


@pytest.fixture
def page(qtbot, easel):
    """A page with two figures; the first has the focus."""
    page = QWidget()
    qtbot.addWidget(page)
    page.setLayout(QVBoxLayout())
    page.figures = []
    for name in ("Trajectory", "Map"):
        chart = Chart(easel, name, "Arrow keys read.", guide=True)
        chart.show_figure(draw, lambda: READINGS)
        figure = Figure(chart, lambda: QLabel("18, 19–25"))
        page.layout().addWidget(figure)
        page.figures.append(figure)
    listen_for_tables(page)
    page.resize(408, 416)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.figures[0].chart.setFocus()
    qtbot.waitUntil(page.figures[0].chart.hasFocus)
    return page


@pytest.fixture
def chart(page):
    return page.figures[0].chart


def test_arrow_keys_go_from_reading_to_reading_and_stop_at_the_ends(qtbot, chart):
    seen = []
    for key in ("Right", "Right", "Right", "Right", "Left", "Home", "End"):
        qtbot.keyClick(chart, getattr(Qt.Key, f"Key_{key}"))
        seen.append(chart.reading.title)

    days = ["Day 3", "Day 50", "Day 90", "Day 90", "Day 50", "Day 3", "Day 90"]
    assert seen == days


def test_left_begins_at_the_end_and_escape_reads_nothing(qtbot, chart):
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.reading.title == "Day 90"

    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.reading is None


def test_a_screen_reader_hears_what_is_read(qtbot, chart):
    assert chart.accessibleName() == "Trajectory"
    assert chart.accessibleDescription() == "Arrow keys read."

    qtbot.keyClick(chart, Qt.Key.Key_Right)

    assert chart.accessibleDescription() == "Day 3 · UEMS 18"


def test_the_pointer_reads_what_it_is_near_along_the_axis(qtbot, chart):
    middle = chart.width() // 2
    qtbot.mouseMove(chart, QPoint(middle + 5, 6))
    assert chart.reading.title == "Day 50"

    qtbot.mouseMove(chart, QPoint(middle + 40, 6))
    assert chart.reading is None


def test_enter_and_a_double_click_activate_what_is_read(qtbot, chart):
    opened = []
    chart.activated.connect(opened.append)

    qtbot.keyClick(chart, Qt.Key.Key_Return)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    middle = QPoint(chart.width() // 2, chart.height() // 2)
    qtbot.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=middle)

    assert opened == ["a", "b"]


def test_the_read_out_is_painted_inside_the_chart(qtbot, chart):
    plain = chart.grab().toImage()
    qtbot.keyClick(chart, Qt.Key.Key_End)

    assert chart.grab().toImage() != plain


def test_another_size_is_another_layout(page, chart, qtbot):
    before = chart.prepared.centre_of("b").x()
    page.resize(608, 416)
    qtbot.waitUntil(lambda: chart.prepared.centre_of("b").x() > before)

    assert chart.prepared.width == chart.width() - 2 * chart.pad


def test_ctrl_t_switches_the_figure_that_has_the_focus(qtbot, page, chart):
    one, other = page.figures
    qtbot.keyClick(chart, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)

    assert (one.as_table, other.as_table) == (True, False)
    assert one.numbers.text() == "18, 19–25"


def test_ctrl_t_switches_all_figures_while_none_has_the_focus(qtbot, page, chart):
    chart.clearFocus()
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.setFocus()
    for shown in (True, False):
        qtbot.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        assert [figure.as_table for figure in page.figures] == [shown, shown]


def test_other_numbers_take_the_place_of_those_shown(page):
    figure = page.figures[0]
    figure.switch(True)
    figure.show_numbers(lambda: QLabel("20"))

    assert figure.as_table
    assert figure.currentWidget().text() == "20"


def test_a_natural_figure_is_as_high_as_its_drawing(qtbot, easel):
    made = Drawing(easel, natural=200)
    qtbot.addWidget(made)
    made.show_drawing(lambda width, _height: Picture(width, 37, ()))

    assert made.height() == 37
