"""One flipped bit anywhere in a file: told at opening or by verify, never read as true.

Most of a file is sealed page by page by SQLCipher (HMAC-SHA512). In the clear stand its
first 16 bytes and the area of the key slots, which has seals of its own.
"""

import os

from registry_app.domain.errors import RegistryError
from registry_app.services import registry, reports
from registry_app.services.subjects import SubjectQuery, open_subject, subject_ids
from registry_app.services.trail import trail_entries, verify
from registry_app.storage import database
from registry_app.storage.key_area import END, PAGE
from tests.builders import PASSWORD, USER, a_desk, at_desk
from tests.faults.deeds import JA, Kind, a_case, a_patient
from tests.faults.seen import Seen

SALT = 16


class Flipped:
    """A registry with a filed report and with free pages, and a backup of it."""

    def __init__(self, folder):
        self._path = folder / "site.registry"
        backup = folder / "backup.registry"
        desk = a_desk(self._path)
        subject = a_patient(desk)
        a_case(desk, subject)
        reports.make_report(desk, Kind.DISCLOSURE, (JA,))
        desk.close()
        self.free = _with_free_pages(self._path, desk.store.key)
        desk = at_desk(self._path)
        desk.store.back_up(backup)
        self._truth = _read(desk)
        assert verify(desk).problems == ()
        desk.close()
        self.file, self.backup = self._path.read_bytes(), backup.read_bytes()

    def run(self, content, bits, seen):
        """Flip each of these bits alone."""
        for bit in bits:
            changed = bytearray(content)
            changed[bit // 8] ^= 1 << bit % 8
            self._path.write_bytes(changed)
            try:
                outcome = self._told()
            except Exception as error:
                seen.failed(f"bit {bit}: {type(error).__name__}: {error}")
            else:
                seen.expect(outcome, outcome, f"bit {bit}: nobody noticed")
            for beside in self._path.parent.glob(f"{self._path.name}-*"):
                os.remove(beside)

    def _told(self):
        try:
            desk = registry.sign_in(self._path, USER, PASSWORD)
        except RegistryError as refusal:
            return f"refused at opening ({refusal})"
        try:
            try:
                if _read(desk) != self._truth:
                    return ""
                told = "found by verify"
            except RegistryError:
                told = "refused while reading, found by verify"
            found = verify(desk)
        finally:
            desk.close()
        if found.problems:
            return told
        return "noted by verify, read from the second copy" if found.notes else ""


def _with_free_pages(path, key):
    connection = database.connect(path, key)
    before = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute("CREATE TABLE passing (bytes BLOB)")
    connection.execute("INSERT INTO passing VALUES (randomblob(60000))")
    after = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute("DROP TABLE passing")
    assert connection.execute("PRAGMA freelist_count").fetchone()[0] >= after - before
    connection.close()
    return range(before * PAGE, after * PAGE)


def _read(desk):
    """All that a person can see of it."""
    ids = subject_ids(desk, SubjectQuery())
    files = [open_subject(desk, one) for one in ids]
    filed = [reports.filed_pdf(desk, one.id) for one in reports.issued(desk)]
    return files, filed, trail_entries(desk)


def family(folder, count, chance):
    """Every bit of the first bytes; `count` others all over the file and a backup."""
    flipped = Flipped(folder)
    shares = {
        "the first 16 bytes": (flipped.file, range(SALT), 0),
        "the key slots": (flipped.file, range(PAGE, END), count // 4),
        "free pages": (flipped.file, flipped.free, count // 8),
        "pages with data": (flipped.file, range(END, flipped.free.start), count // 4),
        "anywhere in the file": (flipped.file, range(len(flipped.file)), count // 8),
        "anywhere in a backup": (
            flipped.backup,
            range(len(flipped.backup)),
            count - count // 4 * 2 - count // 8 * 2,
        ),
    }
    for where, (content, place, share) in shares.items():
        bits = range(8 * place.start, 8 * place.stop)
        seen = Seen(f"a flipped bit: {where}")
        flipped.run(content, chance.sample(bits, share) if share else bits, seen)
        yield seen
