"""Which program this is: its version, and the hash of its code."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from registry_app.paths import ROOT


@cache
def program() -> str:
    """Name and version, as the trail, cuts and reports say them."""
    return f"registry-app {version('registry-app')}"


@cache
def code_hash() -> str:
    """SHA-256 of the program's own code; "" where its sources are not at hand.

    A report says it, so that somebody may hold the code in his hand years later and
    know that it is the one.
    """
    return hash_of(ROOT, "registry_app")


def hash_of(root: Path, package: str) -> str:
    """SHA-256 over a list of every source file of a package: its SHA-256 and its path.

    The list is that of ``find package -name '*.py' | LC_ALL=C sort | xargs sha256sum``;
    lines end as on Unix, whatever the system, and nothing compiled counts.
    """
    files = (root / package).rglob("*.py")
    found = {one.relative_to(root).as_posix(): one for one in files}
    lines = [
        f"{hashlib.sha256(_as_on_unix(found[path])).hexdigest()}  {path}\n"
        for path in sorted(found)
    ]
    return hashlib.sha256("".join(lines).encode()).hexdigest() if lines else ""


def _as_on_unix(file: Path) -> bytes:
    return file.read_bytes().replace(b"\r\n", b"\n")
