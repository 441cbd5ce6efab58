import json
from dataclasses import replace

from registry_app.domain.figures.as_data import as_data
from registry_app.domain.figures.patient_summary import difference
from registry_app.domain.isncsci.result import Interval
from registry_app.domain.subject import Arm, Cause
from registry_app.domain.visit import Status
from tests.reports.made_up import (
    a_sheet,
    a_subject,
    a_summary,
    an_exam,
    an_identity,
    some_exams,
)


def test_exams_are_told_by_day_whatever_their_order():
    summary = a_summary(list(reversed(some_exams())))

    assert [row.day for row in summary.rows] == [14, 91, 182, 233]
    assert [row.treated for row in summary.rows] == [-23, 54, 145, 196]


def test_the_change_is_between_completed_exams_only():
    summary = a_summary()

    assert summary.first.row.day == 14
    assert summary.latest.row.day == 182


def test_one_completed_exam_has_no_change():
    draft = an_exam(91, a_sheet(), status=Status.DRAFT)
    summary = a_summary([an_exam(14, a_sheet()), draft])

    assert summary.first is not None
    assert summary.latest is None
    assert summary.change is None


def test_an_empty_sheet_is_listed_but_not_drawn():
    summary = a_summary([an_exam(3, {})])

    assert len(summary.rows) == 1
    assert summary.trajectory.ais == ()
    assert summary.first is None


def test_a_difference_of_ranges_holds_every_difference_of_their_members():
    for low, high in ((0, 3), (2, 2)):
        for other_low, other_high in ((1, 4), (0, 0)):
            found = difference(Interval(low, high), Interval(other_low, other_high))
            every = {
                b - a
                for a in range(low, high + 1)
                for b in range(other_low, other_high + 1)
            }
            assert found == Interval(min(every), max(every))


def test_the_age_is_exact_by_the_birth_date_and_a_range_by_the_year():
    assert a_summary(identity=an_identity()).age == Interval(60, 60)
    assert a_summary().age == Interval(59, 60)
    assert a_summary(subject=a_subject(birth_year=None)).age is None


def test_a_pseudonymous_summary_holds_no_identity():
    summary = a_summary(identity=an_identity())

    assert summary.identity is None
    assert "太郎" not in json.dumps(as_data(summary), ensure_ascii=False)


def test_what_the_record_does_not_say_is_listed():
    subject = a_subject(treatment_date=None, cause=Cause.UNKNOWN, birth_year=None)
    keys = [lack.key for lack in a_summary([], subject=subject).lacks]

    assert keys == [
        "report.lack-treatment-date",
        "report.lack-birth",
        "report.lack-cause",
        "report.lack-exams",
    ]


def test_a_comparison_subject_lacks_no_treatment():
    keys = [each.key for each in a_summary(subject=a_subject(arm=Arm.COMPARISON)).lacks]

    assert "report.lack-treatment-date" not in keys


def test_the_figures_are_plain_data():
    data = as_data(a_summary())

    assert json.loads(json.dumps(data)) == data
    assert data["change"]["totals"]["uems"] == {"low": 22, "high": 22}


def test_the_change_since_treatment_is_from_the_last_exam_before_it():
    exams = [
        an_exam(3, a_sheet("C4", 1)),
        an_exam(30, a_sheet("C4", 2)),
        an_exam(37, a_sheet("C5", 2)),  # the day of the treatment
        an_exam(90, a_sheet("C6", 2)),
    ]
    summary = a_summary(exams)
    gained = summary.change_since.totals["lt"]

    assert summary.before.row.treated == -7
    assert gained.low == summary.latest.row.result.totals["lt"].low - (
        summary.before.row.result.totals["lt"].high
    )


def test_without_an_exam_between_the_first_and_the_treatment_there_is_one_change():
    assert a_summary().before is None
    comparison = a_summary(subject=a_subject(arm=Arm.COMPARISON))
    assert comparison.change_since is None


def test_a_patient_never_examined_before_the_treatment_is_listed():
    keys = [lack.key for lack in a_summary([an_exam(40, a_sheet())]).lacks]

    assert "report.lack-before-treatment" in keys


def told(exam, **about):
    return replace(exam, form=replace(exam.form, **about))


def test_a_result_of_the_examiner_that_the_scores_cannot_give_is_listed():
    exam = told(an_exam(14, a_sheet("T6", 0)), own={"ais": "C", "nli": "T6"})
    (lack,) = a_summary([exam]).lacks

    assert lack.key == "report.lack-agreement-ais"
    assert lack.params == {"day": 14, "own": "C", "found": "A"}


def test_all_normal_without_an_earlier_deficit_has_no_grade():
    normal = an_exam(14, a_sheet("S4_5", VAC="Yes", DAP="Yes"))

    for deficit, grades in ((None, 1), (True, 1), (False, 0)):
        summary = a_summary([told(normal, prior_deficit=deficit)])
        assert summary.rows[0].ungraded is (deficit is False)
        assert len(summary.trajectory.ais) == grades
        assert len(summary.trajectory.motor[0].points) == 1


def test_a_second_rating_stands_in_the_list_and_in_nothing_else():
    first, latest = an_exam(14, a_sheet("C4", 2)), an_exam(182, a_sheet("C5", 5))
    again = an_exam(182, a_sheet("C8", 9, spared=True))
    again = replace(again, form=replace(again.form, id="again", rates="form-182"))

    alone, rated = a_summary([first, latest]), a_summary([again, first, latest])

    assert [row.ref for row in rated.rows] == ["form-14", "form-182", "again"]
    assert [row.rates for row in rated.rows] == ["", "", "form-182"]
    assert rated.change == alone.change
    assert rated.latest is not None
    assert rated.latest.row.ref == "form-182"
    assert rated.trajectory == alone.trajectory
    assert rated.timeline == alone.timeline
    assert rated.lacks == alone.lacks
    assert [row["second_rating_of"] for row in as_data(rated)["exams"]] == [
        *(None, None),
        "form-182",
    ]
