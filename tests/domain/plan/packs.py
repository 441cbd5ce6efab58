"""Small made-up packs, cases and registries' settings for tests of the plan."""

from datetime import date, timedelta
from decimal import Decimal

from registry_app.domain.course import Course, EndReason, FollowUp
from registry_app.domain.message import Told
from registry_app.domain.plan.case import Case, ExamFact
from registry_app.domain.plan.pack import (
    Anchor,
    BaseDate,
    Basis,
    Booklet,
    BookletStep,
    Choice,
    Cohort,
    Confidence,
    Criterion,
    EventClass,
    FormPlan,
    Item,
    Machine,
    Origin,
    Owner,
    Pack,
    PlannedVisit,
    Product,
    Quantity,
    Rule,
    RuleKind,
    State,
    Test,
)
from registry_app.domain.plan.protocol import Protocol, read_span
from registry_app.domain.plan.records import Occurrence, RegimeEntry, Setting, Settled
from registry_app.domain.subject import Arm, Cause, Sex, Subject

INJURY = date(2025, 4, 1)
APPROVAL = date(2018, 12, 28)
CASE = "SAP-0001-7"


def told(text):
    return Told(f"架空の{text}", f"made-up {text}")


def a_basis(confidence=Confidence.CONFIRMED, **more):
    return Basis(("S1",), confidence, **more)


UNSURE = a_basis(Confidence.UNCONFIRMED)


def span(text):
    return read_span(text)


def a_visit(visit_id, anchor, at, before, after=None, **more):
    return PlannedVisit(
        **{
            "id": visit_id,
            "name": told(visit_id),
            "anchor": anchor,
            "at": span(at),
            "before": before,
            "after": before if after is None else after,
            "forms": ("isncsci",),
            "basis": a_basis(),
            **more,
        }
    )


def a_rule(rule_id, kind, due, **more):
    """`due` and the other distances as they are written in a pack."""
    for name in ("every", "otherwise", "later", "later_from"):
        if isinstance(more.get(name), str):
            more[name] = span(more[name])
    return Rule(
        **{
            "id": rule_id,
            "name": told(rule_id),
            "owner": Owner.HOLDER,
            "kind": RuleKind(kind),
            "due": span(due),
            "basis": a_basis(),
            **more,
        }
    )


