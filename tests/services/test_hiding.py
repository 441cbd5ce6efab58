"""Who is assigned blind is given nothing that would tell them, by any service."""

from dataclasses import replace
from datetime import timedelta

import pytest

from registry_app.domain.blinding import Hidden, Unblinded
from registry_app.domain.errors import Refused
from registry_app.domain.kit import Kit
from registry_app.domain.report import Kind
from registry_app.domain.signature import Meaning, Signable
from registry_app.domain.subject import Arm
from registry_app.domain.trail_query import TrailQuery
from registry_app.services import (
    attrition,
    cases,
    consents,
    courses,
    cuts,
    deviations,
    due,
    exams,
    forms,
    hiding,
    kits,
    ledger_list,
    obligations,
    patient_then,
    plans,
    record_signing,
    reports,
    safety,
    subjects,
    trail,
    trail_search,
    worksheet,
)
from registry_app.services.blinding import assign_blind, end_blind, unblind
from registry_app.services.subjects import SubjectQuery
from registry_app.words import Language
from tests.builders import INJURY, PASSWORD, a_desk, a_draft, a_subject, an_exam
from tests.services.report_room import a_case

ARM, EVERYTHING = {Hidden.ARM}, frozenset(Hidden)
DAY = timedelta(days=1)


@pytest.fixture
def desk(tmp_path):
    made = a_desk(tmp_path / "site.registry")
    yield made
    made.close()


@pytest.fixture
def patient(desk):
    """Somebody treated, with an exam and a draft, to whom the desk is blind."""
    subject = a_subject(desk)
    an_exam(desk, subject)
    return subject


@pytest.fixture
def other(desk):
    """Somebody of the comparison arm, of whom nothing is hidden."""
    return a_subject(desk, arm=Arm.COMPARISON)


def blind(desk, to=EVERYTHING, subject_id=""):
    return assign_blind(desk, desk.person.id, to, INJURY, subject_id)


def of_one(desk, case):
    """Each service that is asked for one patient, as a call."""
    return {
        "open_subject": lambda: subjects.open_subject(desk, case),
        "case_of": lambda: cases.case_of(desk, case),
        "subject_plan": lambda: plans.subject_plan(desk, case),
        "course": lambda: courses.course(desk, case),
        "forms": lambda: forms.forms(desk, case),
        "consents": lambda: consents.consents(desk, case),
        "saturations": lambda: safety.saturations(desk, case),
        "trail": lambda: trail_search.trail_page(desk, TrailQuery(subject_id=case)),
        "then": lambda: patient_then.patient_then(desk, case, 1),
        "duty": lambda: obligations.duty_of(desk, f"visit:baseline:{case}"),
        "report": lambda: reports.make_report(
            desk, Kind.PATIENT_SUMMARY, (Language.EN,), subject_id=case, draft=True
        ),
    }


def of_all(desk):
    """Each that tells of everybody."""
    return {
        "trail": lambda: trail_search.trail_page(desk, TrailQuery()),
        "history": lambda: trail_search.item_history(desk, "subject", "x", "arm"),
        "whole trail": lambda: list(
            trail_search.oldest_first(desk, TrailQuery(), lambda _share: None)
        ),
        "entries": lambda: trail.trail_entries(desk),
        "log": lambda: reports.make_report(
            desk, Kind.ALL_CASE_LOG, (Language.EN,), draft=True
        ),
    }


@pytest.mark.parametrize("name", of_one(None, ""))
def test_of_a_patient_nothing_is_told_but_who_it_is(desk, patient, other, name):
    of_one(desk, patient.id)[name]()
    blind(desk, ARM, patient.id)

    with pytest.raises(Refused, match=r"blinding_ui\."):
        of_one(desk, patient.id)[name]()

    told = hiding.veiled(desk, patient.id)
    assert (told.subject_id, told.kana) == (patient.id, "カクウ タロウ")
    assert told.hidden == ARM
    assert hiding.veiled(desk, other.id) is None
    assert subjects.open_subject(desk, other.id).subject == other


