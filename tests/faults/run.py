"""`make faults`: every family of faults in full, and docs/reliability.md from it.

`python -m tests.faults.run [--count N] [--keep] [--seed N] [FAMILY …]`: some of them,
or fewer trials than in full; then the table is printed only, unless it is to be kept.
"""

import argparse
import importlib
import os
import platform
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from typing import NamedTuple

from registry_app.paths import ROOT
from registry_app.services.program import program


class Family(NamedTuple):
    """A module of this folder: `family(folder, count, chance)` gives what was seen."""

    title: str
    count: int


FAMILIES = {
    "kill": Family("kill -9", 1000),
    "disk": Family("Full, failing and read-only disks, torn pages", 1000),
    "flips": Family("Flipped bits", 1000),
    "edits": Family("Edits behind the program's back, with the right key", 1000),
    "meeting": Family("Two programs, locks, clocks, long pauses", 60),
    "plain_text": Family("Plain text on the disk", 200),
    "hostile": Family("Hostile input", 100_000),
}


_HEAD = """# Reliability

Written by `make faults` (tests/faults): real processes and real files, and what became
of each. A word such as `storage.disk-full` is the key of the sentence that a person is
told, in Japanese or English. CI runs each family with fewer trials.

What a kill may lose is what nobody was told to be safe: of a draft sheet what was typed
since it was saved last (a minute at most), of a dialog that of the last three seconds,
and the lines of the access log of the last four seconds, which wait to be written.
What was saved, completed, signed, locked, filed, backed up, kept as a draft or written
into the access log is there after each kill.

"""


@contextmanager
def own_home(folder):
    """Settings, packs and logs of what runs here lie in a folder of its own."""
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, str(folder)))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def tried(family, count, seed):
    """What a family saw, line by line."""
    module = importlib.import_module(f"tests.faults.{family}")
    with TemporaryDirectory() as place, own_home(Path(place) / "home"):
        folder = Path(place) / "files"
        folder.mkdir()
        for seen in module.family(folder, count, Random(seed)):
            _tell(f"  {seen.what}: {dict(seen.outcomes)}")
            for why in seen.failures[:5]:
                _tell(f"    {why}")
            yield seen


def main(argv):
    """Run; the exit status says whether anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("families", nargs="*", metavar="FAMILY")
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--keep", action="store_true")
    told = parser.parse_args(argv)
    failed = 0
    for name in told.families or FAMILIES:
        family = FAMILIES[name]
        _tell(f"{family.title} ...")
        began = monotonic()
        rows = list(tried(name, told.count or family.count, told.seed))
        failed += sum(len(seen.failures) for seen in rows)
        section = _section(family, rows, monotonic() - began, told.seed)
        sys.stdout.write(section)
        if told.keep or told.count is None:
            _keep(family.title, section)
    return 1 if failed else 0


def _tell(line):
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _section(family, rows, seconds, seed):
    lines = [f"## {family.title}", "", "| fault | tried | what became of it | failed |"]
    lines.append("| --- | ---: | --- | ---: |")
    for seen in rows:
        ways = "; ".join(
            f"{outcome}: {number:,}"
            for outcome, number in seen.outcomes.most_common()
            if outcome != "FAILED"
        )
        failed = len(seen.failures)
        lines.append(f"| {seen.what} | {seen.tried:,} | {ways} | {failed} |")
    total = sum(seen.tried for seen in rows)
    machine = f"Python {platform.python_version()}, {platform.system()}"
    lines += [
        "",
        f"{total:,} trials in {seconds:,.0f} s on {datetime.now(UTC):%Y-%m-%d} with",
        f"{program()} ({machine}), seed {seed}.",
        "",
    ]
    return "\n".join(lines) + "\n"


def _keep(title, section):
    """Put it into the page, in place of what was seen before."""
    page = ROOT / "docs" / "reliability.md"
    before = page.read_text("utf-8") if page.exists() else ""
    known = {one.split("\n", 1)[0]: one for one in before.split("## ")[1:]}
    known[title] = section.removeprefix("## ")
    titles = [family.title for family in FAMILIES.values()]
    kept = "".join(f"## {known[one]}" for one in titles if one in known)
    page.write_text(_HEAD + kept, "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
