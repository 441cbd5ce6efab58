"""A process that gives the program one hostile input after the other.

`python -m tests.faults.fuzzer KIND FOLDER COUNT SEED` prints what became of them, as
JSON. Each has five seconds; the memory of the process may rise by 300 MB at most.
"""

import hashlib
import json
import random
import resource
import signal
import struct
import sys
import traceback
from collections import Counter
from pathlib import Path

from registry_app.domain.errors import RegistryError
from registry_app.domain.report import Kind
from registry_app.packs.loader import read_folder
from registry_app.services import registry
from registry_app.services.imports import import_file
from registry_app.services.trail import verify
from registry_app.services.verifying import verify_report
from registry_app.storage.key_area import END, PAGE
from registry_app.words import Language, Words
from tests.builders import PASSWORD, USER, a_desk
from tests.import_files import a_row, an_object, csv_bytes, jsonl_bytes, xlsx_bytes
from tests.services.report_room import a_patient, made

SECONDS = 5
MOST_KIB = 300 * 1024
LINES = 50
SPOKEN = [Words(language) for language in Language]
#: What programs stumble over, in place of a value.
ODD = (
    *(b"", b"\0", b"\xff", b"\xef\xbb\xbf", b"\r", b"\n\n", b'"', b'"""', b"'", b"\\"),
    *(
        b"[" * 3000,
        b"{" * 3000,
        b'{"a":' * 900,
        b"]",
        b"}",
        b",",
        b"=",
        b"=cmd|' /C'!A0",
    ),
    *(
        b"9" * 5000,
        b"1e999",
        b"-0",
        b"NaN",
        b"Infinity",
        b"null",
        b"true",
        b"[]",
        b"{}",
    ),
    *(
        b"0001-01-01",
        b"9999-12-31",
        b"2026-02-30",
        b"NT**",
        b"5*",
        b"\\ud800",
        b"\\u0000",
    ),
    *("Ａ１".encode(), "あ゙".encode(), "\u202e".encode(), "𠮷".encode(), b"x" * 70_000),
    *(
        "架空".encode("cp932"),
        "架空".encode("utf-16"),
        b"%s%n{0}{x}",
        b"../../x",
        b"\x1b[2J",
    ),
)


