"""Classification: ours beside the npm package isncsci, over the same exams, in turn."""

import gzip
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.exam import ALLOWED, Exam
from registry_app.domain.isncsci.notation import exam_from_nested
from registry_app.domain.isncsci.segments import NEEDED_ITEMS

VECTORS = Path(__file__).parent.parent / "data" / "vectors.jsonl.gz"
NPM_PACKAGE = "isncsci@2.0.6"
ROUNDS, SECONDS = 5, 2.0


def measure() -> dict[str, object]:
    """Exams a second of one process each, and the time of one exam while typing."""
    with gzip.open(VECTORS) as lines:
        nested = [json.loads(line)["exam"] for line in lines]
    for _ in range(3):
        _ours(nested)
    with tempfile.TemporaryDirectory() as folder:
        module = _npm_module(Path(folder))
        exams = Path(folder) / "exams.json"
        exams.write_text(json.dumps(nested))
        ours, npm = [], []
        for _ in range(ROUNDS):
            ours.append(max(_ours(nested) for _ in range(5)))
            npm.append(_npm(module, exams)["best"])
    typing = sorted(_typing())
    return {
        "exams_per_second": round(statistics.median(ours)),
        "npm_exams_per_second": round(statistics.median(npm)),
        "times_npm": round(statistics.median(ours) / statistics.median(npm), 2),
        "typing_p50_ms": round(typing[len(typing) // 2], 3),
        "typing_p99_ms": round(typing[len(typing) * 99 // 100], 3),
        "typing_worst_ms": round(typing[-1], 3),
    }


def _ours(nested: list[dict[str, object]]) -> float:
    """Exams a second over all vectors, from the JSON's objects to the result."""
    start = time.perf_counter()
    for exam in nested:
        classify(exam_from_nested(exam))
    return len(nested) / (time.perf_counter() - start)


def _npm_module(folder: Path) -> Path:
    subprocess.run(
        ["npm", "install", "--silent", "--prefix", str(folder), NPM_PACKAGE],
        check=True,
        stdout=sys.stderr,
    )
    return folder / "node_modules" / "isncsci"


def _npm(module: Path, exams: Path) -> dict[str, float]:
    script = Path(__file__).with_name("classify_npm.js")
    done = subprocess.run(
        ["node", str(script), str(module), str(exams), str(SECONDS)],
        check=True,
        capture_output=True,
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _typing() -> list[float]:
    """Milliseconds of one classification, for sheets as they stand while typing.

    A third have up to ten open cells, a third anything up to all open, a third are
    full of NT and stars, which is the worst the engine can be given.
    """
    chance = random.Random(2026)
    took = []
    for n in range(3000):
        values = {item: chance.choice(ALLOWED[item][:6]) for item in NEEDED_ITEMS}
        if n % 3 == 2:
            values = {item: chance.choice(ALLOWED[item][3:]) for item in NEEDED_ITEMS}
            values |= {"VAC": "NT", "DAP": "NT"}
        most = (10, 134, 20)[n % 3]
        for item in chance.sample(NEEDED_ITEMS, chance.randint(0, most)):
            del values[item]
        exam = Exam(values)
        start = time.perf_counter()
        classify(exam)
        took.append((time.perf_counter() - start) * 1000)
    return took
