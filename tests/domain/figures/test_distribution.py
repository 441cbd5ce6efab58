from dataclasses import replace

from registry_app.domain.figures.distribution import distribution, lots
from registry_app.domain.figures.document import Table, walk
from tests.domain.figures.made_up_survey import a_kit, in_period, survey
from tests.domain.figures.said import said


def table(dataset, name):
    blocks = walk(distribution(dataset))
    return next(b for b in blocks if isinstance(b, Table) and b.id == name)


def counts(dataset):
    found = table(in_period(dataset), "distribution")
    return {row.id: tuple(c.shown for c in row.cells[1:]) for row in found.rows}


def test_every_ordered_kit_was_given_or_failed_or_is_pending():
    found = counts(survey())

    assert found["ordered"] == ("1", "3")
    assert found["given"] == ("0", "1")
    assert found["failed"] == ("0", "1")
    assert found["not-given"] == ("0", "0")
    assert found["pending"] == ("1", "1")
    assert found["difference"] == ("0", "0")


def test_a_kit_of_nobody_is_counted_as_such():
    dataset = survey()
    stray = a_kit(7, ordered=5, given=None)

    found = counts(replace(dataset, kits=(*dataset.kits, stray)))

    assert found["unmatched"] == ("0", "1")


def test_without_a_period_its_column_is_not_applicable():
    row = table(survey(), "distribution").rows[0]

    assert [cell.shown for cell in row.cells[1:]] == ["—", "3"]


def test_kits_that_were_not_given_stand_with_their_reason():
    (row,) = table(survey(), "kits").rows

    assert [said(cell.shown) for cell in row.cells] == [
        "K-3",
        "SAP-0001-X",
        "2025-04-11",
        "製造不成立",
        "製造不成立",
    ]


def test_doses_are_told_with_known_and_missing_and_by_powers_of_ten():
    rows = {row.id: row.cells for row in table(survey(), "dose").rows}

    assert [c.shown for c in rows["cells"][1:]] == [
        "1",
        "0",
        "1.20 (1.20–1.20) ×10⁸",
        "1.20–1.20 ×10⁸",
    ]
    assert [c.shown for c in rows["flow"][1:]] == ["0", "1", "—", "—"]
    assert rows["cells-per-kg"][3].data["median"] == "2000000.0"


def test_each_lot_that_was_given_has_a_line_in_days_after_injury():
    (row,) = lots(survey()).rows

    assert [said(c.shown) for c in row.cells[:4]] == ["SAP-0001-X", "K-1", "L-1", "60"]
    assert sum(column.width for column in lots(survey()).columns) == 168
