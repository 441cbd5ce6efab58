"""Facts of a case, criteria, and cohorts by the baseline exam."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from registry_app.domain.course import Indication
from registry_app.domain.errors import InvalidValue
from registry_app.domain.kit import Kit
from registry_app.domain.plan.cohorts import cohort_of, improvement, reaches
from registry_app.domain.plan.eligibility import Verdict, ask, judge, written
from registry_app.domain.plan.facts import facts, is_fact
from registry_app.domain.plan.pack import Endpoint
from registry_app.domain.plan.pack import Test as Question
from registry_app.domain.subject import Arm, Cause, Sex
from registry_app.words import Language, Words
from tests.domain.plan.packs import (
    CASE,
    INJURY,
    VISITS,
    a_basis,
    a_case,
    a_pack,
    a_protocol,
    an_exam,
    told,
)

DAY = INJURY + timedelta(days=60)
WORDS = [Words(language) for language in Language]


def fact(case, name, on=DAY, **answers):
    given = {key.replace("__", ":"): value for key, value in answers.items()}
    return facts(a_protocol(), case, on, given)[name]


def verdicts(case, stage="enrolment", on=DAY, **answers):
    given = {f"asked:{key}" if key != "age" else key: v for key, v in answers.items()}
    judged = judge(a_protocol(), case, stage, on, given)
    return {one.criterion.id: one.verdict for one in judged}


def frozen(**given):
    return {"indication": Indication(CASE, "made-up", 1, INJURY, given)}


@pytest.mark.parametrize(
    "name",
    [
        *("age", "sex", "cause", "arm", "ais", "nli", "region"),
        *("days:injury:marrow", "amount:per-kg", "asked:asked", "form:diary.count"),
    ],
)
def test_a_pack_can_ask_for_what_it_declares(name):
    assert is_fact(name, a_pack())
    assert name in facts(a_protocol(), a_case(), DAY)


@pytest.mark.parametrize(
    "name",
    [
        *("weight", "days:injury", "days:injury:moon", "days:injury:marrow:blood"),
        *("amount:gold", "asked:nobody", "form:diary", "form:diary.mood", "form:x.y"),
    ],
)
def test_a_pack_cannot_ask_for_what_it_does_not_declare(name):
    assert not is_fact(name, a_pack())


def test_facts_that_nobody_knows_are_none():
    bare = facts(a_protocol(), a_case(birth_year=None), DAY)

    for name in ("age", "ais", "nli", "region", "days:injury:marrow", "asked:asked"):
        assert bare[name] is None
    assert (bare["cause"], bare["arm"]) == ("traumatic", "treated")


def test_an_age_from_a_year_of_birth_is_one_of_two_unless_it_is_told():
    case = a_case(birth_year=1985)
    assert fact(case, "age") == "39,40"
    assert fact(case, "age", age="39") == "39"
    assert fact(a_case(birth_year=1985, more=frozen(age="40")), "age") == "40"
    # The injury date was corrected since: the frozen age cannot be true any more.
    assert fact(a_case(birth_year=1985, more=frozen(age="50")), "age") == "39,40"
    assert fact(a_case(birth_year=INJURY.year), "age") == "0"


def test_the_latest_completed_exam_until_a_day_gives_grade_and_region():
    case = a_case(
        an_exam(10, ais=("A",), nli=("C5",)),
        an_exam(40, ais=("B", "C"), nli=("C8", "T1")),
        an_exam(50, complete=False, ais=("D",), nli=("L1",)),
        an_exam(70, ais=("D",), nli=("INT",)),
    )
    assert fact(case, "ais") == "B,C"
    assert fact(case, "region") == "cervical,thoracic"
    assert fact(case, "ais", INJURY + timedelta(days=39)) == "A"
    assert fact(case, "region", INJURY + timedelta(days=70)) == "intact"


def test_what_is_marked_as_unknown_is_not_known():
    case = a_case(cause=Cause.UNKNOWN, sex=Sex.UNKNOWN)

    assert (fact(case, "cause"), fact(case, "sex")) == (None, None)
    assert verdicts(case)["trauma"] is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Decimal("2.3E+8"), "230000000"),
        (Decimal("1.2E8") / 58, "2068970"),
        (Decimal("0.70"), "0.7"),
        (Decimal(31), "31"),
        ("B,C", "B,C"),
        (None, ""),
    ],
)
def test_a_figure_is_written_plainly(found, said):
    assert written(found) == said


def test_days_between_anchors_are_counted_from_the_first():
    case = a_case(dates={"marrow": INJURY + timedelta(days=31)})

    assert fact(case, "days:injury:marrow") == Decimal(31)
    assert fact(case, "days:marrow:injury") == Decimal(-31)


def kits(**amounts):
    return {"kits": (Kit("k", "1", INJURY, subject_id=CASE, amounts=amounts),)}


def test_a_ratio_is_computed_from_what_was_written():
    case = a_case(more=kits(cells="1.5e8", weight="60"))

    assert fact(case, "amount:per-kg") == Decimal("2.5e6")
    assert fact(a_case(more=kits(cells="1e8", weight="0")), "amount:per-kg") is None
    assert fact(a_case(more=kits(weight="60")), "amount:cells") is None


def test_the_kit_that_was_given_speaks_before_one_that_was_ordered_later():
    given = Kit("a", "1", INJURY, CASE, given_on=DAY, amounts={"cells": "1"})
    later = Kit("b", "2", DAY + timedelta(days=9), CASE, amounts={"cells": "2"})
    case = a_case(more={"kits": (later, given)})

    assert fact(case, "amount:cells") == Decimal(1)


def test_a_declared_form_gives_its_values():
    diary = an_exam(20, instrument="diary", values={"count": "7"})

    assert fact(a_case(diary), "form:diary.count") == "7"


def test_each_criterion_has_a_verdict_and_what_was_found():
    case = a_case(an_exam(10), birth_year=1985)
    assert verdicts(case, asked="yes") == {
        "trauma": Verdict.MET,
        "grade": Verdict.MET,
        "adult": Verdict.MET,
        "asked": Verdict.MET,
    }
    unasked = judge(a_protocol(), case, "enrolment", DAY)
    assert [(j.verdict, j.found) for j in unasked][-1] == (Verdict.UNKNOWN, "")
    assert verdicts(a_case(cause=Cause.NON_TRAUMATIC))["trauma"] is Verdict.NOT_MET
    assert verdicts(a_case(an_exam(10, ais=("C", "D"))))["grade"] is Verdict.UNKNOWN
    assert verdicts(a_case(an_exam(10, ais=("D", "E"))))["grade"] is Verdict.NOT_MET
    # 17 or 18: nobody can tell from the year alone.
    assert verdicts(a_case(birth_year=2007))["adult"] is Verdict.UNKNOWN
    assert verdicts(a_case(birth_year=2008))["adult"] is Verdict.NOT_MET
    assert verdicts(a_case(birth_year=2007), age="18")["adult"] is Verdict.MET
    assert verdicts(case, asked="no")["asked"] is Verdict.NOT_MET
    again = a_case(more=frozen(**{"asked:asked": "yes"}))
    assert verdicts(again)["asked"] is Verdict.MET


@pytest.mark.parametrize(
    ("marrow", "verdict"), [(31, Verdict.MET), (32, Verdict.NOT_MET)]
)
def test_limits_are_included(marrow, verdict):
    case = a_case(dates={"marrow": INJURY + timedelta(days=marrow)})

    assert verdicts(case, "treatment")["marrow"] is verdict


def test_a_range_asked_of_a_word_stays_unknown():
    assert ask(Question("ais", least=Decimal(1)), "A") is Verdict.UNKNOWN
    assert ask(Question("age"), "40") is Verdict.MET


def test_a_criterion_that_is_not_in_force_is_not_asked():
    criterion = replace(a_pack().criteria[0], basis=a_basis(valid_to=date(2020, 1, 1)))
    protocol = a_protocol(criteria=(criterion,))

    assert judge(protocol, a_case(), "enrolment", DAY) == ()


# --- cohorts


def standing(*exams, **more):
    return cohort_of(a_protocol(), a_case(*exams, **more))


def test_the_grade_in_the_baseline_window_decides_and_both_grades_are_kept():
    found = standing(an_exam(10, ais=("C",)), an_exam(49, ais=("A",)))

    assert found.cohort.id == "one"
    assert (found.baseline_grade, found.decision_grade) == ("A", "C")
    kept = standing(an_exam(49, ais=("B",)), more=frozen(ais="A"))
    assert (kept.cohort.id, kept.decision_grade) == ("two", "A")


@pytest.mark.parametrize(
    ("exam", "subject", "key", "grade"),
    [
        (an_exam(10), {}, "plan.no-baseline", ""),
        (an_exam(49, ais=("D",)), {}, "plan.no-cohort", "D"),
        (an_exam(49, ais=("A", "B")), {}, "plan.cohort-open", "A,B"),
        (an_exam(49, nli=("T4",)), {}, "plan.no-cohort", "A"),
        (an_exam(49), {"birth_year": 1920}, "plan.no-cohort", "A"),
        (an_exam(49), {"birth_year": 2005}, "plan.cohort-open", "A"),
        (an_exam(49), {"birth_year": None}, "plan.cohort-open", "A"),
    ],
)
def test_out_of_cohort_says_why(exam, subject, key, grade):
    found = standing(exam, **subject)

    assert found.cohort is None
    assert (found.why.key, found.baseline_grade) == (key, grade)
    assert found.undecided is (key != "plan.no-cohort")
    assert all(words.say(found.why) for words in WORDS)


def test_nobody_is_out_of_a_cohort_for_want_of_a_fact_and_the_open_fact_is_said():
    found = standing(an_exam(49, nli=("C8", "T1")))

    assert found.undecided
    said = Words(Language.JA).say(found.why)
    assert said.startswith("コホートはまだ決まりません。")
    assert "頸髄または胸髄" in said


def test_the_nearest_cohort_is_the_one_whose_misses_are_named():
    found = standing(an_exam(49, nli=("T4",)), birth_year=2010)
    said = Words(Language.EN).say(found.why)

    # One miss of cohort two, two of cohort one.
    assert "cohort 2" in said
    both = cohort_of(
        a_protocol(cohorts=a_pack().cohorts[:1]),
        a_case(an_exam(49, nli=("T4",)), birth_year=2010),
    )
    said = Words(Language.EN).say(both.why)
    assert "age at injury is 14 or 15" in said
    assert "region of the cord is thoracic" in said


def test_a_comparison_patient_belongs_to_a_cohort_too():
    assert standing(an_exam(49), arm=Arm.COMPARISON).cohort.id == "one"


def test_a_pack_without_cohorts_says_so():
    found = cohort_of(a_protocol(cohorts=()), a_case(an_exam(49)))

    assert (found.cohort, found.why.key) == (None, "plan.no-cohorts")


@pytest.mark.parametrize(
    ("base", "end", "by"), [("A", "C", 2), ("C", "A", -2), ("E", "E", 0)]
)
def test_improvement_counts_grades(base, end, by):
    assert improvement("ABCDE", base, end) == by


def test_a_grade_that_is_none_is_refused():
    with pytest.raises(InvalidValue, match=r"plan.not-a-grade"):
        improvement("ABCDE", "A", "F")


def an_endpoint(**more):
    return Endpoint(
        **{
            "id": "e",
            "name": told("endpoint"),
            "cohort": "one",
            "measure": "ais",
            "baseline": VISITS[0].id,
            "at": VISITS[1].id,
            "by": Decimal(2),
            "unit": "grade",
            "basis": a_basis(),
            "order": tuple("ABCDE"),
            **more,
        }
    )


FALL = {"order": (), "by": Decimal(-50), "unit": "percent"}


@pytest.mark.parametrize(
    ("endpoint", "base", "end", "reached"),
    [
        ({}, "A", "C", True),
        ({}, "A", "B", False),
        ({}, "A", "B,C", None),
        ({}, "A", "C,D", True),
        ({}, None, "C", None),
        ({}, "A", "F", None),
        ({"order": (), "by": Decimal(10), "unit": "points"}, "40", "50", True),
        ({"order": (), "by": Decimal(10), "unit": "points"}, "40", "49.5", False),
        (FALL, "20", "10", True),
        (FALL, "20", "11", False),
        (FALL, "0", "0", None),
        (FALL, "many", "10", None),
    ],
)
def test_an_endpoint_is_reached_where_the_values_decide_it(
    endpoint, base, end, reached
):
    assert reaches(an_endpoint(**endpoint), base, end) is reached
