from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry_app.domain.consent import Consent, Scope, Signer
from registry_app.domain.course import Course, Deviation, DeviationKind, Indication
from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.plan.eligibility import Verdict
from registry_app.domain.referral import Referral, reported
from registry_app.domain.subject import Arm, Cause
from registry_app.services import enrolment
from registry_app.services.cases import case_of
from registry_app.services.plans import subject_plan
from registry_app.services.subjects import SubjectQuery, open_subject, subject_ids
from registry_app.services.trail import trail_entries
from registry_app.words import Language, Words
from tests.builders import INJURY, a_subject, an_enrolment, an_exam

TODAY = date(2026, 4, 1)
ASKED = dict.fromkeys(
    ("asked:facility", "asked:physician", "asked:written-consent"), "yes"
)
REASON = {"traumatic": "board agreed"}


def a_consent(scope=Scope.TREATMENT, after=14, **told):
    return Consent("", "", scope, "leaflet 3", INJURY + timedelta(days=after), **told)


def enrolled(desk, reasons=None, **told):
    names = ("consents", "dates", "answers", "source", "matching", "matched_to")
    beside = {name: told.pop(name) for name in (*names, "referral") if name in told}
    return enrolment.enrol(desk, an_enrolment(**told), reasons=reasons or {}, **beside)


def test_all_of_an_enrolment_is_one_piece_of_work(desk):
    subject = enrolled(
        desk,
        consents=[a_consent(), a_consent(Scope.PROVISION)],
        dates={"blood-1": INJURY + timedelta(days=16)},
        answers=ASKED,
    )
    case = case_of(desk, subject.id)

    assert case.subject == subject
    assert case.course.dates == {"blood-1": INJURY + timedelta(days=16)}
    assert [one.scope for one in case.consents] == [Scope.TREATMENT, Scope.PROVISION]
    assert {one.subject_id for one in case.consents} == {subject.id}
    assert len({one.id for one in case.consents}) == 2
    assert case.deviations == ()
    kinds = [entry.kind for entry in reversed(trail_entries(desk)) if entry.seq > 3]
    assert kinds[-6:] == [
        *("subject", "identity", "course"),
        *("consent", "consent", "indication"),
    ]


def test_the_indication_is_frozen_as_it_was_with_the_pack_that_judged_it(desk):
    subject = enrolled(desk, answers={**ASKED, "age": "45"})
    frozen = case_of(desk, subject.id).indication

    assert (frozen.pack, frozen.day) == ("msc-iv-sci", TODAY)
    assert frozen.pack_version >= 1
    assert frozen.facts["cause"] == "traumatic"
    assert frozen.facts["age"] == "45"
    assert frozen.facts["asked:facility"] == "yes"
    assert "ais" not in frozen.facts
    assert frozen.verdicts["traumatic"] == "met"
    assert frozen.verdicts["grade"] == "unknown"
    with (
        pytest.raises(Refused, match=r"trail\.never-changed"),
        desk.begin("chart") as work,
    ):
        work.save(replace(work.get(Indication, subject.id), day=INJURY))


REFERRED = Referral("B", "C5", INJURY + timedelta(days=1), "Made-up hospital")


def test_the_grade_that_a_referring_hospital_told_is_frozen_and_marked(desk):
    subject = enrolled(desk, answers=ASKED, referral=REFERRED)
    case = case_of(desk, subject.id)
    frozen = case.indication

    assert (frozen.facts["ais"], frozen.facts["nli"]) == ("B", "C5")
    assert frozen.facts["region"] == "cervical"
    assert frozen.verdicts["grade"] == "met"
    assert reported(frozen.facts) == REFERRED
    assert case.exams == ()
    plan = subject_plan(desk, subject.id)
    assert (plan.cohort.decision_grade, plan.cohort.baseline_grade) == ("B", "")
    judged = {one.criterion.id: one for one in plan.judged}
    assert (judged["grade"].verdict, judged["grade"].found) == (Verdict.MET, "B")


def test_an_exam_made_here_later_does_not_undo_the_reported_grade(desk):
    agreed = [a_consent(after=14)]
    subject = enrolled(desk, answers=ASKED, referral=REFERRED, consents=agreed)
    an_exam(desk, subject, on=INJURY + timedelta(days=20))

    plan = subject_plan(desk, subject.id)

    assert plan.cohort.decision_grade == "B"
    judged = {one.criterion.id: one for one in plan.judged}
    assert judged["grade"].found == "B"
    assert open_subject(desk, subject.id).exams[0].result["ais"].values != ("B",)
    assert not any(flag.key == "enrolment.not-met" for flag in plan.flags)


