from dataclasses import replace
from datetime import date

import pytest

from registry_app.domain.errors import NotFound
from registry_app.domain.figures.case_report import case_report
from registry_app.domain.figures.cover import common_cover
from registry_app.domain.figures.document import Figure, Front, Prose
from registry_app.domain.report import Kind
from registry_app.domain.safety import CaseOrigin, Event, SafetyCase
from registry_app.words import Language
from tests.domain.figures.made_up_safety import (
    NOT_SERIOUS,
    ON,
    ONE,
    a_dataset,
    an_event,
    lung,
    protocol_of,
)
from tests.domain.figures.said import (
    blocks,
    cover,
    everything,
    fields,
    said,
    table,
    widths,
)


def report(dataset=None, case="SAP-S0001"):
    found = dataset or a_dataset()
    return case_report(
        case, found, common_cover(Kind.CASE_REPORT, found.protocol, found.on)
    )


def test_it_has_the_thirteen_parts_in_order_and_takes_a_third_of_the_first_page():
    found = report()

    assert len(found.sections) == 13
    assert found.sections[0].id == "ids"
    assert found.sections[12].id == "versions"
    assert found.front is Front.THIRD


def test_the_cover_names_class_day_0_due_and_receipt_of_the_newest_version():
    found = cover(report())

    assert found["class-in-force"].startswith("E2")
    assert found["day-0"] == "2026年5月22日（令和8年）"
    assert found["due"] == "2026年6月6日（令和8年）"
    assert found["report-kind"] == "追加報告（第1回）"
    assert found["receipts"] == "P-0001"


def test_each_clock_is_told_with_its_arithmetic():
    holder = [row for row in table(report(), "clocks") if row["clock-version"] == "2"]
    row = next(row for row in holder if row["due"] == "2026-06-06")

    assert row["clock-owner"] == "製造販売業者"
    assert row["clock-day-0"] == "2026-05-22"
    assert row["distance"] == "＋15日"
    assert row["target"] == "2026-06-05"
    assert row["standing"] == "15日中9日目（残り6日）"


def test_later_information_does_not_hide_an_initial_report_that_is_still_owed():
    known = a_dataset()
    case = next(one for one in known.cases if one.id == "SAP-S0001")
    unsent = replace(case.versions["1"], sent_on=None, receipt="")
    case = replace(case, versions={**case.versions, "1": unsent})
    others = tuple(one for one in known.cases if one.id != case.id)
    found = cover(report(replace(known, cases=(case, *others))))

    assert found["day-0"] == "2026年5月8日（令和8年）"
    assert found["due"] == "2026年5月23日（令和8年）"
    assert found["report-kind"].startswith("第一報（未報告")


def test_clinical_research_is_due_by_its_own_clock_and_names_no_form_of_the_act():
    other = protocol_of("ipsc-npc-sci")
    unsent = lung(versions={}, special="", hospital_aware=date(2026, 5, 21))
    known = a_dataset((unsent,), protocol=other, event_class="death")
    found = report(known)

    assert cover(found)["due"] == "2026年5月28日（令和8年）"
    assert cover(found)["day-0"] == "2026年5月21日（令和8年）"
    assert "安全性情報報告書" not in everything(found, Language.JA)
    assert "救済" not in everything(found, Language.JA)


def test_the_alarm_of_the_hospital_says_that_it_is_no_statutory_deadline():
    clocks = next(one for one in blocks(report()) if one.id == "clocks")
    rows = table(report(), "clocks")

    assert any(row["due"].endswith(" 目安") for row in rows)
    assert "「目安」は法定期限ではない。" in [said(note) for note in clocks.notes]


def test_what_the_cover_says_is_not_said_again_below_it_unless_a_person_chose():
    found = fields(report(), "ids")

    assert "report-kind" not in found
    assert "class-in-force" not in found
    chosen = lung(chosen_class="E4", chosen_why="試験の理由")
    found = fields(report(a_dataset((chosen,))), "ids")
    assert found["class-in-force"].startswith("E4")
    assert found["class-computed"] == "E2"


def test_a_title_is_said_in_the_language_of_the_reader_and_one_as_typed_once():
    def titled(title):
        found = report(a_dataset((lung(title=title),)))
        return fields(found, "ids")["case-title"]

    assert titled("貧血 / Anaemia") == "SAP-S0001　貧血"
    assert titled("架空の件名") == "SAP-S0001  架空の件名"


def test_events_stand_by_the_day_of_their_onset_and_those_without_one_last():
    later = an_event(id="EV0", what="後", onset=date(2026, 5, 9))
    undated = an_event(id="EV00", what="不明", onset=None)
    found = table(report(a_dataset(events=(undated, later, an_event()))), "events")

    assert [row["what"] for row in found] == ["酸素飽和度低下", "後", "不明"]


