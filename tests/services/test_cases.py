"""Cases as the plan sees them: whole, in bulk, and as they were."""

from dataclasses import replace
from datetime import timedelta

import pytest

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.course import Course, FollowUp
from registry_app.domain.errors import NotFound
from registry_app.domain.kit import Kit
from registry_app.services import cases as service
from registry_app.services import exams, obligations, subjects, trail
from registry_app.services.cases import case_of, cases
from tests.builders import INJURY, a_draft, a_subject, an_exam

DAY_49 = INJURY + timedelta(days=49)


def _all(desk, as_of=None):
    with desk.read(as_of) as reading:
        return {one.subject.id: one for one in cases(reading)}


def _save(desk, *records, reason=""):
    with desk.begin(reason) as work:
        return [work.save(record) for record in records]


def test_a_case_has_all_that_was_recorded_of_it(desk):
    subject = a_subject(desk)
    form = an_exam(desk, subject, DAY_49, R_M_C5="3")
    draft = a_draft(desk, subject, DAY_49 + timedelta(days=30))
    course, consent, kit = _save(
        desk,
        Course(subject.id, {"marrow": INJURY}),
        Consent("c1", subject.id, Scope.FOLLOW_UP, "leaflet 1", INJURY),
        Kit("k1", "K-1", INJURY, subject.id, lot="L1"),
    )
    key = f"visit:day-90:{subject.id}"
    obligations.not_applicable(desk, key, "in another hospital")

    one = case_of(desk, subject.id)

    assert (one.subject, one.course) == (subject, course)
    assert (one.consents, one.kits) == ((consent,), (kit,))
    assert one.follow_up is None
    assert list(one.settled) == [key]
    first, second = one.exams
    assert (first.form_id, first.day, first.complete) == (form.id, DAY_49, True)
    assert first.ais
    assert (
        first.nli
        == subjects.open_subject(desk, subject.id).exams[0].result["nli"].values
    )
    assert (second.form_id, second.complete) == (draft.id, False)


def test_a_case_that_is_not_there_is_not_found(desk):
    with pytest.raises(NotFound):
        case_of(desk, "SAP-9999-0")


def test_one_by_one_and_in_lots_they_are_the_same(desk, monkeypatch):
    ids = [a_subject(desk).id for _ in range(7)]
    an_exam(desk, case_of(desk, ids[3]).subject, DAY_49)
    whole = _all(desk)
    monkeypatch.setattr(service, "LOT", 3)
    assert _all(desk) == whole
    assert list(whole) == sorted(ids)
    assert {one: case_of(desk, one) for one in ids} == whole


def test_every_case_reads_back_as_it_was_then(desk):
    seen = {}

    def look():
        seen[trail.head(desk).seq] = _all(desk)

    look()
    first = a_subject(desk)
    look()
    second = a_subject(desk)
    form = an_exam(desk, first, DAY_49)
    look()
    form = exams.save_exam(
        desk, replace(form, values={**form.values, "VAC": "No", "DAP": "No"}), "misread"
    )
    look()
    (course,) = _save(desk, Course(first.id, {"marrow": INJURY}))
    look()
    _save(desk, replace(course, dates={}), reason="of another")
    (kit,) = _save(desk, Kit("k1", "K-1", INJURY))
    look()
    _save(desk, replace(kit, subject_id=second.id))
    look()
    _save(desk, FollowUp(second.id, note="will move"))
    obligations.not_applicable(desk, f"visit:day-90:{first.id}", "abroad")
    look()
    exams.save_exam(desk, replace(form, date=DAY_49 + timedelta(days=1)), "misread")
    look()

    for seq, then in seen.items():
        assert _all(desk, seq) == then
    assert len(seen) == 9
