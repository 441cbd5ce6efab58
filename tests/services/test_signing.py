"""Signatures under a report: with the password, in order, over what it says."""

from dataclasses import replace

import pytest

from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.person import Person, Role
from registry_app.domain.report import Kind
from registry_app.domain.signature import Meaning, Signature
from registry_app.services.registry import add_person, new_recovery_sheet, recover
from registry_app.services.reports import filed_pdf, issued, issued_report
from registry_app.services.signing import same_hand, sign, signatures
from registry_app.services.subjects import correct_subject
from registry_app.services.trail import trail_entries, verify
from registry_app.services.verifying import Standing, verify_filed, verify_report
from registry_app.storage.personal import Personal
from registry_app.storage.signed import holds, statement, text
from tests.builders import CHEAP, PASSWORD, USER
from tests.services.report_room import a_patient, made

STEPS = list(Meaning)


@pytest.fixture
def furnish():
    return a_patient


@pytest.fixture
def subject(given):
    return given


@pytest.fixture
def report(desk, subject):
    return made(desk, Kind.DISCLOSURE, subject)


def test_each_signature_makes_a_new_edition_that_says_the_same(desk, report):
    editions = [report.pdf]
    for meaning in STEPS:
        signed = sign(desk, report.number, meaning, PASSWORD)
        assert (signed.number, signed.digest) == (report.number, report.digest)
        editions.append(signed.pdf)

    assert len(set(editions)) == 4
    assert filed_pdf(desk, report.number) == editions[-1]
    assert [one.meaning for one in signatures(desk, report.number)] == STEPS
    for one in signatures(desk, report.number):
        assert (one.person, one.state) == (USER, report.digest)
    told = [verify_report(desk, pdf) for pdf in editions]
    assert {one.standing for one in told} == {Standing.SAME}
    assert [one.earlier for one in told] == [True, True, True, False]
    assert all(one.rebuilt for one in told)
    assert verify_filed(desk, report.number).standing is Standing.SAME
    assert issued_report(desk, report.number).version == 4


def test_the_name_of_the_signer_is_printed(desk, report):
    from io import BytesIO

    from pypdf import PdfReader

    sign(desk, report.number, Meaning.PREPARED, PASSWORD)
    pages = PdfReader(BytesIO(filed_pdf(desk, report.number))).pages
    assert desk.person.display_name in "".join(page.extract_text() for page in pages)


def test_a_wrong_password_signs_nothing(desk, report):
    with pytest.raises(Refused, match=r"report_service\.wrong-password"):
        sign(desk, report.number, Meaning.PREPARED, "plum blossoms")

    assert signatures(desk, report.number) == ()
    assert filed_pdf(desk, report.number) == report.pdf


def test_it_is_prepared_then_reviewed_then_approved_each_once(desk, report):
    for meaning in (Meaning.REVIEWED, Meaning.APPROVED):
        with pytest.raises(Refused, match=r"report_service\.signed-first"):
            sign(desk, report.number, meaning, PASSWORD)
    sign(desk, report.number, Meaning.PREPARED, PASSWORD)
    with pytest.raises(Refused, match=r"report_service\.signed-already"):
        sign(desk, report.number, Meaning.PREPARED, PASSWORD)


def test_a_draft_a_card_and_an_unknown_number_are_not_signed(desk, subject):
    draft = made(desk, Kind.DISCLOSURE, subject, draft=True)
    card = made(desk, Kind.CARD, subject)
    with pytest.raises(NotFound):
        sign(desk, draft.number, Meaning.PREPARED, PASSWORD)
    with pytest.raises(Refused, match=r"report_service\.not-signed"):
        sign(desk, card.number, Meaning.PREPARED, PASSWORD)


def test_asked_for_again_it_comes_with_its_signatures(desk, subject, report):
    signed = sign(desk, report.number, Meaning.PREPARED, PASSWORD)

    assert made(desk, Kind.DISCLOSURE, subject).pdf == signed.pdf
    assert len(issued(desk)) == 1


