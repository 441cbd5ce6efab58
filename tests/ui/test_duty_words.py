from datetime import timedelta

import pytest

from registry_app.domain.message import say
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.pack import Owner
from registry_app.ui import paint
from registry_app.ui.duty_words import (
    SHAPES,
    days_said,
    only_owner_said,
    standing_said,
    whom_said,
)
from registry_app.words import Language, Words
from tests.ui.made_up_duties import TODAY, a_duty


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"left": -2}, "2 days over"),
        ({"left": -1}, "1 day over"),
        ({"left": 0}, "last day today"),
        ({"left": 1}, "1 day left"),
        ({"left": 40, "opens": TODAY}, "40 days left"),
        ({"left": 60, "opens": TODAY + timedelta(days=9)}, "from 2026-11-29"),
        ({"due": None}, "no date"),
        ({"left": 5, "done": TODAY}, "in time"),
        ({"left": -5, "done": TODAY}, "done 5 days late"),
        ({"left": 5, "not_applicable": "no case"}, "n/a"),
        ({"left": 5, "ended": say("app.title")}, "n/a"),
    ],
)
def test_the_days_of_a_duty_are_said_in_words(words, told, said):
    assert days_said(words, a_duty(**told), TODAY) == said


def test_the_earlier_of_two_ways_of_counting_gives_the_days(words):
    duty = a_duty(left=1, alarm=TODAY)

    assert days_said(words, duty, TODAY) == "last day today"


@pytest.mark.parametrize("language", Language)
def test_every_standing_has_a_shape_and_a_word_of_its_own(language):
    words = Words(language)
    said = [standing_said(words, standing) for standing in Standing]

    assert set(SHAPES) == set(Standing)
    assert set(SHAPES.values()) <= set(paint.STATUSES)
    assert len(set(said)) == len(said)


def test_nobody_takes_a_report_of_the_holder_for_one_of_the_hospital(words):
    assert only_owner_said(words, Owner.HOLDER) == "MAH, not the hospital"


def test_whom_it_is_about_is_the_case_or_the_product_and_its_period(words):
    period = (TODAY, TODAY + timedelta(days=30))

    assert whom_said(words, a_duty(subject_id="SAP-1"), "カクウ") == "SAP-1 · カクウ"
    assert whom_said(words, a_duty()) == "the product"
    assert "2026-11-20 to 2026-12-20" in whom_said(words, a_duty(period=period))
