"""A made-up survey of two patients with two safety cases, for reports about them."""

from datetime import date

from registry_app.domain.course import Course
from registry_app.domain.figures.dataset import Dataset, Patient
from registry_app.domain.kit import Kit, Manufacture
from registry_app.domain.plan.case import Case, ExamFact
from registry_app.domain.plan.cohorts import cohort_of
from registry_app.domain.plan.duties import product_duties
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import Occurrence
from registry_app.domain.plan.windows import windows
from registry_app.domain.publication import Publication, PublicationKind
from registry_app.domain.safety import (
    CaseOrigin,
    CaseVersion,
    Event,
    Expectedness,
    Finding,
    Judged,
    Letter,
    Outcome,
    SafetyCase,
    Seriousness,
    Suspect,
)
from registry_app.domain.subject import Arm, Cause, Identity, Sex, Subject, case_id
from registry_app.packs.loader import load_pack

ON = date(2026, 5, 31)
SERIOUS = {kind.value: kind is Seriousness.HOSPITAL for kind in Seriousness}
NOT_SERIOUS = {kind.value: False for kind in Seriousness}
ONE, TWO = case_id("SAP", 1), case_id("SAP", 2)


def lung(**told):
    """The case of a fall of SpO2, nine days after its day 0."""
    return SafetyCase(
        **{
            "id": "SAP-S0001",
            "title": "投与中の酸素飽和度低下",
            "subject_id": ONE,
            "signal": "spo2-low",
            "form_id": "F1",
            "hospital_aware": date(2026, 5, 21),
            "reporter": "架空病院 医師",
            "versions": {
                "1": CaseVersion(
                    date(2026, 5, 8), "第一報", True, "E2", date(2026, 5, 20), "P-0001"
                ),
                "2": CaseVersion(date(2026, 5, 22), "胸部CTの結果", True, "E2"),
            },
            "narrative": "投与開始30分後に SpO₂ 86 % となり、投与を中断した。\n"
            "酸素2 L/分で回復。",
            "measures": "投与速度の上限を周知する。",
            **told,
        }
    )


def an_event(**told):
    """A fall of SpO2: serious, not in the label, suspected from the product."""
    return Event(
        **{
            "id": "EV1",
            "case_id": "SAP-S0001",
            "what": "酸素飽和度低下",
            "subject_id": ONE,
            "onset": date(2026, 5, 8),
            "serious": SERIOUS,
            "expected": Expectedness.UNEXPECTED,
            "label": "3",
            "by_reporter": {Suspect.PRODUCT.value: Judged.SUSPECTED},
            "by_holder": {
                Suspect.PRODUCT.value: Judged.SUSPECTED,
                Suspect.INJURY.value: Judged.UNKNOWN,
            },
            "outcome": Outcome.RECOVERED,
            "treatment": "酸素投与",
            "tests": {
                "1": Finding("D-ダイマー", date(2026, 5, 9), "4.2", "µg/mL"),
                "2": Finding("胸部造影CT", date(2026, 5, 12), "血栓なし"),
            },
            **told,
        }
    )


def infected(number=2, **told):
    """A case about an infection."""
    return SafetyCase(
        **{
            "id": f"SAP-S{number:04d}",
            "title": "敗血症",
            "subject_id": TWO,
            "origin": CaseOrigin.DOMESTIC,
            "versions": {"1": CaseVersion(date(2026, 2, 3))},
            **told,
        }
    )


def an_infection(number=2, **told):
    return Event(
        **{
            "id": f"EV{number}",
            "case_id": f"SAP-S{number:04d}",
            "what": "敗血症",
            "onset": date(2026, 2, 1),
            "infection": True,
            **told,
        }
    )


SERIES = {
    "spo2-before": "97",
    "spo2-15": "95",
    "spo2-30": "86",
    "spo2-45": "94",
    "spo2-60": "96",
    "spo2-lowest": "85",
}


def infusion_form(**values):
    return ExamFact("F1", "infusion", date(2026, 5, 8), True, values=values or SERIES)


def a_patient(protocol, number, treated, **told):
    subject = Subject(
        case_id("SAP", number),
        Arm.TREATED,
        Sex.MALE if number % 2 else Sex.FEMALE,
        date(treated.year, treated.month, 1) if treated.day > 1 else treated,
        1981,
        Cause.TRAUMATIC,
        treated,
    )
    kits = (
        Kit(
            f"K{number}",
            f"KIT-{number}",
            subject.injury_date,
            subject.id,
            Manufacture.SUCCEEDED,
            f"LOT-{number}",
            treated,
            amounts={"cells": "1.2e8", "weight": "62.5"},
        ),
    )
    case = Case(subject, Course(subject.id), kits=told.pop("kits", kits), **told)
    return Patient(case, windows(protocol, case), cohort_of(protocol, case))


def protocol_of(pack="msc-iv-sci"):
    return Protocol(load_pack(pack))


def a_dataset(cases=None, events=None, *, on=ON, period=None, **told):
    """Two treated patients; `cases` with the clocks that they start."""
    protocol = told.pop("protocol", None) or protocol_of()
    cases = (lung(),) if cases is None else cases
    events = (an_event(),) if events is None else events
    occurrences = [
        Occurrence(
            case.id,
            told.get("event_class", "E2"),
            case.title,
            case.subject_id,
            case.hospital_aware,
            case.versions["1"].day0 if case.versions else None,
            {n: v.day0 for n, v in case.versions.items() if n != "1"},
        )
        for case in cases
    ]
    told.pop("event_class", None)
    first = a_patient(protocol, 1, date(2026, 5, 8), exams=(infusion_form(),))
    patients = (first, a_patient(protocol, 2, date(2025, 11, 20)))
    return Dataset(
        **{
            "protocol": protocol,
            "on": on,
            "period": period,
            "patients": patients,
            "kits": tuple(kit for p in patients for kit in p.case.kits),
            "cases": tuple(cases),
            "events": tuple(events),
            "letters": (
                Letter(
                    "L1", "SAP-S0001", date(2026, 5, 21), True, "PMDA", "電話", "照会"
                ),
            ),
            "duties": product_duties(protocol, occurrences, (), {}, on),
            **told,
        }
    )


def identities():
    return {
        ONE: Identity(
            *(ONE, "架空", "太郎", "カクウ", "タロウ", date(1981, 3, 14)),
            address="〒000-0001 東京都見本区架空町1-2-3",
        ),
        TWO: Identity(TWO, "例示", "花子"),
    }


def publications():
    return (
        Publication(
            "P1",
            PublicationKind.TRIAL,
            "架空の使用成績比較調査",
            "jRCT0000000000",
            date(2020, 4, 1),
        ),
        Publication(
            "P2",
            PublicationKind.TRIAL,
            "架空の第II相試験",
            "JMA-IIA00000",
            date(2013, 12, 1),
            date(2025, 5, 30),
            funder="架空財団",
        ),
        Publication(
            "P3",
            PublicationKind.TRIAL,
            "公表が遅れた架空の試験",
            "",
            date(2015, 1, 1),
            date(2020, 1, 31),
            date(2021, 3, 2),
            "架空の学会誌",
        ),
        Publication(
            "P4",
            PublicationKind.PAPER,
            "架空の論文",
            results_on=date(2021, 2, 1),
            results_where="架空雑誌 1:2–3",
            doi="10.0000/example",
            conflicts="著者1名が架空社の顧問",
        ),
    )
