"""Today's list, the visits of a case, and its card, as plain values."""

from dataclasses import replace
from datetime import date, timedelta

from registry_app.domain.figures.dates_card import dates_card
from registry_app.domain.figures.today_list import today_list
from registry_app.domain.figures.visits import VisitStanding, coming, visit_rows
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.windows import windows
from tests.reports.made_up_duties import (
    ON,
    a_case,
    a_duty,
    a_protocol,
    a_visit_duty,
    cases_of,
    many_duties,
    some_duties,
)


def rows(on, **told):
    return visit_rows(windows(a_protocol(), a_case("SAP-0001-7")), on, **told)


def standings(on, **told):
    return [row.standing.value for row in rows(on, **told)]


def test_today_holds_what_is_late_or_open_the_least_time_left_first():
    found = today_list(some_duties(), ON)

    assert [line.days for line in found.lines] == sorted(x.days for x in found.lines)
    assert {line.standing for line in found.lines} == {
        Standing.LATE,
        Standing.RED,
    }


def test_a_term_of_years_is_no_matter_of_today():
    term = a_duty("O1", 900, opens=ON - timedelta(days=900))
    window = a_visit_duty(cases_of(1)[0], 200, opens=ON)

    assert [line.rule for line in today_list([term, window], ON).lines] == ["O12"]


def test_a_sheet_keeps_half_of_its_room_for_what_is_not_late():
    found = today_list(many_duties(60), ON)
    late = [line.standing is Standing.LATE for line in found.first(20)]

    assert (len(late), sum(late)) == (20, 10)


def test_a_sheet_that_holds_everything_leaves_nothing_out():
    found = today_list(some_duties(), ON)

    assert found.first(99) == found.lines


def test_the_standing_of_visits_follows_the_day():
    # The baseline's exam is on day 44; the endpoint has none.
    assert standings(date(2025, 11, 1)) == ["ahead", "ahead", "ahead"]
    assert standings(date(2026, 3, 20)) == ["made", "open", "ahead"]
    assert standings(date(2026, 5, 9)) == ["made", "missed", "ahead"]


def test_no_visit_is_asked_of_somebody_whose_follow_up_has_ended():
    ended = rows(date(2026, 3, 20), ended_on=date(2026, 3, 15))

    assert [row.standing for row in ended][1:] == [VisitStanding.ENDED] * 2
    assert coming(ended) == ()


def test_an_unconfirmed_window_is_marked():
    found = rows(date(2026, 3, 20), unsure={"visit:endpoint"})

    assert [row.to_confirm for row in found] == [False, True, False]


def test_the_card_holds_the_visits_to_come_and_no_name_unless_asked():
    card = dates_card("SAP-0001-7", rows(date(2026, 3, 20)), date(2026, 3, 20))

    assert [(each.first, each.last, each.open) for each in card.dates] == [
        (date(2026, 3, 9), date(2026, 5, 8), True),
        (date(2026, 9, 26), date(2026, 10, 24), False),
    ]
    assert card.name == ""


def test_a_visit_that_nobody_owes_is_marked_on_the_card_as_an_offer():
    day = date(2026, 3, 20)
    owed = rows(day)
    offers = [replace(row, owed=False) for row in owed]

    assert not any(each.offered for each in dates_card("SAP-0001-7", owed, day).dates)
    assert all(each.offered for each in dates_card("SAP-0001-7", offers, day).dates)
