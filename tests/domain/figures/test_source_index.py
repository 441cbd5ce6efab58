"""Who stands behind a number: every case named, a set written out once."""

from registry_app.domain.figures.document import (
    Align,
    Column,
    Ref,
    Row,
    Section,
    Table,
    Value,
)
from registry_app.domain.figures.source_index import MOST, listing_sources
from registry_app.domain.message import Message
from registry_app.words import Language, Words

JA = Words(Language.JA).say


def cases(*numbers: int, site: str = "SAP") -> tuple[Ref, ...]:
    ids = (f"{site}-{number:04d}-X" for number in numbers)
    return tuple(Ref("subject", one, one) for one in ids)


def row(name: str, *cells: tuple[Ref, ...], **more: object) -> Row:
    values = (Value(f"{len(refs)}", len(refs), refs) for refs in cells)
    return Row(name, (Value(name), *values), **more)


def table(*rows: Row, name: str = "one") -> Table:
    columns = [Column("row", "行", 100), Column("a", "甲", 34, Align.RIGHT)]
    return Table(name, name, (*columns, Column("b", "乙", 34, Align.RIGHT)), rows)


def lines(*tables: Table) -> list[tuple[str, ...]]:
    found = listing_sources([Section("s", "節", tables)], {"one": "1-1", "two": "1-2"})
    return [
        tuple(
            JA(cell.shown) if isinstance(cell.shown, Message) else f"{cell.shown}"
            for cell in line.cells
        )
        for line in found.rows
    ]


def test_cases_that_follow_each_other_are_a_range_and_two_of_them_are_not():
    few = row("few", cases(1, 2, 3, 4, 7, 8), ())

    assert lines(table(few)) == [
        ("表 1-1　one", ""),
        ("few", "（6）SAP-0001–0004, 0007, 0008"),
    ]


def test_each_site_is_named_once_and_other_records_stand_as_they_are():
    both = (
        cases(9, 10, 11) + cases(12, 14, site="KYO") + (Ref("kit", "ab-12", "ab-12"),)
    )

    assert lines(table(row("all", both, ())))[1] == (
        "all",
        "（6）KYO-0012, 0014, SAP-0009–0011, ab-12",
    )


def test_columns_are_named_where_they_rest_on_different_cases():
    assert lines(table(row("r", cases(1), cases(2))))[1] == (
        "r",
        "甲（1）SAP-0001；乙（1）SAP-0002",
    )


def test_a_set_behind_several_numbers_is_written_out_once():
    many = cases(*range(1, 20, 2))
    out = "SAP-0001, 0003, 0005, 0007, 0009, 0011, 0013, 0015, 0017, 0019"

    found = lines(table(row("first", many, ()), row("then", many, cases(2))))

    assert found[1:] == [
        ("first", f"（10）[1] {out}"),
        ("then", "甲（10）[1]；乙（1）SAP-0002"),
    ]


def test_tables_that_rest_on_the_same_cases_row_by_row_share_their_lines():
    one = table(row("r", cases(1, 2), ()))
    two = table(row("r", cases(1, 2), ()), name="two")
    other = table(row("r", cases(1), ()), name="three")

    assert [line[0] for line in lines(one, other, two)] == [
        "表 1-1　one；表 1-2　two",
        "r",
        "表 three　three",
        "r",
    ]


def test_a_group_without_cases_of_its_own_is_a_heading():
    group = Row("g", (Value("組"), Value(""), Value("")), group=True)

    assert lines(table(group, row("r", cases(1), (), level=1)))[1:] == [
        ("組", ""),
        ("r", "（1）SAP-0001"),
    ]


def test_what_a_row_names_itself_is_left_out():
    assert lines(table(row("SAP-0001-X", cases(1), ()))) == []


def test_more_cases_than_can_be_read_are_left_to_the_attached_data():
    many = cases(*range(1, MOST + 2))

    assert lines(table(row("r", many, ())))[1] == (
        "r",
        f"（{MOST + 1}）添付データ（figures.json）",
    )