@pytest.mark.parametrize("name", of_all(None))
def test_what_tells_of_everybody_is_not_shown(desk, patient, name):
    of_all(desk)[name]()
    blind(desk, ARM, patient.id)
    with pytest.raises(Refused, match=r"blinding_ui\.all-hidden"):
        of_all(desk)[name]()


def test_a_paper_that_was_filed_is_not_opened_again(desk, patient):
    report = reports.make_report(
        desk, Kind.PATIENT_SUMMARY, (Language.EN,), subject_id=patient.id
    )
    blind(desk, ARM, patient.id)
    with pytest.raises(Refused, match=r"blinding_ui\.patient-hidden"):
        reports.filed_pdf(desk, report.number)


def test_what_changed_since_a_cut_is_not_told(desk, patient):
    made = reports.make_report(desk, Kind.PERIODIC, (Language.EN,))
    (cut,) = cuts.cuts(desk)
    assert made.number
    assert cuts.changed_since(desk, cut.id) is not None
    blind(desk, ARM, patient.id)
    with pytest.raises(Refused, match=r"blinding_ui\.all-hidden"):
        cuts.changed_since(desk, cut.id)


def test_the_list_shows_who_it_is_and_neither_arm_nor_days(desk, patient, other):
    blind(desk, ARM, patient.id)

    row, shown = subjects.subject_rows(desk, [patient.id, other.id])

    assert (row.id, row.kana, row.hidden) == (patient.id, "カクウ タロウ", ARM)
    assert row.arm is row.treatment_date is row.next_visit is row.next_last is None
    assert row.ais_latest
    assert shown.arm is Arm.COMPARISON
    assert not shown.hidden


def test_who_is_blind_to_earlier_results_sees_the_arm_and_no_grade(desk, patient):
    blind(desk, {Hidden.EARLIER}, patient.id)

    (row,) = subjects.subject_rows(desk, [patient.id])

    assert row.arm is Arm.TREATED
    assert row.ais_first == row.ais_latest == row.ais_baseline == row.nli_latest == ()


def test_neither_filter_nor_order_of_the_list_tells_the_arm(desk, patient, other):
    blind(desk, ARM, patient.id)
    for arm, found in ((Arm.TREATED, []), (Arm.COMPARISON, [other.id])):
        assert subjects.subject_ids(desk, SubjectQuery(arm=arm)) == found
    for sort in ("arm", "treatment_date", "next_last"):
        for descending in (False, True):
            query = SubjectQuery(sort=sort, descending=descending)
            assert subjects.subject_ids(desk, query) == [other.id, patient.id]
    assert subjects.subject_ids(desk, SubjectQuery()) == [patient.id, other.id]


def test_what_is_owed_of_the_patient_is_left_out(desk, patient, other):
    a_draft(desk, patient, INJURY + 5 * DAY)
    assert patient.id in {one.subject_id for one in obligations.ledger_on(desk)}
    waiting = due.today(desk).waiting.total
    blind(desk, ARM, patient.id)

    for found in (
        due.due(desk),
        obligations.ledger_on(desk),
        obligations.ledger_on(desk, as_of=trail.head(desk).seq),
    ):
        assert {one.subject_id for one in found} <= {"", other.id}
    ledger = ledger_list.open_ledger(desk)
    query = ledger_list.LedgerQuery(state="all")
    keys = ledger_list.ledger_keys(desk, ledger, query)
    assert keys
    assert not [key for key in keys if patient.id in key]
    hidden = f"visit:baseline:{patient.id}"
    assert ledger_list.ledger_rows(desk, ledger, [hidden]) == []
    far = INJURY + 900 * DAY
    found = ledger_list.due_between(desk, ledger, query, INJURY, far)
    assert not [one for one in found if one.subject_id == patient.id]
    shown = due.today(desk)
    groups = (shown.late, shown.closing, shown.done_this_week)
    named = {row.duty.subject_id for group in groups for row in group.rows}
    assert patient.id not in named
    assert shown.waiting.total == waiting - 1
    assert not [row for row in shown.waiting.rows if row.draft.subject_id == patient.id]


