from io import BytesIO

import pypdfium2
import pytest
from PySide6.QtCore import QPointF, Qt

from registry_app.ui.pdf_pages import PdfPages
from registry_app.ui.pdf_view import FIT_WIDTH, PdfView, Spot


def a_pdf(*sizes):
    """Empty pages of these sizes in points."""
    document = pypdfium2.PdfDocument.new()
    for wide, high in sizes:
        document.new_page(wide, high)
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


A4 = (595, 842)
SPOTS = (
    Spot(0, 100, 100, 120, 110, "upper left"),
    Spot(0, 300, 100, 320, 110, "upper right"),
    Spot(0, 300, 200, 320, 210, "lower right"),
    Spot(2, 100, 700, 120, 710, "on the third page"),
)


@pytest.fixture
def view(qtbot, words, look):
    made = PdfView(words, look)
    qtbot.addWidget(made)
    made.resize(640, 500)
    made.show_pages(PdfPages(a_pdf(A4, A4, A4)), SPOTS)
    made.show()
    qtbot.waitUntil(lambda: made.picture() is not None)
    made.setFocus()
    return made


def test_a_page_is_drawn_as_large_as_it_is_shown(view):
    seen, sheet = view.picture(), view.sheet()

    assert seen.width() == pytest.approx(sheet.width(), abs=2)
    assert seen.height() == pytest.approx(sheet.height(), abs=2)


def test_page_down_scrolls_first_and_then_turns(qtbot, view):
    pages = []
    view.turned.connect(lambda page, _pages: pages.append(page))
    while view.page == 0:
        qtbot.keyClick(view, Qt.Key.Key_PageDown)

    assert pages == [1]
    assert view.verticalScrollBar().value() == 0
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.page == 0
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_home_and_end_lead_to_the_first_and_the_last_page(qtbot, view):
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.page == 2
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.page == 0


def test_left_and_right_go_from_number_to_number_over_all_pages(qtbot, view):
    gone = []
    view.gone.connect(lambda n: gone.append(SPOTS[n].label))
    for _ in range(5):
        qtbot.keyClick(view, Qt.Key.Key_Right)

    assert gone == [spot.label for spot in SPOTS]
    assert view.page == 2
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert (view.page, view.current) == (0, 2)


def test_up_and_down_go_to_the_nearest_number_of_the_page(qtbot, view):
    view.go_to(1)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current == 2
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current == 1


def test_enter_opens_the_number_that_has_the_frame(qtbot, view):
    opened = []
    view.opened.connect(opened.append)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == []

    view.go_to(1)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == [1]


def test_the_pointer_frames_a_number_and_a_press_opens_it(view):
    opened = []
    view.opened.connect(opened.append)
    view.point_at(view.box_of(1).center())
    assert view.hovered == 1

    view.press_at(view.box_of(1).center())
    assert opened == [1]
    view.press_at(QPointF(2, 2))
    assert opened == [1]


def test_plus_and_minus_change_the_size_and_0_fits_the_width(qtbot, view):
    fitting, zooms = view.sheet().width(), []
    view.zoomed.connect(zooms.append)
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.sheet().width() > fitting
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    qtbot.keyClick(view, Qt.Key.Key_0)

    assert view.sheet().width() == fitting
    assert zooms[-1] == FIT_WIDTH
    assert len(zooms) == 3


def test_a_screen_reader_is_told_the_page_and_the_keys(view):
    said = view.accessibleDescription()

    assert said.startswith("Page 1 of 3")
    assert "Enter" in said


def test_another_paper_keeps_the_page_where_it_is_there(view):
    view.turn_to(2)
    view.show_pages(PdfPages(a_pdf(A4, A4)))

    assert (view.page, view.pages) == (1, 2)
    assert view.on_page() == []
