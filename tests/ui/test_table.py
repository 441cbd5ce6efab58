import pytest
from PySide6.QtCore import Qt

from registry_app.ui.rows_model import Column
from registry_app.ui.table import plain_table

COLUMNS = [
    Column("State", lambda row: row[0], 100, "chip", status=lambda _row: "due"),
    Column("What", lambda row: row[1], 0, "strong", under=lambda row: row[2]),
    Column("Who", lambda row: row[3], 150, spare=True),
    Column("Law", lambda row: row[4], 150, "quiet", spare=True),
]
ROWS = [("due", "Booklet 1", "SAP-1", "Hospital", "Art. 1")]


@pytest.fixture
def table(qtbot, look):
    table = plain_table(look, "duties", COLUMNS, ROWS, tall=True)
    qtbot.addWidget(table)
    table.show()
    return table


@pytest.mark.parametrize(("width", "hidden"), [(700, []), (500, [3]), (320, [2, 3])])
def test_columns_that_can_be_spared_go_where_there_is_no_room(table, width, hidden):
    table.resize(width, 200)

    assert [n for n in range(4) if table.isColumnHidden(n)] == hidden
    shown = sum(table.columnWidth(n) for n in range(4) if n not in hidden)
    assert shown <= max(table.viewport().width(), 290)


def test_a_screen_reader_is_told_both_lines_of_a_cell(table):
    index = table.model().index(0, 1)

    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Booklet 1, SAP-1"


def test_a_tall_table_has_room_for_two_lines(qtbot, table, look):
    low = plain_table(look, "duties", COLUMNS, ROWS)
    qtbot.addWidget(low)

    assert table.rowHeight(0) == look.size("row_list")
    assert low.rowHeight(0) == look.size("row_table")
