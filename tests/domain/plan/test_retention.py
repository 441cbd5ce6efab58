from dataclasses import replace
from datetime import date

from registry_app.domain.course import Course
from registry_app.domain.kit import Kit
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import Settled
from registry_app.domain.plan.retention import kept, retain_until, retention_unsure
from registry_app.domain.subject import Arm, Sex, Subject
from registry_app.packs.loader import load_pack

INJURED, TREATED = date(2026, 1, 10), date(2026, 2, 28)
MSC = Protocol(load_pack("msc-iv-sci"))


def a_case(arm=Arm.TREATED, treated=TREATED, **told):
    subject = Subject("SAP-0001-7", arm, Sex.MALE, INJURED, treatment_date=treated)
    return Case(subject, Course(subject.id), **told)


def test_the_longest_rule_says_until_when_records_are_kept():
    """30 years of the holder (RC-1) and 20 of the hospital (RC-3), both to confirm."""
    found = kept(MSC, a_case())

    assert [(one.rule.id, one.until) for one in found] == [
        ("RC-1", date(2056, 2, 28)),
        ("O14", date(2046, 2, 28)),
    ]
    assert retain_until(MSC, a_case()) == date(2056, 2, 28)
    assert retention_unsure(MSC)


def test_a_product_that_is_not_designated_is_kept_the_shorter_time_of_that_rule():
    settled = Settled("RC-1:SAP-0001-7", "RC-1", "SAP-0001-7", otherwise=True)
    case = a_case(settled={settled.id: settled})

    assert retain_until(MSC, case) == date(2046, 2, 28)


def test_the_time_counts_from_the_last_use():
    later = Kit("K1", "K-1", INJURED, "SAP-0001-7", given_on=date(2027, 3, 1))

    assert retain_until(MSC, a_case(kits=(later,))) == date(2057, 3, 1)


def test_a_leap_day_is_kept_through_the_last_of_february():
    case = a_case(treated=date(2028, 2, 29))

    assert retain_until(MSC, case) == date(2058, 2, 28)


def test_without_a_use_no_rule_names_a_day():
    assert retain_until(MSC, a_case(treated=None)) is None
    assert retain_until(MSC, a_case(Arm.COMPARISON, treated=None)) is None


def test_the_hold_of_a_case_is_the_one_in_force():
    from registry_app.domain.hold import LegalHold

    hold = LegalHold("H1", "SAP-0001-7", TREATED, "lawsuit")
    case = a_case(holds=(hold,))

    assert case.hold(TREATED) == hold
    assert case.hold(INJURED) is None
    assert replace(case, holds=()).hold(TREATED) is None
