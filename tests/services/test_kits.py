from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry_app.domain.course import DeviationKind
from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.kit import Kit, KitState, Manufacture
from registry_app.domain.plan.eligibility import Verdict
from registry_app.domain.subject import Arm
from registry_app.services import consents, courses, kits, subjects
from registry_app.services.cases import case_of
from registry_app.services.plans import subject_plan
from registry_app.services.trail import trail_entries
from tests.builders import INJURY, a_subject
from tests.services.test_enrolment import a_consent

TODAY = date(2026, 4, 1)
GIVEN = INJURY + timedelta(days=48)
RIGHT = {"cells": "1.2e8", "weight": "60", "flow": "0.8", "dilution": "3"}


def a_kit(number="K-1", after=20, **told):
    return Kit("", number, INJURY + timedelta(days=after), **told)


def ordered(desk, subject_id="", number="K-1", **told):
    return kits.order(desk, a_kit(number, subject_id=subject_id, **told)).kit


def waiting(desk, **told):
    """Somebody of the treated arm who has not been treated."""
    return a_subject(desk, treatment_date=None, **told)


def given(desk, kit, reason="", reasons=None, **told):
    made = {
        "manufacture": Manufacture.SUCCEEDED,
        "lot": "L-7",
        "given_on": GIVEN,
        "amounts": RIGHT,
    }
    kit = replace(kit, **{**made, **told})
    return kits.change(desk, kit, reason, reasons=reasons)


def test_giving_a_kit_sets_the_treatment_date_and_its_windows(desk):
    subject = waiting(desk)
    before = {w.visit.id for w in subject_plan(desk, subject.id).windows}
    recorded = given(desk, ordered(desk, subject.id))
    plan = subject_plan(desk, subject.id)

    assert recorded.kit.state is KitState.GIVEN
    assert recorded.deviations == ()
    assert plan.case.subject.treatment_date == GIVEN
    assert {w.visit.id for w in plan.windows} - before >= {"day-220", "infusion"}
    kinds = [entry.kind for entry in trail_entries(desk, newest=2)]
    assert sorted(kinds) == ["kit", "subject"]


@pytest.mark.parametrize(
    ("amounts", "failed"),
    [
        ({**RIGHT, "cells": "5e7"}, []),
        ({**RIGHT, "cells": "4.99e7"}, ["cells"]),
        ({**RIGHT, "cells": "2.0e8", "weight": "60"}, []),
        ({**RIGHT, "cells": "2.01e8", "weight": "61"}, ["cells"]),
        ({**RIGHT, "cells": "2.0e8", "weight": "59"}, ["cells-per-kg"]),
        ({**RIGHT, "cells": "3.34e8", "weight": "100"}, ["cells"]),
        ({**RIGHT, "flow": "1.1"}, ["flow"]),
        ({**RIGHT, "dilution": "2.9"}, ["dilution"]),
        ({"cells": "1.2e8"}, []),
    ],
)
def test_a_dose_outside_what_the_label_says_is_a_deviation(desk, amounts, failed):
    """REGULATION.md section 2: 0.5e8 to 2.0e8 cells, no more than 3.34e6 a kg."""
    kit = ordered(desk, waiting(desk).id)
    told = replace(kit, given_on=GIVEN, amounts=amounts)
    judged = kits.judged_kit(desk, told)
    assert [
        one.criterion.id for one in judged if one.verdict is Verdict.NOT_MET
    ] == failed
    reasons = dict.fromkeys(failed, "heavy patient")
    found = given(desk, kit, reasons=reasons, amounts=amounts).deviations
    assert [(one.rule, one.kind, one.on) for one in found] == [
        (rule, DeviationKind.TREATMENT, GIVEN) for rule in failed
    ]


def test_without_its_reason_nothing_of_the_treatment_is_kept(desk):
    subject = waiting(desk)
    kit = ordered(desk, subject.id)
    with pytest.raises(Refused, match="reason-needed") as refused:
        given(desk, kit, amounts={**RIGHT, "cells": "1e9"})

    assert refused.value.message.params["ids"] == ("cells", "cells-per-kg")
    case = case_of(desk, subject.id)
    assert case.subject.treatment_date is None
    assert case.kits == (kit,)


@pytest.mark.parametrize(
    ("marrow", "failed"), [(31, set()), (32, {"marrow-day"}), (None, set())]
)
def test_marrow_is_collected_by_day_31_or_the_deviation_says_why(desk, marrow, failed):
    subject = waiting(desk)
    if marrow:
        day = INJURY + timedelta(days=marrow)
        courses.set_dates(desk, subject.id, {"marrow": day})
    kit = ordered(desk, subject.id)
    reasons = dict.fromkeys(failed, "infection first")
    assert {one.rule for one in given(desk, kit, reasons=reasons).deviations} == failed


@pytest.mark.parametrize(
    ("signed", "failed"), [(16, set()), (17, {"consent-before-blood"})]
)
def test_consent_is_not_later_than_the_first_blood_draw(desk, signed, failed):
    subject = waiting(desk)
    courses.set_dates(desk, subject.id, {"blood-1": INJURY + timedelta(days=16)})
    consents.add_consent(desk, replace(a_consent(after=signed), subject_id=subject.id))
    kit = ordered(desk, subject.id)
    reasons = dict.fromkeys(failed, "signed the day after")
    assert {one.rule for one in given(desk, kit, reasons=reasons).deviations} == failed


