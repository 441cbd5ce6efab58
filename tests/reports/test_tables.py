from reportlab.lib.units import mm

from registry_app.reports import fonts
from registry_app.reports.sheet import BODY_HEIGHT, MEASURE
from registry_app.reports.tables import Caption, Column, table
from registry_app.reports.voice import Voice
from registry_app.words import Language

COLUMNS = (Column("report_r4.head-rule", 84), Column("report_r4.head-duty", 84))
FULL = BODY_HEIGHT * mm


def a_table(rows, notes=()):
    fonts.register()
    made = table(
        Voice((Language.JA,)),
        Caption("表 1", "架空の表", ""),
        COLUMNS,
        [[f"{n}", "架空"] for n in range(rows)],
        notes=notes,
        kept=0,
    )
    ruled = made[0]
    ruled.wrap(MEASURE * mm, FULL)
    return ruled


def rows_of(part):
    return len(part._cellvalues) - 2


def parted(rows, room, notes=()):
    return a_table(rows, notes).split(MEASURE * mm, room)


def test_no_row_is_left_alone_on_the_page_where_a_table_begins():
    for room in range(20, 120):
        parts = parted(30, room * mm)
        assert not parts or rows_of(parts[0]) >= 2


def test_no_row_is_left_alone_on_the_page_where_a_table_ends():
    for rows in range(30, 90):
        parts = parted(rows, FULL)
        assert all(rows_of(part) >= 2 for part in parts)


def test_notes_go_with_the_last_rows_of_their_table():
    high = a_table(20).wrap(MEASURE * mm, FULL)[1]

    first, last = parted(20, high + 1, ["架空の注"])

    assert not first.below
    assert [text.spans[0].text for text in last.below] == ["架空の注"]
    assert rows_of(last) == 2


def test_a_table_of_few_rows_waits_for_a_page_that_holds_its_notes():
    high = a_table(3).wrap(MEASURE * mm, FULL)[1]

    assert parted(3, high + 1, ["架空の注"]) == []


def test_so_many_notes_that_no_page_holds_them_stand_apart():
    many = [f"架空の注 {n}" for n in range(200)]

    assert not a_table(20, many).below
