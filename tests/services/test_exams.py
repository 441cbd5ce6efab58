from dataclasses import replace

import pytest

from registry_app.domain.errors import Refused
from registry_app.services.exams import complete_exam, save_exam
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
