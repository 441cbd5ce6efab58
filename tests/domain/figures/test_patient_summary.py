import json

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
