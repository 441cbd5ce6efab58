from dataclasses import replace

import pytest

from registry_app.domain.course import Indication
from registry_app.domain.figures.baseline import (
    MISSING,
    OPEN,
    ages,
    baseline,
    decade,
    level_group,
)
from registry_app.domain.figures.document import Table, walk
from registry_app.domain.referral import Referral
from tests.domain.figures.made_up_efficacy import INJURY, a_patient
from tests.domain.figures.made_up_survey import survey, with_case


def rows(dataset=None):
    (table,) = (b for b in walk(baseline(dataset or survey())) if isinstance(b, Table))
    return {row.id: [c.shown for c in row.cells[1:]] for row in table.rows}


def born(year, answered=""):
    patient = a_patient(1)
    subject = replace(patient.case.subject, birth_year=year)
    facts = {"age": answered} if answered else {}
    frozen = Indication(patient.id, "p", 1, INJURY, facts)
    return with_case(patient, subject=subject, indication=frozen).case


@pytest.mark.parametrize(
    ("year", "answered", "found", "band"),
    [
        (1980, "", (44, 45), "40-49"),
        (1975, "", (49, 50), OPEN),
        (1975, "50", (50,), "50-59"),
        (1975, "77", (49, 50), OPEN),  # the year was corrected since
        (2025, "", (0,), "0-9"),
        (None, "", (), MISSING),
    ],
)
def test_an_age_is_known_or_one_of_two_years(year, answered, found, band):
    case = born(year, answered)

    assert (ages(case), decade(case)) == (found, band)


@pytest.mark.parametrize(
    ("nli", "group"),
    [
        ("C1", "c1-c4"),
        ("C4", "c1-c4"),
        ("C5", "c5-c8"),
        ("T1", "t1-t9"),
        ("T9", "t1-t9"),
        ("T10", "t10-below"),
        ("L2", "t10-below"),
        ("S4-5", "t10-below"),
        ("INT", "intact"),
    ],
)
def test_levels_fall_into_five_groups(nli, group):
    assert level_group(nli) == group


def test_both_arms_stand_side_by_side_and_few_have_no_percentage():
    found = rows()

    assert found["n"] == ["13", "2"]
    assert found["sex:female"] == ["1 / 13", "0 / 2"]
    assert found["cause"] == ["1 / 13", "0 / 2"]
    assert found["cause:missing"] == ["12 / 13", "2 / 2"]


def test_nobody_without_a_baseline_exam_disappears():
    found = rows()

    treated = [found[f"ais:{grade}"][0] for grade in ("A", "B", "C", "D", "E")]
    assert treated == ["10 / 13", "1 / 13", "1 / 13", "0 / 13", "0 / 13"]
    assert found["ais:missing"] == ["1 / 13", "0 / 2"]
    assert found["level:t1-t9"] == ["1 / 13", "0 / 2"]


def test_days_of_the_course_are_medians_with_what_is_missing():
    found = rows()

    assert found["days:injury:treatment"][0] == "60 (60–60)"
    assert found["days:injury:treatment"][1] == "—"
    table = next(b for b in walk(baseline(survey())) if isinstance(b, Table))
    (marrow,) = (r for r in table.rows if r.id == "days:injury:marrow")
    assert marrow.cells[1].data == {
        "n": 1,
        "median": "26.0",
        "q1": "26.0",
        "q3": "26.0",
        "missing": 12,
    }


def test_a_baseline_after_the_treatment_is_counted():
    assert rows()["baseline-not-before"] == ["1 / 12", "—"]


def test_grades_that_a_referring_hospital_told_are_counted_in_a_note():
    def told(*, of_a_treated):
        found = survey()
        one = found.patients[0]
        if not of_a_treated:
            bare = replace(one.case.subject, treatment_date=None)
            one = with_case(one, subject=bare)
        facts = {"ais": "B", **Referral("B").facts}
        frozen = Indication(one.id, "p", 1, INJURY, facts)
        patients = (with_case(one, indication=frozen), *found.patients[1:])
        section = baseline(replace(found, patients=patients))
        (table,) = (b for b in walk(section) if isinstance(b, Table))
        return [n.params for n in table.notes if n.key.endswith("reported-grade")]

    assert told(of_a_treated=True) == [{"n": 1}]
    assert told(of_a_treated=False) == []  # nobody of the table
