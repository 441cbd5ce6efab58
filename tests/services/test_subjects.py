from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry_app.domain.errors import InvalidValue
from registry_app.domain.isncsci.segments import SCORE_ITEMS
from registry_app.domain.subject import Arm, Identity, Subject, is_case_id
from registry_app.services import enrolment, subjects
from registry_app.services.enrolment import likely_duplicates
from registry_app.services.exams import previous_exam, save_exam
from registry_app.services.subjects import SubjectQuery, open_subject
from registry_app.services.trail import head
from tests.builders import INJURY, a_draft, a_subject, an_enrolment, an_exam


def _ids(desk, **query):
    return subjects.subject_ids(desk, SubjectQuery(**query))


def test_case_ids_follow_one_another_and_leave_out_numbers_without_a_check_letter(desk):
    ids = [a_subject(desk).id for _ in range(60)]
    assert all(map(is_case_id, ids))
    assert ids == sorted(ids)
    assert len(set(ids)) == 60
    numbers = [int(case.split("-")[1]) for case in ids]
    assert numbers[-1] > 60  # one number in 37 gives no ID


def test_the_case_after_9999_has_five_digits(desk):
    with desk.begin() as work:
        work.save(an_enrolment().subject("SAP-9999-7"))
        assert enrolment.next_case_id(work, "SAP").startswith("SAP-10000-")
        work.save(an_enrolment().subject("SAP-10000-X"))
        assert enrolment.next_case_id(work, "SAP").startswith("SAP-10001-")


def test_somebody_without_a_name_has_no_identity(desk):
    bare = dict.fromkeys(
        ("family", "given", "family_kana", "given_kana", "hospital_number"), ""
    )
    subject = a_subject(desk, **bare, birth_date=None, birth_year=1980)
    assert open_subject(desk, subject.id).identity is None
    assert subject.birth_year == 1980


def test_what_cannot_be_is_refused_and_nothing_is_stored(desk):
    with pytest.raises(InvalidValue, match="treated-before-injury"):
        a_subject(desk, treatment_date=INJURY - timedelta(days=1))
    assert _ids(desk) == []


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ({}, True),
        ({"hospital_number": "００１２３４５", "family_kana": "ベツ"}, True),
        ({"hospital_number": "99", "family_kana": "かくう", "given_kana": "ﾀﾛｳ"}, True),
        ({"hospital_number": "99", "birth_date": None}, True),
        ({"hospital_number": "99", "birth_date": date(1981, 5, 5)}, False),
        ({"hospital_number": "", "family_kana": "", "given_kana": ""}, False),
        ({"hospital_number": "99", "family_kana": "", "source_code": "K-7"}, True),
    ],
)
def test_somebody_who_may_be_there_already_is_named(desk, told, known):
    there = a_subject(desk, source_code="K-7")
    found = likely_duplicates(desk, an_enrolment(**told))
    assert found == ((there.id,) if known else ())


def test_a_list_is_found_by_name_reading_number_or_case_id(desk):
    one = a_subject(desk, family="髙橋", given="花子", family_kana="タカハシ")
    two = a_subject(desk, hospital_number="777_7", source_code="KEY-9")
    for text in ("高橋", "ﾀｶﾊｼ", "たかはし", "髙橋　花", one.id, one.id.lower()):
        assert _ids(desk, text=text) == [one.id], text
    for text in ("777_", "key-9", "ＫＥＹ"):
        assert _ids(desk, text=text) == [two.id], text
    for text in ("%", "_", "nobody"):
        assert _ids(desk, text=text) == ([two.id] if text == "_" else []), text
    assert _ids(desk, text=" ") == [one.id, two.id]


