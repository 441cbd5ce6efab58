"""`make bench`: every measurement, each beside what it is compared with."""

import importlib
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PARTS = {
    "classify": "Classification, beside npm isncsci 2.0.6 over the same exams",
    "people": "Signing in, the lock of the screen, a patient's page",
    "save": "Saving one exam of 132 scores, beside one raw transaction of the library",
    "sign": "Saving a corrected exam with its signature: password, key, two writes",
    "backup": "A verified backup and its drill, beside a plain copy of the file",
    "start": "Start to first window, beside an empty PySide6 window",
    "list": "Patient list of 10,000",
    "report": "One per-patient report",
    "documents": "A report with listings, beside a bare ReportLab document as long",
    "periodic": "R1 of a whole registry, beside a bare ReportLab document as long",
    "due": "What is due: every duty of 100 to 100,000 patients",
    "trail": "The trail: first rows for each filter, the check of the whole chain",
}


def main(wanted: list[str]) -> None:
    """Measure the parts named on the command line, or all of them."""
    found: dict[str, dict[str, object]] = {}
    for part in wanted or PARTS:
        module = importlib.import_module(f"tests.benchmarks.bench_{part}")
        print(f"{PARTS[part]} ...", file=sys.stderr, flush=True)
        found[part] = module.measure()
    lines = []
    for part, figures in found.items():
        lines += [f"## {PARTS[part]}", "", "| what | seen |", "| --- | ---: |"]
        lines += [f"| {name.replace('_', ' ')} | {figures[name]} |" for name in figures]
        lines.append("")
    print("\n".join(lines))
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    (build / "bench.json").write_text(json.dumps(found, indent=1) + "\n")
    if set(found) == set(PARTS):
        _keep(lines)


def _keep(lines: list[str]) -> None:
    cores = f"{os.cpu_count()} cores"
    machine = f"Python {platform.python_version()}, {platform.machine()}, {cores}"
    head = [
        "# Performance",
        "",
        "Written by `make bench`: the last numbers seen, never asserted in a test.",
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with {machine}.",
        "",
    ]
    (ROOT / "docs" / "performance.md").write_text("\n".join(head + lines))


if __name__ == "__main__":
    main(sys.argv[1:])
