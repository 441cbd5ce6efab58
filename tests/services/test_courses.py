from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry_app.domain.course import (
    Contact,
    ContactOutcome,
    ContactWay,
    Deviation,
    DeviationKind,
    EndReason,
    FollowUp,
)
from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.plan.duty import Standing
from registry_app.domain.subject import Arm
from registry_app.services import courses, deviations, subjects
from registry_app.services.attrition import attrition
from registry_app.services.plans import subject_plan
from registry_app.services.trail import trail_entries
from tests.builders import INJURY, a_subject, an_exam

TODAY = date(2026, 4, 1)
ENDED = INJURY + timedelta(days=60)


def a_contact(subject, ago=5, outcome=ContactOutcome.REACHED, **told):
    on = TODAY - timedelta(days=ago)
    return Contact("", subject.id, on, ContactWay.PHONE, outcome, **told)


def an_end(subject, reason=EndReason.LOST, ended=ENDED, **told):
    return FollowUp(subject.id, reason, ended, **{"last_known_alive": ended, **told})


def _planned(desk, subject):
    """The rows that lists read: visit to its first and last day, and why it ended."""
    rows = subjects.subject_rows(desk, [subject.id])
    return rows[0].next_visit and (rows[0].next_first, rows[0].next_last)


def test_a_date_is_added_freely_and_corrected_with_a_reason(desk):
    subject = a_subject(desk)
    courses.set_dates(desk, subject.id, {"marrow": INJURY + timedelta(days=26)})
    courses.set_dates(desk, subject.id, {"blood-1": INJURY + timedelta(days=16)})
    with pytest.raises(Refused, match="date-needs-reason"):
        courses.set_dates(desk, subject.id, {"marrow": INJURY + timedelta(days=27)})
    with pytest.raises(Refused, match="date-needs-reason"):
        courses.set_dates(desk, subject.id, {"marrow": None})
    courses.set_dates(
        desk, subject.id, {"marrow": INJURY + timedelta(days=27)}, "chart"
    )
    kept = courses.set_dates(desk, subject.id, {"blood-1": None}, "was not drawn")
    assert kept.dates == {"marrow": INJURY + timedelta(days=27)}
    assert courses.course(desk, subject.id) == kept


def test_marrow_on_record_is_the_duty_done(desk):
    subject = a_subject(desk)
    key = f"O13:{subject.id}"

    def standing():
        found = {duty.key: duty for duty in subject_plan(desk, subject.id).duties}
        return found[key].standing(TODAY)

    assert standing() is Standing.LATE
    courses.set_dates(desk, subject.id, {"marrow": INJURY + timedelta(days=26)})
    assert standing() is Standing.DONE


def test_a_corrected_injury_moves_windows_and_lists_in_the_same_transaction(desk):
    subject = a_subject(desk)
    day_90 = INJURY + timedelta(days=76), INJURY + timedelta(days=104)
    assert _planned(desk, subject) == day_90
    later = replace(subject, injury_date=INJURY + timedelta(days=3))
    subjects.correct_subject(desk, later, "chart of the ambulance")
    newest = trail_entries(desk, newest=1)[0]

    assert _planned(desk, subject) == tuple(day + timedelta(days=3) for day in day_90)
    (baseline,) = (
        window
        for window in subject_plan(desk, subject.id).windows
        if window.visit.id == "baseline"
    )
    assert baseline.first == INJURY + timedelta(days=45)
    assert baseline.last == INJURY + timedelta(days=59)
    assert (newest.kind, newest.reason) == ("subject", "chart of the ambulance")
    assert [change.item for change in newest.changes] == ["injury_date"]


def test_an_injury_is_not_moved_past_the_dates_of_the_course(desk):
    subject = a_subject(desk)
    courses.set_dates(desk, subject.id, {"marrow": INJURY + timedelta(days=20)})
    later = replace(subject, injury_date=INJURY + timedelta(days=21))
    with pytest.raises(InvalidValue, match="date-before-injury"):
        subjects.correct_subject(desk, later, "chart")
    courses.set_dates(
        desk, subject.id, {"marrow": INJURY + timedelta(days=25)}, "chart"
    )
    subjects.correct_subject(desk, later, "chart")