#: The states of a conditional approval, as REGULATION.md section 1 draws them.
STATES = (
    State(
        "conditional",
        told("conditional"),
        ("applied", "extended", "withdrawn"),
        runs=True,
    ),
    State(
        "extended", told("extended"), ("applied", "extended", "withdrawn"), runs=True
    ),
    State("applied", told("applied"), ("full", "refused", "withdrawn"), continues=True),
    State("full", told("full")),
    State("refused", told("refused")),
    State("withdrawn", told("withdrawn")),
    State("expired", told("expired")),
)
MACHINE = Machine(
    "conditional",
    STATES,
    a_basis(),
    "approval",
    span("P7Y"),
    span("P3Y"),
    "expired",
    "extended",
)
ANCHORS = (
    Anchor("injury", told("injury"), Origin.INJURY, a_basis()),
    Anchor("treatment", told("treatment"), Origin.TREATMENT, a_basis()),
    Anchor("consent", told("consent"), Origin.CONSENT, a_basis()),
    Anchor("marrow", told("marrow"), Origin.DATE, a_basis()),
    Anchor("blood", told("blood"), Origin.DATE, a_basis()),
)
VISITS = (
    a_visit(
        "baseline",
        "injury",
        "P49D",
        7,
        precedes="treatment",
        duty="O11",
        target_before=3,
        target_after=3,
    ),
    a_visit("endpoint", "injury", "P180D", 30, duty="O12"),
    a_visit("after", "treatment", "P220D", 30, arms=(Arm.TREATED,), basis=UNSURE),
    a_visit("year", "injury", "P12M", 30),
    a_visit("offer", "injury", "P14D", 3, owed=False),
)
TREATED = (Arm.TREATED,)
OPEN = ("conditional", "extended", "applied")
RULES = (
    a_rule("O1", "term", "P0D", done_by="applied", regimes=OPEN),
    a_rule("T24", "term", "-P24M", legal=False, regimes=("conditional", "extended")),
    a_rule("O2", "period", "P2M", every="P12M", counts_from="designated", basis=UNSURE),
    a_rule(
        "O8-old",
        "period",
        "P1M",
        every="P6M",
        counts_from="approval",
        otherwise="P2M",
        otherwise_when=told("translation"),
        series="O8",
        basis=a_basis(valid_to=date(2026, 4, 30)),
    ),
    a_rule(
        "O8",
        "period",
        "P1M",
        every="P6M",
        counts_from="approval",
        otherwise="P2M",
        otherwise_when=told("translation"),
        series="O8",
        if_any=True,
        basis=a_basis(valid_from=date(2026, 5, 1)),
    ),
    a_rule("O4", "clock", "P15D", counts_from="holder", on=("E1", "E2"), restarts=True),
    a_rule(
        "O7",
        "clock",
        "P30D",
        counts_from="holder",
        on=("I1",),
        basis=a_basis(valid_from=date(2026, 5, 1)),
    ),
    a_rule(
        "O9",
        "alarm",
        "P15D",
        counts_from="hospital",
        on=("E1", "E2"),
        owner=Owner.HOSPITAL,
    ),
    a_rule(
        "O10",
        "clock",
        "P1D",
        counts_from="hospital",
        on=("E1", "E2"),
        owner=Owner.HOSPITAL,
        basis=UNSURE,
    ),
    a_rule(
        "O13",
        "subject",
        "P31D",
        counts_from="injury",
        done_by="marrow",
        arms=TREATED,
        owner=Owner.HOSPITAL,
    ),
    a_rule(
        "O14",
        "retention",
        "P20Y",
        counts_from="treatment",
        arms=TREATED,
        owner=Owner.HOSPITAL,
        basis=UNSURE,
    ),
    a_rule("O15", "once", "P3M", counts_from="survey-end", regimes=("full",)),
    a_rule("O16", "once", "P0D", counts_from="two-factor", owner=Owner.HOSPITAL),
    a_rule("KIT", "kit", "P7D"),
)
BOOKLET = Booklet(
    "part-1",
    told("part 1"),
    "baseline",
    (
        BookletStep("submit", told("submit"), Owner.HOSPITAL, span("P30D")),
        BookletStep("receive", told("receive"), Owner.HOLDER, span("P7D")),
        BookletStep("return", told("return"), Owner.HOLDER, span("P14D")),
    ),
    a_basis(),
)
COHORTS = (
    Cohort(
        "one",
        told("cohort 1"),
        "baseline",
        (
            Test("ais", ("A",)),
            Test("age", least=Decimal(20), most=Decimal(70)),
            Test("region", ("cervical",)),
        ),
        a_basis(),
    ),
    Cohort("two", told("cohort 2"), "baseline", (Test("ais", ("B", "C")),), a_basis()),
)
CRITERIA = (
    Criterion(
        "trauma", told("trauma"), "enrolment", Test("cause", ("traumatic",)), a_basis()
    ),
    Criterion(
        "grade", told("grade"), "enrolment", Test("ais", ("A", "B", "C")), a_basis()
    ),
    Criterion(
        "adult", told("adult"), "enrolment", Test("age", least=Decimal(18)), a_basis()
    ),
    Criterion(
        "asked", told("asked"), "enrolment", Test("asked:asked", ("yes",)), a_basis()
    ),
    Criterion(
        "marrow",
        told("marrow"),
        "treatment",
        Test("days:injury:marrow", most=Decimal(31)),
        a_basis(),
        guide=True,
    ),
    Criterion(
        "dose",
        told("dose"),
        "treatment",
        Test("amount:per-kg", most=Decimal("3.34e6")),
        a_basis(),
    ),
)
QUANTITIES = (
    Quantity("cells", told("cells"), told("cells"), a_basis()),
    Quantity("weight", told("weight"), told("kg"), a_basis()),
    Quantity("per-kg", told("per kg"), told("per kg"), a_basis(), ("cells", "weight")),
)
DIARY = FormPlan(
    "diary", told("diary"), a_basis(), (Item("count", told("count"), "number"),)
)


