"""One seal, made by two ways: of one entry, and of one entry after another."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from registry_app.services import exams
from registry_app.storage.tables import entry
from registry_app.storage.trail import GENESIS, Sealing, seal
from tests.builders import a_registry, a_subject, an_exam

KEY = bytes(range(32))
NAMES = [column.name for column in entry.c]
ROW = {
    "chain": "SAP",
    "seq": 12,
    "at": datetime(2026, 4, 1, 9, 30, 12, 345, tzinfo=UTC),
    "actor": "kato",
    "workstation": "ward-1",
    "program": "0.1.0",
    "engine": "isncsci-1",
    "kind": "form",
    "record_id": "f1",
    "version": 3,
    "reason": "",
    "state": "0" * 64,
    "head": "",
    "form": 1,
    "changes": '{"comment":[null,"a"]}',
}


def _in_turn(row):
    return Sealing(KEY).head(GENESIS, tuple(row[name] for name in NAMES))


@pytest.mark.parametrize(
    "odd", ['a "quoted" \\ text', "二行\n目", "\x00\x1f\x7f", "𠮷\u2028"]
)
@pytest.mark.parametrize("name", [name for name in NAMES if isinstance(ROW[name], str)])
def test_an_entry_has_the_same_seal_on_its_own_and_among_others(name, odd):
    row = {**ROW, name: odd}
    assert _in_turn(row) == seal(KEY, GENESIS, row)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "head"])
def test_every_column_of_an_entry_is_sealed(name):
    other = {str: "x", int: 7, datetime: datetime(2026, 4, 1, tzinfo=UTC)}
    row = {**ROW, name: other[type(ROW[name])]}
    if name == "form":
        with pytest.raises(LookupError):
            _in_turn(row)
    else:
        assert _in_turn(row) != _in_turn(ROW)


def test_what_is_no_number_is_not_sealed_as_one():
    for name in ("seq", "version"):
        with pytest.raises(TypeError):
            _in_turn({**ROW, name: f"{ROW[name]}"})


def test_the_seals_of_a_registry_are_those_of_either_way(path):
    desk = a_registry(path)
    form = an_exam(desk, a_subject(desk))
    exams.save_exam(desk, replace(form, comment="再検査"), "misread")
    key, before = desk.store.secrets.trail, GENESIS
    sealing = Sealing(key)
    with desk.read() as reading:
        rows = reading.connection.execute(entry.select().order_by(entry.c.seq)).all()
    desk.close()
    for row in rows:
        sealed = sealing.head(before, tuple(row))
        assert sealed == seal(key, before, row._mapping) == row.head
        before = row.head
