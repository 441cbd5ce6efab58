"""What is recorded under a plan: kept as it was said, changed only with a reason."""

from dataclasses import replace
from datetime import date

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from registry_app.domain.course import (
    Contact,
    ContactOutcome,
    ContactWay,
    Course,
    Indication,
)
from registry_app.domain.errors import Refused
from registry_app.domain.kit import Kit, Manufacture
from registry_app.domain.plan.records import Occurrence, RegimeEntry, Settled
from registry_app.services import trail
from tests.builders import INJURY, a_subject

DAY = date(2026, 3, 1)


def _save(desk, record, reason=""):
    with desk.begin(reason) as work:
        return work.save(record)


def _read(desk, record, as_of=None):
    with desk.read(as_of) as reading:
        return reading.get(type(record), record.id)


def test_texts_that_say_nothing_read_back_now_and_as_of_then(desk):
    """They are left out of the trail, and some have no default to come back from."""
    said = (
        Occurrence("o1", "", ""),
        RegimeEntry("r1", "applied", DAY, ""),
        Settled("O6:1", ""),
    )
    for record in said:
        saved = _save(desk, record)
        cut = trail.head(desk).seq
        _save(desk, replace(saved, **_more(saved)), "corrected")
        assert _read(desk, record, cut) == saved
        assert _read(desk, record) != saved


def _more(record):
    return {"years": 1} if isinstance(record, RegimeEntry) else {"note": "more"}


def test_a_kit_of_nobody_is_found_now_and_as_of_then(desk):
    subject = a_subject(desk)
    kit = _save(desk, Kit("k1", "K-1", DAY))
    cut = trail.head(desk).seq
    matched = _save(desk, replace(kit, subject_id=subject.id))

    with desk.read() as reading:
        assert reading.find(Kit, subject_id="") == ()
        assert reading.find(Kit, subject_id=subject.id) == (matched,)
    with desk.read(cut) as reading:
        assert reading.find(Kit, subject_id="") == (kit,)
        assert reading.find(Kit, subject_id=subject.id) == ()


def test_two_kits_never_have_one_number(desk):
    _save(desk, Kit("k1", "K-1", DAY))
    with pytest.raises(IntegrityError):
        _save(desk, Kit("k2", "K-1", DAY))


def test_the_indication_stays_as_it_was(desk):
    subject = a_subject(desk)
    with desk.read() as reading:
        frozen = reading.get(Indication, subject.id)
    with pytest.raises(Refused, match=r"trail\.never-changed"):
        _save(desk, replace(frozen, facts={"age": "7"}), "better known")


@pytest.mark.parametrize(
    ("before", "after", "free"),
    [
        ({}, {"marrow": INJURY}, True),
        ({"marrow": INJURY}, {"marrow": INJURY, "blood-1": INJURY}, True),
        ({"marrow": INJURY}, {"marrow": DAY}, False),
        ({"marrow": INJURY}, {}, False),
    ],
)
def test_a_date_is_added_freely_and_changed_with_a_reason(desk, before, after, free):
    subject = a_subject(desk)
    course = _save(desk, Course(subject.id, before, source="registry of trauma"))
    changed = replace(course, dates=after)
    if not free:
        with pytest.raises(Refused, match=r"trail\.reason-needed"):
            _save(desk, changed)
    saved = _save(desk, changed, "" if free else "misread")
    assert _read(desk, saved) == saved


def test_an_outcome_that_was_pending_comes_without_a_reason(desk):
    kit = _save(desk, Kit("k1", "K-1", DAY))
    made = _save(desk, replace(kit, manufacture=Manufacture.SUCCEEDED, lot="L1"))
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        _save(desk, replace(made, manufacture=Manufacture.FAILED))


def test_what_was_said_of_a_contact_changes_with_a_reason(desk):
    subject = a_subject(desk)
    by_phone, reached = ContactWay.PHONE, ContactOutcome.NOT_REACHED
    contact = _save(desk, Contact("c1", subject.id, DAY, by_phone, reached))
    again = _save(desk, replace(contact, again_on=date(2026, 3, 9)))
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        _save(desk, replace(again, outcome=ContactOutcome.REACHED))