def test_a_deviation_on_record_is_not_recorded_again(desk):
    subject = waiting(desk)
    slow = {**RIGHT, "flow": "0.5"}
    reasons = {"flow": "reaction"}
    kit = given(desk, ordered(desk, subject.id), reasons=reasons, amounts=slow).kit
    again = kits.change(desk, replace(kit, note="seen by a second person"))
    assert again.deviations == ()
    slower = replace(again.kit, amounts={**slow, "flow": "0.4"})
    with pytest.raises(Refused, match="reason-needed"):
        kits.change(desk, slower, "misread")
    kits.change(desk, slower, "misread", reasons=reasons)
    found = [one.found for one in case_of(desk, subject.id).deviations]
    assert sorted(found) == ["0.4", "0.5"]


def test_a_number_is_one_of_a_kind(desk):
    kit = ordered(desk)
    with pytest.raises(Refused, match="number-taken"):
        ordered(desk, number=" K-1 ")
    other = ordered(desk, number="K-2")
    with pytest.raises(Refused, match="number-taken"):
        kits.change(desk, replace(other, number=kit.number), "misread")


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"after": 300}, r"kit\.in-future"),
        ({"amounts": {"colour": "1"}}, r"kit\.no-such-quantity"),
        ({"amounts": {"cells-per-kg": "1"}}, r"kit\.computed-quantity"),
    ],
)
def test_a_kit_that_cannot_be_is_refused(desk, told, key):
    with pytest.raises(InvalidValue, match=key):
        kits.order(desk, a_kit(**told))
    assert kits.kits(desk) == ()


def test_a_kit_belongs_to_nobody_of_the_comparison_arm(desk):
    other = a_subject(desk, arm=Arm.COMPARISON)
    with pytest.raises(Refused, match=r"kit\.comparison"):
        ordered(desk, other.id)
    with pytest.raises(NotFound):
        ordered(desk, "SAP-0009-9")


def test_a_case_with_a_kit_does_not_become_a_comparison(desk):
    subject = waiting(desk)
    ordered(desk, subject.id)
    other = replace(subject, arm=Arm.COMPARISON)
    with pytest.raises(Refused, match=r"kit\.comparison"):
        subjects.correct_subject(desk, other, "chart")


def test_a_unit_that_was_not_given_says_why_and_the_sum_comes_out(desk):
    subject = waiting(desk)
    failed = ordered(desk, subject.id)
    aside = {
        "manufacture": Manufacture.FAILED,
        "not_given": "cells did not grow",
        "not_given_on": INJURY + timedelta(days=30),
    }
    kits.change(desk, replace(failed, **aside))
    given(desk, ordered(desk, subject.id, "K-2"))
    ordered(desk, subject.id, "K-3")
    ordered(desk, number="K-4")
    found = kits.reconciliation(desk)

    assert (found.ordered, found.given, found.not_given, found.pending) == (4, 1, 1, 2)
    assert found.unmatched == ("K-4",)
    found = case_of(desk, subject.id).kits
    assert [kit.number for kit in found] == ["K-1", "K-2", "K-3"]


def test_another_day_than_the_one_on_record_needs_a_reason(desk):
    subject = a_subject(desk)  # treated on day 30, without a kit
    kit = ordered(desk, subject.id)
    with pytest.raises(Refused, match="other-treatment-date"):
        given(desk, kit)
    given(desk, kit, "chart of the ward")
    assert case_of(desk, subject.id).subject.treatment_date == GIVEN


def test_taking_the_use_back_takes_the_treatment_date_back(desk):
    subject = waiting(desk)
    kit = given(desk, ordered(desk, subject.id)).kit
    pending = replace(kit, given_on=None)
    with pytest.raises(Refused):
        kits.change(desk, pending)
    kits.change(desk, pending, "another patient was meant")
    assert case_of(desk, subject.id).subject.treatment_date is None


def test_a_kit_that_moves_to_another_case_takes_its_treatment_along(desk):
    one, other = waiting(desk), waiting(desk)
    kit = given(desk, ordered(desk, one.id)).kit
    kits.change(desk, replace(kit, subject_id=other.id), "another patient was meant")
    assert case_of(desk, one.id).subject.treatment_date is None
    assert case_of(desk, other.id).subject.treatment_date == GIVEN


def test_correcting_the_treatment_date_moves_the_kit_and_never_apart(desk):
    subject = waiting(desk)
    given(desk, ordered(desk, subject.id))
    treated = case_of(desk, subject.id).subject
    later = replace(treated, treatment_date=GIVEN + timedelta(days=1))
    subjects.correct_subject(desk, later, "chart")
    (kit,) = case_of(desk, subject.id).kits
    assert kit.given_on == later.treatment_date
    never = replace(case_of(desk, subject.id).subject, treatment_date=None)
    with pytest.raises(Refused, match="still-given"):
        subjects.correct_subject(desk, never, "chart")
