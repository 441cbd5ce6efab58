"""Made-up duties and cases: the few of a quiet month, and the many of a large one."""

from datetime import date, timedelta

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.course import Course, EndReason, FollowUp
from registry_app.domain.kit import Kit, Manufacture
from registry_app.domain.message import Told, say
from registry_app.domain.plan.case import Case, ExamFact
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.pack import (
    Anchor,
    BaseDate,
    Basis,
    Choice,
    Confidence,
    Origin,
    Owner,
    Pack,
    PlannedVisit,
    Rule,
    RuleKind,
    Source,
    Span,
    State,
)
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.regime import RegimeState
from registry_app.domain.subject import Arm, Cause, Sex, Subject, case_id

ON = date(2026, 5, 31)
SURE = Basis(("S1",), Confidence.CONFIRMED)
UNSURE = Basis(
    ("S2", "S3"), Confidence.UNCONFIRMED, Told("架空規則 第1条", "Made-up rule, Art. 1")
)
PERIODIC = Told("使用成績等定期報告 第3回", "Periodic use-results report, no. 3")
ENDPOINT = Told("評価時検査（受傷後180日）", "Endpoint exam, 180 days after injury")
REGIME = RegimeState(
    State(
        "conditional", Told("条件及び期限付承認", "Conditional, time-limited approval")
    ),
    date(2019, 6, 1),
    past_term=False,
    lapsed=False,
    term_end=date(2026, 6, 1),
    term_alarm=date(2026, 5, 31),
    extended_years=0,
)


def cases_of(count):
    """The first case IDs of a site."""
    return [found for n in range(1, 2 * count) if (found := case_id("SAP", n))][:count]


def a_duty(key="O4:1", days=6, **told):
    """A duty of the approval holder that is due `days` after ON."""
    due = None if days is None else ON + timedelta(days=days)
    return Duty(
        **{
            "key": key,
            "rule": key.split(":")[0],
            "name": Told("15日報告 E4（敗血症）", "15-day case report E4, sepsis"),
            "owner": Owner.HOLDER,
            "basis": SURE,
            "trigger": (due or ON) - timedelta(days=15),
            "opens": (due or ON) - timedelta(days=15),
            "due": due,
            **told,
        }
    )


def a_visit_duty(case, days, **told):
    """The duty to examine somebody by `days` after ON."""
    return a_duty(
        f"visit:endpoint:{case}",
        days,
        **{
            "rule": "O12",
            "name": ENDPOINT,
            "owner": Owner.HOSPITAL,
            "subject_id": case,
            "opens": ON + timedelta(days=days - 60),
            **told,
        },
    )


def some_duties():
    """One of each standing, and each mark."""
    one, other, *_ = cases_of(3)
    return [
        a_visit_duty(one, -173),
        a_duty(
            "O10:1",
            -3,
            name=Told("病院から製造販売業者への連絡", "Hospital to MAH notice"),
            owner=Owner.HOSPITAL,
            legal=False,
        ),
        a_duty("O4:1", 6, evidence="R2-2026-007", target=ON + timedelta(days=5)),
        a_duty(
            "O5:1",
            24,
            name=Told("30日報告 E6（肺塞栓）", "30-day case report E6, embolism"),
            basis=UNSURE,
        ),
        a_duty(
            "O8:15",
            30,
            name=Told("感染症評価報告", "Infection evaluation report"),
            if_any=True,
            period=(date(2025, 12, 1), ON),
        ),
        a_duty("O2:3", 61, name=PERIODIC, basis=UNSURE, alarm=ON + timedelta(days=60)),
        a_visit_duty(other, 75),
        a_duty(
            "O9:1",
            -75,
            name=Told("医師等による安全性報告", "Physician safety report"),
            owner=Owner.PHYSICIAN,
            done=ON - timedelta(days=82),
            evidence="受付 S-0031",
            receipt="RC-12",
        ),
        a_duty("O4:2", -90, done=ON - timedelta(days=87), evidence="R2-2026-002"),
        a_duty(
            "O8:14",
            -150,
            name=Told("感染症評価報告", "Infection evaluation report"),
            not_applicable="該当する感染症の情報なし（照会 Q-12）",
            not_applicable_on=ON - timedelta(days=160),
        ),
        a_duty(
            "unset:O15",
            None,
            rule="O15",
            name=Told("再審査申請", "Re-examination application"),
            basis=UNSURE,
            opens=date.max,
        ),
    ]