def test_what_nobody_judged_is_not_called_a_label_that_was_not_compared():
    (row,) = table(report(a_dataset(events=(an_event(infection=None),))), "seriousness")

    assert row["infection"] == "未判定"


def test_the_onset_is_counted_from_injury_and_from_treatment():
    (row,) = table(report(), "events")

    assert (row["from-injury"], row["from-treatment"]) == ("7", "0")
    early = a_dataset(events=(an_event(onset=date(2026, 5, 6)),))
    assert table(report(early), "events")[0]["from-treatment"] == "\u22122"


def test_the_patient_is_a_case_id_a_decade_and_a_sex():
    found = fields(report(), "patient")

    assert found["case-id"] == ONE
    assert found["age-band"] == "40歳代"
    assert found["sex"] == "男性"


def test_an_age_that_may_be_of_two_decades_says_both():
    dataset = a_dataset(on=ON, events=(an_event(onset=date(2031, 5, 8)),))

    assert fields(report(dataset), "patient")["age-band"] == "40～50歳代"


def test_the_dose_is_computed_from_the_kit():
    rows = {row["quantity"]: row["amount"] for row in table(report(), "amounts")}

    assert rows["投与細胞数"] == "1.2×10⁸"
    assert rows["体重1kg当たりの細胞数"] == "1.92×10⁶"
    assert rows["製品の流量"] == "未記載"


def test_causality_is_split_and_a_blank_judgement_is_named():
    rows = table(report(), "causality")

    assert [row["by-reporter"] for row in rows][1:] == ["未判定"] * 3
    assert len(rows) == 4


def test_what_nobody_judged_counts_as_the_graver():
    blank = a_dataset(
        events=(Event("EV1", "SAP-S0001", "発熱", ONE),),
    )
    found = report(blank)

    assert table(found, "seriousness")[0]["serious"] == "未判定（重篤として扱う）"
    assert table(found, "expectedness")[0]["label"] == "未照合"
    assert "class-undecided" in fields(found, "ids")
    assert any("救済" in said(notice) for notice in found.notices)


def test_a_case_that_is_not_serious_has_no_reminder_of_the_relief_service():
    found = report(a_dataset(events=(an_event(serious=NOT_SERIOUS),)))

    assert not any("救済" in said(notice) for notice in found.notices)


def test_the_narrative_is_printed_as_typed_a_paragraph_a_line():
    section = next(s for s in report().sections if s.id == "narrative")

    assert [block.text for block in section.blocks] == lung().narrative.splitlines()
    empty = report(a_dataset(cases=(lung(narrative=""),)))
    (block,) = next(s for s in empty.sections if s.id == "narrative").blocks
    assert isinstance(block, Prose)
    assert said(block.text) == "未記載"


def test_the_saturation_is_drawn_with_the_thresholds_and_its_values_beside():
    (figure,) = [b for b in blocks(report()) if isinstance(b, Figure)]

    assert (figure.chart.below, figure.chart.falls_by) == (90, 4)
    assert figure.chart.before == 97
    assert figure.chart.points == ((15, 95), (30, 86), (45, 94), (60, 96))
    rows = table(report(), "spo2-F1")
    met = [row["curve-value"] for row in rows if row["curve-past"] == "該当"]
    assert met == ["86", "85"]


def test_a_foreign_case_has_no_patient_and_still_every_part():
    case = SafetyCase("SAP-S0009", "外国での措置", CaseOrigin.FOREIGN_ACTION)
    found = report(a_dataset(cases=(case,), events=()), "SAP-S0009")

    assert "患者に関しない" in fields(found, "patient")["case-id"]
    assert table(found, "events") == []


@pytest.mark.parametrize("language", Language)
def test_every_text_is_there_in_both_languages_and_no_cell_is_empty(language):
    for dataset in (a_dataset(), a_dataset(events=())):
        assert all(text.strip() for text in everything(report(dataset), language))


def test_the_columns_fill_the_measure():
    assert set(widths(report()).values()) == {168.0}


def test_a_registry_without_a_product_prints_it_too():
    natural = a_dataset(protocol=protocol_of("natural-history"))

    assert "製品なし" in next(everything_of(report(natural), "product"))


def everything_of(document, name):
    section = next(s for s in document.sections if s.id == name)
    return (said(block.text) for block in section.blocks)


def test_a_case_that_is_not_in_the_cut_is_refused():
    with pytest.raises(NotFound):
        report(case="SAP-S0404")


def test_a_class_that_starts_no_clock_of_the_holder_has_no_due_date_on_the_cover():
    known = a_dataset(event_class="E10", events=(an_event(serious=NOT_SERIOUS),))

    assert cover(report(known))["due"].startswith("個別の報告期限なし")
