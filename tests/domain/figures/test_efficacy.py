from dataclasses import replace
from datetime import date

import pytest

from registry_app.domain.evaluation import Evaluation, OtherWindow
from registry_app.domain.figures.analysis_sets import (
    Why,
    in_arm,
    not_given,
    outside,
    primary,
    undecided,
)
from registry_app.domain.figures.cover import common_cover
from registry_app.domain.figures.document import (
    Figure,
    Mark,
    Section,
    Table,
    walk,
)
from registry_app.domain.figures.document_data import numbering
from registry_app.domain.figures.efficacy import efficacy_sections
from registry_app.domain.figures.evaluation_report import evaluation_report
from registry_app.domain.figures.plan_items import definitions
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import Setting
from registry_app.domain.report import Kind
from registry_app.domain.subject import Arm
from registry_app.packs.loader import load_pack
from tests.domain.figures.made_up_efficacy import (
    ON,
    a_dataset,
    a_patient,
    a_protocol,
    everybody,
)


def tables(dataset):
    whole = Section("all", "all", efficacy_sections(dataset))
    return {block.id: block for block in walk(whole) if isinstance(block, Table)}


def shown(table, row_id):
    row = next(row for row in table.rows if row.id == row_id)
    names = [column.id for column in table.columns]
    return {n: c.shown for n, c in zip(names, row.cells, strict=True)}


def who(table, row_id, column):
    row = next(row for row in table.rows if row.id == row_id)
    at = [one.id for one in table.columns].index(column)
    return [r.id[4:8] for r in row.cells[at].refs if r.kind == "subject"]


def numbers(patients):
    return [int(patient.id[4:8]) for patient in patients]


def test_each_member_is_evaluable_or_has_one_reason_why_not():
    group = primary(a_dataset())[0]

    assert group.cohort.id == "cohort-1"
    assert group.arm is Arm.TREATED
    reasons = {int(one.patient.id[4:8]): one.why for one in group.members}
    assert reasons == {
        1: None,
        2: None,
        3: None,
        4: Why.MISSING,
        5: Why.ENDED,
        6: None,
        7: Why.AHEAD,
        8: None,
        15: Why.NOT_PRIMARY,
    }
    assert numbers(m.patient for m in group.reached) == [1, 6, 8]
    assert numbers(m.patient for m in group.undecided) == [3]


def test_who_is_in_no_cohort_and_who_may_still_come_into_one_are_told_apart():
    dataset = a_dataset()

    assert numbers(outside(dataset, Arm.TREATED)) == [13]
    assert numbers(undecided(dataset, Arm.TREATED)) == [14]


def test_who_was_enrolled_and_not_given_the_product_is_in_no_set_but_counted():
    dataset = a_dataset([*everybody(), a_patient(16, "A", "D", treated=None)])

    assert numbers(not_given(dataset)) == [16]
    assert numbers(in_arm(dataset, Arm.COMPARISON)) == [11, 12]
    assert 16 not in numbers(in_arm(dataset, Arm.TREATED))
    table = tables(dataset)["missing"]
    assert who(table, "missing-treated-not-given", "patients") == ["0016"]


def test_the_arms_are_never_one_group():
    groups = primary(a_dataset())

    assert [(g.cohort.id, g.arm.value, len(g.evaluable)) for g in groups] == [
        ("cohort-1", "treated", 5),
        ("cohort-1", "comparison", 2),
        ("cohort-2", "treated", 2),
        ("cohort-2", "comparison", 0),
    ]


def test_responders_are_n_of_n_with_both_intervals_and_the_best_case():
    table = tables(a_dataset())["responders"]

    found = shown(table, "primary-1-treated")

    assert found["n-of-n"] == "3 / 5"
    assert found["exact"] == "60.0 % (14.7–94.7)"
    assert found["wilson"] == "(23.1–88.2)"
    assert (found["undecided"], found["best"]) == ("1", "4 / 5")
    assert who(table, "primary-1-treated", "n-of-n") == ["0001", "0006", "0008"]
    assert shown(table, "primary-1-treated-blinded")["n-of-n"] == "1 / 1"
    assert shown(table, "primary-2-treated")["n-of-n"] == "1 / 2"
    assert shown(table, "primary-2-treated-B")["n-of-n"] == "1 / 1"


def test_no_percentage_stands_alone_below_twenty():
    table = tables(a_dataset())["responders"]

    cells = {row.id: row.cells for row in table.rows if not row.group}
    assert cells["primary-1-treated"][1].strong
    assert not cells["primary-1-treated"][2].strong