def many_duties(count=60):
    """Many cases in one visit: late, soon and later; and many periods."""
    cases = cases_of(3 * count)
    return [
        *some_duties()[1:],
        *(a_visit_duty(c, -3 * n - 1) for n, c in enumerate(cases[:count])),
        *(a_visit_duty(c, n % 90) for n, c in enumerate(cases[count : 2 * count])),
        *(
            a_visit_duty(c, -n, done=ON - timedelta(days=n + n % 9 - 4), opens=ON)
            for n, c in enumerate(cases[2 * count :], 1)
        ),
        *(
            a_visit_duty(f"{c[:-1]}X", 9, ended=say("course.end-lost"))
            for c in cases[:12]
        ),
        *(
            a_duty(f"O8:{n}", 7 * n, name=Told(f"架空の義務 {n}", f"Made-up duty {n}"))
            for n in range(1, 26)
        ),
    ]


def a_pack(**told):
    """A pack with one rule, one visit and one date that nobody has confirmed."""
    injury = Anchor("injury", Told("受傷日", "injury"), Origin.INJURY, SURE)
    return Pack(
        **{
            "id": "made-up",
            "version": 3,
            "name": Told("架空のパック", "A made-up pack"),
            "sources": tuple(Source(f"S{n}", f"架空の出典 {n}") for n in (1, 2, 3)),
            "anchors": (
                injury,
                Anchor("marrow", Told("骨髄採取", "Marrow"), Origin.DATE, SURE),
                Anchor("treated", Told("投与", "Treatment"), Origin.TREATMENT, SURE),
            ),
            "base_dates": (
                BaseDate("designated", Told("指定日", "Designated date"), UNSURE),
            ),
            "visits": (
                a_visit("baseline", 49, 7, Told("基準時", "Baseline")),
                a_visit("endpoint", 180, 30, ENDPOINT, basis=UNSURE),
                a_visit("month-12", 365, 14, Told("12か月", "12 months")),
            ),
            "rules": (
                Rule(
                    "O2",
                    PERIODIC,
                    Owner.HOLDER,
                    RuleKind.PERIOD,
                    Span(2),
                    UNSURE,
                    counts_from="designated",
                    every=Span(12),
                ),
            ),
            "matching": (Choice("age", Told("年齢", "Age")),),
            **told,
        }
    )


def a_visit(name, day, around, told, basis=SURE):
    return PlannedVisit(
        name, told, "injury", Span(days=day), around, around, ("isncsci",), basis
    )


def a_protocol(**told):
    return Protocol(a_pack(**told))


def a_case(case, injury=date(2025, 10, 10), **told):
    """A treated case with a kit that was given."""
    treated = told.pop("treated", injury + timedelta(days=37))
    arm = told.pop("arm", Arm.TREATED)
    subject = Subject(
        case,
        arm,
        Sex.MALE,
        injury,
        1965,
        Cause.TRAUMATIC,
        treated if arm is Arm.TREATED else None,
    )
    return Case(
        **{
            "subject": subject,
            "course": Course(case, {"marrow": injury + timedelta(days=20)}),
            "exams": (ExamFact("f1", "isncsci", injury + timedelta(days=44), True),),
            "consents": (
                Consent(
                    f"c-{case}",
                    case,
                    Scope.TREATMENT,
                    "説明文書 第1.2版",
                    injury + timedelta(days=12),
                ),
            ),
            "kits": (a_kit(case, injury, treated),) if arm is Arm.TREATED else (),
            **told,
        }
    )


def a_kit(case, injury, given, **told):
    return Kit(
        **{
            "id": f"k-{case}",
            "number": f"K-{case[4:8] or '9999'}",
            "ordered_on": injury + timedelta(days=14),
            "subject_id": case,
            "manufacture": Manufacture.SUCCEEDED,
            "lot": f"L-{case[4:8]}",
            "given_on": given,
            **told,
        }
    )


def some_cases(count=6):
    """Given, ended, not given with a second kit, waiting; comparison patients."""
    names = cases_of(count)
    injury = date(2025, 10, 10)
    failed = a_kit(
        names[1],
        injury,
        None,
        id="k-failed",
        number="K-0900",
        manufacture=Manufacture.FAILED,
        not_given="製造不成立（架空の理由）",
        not_given_on=injury + timedelta(days=30),
    )
    second = a_kit(names[1], injury, injury + timedelta(days=40))
    cases = [a_case(name) for name in names]
    cases[1] = a_case(names[1], kits=(failed, second))
    cases[2] = a_case(
        names[2],
        follow_up=FollowUp(
            names[2], EndReason.LOST, date(2026, 2, 1), date(2026, 1, 15)
        ),
    )
    cases[3] = a_case(
        names[3], treated=None, kits=(a_kit(names[3], injury, None, lot=""),)
    )
    for n in range(4, count):
        if n % 3 == 1:
            cases[n] = a_case(
                names[n],
                arm=Arm.COMPARISON,
                course=Course(
                    names[n],
                    source="院内の過去の症例",
                    matching={"age": "60"},
                    matched_to=names[0],
                ),
                consents=(),
            )
    return cases
