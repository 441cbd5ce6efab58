"""Signatures under records: whose, over what, and void with the next change."""

from dataclasses import replace
from datetime import timedelta

import pytest

from registry_app.domain.course import Contact, ContactOutcome, ContactWay
from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.person import Role
from registry_app.domain.signature import Meaning, Signable, Signature
from registry_app.services import exams, registry, trail
from registry_app.services.desk import author
from registry_app.services.record_signing import (
    same_hand_on,
    sign_record,
    standing,
    unsigned,
)
from tests.builders import CHEAP, INJURY, PASSWORD, a_draft, a_subject, an_exam

DAY = INJURY + timedelta(days=3)


@pytest.fixture
def subject(desk):
    return a_subject(desk)


@pytest.fixture
def form(desk, subject):
    return an_exam(desk, subject)


def signed(desk, of, of_id, meaning=Meaning.PREPARED):
    now = standing(desk, of, of_id)
    return sign_record(desk, of, of_id, meaning, PASSWORD, now.state)


def corrected(desk, form, **changes):
    with desk.begin("misread") as work:
        return work.save(replace(form, **changes))


def test_a_form_is_signed_over_its_content_with_the_persons_own_key(desk, form):
    state = trail.trail_entries(desk, "form", form.id)[0].state

    one = signed(desk, Signable.FORM, form.id)

    assert (one.state, one.person, one.name) == (
        state,
        desk.person.id,
        desk.person.display_name,
    )
    assert one.public_key == desk.person.public_key
    now = standing(desk, Signable.FORM, form.id)
    assert (now.holding, now.void, now.next) == ((one,), (), Meaning.REVIEWED)
    assert trail.verify(desk).problems == ()


def test_any_change_makes_a_signature_void_and_asks_for_a_new_one(desk, form):
    one = signed(desk, Signable.FORM, form.id)
    form = corrected(desk, form, comment="left hand in plaster")

    now = standing(desk, Signable.FORM, form.id)

    (void,) = now.void
    assert void.signature == one
    assert (void.change.reason, void.change.actor) == ("misread", desk.person.id)
    assert (now.holding, now.next) == ((), Meaning.PREPARED)
    signed(desk, Signable.FORM, form.id)
    again = standing(desk, Signable.FORM, form.id)
    assert (len(again.given), len(again.holding), again.void) == (2, 1, ())


def test_what_was_changed_back_stays_void(desk, form):
    signed(desk, Signable.FORM, form.id)
    other = corrected(desk, form, comment="x")
    corrected(desk, other, comment=form.comment)

    assert standing(desk, Signable.FORM, form.id).holding == ()


def test_a_visit_is_void_with_a_change_of_one_of_its_forms_or_a_new_one(desk, form):
    visit = form.visit_id
    signed(desk, Signable.VISIT, visit)
    corrected(desk, form, comment="x")
    assert standing(desk, Signable.VISIT, visit).holding == ()

    signed(desk, Signable.VISIT, visit)
    with desk.begin() as work:
        work.save(replace(form, id="f-new", version=0))
    assert standing(desk, Signable.VISIT, visit).holding == ()


def test_a_visit_is_void_when_a_form_is_moved_out_of_it(desk, subject, form):
    other = an_exam(desk, subject, DAY + timedelta(days=1), "unscheduled")
    signed(desk, Signable.VISIT, form.visit_id)
    corrected(desk, form, visit_id=other.visit_id)

    (given,) = standing(desk, Signable.VISIT, form.visit_id).given
    assert not given.holds


def test_a_patient_is_void_with_whatever_is_recorded_of_it(desk, subject, form):
    signed(desk, Signable.PATIENT, subject.id)
    assert len(standing(desk, Signable.PATIENT, subject.id).holding) == 1
    call = Contact(
        "k-1", subject.id, DAY, next(iter(ContactWay)), next(iter(ContactOutcome))
    )
    with desk.begin() as work:
        work.save(call)

    now = standing(desk, Signable.PATIENT, subject.id)

    assert now.void[0].change.id == "k-1"


def test_signing_something_else_or_somebody_elses_record_voids_nothing(desk, subject):
    form = an_exam(desk, subject)
    signed(desk, Signable.FORM, form.id)
    signed(desk, Signable.VISIT, form.visit_id)
    signed(desk, Signable.PATIENT, subject.id)
    an_exam(desk, a_subject(desk))

    for of, of_id in (
        (Signable.FORM, form.id),
        (Signable.VISIT, form.visit_id),
        (Signable.PATIENT, subject.id),
    ):
        assert len(standing(desk, of, of_id).holding) == 1


