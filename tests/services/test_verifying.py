"""What Verify says of a file that was changed, and of what is kept of it."""

import random
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from registry_app.domain.errors import NotFound
from registry_app.domain.report import IssuedReport, Kind
from registry_app.services.reports import filed_pdf
from registry_app.services.verifying import Standing, verify_filed, verify_report
from registry_app.storage.kinds import OF_TYPE
from registry_app.storage.work import Reading
from tests.services.report_room import a_patient, made

CHANGES = 1000


@pytest.fixture
def filed(desk):
    """A report that was filed."""
    return made(desk, Kind.DISCLOSURE, a_patient(desk))


@pytest.mark.parametrize("kind", [Kind.PERIODIC, Kind.OBLIGATIONS, Kind.USE_RECORD])
def test_each_of_a_thousand_changed_bytes_of_a_filed_file_is_told(desk, kind):
    filed = made(desk, kind, a_patient(desk))
    chance = random.Random(4)
    told = set()
    for _ in range(CHANGES):
        changed = bytearray(filed.pdf)
        at = chance.randrange(len(changed))
        changed[at] ^= chance.randrange(1, 256)
        verdict = verify_report(desk, bytes(changed))
        told.add((verdict.standing, verdict.number))

    assert told == {(Standing.ALTERED, filed.number)}


def test_a_changed_byte_where_the_file_names_itself_is_told_too(desk, filed):
    name = desk.registry.id.encode()
    places = [at for at in range(len(filed.pdf)) if filed.pdf.startswith(name, at)]
    number = filed.number.encode()
    places += [at for at in range(len(filed.pdf)) if filed.pdf.startswith(number, at)]

    assert len(places) >= 4
    for at in places:
        changed = bytearray(filed.pdf)
        changed[at] ^= 1
        assert verify_report(desk, bytes(changed)).standing is Standing.ALTERED


@pytest.mark.parametrize("cut", [1, 100, 5000])
def test_a_file_that_lacks_its_end_or_has_more_is_altered(desk, filed, cut):
    for pdf in (filed.pdf[:-cut], filed.pdf + b"\n" * cut):
        assert verify_report(desk, pdf).standing is Standing.ALTERED


@contextmanager
def _past_the_program(desk):
    """A connection that writes what it wants, and a desk that reads through it.

    All of it is rolled back.
    """
    with desk.store.begin(SimpleNamespace()) as work:
        connection = work.connection
        for verb in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER report_file_no_{verb}")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")

        @contextmanager
        def read(as_of=None):
            yield Reading(connection, as_of)

        yield connection, SimpleNamespace(read=read, person=desk.person)


def _other(value, chance):
    """The same but for one byte, of the same type where that goes."""
    if isinstance(value, bytes):
        changed = bytearray(value)
        changed[chance.randrange(len(changed))] ^= chance.randrange(1, 256)
        return bytes(changed)
    text = f"{value}"
    at = chance.randrange(len(text))
    others = [c for c in "0123456789abcdefXYZ -.,:{}\"'" if c != text[at]]
    changed = text[:at] + chance.choice(others) + text[at + 1 :]
    plain = changed.isascii() and changed.isdigit() and f"{int(changed)}" == changed
    return int(changed) if isinstance(value, int) and plain else changed


def test_each_of_a_thousand_changed_bytes_of_what_is_kept_is_told(desk, filed):
    chance = random.Random(5)
    columns = [("report", column.name) for column in OF_TYPE[IssuedReport].columns]
    columns += [("report_file", name) for name in ("sha256", "report", "content")]
    told, changed = set(), set()
    with _past_the_program(desk) as (connection, inside):
        said = inside_standing(inside, filed)
        for _ in range(CHANGES):
            table, name = chance.choice(columns)
            key = "id" if table == "report" else "rowid"
            row = connection.exec_driver_sql(
                f'SELECT {key}, "{name}" FROM {table}'
            ).one()
            if row[1] is None:
                continue
            new = _other(row[1], chance)
            update = f'UPDATE {table} SET "{name}" = ? WHERE {key} = ?'
            connection.exec_driver_sql(update, (new, row[0]))
            told.add(inside_standing(inside, filed))
            changed.add((table, name))
            here = new if name == key else row[0]
            connection.exec_driver_sql(update, (row[1], here))
        assert inside_standing(inside, filed) is said is Standing.SAME

    assert told == {Standing.ALTERED}
    assert len(changed) >= 11


def inside_standing(inside, filed):
    return verify_filed(inside, filed.number).standing


def test_a_record_that_was_removed_or_lost_its_file_is_told(desk, filed):
    for table, key in (("report_file", "report"), ("report", "id")):
        with _past_the_program(desk) as (connection, inside):
            delete = f"DELETE FROM {table} WHERE {key} = ?"
            connection.exec_driver_sql(delete, (filed.number,))
            assert inside_standing(inside, filed) is Standing.ALTERED
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("BEGIN")


def test_a_number_that_was_not_filed_is_not_found(desk, filed):
    with pytest.raises(NotFound):
        verify_filed(desk, "R10-SAP-99-J")
    with pytest.raises(NotFound):
        filed_pdf(desk, "R10-SAP-99-J")
