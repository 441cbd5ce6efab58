"""One exam of 132 scores with its trail, beside one raw transaction of the library.

The raw one writes the same bytes, two rows, to a registry of its own over one open
connection, with the same durability (write-ahead log, synchronous FULL), in turns.
"""

import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.segments import DAP, SCORE_ITEMS, VAC
from registry_app.services import exams, trail
from registry_app.storage import database
from tests.builders import a_draft, a_registry, a_subject

ROUNDS, WARM = 300, 20


def _sheet(turn):
    """Every score another one than the turn before."""
    scores = {
        item: str((turn + n) % (6 if "_M_" in item else 3))
        for n, item in enumerate(SCORE_ITEMS)
    }
    return {**scores, VAC: "Yes", DAP: "No"}


def measure() -> dict[str, object]:
    """Microseconds, medians of ROUNDS.

    The sheet is classified at each key, so the save of it finds that done; the last
    figure says what the two cost together.
    """
    with tempfile.TemporaryDirectory() as folder:
        desk = a_registry(Path(folder) / "ours.registry")
        other = Path(folder) / "raw.registry"
        form = a_draft(desk, a_subject(desk))
        desk.store.back_up(other)
        reader = database.connect(desk.path, desk.store.key)
        raw = database.connect(other, desk.store.key)
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
            raw.execute(f"PRAGMA {pragma}")
        columns = [row[1] for row in reader.execute("PRAGMA table_info(form)")]
        places = ", ".join(f'"{name}" = ?' for name in columns if name != "id")
        update = f"UPDATE form SET {places} WHERE id = ? AND version = ?"
        fields = len(reader.execute("PRAGMA table_info(entry)").fetchall())
        newest = "SELECT * FROM entry ORDER BY chain DESC, seq DESC LIMIT 1"
        insert = f"INSERT INTO entry VALUES ({', '.join('?' * fields)})"

        def written():
            """What stands in the file now; read before either is timed, so that both
            begin in the same state of the processor and of its caches."""
            row = reader.execute(
                "SELECT * FROM form WHERE id = ?", [form.id]
            ).fetchone()
            return dict(zip(columns, row, strict=True)), reader.execute(
                newest
            ).fetchone()

        ours, plain, classified = [], [], []
        for turn in range(WARM + ROUNDS):
            changed = replace(form, values=_sheet(turn))
            start = time.perf_counter()
            classify(changed.exam)  # as the window has done at the last key
            classified.append(time.perf_counter() - start)

            written()
            start = time.perf_counter()
            form = exams.save_exam(desk, changed)
            ours.append(time.perf_counter() - start)

            values, entry = written()
            del values["id"]
            start = time.perf_counter()
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(update, [*values.values(), form.id, form.version - 1])
            raw.execute(insert, entry)
            raw.execute("COMMIT")
            plain.append(time.perf_counter() - start)
        assert (
            raw.execute("SELECT max(version) FROM form").fetchone()[0] == form.version
        )
        assert trail.verify(desk).problems == ()
        reader.close()
        raw.close()
        desk.close()
    mine, bare, rules = (
        statistics.median(times[WARM:]) * 1e6 for times in (ours, plain, classified)
    )
    return {
        "save_us": round(mine),
        "raw_us": round(bare),
        "ratio": round(mine / bare, 2),
        "classification_before_it_us": round(rules),
        "ratio_with_classification": round((mine + rules) / bare, 2),
    }
