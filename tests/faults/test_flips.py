"""A flipped bit is told, wherever it is."""

import json

import pytest

from registry_app.domain.errors import Refused
from registry_app.storage import database
from registry_app.storage.key_area import PAGE
from tests.builders import a_desk, a_subject, at_desk
from tests.faults import flips
from tests.faults.short import none_fails

FLIPS = 48


def test_no_flipped_bit_is_read_in_silence(tmp_path):
    none_fails(flips.family, tmp_path, FLIPS)


def test_the_last_page_of_a_long_text_is_not_read_as_zeros(tmp_path):
    desk = a_desk(tmp_path / "site.registry")
    desk.close()
    raw = database.connect(desk.path, desk.store.key)
    raw.execute("CREATE TABLE long (text)")
    raw.execute("INSERT INTO long VALUES (?)", ["x" * 50_000])
    raw.close()
    content = bytearray(desk.path.read_bytes())
    content[-PAGE + 100] ^= 1
    desk.path.write_bytes(content)

    desk = at_desk(desk.path)
    with pytest.raises(Refused, match=r"storage\.damaged"), desk.read() as reading:
        reading.connection.exec_driver_sql("SELECT text FROM long").fetchall()
    with pytest.raises(Refused, match=r"storage\.damaged"):
        a_subject(desk)
    with pytest.raises(Refused, match=r"storage\.damaged"), desk.read() as reading:
        json.loads(reading.connection.exec_driver_sql("SELECT text FROM long").scalar())
    desk.close()
