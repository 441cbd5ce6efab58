"""A disk that is full, fails, is read-only; a last page that was written in part."""

import os
import stat
import subprocess
import sys

from registry_app.domain.errors import RegistryError
from registry_app.paths import ROOT
from registry_app.services.trail import verify
from registry_app.storage.key_area import PAGE
from registry_app.words import Language, Words
from tests.builders import at_desk
from tests.faults.deeds import JOURNEYS, furnish, lost
from tests.faults.interrupted import FILE, Nursery, refused_at_system_calls
from tests.faults.seen import Seen

#: Works until the disk is full; frees some; goes on where it was.
FILLING = """
import sys
from dataclasses import replace
from pathlib import Path
from registry_app.domain.errors import Refused
from registry_app.services import exams, places, trail
from tests.builders import *
places._LEAST = 0  # so little room is refused before anything is made
place = Path(sys.argv[1])
desk = a_registry(place / "site.registry")
form = a_draft(desk, a_subject(desk))
ballast = place / "ballast"
ballast.write_bytes(bytes(int(sys.argv[2])))
told, saved, copied = "", 0, ""
try:
    for turn in range(5000):
        values = a_sheet(R_LT_C2=str(turn % 3))
        form = exams.save_exam(desk, replace(form, values=values, comment=f"{turn}"))
        saved = turn
except Refused as refusal:
    told = str(refusal)
try:
    desk.store.back_up(place / "copy.registry")
except Refused as refusal:
    copied = str(refusal)
assert not [one.name for one in place.iterdir() if one.name.startswith("copy")]
ballast.unlink()
form = exams.save_exam(desk, replace(form, comment="again"))
assert trail.verify(desk).problems == ()
desk.close()
desk = at_desk(place / "site.registry")
assert trail.verify(desk).problems == ()
desk.close()
print(told, copied, saved)
"""


#: Runs the rest of its arguments where a folder is a file system of 4 MB.
_SMALL = (
    *("unshare", "-m" if os.geteuid() == 0 else "-Urm", "sh", "-c"),
    'mount -t tmpfs -o size=4m tmpfs "$1" && shift && exec "$@"',
    "sh",
)


def family(folder, count, chance):
    """Of `count` trials most are errors at system calls."""
    torn, filled = count // 5, max(count // 100, 1)
    switched = max(count // 50, 1)
    with Nursery(folder) as nursery:
        for name, (journey, _) in JOURNEYS.items():
            what = journey.__doc__.strip().rstrip(".")
            seen = Seen(f"an error at a random system call: {what}")
            share = (count - torn - filled - switched) // len(JOURNEYS)
            refused_at_system_calls(nursery, name, share, chance, seen)
            yield seen
    if _runs([*_SMALL, folder, "true"]):  # not in every container
        yield _full(folder, filled, chance)
    path = folder / FILE
    furnish(path)
    yield _read_only(path, switched)
    yield _torn(path, torn, chance)


def _runs(command):
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def _full(folder, count, chance):
    """A small file system of its own, which nobody but the child sees."""
    seen = Seen("a file system of 4 MB that fills up while exams are saved")
    for turn in range(count):
        place = folder / f"small-{turn}"
        place.mkdir()
        ballast = chance.randrange(1_200_000, 1_800_000)
        command = [*_SMALL, place, sys.executable, "-c", FILLING, place, f"{ballast}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        said = done.stdout.split()
        well = done.returncode == 0 and set(said[:2]) == {"storage.disk-full"}
        seen.expect(well, "storage.disk-full", f"{said} {done.stderr[-500:]}")
    return seen


def _read_only(path, count):
    seen = Seen("the file, or its folder, is switched to read-only")
    for turn in range(count):
        before = path.read_bytes()
        place = path.parent if turn % 2 else path
        bits = place.stat().st_mode
        place.chmod(stat.S_IMODE(bits) & ~0o222)
        try:
            told = _told(path)
        finally:
            place.chmod(stat.S_IMODE(bits))
        well = told.startswith("storage.read-only") and path.read_bytes() == before
        seen.expect(well and not lost(path, []), told, f"{place.name}: {told}")
    return seen


def _torn(path, count, chance):
    """Cut off at any byte, or the last pages written in part or not at all."""
    seen = Seen("a file that is cut off, or whose last pages are torn")
    whole = path.read_bytes()
    for turn in range(count):
        at = chance.randrange(len(whole) - 1) if turn % 4 else len(whole) - PAGE // 2
        if turn % 2:
            changed = whole[:at]
        else:
            at = max(at, len(whole) - 3 * PAGE)
            lost_bytes = bytes(len(whole) - at)
            changed = whole[:at] + lost_bytes
        path.write_bytes(changed)
        try:
            told = _told(path)
        except Exception as error:
            seen.failed(f"{turn} at {at}: {type(error).__name__}: {error}")
        else:
            seen.expect(told or changed == whole, told, f"{turn} at {at}: not noticed")
        for beside in path.parent.glob(f"{path.name}-*"):
            os.remove(beside)
    path.write_bytes(whole)
    return seen


def _told(path):
    """The sentence with which it is refused, or what verify finds; else nothing."""
    try:
        desk = at_desk(path)
    except RegistryError as refusal:
        worded = all(Words(language).say(refusal.message) for language in Language)
        return str(refusal) if worded else ""
    try:
        return "found by verify" if verify(desk).problems else ""
    finally:
        desk.close()
