"""Edits with the library and the right key, past the program: each found by verify.

Only an older state of everything at once, put back, is sound in itself: the heads that
are printed in reports tell of it.
"""

import contextlib
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from registry_app.domain.errors import RegistryError
from registry_app.domain.report import IssuedReport, Kind
from registry_app.domain.signature import Meaning
from registry_app.services import exams, session, signing
from registry_app.services.trail import trail_entries, verify
from registry_app.services.verifying import Standing, verify_report
from registry_app.storage import database
from registry_app.storage import trail as chain
from registry_app.storage.kinds import OF_TYPE
from registry_app.storage.tables import entry
from tests.builders import (
    INJURY,
    PASSWORD,
    a_desk,
    a_draft,
    a_subject,
    an_exam,
    at_desk,
)
from tests.faults.seen import Seen
from tests.services.report_room import a_case, a_patient, made

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
#: What a table of this program may be given in place of what stands there.
_ODD = (
    None,
    "",
    0,
    7,
    -1,
    10**6,
    1.5,
    "x",
    "2026-02-30",
    "{}",
    "[]",
    b"\xff\0",
    "null",
)
TURNS = 5


class Forged:
    """A registry with some of everything, and its older states, with their reports."""

    def __init__(self, folder):
        self.path = folder / "site.registry"
        self.states, self.pdfs = [], []
        desk = a_desk(self.path)
        subject = a_patient(desk)
        a_case(desk, subject)
        for turn in range(TURNS):
            other = a_subject(desk)
            form = an_exam(desk, other, on=INJURY + timedelta(days=45 + turn))
            exams.save_exam(desk, replace(form, comment="corrected"), "misread")
            a_draft(desk, a_subject(desk))
            report = made(desk, Kind.DISCLOSURE, subject)
            signed = signing.sign(desk, report.number, Meaning.PREPARED, PASSWORD)
            self.pdfs.append(signed.pdf)
            assert session.leave(desk) == ()
            desk.close()
            self.states.append(self.path.read_bytes())
            desk = at_desk(self.path)
        assert verify(desk).problems == ()
        self.truth = _read(desk)
        desk.close()
        self.key, self.secret = desk.store.key, desk.store.secrets.trail
        with self.opened() as raw:
            self.triggers = raw.execute(_TRIGGERS).fetchall()
            self.tables = {
                name: raw.execute(f'SELECT * FROM "{name}"').description
                for (name,) in raw.execute(_TABLES).fetchall()
            }
            self.filled = [
                name
                for name in self.tables
                if raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            ]

    @contextlib.contextmanager
    def opened(self):
        """A connection of a program that is not ours, to the file as it was last."""
        for beside in self.path.parent.glob(f"{self.path.name}-*"):
            beside.unlink()
        self.path.write_bytes(self.states[-1])
        raw = database.connect(self.path, self.key)
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield raw
        finally:
            raw.close()

    @contextlib.contextmanager
    def unprotected(self):
        """The triggers are off meanwhile, and on again afterwards."""
        with self.opened() as raw:
            for name, _ in self.triggers:
                raw.execute(f"DROP TRIGGER {name}")
            yield raw
            for _, sql in self.triggers:
                raw.execute(sql)

    def told(self):
        """How it is found: nothing, if nobody finds it.

        Another way to write the same value (a 0 as an empty text) is no lie: all reads
        as before.
        """
        try:
            desk = at_desk(self.path)
        except RegistryError as refusal:
            return f"refused at opening ({refusal})"
        try:
            problems = verify(desk).problems
            same = bool(problems) or _read(desk) == self.truth
        finally:
            desk.close()
        if problems:
            return f"found by verify ({problems[0].key})"
        return "another spelling of the same value, reads as before" if same else ""


def _read(desk):
    """Every record and every file."""
    with desk.read() as reading:
        records = [reading.find(of) for of in OF_TYPE]
        files = [
            reading.file(sha256)
            for one in reading.find(IssuedReport)
            for sha256 in reading.files_of(one.id)
        ]
    return records, files, trail_entries(desk)


