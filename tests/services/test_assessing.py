"""What a blinded assessor is given: exams to do, and one's own sheet alone."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from registry_app.domain.blinding import Hidden, Unblinded
from registry_app.domain.errors import Refused
from registry_app.domain.person import Role
from registry_app.domain.subject import Arm
from registry_app.domain.visit import Blinding, Status
from registry_app.services import exams
from registry_app.services.assessing import (
    begin_assessment,
    exams_to_do,
    open_assessment,
)
from registry_app.services.blinding import unblind
from registry_app.services.drafts import open_sheets
from registry_app.services.locks import locks
from registry_app.services.subjects import open_subject
from tests.builders import INJURY, a_clock, a_draft, a_sheet, a_subject, an_exam

#: In the window of the baseline, 49 days after the injury.
BASELINE = INJURY + timedelta(days=49)
#: The treatment of the treated patient; no day of anything else.
TREATED = INJURY + timedelta(days=37)


@pytest.fixture
def blind(desk):
    """Somebody else than who enrolled, on the day of the baseline."""
    person = replace(
        desk.person,
        id="hanako",
        display_name="架空 花子",
        role=Role.BLINDED_ASSESSOR,
    )
    clock = a_clock(datetime(2026, 2, 28, 3, 0, tzinfo=UTC))
    return replace(desk, person=person, clock=clock)


@pytest.fixture
def treated(desk):
    return a_subject(desk, treatment_date=TREATED)


@pytest.fixture
def comparison(desk):
    return a_subject(desk, arm=Arm.COMPARISON, family="仮名", given="次郎")


def everything(given):
    """Every value in what a service gives, however deep."""
    if is_dataclass(given):
        for field in fields(given):
            yield from everything(getattr(given, field.name))
    elif isinstance(given, dict):
        for key, value in given.items():
            yield key
            yield from everything(value)
    elif isinstance(given, tuple | list):
        for value in given:
            yield from everything(value)
    else:
        yield given


def own_sheet(blind, subject, **values):
    form = begin_assessment(blind, subject.id, "baseline", BASELINE)
    return exams.save_exam(blind, replace(form, values=a_sheet(**values)))


def test_both_arms_stand_in_the_list_alike(blind, treated, comparison):
    rows = exams_to_do(blind)

    assert {row.subject_id for row in rows} == {treated.id, comparison.id}
    same = [
        replace(row, subject_id="", name="", kana="", hospital_number="")
        for row in rows
    ]
    assert same[0] == same[1]
    assert same[0].day == 49


def test_nothing_that_is_given_tells_the_arm_or_an_earlier_result(
    desk, blind, treated, comparison
):
    an_exam(desk, treated, INJURY + timedelta(days=3), R_M_C5="NT")
    sheets = [
        open_assessment(blind, own_sheet(blind, s).id) for s in (treated, comparison)
    ]

    told = [*everything(exams_to_do(blind)), *everything(sheets)]

    assert not {TREATED, str(TREATED), Arm.TREATED, Arm.COMPARISON, "NT"} & set(
        map(hashable, told)
    )
    assert all(sheet.earlier == () and sheet.previous is None for sheet in sheets)


def hashable(value):
    return value if isinstance(value, str | date) else str(value)


def test_the_sheet_says_who_and_that_they_are_blinded(blind, treated):
    form = own_sheet(blind, treated)
    assert (form.assessor, form.blinding) == ("架空 花子", Blinding.BLINDED)
    assert form.status is Status.DRAFT


def test_who_came_to_know_is_not_blinded_any_more(desk, blind, treated):
    how = Unblinded.ACCIDENTAL
    exams.save_exam(desk, replace(a_draft(desk, treated), assessor="架空花子"))
    unblind(desk, treated.id, "架空花子", how, INJURY, {Hidden.ARM}, "a letter")

    assert own_sheet(blind, treated).blinding is Blinding.KNOWS


def test_a_visit_that_one_arm_alone_has_is_refused_for_both(blind, treated, comparison):
    for subject in (treated, comparison):
        with pytest.raises(Refused, match=r"assessing\.not-neutral"):
            begin_assessment(blind, subject.id, "day-220", BASELINE)
        with pytest.raises(Refused, match=r"assessing\.not-neutral"):
            begin_assessment(blind, subject.id, "unscheduled", BASELINE)


def test_a_sheet_of_somebody_else_is_neither_opened_nor_saved(desk, blind, treated):
    other = a_draft(desk, treated, BASELINE)
    with pytest.raises(Refused, match=r"assessing\.not-yours"):
        open_assessment(blind, other.id)
    with pytest.raises(Refused, match=r"assessing\.not-yours"):
        exams.save_exam(blind, replace(other, comment="x"))
    with pytest.raises(Refused, match=r"assessing\.not-yours"):
        exams.complete_exam(blind, other)


def test_a_second_rating_is_not_begun_for_it_rests_on_another(desk, blind, treated):
    first = an_exam(desk, treated, BASELINE)
    told = (treated.id, "baseline", BASELINE, "架空 花子")
    with pytest.raises(Refused, match=r"assessing\.not-neutral"):
        exams.begin_exam(blind, *told, rates=first.id)


def test_nobody_assesses_blind_under_the_name_of_another(blind, treated):
    told = (treated.id, "baseline", BASELINE, "架空 次郎")
    with pytest.raises(Refused, match=r"assessing\.own-name"):
        exams.begin_exam(blind, *told)


def test_what_was_begun_stays_whose_it_is(blind, treated):
    form = own_sheet(blind, treated)
    for changed in ({"assessor": "架空 次郎"}, {"blinding": Blinding.KNOWS}):
        with pytest.raises(Refused, match=r"assessing\.stays"):
            exams.save_exam(blind, replace(form, **changed))


def test_a_complete_exam_is_in_the_list_and_opens_no_more(blind, treated):
    form = exams.complete_exam(blind, own_sheet(blind, treated))

    (row,) = exams_to_do(blind)
    assert (row.form_id, row.on, row.complete) == (form.id, BASELINE, True)
    with pytest.raises(Refused, match=r"assessing\.done"):
        open_assessment(blind, form.id)
    with pytest.raises(Refused, match=r"assessing\.done"):
        exams.save_exam(blind, replace(form, comment="x"), "misread")


def test_a_draft_waits_however_long_it_takes(blind, treated):
    form = own_sheet(blind, treated)
    later = replace(blind, clock=a_clock(datetime(2028, 2, 28, 3, 0, tzinfo=UTC)))

    assert form.id in {row.form_id for row in exams_to_do(later)}
    exams.complete_exam(later, form)
    assert form.id not in {row.form_id for row in exams_to_do(later)}


def test_the_lists_of_both_arms_are_alike_in_every_week(blind, treated, comparison):
    start = datetime(2026, 1, 3, 3, 0, tzinfo=UTC)
    named = {"subject_id": "", "name": "", "kana": "", "hospital_number": ""}
    days = set()
    for week in range(120):
        clock = a_clock(start + timedelta(weeks=week))
        rows = exams_to_do(replace(blind, clock=clock))
        of = [
            [replace(row, **named) for row in rows if row.subject_id == subject.id]
            for subject in (treated, comparison)
        ]
        assert of[0] == of[1]
        days |= {row.day for row in rows}

    assert len(days) > 3


def test_one_is_told_of_the_drafts_that_one_began_alone(desk, blind, treated):
    other = a_draft(desk, treated, BASELINE)
    own = own_sheet(blind, treated)
    once = replace(desk, person=replace(blind.person, role=Role.ENTRY))
    exams.save_exam(once, replace(other, comment="x"))

    assert {one.form_id for one in open_sheets(once)} == {own.id, other.id}
    assert [one.form_id for one in open_sheets(blind)] == [own.id]
    with pytest.raises(Refused, match=r"rights\.not-allowed"):
        locks(blind)


def test_a_visit_that_somebody_else_has_examined_is_left_out(desk, blind, treated):
    an_exam(desk, treated, BASELINE)
    assert exams_to_do(blind) == ()


def test_a_day_outside_the_window_needs_a_reason_and_tells_no_window(blind, treated):
    late = BASELINE + timedelta(days=20)
    told = (treated.id, "baseline", late)
    with pytest.raises(Refused) as refusal:
        begin_assessment(blind, *told)
    assert refusal.value.message.key == "course.out-of-window-blinded"
    assert begin_assessment(blind, *told, "train strike").date == late


def test_others_see_the_exam_as_any_other(desk, blind, treated):
    form = exams.complete_exam(blind, own_sheet(blind, treated))
    assert [e.form.id for e in open_subject(desk, treated.id).exams] == [form.id]
