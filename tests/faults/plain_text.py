"""No plain text on the disk: a day's work, and then every file is searched for it.

What a person wrote out on purpose (a PDF, an export) lies in a folder of its own, as
does the file that was imported: these are not searched.
"""

import base64
import json
import os
import select
import signal
import subprocess
import sys
import unicodedata

from registry_app.paths import ROOT
from tests.builders import PASSWORD, USER
from tests.faults.seen import Seen
from tests.import_files import an_object, jsonl_bytes

#: By services, what the command line has no word for; and a bug with all of it at hand.
DAY = """
import json, os, sys
from dataclasses import replace
from pathlib import Path
from registry_app.services import enrolment, exams, registry, subjects
from registry_app.services.subjects import SubjectQuery
from registry_app.ui import problems
from tests.builders import an_enrolment, a_draft, INJURY
from tests.services.report_room import a_case
marks = json.loads(sys.argv[2])
desk = registry.sign_in(Path(sys.argv[1]), sys.argv[3], os.environ["REGISTRY_PASSWORD"])
while marks:
    family, kana, number, told, why, *marks = marks
    subject = enrolment.enrol(desk, an_enrolment(
        family=family, family_kana=kana, hospital_number=number))
    form = exams.complete_exam(desk, a_draft(desk, subject))
    form = exams.save_exam(desk, replace(form, comment=told), why)
    a_case(desk, subject)
    subjects.subject_ids(desk, SubjectQuery(text=family))
desk.store.back_up(Path(sys.argv[1]).with_name(f"copy-{os.getpid()}.registry"))
print("busy", flush=True)
problems.start_log(Path(os.environ["XDG_STATE_HOME"]))
try:
    raise ValueError(f"{family} {kana} {number} {told} {why}")
except ValueError as error:
    problems.Problems(lambda report: None, lambda refusal: None)._tell(error)
if len(sys.argv) > 4:
    while True:
        form = exams.save_exam(desk, replace(form, comment=told + "!"), why)
        form = exams.save_exam(desk, replace(form, comment=told), why)
        print("saved", flush=True)
desk.close()
"""
PER_PERSON = 5


def marks(count, chance):
    """Names, kana, numbers and narratives that stand nowhere else."""
    kana = "アイウエオカキクケコサシスセソタチツテトナニヌネノガギグゲゴ"
    kanji = "架空標識患者氏名経過所見転帰既往搬送痛覚触覚神経髄節"
    found = []
    for at in range(count):
        kind = at % PER_PERSON
        if kind in (0, 3, 4):
            word = "".join(chance.choice(kanji) for _ in range(8 if kind == 0 else 12))
        elif kind == 1:
            word = "".join(chance.choice(kana) for _ in range(9))
        else:
            word = f"H-{chance.randrange(10**9):09d}"
        found.append(word)
    return found


def spellings(mark):
    """The bytes in which a text could lie somewhere."""
    for form in ("NFC", "NFD", "NFKC"):
        text = unicodedata.normalize(form, mark)
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc-jp"):
            try:
                yield text.encode(encoding)
            except UnicodeEncodeError:
                continue
        yield json.dumps(text).strip('"').encode()
        yield base64.b64encode(text.encode())


def found_in(folders, needles):
    """Every file that holds one of them, and how many files were searched."""
    found, searched = [], 0
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = os.fsencode(str(path))
            content = path.read_bytes() if path.is_file() else b""
            searched += path.is_file()
            if any(needle in content or needle in name for needle in needles):
                found.append(f"{path.relative_to(folder)}")
    return found, searched


