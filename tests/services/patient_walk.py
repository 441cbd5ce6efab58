"""Each service about one patient, called at the desk of test_every_write."""

from dataclasses import replace
from datetime import timedelta

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.course import (
    Contact,
    ContactOutcome,
    ContactWay,
    Deviation,
    DeviationKind,
    EndReason,
    FollowUp,
)
from registry_app.domain.hold import LegalHold
from registry_app.domain.kit import Kit, Manufacture
from registry_app.domain.subject import Arm
from registry_app.services import (
    attrition,
    consents,
    courses,
    deviations,
    enrolment,
    forms,
    holds,
    kits,
    plans,
)
from tests.builders import INJURY, a_subject, an_enrolment


def patient_side(walk, subject):
    """All of them, each with the kinds of record that it writes."""
    case = subject.id
    other = a_subject(walk.desk, arm=Arm.COMPARISON)
    ward = a_subject(walk.desk, treatment_date=None)
    walk.look_again()

    signed = Consent("", case, Scope.PROVISION, "leaflet 3", INJURY)
    consent = walk(consents.add_consent, signed)
    assert walk.kinds == ["consent"]
    walk(consents.correct_consent, replace(consent, document="leaflet 4"), "misread")
    assert walk.kinds == ["consent"]
    walk(consents.withdraw, consent.id, INJURY + timedelta(days=9), "by phone")
    assert walk.kinds == ["consent"]

    walk(courses.set_dates, case, {"marrow": INJURY + timedelta(days=20)})
    assert walk.kinds == ["course"]
    walk(courses.set_comparison, other.id, "made-up centre", {"age": "40"}, case)
    assert walk.kinds == ["course"]
    call = (INJURY + timedelta(days=60), ContactWay.PHONE, ContactOutcome.REACHED)
    contact = walk(courses.add_contact, Contact("", case, *call))
    assert walk.kinds == ["contact"]
    walk(courses.correct_contact, replace(contact, by="kato"), "misread")
    assert walk.kinds == ["contact"]
    ended = INJURY + timedelta(days=70)
    walk(courses.end_follow_up, FollowUp(other.id, EndReason.LOST, ended, ended))
    assert walk.kinds == ["follow_up"]
    walk(courses.resume, other.id, "found")
    assert walk.kinds == ["follow_up"]

    told = (DeviationKind.OTHER, "room", INJURY, "fire drill")
    deviation = walk(deviations.add_deviation, Deviation("", case, *told))
    assert walk.kinds == ["deviation"]
    corrected = replace(deviation, reason="fire")
    walk(deviations.correct_deviation, corrected, "misread")
    assert walk.kinds == ["deviation"]

    hold = walk(holds.set_hold, LegalHold("", case, INJURY, "lawsuit"))
    assert walk.kinds == ["legal_hold"]
    walk(holds.lift_hold, hold.id, INJURY + timedelta(days=9), "settled in court")
    assert walk.kinds == ["legal_hold"]

    ordered = Kit("", "K-1", INJURY + timedelta(days=20), ward.id)
    kit = walk(kits.order, ordered).kit
    assert walk.kinds == ["kit"]
    made = {"manufacture": Manufacture.SUCCEEDED, "amounts": {"cells": "9e8"}}
    given = replace(kit, given_on=INJURY + timedelta(days=45), lot="L-1", **made)
    walk(kits.judged_kit, given)
    assert walk.kinds == []
    walk(kits.change, given, reasons={"cells": "heavy patient"})
    assert walk.kinds == ["kit", "subject", "deviation"]

    day = INJURY + timedelta(days=60)
    seen = ("baseline", "scim", day, {"total": "60"}, "kato")
    form = walk(forms.record_form, case, *seen, reason="train strike")
    assert walk.kinds == ["visit", "form", "deviation"]
    walk(forms.correct_form, form, {"total": "61"}, "misread")
    assert walk.kinds == ["form"]

    for reads, *asked in (
        (attrition.attrition,),
        (consents.consents, case),
        (consents.data_use, case),
        (courses.course, case),
        (courses.follow_up, case),
        (courses.contacts, case),
        (deviations.deviations,),
        (enrolment.judged, an_enrolment()),
        (forms.forms, case),
        (kits.kits,),
        (kits.reconciliation,),
        (plans.subject_plan, case),
    ):
        walk(reads, *asked)
        assert walk.kinds == []
