from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry_app.domain.access import Act
from registry_app.domain.consent import Consent, Scope
from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.handover import (
    NOT_STATED,
    Basis,
    Consenting,
    Handover,
    Outgoing,
)
from registry_app.domain.person import Role
from registry_app.domain.report import Kind
from registry_app.services import access, reports, session, trail
from registry_app.services.access import AccessQuery
from registry_app.services.access_log import AGAIN
from registry_app.services.consents import add_consent, withdraw
from registry_app.words import Language, Words
from tests.builders import a_subject, at_desk

SAID = Handover("学会発表", Basis.CONSENT, "架空大学")


def log(desk, **asked):
    """What the log says, the oldest first."""
    ids = access.access_ids(desk, AccessQuery(**asked))
    return access.access_rows(desk, ids)[::-1]


def acts(desk, **asked):
    return [(one.act.value, one.what, one.subject_id) for one in log(desk, **asked)]


def test_an_act_says_who_when_what_and_of_whom(desk):
    subject = a_subject(desk)
    before = desk.clock()
    access.opened(desk, "patient", subject.id)

    (one,) = log(desk)

    assert (one.person, one.act, one.what) == ("kato", Act.OPENED, "patient")
    assert one.subject_id == subject.id
    assert before < one.at < desk.clock()


def test_noting_writes_nothing_until_it_is_asked_to(desk):
    end = trail.head(desk)
    access.opened(desk, "patients")
    assert trail.head(desk) == end

    access.write_access(desk)

    assert trail.head(desk).seq == end.seq + 1
    assert not desk.access.waits


def test_the_same_page_again_within_a_few_minutes_is_one_record(desk):
    subject = a_subject(desk)
    start = desk.clock()
    for minutes in (0, 1, 4, 6):
        later = replace(desk, clock=lambda m=minutes: start + timedelta(minutes=m))
        access.opened(later, "patient", subject.id)
        access.opened(later, "patients")

    assert timedelta(minutes=4) < AGAIN < timedelta(minutes=6)
    assert len(acts(desk)) == 4


def test_what_is_printed_or_exported_twice_is_twice_on_record(desk):
    for _ in range(2):
        access.printed(desk, "R4-1")
        access.exported(desk, Outgoing("ics"), SAID)

    assert [one.act for one in log(desk)] == [Act.PRINTED, Act.EXPORTED] * 2


def test_words_that_were_searched_for_are_kept_with_the_number_found(desk):
    access.searched(desk, " カクウ ", 3)
    access.searched(desk, "  ", 5)

    (one,) = log(desk)

    assert (one.act, one.what, one.count) == (Act.SEARCHED, "カクウ", 3)


def test_an_export_keeps_what_was_said_of_it_and_counts_who_agrees(desk):
    first, second, third = (a_subject(desk) for _ in range(3))
    day = date(2026, 3, 1)
    for subject in (first, second):
        consent = Consent("", subject.id, Scope.PROVISION, "架空 v1", day)
        kept = add_consent(desk, consent)
    withdraw(desk, kept.id, day, "by letter")
    of = (first.id, second.id, third.id)

    access.exported(desk, Outgoing("csv", of, ("id", "ais")), SAID)

    (one,) = log(desk)
    assert (one.purpose, one.basis, one.recipient) == (
        SAID.purpose,
        "consent",
        SAID.recipient,
    )
    assert (one.fields, one.count, one.subject_id) == ("id ais", 3, "")
    assert one.consent == "agree 1, withdrew 1, none 1"
    assert Consenting.read(one.consent) == Consenting(1, 1, 1)


def test_an_export_of_one_patient_is_found_by_that_patient(desk):
    subject = a_subject(desk)

    access.exported(desk, Outgoing("R5-1", (subject.id,)), SAID)

    assert acts(desk, subject_id=subject.id) == [("exported", "R5-1", subject.id)]


def test_an_export_of_which_nothing_was_said_says_so(desk):
    access.exported(desk, Outgoing("ics"), NOT_STATED)

    (one,) = log(desk)

    assert (one.purpose, one.basis, one.recipient) == ("", "", "")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        (replace(SAID, purpose=" "), "access.no-purpose"),
        (replace(SAID, basis=None), "access.no-basis"),
        (replace(SAID, recipient=""), "access.no-recipient"),
    ],
)
def test_a_handover_must_state_all_three(said, key):
    SAID.check()
    with pytest.raises(InvalidValue) as refusal:
        said.check()
    assert refusal.value.message.key == key


def test_the_opt_out_is_no_basis_and_each_basis_has_its_words():
    assert not any("opt" in basis.value for basis in Basis)
    for language in Language:
        assert all(Words(language).say(basis.told) for basis in Basis)


def test_the_log_is_filtered_by_person_act_patient_and_day_in_japan(desk):
    subject, other = a_subject(desk), a_subject(desk)
    day = desk.clock().date()
    sato = replace(desk, person=replace(desk.person, id="sato"))
    access.opened(desk, "patient", subject.id)
    access.opened(sato, "patient", other.id)
    access.printed(sato, "R5-1", subject.id)

    assert len(acts(desk, person="sato")) == 2
    assert acts(desk, act=Act.PRINTED) == [("printed", "R5-1", subject.id)]
    assert len(acts(desk, subject_id=subject.id)) == 2
    assert len(acts(desk, first=day, last=day)) == 3
    assert acts(desk, last=day - timedelta(days=1)) == []
    assert acts(desk, first=day + timedelta(days=1)) == []
    assert access.access_people(desk) == ["kato", "sato"]


def test_a_patient_who_is_not_there_is_no_patient_of_the_log(desk):
    access.opened(desk, "command:safety", "SAP-9999-9")

    assert acts(desk) == [("opened", "command:safety", "")]


@pytest.mark.parametrize("role", Role)
def test_every_role_leaves_its_trace(desk, role):
    own = replace(desk, person=replace(desk.person, role=role))

    access.opened(own, "patients")
    access.write_access(own)

    assert acts(desk) == [("opened", "patients", "")]


def test_signing_out_writes_what_waits_and_seals_it(desk):
    access.opened(desk, "patients")

    assert session.leave(desk) == ()

    desk.close()
    again = at_desk(desk.path)
    assert acts(again) == [("opened", "patients", "")]
    assert trail.verify(again).problems == ()
    again.close()


def test_what_could_not_be_written_waits_on(desk):
    access.opened(desk, "patients")

    def refuse(_acts):
        raise Refused("storage.disk-full")

    with pytest.raises(Refused):
        desk.access.written(refuse)

    assert desk.access.waits
    assert acts(desk) == [("opened", "patients", "")]


def test_a_record_of_access_never_changes(desk):
    access.printed(desk, "R4-1")
    (one,) = log(desk)

    with pytest.raises(Refused), desk.begin("a reason") as work:
        work.save(replace(one, what="R4-2"))


def test_the_log_is_no_data_of_a_report(desk):
    a_subject(desk)
    made = (Kind.OBLIGATIONS, (Language.EN,))
    first = reports.make_report(desk, *made)
    access.write_access(desk)

    assert reports.make_report(desk, *made).number == first.number


def test_a_report_that_is_made_or_opened_from_the_file_is_on_record(desk):
    subject = a_subject(desk)
    made = reports.make_report(
        desk, Kind.PATIENT_SUMMARY, (Language.EN,), subject_id=subject.id
    )
    reports.filed_pdf(desk, made.number)

    assert acts(desk) == [
        ("opened", "paper:patient-summary", subject.id),
        ("opened", f"report:{made.number}", subject.id),
    ]
