from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from registry_app.domain.cut import DataCut
from registry_app.domain.evaluation import Evaluation
from registry_app.domain.figures.cover import (
    addressee,
    common_cover,
    conditions,
    long_day,
    owner_of,
    standing_word,
)
from registry_app.domain.figures.document import Mark
from registry_app.domain.message import Message, Told
from registry_app.domain.plan.pack import Owner
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import RegimeEntry, Setting
from registry_app.domain.plan.regime import state_on
from registry_app.domain.report import Kind
from registry_app.packs.loader import load_pack
from registry_app.words import Language, Words

ON = date(2025, 6, 30)
CUT = DataCut(
    "3",
    812,
    "ab" * 32,
    ON,
    "msc-iv-sci",
    2,
    "1",
    "1.0",
    "sato",
    datetime(2025, 7, 1, tzinfo=UTC),
)


@pytest.fixture(scope="module")
def msc():
    return Protocol(load_pack("msc-iv-sci"))


def said(thing, language=Language.JA):
    if isinstance(thing, Message | Told):
        return Words(language).say(thing)
    return thing


def cover(protocol, **told):
    rows = common_cover(Kind.PERIODIC, protocol, told.pop("on", ON), **told)
    return {row.id: row.value for row in rows}


def test_a_day_is_told_in_both_calendars_and_in_plain_english():
    assert said(long_day(date(2026, 5, 31))) == "2026年5月31日（令和8年）"
    assert said(long_day(date(2019, 5, 1))) == "2019年5月1日（令和元年）"
    assert said(long_day(date(2019, 4, 30))) == "2019年4月30日（平成31年）"
    assert said(long_day(date(2026, 5, 31)), Language.EN) == "31 May 2026"


def test_both_readings_of_the_term_are_given_and_the_earlier_one_is_named(msc):
    found = cover(msc)

    assert found["term"].data == {
        "first_day_counted": "2025-12-27",
        "first_day_not_counted": "2025-12-28",
        "days_left": 180,
        "extended_years": 0,
        "conditions": 2,
    }
    words = said(found["term"].shown)
    assert "2025年12月27日（令和7年）（初日を算入、早い方）" in words
    assert "2025-12-28" in words
    assert "残り180日" in words
    assert found["term"].mark is Mark.TO_CONFIRM


def test_a_term_that_a_person_has_confirmed_has_no_mark(msc):
    settings = {
        name: Setting(name, {}, "sato", ON, "承認書")
        for name in ("rule:O1", "condition:assessment")
    }
    sure = replace(msc, settings=settings)

    assert cover(sure)["term"].mark is Mark.NONE


def test_days_over_the_term_are_said_as_such(msc):
    found = cover(msc, on=date(2026, 1, 6))

    assert found["term"].data["days_left"] == -10
    assert "10日超過" in said(found["term"].shown)


def test_a_condition_nobody_has_confirmed_is_marked_by_itself(msc):
    marks = [row.value.mark for row in conditions(msc).rows]

    assert marks == [Mark.NONE, Mark.TO_CONFIRM]


def entry(state, on):
    return RegimeEntry(f"{on}", state, on, "PMDA")


@pytest.mark.parametrize(
    ("entries", "word"),
    [
        ((), "推定"),
        ((entry("applied", date(2025, 1, 1)),), "検証中"),
        (
            (entry("applied", date(2025, 1, 1)), entry("full", date(2025, 2, 1))),
            "確認",
        ),
        (
            (entry("applied", date(2025, 1, 1)), entry("refused", date(2025, 2, 1))),
            "—（承認は効力を失っている）",
        ),
    ],
)
def test_efficacy_is_confirmed_only_by_a_full_approval(msc, entries, word):
    found = standing_word(state_on(replace(msc, regime=entries), ON))

    assert said(found) == word


def test_past_the_term_with_an_application_pending_the_approval_continues(msc):
    applied = replace(msc, regime=(entry("applied", date(2025, 11, 14)),))
    found = cover(applied, on=date(2026, 5, 31))

    assert "効力継続" in said(found["state"].shown)


def test_the_cut_is_named_by_number_day_entry_and_head(msc):
    found = cover(msc, cut=CUT)

    assert found["cut"].data == {
        "number": "3",
        "on": "2025-06-30",
        "entry": 812,
        "head": "ab" * 32,
    }
    assert "証跡 812（abababababab…）" in said(found["cut"].shown)
    assert "固定していない" in said(cover(msc)["cut"].shown)


def test_a_plan_that_follows_a_locked_one_is_an_amendment_after_the_lock(msc):
    first = Evaluation("1", "初版", date(2020, 1, 1), "sato", {}, date(2020, 2, 1))
    second = Evaluation("2", "改訂", date(2024, 1, 1), "sato")
    later = Evaluation("3", "次", date(2025, 7, 1), "sato")

    assert cover(msc, evaluations=(first,))["plan"].mark is Mark.NONE
    found = cover(msc, evaluations=(first, second, later))["plan"]
    assert found.data["number"] == "2"
    assert found.mark is Mark.AFTER_LOCK


def test_the_owner_of_each_report_is_named(msc):
    owners = {kind: said(owner_of(kind, msc), Language.EN) for kind in Kind}

    assert owners[Kind.PERIODIC].endswith("(MAH)")
    assert owners[Kind.USE_RECORD] == "Physician"
    assert owners[Kind.OBLIGATIONS].startswith("Hospital")
    hospital = owner_of(Kind.CASE_REPORT, msc, Owner.HOSPITAL)
    assert said(hospital, Language.EN).startswith("Hospital")


@pytest.mark.parametrize("pack", ["natural-history", "ipsc-npc-sci", "example-other"])
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind.archived])
def test_the_cover_is_whole_for_every_pack_and_kind(pack, kind):
    protocol = Protocol(load_pack(pack))
    rows = common_cover(kind, protocol, ON)

    for language in Language:
        assert all(said(row.value.shown, language).strip() for row in rows)
        assert all(said(row.label, language).strip() for row in rows)
    assert said(addressee(kind, protocol))


def test_a_registry_without_a_product_says_so():
    found = cover(Protocol(load_pack("natural-history")))

    assert said(found["trade"].shown).startswith("製品なし")
    assert said(found["term"].shown) == "該当なし（承認に基づかない）"
    assert said(found["state"].shown).endswith("有効性：検証中")
