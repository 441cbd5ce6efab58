"""The library that lets system calls go wrong: preload.c, compiled when it is used."""

import subprocess
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".c")


class Act(IntEnum):
    """What happens at the chosen call; the numbers are those of preload.c."""

    COUNT = 0
    FAIL_ONCE = 1
    FAIL_ON = 2
    KILL = 3
    TEAR_AND_KILL = 4
    TEAR_AND_FAIL = 5


def compiled(folder):
    """The library, made in a folder."""
    made = folder / "faults.so"
    if not made.exists():
        command = ["cc", "-shared", "-fPIC", "-O2", "-o", made, SOURCE, "-ldl"]
        subprocess.run(command, check=True)
    return made
