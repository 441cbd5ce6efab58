from dataclasses import replace
from datetime import date

import pytest

from registry_app.domain.figures.cover import common_cover
from registry_app.domain.figures.document import Front, Mark, Table
from registry_app.domain.figures.use_record import use_record
from registry_app.domain.hold import LegalHold
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


def report(dataset=None, people=Ellipsis):
    found = dataset or a_dataset()
    people = identities() if people is Ellipsis else people
    rows = common_cover(
        Kind.USE_RECORD, found.protocol, found.on, identifiable=people is not None
    )
    return use_record(found, people, rows)


def test_a_volume_is_a_year_of_use_and_the_entries_go_on_through_the_book():
    found = report()

    tables = [b.id for b in blocks(found) if isinstance(b, Table)]
    assert [name for name in tables if name.startswith("uses")] == [
        "uses-2025",
        "uses-2026",
    ]
    assert table(found, "uses-2025")[0]["case"] == TWO
    assert table(found, "uses-2026")[0]["entry"] == "2"
    assert found.front is Front.PAGE


def test_a_book_of_nobody_yet_is_named_what_it_was_made_as():
    empty = a_dataset(patients=())

    assert cover(report(empty, people={}))["people"].startswith("個人情報を含む")
    assert cover(report(empty, people=None))["people"].startswith("仮名化")


def test_the_rule_of_the_days_is_told_once_below_the_last_volume():
    notes = [said(n) for b in blocks(report()) if isinstance(b, Table) for n in b.notes]

    assert len([note for note in notes if note.startswith("保存期限は")]) == 1


def test_an_entry_has_all_that_the_law_asks_for_and_until_when_it_is_kept():
    (row,) = table(report(), "uses-2026")

    assert row["used-on"] == "2026-05-08"
    assert row["lot"] == "LOT-1"
    assert row["name"] == "架空 太郎"
    assert row["sex"] == "男性"
    assert row["born"] == "1981-03-14"
    assert row["address"] == "〒000-0001 東京都見本区架空町1-2-3"
    assert row["keep-until"] == "2056-05-08"


def test_what_is_missing_is_named_and_counted():
    found = report()
    (row,) = table(found, "uses-2025")

    assert row["born"] == "1981-—-—"
    notes = [said(n) for b in blocks(found) if isinstance(b, Table) for n in b.notes]
    assert "未記載の件数：製造番号 0件、氏名 0件、住所 1件、生年月日 1件" in notes


def test_a_treatment_without_a_kit_is_an_entry_without_a_lot():
    dataset = a_dataset()
    bare = a_patient(dataset.protocol, 3, date(2024, 4, 9), kits=())
    found = report(replace(dataset, patients=(*dataset.patients, bare)))

    assert table(found, "uses-2024")[0]["lot"] == "未記載"


def test_a_use_after_the_day_of_the_data_is_not_in_the_book():
    found = report(a_dataset(on=date(2025, 12, 31)))

    assert cover(found)["entries"] == "記録番号 1～1"


def test_without_identities_there_is_no_name_no_birth_date_and_no_address():
    (row,) = table(report(people=None), "uses-2026")

    assert not {"name", "born", "address"} & row.keys()
    assert row["case"] == ONE
    assert not any(
        "東京都" in text for text in everything(report(people=None), Language.JA)
    )


def test_years_that_nobody_has_confirmed_are_marked():
    found = report()
    row = next(row for row in found.cover if row.id == "keep-all-until")

    assert row.value.data == "2056-05-08"
    assert row.value.mark is Mark.TO_CONFIRM


def test_every_rule_is_named_with_its_years_and_the_longest_counts():
    found = report()
    years = {row["rule"]: row["kept-for"] for row in table(found, "retention")}

    assert list(years.values()) == ["20年", "30年"]
    assert table(found, "uses-2025")[0]["keep-until"] == "2055-11-20"


def held(why="訴訟（架空）", **told):
    dataset = a_dataset()
    first, second = dataset.patients
    hold = LegalHold("H1", first.id, date(2026, 5, 20), why, **told)
    case = replace(first.case, holds=(hold,))
    return replace(dataset, patients=(replace(first, case=case), second))


def test_records_under_a_legal_hold_are_kept_beyond_every_rule():
    found = report(held())

    assert table(found, "uses-2026")[0]["keep-until"] == "2056-05-08 以後も延長中"
    assert table(found, "uses-2025")[0]["keep-until"] == "2055-11-20"
    assert cover(found)["legal-hold"].startswith("1症例")
    (row,) = table(found, "holds")
    assert (row["held-since"], row["held-why"]) == ("2026-05-20", "訴訟（架空）")
    assert (row["lifted-on"], row["lifted-why"]) == ("延長中", "—")


def test_a_hold_that_was_lifted_is_listed_and_keeps_nothing_any_more():
    lifted = {"lifted_on": date(2026, 5, 25), "lifted_why": "和解（架空）"}
    found = report(held(**lifted))

    assert table(found, "uses-2026")[0]["keep-until"] == "2056-05-08"
    assert cover(found)["legal-hold"] == "なし"
    assert table(found, "holds")[0]["lifted-why"] == "和解（架空）"


def test_a_pseudonymous_copy_does_not_say_why_records_are_held():
    (row,) = table(report(held("原告 架空太郎"), people=None), "holds")

    assert row["held-why"] == "仮名化"


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
