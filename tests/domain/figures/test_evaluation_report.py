"""R3: its cover, its plan with every version, where the comparison comes from."""

from dataclasses import replace
from datetime import date

import pytest

from registry_app.domain.course import Course, Indication
from registry_app.domain.evaluation import Evaluation, OtherWindow
from registry_app.domain.figures.document import Mark, Prose
from registry_app.domain.figures.evaluation_report import evaluation_report
from registry_app.domain.figures.plan_items import definitions
from registry_app.domain.subject import Arm
from registry_app.words import Language
from tests.domain.figures.made_up_efficacy import (
    ON,
    a_dataset,
    a_patient,
    a_protocol,
    everybody,
)
from tests.domain.figures.said import (
    blocks,
    cover,
    everything,
    fields,
    said,
    table,
    widths,
)


def a_plan(number, other=OtherWindow.WARN, **told):
    fixed = {
        "locked_on": date(2025, 6, 1),
        "locked_by": "kato",
        "definitions": definitions(a_protocol(), other),
        **told,
    }
    return Evaluation(f"{number}", f"plan {number}", ON, "kato", **fixed)


def known(number, source="", verdicts=None, arm=Arm.COMPARISON):
    """A patient of whom it is written down how they came to be one."""
    patient = a_patient(number, "A", "A", arm=arm)
    agreed = None
    if verdicts:
        agreed = Indication(
            patient.id, "msc-iv-sci", 3, date(2025, 4, number), verdicts=verdicts
        )
    course = Course(patient.id, source=source)
    return replace(
        patient, case=replace(patient.case, course=course, indication=agreed)
    )


def report(*patients, **more):
    return evaluation_report(a_dataset(patients or everybody(), **more), ())


def prose(document):
    keys = (block.text for block in blocks(document) if isinstance(block, Prose))
    return {getattr(text, "key", "") for text in keys}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("patients", [everybody(), ()], ids=["some", "nobody"])
def test_every_text_is_there_and_every_table_as_wide_as_the_page(patients, language):
    document = evaluation_report(a_dataset(patients), ())

    assert all(isinstance(text, str) for text in everything(document, language))
    assert {round(wide, 6) for wide in widths(document).values()} == {168}


def test_it_opens_with_numbers_that_are_never_bare_percentages():
    found = fields(report(), "evaluation-figures", Language.EN)

    assert (found["treated"], found["comparison"]) == ("13", "2")
    assert found["primary:primary-1:comparison"] == "1 / 2"
    assert not any("%" in told for told in found.values())


def test_the_cover_tells_the_cohorts_and_what_changed_after_the_lock():
    plans = (
        a_plan(1),
        a_plan(2, OtherWindow.OMIT, data_seen=True, why="other window"),
    )

    told = cover(report(evaluations=plans), Language.EN)
    document = report(evaluations=plans)
    (changes,) = (row for row in document.cover if row.id == "changes")

    assert "20-70" in told["cohorts"]
    assert "by amendments: 1 (after data were seen: 1)" in told["changes"]
    assert changes.value.mark is Mark.AFTER_LOCK
    assert "2 comparison patients" in told["comparator"]


def test_without_a_locked_plan_the_cover_says_so():
    (row,) = (one for one in report().cover if one.id == "changes")

    assert row.value.shown.key == "efficacy.plan-none-short"
    assert row.value.mark is Mark.NONE


def test_each_version_of_the_plan_says_why_it_was_made():
    plans = (a_plan(1), a_plan(2, data_seen=True, why="a wider window"))

    first, second = table(report(evaluations=plans), "plan-versions", Language.EN)

    assert (first["version"], first["seen"]) == ("1", "data not seen")
    assert (second["why"], second["seen"]) == ("a wider window", "data seen")


def test_comparison_patients_are_counted_by_where_they_come_from():
    met, failed = {"age": "met"}, {"age": "met", "injury": "not met"}
    document = report(
        known(1, arm=Arm.TREATED, verdicts=met),
        known(2, "another hospital", met),
        known(3, "another hospital", failed),
        known(4, verdicts={"age": "unknown"}),
        known(5),
    )

    rows = table(document, "comparison-source", Language.EN)
    found = {row["item"]: (row["users"], row["non-users"]) for row in rows}

    assert found["another hospital"] == ("—", "2 / 4")
    assert found["not recorded"] == ("—", "2 / 4")
    assert found["SAP"] == ("1 / 1", "4 / 4")
    assert found["Day of enrolment"] == (
        "2025-04-01–2025-04-01",
        "2025-04-02–2025-04-04, missing 1",
    )
    assert found["all met"] == ("1 / 1", "1 / 4")
    assert found["one is not met: a deviation"] == ("0 / 1", "1 / 4")
    assert found["one is undecided"] == ("0 / 1", "2 / 4")
    assert "efficacy.arm-not-recorded" in prose(document)


def test_without_a_comparison_arm_that_is_said_and_nothing_is_matched():
    document = report(a_patient(1), a_patient(2))

    ids = set(widths(document))
    assert "efficacy.arm-nobody" in prose(document)
    assert not {"comparison-source", "matching"} & ids


def test_the_programs_are_named_with_the_seal_of_the_pack():
    document = evaluation_report(a_dataset(), (), seal="ab12", code="cd34")

    told = {
        said(row["program"]): row["version"]
        for row in table(document, "programs", Language.EN)
    }
    assert told["Content of the pack (SHA-256)"] == "ab12"
    assert told["Code of the program (SHA-256)"] == "cd34"
