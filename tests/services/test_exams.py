from dataclasses import replace

import pytest

from registry_app.domain.errors import Refused
from registry_app.services.cases import case_of
from registry_app.services.exams import (
    begin_exam,
    complete_exam,
    ratable,
    save_exam,
)
from registry_app.services.subjects import open_subject
from tests.builders import a_subject, an_exam


def test_a_completed_exam_is_corrected_only_with_a_reason(desk):
    subject = a_subject(desk)
    form = an_exam(desk, subject)
    corrected = replace(form, values={**form.values, "R_LT_C2": "1"})
    with pytest.raises(Refused, match=r"exam\.reason-needed"):
        save_exam(desk, corrected)

    saved = save_exam(desk, corrected, "Misread worksheet")

    assert saved == replace(corrected, version=form.version + 1)
    assert [exam.form for exam in open_subject(desk, subject.id).exams] == [saved]


def test_a_starred_score_must_be_answered_before_an_exam_is_completed(desk):
    subject = a_subject(desk)
    form = an_exam(desk, subject)
    with pytest.raises(Refused, match=r"exam\.unanswered"):
        complete_exam(desk, replace(form, values={**form.values, "R_LT_C2": "1*"}))


def test_a_second_rating_is_of_the_same_visit_and_counts_for_no_window(desk):
    subject = a_subject(desk)
    first = an_exam(desk, subject)

    second = begin_exam(
        desk, subject.id, "", first.date, "Another (made up)", rates=first.id
    )
    complete_exam(desk, replace(second, values=first.values))

    assert (second.visit_id, second.date) == (first.visit_id, first.date)
    assert [exam.form_id for exam in case_of(desk, subject.id).exams] == [first.id]
    assert ratable(open_subject(desk, subject.id)) == ()


def test_a_second_rating_is_of_a_completed_exam_and_by_somebody_else(desk):
    subject = a_subject(desk)
    first = an_exam(desk, subject)
    draft = begin_exam(desk, subject.id, "", first.date, "A")

    def rate(sheet, assessor):
        begin_exam(desk, subject.id, "", first.date, assessor, rates=sheet.id)

    with pytest.raises(Refused, match=r"exam\.rates-a-complete-one"):
        rate(draft, "Another (made up)")
    with pytest.raises(Refused, match=r"exam\.rated-by-another"):
        rate(first, first.assessor.upper())
