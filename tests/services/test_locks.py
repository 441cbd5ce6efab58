"""What is locked takes no change and no repeat, whichever service tries."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.course import EndReason, FollowUp
from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.lock import Locked
from registry_app.domain.subject import Sex, Subject
from registry_app.domain.visit import Form, Visit
from registry_app.services import cuts, exams, locks, trail
from registry_app.services.imports import import_file
from registry_app.services.regime import accept_regime, regime_plan
from tests.builders import INJURY, a_draft, a_sheet, a_subject, an_exam
from tests.import_files import jsonl_bytes

DAY = INJURY + timedelta(days=3)
APPLIED = date(2025, 11, 14)


def saved(desk, record, reason="as it was"):
    with desk.begin(reason) as work:
        return work.save(record)


def again(desk, of, record_id):
    with desk.read() as reading:
        return reading.get(of, record_id)


def refused(desk, record):
    end = trail.head(desk)
    with pytest.raises(Refused) as told:
        saved(desk, record)
    assert told.value.message.key == "locks.locked"
    assert trail.head(desk) == end
    return told.value.message.params["of"].key


@pytest.fixture
def subject(desk):
    return a_subject(desk)


def test_a_locked_form_takes_no_change_and_another_does(desk, subject):
    draft = a_draft(desk, subject)
    other = a_draft(desk, subject, DAY + timedelta(days=1), "unscheduled")
    locks.lock(desk, Locked.FORM, draft.id, "read with the sheet")

    assert refused(desk, replace(draft, comment="more")) == "locks.of-form"
    with pytest.raises(Refused, match=r"locks\.locked"):
        exams.save_exam(desk, replace(draft, values=a_sheet(R_M_C5="4")))
    exams.save_exam(desk, replace(other, values=a_sheet(R_M_C5="4")))


def test_a_locked_visit_takes_neither_a_change_of_its_forms_nor_a_new_one(
    desk, subject
):
    form = an_exam(desk, subject)
    locks.lock(desk, Locked.VISIT, form.visit_id, "monitored")

    assert refused(desk, replace(form, comment="more")) == "locks.of-visit"
    new = replace(form, id="f-new", version=0)
    assert refused(desk, new) == "locks.of-visit"
    visit = again(desk, Visit, form.visit_id)
    assert refused(desk, replace(visit, code="unscheduled")) == "locks.of-visit"


def test_a_form_is_not_moved_out_of_a_locked_visit_nor_into_one(desk, subject):
    here = an_exam(desk, subject)
    there = an_exam(desk, subject, DAY + timedelta(days=1), "unscheduled")
    locks.lock(desk, Locked.VISIT, here.visit_id, "monitored")

    assert refused(desk, replace(here, visit_id=there.visit_id)) == "locks.of-visit"
    assert refused(desk, replace(there, visit_id=here.visit_id)) == "locks.of-visit"


def test_a_locked_patient_takes_no_change_and_no_repeat(desk, subject):
    form = an_exam(desk, subject)
    locks.lock(desk, Locked.PATIENT, subject.id, "follow-up has ended")

    today = DAY + timedelta(days=9)
    repeat = (
        replace(again(desk, Subject, subject.id), sex=Sex.FEMALE),
        replace(form, comment="more"),
        replace(form, id="f-new", version=0),
        Visit("v-new", subject.id, "unscheduled", today),
        Consent("c-new", subject.id, next(iter(Scope)), "leaflet 1", today),
    )
    assert {refused(desk, one) for one in repeat} == {"locks.of-patient"}
    with pytest.raises(Refused, match=r"locks\.locked"):
        exams.begin_exam(desk, subject.id, "unscheduled", DAY, "kato")
    an_exam(desk, a_subject(desk))  # of another patient


def test_a_death_is_recorded_of_a_locked_patient_and_starts_its_clock(desk, subject):
    locks.lock(desk, Locked.PATIENT, subject.id, "follow-up has ended")

    saved(desk, FollowUp(subject.id, EndReason.DEATH, DAY, DAY))

    assert again(desk, FollowUp, subject.id).reason is EndReason.DEATH


def test_a_locked_cut_keeps_the_forms_and_visits_up_to_its_day(desk, subject):
    form = an_exam(desk, subject)
    cut = cuts.freeze(desk, "first report")
    locks.lock(desk, Locked.CUT, cut.id, "handed in")

    assert refused(desk, replace(form, comment="more")) == "locks.of-cut"
    on_the_day = replace(form, id="f-new", version=0, date=cut.on)
    assert refused(desk, on_the_day) == "locks.of-cut"
    later = cut.on + timedelta(days=1)
    saved(desk, replace(form, id="f-later", version=0, date=later))
    assert refused(desk, replace(form, date=later)) == "locks.of-cut"


def test_a_locked_registry_takes_nothing_of_patients(desk, subject):
    locks.lock(desk, Locked.REGISTRY, "", "closed")

    form = Form("f-new", "v-1", "isncsci", DAY)
    assert refused(desk, form) == "locks.of-registry"
    with pytest.raises(Refused, match=r"locks\.locked"):
        a_subject(desk)
    locks.unlock(desk, Locked.REGISTRY, "", "an exam was forgotten")
    a_subject(desk)


def test_a_lock_is_turned_with_a_reason_and_both_stand_in_the_trail(desk, subject):
    for turn in (locks.lock, locks.unlock):
        with pytest.raises(Refused, match="reason-needed"):
            turn(desk, Locked.PATIENT, subject.id, " ")
    locks.lock(desk, Locked.PATIENT, subject.id, "complete")
    assert [one.of_id for one in locks.locks(desk)] == [subject.id]
    with pytest.raises(Refused, match=r"locks\.already-shut"):
        locks.lock(desk, Locked.PATIENT, subject.id, "again")
    locks.unlock(desk, Locked.PATIENT, subject.id, "a letter came")
    with pytest.raises(Refused, match=r"locks\.not-shut"):
        locks.unlock(desk, Locked.PATIENT, subject.id, "again")

    assert locks.locks(desk) == ()
    told = [entry.reason for entry in trail.trail_entries(desk, "record_lock")]
    assert told == ["a letter came", "complete"]


@pytest.mark.parametrize("of", Locked)
def test_what_is_not_there_is_not_locked(desk, of):
    with pytest.raises(NotFound, match=r"locks\.nothing-there"):
        locks.lock(desk, of, "nobody", "why")


@pytest.mark.parametrize("dry_run", [True, False])
def test_an_import_with_a_row_of_a_locked_patient_is_refused_whole_with_its_line(
    desk, subject, tmp_path, dry_run
):
    other = a_subject(desk)
    locks.lock(desk, Locked.PATIENT, subject.id, "follow-up has ended")
    source, end = tmp_path / "in.jsonl", trail.head(desk)
    row = {"exam_date": DAY.isoformat(), "visit": "day-49", "exam": {"vac": "Yes"}}
    source.write_bytes(
        jsonl_bytes(*({"patient": one.id, **row} for one in (other, subject)))
    )

    done = import_file(desk, source, dry_run=dry_run)

    assert [(p.line, p.message.key) for p in done.problems] == [(2, "locks.locked")]
    assert not done.written
    assert trail.head(desk) == end


def test_a_locked_registry_follows_the_plan_all_the_same(desk, subject):
    """Windows and duties are derived: a newer pack or another regime is no change."""
    an_exam(desk, subject)
    locks.lock(desk, Locked.REGISTRY, "", "closed")

    accept_regime(desk, regime_plan(desk, "applied", APPLIED, "receipt"))

    with desk.read() as reading:
        assert list(desk.planner.differing(reading)) == []
