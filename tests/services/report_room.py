"""A registry with something to report, and one report of each kind of it."""

from datetime import date, timedelta

from registry_app.domain.report import Kind
from registry_app.domain.safety import CaseVersion, Event, SafetyCase, Seriousness
from registry_app.services.reports import make_report
from registry_app.services.safety_deeds import open_case
from registry_app.words import Language
from tests.builders import INJURY, a_subject, an_exam

JA, EN = Language.JA, Language.EN
CASE = "SAP-S0001"
ARCHIVED = [kind for kind in Kind if kind.archived]


def a_patient(desk):
    """A treated patient with one exam."""
    subject = a_subject(desk)
    an_exam(desk, subject, on=INJURY + timedelta(days=45))
    return subject


def a_case(desk, subject):
    """A safety case with one event, as the holder learned of it."""
    aware = date(2026, 3, 2)
    serious = {kind.value: kind is Seriousness.HOSPITAL for kind in Seriousness}
    case = SafetyCase(
        "",
        "発熱（架空）",
        subject_id=subject.id,
        hospital_aware=aware,
        versions={"1": CaseVersion(aware, "第一報")},
    )
    fever = Event("", "", "発熱", subject.id, onset=aware, serious=serious)
    return open_case(desk, case, (fever,))


def made(desk, kind, subject, languages=(JA,), **told):
    """A report of a kind: of this patient, or of the case."""
    about = CASE if kind.of_safety_case else ""
    return make_report(
        desk, kind, languages, subject_id=subject.id, about=about, **told
    )
