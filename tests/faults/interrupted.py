"""Writers that are killed, or that the system refuses to write for."""

import contextlib
import errno
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from time import monotonic

from registry_app.paths import ROOT
from tests.faults.deeds import JOURNEYS, lost
from tests.faults.preload import Act, compiled

FILE = "site.registry"
ERRORS = {
    "no space": errno.ENOSPC,
    "input/output error": errno.EIO,
    "quota": errno.EDQUOT,
    "read-only": errno.EROFS,
    "no permission": errno.EACCES,
}


class Nursery:
    """The process of nursery.py, and the file that each writer begins with."""

    def __init__(self, folder):
        library = compiled(folder)
        self._folder = folder
        self._begun = {}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            cwd=ROOT,
            env={**os.environ, "LD_PRELOAD": str(library)},
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.communicate()

    def fresh(self, journey):
        """A new folder with the file that a journey begins with."""
        if journey not in self._begun:
            first = self._folder / journey / FILE
            first.parent.mkdir()
            JOURNEYS[journey][1](first)
            self._begun[journey] = first.read_bytes()
        place = self._folder / "turn"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        path = place / FILE
        path.write_bytes(self._begun[journey])
        return path

    def run(self, journey, path, act=None, at=0, code=0, kill=None):
        """What a writer said, and whether it was killed.

        `kill`: SIGKILL comes from outside, so many lines and then seconds after it
        has the file open.
        """
        order = {"journey": journey, "path": str(path)}
        if act is not None:
            order |= {"act": act, "at": at, "errno": code}
        self._process.stdin.write(json.dumps(order) + "\n")
        writer, said = int(self._line()), []
        if kill is not None:
            lines, seconds = kill
            while len(said) <= lines and not self._over(said):
                said.append(self._line())
            if not self._over(said):
                # Nothing comes of what is read later: the pipe keeps it.
                select.select([], [], [], seconds)
                with contextlib.suppress(ProcessLookupError):  # it was quicker
                    os.kill(writer, signal.SIGKILL)
        while not self._over(said):
            said.append(self._line())
        return said[:-1], said[-1] == f"dead {int(signal.SIGKILL)}"

    def _line(self):
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError("the nursery has ended")
        return line.rstrip("\n")

    @staticmethod
    def _over(said):
        return bool(said) and said[-1].startswith("dead ")


def killed_at_random_moments(nursery, journey, count, chance, seen):
    """SIGKILL from outside; a writer that was quicker is tried once more."""
    path = nursery.fresh(journey)
    began = monotonic()
    whole, _ = nursery.run(journey, path)
    longest = (monotonic() - began) / len(whole)
    for _ in range(2 * count):
        path = nursery.fresh(journey)
        # "open" comes first, and what is said runs ahead of what is heard.
        lines = chance.randrange(len(whole) * 2 // 3)
        kill = lines, chance.uniform(0, longest)
        said, died = nursery.run(journey, path, kill=kill)
        _judge(path, said, seen, "killed" if died else "was done before")
        if seen.outcomes["killed"] >= count:
            break


def killed_at_system_calls(nursery, journey, count, chance, seen):
    """SIGKILL at one of the calls that write, sync, cut, rename or remove."""
    calls = _calls(nursery, journey)
    for turn in range(count):
        path = nursery.fresh(journey)
        act = Act.TEAR_AND_KILL if turn % 2 else Act.KILL
        said, died = nursery.run(journey, path, act, 1 + chance.randrange(calls))
        _judge(path, said, seen, "killed" if died else "was done before")


def refused_at_system_calls(nursery, journey, count, chance, seen):
    """An error at one of those calls, once or from then on."""
    calls = _calls(nursery, journey)
    acts = (Act.FAIL_ONCE, Act.FAIL_ON, Act.TEAR_AND_FAIL)
    errors = list(ERRORS.values())
    for turn in range(count):
        path = nursery.fresh(journey)
        act, code = acts[turn % 3], errors[turn % len(errors)]
        at = 1 + chance.randrange(calls)
        said, _ = nursery.run(journey, path, act, at, code)
        told = [line for line in said if line.startswith(("refused", "broke"))]
        if told and told[0].startswith("broke"):
            seen.failed(f"{journey} {act.name} {code} at {at}: {told[0]}")
            continue
        outcome = told[0].removeprefix("refused ") if told else "went on and finished"
        _judge(path, said, seen, outcome, f"{act.name} {code} at {at}")


def _calls(nursery, journey):
    said, _ = nursery.run(journey, nursery.fresh(journey), Act.COUNT)
    assert "closed" in said, said
    return int(said[-1].removeprefix("calls "))


def _judge(path, said, seen, outcome, about=""):
    try:
        wrong = lost(path, said)
    except Exception as error:
        wrong = [f"{type(error).__name__}: {error}"]
    seen.expect(not wrong, outcome, f"{about} after {said[-1:]}: {wrong[:3]}")
