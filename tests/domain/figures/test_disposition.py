from dataclasses import replace
from itertools import pairwise

from registry_app.domain.figures.analysis_sets import primary
from registry_app.domain.figures.disposition import disposition, taken_back
from registry_app.domain.figures.document import Figure, Table, walk
from tests.domain.figures.made_up_survey import survey, with_case


def blocks(dataset, kind):
    found = walk(disposition(dataset, primary(dataset)))
    return {b.id: b for b in found if isinstance(b, kind)}


def test_each_row_counts_both_arms_and_names_the_patients():
    table = blocks(survey(), Table)["disposition"]
    rows = {row.id: row.cells[1:] for row in table.rows}

    assert [c.shown for c in rows["registered"]] == ["13", "2"]
    assert [c.shown for c in rows["treated"]] == ["13", "—"]
    assert [c.shown for c in rows["under-observation"]] == ["12", "2"]
    assert [c.shown for c in rows["ended:lost"]] == ["1", "0"]
    assert [c.shown for c in rows["with-baseline"]] == ["12", "2"]
    assert [ref.of for ref in rows["ended:lost"][0].refs] == ["SAP-0005-X"]


def test_a_consent_taken_back_is_counted_and_removes_nobody():
    dataset = survey()
    table = blocks(dataset, Table)["disposition"]
    rows = {row.id: row.cells[1:] for row in table.rows}

    assert [c.shown for c in rows["consent-back:follow-up"]] == ["1", "0"]
    assert [p.id for p in taken_back(dataset)] == ["SAP-0002-X"]
    assert rows["registered"][0].data == 13


def test_members_are_evaluable_or_not_due_or_lost():
    rows = {row.id: row.cells for row in blocks(survey(), Table)["cohorts"].rows}
    one = rows["primary-1:treated"]

    members, evaluable, undecided, ahead, lost = (cell.data for cell in one[2:])
    assert evaluable["total"] == members
    assert evaluable["n"] + ahead + lost == members
    assert undecided == 1


def test_the_flow_never_loses_anybody_on_its_way():
    (figure,) = blocks(survey(), Figure).values()

    for _, boxes in figure.chart.columns:
        for above, below in pairwise(boxes):
            assert above.n - sum(one.n for one in above.left) == below.n


def test_who_was_never_given_the_product_is_in_no_cohort_but_named():
    dataset = survey()
    one, *rest = dataset.patients
    waiting = with_case(one, subject=replace(one.case.subject, treatment_date=None))
    found = blocks(replace(dataset, patients=(waiting, *rest)), Table)

    rows = {row.id: row.cells for row in found["cohorts"].rows}
    assert [ref.of for ref in rows["never-given"][2].refs] == ["SAP-0001-X"]
    assert "SAP-0001-X" not in {r.of for r in rows["primary-1:treated"][2].refs}


def test_the_flow_ends_in_those_who_are_evaluable():
    dataset = survey()
    (figure,) = blocks(dataset, Figure).values()
    counts = [len(group.evaluable) for group in primary(dataset)]

    ends = [boxes[-1].n for _, boxes in figure.chart.columns]
    assert ends == [sum(counts[::2]), sum(counts[1::2])]