def _value(raw, forged, chance):
    """A value of a row is another one."""
    table = chance.choice(forged.filled)
    column = chance.choice(forged.tables[table])[0]
    rows = raw.execute(f'SELECT rowid, "{column}" FROM "{table}"').fetchall()
    row, before = chance.choice(rows)
    after = _other(before, chance)
    raw.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', [after, row])
    return f"{table}.{column} {str(before)[:60]!r} -> {str(after)[:60]!r}"


def _other(before, chance):
    """Of the same type as a rule: the smallest lie."""
    if before is None or chance.random() < 0.25:
        return chance.choice([odd for odd in _ODD if odd != before])
    if isinstance(before, int):
        return before + chance.choice((-2, 2, 5))
    if isinstance(before, bytes):
        at = chance.randrange(len(before))
        return before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :]
    text = str(before)
    at = chance.randrange(len(text)) if text else 0
    return text[:at] + chance.choice("3x9乙 ") + text[at + 1 :] + "" * (text == "")


def _gone(raw, forged, chance):
    """A row is gone."""
    table = chance.choice(forged.filled)
    row = chance.choice(raw.execute(f'SELECT rowid FROM "{table}"').fetchall())[0]
    raw.execute(f'DELETE FROM "{table}" WHERE rowid = ?', [row])
    return table


def _added(raw, forged, chance):
    """A row more, as one that is there, under another identity."""
    table = chance.choice(forged.filled)
    row = list(chance.choice(raw.execute(f'SELECT * FROM "{table}"').fetchall()))
    names = [column[0] for column in forged.tables[table]]
    key = "seq" if table == "entry" else "key" if "key" in names else names[0]
    at = names.index(key)
    row[at] = row[at] + 1000 if isinstance(row[at], int) else f"{row[at]}-2"
    marks = ", ".join("?" * len(row))
    raw.execute(f'INSERT INTO "{table}" VALUES ({marks})', row)
    return table


def _swapped(raw, forged, chance):
    """Two rows have changed what they say."""
    table = chance.choice(forged.filled)
    column = chance.choice(forged.tables[table])[0]
    rows = raw.execute(f'SELECT rowid, "{column}" FROM "{table}"').fetchall()
    (one, first), (other, second) = chance.choice(rows), chance.choice(rows)
    update = f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?'
    if first == second:
        raise _NothingDone
    raw.execute(update, [second, one])
    raw.execute(update, [first, other])
    return f"{table}.{column}"