def test_nobody_of_some_has_a_one_sided_limit():
    patients = [a_patient(n, "A", "A") for n in range(1, 14)]

    table = tables(a_dataset(patients))["responders"]

    assert shown(table, "primary-1-treated")["exact"] == "0.0 % (0.0–24.7)"
    assert shown(table, "primary-1-treated-limit")["exact"] == "≤ 20.6 %"


def test_the_sensitivity_takes_one_thing_otherwise_each_time():
    table = tables(a_dataset())["sensitivity"]

    found = {
        name: shown(table, f"primary-1-treated-{name}")["n-of-n"]
        for name in (
            "primary",
            "undecided-best",
            "missing-worst",
            "missing-best",
            "narrow",
            "wide",
            "blinded",
            "before",
            "expected",
        )
    }

    assert found == {
        "primary": "3 / 5",
        "undecided-best": "4 / 5",
        "missing-worst": "3 / 8",
        "missing-best": "7 / 8",
        "narrow": "3 / 5",
        "wide": "3 / 5",
        "blinded": "1 / 1",
        "before": "2 / 4",
        "expected": "2.5 / 5",
    }


def test_nothing_is_expected_where_a_grade_has_nobody_to_compare_with():
    table = tables(a_dataset())["sensitivity"]

    assert "primary-2-treated-expected" not in {row.id for row in table.rows}


def test_the_shift_names_the_missing_the_undecided_and_those_not_yet_due():
    table = tables(a_dataset())["shift"]

    found = shown(table, "cohort-1-treated-A")

    assert [found[grade] for grade in "ABCDE"] == ["1", "0", "2", "1", "0"]
    assert (found["undecided"], found["missing"], found["ahead"]) == ("1", "3", "1")
    assert found["evaluable"] == "5"
    # A to B or C is better by one grade for certain, and by two perhaps.
    assert (found["better-1"], found["better-2"]) == ("4 / 5", "3 / 5")


def test_the_shift_figure_says_the_same_as_its_table():
    sections = efficacy_sections(a_dataset())
    figures = [
        block for s in sections for block in walk(s) if isinstance(block, Figure)
    ]
    chart = next(one.chart for one in figures if one.id == "shift")

    (row,) = chart.groups[0][1]

    assert (row.base, row.counts) == ("A", (1, 0, 2, 1, 0))
    assert (row.missing, row.undecided, row.better) == (4, 1, (4, 3))


def test_who_is_in_no_cohort_stands_apart():
    found = tables(a_dataset())

    assert shown(found["outside"], "outside-treated-A")["B"] == "1"
    assert who(found["outside"], "outside-treated-A", "B") == ["0013"]
    assert "0013" not in {
        ref.id[4:8]
        for row in found["shift"].rows
        for cell in row.cells
        for ref in cell.refs
    }


def test_missing_data_are_named_by_their_reason():
    table = tables(a_dataset())["missing"]

    found = shown(table, "missing-treated-cohort-1-primary-1")

    assert (found["patients"], found["evaluable"]) == ("9", "5")
    assert {n: v for n, v in found.items() if n.startswith("why-")} == {
        "why-not-primary": "1",
        "why-ahead": "1",
        "why-ended": "1",
        "why-missing": "1",
        "why-ungraded": "0",
    }
    assert shown(table, "missing-treated-undecided")["patients"] == "1"
    assert shown(table, "missing-treated-outside")["patients"] == "1"


def test_a_median_is_of_determined_values_and_bounds_are_of_all():
    table = tables(a_dataset())["trajectory-lems"]

    found = shown(table, "cohort-1-treated-endpoint")

    # 4 4 4 4 determined (patients 1, 6, 8, 15), 0–2 and 6–8 not.
    assert (found["n"], found["untestable"], found["missing"]) == ("6", "2", "2")
    assert (found["median"], found["quartiles"]) == ("4", "4–4")
    assert found["bounds"] == "4–4"


def test_changes_of_scim_are_counted_by_both_sizes():
    table = tables(a_dataset())["change-scim"]

    found = shown(table, "cohort-1-treated")

    assert (found["both"], found["not-both"]) == ("3", "6")
    assert (found["gained"], found["fell"]) == ("2 / 3", "1 / 3")
    assert (found["small"], found["large"]) == ("2 / 3", "1 / 3")


def test_second_ratings_agree_by_kappa():
    table = tables(a_dataset())["kappa"]

    found = shown(table, "kappa-treated")

    # A by both, and D rated C: one of two agrees.
    assert (found["pairs"], found["agreed"]) == ("2", "1 / 2")
    assert found["kappa"] == "0.33"
    assert shown(table, "kappa-comparison")["kappa"] == "—"


def test_what_assessors_knew_is_counted():
    table = tables(a_dataset())["blinding"]

    found = shown(table, "blinding-primary-1-treated-endpoint")

    assert (found["exams"], found["blinded"], found["knows"]) == ("6", "1 / 6", "5 / 6")


