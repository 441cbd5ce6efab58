"""Marks of what was compared with its source: they drop when it is changed."""

from dataclasses import replace

import pytest

from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.source_check import SourceCheck
from registry_app.domain.visit import Form
from registry_app.services import exams
from registry_app.services.source_checks import (
    mark_as_checked,
    marks_of,
    marks_of_forms,
    withdraw_check,
)
from tests.builders import a_draft, a_sheet, a_subject, an_exam

C5, C6 = "values.R_M_C5", "values.R_M_C6"


@pytest.fixture
def form(desk):
    return an_exam(desk, a_subject(desk))


def corrected(desk, form_id, **values):
    with desk.read() as reading:
        form = reading.get(Form, form_id)
    changed = replace(form, values={**form.values, **values})
    return exams.save_exam(desk, changed, "misread")


def test_a_mark_of_an_item_holds_until_that_item_is_changed(desk, form):
    mark_as_checked(desk, form.id, C5)
    corrected(desk, form.id, R_M_C6="3")
    assert marks_of(desk, form.id).items[C5].holds

    corrected(desk, form.id, R_M_C5="4")

    mark = marks_of(desk, form.id).items[C5]
    assert not mark.holds
    assert mark.dropped.reason == "misread"


def test_a_mark_stays_dropped_when_the_item_is_changed_back(desk, form):
    mark_as_checked(desk, form.id, C5)
    corrected(desk, form.id, R_M_C5="4")
    corrected(desk, form.id, R_M_C5="5")

    marks = marks_of(desk, form.id)
    assert not marks.items[C5].holds
    assert marks.dropped == (marks.items[C5],)


def test_it_is_set_anew_after_it_has_dropped_and_not_twice_before(desk, form):
    mark_as_checked(desk, form.id, C5)
    with pytest.raises(Refused, match=r"source_check\.marked-already"):
        mark_as_checked(desk, form.id, C5)
    corrected(desk, form.id, R_M_C5="4")

    mark_as_checked(desk, form.id, C5)

    assert marks_of(desk, form.id).items[C5].holds
    assert marks_of(desk, form.id).dropped == ()


def test_a_mark_of_the_whole_form_drops_with_any_change_of_it(desk, form):
    mark_as_checked(desk, form.id)
    assert marks_of(desk, form.id).verified == len(form.values)

    with desk.begin("more was said") as work:
        work.save(replace(form, comment="spasm"))

    marks = marks_of(desk, form.id)
    assert marks.verified == 0
    assert marks.dropped == (marks.whole,)


def test_the_mark_of_the_whole_stands_for_each_item_and_one_of_an_item_for_it_alone(
    desk, form
):
    mark_as_checked(desk, form.id, C5)
    assert marks_of(desk, form.id).verified == 1
    assert marks_of(desk, form.id).of(C6) is None
    corrected(desk, form.id, R_M_C5="4")

    mark_as_checked(desk, form.id)

    marks = marks_of(desk, form.id)
    assert marks.of(C5) == marks.of(C6) == marks.whole
    assert marks.dropped == ()


def test_the_note_of_a_star_belongs_to_its_score(desk):
    form = an_exam(desk, a_subject(desk))
    mark_as_checked(desk, form.id, C5)
    with desk.begin("filled, not examined") as work:
        work.save(replace(form, how={"R_M_C5": "filled"}))

    assert not marks_of(desk, form.id).items[C5].holds


def test_a_mark_is_withdrawn_with_a_reason_and_once(desk, form):
    mark = mark_as_checked(desk, form.id, C5)
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        withdraw_check(desk, mark.id, " ")
    withdraw_check(desk, mark.id, "of the other patient")

    assert marks_of(desk, form.id).items == {}
    with pytest.raises(Refused, match=r"source_check\.withdrawn-already"):
        withdraw_check(desk, mark.id, "again")


def test_the_storage_asks_for_the_reason_whoever_withdraws(desk, form):
    mark = mark_as_checked(desk, form.id)
    with pytest.raises(Refused, match=r"trail\.reason-needed"), desk.begin() as work:
        work.save(replace(work.get(SourceCheck, mark.id), withdrawn=True))


def test_a_draft_and_what_is_not_written_cannot_be_marked(desk):
    subject = a_subject(desk)
    draft = a_draft(desk, subject)
    with pytest.raises(Refused, match=r"source_check\.not-complete"):
        mark_as_checked(desk, draft.id)
    form = exams.complete_exam(desk, replace(draft, values=a_sheet()))
    with pytest.raises(Refused, match=r"source_check\.no-value"):
        mark_as_checked(desk, form.id, "values.R_M_C1")
    with pytest.raises(NotFound):
        mark_as_checked(desk, "none")


def test_the_marks_of_several_forms_are_each_its_own(desk, form):
    other = an_exam(desk, a_subject(desk))
    mark_as_checked(desk, form.id)

    found = marks_of_forms(desk, [form.id, other.id])

    assert found[form.id].whole.holds
    assert found[other.id].whole is None
