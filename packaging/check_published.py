"""Compare the classification with published cases: ``check_published.py CASES.jsonl``.

The cases are not part of this repository. Each line holds an exam and the result that
its authors give. ``ND`` there says only that several results are possible. Fields in
`suspect` are thought to be misprints, and cases marked `judgement` rest on a decision
that no score shows: neither is compared. `contested` names the fields where the
standard gives another result than the authors, and which.
"""

import json
import sys
from pathlib import Path
from typing import Any

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.notation import exam_from_nested
from registry_app.domain.isncsci.result import FIELDS, Interval, Possible


def agrees(expected: str, found: Possible) -> bool:
    """Whether a field is what the authors say, as far as they say it."""
    if expected.startswith("ND"):
        return len(found.values) > 1
    values = [value.rstrip("*") for value in expected.split(",")]
    return values == list(found.values) and found.star == ("*" in expected)


def total_agrees(expected: str | None, found: Interval) -> bool:
    """Whether a sum is what the authors say; None is nothing said."""
    if expected is None:
        return True
    return expected == (str(found.low) if found.certain else "ND")


def shown(possible: Possible) -> str:
    """A field in one word."""
    return ",".join(possible.values) + ("  (starred)" if possible.star else "")


def is_contested(case: dict[str, Any], field: str, found: Possible) -> bool:
    """Whether the case itself says that the standard gives this, not its `expected`."""
    said = case.get("contested", {}).get(field)
    return said is not None and (said["values"], said["star"]) == (
        list(found.values),
        found.star,
    )


def main(path: Path) -> int:
    """Print each difference and the counts; 1 if one is not contested."""
    cases = judged = suspected = agreeing = contested = unexplained = 0
    differing = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        cases += 1
        if case.get("judgement"):
            judged += 1
            continue
        result = classify(exam_from_nested(case["exam"]))
        suspect = case.get("suspect") or []
        for field in FIELDS:
            expected, found = case["expected"].get(field), result[field]
            if expected is None:
                continue
            if field in suspect:
                suspected += 1
            elif agrees(expected, found):
                agreeing += 1
            else:
                differing.add(case["id"])
                known = is_contested(case, field, found)
                contested += known
                unexplained += not known
                why = "contested" if known else "NOT EXPLAINED"
                print(f"{case['id']} {field}: {expected}, here {shown(found)}: {why}")
        for total, expected in (case["expected"].get("totals") or {}).items():
            if total in suspect:
                suspected += 1
            elif total_agrees(expected, result.totals[total]):
                agreeing += 1
            else:
                differing.add(case["id"])
                unexplained += 1
                print(f"{case['id']} {total}: {expected}, here {result.totals[total]}")
    print(
        f"{cases} cases, {judged} by judgement; {agreeing} fields and sums agree, "
        f"{contested} differ as contested, {unexplained} unexplained "
        f"(in {len(differing)} cases), {suspected} suspect left out"
    )
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
