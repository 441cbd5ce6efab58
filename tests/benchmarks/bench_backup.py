"""A verified backup in MB/s, beside a plain copy of the encrypted file.

The plain copy is the same bytes, read in the same pieces and brought down to the disk.
While the backup is made somebody saves on and on: the longest wait of theirs is told.
Then a drill of that backup: restored aside, every page, entry and record checked.
"""

import hashlib
import os
import shutil
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

from registry_app.domain.keeping import Occasion
from registry_app.domain.report import IssuedReport
from registry_app.services import backups, drills, exams
from registry_app.services.policy import policy, set_policy
from tests.builders import a_draft, a_registry, a_subject

SUBJECTS, SAVES, FILES, MB = 200, 3000, 80, 1_000_000
ROUNDS = 3


def _furnish(desk):
    """Some entries of the trail, and files of reports that make it large."""
    form = a_draft(desk, a_subject(desk))
    for _ in range(SUBJECTS - 1):
        a_subject(desk)
    for turn in range(SAVES):
        form = exams.save_exam(desk, replace(form, comment=f"{turn}"))
    for number in range(FILES):
        content = os.urandom(MB)
        sha256 = hashlib.sha256(content).hexdigest()
        with desk.begin() as work:
            work.put_file(sha256, f"B-{number}", content)
            work.save(_report(desk, f"B-{number}", sha256))
    return form


def _report(desk, number, sha256):
    return IssuedReport(
        id=number,
        kind="today",
        subject_id="",
        cut_seq=1,
        cut_head="0" * 64,
        sha256=sha256,
        size=MB,
        made_at=desk.clock(),
        digest=sha256,
    )


def measure() -> dict[str, object]:
    """Medians of ROUNDS, in turns."""
    plain, ours, waits = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "backups"
        place.mkdir()
        desk = a_registry(Path(folder) / "site.registry")
        set_policy(desk, replace(policy(desk), backup_place=str(place)))
        form = _furnish(desk)
        for turn in range(ROUNDS):
            # The log is in the file after it: both copy as many bytes.
            (made,) = backups.back_up(desk, Occasion.DEMAND).records
            start = time.perf_counter()
            _plain_copy(desk.path, Path(folder) / f"plain-{turn}")
            plain.append(time.perf_counter() - start)
            start = time.perf_counter()
            backups.back_up(desk, Occasion.DEMAND)
            ours.append(time.perf_counter() - start)
        size, entries = made.size / MB, made.seq
        over = threading.Event()

        def saving():
            saved = form
            while not over.is_set():
                start = time.perf_counter()
                saved = exams.save_exam(desk, replace(saved, comment=f"{start}"))
                waits.append(time.perf_counter() - start)

        saver = threading.Thread(target=saving)
        saver.start()
        backups.back_up(desk, Occasion.DEMAND)
        over.set()
        saver.join()
        start = time.perf_counter()
        assert drills.drill(desk).problems == ()
        drilled = time.perf_counter() - start
        desk.close()
    copied, backed = sorted(plain)[1], sorted(ours)[1]
    return {
        "file_MB": round(size, 1),
        "trail_entries": entries,
        "plain_copy_MB_a_second": round(size / copied),
        "verified_backup_MB_a_second": round(size / backed),
        "ratio": round(backed / copied, 1),
        "longest_save_meanwhile_ms": round(max(waits) * 1000),
        "drill_with_certificate_s": round(drilled, 1),
    }


def _plain_copy(source, target):
    with source.open("rb", buffering=0) as file, target.open("wb") as out:
        shutil.copyfileobj(file, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())
