"""A made-up survey with kits, deviations and events, for the periodic reports."""

from dataclasses import replace
from datetime import date, timedelta

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.course import Course, Deviation, DeviationKind
from registry_app.domain.kit import Kit, Manufacture
from registry_app.domain.safety import (
    CaseOrigin,
    CaseState,
    CaseVersion,
    Event,
    Expectedness,
    Judged,
    SafetyCase,
    Seriousness,
    Suspect,
)
from registry_app.domain.subject import Cause, Sex
from tests.domain.figures.made_up_efficacy import INJURY, ON, a_dataset
from tests.domain.figures.made_up_efficacy import everybody as efficacy_patients

PERIOD = (date(2025, 7, 1), ON)
MILD = {kind.value: False for kind in Seriousness}
GRAVE = {**MILD, Seriousness.HOSPITAL.value: True}
ALL_OUT = {suspect.value: Judged.RULED_OUT for suspect in Suspect}


def with_case(patient, **told):
    """The same patient with something else of the case."""
    return replace(patient, case=replace(patient.case, **told))


def a_kit(number, patient=None, *, ordered=20, given=60, **told):
    """A kit of somebody; days are after the injury of the survey."""
    return Kit(
        **{
            "id": f"k{number}",
            "number": f"K-{number}",
            "ordered_on": INJURY + timedelta(days=ordered),
            "subject_id": patient.id if patient else "",
            "manufacture": Manufacture.SUCCEEDED,
            "lot": f"L-{number}",
            "given_on": None if given is None else INJURY + timedelta(days=given),
            "amounts": {"cells": "1.2e8", "weight": "60"},
            **told,
        }
    )


def a_deviation(number, patient, *, day=200, **told):
    return Deviation(
        **{
            "id": f"d{number}",
            "subject_id": patient.id,
            "kind": DeviationKind.TREATMENT,
            "rule": "cells",
            "on": INJURY + timedelta(days=day),
            "reason": "架空の理由",
            **told,
        }
    )


def a_case(number, patient=None, *, day=100, **told):
    """A safety case whose day 0 is so many days after the injury."""
    return SafetyCase(
        **{
            "id": f"SAP-S{number:04d}",
            "title": "架空の症例",
            "subject_id": patient.id if patient else "",
            "versions": {"1": CaseVersion(INJURY + timedelta(days=day))},
            **told,
        }
    )


def an_event(number, case=None, *, term="発熱", group="一般・全身障害", **told):
    """A mild fever that the label does not name."""
    coded = {"text": term, "group": group} if group else {}
    return Event(
        **{
            "id": f"e{number}",
            "case_id": f"SAP-S{case or number:04d}",
            "what": term,
            "coded": coded,
            "serious": MILD,
            "expected": Expectedness.UNEXPECTED,
            "label": "3",
            **told,
        }
    )


def draft(number, patient):
    return a_case(number, patient, state=CaseState.DRAFT, signal="spo2-low")


def abroad(number):
    return a_case(number, origin=CaseOrigin.FOREIGN)


def survey(**told):
    """Fifteen patients; a failed and a pending kit; three events; two deviations."""
    one, two, *rest = efficacy_patients()[:15]
    back = Consent(
        "c1",
        two.id,
        Scope.FOLLOW_UP,
        "第1版",
        INJURY,
        withdrawn_on=INJURY + timedelta(days=90),
    )
    kits = (
        a_kit(1, one),
        a_kit(2, two, ordered=100, given=None, lot=""),
        a_kit(
            3,
            one,
            ordered=10,
            given=None,
            manufacture=Manufacture.FAILED,
            not_given="製造不成立",
            not_given_on=INJURY + timedelta(days=40),
        ),
    )
    subject = replace(one.case.subject, sex=Sex.FEMALE, cause=Cause.TRAUMATIC)
    one = with_case(
        one,
        subject=subject,
        course=Course(one.id, {"marrow": INJURY + timedelta(days=26)}),
        kits=(kits[2], kits[0]),
        deviations=(a_deviation(1, one, day=30), a_deviation(2, one)),
    )
    two = with_case(two, consents=(back,), kits=(kits[1],))
    return a_dataset(
        (one, two, *rest),
        **{
            "kits": kits,
            "cases": (
                a_case(1, one),
                a_case(2, two, day=40),
                draft(3, two),
                abroad(9),
            ),
            "events": (
                an_event(1, onset=INJURY + timedelta(days=63), special="lung"),
                an_event(2, term="貧血", group="", serious=GRAVE),
                an_event(3),
                an_event(9),
            ),
            **told,
        },
    )


def in_period(dataset, period=PERIOD):
    return replace(dataset, period=period)
