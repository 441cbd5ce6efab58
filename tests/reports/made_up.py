"""Made-up patients for the pages: the worst that may have to fit, and the least."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from registry_app.domain.figures.patient_summary import patient_summary as summarise
from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.result import Classification
from registry_app.domain.isncsci.segments import SCORE_ITEMS, SEGMENTS
from registry_app.domain.person import Registry
from registry_app.domain.report import Kind
from registry_app.domain.subject import Arm, Cause, Identity, Sex, Subject
from registry_app.domain.trail import Head
from registry_app.domain.visit import Blinding, Form, Status, Visit
from registry_app.reports.issue import Issue
from registry_app.words import Language

JA, EN = Language.JA, Language.EN
INJURY = date(2025, 10, 10)
CASE = "SAP-0001-7"


@dataclass(frozen=True)
class AnExam:
    visit: Visit
    form: Form
    result: Classification
    engine: str = "isncsci-1"


def a_sheet(level="C5", zone=4, spared=False, **values):
    """A sheet that is full above `level`, less in a zone below it, then empty."""
    at = SEGMENTS.index(level)
    sheet = {"VAC": "Yes" if spared else "No", "DAP": "Yes" if spared else "No"}
    for item in SCORE_ITEMS:
        _, modality, segment = item.split("_", 2)
        below = SEGMENTS.index(segment) - at
        full, some = ("5", "3") if modality == "M" else ("2", "1")
        least = "1" if spared and segment.startswith("S") else "0"
        sheet[item] = full if below <= 0 else some if below <= zone else least
    return {item: value for item, value in {**sheet, **values}.items() if value}


def an_exam(day, sheet, *, status=Status.COMPLETE, assessor="評価者 E05", code=None):
    on = INJURY + timedelta(days=day)
    visit = Visit(f"visit-{day}", CASE, code or f"day-{day}", on)
    form = Form(
        f"form-{day}",
        visit.id,
        "isncsci",
        on,
        status,
        assessor,
        Blinding.BLINDED,
        sheet,
    )
    return AnExam(visit, form, classify(form.exam))


def a_subject(**told):
    return Subject(
        **{
            "id": CASE,
            "arm": Arm.TREATED,
            "sex": Sex.MALE,
            "injury_date": INJURY,
            "birth_year": 1965,
            "cause": Cause.TRAUMATIC,
            "treatment_date": INJURY + timedelta(days=37)
            if told.get("arm", Arm.TREATED) is Arm.TREATED
            else None,
            **told,
        }
    )


def an_identity(**told):
    return Identity(
        **{
            "id": CASE,
            "family": "架空",
            "given": "太郎",
            "birth_date": date(1965, 3, 14),
            "hospital_number": "0012345",
            **told,
        }
    )


def some_exams():
    """Three completed exams, some of it uncertain or starred, and a draft."""
    untested = dict.fromkeys(("R_PP_T9", "R_PP_T10", "L_M_L3", "R_M_L2"), "NT")
    missing = dict.fromkeys(("L_LT_L1", "L_LT_L2", "L_LT_L3"), "")
    return [
        an_exam(14, a_sheet("C4", 2)),
        an_exam(91, a_sheet("C5", 5, spared=True, L_M_L2="0*")),
        an_exam(182, a_sheet("C5", 7, spared=True, VAC="NT", **untested)),
        an_exam(233, a_sheet("C6", 8, spared=True, **missing), status=Status.DRAFT),
    ]


def a_summary(exams=None, subject=None, identity=None, *, identifiable=False):
    return summarise(
        subject or a_subject(),
        identity,
        some_exams() if exams is None else exams,
        identifiable=identifiable,
    )


def an_issue(languages=(JA, EN), **told):
    return Issue(
        **{
            "number": f"R5-{CASE}-412-JE",
            "registry": Registry("registry-1", "SAP", "follow-up", True, 1),
            "cut": Head(412, "9f3c" * 16),
            "cut_at": datetime(2026, 5, 31, 5, 2, tzinfo=UTC),
            "languages": languages,
            "software": "registry-app 0.1.0",
            "kind": Kind.PATIENT_SUMMARY,
            "options": {"languages": "ja+en"},
            **told,
        }
    )
