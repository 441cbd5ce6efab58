from datetime import date

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.figures.all_case_log import all_case_log
from registry_app.domain.subject import Arm
from tests.reports.made_up_duties import (
    ON,
    a_case,
    a_kit,
    a_protocol,
    cases_of,
    some_cases,
)


def log(cases, kits=None, on=ON):
    every = [kit for case in cases for kit in case.kits] if kits is None else kits
    return all_case_log(cases, every, a_protocol(), on)


def test_every_treated_case_and_every_kit_stands_once():
    cases = some_cases(12)
    found = log(cases)

    treated = {c.subject.id for c in cases if c.subject.arm is Arm.TREATED}
    assert {row.case for row in found.treated} == treated
    kits = [kit.number for case in cases for kit in case.kits]
    assert sorted(row.kit for row in found.treated if row.kit) == sorted(kits)


def test_the_sum_is_right_where_every_kit_is_accounted_for():
    found = log(some_cases(12)).sum

    assert found.ordered == found.given + found.not_given + found.pending
    assert (found.difference, found.unmatched) == (0, ())


def test_a_kit_of_nobody_stands_apart():
    stray = a_kit("", date(2026, 3, 1), None, id="x", number="K-0999")
    found = log([], [stray])

    assert found.sum.unmatched == ("K-0999",)
    assert [kit.kit for kit in found.strays] == ["K-0999"]


def test_a_second_kit_has_the_number_of_its_case():
    numbers = [row.number for row in log(some_cases()).treated]

    assert numbers == ["1", "2", "2-2", "3", "4", "5"]


def test_comparison_patients_stand_apart_with_what_they_were_matched_by():
    found = log(some_cases(6))

    (row,) = found.comparison
    assert row.case not in {treated.case for treated in found.treated}
    assert [(name.en, value) for name, value in row.matching] == [("Age", "60")]
    assert row.consented is None


def test_a_consent_taken_back_shows_from_its_day_on():
    (name,) = cases_of(1)
    consent = Consent(
        "c1",
        name,
        Scope.TREATMENT,
        "第1版",
        date(2025, 10, 22),
        withdrawn_on=date(2026, 4, 1),
    )
    case = a_case(name, consents=(consent,))

    assert log([case]).treated[0].withdrawn[0].on == date(2026, 4, 1)
    assert log([case], on=date(2026, 3, 31)).treated[0].withdrawn == ()


def test_an_end_of_follow_up_is_the_status_from_its_day_on():
    cases = some_cases()
    then = log(cases, on=date(2026, 1, 31)).treated[3].status
    now = log(cases).treated[3].status

    assert (then.key, now.key) == (
        "report_r6.status-followed",
        "report_r6.status-ended",
    )


def test_collection_dates_are_those_that_the_pack_names():
    row = log(some_cases()).treated[0]

    assert [(name.en, day) for name, day in row.collected] == [
        ("Marrow", date(2025, 10, 30))
    ]
