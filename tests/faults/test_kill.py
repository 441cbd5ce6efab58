"""kill -9 at any moment: what was said to be saved is there."""

import signal
import subprocess
import sys

from registry_app.paths import ROOT
from tests.builders import a_registry, at_desk
from tests.faults import kill
from tests.faults.short import none_fails

KILLS = 30


def test_what_was_said_to_be_saved_survives_being_killed(tmp_path):
    seen = none_fails(kill.family, tmp_path, KILLS)

    assert sum(one.outcomes["killed"] for one in seen.values()) > KILLS / 2


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
