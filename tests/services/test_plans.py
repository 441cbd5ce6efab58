from dataclasses import replace
from datetime import timedelta

import pytest

from registry_app.domain.consent import Scope
from registry_app.domain.course import Deviation, DeviationKind, EndReason, FollowUp
from registry_app.domain.errors import Refused
from registry_app.services import consents, courses, exams, subjects
from registry_app.services.deviations import add_deviation, deviations
from registry_app.services.plans import UNSCHEDULED, subject_plan
from registry_app.services.subjects import SubjectQuery
from registry_app.services.trail import head
from registry_app.words import Language, Words
from tests.builders import INJURY, USER, a_draft, a_subject, an_exam
from tests.services.test_enrolment import a_consent


def day(number):
    return INJURY + timedelta(days=number)


def begun(desk, subject, on, code="baseline", reason=""):
    return exams.begin_exam(desk, subject.id, code, on, USER, reason=reason)


@pytest.mark.parametrize("number", [42, 49, 56])
def test_an_exam_in_its_window_needs_no_reason(desk, number):
    subject = a_subject(desk)
    begun(desk, subject, day(number))
    assert deviations(desk, subject.id) == ()


@pytest.mark.parametrize("number", [41, 57])
def test_a_day_outside_it_needs_one_and_the_exam_is_kept(desk, number):
    subject = a_subject(desk)
    with pytest.raises(Refused, match="out-of-window"):
        begun(desk, subject, day(number))
    assert subject_plan(desk, subject.id).case.exams == ()
    form = begun(desk, subject, day(number), reason="train strike")
    (deviation,) = deviations(desk, subject.id)

    assert deviation.kind is DeviationKind.WINDOW
    assert (deviation.rule, deviation.on) == ("baseline", day(number))
    assert (deviation.form_id, deviation.reason) == (form.id, "train strike")
    assert deviation.found == f"{day(42)}/{day(56)}"


def test_the_refusal_says_the_window_and_what_the_day_fits(desk):
    subject = a_subject(desk)
    with pytest.raises(Refused) as refused:
        begun(desk, subject, day(90))
    for language in Language:
        told = Words(language).say(refused.value.message)
        assert str(day(42)) in told
        assert "90" in told
    with pytest.raises(Refused) as refused:
        begun(desk, subject, day(130))
    assert refused.value.message.params["fits"].key == "course.fits-none"


def test_an_unscheduled_visit_has_no_window_to_miss(desk):
    subject = a_subject(desk, treatment_date=None)
    begun(desk, subject, day(3), UNSCHEDULED)
    begun(desk, subject, day(3), "intensive care")
    begun(desk, subject, day(3), "day-220")  # its anchor is not known
    assert deviations(desk, subject.id) == ()


def test_one_plan_says_windows_duties_cohort_and_criteria(desk):
    subject = a_subject(desk)
    an_exam(desk, subject, day(10), UNSCHEDULED)
    exam = an_exam(desk, subject, day(49))
    plan = subject_plan(desk, subject.id)

    (baseline,) = (w for w in plan.windows if w.visit.id == "baseline")
    assert baseline.counted.form_id == exam.id
    assert f"visit:baseline:{subject.id}" in {duty.key for duty in plan.duties}
    assert {one.criterion.id for one in plan.judged} >= {"traumatic", "cells"}
    assert plan.case.subject == subject
    # Treated on day 30: the baseline came after it, and the grade was never A, B or C.
    assert [flag.key for flag in plan.flags] == ["plan.flag-after", "enrolment.not-met"]


def test_a_plan_is_told_as_it_was_known_then(desk):
    subject = a_subject(desk)
    then = head(desk).seq
    later = replace(subject, injury_date=day(3))
    subjects.correct_subject(desk, later, "chart")

    def baseline(as_of=None):
        plan = subject_plan(desk, subject.id, as_of=as_of)
        return next(w.centre for w in plan.windows if w.visit.id == "baseline")

    assert baseline() == day(52)
    assert baseline(then) == day(49)


