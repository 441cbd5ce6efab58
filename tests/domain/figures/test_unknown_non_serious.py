import pytest

from registry_app.domain.figures.cover import common_cover
from registry_app.domain.figures.unknown_non_serious import unknown_non_serious
from registry_app.domain.report import Kind
from registry_app.domain.safety import CaseState, CaseVersion, Expectedness
from registry_app.domain.subject import Arm
from registry_app.words import Language
from tests.domain.figures.made_up_survey import (
    ALL_OUT,
    GRAVE,
    PERIOD,
    a_case,
    an_event,
    in_period,
    survey,
)
from tests.domain.figures.said import blocks, everything, fields, said, table, widths


def report(dataset=None, **told):
    dataset = dataset or in_period(survey(**told))
    return unknown_non_serious(dataset, ())


def test_only_unknown_non_serious_events_of_the_period_stand_in_it():
    one = survey().patients[0]
    cases = [a_case(n, one) for n in (1, 2, 3, 4)]
    cases.append(a_case(5, one, day=10))
    events = [
        an_event(1),
        an_event(2, serious=GRAVE),
        an_event(3, expected=Expectedness.EXPECTED),
        an_event(4, by_reporter=ALL_OUT, by_holder=ALL_OUT),
        an_event(5),
    ]
    found = report(cases=tuple(cases), events=tuple(events))

    assert fields(found, "e9-numbers")["events"] == "1"
    assert fields(found, "e9-numbers")["cumulative"] == "2"
    assert [row["safety-case"] for row in table(found, "e9-listing")] == ["SAP-S0001"]


def test_an_event_within_a_serious_case_stands_all_the_same():
    one = survey().patients[0]
    events = (an_event(1), an_event(2, case=1, term="悪心", serious=GRAVE))
    found = report(cases=(a_case(1, one),), events=events)

    (row,) = table(found, "e9-listing")
    assert (row["term"], row["event-class"]) == ("発熱", "E2")


@pytest.mark.parametrize(
    "told",
    [
        {"reportable": False},
        {"state": CaseState.NOT_A_CASE, "closed_why": "重複した報告"},
    ],
)
def test_a_case_put_out_of_scope_is_told_as_not_reportable(told):
    versions = {"1": CaseVersion(PERIOD[0], event_class="E9")}
    case = a_case(1, survey().patients[0], versions=versions, **told)
    found = report(cases=(case,), events=(an_event(1),))

    assert [r["safety-case"] for r in table(found, "e9-not-reportable")] == [case.id]
    assert fields(found, "e9-numbers")["events"] == "0"


def test_where_there_is_nothing_no_report_is_owed():
    found = report(cases=(), events=())

    assert any(
        "提出は不要" in said(block.text)
        for block in blocks(found)
        if hasattr(block, "text")
    )


def test_what_is_not_judged_is_named_and_not_guessed():
    one = survey().patients[0]
    undecided = an_event(1, expected=Expectedness.UNDECIDED, label="")
    found = report(cases=(a_case(1, one),), events=(undecided,))

    assert table(found, "e9-listing") == []
    assert [r["safety-case"] for r in table(found, "e9-undecided")] == ["SAP-S0001"]


def test_a_class_that_a_person_chose_decides_what_nobody_has_judged():
    one = survey().patients[0]
    case = a_case(1, one, chosen_class="E9", chosen_why="架空の判断")
    open_event = an_event(1, serious={}, expected=Expectedness.UNDECIDED, label="")

    assert (
        fields(report(cases=(case,), events=(open_event,)), "e9-numbers")["events"]
        == "1"
    )


def test_the_label_it_was_judged_against_is_told():
    assert fields(report(), "e9-numbers")["labels"] == "3"


@pytest.mark.parametrize("language", Language)
def test_it_says_everything_in_both_languages_on_the_measure(language):
    dataset = in_period(survey())
    cover = common_cover(
        Kind.UNKNOWN_NON_SERIOUS, dataset.protocol, dataset.on, period=PERIOD
    )
    found = unknown_non_serious(dataset, cover)

    assert all(f"{text}".strip() for text in everything(found, language))
    assert set(widths(found).values()) == {168}


def test_an_event_of_a_comparison_patient_cannot_come_from_the_product():
    other = next(p for p in survey().patients if p.case.subject.arm is Arm.COMPARISON)
    found = report(cases=(a_case(1, other),), events=(an_event(1),))

    assert fields(found, "e9-numbers")["cumulative"] == "0"