def test_a_list_is_sorted_by_the_data_base_with_the_unknown_last(desk):
    third = a_subject(desk, family_kana="ワタナベ", injury_date=date(2026, 1, 3))
    first = a_subject(desk, family_kana="アオキ", injury_date=date(2026, 1, 1))
    bare = {"family_kana": "", "given_kana": "", "injury_date": date(2026, 1, 2)}
    second = a_subject(desk, arm=Arm.COMPARISON, **bare)
    an_exam(desk, first, VAC="No", DAP="No", R_M_L2="3")
    an_exam(desk, third, R_LT_C4="0")
    an_exam(desk, third, on=date(2026, 3, 1), code="month-1")
    every = [third.id, first.id, second.id]

    assert _ids(desk) == every
    assert _ids(desk, descending=True) == every[::-1]
    assert _ids(desk, arm=Arm.COMPARISON) == [second.id]
    orders = {
        "kana": [first.id, third.id, second.id],
        "injury_date": [first.id, second.id, third.id],
        "treatment_date": [third.id, first.id, second.id],
        "exams": [second.id, first.id, third.id],
        "latest_exam": [first.id, third.id, second.id],
    }
    for sort, order in orders.items():
        assert _ids(desk, sort=sort) == order, sort
    assert _ids(desk, sort="kana", descending=True) == [third.id, first.id, second.id]
    assert _ids(desk, sort="latest_exam", descending=True)[-1] == second.id
    for sort in ("arm", "sex", "ais_latest", "nli_latest"):
        assert sorted(_ids(desk, sort=sort)) == sorted(every), sort
    with pytest.raises(InvalidValue, match="no-such-order"):
        _ids(desk, sort="family; DROP TABLE subject")


def test_a_line_of_the_list_tells_completed_exams_and_counts_drafts(desk):
    subject = a_subject(desk)
    an_exam(desk, subject, R_M_S1="NT")
    last = an_exam(desk, subject, on=date(2026, 3, 1), code="month-1")
    a_draft(desk, subject, on=date(2026, 4, 1), code="month-3")

    (row,) = subjects.subject_rows(desk, [subject.id])

    exams = open_subject(desk, subject.id).exams
    assert (row.exams, row.drafts, row.latest_exam) == (2, 1, last.date)
    assert row.kana == "カクウ タロウ"
    assert row.ais_first == exams[0].result["ais"].values
    assert row.ais_latest == exams[1].result["ais"].values
    assert row.nli_latest == exams[1].result["nli"].values


def test_the_lines_come_in_the_order_that_was_asked_for(desk):
    ids = [a_subject(desk).id for _ in range(5)][::-1]
    rows = subjects.subject_rows(desk, [*ids, "SAP-9999-0"])
    assert [row.id for row in rows] == ids
    assert rows[0].ais_latest == rows[0].nli_latest == ()
    assert rows[0].latest_exam is None


def test_the_previous_exam_is_the_last_completed_one_before_that_day(desk):
    subject = a_subject(desk)
    first = an_exam(desk, subject, on=date(2026, 2, 1))
    a_draft(desk, subject, on=date(2026, 2, 2))
    third = an_exam(desk, subject, on=date(2026, 3, 1))
    file = open_subject(desk, subject.id)

    assert previous_exam(file, third).form == first
    assert previous_exam(file, first) is None


def test_a_correction_keeps_what_was_there(desk):
    subject = a_subject(desk)
    before = head(desk).seq
    corrected = replace(subject, injury_date=INJURY + timedelta(days=1))
    who = Identity("", "架空", "次郎", version=1)
    saved = subjects.correct_subject(desk, corrected, "Misread chart", who)

    file = open_subject(desk, subject.id)
    assert file.subject == saved == replace(corrected, version=2)
    assert file.identity.given == "次郎"
    assert isinstance(open_subject(desk, subject.id, before).subject, Subject)
    assert open_subject(desk, subject.id, before).identity.given == "太郎"


def test_an_exam_that_was_never_anything_but_normal_has_no_grade(desk):
    subject = a_subject(desk)
    normal = {item: "2" for item in SCORE_ITEMS if "_M_" not in item}
    muscles = {item: "5" for item in SCORE_ITEMS if "_M_" in item}
    form = an_exam(desk, subject, **normal, **muscles, VAC="Yes", DAP="Yes")
    (row,) = subjects.subject_rows(desk, [subject.id])
    assert row.ais_latest == ("E",)
    save_exam(desk, replace(form, prior_deficit=False), "asked")
    (row,) = subjects.subject_rows(desk, [subject.id])
    assert row.ais_latest == ()
    assert row.nli_latest == ("INT",)
