from datetime import date, timedelta

import pytest

from registry_app.domain.attrition import (
    CLOSING_DAYS,
    MISSED_DAYS,
    SILENT_DAYS,
    failed_since_reached,
    last_known_alive,
    risks,
)
from registry_app.domain.course import Contact, ContactOutcome, ContactWay
from registry_app.domain.message import Told
from registry_app.words import Language, Words

TODAY = date(2026, 6, 1)
MONTH_6 = Told("6か月", "Month 6")


def ago(days):
    return TODAY - timedelta(days=days)


def a_call(days, outcome=ContactOutcome.NOT_REACHED, **told):
    return Contact(
        f"c-{1000 - days}", "SAP-0001-7", ago(days), ContactWay.PHONE, outcome, **told
    )


def _keys(alive=TODAY, contacts=(), visits=()):
    return [message.key for message in risks(TODAY, alive, contacts, visits)]


def test_somebody_seen_the_other_day_is_at_no_risk():
    assert _keys() == []


@pytest.mark.parametrize(
    ("days", "key"),
    [
        (CLOSING_DAYS + 1, []),
        (CLOSING_DAYS, ["course.risk-closing"]),
        (0, ["course.risk-closing"]),
        (-1, ["course.risk-missed"]),
        (-MISSED_DAYS, ["course.risk-missed"]),
        (-MISSED_DAYS - 1, []),
    ],
)
def test_a_window_that_closes_asks_for_a_call(days, key):
    assert _keys(visits=[(MONTH_6, TODAY + timedelta(days=days))]) == key


def test_silence_counts_from_the_day_after_a_yearly_visit_and_a_month():
    assert _keys(alive=ago(SILENT_DAYS)) == []
    assert _keys(alive=ago(SILENT_DAYS + 1)) == ["course.risk-silent"]
    assert _keys(alive=None) == []


def test_attempts_count_since_the_patient_was_last_reached():
    calls = [a_call(50), a_call(40, ContactOutcome.REACHED), a_call(30), a_call(20)]
    assert failed_since_reached(calls) == tuple(calls[2:])
    assert _keys(contacts=calls) == ["course.risk-not-reached"]
    assert _keys(contacts=[*calls, a_call(10, ContactOutcome.REACHED)]) == []


def test_a_day_to_call_again_is_over_once_somebody_has_called():
    due = a_call(20, ContactOutcome.REACHED, again_on=ago(5))
    assert _keys(contacts=[due]) == ["course.risk-call-again"]
    assert _keys(contacts=[due, a_call(5, ContactOutcome.REACHED)]) == []
    later = a_call(20, ContactOutcome.REACHED, again_on=TODAY + timedelta(days=1))
    assert _keys(contacts=[later]) == []


def test_who_answers_or_refuses_is_alive_and_a_letter_that_comes_back_says_nothing():
    calls = [
        a_call(30, ContactOutcome.REFUSED),
        a_call(20, ContactOutcome.RETURNED),
        a_call(10, ContactOutcome.NOT_REACHED),
    ]
    assert last_known_alive([ago(60)], calls) == ago(30)
    assert last_known_alive([ago(5)], calls) == ago(5)
    assert last_known_alive([], []) is None


@pytest.mark.parametrize("language", list(Language))
def test_every_risk_can_be_said(language):
    words = Words(language)
    calls = [a_call(30, again_on=ago(20))]
    visits = [(MONTH_6, TODAY), (MONTH_6, ago(3))]
    told = [words.say(m) for m in risks(TODAY, ago(500), calls, visits)]
    assert len(set(told)) == 5