def mutated(data, chance):
    """Some bytes are others, gone, twice there, or replaced by what is odd."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        at = chance.randrange(len(changed) + 1)
        until = min(at + chance.choice((1, 2, 4, 16, 200)), len(changed))
        way = chance.randrange(6)
        if way == 0 and at < len(changed):
            changed[at] ^= 1 << chance.randrange(8)
        elif way == 1:
            del changed[at:until]
        elif way == 2:
            changed[at:at] = changed[at:until] * chance.choice((1, 2, 40))
        elif way == 3:
            changed[at:until] = chance.choice(ODD)
        elif way == 4:
            changed[at:until] = chance.randbytes(until - at)
        elif chance.random() < 0.1:
            del changed[at:]
    return bytes(changed)


class Hostile:
    """What the inputs are given to."""

    def __init__(self, folder, chance):
        self.folder, self.chance = folder, chance

    def lines(self, suffix, whole):
        """A file of fuzzed lines, imported (now and then for good)."""
        desk = a_desk(self.folder / f"into-{suffix}.registry")
        head, *rows = whole
        path = self.folder / f"rows.{suffix}"
        while True:
            fuzzed = [
                mutated(self.chance.choice(rows), self.chance) for _ in range(LINES)
            ]
            first = mutated(head, self.chance) if self.chance.random() < 0.1 else head
            path.write_bytes(first + b"\n".join(fuzzed))
            yield LINES
            done = import_file(desk, path, dry_run=self.chance.random() < 0.9)
            for problem in done.problems[:20]:
                said(problem.message)
            self.outcome = "refused, line by line" if done.problems else "taken in"

    def jsonl(self):
        """Lines of JSON."""
        objects = [an_object(patient=f"P-{n}") for n in range(8)]
        yield from self.lines("jsonl", [b"", *jsonl_bytes(*objects).splitlines()])

    def csv(self):
        """Lines of CSV."""
        rows = [a_row(patient=f"P-{n}") for n in range(8)]
        head, *lines = csv_bytes(*rows).splitlines()
        yield from self.lines("csv", [head + b"\n", *lines])

    def xlsx(self):
        """Workbooks: odd cells, and broken bytes."""
        desk = a_desk(self.folder / "into-xlsx.registry")
        path = self.folder / "rows.xlsx"
        sound = xlsx_bytes(*(a_row(patient=f"P-{n}") for n in range(10)))
        while True:
            if self.chance.random() < 0.7:
                path.write_bytes(mutated(sound, self.chance))
            else:
                rows = [a_row(patient=f"P-{n}") for n in range(10)]
                for row in rows:
                    row[self.chance.choice(list(row))] = self.cell()
                path.write_bytes(xlsx_bytes(*rows))
            yield 10
            done = import_file(desk, path, dry_run=True)
            for problem in done.problems[:20]:
                said(problem.message)
            self.outcome = "refused, cell by cell" if done.problems else "taken in"

    def cell(self):
        """A value that a workbook can hold."""
        text = self.chance.choice(ODD).decode("utf-8", "replace")
        text = "".join(one for one in text if one.isprintable())[:30_000]
        return self.chance.choice((text, -1, 1e300, 0.1, True, "=1+1", None))

    def packs(self):
        """Protocol packs."""
        tests = Path(__file__).parent.parent / "packs"
        sources = [
            path.read_bytes() for path in sorted((tests / "broken").glob("*.toml"))
        ]
        base = (tests / "base.toml").read_bytes()
        place = self.folder / "base"
        place.mkdir()
        while True:
            other = mutated(self.chance.choice(sources), self.chance)
            whole = self.chance.random() < 0.5
            (place / "pack.toml").write_bytes(
                mutated(base, self.chance) if whole else base
            )
            (place / "more.toml").write_bytes(b"" if whole else other)
            yield 1
            _, problems = read_folder(place)
            for problem in problems[:20]:
                said(problem.said)
            self.outcome = "refused, with the place" if problems else "read"

    def backups(self):
        """Registries and backups to sign in to."""
        desk = a_desk(self.folder / "whole.registry")
        a_patient(desk)
        desk.close()
        sound = desk.path.read_bytes()
        path = self.folder / "some.registry"
        while True:
            path.write_bytes(self.registry(sound))
            for beside in self.folder.glob("some.registry-*"):
                beside.unlink()
            yield 1
            try:
                registry.look_at(path)
                opened = registry.sign_in(path, USER, PASSWORD)
            except RegistryError as refusal:
                said(refusal.message)
                self.outcome = "refused"
                continue
            try:
                found = verify(opened)
                self.outcome = "opened, found by verify" if found.problems else "opened"
                for problem in found.problems[:20]:
                    said(problem)
            finally:
                opened.close()

    def registry(self, sound):
        """Broken anywhere; or key slots that are sealed well and say odd things."""
        if self.chance.random() < 0.5:
            return mutated(sound, self.chance)
        head = struct.Struct(">8sQI32s")
        magic, sequence, length, _ = head.unpack_from(sound, PAGE)
        body = sound[PAGE + head.size : PAGE + head.size + length]
        area = json.loads(body)
        if self.chance.random() < 0.7:
            self.odd_value(area)
            body = json.dumps(area).encode()
        else:
            body = mutated(body, self.chance)
        half = (END - PAGE) // 2
        digest = hashlib.sha256(sequence.to_bytes(8, "big") + body).digest()
        copy = head.pack(magic, sequence, len(body), digest) + body
        copy = copy[:half].ljust(half, b"\0")
        return sound[:PAGE] + copy * 2 + sound[END:]

    def odd_value(self, tree):
        """One value somewhere in a tree is another."""
        while True:
            keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
            if not keys:
                return
            key = self.chance.choice(keys)
            if isinstance(tree[key], dict | list) and self.chance.random() < 0.8:
                tree = tree[key]
                continue
            odd = (None, "", 0, -1, 2**70, 1.5, [], {}, "x" * 9, True, "AAAA", [[1]])
            tree[key] = self.chance.choice(odd)
            return

    def pdfs(self):
        """PDFs for verify."""
        desk = a_desk(self.folder / "verify.registry")
        subject = a_patient(desk)
        filed = made(desk, Kind.DISCLOSURE, subject).pdf
        draft = made(desk, Kind.PATIENT_SUMMARY, subject, draft=True).pdf
        while True:
            pdf = self.chance.choice((filed, filed, draft))
            if self.chance.random() < 0.2:
                pdf += mutated(self.chance.choice((filed, draft))[-3000:], self.chance)
            else:
                pdf = mutated(pdf, self.chance)
            yield 1
            try:
                self.outcome = verify_report(desk, pdf).standing
                if self.outcome == "same" and pdf not in (filed, draft):
                    raise AssertionError("a changed file is called the same")
            except RegistryError as refusal:
                said(refusal.message)
                self.outcome = "refused"


def said(message):
    """It can be said, in both languages."""
    for words in SPOKEN:
        if not words.say(message).strip():
            raise AssertionError(message)


class Hung(BaseException):
    """An input took longer than it may."""


def _hung(*_):
    raise Hung


def main(kind, folder, count, seed):
    """Outcomes and failures of so many inputs."""
    hostile = Hostile(Path(folder), random.Random(f"{seed} {kind}"))
    outcomes, failures, most, warm = Counter(), [], 0, 0
    signal.signal(signal.SIGALRM, _hung)
    inputs = getattr(hostile, kind)()
    size = next(inputs)
    while sum(outcomes.values()) < count:
        if sum(outcomes.values()) >= min(count // 20, 200) and not warm:
            warm = _memory()
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        lost = None
        try:
            size, tried = next(inputs), size
            outcomes[hostile.outcome] += tried
        except Hung:
            lost = f"more than {SECONDS} s"
        except Exception:
            lost = traceback.format_exc()[-1500:]
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if lost is not None:
            outcomes["FAILED"] += size
            failures.append(lost)
            inputs = None
            break
        most = max(most, _memory() - warm if warm else 0)
    if most > MOST_KIB:
        failures.append(f"the memory rose by {most // 1024} MB")
    return {"outcomes": outcomes, "failures": failures, "mb": most // 1024}


def _memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    told = main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    json.dump(told, sys.stdout)