def test_a_grade_is_judged_as_it_was_at_the_decision_and_not_after_recovery(desk):
    subject = a_subject(desk)
    an_exam(desk, subject, day(10), UNSCHEDULED, VAC="No", DAP="No", **_below("0"))
    an_exam(desk, subject, day(49))
    judged = {one.criterion.id: one for one in subject_plan(desk, subject.id).judged}
    assert judged["grade"].found == "A"


def test_an_exam_whose_day_was_moved_out_of_its_window_is_flagged(desk):
    subject = a_subject(desk)
    form = begun(desk, subject, day(49))

    def flagged():
        flags = subject_plan(desk, subject.id).flags
        return [flag.key for flag in flags if flag.key == "course.outside"]

    assert flagged() == []
    exams.save_exam(desk, replace(form, date=day(60)))
    assert flagged() == ["course.outside"]
    why = ("baseline", day(60), "train strike", "", form.id)
    add_deviation(desk, Deviation("", subject.id, DeviationKind.WINDOW, *why))
    assert flagged() == []


def test_what_goes_against_the_consents_is_flagged(desk):
    subject = a_subject(desk)  # treated on day 30

    def flagged():
        flags = subject_plan(desk, subject.id).flags
        return [flag.key for flag in flags if flag.key.startswith("consent.")]

    assert flagged() == []  # nothing was recorded
    treatment = replace(a_consent(after=31), subject_id=subject.id)
    consents.add_consent(desk, treatment)
    assert flagged() == ["consent.given-without"]
    consents.add_consent(desk, replace(treatment, signed_on=day(14)))
    follow_up = replace(treatment, scope=Scope.FOLLOW_UP)
    kept = consents.add_consent(desk, follow_up)
    assert flagged() == []
    consents.withdraw(desk, kept.id, day(60), "by phone")
    assert flagged() == ["consent.followed-after"]
    ended = FollowUp(subject.id, EndReason.WITHDRAWN, day(60), day(60))
    courses.end_follow_up(desk, ended)
    assert flagged() == []


def _below(score):
    legs = [f"{side}_M_{s}" for side in "RL" for s in ("L2", "L3", "L4", "L5", "S1")]
    skin = [f"{side}_{m}_S4_5" for side in "RL" for m in ("LT", "PP")]
    return dict.fromkeys([*legs, *skin], score)


def test_a_list_tells_the_next_visit_and_the_baseline_that_counts(desk):
    soon, late, none = (
        a_subject(desk, injury_date=INJURY - timedelta(days=ago), treatment_date=None)
        for ago in (0, 30, 4000)
    )
    an_exam(desk, soon, day(49))
    a_draft(desk, late, day(20))
    rows = {row.id: row for row in subjects.subject_rows(desk, [soon.id, late.id])}

    assert rows[soon.id].next_visit.en.startswith("Day 90")
    assert (rows[soon.id].next_first, rows[soon.id].next_last) == (day(76), day(104))
    assert len(rows[soon.id].ais_baseline) == 1
    assert rows[late.id].ais_baseline == ()
    assert rows[late.id].next_last == day(180)
    (old,) = subjects.subject_rows(desk, [none.id])
    assert (old.next_visit, old.next_first, old.next_last) == (None, None, None)


@pytest.mark.parametrize("sort", ["next_first", "next_last"])
def test_a_list_is_sorted_by_the_next_visit_and_who_has_none_comes_last(desk, sort):
    ago = (0, 30, 4000, 10)
    ids = [
        a_subject(
            desk, injury_date=INJURY - timedelta(days=days), treatment_date=None
        ).id
        for days in ago
    ]
    found = subjects.subject_ids(desk, SubjectQuery(sort=sort))
    rows = subjects.subject_rows(desk, found)
    days = [getattr(row, sort) for row in rows]
    assert days[:3] == sorted(days[:3])
    assert days[3] is None
    assert found[3] == ids[2]
