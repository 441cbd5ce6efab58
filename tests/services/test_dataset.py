from dataclasses import replace
from datetime import date, timedelta

from registry_app.domain.isncsci.result import Interval
from registry_app.domain.subject import Arm
from registry_app.domain.visit import Blinding, Form, Status, Visit
from registry_app.services import exams
from registry_app.services.dataset import dataset
from registry_app.storage import trail
from tests.builders import INJURY, USER, a_draft, a_sheet, a_subject, an_exam

ON = date(2026, 9, 1)
BASELINE = INJURY + timedelta(days=49)


def read(desk, as_of=None):
    with desk.read(as_of) as reading:
        return dataset(reading, desk, ON, None)


def newest(desk):
    with desk.read() as reading:
        return next(trail.entries(reading.connection)).seq


def test_a_patient_comes_with_windows_cohort_and_the_sums_of_each_completed_sheet(desk):
    subject = a_subject(desk)
    form = an_exam(desk, subject, BASELINE, R_M_C5="3", L_M_L2="NT", R_PP_T4="1")
    a_draft(desk, subject, BASELINE + timedelta(days=41), "day-90")

    (patient,) = read(desk).patients

    assert patient.counted("baseline").form_id == form.id
    (detail,) = patient.exams.values()
    assert detail.totals["uems"] == Interval(48, 48)
    assert detail.totals["lems"] == Interval(45, 50)
    assert detail.totals["motor"] == Interval(93, 98)
    assert detail.totals["pp"] == Interval(111, 111)
    assert (detail.assessor, detail.fact.day) == (USER, BASELINE)


def test_sums_of_digits_alone_are_those_of_the_engine(desk):
    subject = a_subject(desk)
    an_exam(desk, subject, BASELINE, R_M_T1="1", L_M_S1="0", R_LT_C2="1", L_PP_L5="0")

    (patient,) = read(desk).patients

    (detail,) = patient.exams.values()
    assert detail.totals == {
        "uems": Interval(46, 46),
        "lems": Interval(45, 45),
        "motor": Interval(91, 91),
        "lt": Interval(111, 111),
        "pp": Interval(110, 110),
    }


def test_a_second_rating_stands_beside_the_sheet_and_counts_for_nothing(desk):
    subject = a_subject(desk)
    first = an_exam(desk, subject, BASELINE)
    with desk.begin() as work:
        second = replace(
            first,
            id=desk.new_id(),
            assessor="sato",
            blinding=Blinding.BLINDED,
            values=a_sheet(R_M_C5="4"),
            rates=first.id,
            version=0,
        )
        work.save(second)

    (patient,) = read(desk).patients

    assert patient.counted("baseline").form_id == first.id
    detail = patient.exams[second.id]
    assert (detail.rates, detail.assessor) == (first.id, "sato")
    assert detail.totals["uems"] == Interval(49, 49)


def test_as_of_a_cut_a_later_correction_is_not_there(desk):
    subject = a_subject(desk)
    form = an_exam(desk, subject, BASELINE, R_M_C5="3")
    cut = newest(desk)
    then = read(desk, cut)
    exams.save_exam(
        desk, replace(form, values=a_sheet(R_M_C5="1")), "read wrongly on the sheet"
    )
    a_subject(desk, arm=Arm.COMPARISON, hospital_number="77")

    assert read(desk, cut) == then
    now = read(desk)
    assert len(now.patients) == 2
    assert now.patients[0].exams[form.id].totals["uems"].low == 46


def test_many_cases_are_read_in_order_of_their_ids(desk):
    for n in range(4):
        a_subject(desk, hospital_number=f"{n}")

    ids = [patient.id for patient in read(desk).patients]

    assert ids == sorted(ids)
    assert len(ids) == 4


def test_a_form_of_another_instrument_is_no_sheet(desk):
    subject = a_subject(desk)
    with desk.begin() as work:
        visit = work.save(Visit("v", subject.id, "baseline", BASELINE))
        form = Form("f", visit.id, "scim", BASELINE, Status.COMPLETE)
        work.save(replace(form, values={"total": "20"}))

    (patient,) = read(desk).patients

    assert patient.exams == {}
    assert [exam.instrument for exam in patient.case.exams] == ["scim"]