class _Day:
    def __init__(self, folder, marks):
        self.folder, self.marks = folder, marks
        self.needles = {one for mark in marks for one in spellings(mark)}
        names = ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
        names += ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
        self.places = {name: folder / "own" / name for name in names}
        for place in (*self.places.values(), folder / "work", folder / "out"):
            place.mkdir(parents=True)
        self.places["HOME"].chmod(0o700)
        self.path = folder / "work" / "site.registry"
        self.environ = {
            **os.environ,
            **{name: str(place) for name, place in self.places.items()},
            "REGISTRY_PASSWORD": PASSWORD,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
        }

    def command(self, *words):
        """The program, started from the folder of the registry."""
        return subprocess.run(
            [sys.executable, "-m", "registry_app", *map(str, words)],
            cwd=self.folder / "work",
            env=self.environ,
            capture_output=True,
        )

    def services(self, *more):
        """DAY, as a process."""
        told = json.dumps(self.marks[:PER_PERSON] if more else self.marks)
        return subprocess.Popen(
            [sys.executable, "-c", DAY, self.path, told, USER, *more],
            cwd=self.folder / "work",
            env=self.environ,
            stdout=subprocess.PIPE,
            text=True,
        )

    def searched(self, what, commands):
        """Whether nothing is left behind by these commands."""
        seen = Seen(what)
        for words in commands:
            done = self.command(*words)
            # A file that is not ours, and one with a mistake, end with 1.
            well = done.returncode in (0, 1) and b"Traceback" not in done.stderr
            self.seen(seen, well, done.stderr.decode()[-800:])
        return seen

    def seen(self, seen, well, about=""):
        """Search the registry's folder and all that belongs to a user."""
        places = [self.folder / "own", self.folder / "work"]
        found, searched = found_in(places, self.needles)
        seen.expect(
            well and searched and not found,
            f"none of {len(self.marks)} marks in any file",
            f"{seen.what}: {found} {about}",
        )
        return seen


def family(folder, count, chance):
    """`count` marks: words that lie in one registry and nowhere else."""
    day = _Day(folder, marks(count - count % PER_PERSON, chance))
    create = ("create", day.path, "--pack", "msc-iv-sci", "--site", "SAP")
    yield day.searched("a new registry", [(*create, "--user", USER)])
    source = folder / "out" / "rows.jsonl"
    rows = [
        an_object(patient=number, assessor=family)
        for family, _, number, *_ in _by_person(day.marks)
    ]
    source.write_bytes(jsonl_bytes(*rows))
    broken = source.with_name("broken.jsonl")
    broken.write_bytes(source.read_bytes().replace(b"2026-01-10", b"2026-13-10"))
    commands = [("import", day.path, one) for one in (broken, source)]
    yield day.searched("patients and exams are imported, or refused", commands)
    seen = Seen("a day: people, exams, cases, a search, a backup, a crash report")
    work = day.services()
    work.communicate()
    yield day.seen(seen, work.returncode == 0)
    out = folder / "out"
    commands = [
        ("due", day.path, "--json"),
        ("safety", day.path),
        ("report", day.path, "R1", "-o", out / "r1.pdf"),
        ("report", day.path, "R6", "--identifiable", "-o", out / "r6.pdf"),
        ("export", day.path, "ics", "-o", out / "all.ics"),
        ("verify", day.path),
        ("verify", day.path, out / "r1.pdf"),
        ("verify", day.path, source),
    ]
    yield day.searched("reports, a calendar, checks by the command line", commands)
    seen = Seen("killed while it saves, and searched before anybody opens it again")
    for _ in range(max(count // 20, 1)):
        work = day.services("on")
        assert "saved\n" in iter(work.stdout.readline, ""), "nothing was saved"
        select.select([], [], [], chance.uniform(0, 0.1))
        work.send_signal(signal.SIGKILL)
        work.communicate()
        day.seen(seen, day.path.with_name(f"{day.path.name}-wal").exists())
    yield seen
    seen = Seen("and after it was opened and closed")
    checked = day.command("verify", day.path)
    yield day.seen(seen, checked.returncode == 0)


def _by_person(marks):
    return [marks[at : at + PER_PERSON] for at in range(0, len(marks), PER_PERSON)]
