from dataclasses import replace
from datetime import date

import pytest

from registry_app.domain.figures.cover import common_cover
from registry_app.domain.figures.document import Table
from registry_app.domain.figures.document_data import DocumentData, numbering
from registry_app.domain.figures.periodic import periodic
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.report import Kind, ReportText, Transmittal
from registry_app.packs.loader import load_pack
from registry_app.words import Language, Words
from tests.domain.figures.made_up_efficacy import a_dataset
from tests.domain.figures.made_up_survey import in_period, survey
from tests.domain.figures.said import blocks, everything, fields, table, widths

IDS = (
    *("distribution", "kits", "dose", "lots", "disposition", "baseline", "exposure"),
    *("events-summary", "events-by-soc", "deaths", "special", "deviations"),
    *("listing-subjects", "listing-events", "listing-deviations", "listing-sources"),
)


def report(dataset=None):
    dataset = dataset or in_period(survey())
    cover = common_cover(
        Kind.PERIODIC, dataset.protocol, dataset.on, period=dataset.period
    )
    return periodic(dataset, cover)


def test_it_has_the_thirteen_sections_and_the_listings():
    found = report()

    assert len(found.sections) == 13
    assert set(IDS) <= set(numbering(found).tables)


@pytest.mark.parametrize("language", Language)
def test_it_says_everything_in_both_languages_on_the_measure(language):
    found = report()

    assert all(f"{text}".strip() or text == "" for text in everything(found, language))
    assert set(widths(found).values()) == {168}


def test_no_cell_of_its_own_tables_is_empty():
    own = [b for b in blocks(report()) if isinstance(b, Table) and b.id in IDS]

    empty = [
        (b.id, row.id)
        for b in own
        for row in b.rows
        for cell in row.cells[: 1 if row.group and b.id == "listing-sources" else None]
        if cell.shown == ""
    ]
    assert empty == []


def test_the_key_figures_are_those_of_the_tables():
    found = fields(report(), "key-figures")

    assert (found["treated"], found["watched"], found["serious"]) == (
        "13",
        "12",
        "1 / 13",
    )
    # A to C, A, B or C, C, D; of the others one has the day-1 exam, three have none.
    assert found["primary:primary-1"] == "3 / 5"


def test_what_came_before_and_in_the_period_adds_up():
    rows = table(report(), "changes")
    counts = {row["item"]: row for row in rows}

    for row in rows[:-1]:
        before, during = int(row["before-period"]), int(row["this-period"])
        assert before + during == int(row["cumulative"])
    assert counts["逸脱（件）"]["this-period"] == "1"


def test_the_last_report_is_the_one_that_was_handed_over():
    sent = Transmittal("t1", "R1-1", "x", "PMDA", "mail", date(2025, 6, 1), "kato")
    found = report(replace(in_period(survey()), transmittals=(sent,)))

    assert any("R1-1" in f"{text}" for text in everything(found, Language.EN))


def test_written_parts_are_printed_as_typed():
    text = ReportText(
        "1:r:actions", "1", "periodic-follow-up", "actions", "措置", "Done"
    )
    found = report(replace(survey(), texts={"actions": text}))

    (written,) = (b for b in blocks(found) if getattr(b, "slot", "") == "actions")
    assert (written.ja, written.en) == ("措置", "Done")


def test_the_listing_of_cases_is_in_days_and_says_why_somebody_does_not_count():
    rows = {row["case"]: row for row in table(report(), "listing-subjects")}

    first = rows["SAP-0001-X"]
    assert (first["collected"], first["given-day"]) == ("26", "60")
    assert (first["base-ais"], first["end-ais"], first["steps"]) == ("A", "C", "+2")
    assert first["result"] == "達成"
    assert rows["SAP-0003-X"]["steps"] == "+1/+2"
    assert rows["SAP-0013-X"]["cohort-short"] == "×"
    assert rows["SAP-0014-X"]["cohort-short"] == "?"


def test_a_number_of_a_table_names_the_cases_behind_it():
    rows = table(report(), "listing-sources")

    assert [row["cases"] for row in rows if row["row"] == "女性"] == ["（1）SAP-0001"]


def test_deviations_stand_by_kind_and_rule():
    rows = table(report(), "deviations")

    (cells,) = (row for row in rows if row["deviation"].startswith("投与細胞数"))
    assert (cells["patients"], cells["period-count"]) == ("1", "1")
    assert cells["cumulative-count"] == "2"


def test_limits_are_counted_before_anything_is_discussed():
    rows = {row["limit"]: row["counted"] for row in table(report(), "limits")}

    assert rows["対照"] == "2"
    assert rows["症例数"] == "13 / 90 (14.4 %)"
    assert rows["未評価の下書き"] == "1"
    assert rows["同意の撤回"] == "1"


def test_a_case_from_abroad_stands_in_its_own_table():
    (row,) = table(report(), "foreign")

    assert row["safety-case"] == "SAP-S0009"


@pytest.mark.parametrize("pack", ["natural-history", "ipsc-npc-sci"])
def test_a_pack_without_product_or_cohorts_is_reported_too(pack):
    dataset = in_period(a_dataset((), protocol=Protocol(load_pack(pack))))

    found = report(dataset)
    texts = {lang.value: Words(lang).say for lang in Language}
    assert len(found.sections) == 13
    assert DocumentData(found, texts).as_data()["tables"]["disposition"]
