"""Hostile input: a sentence or a success, never a traceback, a hang or much memory."""

import json
import subprocess
import sys

from registry_app.paths import ROOT
from tests.faults.fuzzer import Hostile
from tests.faults.seen import Seen

#: Each kind with its share.
_KINDS = {
    "jsonl": 0.4,
    "csv": 0.4,
    "xlsx": 0.08,
    "packs": 0.05,
    "backups": 0.04,
    "pdfs": 0.03,
}
_AT_ONCE = 2500


def family(folder, count, chance):
    """`count` inputs in all, each kind in processes of its own."""
    for kind, share in _KINDS.items():
        what = getattr(Hostile, kind).__doc__.strip().rstrip(".")
        seen = Seen(what)
        rest, most = max(int(count * share), 1), 0
        while rest > 0 and len(seen.failures) < 5:
            now = min(rest, _AT_ONCE)
            most = max(most, _run(folder, kind, now, chance.randrange(10**9), seen))
            rest -= now
        seen.what = f"{what} (memory +{most} MB)"
        yield seen


def _run(folder, kind, count, seed, seen):
    place = folder / f"{kind}-{seed}"
    place.mkdir()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.faults.fuzzer",
            kind,
            place,
            f"{count}",
            f"{seed}",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        seen.failed(f"{kind} {seed}: {done.stderr[-1500:]}")
        return 0
    told = json.loads(done.stdout)
    seen.outcomes.update(told["outcomes"])
    seen.failures += [f"{kind} {seed}: {why}" for why in told["failures"]]
    return told["mb"]