def _reordered(raw, _forged, chance):
    """Two entries of the trail stand in each other's place."""
    numbers = [seq for (seq,) in raw.execute("SELECT seq FROM entry")]
    one, other = chance.sample(numbers, 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        raw.execute("UPDATE entry SET seq = ? WHERE seq = ?", [new, old])
    return f"{one} and {other}"


def _closed_up(raw, _forged, chance):
    """An entry is gone, and those after it are numbered anew."""
    last = raw.execute("SELECT max(seq) FROM entry").fetchone()[0]
    at = chance.randrange(1, last)
    raw.execute("DELETE FROM entry WHERE seq = ?", [at])
    for seq in range(at + 1, last + 1):
        raw.execute("UPDATE entry SET seq = ? WHERE seq = ?", [seq - 1, seq])
    return f"{at} of {last}"


def _cut_off(raw, _forged, chance):
    """The newest entries are gone; the records stay."""
    last = raw.execute("SELECT max(seq) FROM entry").fetchone()[0]
    at = chance.randrange(1, last)
    raw.execute("DELETE FROM entry WHERE seq > ?", [at])
    return f"after {at} of {last}"


def _made_anew(raw, forged, chance):
    """All keys of the file: an entry says something else, and all seals are anew."""
    sealed = raw.execute("SELECT max(seq) FROM trail_seal").fetchone()[0]
    at = chance.randrange(1, sealed + 1)
    column = chance.choice(("reason", "actor", "at", "workstation", "changes"))
    before = raw.execute(f"SELECT {column} FROM entry WHERE seq = ?", [at]).fetchone()[
        0
    ]
    after = _elsewhere(column, before)
    raw.execute(f"UPDATE entry SET {column} = ? WHERE seq = ?", [after, at])
    engine = sa.create_engine(
        "sqlite://", module=dbapi2, creator=lambda: raw, poolclass=sa.pool.StaticPool
    )
    head = chain.GENESIS
    with engine.connect() as connection:
        query = sa.select(entry).order_by(entry.c.seq)
        for row in connection.execute(query).mappings().all():
            head = chain.seal(forged.secret, head, row)
            raw.execute("UPDATE entry SET head = ? WHERE seq = ?", [head, row["seq"]])
        connection.commit()
    return f"{column} of {at}, under the seal of {sealed}"


def _elsewhere(column, before):
    """What a forger would rather have there: it reads as well as what was."""
    if column == "at":
        return before.replace("2026-", "2025-", 1)
    if column == "changes":
        return before.replace("架空", "仮名", 1) if "架空" in before else "{}"
    return f"{before}x"


def _signature(raw, _forged, chance):
    """A signature says something else, is gone, or was never given."""
    rows = raw.execute("SELECT * FROM signature").fetchall()
    names = [one[0] for one in raw.execute("SELECT * FROM signature").description]
    row = dict(zip(names, chance.choice(rows), strict=True))
    way = chance.randrange(3)
    if way == 0:
        raw.execute("DELETE FROM signature WHERE id = ?", [row["id"]])
    elif way == 1:
        column = chance.choice([name for name in names if name != "id"])
        raw.execute(
            f'UPDATE signature SET "{column}" = ? WHERE id = ?',
            [_other(row[column], chance), row["id"]],
        )
    else:
        row |= {"id": "forged", "meaning": "approved", "name": "架空 承認者"}
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        raw.execute(
            f"INSERT INTO signature ({columns}) VALUES ({marks})", list(row.values())
        )
    return ("gone", "changed", "forged")[way]


#: Each with its share of all.
_EDITS = {
    _value: 0.35,
    _gone: 0.12,
    _added: 0.08,
    _swapped: 0.1,
    _reordered: 0.06,
    _closed_up: 0.04,
    _cut_off: 0.05,
    _made_anew: 0.05,
    _signature: 0.1,
}


class _NothingDone(Exception):
    """The edit that chance made is none."""


def family(folder, count, chance):
    """`count` edits in all."""
    forged = Forged(folder)
    for edit, share in _EDITS.items():
        seen = Seen(edit.__doc__.strip().rstrip("."))
        while seen.tried < max(int(count * share), 1):
            _try(forged, edit, chance, seen)
        yield seen
    yield _put_back(forged, max(int(count * 0.05), 1), chance)


def _try(forged, edit, chance, seen):
    try:
        with forged.unprotected() as raw:
            what = edit(raw, forged, chance)
            changed = raw.total_changes
    except (_NothingDone, dbapi2.IntegrityError):
        return  # the same value, or one that the tables do not take: another one
    assert changed
    try:
        told = forged.told()
    except Exception as error:
        seen.failed(f"{what}: {type(error).__name__}: {error}")
    else:
        seen.expect(told, told, f"{what}: nobody noticed")


def _put_back(forged, count, chance):
    """All tables as they were, inside the file of today."""
    seen = Seen("Everything as it was once, put back: against the head in a report")
    for _ in range(count):
        then = chance.randrange(TURNS - 1)
        older = forged.path.with_name("older")
        older.write_bytes(forged.states[then])
        with forged.unprotected() as raw:
            raw.execute(
                f"ATTACH ? AS older KEY \"x'{forged.key.hex()}'\"", [str(older)]
            )
            for table in forged.tables:
                raw.execute(f'DELETE FROM main."{table}"')
                copied = f'INSERT INTO main."{table}" SELECT * FROM older."{table}"'
                raw.execute(copied)
            raw.execute("DETACH older")
        desk = at_desk(forged.path)
        alone = verify(desk).problems
        told = {
            at: verify_report(desk, pdf).standing for at, pdf in enumerate(forged.pdfs)
        }
        desk.close()
        gone = {told[at] for at in range(then + 1, TURNS)}
        kept = {told[at] for at in range(then + 1)}
        well = gone == {Standing.TRAIL_SHORTER} and Standing.TRAIL_SHORTER not in kept
        how = "alone sound" if not alone else alone[0].key
        seen.expect(well, f"trail shorter, says verify of a later report ({how})", told)
    return seen