def test_a_contact_and_a_deviation_are_corrected_only_with_a_reason(desk):
    subject = a_subject(desk)
    contact = courses.add_contact(desk, a_contact(subject, ago=9))
    with pytest.raises(Refused):
        courses.correct_contact(desk, replace(contact, on=TODAY), "")
    moved = courses.correct_contact(desk, replace(contact, on=TODAY), "misread")
    assert courses.contacts(desk, subject.id) == (moved,)
    told = Deviation("", subject.id, DeviationKind.OTHER, "room", TODAY, "fire drill")
    deviation = deviations.add_deviation(desk, told)
    with pytest.raises(Refused):
        deviations.correct_deviation(desk, replace(deviation, reason="fire"), "")
    deviations.correct_deviation(desk, replace(deviation, reason="fire"), "misread")
    assert deviations.deviations(desk)[0].reason == "fire"


def test_a_corrected_treatment_moves_its_windows(desk):
    subject = a_subject(desk)

    def infusion():
        plan = subject_plan(desk, subject.id)
        return next(w.centre for w in plan.windows if w.visit.id == "infusion")

    assert infusion() == subject.treatment_date
    later = replace(subject, treatment_date=INJURY + timedelta(days=50))
    subjects.correct_subject(desk, later, "chart")
    assert infusion() == later.treatment_date


def test_a_comparison_is_corrected_with_a_reason(desk):
    treated, other = a_subject(desk), a_subject(desk, arm=Arm.COMPARISON)
    courses.set_comparison(desk, other.id, "made-up centre", {"age": "45"})
    course = courses.set_comparison(
        desk, other.id, "made-up centre", {"age": "45", "sex": "male"}, treated.id
    )
    assert (course.matching["sex"], course.matched_to) == ("male", treated.id)
    with pytest.raises(Refused):
        courses.set_comparison(desk, other.id, "another", {})
    courses.set_comparison(desk, other.id, "another", {}, reason="letter of 1 March")
    with pytest.raises(InvalidValue, match="not-comparison"):
        courses.set_comparison(desk, treated.id, "made-up centre", {})


def test_after_the_end_of_follow_up_later_windows_end_with_its_reason(desk):
    subject = a_subject(desk)
    assert courses.follow_up(desk, subject.id) == FollowUp(subject.id)
    courses.end_follow_up(desk, an_end(subject))

    assert _planned(desk, subject) is None
    ended = {
        duty.key: duty.ended is not None
        for duty in subject_plan(desk, subject.id).duties
        if duty.key.startswith("visit:")
    }
    assert not ended[f"visit:baseline:{subject.id}"]
    assert ended[f"visit:endpoint:{subject.id}"]


def test_a_follow_up_goes_on_with_a_reason_and_its_windows_are_back(desk):
    subject = a_subject(desk)
    with pytest.raises(Refused, match="not-ended"):
        courses.resume(desk, subject.id, "found")
    planned = _planned(desk, subject)
    courses.end_follow_up(desk, an_end(subject))
    with pytest.raises(Refused, match="resume-needs-reason"):
        courses.resume(desk, subject.id, " ")
    courses.resume(desk, subject.id, "found at another hospital")
    assert not courses.follow_up(desk, subject.id).ended
    assert _planned(desk, subject) == planned


