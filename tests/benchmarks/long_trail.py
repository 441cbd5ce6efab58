"""A registry with a trail of millions of entries, each sealed and with its record.

Written straight into the tables, many rows at a time: the program itself would take
hours. `verify` finds nothing wrong with what comes out.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import sqlalchemy as sa

from registry_app.domain.access import Access, Act
from registry_app.domain.course import Contact, ContactOutcome, ContactWay
from registry_app.domain.kept_draft import KeptDraft
from registry_app.domain.subject import Arm
from registry_app.domain.trail import differences
from registry_app.domain.trouble import SignInTrouble
from registry_app.services.program import program
from registry_app.storage import database, trail
from registry_app.storage.derived import ENGINE
from registry_app.storage.kinds import OF_TYPE
from registry_app.storage.prepared import Prepared
from registry_app.storage.tables import canonical, entry
from registry_app.storage.trail import FORM
from tests.builders import CHEAP, a_registry, a_subject

SUBJECTS, LOT = 200, 20_000
FIRST, LAST = datetime(2019, 4, 1, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC)
PEOPLE = ("kato", "sato", "suzuki", "takahashi", "tanaka", "ito", "yamamoto", "mori")
#: In the reason of one entry in about a million.
RARE = "letter of the 架空 hospital"
REASONS = ("misread", "copied from the chart", "asked by telephone", "second reading")
ITEMS = tuple(f"field-{n}" for n in range(40))


def a_long_trail(path, entries):
    """Make the file, with about so many entries; its desk is closed."""
    desk = a_registry(path, clock=lambda: FIRST, cost=CHEAP)
    cases = [_case(desk, n) for n in range(SUBJECTS)]
    key = desk.store.secrets
    with desk.read() as reading:
        end = trail.newest(reading.connection, desk.registry.site)
    desk.close()
    raw = database.connect(path, key.data)
    raw.execute("PRAGMA cache_size = -200000")
    raw.execute("PRAGMA synchronous = OFF")
    writing = _Writing(raw, key.trail, desk.registry.site, end, entries)
    writing.fill(cases)
    raw.close()
    database.fold(path, key.data)
    return path


def _case(desk, n):
    day = date(2018, 11, 1)
    told = {"injury_date": day, "birth_date": None, "treatment_date": None}
    return a_subject(desk, arm=Arm.COMPARISON, hospital_number=f"{n:07}", **told).id


class _Raw:
    """A driver's connection, as `Prepared` wants it."""

    def __init__(self, driver):
        self.dialect = sa.create_engine("sqlite://").dialect
        self.connection = self
        self.driver_connection = driver


class _Writing:
    def __init__(self, raw, key, chain, end, entries):
        self.raw, self.key, self.chain = raw, key, chain
        self.seq, self.head = end.seq, end.head
        self.wanted = entries
        self.step = (LAST - FIRST) / (entries + 1)
        self.random = Random(1)
        self.entries, self.rows, self.known = [], {}, {}
        self.connection = _Raw(raw)
        self.insert = Prepared(entry.insert())
        self.program = program()

    def fill(self, cases):
        random, drafts = self.random, []
        self.raw.execute("BEGIN")
        while self.seq < self.wanted:
            who, at = random.choice(PEOPLE), self.at
            case, draw = random.choice(cases), random.random()
            if draw < 0.55:
                what, act = "patient:" + case, Act.OPENED
                if draw < 0.1:
                    what, act = "7", Act.SEARCHED
                new = Access(f"a{self.seq:09}", who, at, act, what, case)
                self.save(new, {}, who, "")
            elif len(drafts) < min(20_000, self.wanted // 20):
                values = dict.fromkeys(ITEMS[:20], "1")
                name = f"d{len(drafts):09}"
                new = KeptDraft(name, who, "contact", "", case, values, at)
                drafts.append((new, self.save(new, {}, who, "")))
            elif draw < 0.9:
                place = random.randrange(len(drafts))
                old, plain = drafts[place]
                values = dict(old.values)
                for item in random.sample(ITEMS, 3):
                    values[item] = str(random.randrange(1_000))
                reason = random.choice(REASONS) if draw < 0.8 else ""
                if self.seq % 1_000_003 < 3:
                    reason = RARE
                new = replace(old, values=values, at=at, version=old.version + 1)
                drafts[place] = new, self.save(new, plain, who, reason)
            elif draw < 0.9001:
                trouble = SignInTrouble(f"t{self.seq:09}", who, 2, at)
                self.save(trouble, {}, who, "")
            else:
                on = date(2019, 5, 1) + timedelta(days=self.seq % 2_500)
                way, came = ContactWay.PHONE, ContactOutcome.REACHED
                new = Contact(f"c{self.seq:09}", case, on, way, came, who)
                self.save(new, {}, who, "")
            if len(self.entries) >= LOT:
                self.flush()
        self.flush()
        self.raw.execute("COMMIT")

    @property
    def at(self):
        return FIRST + self.step * self.seq + timedelta(seconds=120)

    def save(self, record, before, who, reason):
        kind = OF_TYPE[type(record)]
        plain = kind.plain(record)
        changes = differences(before, plain)
        row = {
            "chain": self.chain,
            "seq": self.seq + 1,
            "at": self.at,
            "actor": who,
            "workstation": "ward-1",
            "program": self.program,
            "engine": ENGINE,
            "kind": kind.name,
            "record_id": record.id,
            "version": record.version + 1,
            "changes": canonical(changes),
            "reason": reason,
            "state": trail.state(plain, FORM),
            "form": FORM,
        }
        row["head"] = self.head = trail.seal(self.key, self.head, row)
        self.seq += 1
        self.entries.append(row)
        texts = {name: canonical(value) for name, value in plain.items()}
        stored = {**kind.row(record, texts), "version": record.version + 1}
        self.rows.setdefault(kind.name, {})[record.id] = stored
        return plain

    def flush(self):
        """Everything of this lot: what is saved twice in it is written once."""
        self.insert.run_many(self.connection, self.entries)
        for kind in OF_TYPE.values():
            rows = self.rows.get(kind.name, {}).values()
            kind.insert.run_many(
                self.connection, [row for row in rows if self._new(row)]
            )
            for row in rows:
                if not self._new(row):
                    told = {**row, "this": row["id"], "known": self.known[row["id"]]}
                    kind.update.run(self.connection, told)
                if kind.name == "kept_draft":  # the rest is written once
                    self.known[row["id"]] = row["version"]
        self.entries, self.rows = [], {}

    def _new(self, row):
        return row["id"] not in self.known
