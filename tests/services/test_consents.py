from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry_app.domain.consent import Scope
from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.services import consents
from registry_app.services.trail import trail_entries
from tests.builders import INJURY, a_subject
from tests.services.test_enrolment import a_consent

TODAY = date(2026, 4, 1)
BACK = INJURY + timedelta(days=40)


def signed(desk, subject, scope=Scope.PROVISION, after=14):
    consent = replace(a_consent(scope, after), subject_id=subject.id)
    return consents.add_consent(desk, consent)


def test_consents_are_told_in_the_order_of_their_days(desk):
    subject = a_subject(desk)
    late = signed(desk, subject, after=20)
    early = signed(desk, subject, Scope.TREATMENT)
    assert consents.consents(desk, subject.id) == (early, late)
    with pytest.raises(NotFound):
        consents.consents(desk, "SAP-9")


def test_a_withdrawal_says_what_it_ends_and_what_stays(desk):
    subject = a_subject(desk)
    consent = signed(desk, subject)
    assert consents.data_use(desk, subject.id).provision
    gone = consents.withdraw(desk, consent.id, BACK, "by phone, the patient")

    assert gone.consent.withdrawn_on == BACK
    assert [message.key for message in gone.effects] == [
        *("consent.effect-provision", "consent.kept")
    ]
    assert not consents.data_use(desk, subject.id).provision
    assert consents.data_use(desk, subject.id, BACK - timedelta(days=1)).provision
    newest = trail_entries(desk, newest=1)[0]
    assert (newest.kind, newest.reason) == ("consent", "by phone, the patient")


@pytest.mark.parametrize(
    ("on", "note", "key"),
    [
        (BACK, " ", "withdrawal-needs-note"),
        (TODAY + timedelta(days=1), "by phone", "withdrawn-in-future"),
        (INJURY, "by phone", "withdrawn-before-signed"),
    ],
)
def test_a_withdrawal_that_cannot_be_is_refused(desk, on, note, key):
    consent = signed(desk, a_subject(desk))
    with pytest.raises(InvalidValue, match=key):
        consents.withdraw(desk, consent.id, on, note)


def test_what_was_taken_back_is_not_taken_back_again(desk):
    consent = signed(desk, a_subject(desk))
    consents.withdraw(desk, consent.id, BACK, "by phone")
    with pytest.raises(Refused, match="already-withdrawn"):
        consents.withdraw(desk, consent.id, BACK, "by letter")


def test_a_consent_is_corrected_only_with_a_reason(desk):
    consent = signed(desk, a_subject(desk))
    corrected = replace(consent, document="leaflet 4")
    with pytest.raises(Refused):
        consents.correct_consent(desk, corrected, "")
    assert consents.correct_consent(desk, corrected, "misread").document == "leaflet 4"
    with pytest.raises(InvalidValue, match="no-document"):
        consents.correct_consent(desk, replace(consent, document=""), "misread")
