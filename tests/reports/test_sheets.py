"""The sheets for one day: today's list, and the card for a patient."""

from datetime import date

import pytest

from registry_app.domain.figures.dates_card import dates_card
from registry_app.domain.figures.today_list import today_list
from registry_app.domain.figures.visits import visit_rows
from registry_app.domain.plan.windows import windows
from registry_app.domain.report import Kind
from registry_app.reports.dates_card import card_sheet
from registry_app.reports.today_list import today_sheet
from tests.reports.looking import outside, pages
from tests.reports.made_up import EN, JA, an_identity, an_issue
from tests.reports.made_up_duties import (
    ON,
    a_case,
    a_protocol,
    cases_of,
    many_duties,
    some_duties,
)

SPRING = date(2026, 3, 20)
LANGUAGES = pytest.mark.parametrize("languages", [(JA,), (EN,), (JA, EN)], ids="+".join)


def a_list(duties, languages=(JA,)):
    return today_sheet(today_list(duties, ON), an_issue(languages, kind=Kind.TODAY))


def a_card(languages=(JA,), identity=None, on=SPRING):
    case = a_case(cases_of(1)[0])
    rows = visit_rows(windows(a_protocol(), case), on)
    issue = an_issue(languages, kind=Kind.CARD, identifiable=identity is not None)
    return card_sheet(dates_card(case.subject.id, rows, on, identity), issue)


@LANGUAGES
@pytest.mark.parametrize("count", [0, 3, 40, 400])
def test_todays_list_is_one_sheet_whatever_waits(count, languages):
    duties = many_duties(count) if count > 3 else some_duties()[:count]
    pdf = a_list(duties, languages)

    assert len(pages(pdf)) == 1
    assert outside(pdf) == []


def test_todays_list_says_how_many_more_there_are():
    found = today_list(many_duties(60), ON)
    (text,) = pages(a_list(many_duties(60)))

    shown = text.count("□")
    assert f"ほかに{len(found.lines) - shown}件" in text.replace("\r\n", "")
    assert "以上ですべて" in pages(a_list(some_duties()))[0]


def test_a_backlog_does_not_hide_what_is_due_tomorrow():
    (text,) = pages(a_list(many_duties(60)))

    assert "期限超過" in text
    assert "7日以内" in text.split("内容")[1]


def test_the_card_tells_the_days_in_both_calendars_and_their_weekday():
    (text,) = pages(a_card())

    assert "2026年9月26日（土）" in text
    assert "令和8年9月26日" in text
    assert "2026年3月9日（月）" in text  # open already, and not over


def test_the_card_bears_the_name_only_where_it_was_asked_for():
    assert "架空" not in pages(a_card())[0].replace("架空のパック", "").replace(
        "架空データ", ""
    )
    assert "架空 太郎 様" in pages(a_card(identity=an_identity()))[0]


def test_a_case_without_visits_to_come_is_told_so():
    assert "予定されている来院はありません" in pages(a_card(on=date(2030, 1, 1)))[0]


@LANGUAGES
def test_the_card_is_one_sheet_within_the_measure(languages):
    pdf = a_card(languages, an_identity())

    assert len(pages(pdf)) == 1
    assert outside(pdf) == []
