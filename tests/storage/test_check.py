"""Whoever edits the file past the program, with the right key, is found out."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from registry_app.domain.errors import Refused
from registry_app.services import exams, trail
from registry_app.services.subjects import SubjectQuery, open_subject, subject_ids
from registry_app.services.trail import verify
from registry_app.storage import database
from registry_app.words import Language, Words
from tests.builders import a_clock, a_registry, a_subject, an_exam, at_desk

TRIGGERS = "DROP TRIGGER entry_no_update; DROP TRIGGER entry_no_delete"
AGAIN = (
    "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT,"
    " 'entries of the trail stay as they are'); END;"
    "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT,"
    " 'entries of the trail stay as they are'); END"
)


@pytest.fixture
def filled(path):
    desk = a_registry(path)
    form = an_exam(desk, a_subject(desk))
    exams.save_exam(desk, replace(form, values={**form.values, "VAC": "No"}), "misread")
    a_subject(desk)
    desk.close()
    return path, desk.store.key


@pytest.fixture
def found(filled):
    """What a check finds after these statements, as keys with the entries named."""
    path, key = filled

    def found(*statements):
        raw = database.connect(path, key)
        for statement in statements:
            raw.executescript(statement)
        raw.close()
        desk = at_desk(path)
        verified = verify(desk)
        desk.close()
        for problem in verified.problems:
            for language in Language:
                assert Words(language).say(problem)
        return [problem.key.partition(".")[2] for problem in verified.problems]

    return found


def test_an_untouched_registry_is_whole(found):
    assert found() == []


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE form SET assessor = 'other'", "record-changed"),
        ("UPDATE form SET version = version + 1", "record-changed"),
        (
            "UPDATE form SET \"values\" = replace(\"values\", '5', '4')",
            "record-changed",
        ),
        (
            "UPDATE subject SET injury_date = '2026-01-09' WHERE id = 'SAP-0001-7'",
            "record-changed",
        ),
        (
            "UPDATE identity SET family = '別人' WHERE id = 'SAP-0001-7'",
            "record-changed",
        ),
        ("UPDATE form SET ais = 'A'", "derived-changed"),
        ("UPDATE form SET nli = 'T1', nli_order = 9", "derived-changed"),
        ("UPDATE identity SET search = '' WHERE id = 'SAP-0001-7'", "derived-changed"),
        (
            "INSERT INTO person VALUES ('x', 1, 'x', 'administrator', 0, '')",
            "record-without-entry",
        ),
        ("DELETE FROM form", "record-missing"),
    ],
)
def test_a_changed_record_is_found(found, statement, problem):
    assert found(statement) == [problem]


def test_a_record_that_was_changed_past_the_program_is_not_written_over(filled):
    path, key = filled
    raw = database.connect(path, key)
    raw.executescript("UPDATE form SET comment = 'x'")
    raw.close()
    desk = at_desk(path)
    subject = subject_ids(desk, SubjectQuery())[0]
    form = open_subject(desk, subject).exams[0].form
    with pytest.raises(Refused, match=r"trail\.record-changed"):
        exams.save_exam(desk, replace(form, comment="y"), "misread")
    assert [one.key for one in verify(desk).problems] == ["trail.record-changed"]
    desk.close()


def test_a_public_key_that_somebody_put_there_is_not_set_right_in_silence(filled):
    path, key = filled
    raw = database.connect(path, key)
    raw.executescript("UPDATE person SET public_key = replace(public_key, '=', 'x')")
    raw.close()
    with pytest.raises(Refused, match=r"trail\.record-changed"):
        at_desk(path)


@pytest.mark.parametrize(
    "column",
    [
        *("at = '2020-01-01 00:00:00.000000'", "actor = 'other'", "workstation = 'x'"),
        *("program = 'x'", "engine = 'x'", "reason = 'better'"),
        "changes = replace(changes, 'No', 'NT')",
    ],
)
def test_a_changed_entry_is_found(found, column):
    seq = "(SELECT max(seq) FROM entry WHERE reason <> '')"
    statement = f"{TRIGGERS}; UPDATE entry SET {column} WHERE seq = {seq}; {AGAIN}"
    assert found(statement) == ["entry-changed"]


def test_a_changed_state_is_found_even_when_the_record_follows_it(found):
    problems = found(f"{TRIGGERS}; UPDATE entry SET state = 'x' WHERE seq = 9; {AGAIN}")
    assert "entry-changed" in problems


def test_a_removed_entry_is_found(found):
    problems = found(f"{TRIGGERS}; DELETE FROM entry WHERE seq = 4; {AGAIN}")
    assert problems[:2] == ["entry-missing", "entry-changed"]


def test_a_removed_first_entry_is_found(found):
    problems = found(f"{TRIGGERS}; DELETE FROM entry WHERE seq = 1; {AGAIN}")
    assert problems[:2] == ["entry-missing", "entry-changed"]


def test_two_entries_that_changed_places_are_found(found):
    swap = (
        "UPDATE entry SET seq = 100 WHERE seq = 4;"
        "UPDATE entry SET seq = 4 WHERE seq = 5;"
        "UPDATE entry SET seq = 5 WHERE seq = 100"
    )
    assert found(f"{TRIGGERS}; {swap}; {AGAIN}").count("entry-changed") >= 2


def test_a_cut_tail_is_found_by_its_records(found):
    last = "(SELECT max(seq) FROM entry)"
    problems = found(f"{TRIGGERS}; DELETE FROM entry WHERE seq = {last}; {AGAIN}")
    assert problems == ["record-without-entry"]


def test_a_missing_protection_is_found(found):
    assert found("DROP TRIGGER entry_no_update") == ["unprotected"]


def test_a_clock_that_was_set_back_is_noted_and_no_tampering(path):
    desk = a_registry(path)
    desk.close()
    back = replace(at_desk(path), clock=a_clock(datetime(2020, 1, 1, tzinfo=UTC)))
    a_subject(back, injury_date=date(2019, 12, 1), treatment_date=None)
    verified = verify(back)
    assert verified.problems == ()
    assert [note.key for note in verified.notes] == ["trail.clock-jumped"]
    assert trail.head(back).head == verified.head
    back.close()


def test_a_check_tells_how_far_it_is_and_can_be_stopped(filled, monkeypatch):
    monkeypatch.setattr("registry_app.storage.follow.STEP", 2)
    monkeypatch.setattr("registry_app.storage.check.STEP", 2)
    path, _key = filled
    desk = at_desk(path)
    shares = []
    assert verify(desk, shares.append).problems == ()
    assert shares == sorted(shares)
    assert len(shares) > 5
    assert shares[-1] <= 1

    class Enough(Exception):
        pass

    def stop(share):
        if share > 0.5:
            raise Enough

    with pytest.raises(Enough):
        verify(desk, stop)
    assert verify(desk).problems == ()
    desk.close()
