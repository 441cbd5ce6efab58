"""Who is blind to what, who came to know it, and which exams that marks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from registry_app.domain.blinding import Hidden, Unblinded
from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.message import say
from registry_app.domain.person import Role
from registry_app.services import people, registry
from registry_app.services.blinding import (
    assess_unblinding,
    assign_blind,
    blinding_of,
    doubt_blinded,
    end_blind,
    exams_marked,
    hidden_from_me,
    unblind,
    unblinded_exams,
)
from registry_app.services.exams import save_exam
from tests.builders import CHEAP, INJURY, PASSWORD, a_draft, a_subject

ALL = frozenset(Hidden)
DAY = timedelta(days=1)


def at_day(days):
    return INJURY + days * DAY


def an_exam_by(desk, subject, day, assessor):
    form = a_draft(desk, subject, at_day(day), "unscheduled")
    return save_exam(desk, replace(form, assessor=assessor))


def known(desk, subject, day, *what, person=""):
    """Somebody, the person at the desk if nobody else, came to know something."""
    how = Unblinded.ACCIDENTAL
    who = person or desk.person.id
    return unblind(desk, subject.id, who, how, day, what or (Hidden.ARM,), "a letter")


def test_somebody_is_blind_from_a_day_on_until_it_ends(desk):
    subject = a_subject(desk)
    assert hidden_from_me(desk, subject.id) == frozenset()
    one = assign_blind(desk, desk.person.id, {Hidden.ARM}, INJURY)
    assert hidden_from_me(desk, subject.id) == {Hidden.ARM}

    end_blind(desk, one.id, INJURY + DAY, "examines others now")

    assert hidden_from_me(desk, subject.id) == frozenset()


def test_it_is_of_one_patient_where_one_is_named(desk):
    one, other = a_subject(desk), a_subject(desk)
    assign_blind(desk, desk.person.id, ALL, INJURY, one.id)
    assert hidden_from_me(desk, one.id) == ALL
    assert hidden_from_me(desk, other.id) == frozenset()
    assert len(blinding_of(desk, one.id).assignments) == 1
    assert blinding_of(desk, other.id).assignments == ()


def test_what_became_known_is_hidden_no_more(desk):
    subject = a_subject(desk)
    assign_blind(desk, desk.person.id, ALL, INJURY)
    known(desk, subject, INJURY, Hidden.EARLIER)
    assert hidden_from_me(desk, subject.id) == ALL - {Hidden.EARLIER}


def test_nobody_is_blind_to_nothing_or_twice_to_the_same(desk):
    with pytest.raises(InvalidValue, match=r"blinding\.of-nothing"):
        assign_blind(desk, desk.person.id, (), INJURY)
    assign_blind(desk, desk.person.id, ALL, INJURY)
    with pytest.raises(Refused, match=r"blinding\.blind-already"):
        assign_blind(desk, desk.person.id, {Hidden.ARM}, INJURY)


def test_the_end_needs_a_reason_and_comes_once(desk):
    one = assign_blind(desk, desk.person.id, ALL, INJURY)
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        end_blind(desk, one.id, INJURY, " ")
    with pytest.raises(InvalidValue, match=r"blinding\.ends-before-it-begins"):
        end_blind(desk, one.id, INJURY - DAY, "over")
    end_blind(desk, one.id, INJURY, "over")
    with pytest.raises(Refused, match=r"blinding\.ended-already"):
        end_blind(desk, one.id, INJURY, "over")


def test_who_is_retired_is_made_blind_no_more(desk):
    registry.add_person(desk, "sato", "Dr Sato", Role.ENTRY, PASSWORD, cost=CHEAP)
    people.retire_person(desk, "sato", "moved away")
    with pytest.raises(Refused, match=r"blinding\.retired"):
        assign_blind(desk, "sato", ALL, INJURY)


def test_exams_by_the_assessor_are_marked_from_that_day_on(desk):
    subject = a_subject(desk)
    before = an_exam_by(desk, subject, 2, "Ｄｒ　架空 花子")
    after = an_exam_by(desk, subject, 30, "dr架空花子")
    other = an_exam_by(desk, subject, 31, "架空 次郎")

    broken = known(desk, subject, at_day(30), person="Dr 架空花子")

    assert unblinded_exams(desk, subject.id) == {after.id: broken}
    assert {before.id, other.id}.isdisjoint(unblinded_exams(desk, subject.id))


def test_a_user_is_known_by_the_name_on_the_sheets(desk):
    subject = a_subject(desk)
    exam = an_exam_by(desk, subject, 30, desk.person.display_name)
    broken = known(desk, subject, at_day(3))
    assert unblinded_exams(desk, subject.id) == {exam.id: broken}


def test_what_tells_the_arm_comes_before_what_was_known_earlier(desk):
    subject = a_subject(desk)
    exam = an_exam_by(desk, subject, 30, desk.person.id)
    first = known(desk, subject, at_day(3), Hidden.EARLIER)
    assert unblinded_exams(desk, subject.id) == {exam.id: first}
    assert not first.tells

    later = known(desk, subject, at_day(4), Hidden.TREATMENT)

    assert unblinded_exams(desk, subject.id) == {exam.id: later}
    assert later.tells


def test_an_unblinding_is_of_somebody_of_the_past_and_has_a_reason(desk):
    subject = a_subject(desk)
    how, me = Unblinded.PLANNED, desk.person.id
    with pytest.raises(NotFound, match=r"blinding\.nobody"):
        known(desk, subject, INJURY, person="架空 三郎")
    with pytest.raises(InvalidValue, match=r"blinding\.needs-reason"):
        unblind(desk, subject.id, me, how, INJURY, ALL, " ")
    with pytest.raises(InvalidValue, match=r"blinding\.of-nothing"):
        unblind(desk, subject.id, me, how, INJURY, (), "planned")
    tomorrow = desk.clock().date() + 2 * DAY
    with pytest.raises(InvalidValue, match=r"blinding\.day-to-come"):
        unblind(desk, subject.id, me, how, tomorrow, ALL, "planned")


def test_its_assessment_is_written_later_and_corrected_with_a_reason(desk):
    broken = known(desk, a_subject(desk), INJURY)
    with pytest.raises(InvalidValue, match=r"blinding\.needs-assessment"):
        assess_unblinding(desk, broken.id, " ")
    assess_unblinding(desk, broken.id, "no exam since")
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        assess_unblinding(desk, broken.id, "one exam since")
    told = assess_unblinding(desk, broken.id, "one exam since", "overlooked")
    assert blinding_of(desk).unblindings == (told,)


def test_others_are_recorded_by_who_assigns_blinding(desk):
    subject = a_subject(desk)
    registry.add_person(desk, "sato", "Dr Sato", Role.ENTRY, PASSWORD, cost=CHEAP)
    at_entry = replace(desk, person=replace(desk.person, role=Role.ENTRY))
    known(at_entry, subject, INJURY)
    with pytest.raises(Refused, match=r"rights\.not-allowed"):
        known(at_entry, subject, INJURY, person="sato")
    known(desk, subject, INJURY, person="sato")


def test_the_exams_that_an_unblinding_marks_are_counted(desk):
    subject = a_subject(desk)
    for day in (2, 30, 60):
        an_exam_by(desk, subject, day, desk.person.id)
    one = known(desk, subject, at_day(30))
    late = known(desk, subject, at_day(70))
    assert exams_marked(desk) == {one.id: 2, late.id: 0}


def test_a_blinded_exam_by_a_name_is_doubted_without_an_assignment(desk):
    subject = a_subject(desk)
    me = desk.person.id
    unassigned = say("blinding_ui.assessor-not-assigned")
    assert doubt_blinded(desk, subject.id, "架空 三郎", at_day(3)) == unassigned
    assert doubt_blinded(desk, subject.id, me, at_day(3)) == unassigned

    assign_blind(desk, me, {Hidden.EARLIER}, INJURY)
    assert doubt_blinded(desk, subject.id, me, at_day(3)) == unassigned
    assign_blind(desk, me, {Hidden.ARM}, at_day(3), subject.id)

    name = desk.person.display_name
    assert doubt_blinded(desk, subject.id, name, at_day(3)) is None
    assert doubt_blinded(desk, subject.id, name, at_day(2)) == unassigned


def test_a_blinded_exam_by_who_came_to_know_is_doubted_since(desk):
    subject = a_subject(desk)
    me = desk.person.id
    assign_blind(desk, me, {Hidden.ARM}, INJURY)
    one = known(desk, subject, at_day(5))
    told = say("blinding_ui.assessor-knows", day=one.on)
    assert doubt_blinded(desk, subject.id, me, at_day(4)) is None
    assert doubt_blinded(desk, subject.id, me, at_day(5)) == told


def test_the_role_of_a_blinded_assessor_needs_no_assignment(desk):
    role = Role.BLINDED_ASSESSOR
    registry.add_person(desk, "sato", "Dr Sato", role, PASSWORD, cost=CHEAP)
    subject = a_subject(desk)
    assert doubt_blinded(desk, subject.id, "Dr Sato", at_day(3)) is None