def test_it_is_prepared_then_reviewed_then_approved(desk, form):
    for wrong in (Meaning.REVIEWED, Meaning.APPROVED):
        with pytest.raises(Refused, match=r"signing\.signed-first"):
            signed(desk, Signable.FORM, form.id, wrong)
    for meaning in Meaning:
        signed(desk, Signable.FORM, form.id, meaning)
        with pytest.raises(Refused, match=r"signing\.signed-already"):
            signed(desk, Signable.FORM, form.id, meaning)
    assert standing(desk, Signable.FORM, form.id).next is None


def test_a_draft_is_not_signed_nor_what_holds_one(desk, subject):
    form = a_draft(desk, subject)
    for of, of_id in (
        (Signable.FORM, form.id),
        (Signable.VISIT, form.visit_id),
        (Signable.PATIENT, subject.id),
    ):
        with pytest.raises(Refused, match=r"signing\.draft-left"):
            signed(desk, of, of_id)
    exams.complete_exam(desk, form)
    signed(desk, Signable.FORM, form.id)


def test_only_what_was_shown_is_signed(desk, form):
    shown = standing(desk, Signable.FORM, form.id).state
    corrected(desk, form, comment="x")
    end = trail.head(desk)

    with pytest.raises(Refused, match=r"signing\.changed-meanwhile"):
        sign_record(desk, Signable.FORM, form.id, Meaning.PREPARED, PASSWORD, shown)

    assert trail.head(desk) == end


def test_a_wrong_password_signs_nothing(desk, form):
    shown = standing(desk, Signable.FORM, form.id).state
    with pytest.raises(Refused, match=r"signing\.wrong-password"):
        sign_record(desk, Signable.FORM, form.id, Meaning.PREPARED, "guess", shown)
    assert standing(desk, Signable.FORM, form.id).given == ()


def test_a_signature_that_was_forged_is_found(desk, form):
    one = signed(desk, Signable.FORM, form.id)
    with desk.store.begin(author(desk.person.id, desk.clock), "") as work:
        forged = replace(one, id="s-2", version=0, meaning=Meaning.REVIEWED)
        work.save(forged)

    found = [message.key for message in trail.verify(desk).problems]

    assert found == ["trail.signature-not-theirs"]


def test_it_is_said_that_one_person_does_it_all_where_there_are_others(desk, form):
    signed(desk, Signable.FORM, form.id)
    now = standing(desk, Signable.FORM, form.id)
    assert same_hand_on(desk, now) is None
    registry.add_person(desk, "佐藤", "架空", Role.ENTRY, PASSWORD, cost=CHEAP)
    assert same_hand_on(desk, now).key == "signing.same-hand"


@pytest.mark.parametrize("of", Signable)
def test_what_is_not_there_is_not_signed(desk, of):
    with pytest.raises(NotFound, match=r"signing\.nothing-there"):
        standing(desk, of, "nobody")


def test_a_signature_under_a_record_is_no_signature_under_a_report(desk, form):
    signed(desk, Signable.FORM, form.id)
    with desk.read() as reading:
        (one,) = reading.find(Signature)
    assert (one.of, one.of_id) == ("form", form.id)


def waiting(desk):
    found, total = unsigned(desk)
    assert len(found) == total
    return {(one.of, one.of_id) for one in found}


def test_what_a_change_has_made_void_waits_until_it_is_signed_again(
    desk, subject, form
):
    for of, of_id in (
        (Signable.FORM, form.id),
        (Signable.VISIT, form.visit_id),
        (Signable.PATIENT, subject.id),
    ):
        signed(desk, of, of_id)
    assert waiting(desk) == set()

    corrected(desk, form, comment="left hand in plaster")
    assert waiting(desk) == {
        (Signable.FORM, form.id),
        (Signable.VISIT, form.visit_id),
        (Signable.PATIENT, subject.id),
    }
    signed(desk, Signable.FORM, form.id)

    assert waiting(desk) == {
        (Signable.VISIT, form.visit_id),
        (Signable.PATIENT, subject.id),
    }


def test_what_waits_is_told_with_its_patient_and_the_change(desk, subject, form):
    signed(desk, Signable.FORM, form.id)
    corrected(desk, form, comment="left hand in plaster")

    ((one,), total) = unsigned(desk)

    assert (one.subject_id, one.day, one.instrument) == (subject.id, DAY, "isncsci")
    assert one.change.reason == "misread"
    assert total == 1


def test_a_contact_makes_the_signature_of_the_patient_wait_and_no_other(
    desk, subject, form
):
    signed(desk, Signable.PATIENT, subject.id)
    signed(desk, Signable.VISIT, form.visit_id)
    call = Contact("c-new", subject.id, DAY, ContactWay.PHONE, ContactOutcome.REACHED)
    with desk.begin() as work:
        work.save(call)

    assert waiting(desk) == {(Signable.PATIENT, subject.id)}
    assert standing(desk, Signable.PATIENT, subject.id).void
