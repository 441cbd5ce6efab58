"""Consents: recorded, and taken back with what that does."""

from dataclasses import dataclass, replace
from datetime import date

from registry_app.domain.consent import Consent, DataUse, effects, use_of_data
from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.message import Message
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Subject
from registry_app.services.desk import Desk
from registry_app.services.hiding import check_shown
from registry_app.services.rights import needs
from registry_app.storage.work import Reading


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A consent that was taken back; `effects`: what that does, and what stays."""

    consent: Consent
    effects: tuple[Message, ...]


@needs(Deed.LOOK)
def consents(desk: Desk, subject_id: str) -> tuple[Consent, ...]:
    """The consents of a case, oldest first. Raises NotFound, and Refused (hidden)."""
    check_shown(desk, subject_id)
    with desk.read() as reading:
        return _of(reading, subject_id)


@needs(Deed.ENTER)
def add_consent(desk: Desk, consent: Consent) -> Consent:
    """Record a consent. Raises InvalidValue for a day that has not come."""
    today = day_in_japan(desk.clock())
    check_consent(consent, today)
    with desk.begin() as work:
        work.get(Subject, consent.subject_id)
        return work.save(replace(consent, id=consent.id or desk.new_id()))


@needs(Deed.ENTER)
def correct_consent(desk: Desk, consent: Consent, reason: str) -> Consent:
    """Correct what was written of a consent, for a reason."""
    check_consent(consent, day_in_japan(desk.clock()))
    with desk.begin(reason) as work:
        return work.save(consent)


@needs(Deed.ENTER)
def withdraw(desk: Desk, consent_id: str, on: date, note: str) -> Withdrawal:
    """Take a consent back. `note`: who said so, and how; it is the reason of the trail.

    Nothing is deleted: `effects` says what the withdrawal ends, and what stays.
    """
    if not note.strip():
        raise InvalidValue("consent.withdrawal-needs-note")
    today = day_in_japan(desk.clock())
    with desk.begin(note) as work:
        consent = work.get(Consent, consent_id)
        if consent.withdrawn_on is not None:
            day = consent.withdrawn_on.isoformat()
            raise Refused("consent.already-withdrawn", day=day)
        taken_back = replace(consent, withdrawn_on=on, withdrawal_note=note.strip())
        check_consent(taken_back, today)
        saved = work.save(taken_back)
    return Withdrawal(saved, effects(saved))


@needs(Deed.LOOK)
def data_use(desk: Desk, subject_id: str, on: date | None = None) -> DataUse:
    """What the consents of a case allow on a day; today, if none is named."""
    with desk.read() as reading:
        found = _of(reading, subject_id)
    return use_of_data(found, on or day_in_japan(desk.clock()))


def check_consent(consent: Consent, today: date) -> None:
    """Raises InvalidValue: no document is named, or a day has not come."""
    if not consent.document.strip():
        raise InvalidValue("consent.no-document")
    if consent.signed_on > today:
        raise InvalidValue("consent.signed-in-future", day=consent.signed_on)
    if consent.withdrawn_on is not None and consent.withdrawn_on > today:
        raise InvalidValue("consent.withdrawn-in-future", day=consent.withdrawn_on)


def _of(reading: Reading, subject_id: str) -> tuple[Consent, ...]:
    reading.get(Subject, subject_id)
    found = reading.find(Consent, subject_id=subject_id)
    return tuple(sorted(found, key=lambda consent: (consent.signed_on, consent.id)))
