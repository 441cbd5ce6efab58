from dataclasses import replace
from datetime import date

import pytest

from registry_app.domain.figures.cover import common_cover
from registry_app.domain.figures.document import Front, Mark, Table
from registry_app.domain.figures.use_record import use_record
from registry_app.domain.report import Kind
from registry_app.words import Language
from tests.domain.figures.made_up_safety import (
    ONE,
    TWO,
    a_dataset,
    a_patient,
    identities,
    protocol_of,
)
from tests.domain.figures.said import (
    blocks,
    cover,
    everything,
    said,
    table,
    widths,
)


def report(dataset=None, people=None):
    found = dataset or a_dataset()
    people = identities() if people is None else people
    rows = common_cover(
        Kind.USE_RECORD, found.protocol, found.on, identifiable=bool(people)
    )
    return use_record(found, people, rows)


def test_a_volume_is_a_year_of_use_and_the_entries_go_on_through_the_book():
    found = report()

    assert [b.id for b in blocks(found) if isinstance(b, Table)] == [
        "uses-2025",
        "uses-2026",
    ]
    assert table(found, "uses-2025")[0]["case"] == TWO
    assert table(found, "uses-2026")[0]["entry"] == "2"
    assert found.front is Front.PAGE


def test_an_entry_has_lot_day_name_sex_birth_date_and_until_when_it_is_kept():
    (row,) = table(report(), "uses-2026")

    assert row["used-on"] == "2026-05-08"
    assert row["lot"] == "LOT-1"
    assert row["name"] == "架空 太郎"
    assert row["sex"] == "男性"
    assert row["born"] == "1981-03-14"
    assert row["address"] == "別途保管"
    assert row["keep-until"] == "2046-05-08"


def test_what_is_missing_is_named_and_counted():
    found = report()
    (row,) = table(found, "uses-2025")

    assert row["born"] == "1981-—-—"
    notes = [said(n) for b in blocks(found) if isinstance(b, Table) for n in b.notes]
    assert "未記載の件数：製造番号 0件、氏名 0件、生年月日 1件" in notes


def test_a_treatment_without_a_kit_is_an_entry_without_a_lot():
    dataset = a_dataset()
    bare = a_patient(dataset.protocol, 3, date(2024, 4, 9), kits=())
    found = report(replace(dataset, patients=(*dataset.patients, bare)))

    assert table(found, "uses-2024")[0]["lot"] == "未記載"


def test_a_use_after_the_day_of_the_data_is_not_in_the_book():
    found = report(a_dataset(on=date(2025, 12, 31)))

    assert cover(found)["entries"] == "記録番号 1～1"


def test_without_identities_there_is_no_name_and_no_birth_year():
    (row,) = table(report(people={}), "uses-2026")

    assert (row["name"], row["born"]) == ("仮名化", "仮名化")
    assert row["case"] == ONE


def test_years_that_nobody_has_confirmed_are_marked():
    found = report()
    row = next(row for row in found.cover if row.id == "keep-all-until")

    assert row.value.data == "2046-05-08"
    assert row.value.mark is Mark.TO_CONFIRM


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("pack", ["msc-iv-sci", "natural-history", "ipsc-npc-sci"])
def test_it_is_whole_for_every_pack(pack, language):
    protocol = protocol_of(pack)
    for patients in (None, ()):
        dataset = a_dataset(protocol=protocol)
        if patients is not None:
            dataset = replace(dataset, patients=patients)
        found = report(dataset)
        assert all(text.strip() for text in everything(found, language))
        assert set(widths(found).values()) <= {168.0}