def test_a_reported_grade_out_of_the_label_is_a_deviation_with_a_reason(desk):
    referred = Referral("D", on=INJURY)
    with pytest.raises(Refused, match="reason-needed") as refused:
        enrolled(desk, answers=ASKED, referral=referred)
    assert refused.value.message.params["ids"] == ("grade",)

    subject = enrolled(desk, {"grade": "board"}, answers=ASKED, referral=referred)
    (deviation,) = case_of(desk, subject.id).deviations
    assert (deviation.rule, deviation.found) == ("grade", "D")


@pytest.mark.parametrize("day", [INJURY - timedelta(days=1), TODAY + timedelta(days=1)])
def test_an_exam_before_the_injury_or_to_come_was_not_reported(desk, day):
    with pytest.raises(InvalidValue, match=r"enrolment\.reported-day"):
        enrolled(desk, answers=ASKED, referral=Referral("B", on=day))
    assert subject_ids(desk, SubjectQuery()) == []


def test_a_criterion_that_is_not_met_asks_for_a_reason_and_names_itself(desk):
    with pytest.raises(Refused, match="reason-needed") as refused:
        enrolled(desk, cause=Cause.NON_TRAUMATIC, answers={"asked:facility": "no"})

    assert refused.value.message.params["ids"] == ("traumatic", "facility")
    assert "外傷性" in Words(Language.JA).say(refused.value.message)
    assert "traumatic" in Words(Language.EN).say(refused.value.message)
    assert subject_ids(desk, SubjectQuery()) == []


def test_with_a_reason_it_is_a_deviation_and_never_a_wall(desk):
    subject = enrolled(desk, reasons=REASON, cause=Cause.NON_TRAUMATIC)
    (deviation,) = case_of(desk, subject.id).deviations

    assert deviation == Deviation(
        deviation.id,
        subject.id,
        DeviationKind.ELIGIBILITY,
        "traumatic",
        TODAY,
        "board agreed",
        "non-traumatic",
        version=1,
    )


def test_what_is_not_known_yet_needs_no_reason(desk):
    subject = enrolled(desk, cause=Cause.UNKNOWN, birth_date=None)
    assert case_of(desk, subject.id).deviations == ()


def test_the_verdicts_are_told_before_anything_is_written(desk):
    judged = enrolment.judged(
        desk, an_enrolment(cause=Cause.NON_TRAUMATIC), answers={"asked:facility": "yes"}
    )
    verdicts = {one.criterion.id: one.verdict for one in judged}

    assert verdicts == {
        "traumatic": Verdict.NOT_MET,
        "grade": Verdict.UNKNOWN,
        "facility": Verdict.MET,
        "physician": Verdict.UNKNOWN,
        "written-consent": Verdict.UNKNOWN,
    }
    assert subject_ids(desk, SubjectQuery()) == []


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"dates": {"visit": INJURY}}, r"course\.no-such-anchor"),
        ({"dates": {"treatment": INJURY}}, r"course\.kept-elsewhere"),
        ({"dates": {"marrow": INJURY - timedelta(days=1)}}, "date-before-injury"),
        ({"dates": {"marrow": TODAY + timedelta(days=1)}}, "date-in-future"),
        ({"consents": [a_consent(after=300)]}, "signed-in-future"),
        ({"consents": [replace(a_consent(), document=" ")]}, "no-document"),
        ({"source": "elsewhere"}, "not-comparison"),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_is_enrolled(desk, told, key):
    with pytest.raises(InvalidValue, match=key):
        enrolled(desk, **told)
    assert subject_ids(desk, SubjectQuery()) == []


def test_a_proxy_signs_with_the_relation(desk):
    by_proxy = a_consent(signer=Signer.PROXY, relation="mother")
    subject = enrolled(desk, consents=[by_proxy])
    (kept,) = case_of(desk, subject.id).consents
    assert (kept.signer, kept.relation) == (Signer.PROXY, "mother")


def test_a_comparison_patient_says_where_it_is_from_and_to_whom_it_was_matched(desk):
    treated = a_subject(desk)
    other = enrolled(
        desk,
        arm=Arm.COMPARISON,
        source="made-up centre",
        matching={"age": "45", "sex": " "},
        matched_to=treated.id,
    )
    assert case_of(desk, other.id).course == Course(
        other.id, {}, "made-up centre", {"age": "45"}, treated.id, 1
    )


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"matched_to": "SAP-0009-9"}, "matched-to-nobody"),
        ({"matching": {"shoe-size": "42"}}, "no-such-matching"),
    ],
)
def test_a_match_that_is_none_is_refused(desk, told, key):
    with pytest.raises(InvalidValue, match=key):
        enrolled(desk, arm=Arm.COMPARISON, **told)


def test_nobody_is_matched_to_a_comparison_patient(desk):
    other = a_subject(desk, arm=Arm.COMPARISON)
    with pytest.raises(InvalidValue, match="matched-to-comparison"):
        enrolled(desk, arm=Arm.COMPARISON, matched_to=other.id)


def test_a_case_that_is_not_there_has_no_plan(desk):
    with pytest.raises(NotFound):
        case_of(desk, "SAP-0001-7")
