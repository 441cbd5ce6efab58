"""Filed reports: kept under their SHA-256, never changed, never removed."""

import hashlib
from datetime import UTC, datetime

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from registry_app.domain.report import IssuedReport
from registry_app.services import trail
from tests.builders import at_desk

FILE = b"%PDF-1.7 made up"
SHA = hashlib.sha256(FILE).hexdigest()
AT = datetime(2026, 4, 1, tzinfo=UTC)
REPORT = IssuedReport("R1-1", "periodic-follow-up", "", 1, "h", SHA, 16, AT, digest="d")


@pytest.fixture
def filed(desk):
    with desk.begin() as work:
        work.put_file(SHA, REPORT.id, FILE)
        work.save(REPORT)
    return desk


def keys(desk):
    return [problem.key for problem in trail.verify(desk).problems]


def past_the_program(desk, *statements):
    with desk.store._writer.transaction() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        desk.store._writer.commit()


def test_a_file_is_found_by_its_hash_and_by_its_report(filed):
    other = hashlib.sha256(b"signed").hexdigest()
    with filed.begin() as work:
        work.put_file(SHA, REPORT.id, FILE)
        work.put_file(other, REPORT.id, b"signed")
    with filed.read() as reading:
        assert reading.file(SHA) == FILE
        assert reading.file("0" * 64) is None
        assert reading.files_of(REPORT.id) == tuple(sorted((SHA, other)))
        assert reading.files_of("R1-2") == ()
    # No edition of the report names the other one.
    assert keys(filed) == ["trail.file-changed"]


def test_a_file_is_what_its_name_says(filed):
    with pytest.raises(ValueError, match="not what its name says"), filed.begin() as w:
        w.put_file(SHA, REPORT.id, b"another")


def test_a_file_of_no_report_is_not_kept(desk):
    with pytest.raises(IntegrityError), desk.begin() as work:
        work.put_file(SHA, "R1-9", FILE)
    with desk.read() as reading:
        assert reading.file(SHA) is None


@pytest.mark.parametrize(
    "statement",
    ["UPDATE report_file SET content = x'00'", "DELETE FROM report_file"],
)
def test_the_data_base_refuses_to_change_or_remove_a_file(filed, statement):
    with (
        pytest.raises(Exception, match="stay as they are"),
        filed.store._writer.transaction() as connection,
    ):
        connection.exec_driver_sql(statement)
    with filed.read() as reading:
        assert reading.file(SHA) == FILE


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        ("UPDATE report_file SET content = x'00'", "trail.file-changed"),
        ("UPDATE report_file SET content = '7'", "trail.file-changed"),
        ("DELETE FROM report_file", "trail.file-missing"),
    ],
)
def test_who_goes_past_the_program_is_found_out(filed, statement, key):
    verb = statement.split()[0].lower()
    past_the_program(filed, f"DROP TRIGGER report_file_no_{verb}", statement)
    assert keys(filed) == [key, "trail.unprotected"]


def test_files_are_in_a_backup_and_in_the_registry_opened_again(filed, tmp_path):
    copy = tmp_path / "copy.registry"
    filed.store.back_up(copy)
    path = filed.path
    filed.close()
    for place in (path, copy):
        again = at_desk(place)
        with again.read() as reading:
            assert reading.file(SHA) == FILE
        assert keys(again) == []
        again.close()
