"""Two programs at one file, locks left behind, clocks and time zones, long pauses."""

import os
import select
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from registry_app.domain.errors import RegistryError
from registry_app.paths import ROOT
from registry_app.services import exams, registry
from registry_app.services.subjects import SubjectQuery, open_subject, subject_ids
from registry_app.services.trail import trail_entries, verify
from registry_app.words import Language, Words
from tests.builders import PASSWORD, USER, at_desk
from tests.faults.deeds import furnish, lost
from tests.faults.interrupted import FILE
from tests.faults.seen import Seen

#: Opens the file, saves an exam over and over and says so, until its input ends.
HOLDER = """
import os, select, sys
from time import time_ns
from pathlib import Path
from tests.faults.meeting import signed_in, written
desk = signed_in(Path(sys.argv[1]))
print("open", flush=True)
while not select.select([sys.stdin], [], [], 0)[0]:
    print("saved", *written(desk, time_ns()), flush=True)
desk.close()
"""
ZONES = ("Asia/Tokyo", "UTC", "Pacific/Kiritimati", "America/St_Johns", "Etc/GMT+12")


def signed_in(path, clock=None):
    """By the clock of this computer, or another one."""
    told = {} if clock is None else {"clock": clock}
    return registry.sign_in(path, USER, PASSWORD, **told)


def written(desk, turn):
    """The draft of the last one enrolled is saved; its identity, and what it says."""
    subject = subject_ids(desk, SubjectQuery())[-1]
    form = open_subject(desk, subject).exams[-1].form
    form = exams.save_exam(desk, replace(form, comment=f"{turn}"))
    return form.id, form.comment


@contextmanager
def _held(path, **environ):
    """Another process has the file open and writes; what it said so far."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environ},
    )
    assert process.stdout.readline() == "open\n"
    said = [process.stdout.readline().strip()]
    try:
        yield process, said
    finally:
        rest, _ = process.communicate("\n" if process.poll() is None else None)
        said += rest.splitlines()


def family(folder, count, chance):
    """Each way as often as the others."""
    path = folder / FILE
    furnish(path)
    for way in (_second, _left, _torn_note, _paused, _clocks, _jump, _zones):
        seen = Seen(way.__doc__.strip().rstrip("."))
        for _ in range(max(count // 7, 1)):
            try:
                outcome, wrong = way(path, chance)
                wrong = [*wrong, *lost(path, [])]
            except Exception as error:
                outcome, wrong = "", [f"{type(error).__name__}: {error}"]
            seen.expect(not wrong, outcome, f"{outcome} {wrong[:3]}")
        yield seen


def _refused(path):
    """The sentence that a second program says, and what is wrong with it."""
    try:
        signed_in(path).close()
    except RegistryError as refusal:
        sentences = [Words(one).say(refusal.message) for one in Language]
        return f"{refusal}", sentences
    return "", []


def _second(path, _chance):
    """A second program opens the file"""
    with _held(path) as (process, said):
        key, sentences = _refused(path)
    found = [
        f"not told: {part}"
        for part in (USER, os.uname().nodename, str(process.pid))
        for one in sentences
        if part not in one
    ]
    wrong = [] if key == "storage.open-by" else [key or "opened twice"]
    return "refused: who, where, since when", [*wrong, *found, *lost(path, said)]


def _left(path, _chance):
    """A program was killed and left its lock and its note"""
    with _held(path) as (process, said):
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    left = path.with_name(f"{path.name}.holder").exists()
    return "taken over at once", [*([] if left else ["no note"]), *lost(path, said)]


def _torn_note(path, chance):
    """A note of who holds the file that is torn, or of another machine"""
    note = path.with_name(f"{path.name}.holder")
    text = '{"who": "sato", "host": "ELSEWHERE", "pid": 1, "since": "2026-04-01 09:00"}'
    note.write_text(text[: chance.randrange(len(text) + 1)])
    path.with_name(f"{path.name}.lock").touch()
    key, _ = _refused(path)
    return "nobody holds the lock: opened", [key] if key else []


def _paused(path, chance):
    """The holder is stopped for a while (SIGSTOP), as in hibernation, and goes on"""
    with _held(path) as (process, said):
        os.kill(process.pid, signal.SIGSTOP)
        try:
            select.select([], [], [], chance.uniform(0.1, 2.0))
            key, _ = _refused(path)
        finally:
            os.kill(process.pid, signal.SIGCONT)
        said.append(process.stdout.readline().strip())
    wrong = [] if key == "storage.open-by" else [key or "opened twice"]
    return "refused meanwhile, nothing lost", [*wrong, *lost(path, said)]


def _later(path):
    """The time of the newest entry."""
    desk = at_desk(path)
    newest = trail_entries(desk, newest=1)[0].at
    desk.close()
    return newest


def _clocks(path, chance):
    """The clock was set back or forward between two sessions"""
    before = _later(path)
    moved = chance.choice((-1, 1)) * timedelta(minutes=chance.randrange(1, 10**7))
    now = max(before + moved, datetime(1970, 1, 2, tzinfo=UTC))
    return _written_at(path, lambda: now, chance, back=now < before)


def _jump(path, chance):
    """The clock jumps while the file is open"""
    before = _later(path)
    back = timedelta(days=chance.randrange(1, 4000))
    ticks = iter((before, before + timedelta(hours=1)))
    return _written_at(path, lambda: next(ticks, before - back), chance, back=True)


def _written_at(path, clock, chance, *, back):
    desk = signed_in(path, clock)
    said = " ".join(("saved", *written(desk, chance.randrange(10**6))))
    seq = trail_entries(desk, newest=1)[0].seq
    notes = verify(desk).notes
    desk.close()
    noted = any(
        note.key == "trail.clock-jumped" and note.params["seq"] == seq - 1
        for note in notes
    )
    wrong = [] if noted == back else [f"note: {noted}, back: {back}"]
    form, comment = said.split()[1:]
    desk = at_desk(path)
    subject = subject_ids(desk, SubjectQuery())[-1]
    there = open_subject(desk, subject).exams[-1].form
    desk.close()
    if (there.id, there.comment) != (form, comment):
        wrong.append("lost")
    return "written, and noted beside the entry" if back else "written", wrong


def _zones(path, chance):
    """The time zone changes between sessions (TZ)"""
    zone = chance.choice(ZONES)
    before = datetime.now(UTC) - timedelta(seconds=5)
    with _held(path, TZ=zone) as (_, said):
        pass
    desk = at_desk(path)
    newest = trail_entries(desk, newest=1)[0].at
    desk.close()
    well = before <= newest <= datetime.now(UTC) + timedelta(seconds=5)
    wrong = [] if well else [f"{zone}: {newest}"]
    return "the same moment in UTC", [*wrong, *lost(path, said)]
