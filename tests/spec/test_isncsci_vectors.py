"""3,000 generated exams with the result of a reference program.

Fields where that program departs from the standard are named in `contested`, with what
the standard gives (docs/isncsci.md).
"""

import gzip
import json
from pathlib import Path

import pytest

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.notation import exam_from_nested
from registry_app.domain.isncsci.result import FIELDS, TOTALS

VECTORS = Path(__file__).parents[1] / "data" / "vectors.jsonl.gz"


@pytest.fixture(scope="module")
def classified():
    with gzip.open(VECTORS, "rt", encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    return [(case, classify(exam_from_nested(case["exam"]))) for case in cases]


def canonical(text):
    values = text.split(",")
    return [v.rstrip("*") for v in values], any(v.endswith("*") for v in values)


def test_there_are_as_many_as_there_should_be(classified):
    assert len(classified) == 3000


@pytest.mark.parametrize("field", FIELDS)
def test_an_uncontested_field_is_that_of_the_reference_program(classified, field):
    wrong = [
        (case["id"], case["expected"][field], result[field])
        for case, result in classified
        if field not in case["contested"]
        and canonical(case["expected"][field])
        != (list(result[field].values), result[field].star)
    ]

    assert wrong == []


def test_a_contested_field_is_what_the_standard_gives(classified):
    wrong = [
        (case["id"], field, said, result[field])
        for case, result in classified
        for field, said in case["contested"].items()
        if (said["values"], said["star"])
        != (list(result[field].values), result[field].star)
    ]

    assert wrong == []
    assert sum(len(case["contested"]) for case, _ in classified) > 300


@pytest.mark.parametrize("total", TOTALS)
def test_a_total_is_that_of_the_reference_program(classified, total):
    wrong = [
        (case["id"], case["expected"]["totals"][total], result.totals[total])
        for case, result in classified
        if case["expected"]["totals"][total]
        != (str(result.totals[total].low) if result.totals[total].certain else "ND")
    ]

    assert wrong == []
