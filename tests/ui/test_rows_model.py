import pytest
from PySide6.QtCore import Qt

from registry_app.ui.rows_model import PAGE, Column, RowsModel
from registry_app.ui.table import Table

IDS = [f"SAP-{n:05d}" for n in range(1000)]


@pytest.fixture
def asked():
    return []


@pytest.fixture
def model(asked, qtmodeltester):
    def ids(sort, descending):
        asked.append((sort, descending))
        return IDS[::-1] if descending else IDS

    def rows(ids):
        asked.append(len(ids))
        return ids

    columns = [
        Column("Case", str, 128, "strong", "id"),
        Column("Length", lambda row: str(len(row)), 0, "figure"),
        Column("Days", str, 80, "figure", "date", reverse=True),
    ]
    model = RowsModel(columns, ids, rows)
    model.reload()
    asked.clear()
    return model


def test_it_keeps_the_rules_of_qt(model, qtmodeltester):
    qtmodeltester.check(model)


def test_only_the_page_that_is_shown_is_read(model, asked):
    assert model.index(PAGE + 3, 0).data() == IDS[PAGE + 3]
    assert model.index(PAGE + 4, 0).data() == IDS[PAGE + 4]

    assert asked == [PAGE]


def test_sorting_is_left_to_the_service(model, asked):
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.sort(1, Qt.SortOrder.DescendingOrder)

    assert asked == [("id", True)]
    assert model.id_at(0) == IDS[-1]


def test_days_since_a_date_rise_as_the_date_falls(model, asked):
    model.sort(2, Qt.SortOrder.AscendingOrder)

    assert asked == [("date", True)]


def test_enter_opens_the_row_and_end_goes_to_the_last(model, look, qtbot):
    table, opened = Table(look, model, "Patients"), []
    qtbot.addWidget(table)
    table.opened.connect(opened.append)
    table.selectRow(0)

    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.keyClick(table, Qt.Key.Key_Return)

    assert opened == [IDS[1], IDS[-1]]


def test_the_arrow_stays_with_a_column_that_can_be_sorted(model, look, qtbot):
    table = Table(look, model, "Patients")
    qtbot.addWidget(table)

    table.horizontalHeader().setSortIndicator(1, Qt.SortOrder.AscendingOrder)

    assert table.horizontalHeader().sortIndicatorSection() == 0
