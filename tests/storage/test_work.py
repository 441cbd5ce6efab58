"""One way to write: with an entry, or not at all."""

import threading
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.person import Person
from registry_app.domain.subject import Arm, Identity, Sex, Subject
from registry_app.domain.trail import Change
from registry_app.domain.visit import Form, Status, Visit
from registry_app.services import exams, subjects, trail
from registry_app.storage import kinds
from tests.builders import INJURY, a_draft, a_subject, an_exam, at_desk

SUBJECT = Subject("SAP-0001-7", Arm.TREATED, Sex.MALE, INJURY)


def _head(desk):
    return trail.head(desk).seq


def test_a_saved_record_comes_back_as_it_was_said(desk):
    with desk.begin() as work:
        saved = work.save(SUBJECT)
    with desk.read() as reading:
        assert reading.get(Subject, SUBJECT.id) == saved == replace(SUBJECT, version=1)


def test_an_entry_says_who_when_what_and_why(desk):
    subject = a_subject(desk)
    subjects.correct_subject(desk, replace(subject, sex=Sex.FEMALE), "Misread chart")

    entry = trail.trail_entries(desk, newest=1)[0]

    assert entry.changes == (Change("sex", "male", "female"),)
    assert (entry.actor, entry.reason) == ("kato", "Misread chart")
    assert (entry.kind, entry.id, entry.version) == ("subject", subject.id, 2)
    assert (entry.at.utcoffset().seconds, entry.at.year) == (0, 2026)
    assert entry.program.startswith("registry-app ")


def test_a_change_of_a_score_is_told_by_its_item_with_its_provenance(desk):
    form = an_exam(desk, a_subject(desk))
    changed = replace(
        form, values={**form.values, "R_M_C5": "3"}, how={"R_M_C5": "imported"}
    )
    exams.save_exam(desk, changed, "Misread worksheet")

    assert set(trail.trail_entries(desk, newest=1)[0].changes) == {
        Change("values.R_M_C5", "5", "3"),
        Change("how.R_M_C5", None, "imported"),
    }


def test_what_is_unchanged_is_not_written(desk):
    form = an_exam(desk, a_subject(desk))
    before = _head(desk)
    assert exams.save_exam(desk, form) == form
    assert _head(desk) == before


def test_one_block_is_all_or_nothing(desk):
    before = _head(desk)

    def fail():
        with desk.begin() as work:
            work.save(SUBJECT)
            work.get(Subject, "SAP-9999-0")

    with pytest.raises(NotFound):
        fail()
    assert _head(desk) == before
    with desk.read() as reading:
        assert reading.find(Subject) == ()


def test_a_block_that_saved_nothing_leaves_no_trace(desk):
    before = _head(desk)
    with desk.begin() as work:
        work.connection.exec_driver_sql("UPDATE person SET display_name = 'x'")
    assert _head(desk) == before
    with desk.read() as reading:
        assert reading.get(Person, "kato").display_name == "架空 管理者"


def test_the_second_of_two_editors_is_refused(desk):
    form = a_draft(desk, a_subject(desk))
    exams.save_exam(desk, replace(form, comment="first"))
    with pytest.raises(Refused, match=r"storage\.changed-meanwhile"):
        exams.save_exam(desk, replace(form, comment="second"))


def test_a_new_record_under_an_id_that_is_taken_is_refused(desk):
    subject = a_subject(desk)
    with pytest.raises(Refused, match="changed-meanwhile"), desk.begin() as work:
        work.save(replace(subject, version=0))
    with pytest.raises(Refused, match="changed-meanwhile"), desk.begin() as work:
        work.save(replace(subject, id="SAP-0777-X", version=3))


@pytest.mark.parametrize("reason", ["", "  ", "　"])
def test_a_case_is_corrected_only_with_a_reason(desk, reason):
    subject = a_subject(desk)
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        subjects.correct_subject(desk, replace(subject, sex=Sex.FEMALE), reason)


def test_the_rule_for_completed_forms_holds_for_whoever_saves_them(desk):
    form = an_exam(desk, a_subject(desk))
    with pytest.raises(Refused, match=r"exam\.reason-needed"), desk.begin() as work:
        work.save(replace(form, comment="late"))
    with pytest.raises(Refused, match="stays-complete"), desk.begin("sorry") as work:
        work.save(replace(form, status=Status.DRAFT))


def test_what_is_no_score_is_never_stored(desk):
    form = a_draft(desk, a_subject(desk))
    with pytest.raises(InvalidValue):
        exams.save_exam(desk, replace(form, values={"R_LT_C2": "7"}))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET reason = 'other'",
        "DELETE FROM entry",
        "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)",
    ],
)
def test_the_data_base_refuses_to_change_or_remove_an_entry(desk, statement):
    a_subject(desk)
    refused = pytest.raises(sa.exc.IntegrityError, match="stay as they are")
    with refused, desk.begin() as work:
        work.connection.exec_driver_sql(statement)


def test_threads_take_turns_at_writing(desk):
    form = a_draft(desk, a_subject(desk))
    done = []

    def write(n):
        for _ in range(20):
            subject = a_subject(desk, hospital_number=str(n))
            done.append(subject.id)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(done)) == 80
    assert trail.verify(desk).problems == ()
    assert exams.save_exam(desk, replace(form, comment="after")).version == 3


def test_a_reader_sees_one_state_while_somebody_writes(desk):
    subject = a_subject(desk)
    with desk.read() as reading:
        before = reading.get(Subject, subject.id)
        subjects.correct_subject(desk, replace(subject, sex=Sex.FEMALE), "chart")
        assert reading.get(Subject, subject.id) == before


def test_nothing_is_written_through_a_reading(desk):
    subject = a_subject(desk)
    with desk.read() as reading:
        reading.connection.exec_driver_sql("DELETE FROM identity")
    with desk.read() as reading:
        assert reading.get(Identity, subject.id)


def test_records_are_found_by_their_fields(desk):
    first, second = a_subject(desk), a_subject(desk, arm=Arm.COMPARISON)
    with desk.read() as reading:
        assert reading.find(Subject, arm=Arm.COMPARISON) == (second,)
        assert reading.find(Subject, id=[second.id, first.id]) == (first, second)
        assert reading.find(Subject, treatment_date=None) == (second,)
        assert reading.find(Visit, subject_id=()) == ()
        assert reading.find(Form, date=date(1999, 1, 1)) == ()
    with pytest.raises(NotFound, match="no-such-record"), desk.read() as reading:
        reading.get(Subject, "SAP-9999-0")


def test_what_was_saved_is_there_after_signing_in_again(path, desk):
    subject = a_subject(desk)
    form = an_exam(desk, subject, R_M_C5="3")
    desk.close()
    again = at_desk(path)
    assert subjects.open_subject(again, subject.id).exams[0].form == form
    again.close()


def test_every_kind_of_record_is_kept_field_by_field():
    for kind in kinds.KINDS:
        names = {column.name for column in kind.table.columns}
        assert {"id", "version", *kind.fields} <= names
