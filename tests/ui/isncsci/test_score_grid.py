import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu

from registry_app.domain.isncsci.segments import DAP, NEEDED_ITEMS, VAC
from registry_app.domain.visit import How
from registry_app.domain.worksheet.entry import Order, walk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def values(editor):
    return dict(editor.form.values)


def test_typing_fills_the_column_downwards(grid, qtbot, editor):
    qtbot.keyClicks(grid, "52n")

    assert values(editor) == {"R_M_C5": "5", "R_M_C6": "2", "R_M_C7": "NT"}
    assert editor.current == "R_M_C8"


@pytest.mark.parametrize("order", Order)
def test_a_whole_exam_takes_no_more_key_presses_than_cells_plus_ten(
    grid, qtbot, editor, order
):
    editor.order = order
    editor.go(walk(order)[0])
    presses = 0
    for item in walk(order)[: len(NEEDED_ITEMS)]:
        key = "1" if item in (VAC, DAP) else "2"
        qtbot.keyClicks(grid, key)
        presses += 1

    assert editor.form.exam.missing == ()
    assert editor.form.values[VAC] == "Yes"
    assert presses <= 132 + 10


def test_the_number_pad_alone_is_enough(grid, qtbot, editor):
    pad = Qt.KeyboardModifier.KeypadModifier
    for key in (Key.Key_3, Key.Key_Period, Key.Key_4, Key.Key_Minus, Key.Key_2):
        qtbot.keyClick(grid, key, pad)
    qtbot.keyClick(grid, Key.Key_Asterisk, pad)

    assert values(editor) == {"R_M_C5": "3", "R_M_C6": "NT", "R_M_C7": "2*"}


def test_full_width_digits_are_digits(grid, qtbot, editor):
    for letter in "３ｎ４":
        grid.keyPressEvent(
            QKeyEvent(
                QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter
            )
        )

    assert list(values(editor).values()) == ["3", "NT", "4"]


def test_what_an_input_method_commits_is_written(grid, qtbot, editor):
    event = QInputMethodEvent()
    event.setCommitString("５。う2ー")
    QGuiApplication.sendEvent(grid, event)

    assert list(values(editor).values()) == ["5", "NT", "UNK"]


def test_an_impossible_score_is_refused_and_the_cursor_stays(
    grid, qtbot, editor, refusals
):
    qtbot.keyClicks(grid, "7")

    assert [r.key for r in refusals] == ["worksheet.not-a-score"]
    assert (values(editor), editor.current) == ({}, "R_M_C5")


def test_taking_back_undoes_what_was_typed_one_after_the_other(grid, qtbot, editor):
    qtbot.keyClicks(grid, "543")
    qtbot.keyClicks(grid, "--")

    assert values(editor) == {"R_M_C5": "5"}
    assert editor.current == "R_M_C6"


def test_taking_back_gives_the_overwritten_score_again(grid, qtbot, editor):
    qtbot.keyClicks(grid, "54")
    editor.go("R_M_C5")
    qtbot.keyClicks(grid, "3")
    qtbot.keyClick(grid, Key.Key_Backspace)

    assert values(editor) == {"R_M_C5": "5", "R_M_C6": "4"}
    assert editor.current == "R_M_C5"


def test_retyping_the_same_score_takes_nothing_else_back(grid, qtbot, editor):
    qtbot.keyClicks(grid, "54")
    editor.go("R_M_C5")
    qtbot.keyClicks(grid, "5-")

    assert values(editor) == {"R_M_C5": "5", "R_M_C6": "4"}


def test_delete_clears_and_stays(grid, qtbot, editor):
    qtbot.keyClicks(grid, "5")
    editor.go("R_M_C5")
    qtbot.keyClick(grid, Key.Key_Delete)

    assert (values(editor), editor.current) == ({}, "R_M_C5")


def test_arrows_go_over_the_sheet_as_it_lies(grid, qtbot, editor):
    editor.go("R_M_T1")
    seen = []
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Up):
        qtbot.keyClick(grid, key)
        seen.append(editor.current)

    assert seen == ["R_M_L2", "R_LT_L2", "R_PP_L2", "L_LT_L2", "L_LT_L1"]


def test_home_end_and_their_ctrl_forms(grid, qtbot, editor):
    editor.go("R_LT_T5")
    seen = []
    for key, held in (
        (Key.Key_End, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Home, Qt.KeyboardModifier.NoModifier),
        (Key.Key_End, CTRL),
        (Key.Key_Home, CTRL),
    ):
        qtbot.keyClick(grid, key, held)
        seen.append(editor.current)

    assert seen == ["R_LT_S4_5", "R_LT_C2", "L_NK", "R_M_C5"]


