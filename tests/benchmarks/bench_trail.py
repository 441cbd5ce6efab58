"""The trail: first rows for each filter, and the check of the whole chain.

TRAIL_ENTRIES says how many entries (5000000 for the numbers of docs/performance.md;
the file takes minutes to make); TRAIL_FILE keeps the file for the next run.
"""

import os
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from registry_app.domain.subject import Subject
from registry_app.domain.trail_query import TrailQuery
from registry_app.services import registry
from registry_app.services.session import arrive
from registry_app.services.trail_search import trail_page
from tests.benchmarks.long_trail import RARE, a_long_trail
from tests.builders import PASSWORD, USER

ENTRIES = int(os.environ.get("TRAIL_ENTRIES", "100000"))
NOW = datetime(2026, 4, 1, tzinfo=UTC)
JANUARY = {"first": date(2022, 1, 1), "last": date(2022, 1, 31)}
QUERIES = {
    "everything": TrailQuery(),
    "one_kind": TrailQuery(kind="contact"),
    "one_person": TrailQuery(person="mori"),
    "a_month": TrailQuery(**JANUARY),
    "kind_and_person": TrailQuery(kind="contact", person="mori"),
    "person_and_month": TrailQuery(person="ito", **JANUARY),
    "kind_and_item": TrailQuery(kind="kept_draft", item="values.field-7"),
    "words_of_the_reason": TrailQuery(words="chart"),
}


def measure() -> dict[str, object]:
    """Milliseconds to the first rows, of a file that nothing was read of before."""
    kept = os.environ.get("TRAIL_FILE")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(kept or folder) / f"trail-{ENTRIES}.registry"
        if not path.exists():
            a_long_trail(path, ENTRIES)
        desk = registry.sign_in(path, USER, PASSWORD, clock=lambda: NOW)
        start = time.perf_counter()
        arrive(desk)
        arrived = (time.perf_counter() - start) * 1000
        with desk.read() as reading:
            cases = sorted(one.id for one in reading.find(Subject))
        one, other = (TrailQuery(subject_id=case) for case in cases[7:9])
        patients = {"one_patient": one, "another_patient": other}
        queries = {**QUERIES, **patients, "this_patient_again": other}
        found = {name: _first_rows(desk, query) for name, query in queries.items()}
        whole = len(trail_page(desk, one, most=sys.maxsize).entries)
        start = time.perf_counter()
        trail_page(desk, TrailQuery(words=RARE), most=1_000)
        searched = time.perf_counter() - start
        start, busy = time.perf_counter(), time.process_time()
        checked = desk.store.verify()
        took, busy = time.perf_counter() - start, time.process_time() - busy
        assert checked.problems == []
        desk.close()
        size = path.stat().st_size
    return {
        "entries": checked.head.seq,
        "file_mb": round(size / 1e6),
        "entries_of_one_patient": whole,
        "check_of_what_is_new_at_sign_in_ms": round(arrived, 1),
        **{f"first_rows_{name}_ms": round(took, 1) for name, took in found.items()},
        "whole_search_for_rare_words_s": round(searched, 1),
        "whole_check_s": round(took, 1),
        "whole_check_entries_per_second": round(checked.head.seq / took),
        "whole_check_entries_per_cpu_second": round(checked.head.seq / busy),
    }


class _Enough(Exception):
    pass


def _first_rows(desk, query):
    """Until the first of them could be painted."""
    start = time.perf_counter()

    def going(part, _share):
        if part.entries:
            raise _Enough

    with suppress(_Enough):
        trail_page(desk, query, going=going)
    return (time.perf_counter() - start) * 1000
