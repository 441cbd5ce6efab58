from datetime import date

import pytest

from registry_app.domain.errors import NotFound
from registry_app.domain.figures.cover import common_cover
from registry_app.domain.figures.document import Mark, Written
from registry_app.domain.figures.infection import infection
from registry_app.domain.report import Kind, ReportText
from registry_app.domain.safety import CaseOrigin, CaseState, CaseVersion
from registry_app.words import Language
from tests.domain.figures.made_up_safety import (
    a_dataset,
    an_infection,
    infected,
    protocol_of,
)
from tests.domain.figures.said import (
    blocks,
    cover,
    everything,
    fields,
    table,
    widths,
)

FIRST_HALF = (date(2025, 12, 28), date(2026, 6, 27))
OLD_HALF = (date(2025, 6, 28), date(2025, 12, 27))


def report(dataset, about=""):
    rows = common_cover(
        Kind.INFECTION, dataset.protocol, dataset.on, period=dataset.period
    )
    return infection(dataset, rows, about)


def a_half(*cases, period=FIRST_HALF, on=date(2026, 7, 10), **told):
    events = [an_infection(int(case.id[-4:])) for case in cases]
    return a_dataset(cases, events, on=on, period=period, **told)


def test_the_first_period_ends_on_27_june_2019_and_is_due_a_month_later():
    """REGULATION.md section 5.2, the example."""
    dataset = a_dataset((), (), on=date(2019, 7, 1))
    found = report(dataset)

    days = [row["on"] for row in table(found, "arithmetic")]
    assert days == [
        "2018-12-28",
        "2018-12-28",
        "2019-06-27",
        "2019-07-27",
        "2019-07-26",
        "2019-08-27",
    ]
    assert cover(found)["due"] == "2019年7月27日（令和元年）"


def test_a_period_that_ended_before_may_2026_falls_under_the_old_rule():
    found = report(a_half(period=OLD_HALF))

    assert "2026年4月30日まで" in cover(found)["worksheet"]
    assert "簡略に報告" in fields(found, "items")["whether"]


def test_from_may_2026_a_half_year_with_nothing_to_report_owes_nothing():
    found = report(a_half())

    assert cover(found)["worksheet"] == "6か月報告"
    assert "報告は不要" in fields(found, "items")["whether"]
    assert cover(found)["due"] == "2026年7月27日（令和8年）"
    assert cover(found)["due-translated"] == "2026年8月27日（令和8年）"


def test_an_item_that_was_not_sent_makes_it_owed_and_one_that_was_does_not():
    sent = infected(
        3,
        versions={"1": CaseVersion(date(2026, 3, 1), sent_on=date(2026, 3, 9))},
        chosen_class="infection-30d",
        chosen_why="as made up",
    )

    assert "報告が必要" in fields(report(a_half(infected(), sent)), "items")["whether"]
    only = fields(report(a_half(sent)), "items")
    assert "報告は不要" in only["whether"]
    assert (only["items"], only["items-sent"], only["items-open"]) == ("1", "1", "0")


def test_a_case_report_is_no_30_day_report_so_that_a_person_has_to_judge():
    sent = infected(
        3, versions={"1": CaseVersion(date(2026, 3, 1), sent_on=date(2026, 3, 9))}
    )

    only = fields(report(a_half(sent)), "items")

    assert "判断すること" in only["whether"]
    assert (only["items-sent"], only["items-reported"]) == ("0", "1")
    assert only["items-open"] == "0"


def test_items_stand_by_where_they_come_from():
    found = report(
        a_half(
            infected(2),
            infected(3, origin=CaseOrigin.LITERATURE),
            infected(4, origin=CaseOrigin.FOREIGN_ACTION),
            infected(5, origin=CaseOrigin.FOREIGN),
        )
    )

    cases = {
        name: [row["case"][-1] for row in table(found, name)]
        for name in ("occurrence", "research", "foreign")
    }
    assert cases == {"occurrence": ["2", "5"], "research": ["3"], "foreign": ["4"]}


def test_what_is_no_case_and_what_lies_outside_the_period_is_left_out():
    none = infected(2, state=CaseState.NOT_A_CASE, closed_why="誤入力")
    early = infected(3, versions={"1": CaseVersion(date(2025, 12, 27))})
    undated = infected(4, versions={})
    found = fields(report(a_half(none, early, undated)), "items")

    assert (found["items"], found["undated"]) == ("0", "1")


def test_the_thirty_day_report_is_about_one_item_with_its_clock():
    case = infected(2, versions={"1": CaseVersion(date(2026, 6, 1))})
    found = report(a_half(case, event_class="infection-30d"), case.id)

    assert cover(found)["worksheet"] == "30日報告"
    assert fields(found, "item")["aware"] == "2026-06-01"
    (clock,) = table(found, "clocks")
    assert (clock["distance"], clock["due"]) == ("＋30日", "2026-07-01")
    with pytest.raises(NotFound):
        report(a_half(), "SAP-S0404")


def test_kits_are_counted_in_the_period_and_so_far():
    found = {row["what-counted"]: row for row in table(report(a_half()), "shipped")}

    assert (found["投与"]["in-period"], found["投与"]["so-far"]) == ("1", "2")


def test_the_base_day_is_to_be_confirmed_until_a_person_has():
    row = next(r for r in report(a_half()).cover if r.id == "due")

    assert row.value.mark is Mark.TO_CONFIRM


def test_what_a_person_wrote_is_printed_as_typed():
    text = ReportText(
        "1:infection-evaluation:actions", "1", "x", "actions", "なし", "None"
    )
    found = report(a_half(texts={"actions": text}))

    written = {b.slot: b.ja for b in blocks(found) if isinstance(b, Written)}
    assert written == {"literature": "", "evaluation": "", "actions": "なし"}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("pack", ["msc-iv-sci", "natural-history", "ipsc-npc-sci"])
def test_it_is_whole_for_every_pack(pack, language):
    found = report(a_half(infected(), protocol=protocol_of(pack)))

    assert all(text.strip() for text in everything(found, language))
    assert set(widths(found).values()) == {168.0}