def test_tab_goes_on_in_the_order_and_leaves_the_sheet_at_its_end(
    grid, qtbot, editor, card
):
    qtbot.keyClick(grid, Key.Key_Tab)
    assert editor.current == "R_M_C6"
    qtbot.keyClick(grid, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert editor.current == "R_M_C5"
    editor.go("L_NK")
    qtbot.keyClick(grid, Key.Key_Tab)
    assert not grid.hasFocus()


def test_filling_down_marks_and_confirming_unmarks(grid, qtbot, editor):
    editor.go("R_LT_S1")
    qtbot.keyClicks(grid, "0f")
    assert editor.sheet.filled() == ("R_LT_S2", "R_LT_S3", "R_LT_S4_5")
    assert editor.current == "R_PP_C2"

    editor.go("R_LT_S2")
    qtbot.keyClicks(grid, "c")
    assert editor.sheet.filled() == ()


def test_typing_over_a_filled_cell_examines_it(grid, qtbot, editor):
    editor.go("R_LT_S3")
    qtbot.keyClicks(grid, "0f")
    editor.go("R_LT_S4_5")
    qtbot.keyClicks(grid, "0")

    assert How.FILLED not in editor.form.how.values()


def test_undo_and_redo_go_where_the_change_was(grid, qtbot, editor):
    qtbot.keyClicks(grid, "54")
    editor.go("L_PP_T3")
    qtbot.keyClick(grid, Key.Key_Z, CTRL)
    assert (values(editor), editor.current) == ({"R_M_C5": "5"}, "R_M_C6")
    qtbot.keyClick(grid, Key.Key_Y, CTRL)
    assert values(editor) == {"R_M_C5": "5", "R_M_C6": "4"}


def test_after_the_last_score_come_vac_dap_and_the_non_key_muscles(grid, qtbot, editor):
    editor.go("L_M_S1")
    qtbot.keyClicks(grid, "010")
    assert (editor.form.values[VAC], editor.form.values[DAP]) == ("Yes", "No")
    assert editor.current == "R_NK"
    qtbot.keyClicks(grid, "55")
    assert editor.form.values["R_NK"] == "L5"
    qtbot.keyClick(grid, Key.Key_Return)
    qtbot.keyClicks(grid, "6")
    assert editor.form.values["L_NK"] == "C6"
    qtbot.keyClicks(grid, "0")
    assert "L_NK" not in editor.form.values


def test_n_at_vac_is_not_testable_and_never_no(grid, qtbot, editor):
    editor.go(VAC)
    qtbot.keyClicks(grid, "n")

    assert editor.form.values[VAC] == "NT"


def test_f8_goes_to_the_next_problem(grid, qtbot, editor):
    editor.go("L_PP_S4_5")
    qtbot.keyClick(grid, Key.Key_F8)

    assert editor.current == "L_M_C5"


def test_the_wheel_changes_no_value(grid, qtbot, editor):
    qtbot.keyClicks(grid, "5")
    at = QPointF(100, 200)
    wheel = QWheelEvent(
        at,
        QPointF(grid.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(grid, wheel)

    assert (values(editor), editor.current) == ({"R_M_C5": "5"}, "R_M_C6")


def test_a_completed_sheet_takes_no_key(grid, qtbot, editor, refusals):
    editor.locked = True
    qtbot.keyClicks(grid, "5")

    assert values(editor) == {}
    assert [r.key for r in refusals] == ["worksheet.locked"]


def test_a_click_goes_to_the_cell_and_chooses_an_answer(grid, qtbot, editor):
    qtbot.mouseClick(
        grid,
        Qt.MouseButton.LeftButton,
        pos=grid.layout_.cell("L_PP_T6").center().toPoint(),
    )
    assert editor.current == "L_PP_T6"
    no = grid.layout_.answer(DAP, 1).center().toPoint()
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=no)
    assert editor.form.values[DAP] == "No"
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=no)
    assert DAP not in editor.form.values


@pytest.mark.qt_log_ignore("raise", "grabbing the keyboard")
def test_a_non_key_muscle_can_be_chosen_from_a_menu(grid, qtbot, editor):
    at = grid.layout_.cell("L_NK").center().toPoint()
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=at)
    menu = grid.findChild(QMenu)
    menu.actions()[3].trigger()
    menu.close()

    assert editor.form.values["L_NK"] == "C7"


def test_a_screen_reader_is_told_where_we_are_and_what_was_before(grid, qtbot, editor):
    editor.go("R_LT_C2")
    assert (
        grid.accessibleDescription() == "right light touch C2, empty, earlier exam: 0"
    )
    qtbot.keyClicks(grid, "1")
    editor.go("R_LT_C2")
    reader = QAccessible.queryAccessibleInterface(grid)
    assert reader.text(QAccessible.Text.Description) == (
        "right light touch C2, 1, earlier exam: 0"
    )


class Painted(QObject):
    """Keeps what a widget is asked to paint."""

    def __init__(self):
        super().__init__()
        self.area = 0

    def eventFilter(self, _watched, event):  # noqa: N802
        if event.type() is QEvent.Type.Paint:
            self.area += sum(r.width() * r.height() for r in event.region())
        return False


def test_a_key_press_repaints_a_small_part_of_the_sheet(grid, qtbot):
    painted = Painted()
    grid.installEventFilter(painted)
    qtbot.keyClicks(grid, "5")
    qtbot.waitUntil(lambda: painted.area > 0)

    assert painted.area < grid.width() * grid.height() / 20


@pytest.mark.parametrize(("width", "height"), [(836, 569), (1270, 880)])
def test_the_whole_sheet_is_seen_without_scrolling(card, width, height):
    card.resize(width, height)
    layout = card.grid.layout_

    assert layout.hidden == 0
    assert all(
        card.rect().contains(layout.cell(item).toAlignedRect())
        for item in walk(Order.COLUMNS)
    )


def test_a_low_sheet_scrolls_and_keeps_the_current_row_in_its_middle(card, editor):
    card.resize(836, 380)
    layout = card.grid.layout_
    assert layout.hidden > 0
    for item in walk(Order.COLUMNS)[:132]:
        editor.go(item)
        cell = layout.cell(item)
        assert layout.rows_box.adjusted(0, -1, 0, 1).contains(cell)


def test_every_cell_is_found_under_the_pointer(grid):
    for item in walk(Order.COLUMNS):
        assert grid.layout_.item_at(grid.layout_.cell(item).center()) == item


@pytest.mark.parametrize("text", ["0", "nt", "u", "1*", "nt*", "1**"])
def test_every_kind_of_score_can_be_painted(grid, editor, text):
    editor.go("R_LT_T1")
    editor.type(text)

    assert not grid.grab().isNull()