def test_a_signature_stands_though_the_data_change_later(desk, subject, report):
    correct_subject(desk, replace(subject, birth_year=1979), "misread")

    signed = sign(desk, report.number, Meaning.PREPARED, PASSWORD)

    assert signed.digest == report.digest
    assert verify_report(desk, signed.pdf).standing is Standing.CHANGED_SINCE


def test_who_signs_a_second_time_is_told_where_there_is_somebody_else(desk, report):
    sign(desk, report.number, STEPS[0], PASSWORD)
    assert same_hand(desk, report.number) is None  # one person is in office
    add_person(desk, "sato", "架空", Role.INVESTIGATOR, PASSWORD, cost=CHEAP)

    told = same_hand(desk, report.number)

    assert told.params["meaning"] == STEPS[0].told
    sign(desk, report.number, STEPS[1], PASSWORD)  # it is no refusal
    assert len(signatures(desk, report.number)) == 2


def test_nobody_is_told_about_the_first_signature(desk, report):
    add_person(desk, "sato", "架空", Role.INVESTIGATOR, PASSWORD, cost=CHEAP)

    assert same_hand(desk, report.number) is None


def test_a_signature_and_its_edition_are_entries_of_one_moment(desk, report):
    sign(desk, report.number, Meaning.PREPARED, PASSWORD)

    edition, signature = trail_entries(desk, newest=2)
    assert (edition.kind, signature.kind) == ("report", "signature")
    assert edition.at == signature.at


# ── the person's own key ─────────────────────────────────────────────────────────────


def forged(desk, report, **changes):
    """A signature that somebody with the data key writes into the file."""
    one = Signature(
        id=f"{report.number}:prepared",
        of="report",
        of_id=report.number,
        state=report.digest,
        meaning=Meaning.PREPARED,
        person=USER,
        name=desk.person.display_name,
        role=desk.person.role.value,
        at=desk.clock(),
    )
    with desk.begin() as work:
        work.save(replace(one, **changes))
    return [said.key for said in verify(desk).problems]


def test_a_signature_is_made_by_the_key_of_its_signer(desk, report):
    sign(desk, report.number, Meaning.PREPARED, PASSWORD)
    (one,) = signatures(desk, report.number)

    assert one.public_key == desk.person.public_key == desk.own.signing
    assert holds(desk.registry.id, one)
    for changes in (
        {"name": "架空 次郎"},
        {"meaning": Meaning.APPROVED},
        {"state": "0" * 64},
        {"of_id": "R1-X"},
        {"role": "safety"},
    ):
        assert not holds(desk.registry.id, replace(one, **changes))
    assert not holds("another registry", one)
    assert verify(desk).problems == ()


def test_a_signature_without_a_key_is_found(desk, report):
    assert forged(desk, report) == ["trail.signature-not-theirs"]


def test_a_signature_by_another_key_is_found(desk, report):
    other = Personal.new()
    one = Signature(
        f"{report.number}:prepared",
        "report",
        report.number,
        report.digest,
        Meaning.PREPARED,
        USER,
        desk.person.display_name,
        desk.person.role.value,
        desk.clock(),
        other.signing,
    )
    made_up = text(other.sign(statement(desk.registry.id, one)))

    found = forged(desk, report, public_key=other.signing, signed=made_up, at=one.at)
    assert found == ["trail.signature-not-theirs"]


def test_after_a_recovery_the_old_signatures_still_hold(desk, report):
    sign(desk, report.number, Meaning.PREPARED, PASSWORD)
    before = desk.person.public_key
    halves = new_recovery_sheet(desk, cost=CHEAP)
    desk.close()

    again = recover(desk.path, halves, USER, "quince jelly", cost=CHEAP)
    sign(again, report.number, Meaning.REVIEWED, "quince jelly")

    assert again.person.public_key != before
    keys = [one.public_key for one in signatures(again, report.number)]
    assert keys == [before, again.person.public_key]
    assert verify(again).problems == ()
    again.close()


def test_what_was_signed_before_there_were_keys_is_sound(desk, report):
    with desk.begin() as work:
        work.save(Person("sato", "架空 佐藤", Role.SAFETY))

    assert forged(desk, report, person="sato") == []