def test_an_end_is_corrected_only_with_a_reason(desk):
    subject = a_subject(desk)
    courses.end_follow_up(desk, an_end(subject))
    died = an_end(subject, EndReason.DEATH)
    with pytest.raises(Refused, match="already-ended"):
        courses.end_follow_up(desk, died)
    courses.end_follow_up(desk, died, "death certificate")
    assert courses.follow_up(desk, subject.id).reason is EndReason.DEATH


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"ended": TODAY + timedelta(days=1)}, "end-in-future"),
        ({"last_known_alive": TODAY + timedelta(days=1)}, "end-in-future"),
        ({"ended": INJURY - timedelta(days=1)}, "end-before-injury"),
    ],
)
def test_an_end_on_a_day_that_cannot_be_is_refused(desk, told, key):
    subject = a_subject(desk)
    with pytest.raises(InvalidValue, match=key):
        courses.end_follow_up(desk, an_end(subject, **told))


def test_nobody_is_last_known_alive_before_a_visit_or_a_call(desk):
    subject = a_subject(desk)
    an_exam(desk, subject, ENDED + timedelta(days=2))
    with pytest.raises(InvalidValue, match="alive-before-seen") as refused:
        courses.end_follow_up(desk, an_end(subject))
    assert refused.value.message.params["day"] == ENDED + timedelta(days=2)
    courses.add_contact(desk, a_contact(subject, ago=4))
    alive = TODAY - timedelta(days=5)
    with pytest.raises(InvalidValue, match="alive-before-seen"):
        courses.end_follow_up(desk, an_end(subject, last_known_alive=alive))
    alive += timedelta(days=1)
    courses.end_follow_up(desk, an_end(subject, last_known_alive=alive))


def test_an_end_without_its_reason_is_none(desk):
    subject = a_subject(desk)
    with pytest.raises(InvalidValue, match="end-needs-reason"):
        courses.end_follow_up(desk, FollowUp(subject.id))


def test_contacts_are_told_newest_first(desk):
    subject = a_subject(desk)
    old = courses.add_contact(desk, a_contact(subject, ago=9))
    new = courses.add_contact(desk, a_contact(subject, ago=2))
    assert courses.contacts(desk, subject.id) == (new, old)
    with pytest.raises(InvalidValue, match="contact-in-future"):
        courses.add_contact(desk, a_contact(subject, ago=-1))
    with pytest.raises(NotFound):
        courses.add_contact(desk, replace(a_contact(subject), subject_id="SAP-9"))


def test_a_deviation_is_kept_with_its_reason_and_listed(desk):
    one, other = a_subject(desk), a_subject(desk)
    for subject, on in ((one, TODAY), (other, TODAY - timedelta(days=1))):
        kind = DeviationKind.OTHER
        told = Deviation("", subject.id, kind, "room", on, "fire drill")
        deviations.add_deviation(desk, told)
    assert [d.subject_id for d in deviations.deviations(desk)] == [one.id, other.id]
    (kept,) = deviations.deviations(desk, other.id)
    with pytest.raises(InvalidValue, match="deviation-in-future"):
        deviations.add_deviation(
            desk, replace(kept, id="", version=0, on=TODAY + timedelta(days=1))
        )


def test_who_is_about_to_be_lost_is_told_with_every_sign_of_it(desk):
    fine, missing, lost = (a_subject(desk) for _ in range(3))
    for subject in (fine, missing, lost):
        if subject is not missing:
            an_exam(desk, subject, INJURY + timedelta(days=50))
    failed = ContactOutcome.NOT_REACHED
    courses.add_contact(desk, a_contact(missing, outcome=failed))
    courses.end_follow_up(desk, an_end(lost))
    found = attrition(desk)

    assert (found.on, found.followed) == (TODAY, 2)
    assert [end.id for end in found.ended] == [lost.id]
    (risk,) = found.at_risk
    assert risk.subject_id == missing.id
    assert risk.last_known_alive == missing.treatment_date
    assert [m.key for m in risk.why] == [
        *("course.risk-missed", "course.risk-not-reached")
    ]


def test_attrition_as_of_a_day_knows_nothing_of_later_ones(desk):
    subject = a_subject(desk)
    courses.end_follow_up(desk, an_end(subject))
    before = attrition(desk, ENDED - timedelta(days=1))
    assert (before.followed, before.ended) == (1, ())
