"""kill -9 at any moment, a full disk: what was said to be saved is there."""

import os
import random
import signal
import subprocess
import sys

from registry_app.paths import ROOT
from registry_app.services import registry, trail
from registry_app.services.subjects import SubjectQuery, open_subject, subject_ids
from tests.builders import (
    PASSWORD,
    USER,
    a_draft,
    a_registry,
    a_sheet,
    a_subject,
    at_desk,
)

KILLS = 60
#: For each line it reads, forks a writer: that saves an exam over and over and says so
#: after each save, and enrols somebody now and then, until it is killed.
NURSERY = """
import os, sys
from dataclasses import replace
from pathlib import Path
from registry_app.services import exams, registry, subjects
from tests.builders import a_sheet, a_subject, an_exam

def say(what):
    os.write(1, f"{what}\\n".encode())

def write():
    say(os.getpid())
    desk = registry.sign_in(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
    form = subjects.open_subject(desk, sys.argv[4]).exams[0].form
    turn = int(form.comment or 0)
    say("open")
    while True:
        turn += 1
        values = a_sheet(R_LT_C2=str(turn % 3), L_M_S1=str(turn % 6))
        form = exams.save_exam(desk, replace(form, comment=str(turn), values=values))
        say(f"saved {turn}")
        if turn % 7 == 0:
            subject = a_subject(desk)
            an_exam(desk, subject)
            say(f"enrolled {subject.id}")

for _ in sys.stdin:
    child = os.fork()
    if not child:
        write()
    os.waitpid(child, 0)
    say("dead")
"""


def test_what_was_said_to_be_saved_survives_being_killed(tmp_path):
    path = tmp_path / "site.registry"
    desk = a_registry(path)
    subject = a_subject(desk)
    a_draft(desk, subject)
    desk.close()
    nursery = subprocess.Popen(
        [sys.executable, "-c", NURSERY, path, USER, PASSWORD, subject.id],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        cwd=ROOT,
    )
    chance = random.Random(20260401)
    saved, enrolled = 0, set()
    for _ in range(KILLS):
        nursery.stdin.write("another\n")
        writer = int(nursery.stdout.readline())
        # At a random moment of signing in, or of a random save.
        said = [nursery.stdout.readline() for _ in range(chance.randrange(10))]
        _linger(chance.randrange(20_000))
        os.kill(writer, signal.SIGKILL)
        said += iter(nursery.stdout.readline, "dead\n")
        for line in said:
            what, _, which = line.strip().partition(" ")
            if what == "saved":
                saved = int(which)
            elif what == "enrolled":
                enrolled.add(which)

        desk = at_desk(path)
        form = open_subject(desk, subject.id).exams[0].form
        there = int(form.comment or 0)
        assert saved <= there <= saved + 1
        assert enrolled <= set(subject_ids(desk, SubjectQuery()))
        if there:
            sheet = a_sheet(R_LT_C2=str(there % 3), L_M_S1=str(there % 6))
            assert form.values == sheet
        assert trail.verify(desk).problems == ()
        saved = there
        desk.close()
    nursery.communicate()
    assert saved > KILLS
    assert registry.look_at(path).users == (USER,)


def _linger(rounds):
    """A moment that is not a whole number of saves."""
    for _ in range(rounds):
        pass


def test_a_registry_killed_while_it_is_made_is_not_half_there(tmp_path):
    program = """
import os, signal, sys
from pathlib import Path
from registry_app.storage import database, new_file
from tests.builders import a_registry
def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(database if sys.argv[2] == "reserve" else new_file, sys.argv[2], killed)
a_registry(Path(sys.argv[1]))
"""
    for step in ("reserve", "_fill", "make_tables", "sync", "sync_folder"):
        path = tmp_path / step / "site.registry"
        path.parent.mkdir()
        made = subprocess.run([sys.executable, "-c", program, path, step], cwd=ROOT)
        assert made.returncode == -signal.SIGKILL
        if step == "sync_folder":
            at_desk(path).close()
        else:
            assert path.read_bytes() == b""  # the name is taken, and nothing is in it
            path.unlink()
            a_registry(path).close()


def test_a_full_disk_is_told_and_loses_nothing(tmp_path):
    path = tmp_path / "site.registry"
    program = """
import resource, signal, sys
from dataclasses import replace
from pathlib import Path
from registry_app.domain.errors import Refused
from registry_app.services import exams, trail
from tests.builders import *
desk = a_registry(Path(sys.argv[1]))
form = a_draft(desk, a_subject(desk))
limit = 200_000
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
refused, saved = "", 0
for turn in range(500):
    try:
        values = a_sheet(R_LT_C2=str(turn % 3))
        form = exams.save_exam(desk, replace(form, values=values))
        saved = turn
    except Refused as refusal:
        refused = str(refusal)
        break
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
assert refused in ("storage.disk-full", "storage.disk-error"), refused
again = exams.save_exam(desk, replace(form, comment="again"))
assert again.comment == "again"
assert trail.verify(desk).problems == ()
desk.close()
at_desk(Path(sys.argv[1])).close()
"""
    done = subprocess.run([sys.executable, "-c", program, path], cwd=ROOT)
    assert done.returncode == 0


def test_a_disk_that_is_full_from_the_start_leaves_nothing_behind(tmp_path):
    """At every size at which making, opening or copying a registry can fail."""
    program = """
import resource, signal, sys
from pathlib import Path
from registry_app.domain.errors import Refused
from tests.builders import a_registry, at_desk
folder, refused = Path(sys.argv[1]), set()
whole = folder / "whole.registry"
a_registry(whole).close()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def seen():
    return sorted(path.name for path in folder.iterdir()), whole.read_bytes()
def limited(limit, done):
    before = seen()
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        done()
    except Refused as refusal:
        refused.add(str(refusal))
    else:
        raise AssertionError(limit)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    assert seen() == before, limit
for limit in range(0, whole.stat().st_size - 4096, 12_000):
    limited(limit, lambda: a_registry(folder / "new.registry"))
limited(10, lambda: at_desk(whole))
desk = at_desk(whole)
for limit in (100, 100_000):
    limited(limit, lambda: desk.store.back_up(folder / "copy.registry"))
desk.close()
assert refused <= {"storage.disk-full", "storage.disk-error"}, refused
"""
    done = subprocess.run([sys.executable, "-c", program, tmp_path], cwd=ROOT)
    assert done.returncode == 0