def test_what_waits_for_a_new_signature_is_left_out(desk, patient):
    form = subjects.open_subject(desk, patient.id).exams[0].form
    state = record_signing.standing(desk, Signable.FORM, form.id).state
    told = Signable.FORM, form.id, Meaning.PREPARED, PASSWORD, state
    record_signing.sign_record(desk, *told)
    exams.save_exam(desk, replace(form, comment="left hand in plaster"), "forgotten")
    assert record_signing.unsigned(desk)[1] == 1
    blind(desk, ARM, patient.id)
    assert record_signing.unsigned(desk) == ((), 0)


def test_a_kit_of_the_patient_is_not_judged(desk, patient):
    kit = Kit("k", "K-1", INJURY, patient.id, given_on=INJURY + 30 * DAY)
    assert kits.judged_kit(desk, kit)
    blind(desk, ARM, patient.id)
    with pytest.raises(Refused, match=r"blinding_ui\.patient-hidden"):
        kits.judged_kit(desk, kit)


def test_the_duties_of_a_safety_case_of_the_patient_are_left_out(desk, patient):
    a_case(desk, patient)
    of_case = patient.id
    ledger = ledger_list.open_ledger(desk)
    assert of_case in {one.subject_id for one in ledger.product.values()}
    blind(desk, ARM, patient.id)
    ledger = ledger_list.open_ledger(desk)
    assert of_case not in {one.subject_id for one in ledger.product.values()}
    shown = due.today(desk)
    named = {row.duty.subject_id for row in (*shown.late.rows, *shown.closing.rows)}
    assert of_case not in named


def test_lists_of_kits_cases_and_losses_leave_the_patient_out(desk, patient):
    blind(desk, ARM, patient.id)
    assert kits.kits(desk) == ()
    assert deviations.deviations(desk) == ()
    assert safety.safety_cases(desk) == ()
    lost = attrition.attrition(desk, INJURY + 400 * DAY)
    assert patient.id not in {one.subject_id for one in lost.at_risk}


def test_a_draft_opens_with_nothing_around_it_and_a_complete_exam_does_not(
    desk, patient
):
    done = subjects.open_subject(desk, patient.id).exams[0].form
    draft = a_draft(desk, patient, INJURY + 5 * DAY)
    assert worksheet.open_worksheet(desk, draft.id).earlier
    blind(desk, EVERYTHING, patient.id)

    sheet = worksheet.open_worksheet(desk, draft.id)

    assert sheet.form == draft
    assert (sheet.earlier, sheet.previous, sheet.blinded) == ((), None, True)
    with pytest.raises(Refused, match=r"blinding_ui\.exam-hidden"):
        worksheet.open_worksheet(desk, done.id)


def test_a_visit_after_the_treatment_is_neither_opened_nor_begun(desk, patient):
    late = a_draft(desk, patient, INJURY + 60 * DAY, "day-220")
    blind(desk, ARM, patient.id)
    with pytest.raises(Refused, match=r"blinding_ui\.exam-hidden"):
        worksheet.open_worksheet(desk, late.id)
    with pytest.raises(Refused, match=r"assessing\.not-neutral"):
        exams.begin_exam(desk, patient.id, "day-220", INJURY + 61 * DAY, "kato")


def test_an_unblinding_shows_what_it_revealed_and_an_end_shows_all(desk, patient):
    one = blind(desk, {Hidden.ARM, Hidden.EARLIER}, patient.id)
    planned = Unblinded.PLANNED
    unblind(desk, patient.id, desk.person.id, planned, INJURY, ARM, "a serious event")
    assert hiding.veiled(desk, patient.id).hidden == {Hidden.EARLIER}

    end_blind(desk, one.id, INJURY + DAY, "the trial is over")

    assert subjects.open_subject(desk, patient.id).subject == patient


def test_blindness_to_everybody_hides_who_is_enrolled_later(desk):
    blind(desk)
    patient = a_subject(desk)
    with pytest.raises(Refused, match=r"blinding_ui\.patient-hidden"):
        subjects.open_subject(desk, patient.id)


def test_what_is_hidden_from_one_is_shown_to_another(desk, patient):
    blind(desk)
    someone = replace(desk, person=replace(desk.person, id="sato"))
    assert subjects.open_subject(someone, patient.id).subject == patient