def a_pack(**told_otherwise):
    """A pack with one rule of every kind."""
    return Pack(
        **{
            "id": "made-up",
            "version": 1,
            "name": told("pack"),
            "sources": (),
            "made_up": True,
            "product": Product(
                told("product"), told("product"), a_basis(), quantities=QUANTITIES
            ),
            "machine": MACHINE,
            "base_dates": (
                BaseDate("approval", told("approval"), a_basis(), APPROVAL),
                BaseDate("designated", told("designated"), UNSURE),
                BaseDate("survey-end", told("survey end"), a_basis()),
                BaseDate("two-factor", told("two-factor"), a_basis(), date(2027, 4, 1)),
            ),
            "anchors": ANCHORS,
            "forms": (FormPlan("isncsci", told("isncsci"), a_basis()), DIARY),
            "visits": VISITS,
            "criteria": CRITERIA,
            "cohorts": COHORTS,
            "events": tuple(
                EventClass(name, told(name), a_basis()) for name in ("E1", "E2", "I1")
            ),
            "rules": RULES,
            "booklets": (BOOKLET,),
            "matching": (Choice("age", told("age")),),
            **told_otherwise,
        }
    )


def a_protocol(*entries, settings=(), **pack):
    """A registry under that pack: `entries` of the regime, `settings` of rules."""
    return Protocol(a_pack(**pack), {s.id: s for s in settings}, tuple(entries))


def a_setting(setting_id, **values):
    return Setting(setting_id, {k: str(v) for k, v in values.items()})


def an_entry(state, on, years=0, entry_id=""):
    return RegimeEntry(entry_id or f"{on}-{state}", state, on, "made-up letter", years)


def a_subject(**more):
    return Subject(
        **{
            "id": CASE,
            "arm": Arm.TREATED,
            "sex": Sex.MALE,
            "injury_date": INJURY,
            "birth_year": 1980,
            "cause": Cause.TRAUMATIC,
            **more,
        }
    )


def a_case(*exams, settled=(), dates=None, ended=None, more=None, **subject):
    """A case; `ended`: (reason, day); `more`: what else a Case has."""
    made = a_subject(**subject)
    follow_up = None
    if ended is not None:
        reason, on = ended
        elsewhere = "Example hospital" if reason is EndReason.TRANSFERRED else ""
        follow_up = FollowUp(made.id, reason, on, on, elsewhere)
    return Case(
        made,
        Course(made.id, dates or {}),
        tuple(exams),
        follow_up=follow_up,
        settled={s.id: s for s in settled},
        **(more or {}),
    )


def an_exam(day, form_id="", *, complete=True, instrument="isncsci", **more):
    """`day`: a date, or days after the injury."""
    on = INJURY + timedelta(days=day) if isinstance(day, int) else day
    grade = {"ais": ("A",), "nli": ("C5",)} if instrument == "isncsci" else {}
    return ExamFact(
        form_id or f"form-{on}", instrument, on, complete, **{**grade, **more}
    )


def done(key, on, **more):
    return Settled(key, more.pop("rule", key.split(":")[0]), done_on=on, **more)


def not_owed(key, reason, on, **more):
    return Settled(
        key,
        more.pop("rule", key.split(":")[0]),
        not_applicable=reason,
        not_applicable_on=on,
        **more,
    )


def an_occurrence(occurrence_id, event, aware, **more):
    return Occurrence(
        **{
            "id": occurrence_id,
            "event": event,
            "name": "made-up",
            "holder_aware": aware,
            **more,
        }
    )
