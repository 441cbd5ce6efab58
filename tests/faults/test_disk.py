"""A disk that is full, fails or is read-only: a sentence, and nothing is lost."""

import subprocess
import sys

from registry_app.paths import ROOT
from tests.faults import disk
from tests.faults.short import none_fails

TRIALS = 25


def test_what_a_disk_does_is_told_and_loses_nothing(tmp_path):
    seen = none_fails(disk.family, tmp_path, TRIALS)

    told = {outcome for one in seen.values() for outcome in one.outcomes}
    assert told >= {"storage.disk-full", "storage.disk-error", "storage.truncated"}


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
