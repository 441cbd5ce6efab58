"""A small made-up survey: each patient is one way in which an endpoint can go."""

from datetime import date, timedelta
from functools import cache

from registry_app.domain.course import Course, EndReason, FollowUp
from registry_app.domain.figures.dataset import Dataset, ExamDetail, Patient
from registry_app.domain.isncsci.result import Interval
from registry_app.domain.plan.case import Case, ExamFact
from registry_app.domain.plan.cohorts import cohort_of
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.windows import windows
from registry_app.domain.subject import Arm, Sex, Subject
from registry_app.domain.visit import Blinding
from registry_app.packs.loader import load_pack

INJURY, ON = date(2025, 4, 1), date(2026, 4, 1)


@cache
def a_protocol():
    return Protocol(load_pack("msc-iv-sci"))


def a_patient(
    number,
    base="A",
    end="C",
    *,
    arm=Arm.TREATED,
    base_day=49,
    end_day=180,
    treated=60,
    injury=INJURY,
    nli="C5",
    blinded=False,
    ended=None,
    lems=((0, 0), (4, 4)),
    scim=(None, None),
    second="",
    protocol=None,
):
    """Grades as ``A`` or ``B,C``; None: no exam. Days are after injury."""
    protocol = protocol or a_protocol()
    case_id = f"SAP-{number:04d}-X"
    given = arm is Arm.TREATED and treated is not None
    treated_on = injury + timedelta(days=treated) if given else None
    facts, details = [], {}
    for name, grade, day, points, total in (
        ("baseline", base, base_day, lems[0], scim[0]),
        ("endpoint", end, end_day, lems[1], scim[1]),
    ):
        on = injury + timedelta(days=day)
        if grade is not None:
            ais = tuple(grade.split(",")) if grade else ()
            form = f"{number}-{name}"
            fact = ExamFact(form, "isncsci", on, True, name, ais, (nli,))
            facts.append(fact)
            details[form] = _detail(fact, points, blinded=blinded)
            if second and name == "endpoint":
                again = ExamFact(f"{form}-2", "isncsci", on, True, name, (second,))
                details[again.form_id] = _detail(again, points, rates=form)
        if total is not None:
            values = {"total": f"{total}"}
            form = f"{number}-{name}-scim"
            facts.append(ExamFact(form, "scim", on, True, name, values=values))
    follow_up = None
    if ended is not None:
        on = injury + timedelta(days=ended)
        follow_up = FollowUp(case_id, EndReason.LOST, on, on)
    subject = Subject(case_id, arm, Sex.MALE, injury, 1980, treatment_date=treated_on)
    case = Case(subject, Course(case_id), tuple(facts), follow_up=follow_up)
    made = windows(protocol, case)
    return Patient(
        case,
        {window.visit.id: window for window in made},
        cohort_of(protocol, case, made),
        details,
    )


def _detail(fact, points, *, blinded=False, rates=""):
    legs = Interval(*points)
    totals = {
        "uems": Interval(10, 10),
        "lems": legs,
        "motor": Interval(10 + legs.low, 10 + legs.high),
        "lt": Interval(50, 50),
        "pp": Interval(50, 50),
    }
    blinding = Blinding.BLINDED if blinded else Blinding.KNOWS
    return ExamDetail(fact, fact.form_id, "kato", blinding, totals, rates)


def everybody():
    return (
        a_patient(1, "A", "C", scim=(20, 24)),
        a_patient(2, "A", "A", lems=((0, 0), (0, 2)), scim=(20, 30), second="A"),
        a_patient(3, "A", "B,C", lems=((0, 0), (6, 8))),
        a_patient(4, "A", None),
        a_patient(5, "A", None, ended=100),
        a_patient(6, "A", "C", treated=45, base_day=49, scim=(20, 18)),
        a_patient(7, "A", None, injury=date(2026, 1, 1)),
        a_patient(8, "A", "D", blinded=True, second="C"),
        a_patient(9, "B", "C"),
        a_patient(10, "C", "C"),
        a_patient(11, "A", "A", arm=Arm.COMPARISON),
        a_patient(12, "A", "C", arm=Arm.COMPARISON),
        a_patient(13, "A", "B", nli="T5"),
        a_patient(14, None, "A"),
        a_patient(15, "A", "C", treated=160, end_day=161),
    )


def a_dataset(patients=None, **more):
    protocol = more.pop("protocol", None) or a_protocol()
    found = everybody() if patients is None else tuple(patients)
    return Dataset(protocol, more.pop("on", ON), None, found, **more)