def test_comparators_of_another_baseline_window_carry_the_warning():
    table = tables(a_dataset())["comparators"]

    assert _verdict(table, "ais-a-1") == "efficacy.not-alike"
    assert _verdict(table, "scims-1") == "efficacy.window-unknown"
    assert _verdict(table, "japan-week-8-1") == "efficacy.comparable"
    assert _verdict(table, "concurrent-here") == "efficacy.comparable"


def test_or_they_are_left_out_as_the_plan_says():
    said = definitions(a_protocol(), OtherWindow.OMIT)
    plan = Evaluation("1", "plan", ON, "kato", said, date(2025, 1, 1), "kato")

    table = tables(a_dataset(evaluations=(plan,)))["comparators"]

    ids = {row.id for row in table.rows}
    assert "japan-week-8-1" in ids
    assert not any(one.startswith(("ais-a", "scims", "japan-72h")) for one in ids)
    assert table.notes[1].params == {"number": 4}


def _verdict(table, row_id):
    row = next(row for row in table.rows if row.id == row_id)
    return row.cells[-1].shown.key


def test_a_change_after_the_lock_is_marked_on_the_primary_results():
    said = definitions(a_protocol())
    plan = Evaluation("1", "plan", ON, "kato", said, date(2025, 1, 1), "kato")
    setting = Setting("visit:endpoint", {"before": "60", "after": "60"})
    moved = replace(a_protocol(), settings={"visit:endpoint": setting})

    kept = {s.id: s for s in efficacy_sections(a_dataset(evaluations=(plan,)))}
    changed = {
        s.id: s
        for s in efficacy_sections(a_dataset(evaluations=(plan,), protocol=moved))
    }

    assert kept["efficacy-responders"].mark is Mark.NONE
    assert changed["efficacy-responders"].mark is Mark.AFTER_LOCK
    assert changed["efficacy-shift"].mark is Mark.AFTER_LOCK


def test_a_pack_without_endpoints_still_shows_the_course():
    protocol = Protocol(load_pack("natural-history"))
    one = a_patient(1, "A", "B", arm=Arm.COMPARISON, protocol=protocol)

    found = tables(a_dataset([one], protocol=protocol))

    assert "trajectory-uems" in found
    assert "responders" not in found


def test_every_table_is_as_wide_as_the_measure_and_every_row_is_whole():
    for table in tables(a_dataset()).values():
        assert sum(column.width for column in table.columns) == pytest.approx(168)
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
        assert len({row.id for row in table.rows}) == len(table.rows)


def test_r3_has_its_ten_sections_and_a_change_after_the_lock_before_and_after():
    said = definitions(a_protocol())
    plan = Evaluation("1", "plan", ON, "kato", said, date(2025, 1, 1), "kato")
    later = {**said, "cohort:cohort-1": "baseline=baseline; tests=ais in {A}"}
    other = Evaluation("2", "again", ON, "kato", later, ON, "kato", data_seen=True)
    dataset = a_dataset(evaluations=(plan, other))
    cover = common_cover(Kind.EVALUATION, dataset.protocol, ON)

    report = evaluation_report(dataset, cover)

    assert [section.id for section in report.sections] == [
        "background",
        "evaluation-plan",
        "populations",
        "primary",
        "secondary",
        "sensitivity-analyses",
        "natural-course",
        "safety",
        "limits-of-report",
        "conclusion",
    ]
    found = {b.id: b for s in report.sections for b in walk(s) if isinstance(b, Table)}
    first = shown(found["plan-history"], "change-1")
    assert first["version"] == "2"
    assert first["lock"].key == "efficacy.after-lock"
    assert first["seen"].key == "efficacy.data-seen"
    assert report.sections[1].mark is Mark.AFTER_LOCK
    assert report.sections[3].mark is Mark.AFTER_LOCK
    assert numbering(report).tables["targets"] == "3-1"


def test_r3_says_how_many_of_the_target_there_are():
    dataset = a_dataset()
    cover = common_cover(Kind.EVALUATION, dataset.protocol, ON)

    report = evaluation_report(dataset, cover)

    found = {b.id: b for s in report.sections for b in walk(s) if isinstance(b, Table)}
    treated = shown(found["targets"], "target-treated")
    assert (treated["target"], treated["of-target"]) == ("90", "13 / 90")
    comparison = shown(found["targets"], "target-comparison")
    assert comparison["target"].key == "efficacy.no-target"
    assert comparison["evaluable"] == "2"


def test_the_same_data_give_the_same_sections():
    assert efficacy_sections(a_dataset(everybody())) == efficacy_sections(
        a_dataset(everybody())
    )
