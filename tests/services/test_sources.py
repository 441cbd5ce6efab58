from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry_app.domain.figures.document import Ref
from registry_app.domain.kit import Kit
from registry_app.domain.report import Kind
from registry_app.domain.visit import Form
from registry_app.services.kits import order
from registry_app.services.sources import records_behind
from registry_app.services.subjects import correct_subject
from registry_app.services.trail import head
from tests.builders import INJURY, a_subject, an_exam
from tests.services.report_room import CASE, a_case, a_patient, made


@pytest.fixture
def subject(desk):
    return a_subject(desk)


def test_an_exam_names_its_case_its_day_and_where_it_is_opened(desk, subject):
    an_exam(desk, subject, on=INJURY + timedelta(days=45))
    with desk.read() as reading:
        (form,) = reading.find(Form)
    (found,) = records_behind(desk, [Ref("form", form.id)])

    assert (found.of, found.subject_id) == (subject.id, subject.id)
    assert found.form_id == form.id
    assert found.on == INJURY + timedelta(days=45)
    assert found.what.key == "trail.kind-form"


def test_a_safety_case_and_its_events_lead_to_the_case(desk, subject):
    case = a_case(desk, subject)
    refs = [Ref("safety_case", CASE), Ref("subject", subject.id)]
    found = records_behind(desk, refs)

    assert [one.safety_case for one in found] == [CASE, ""]
    assert found[0].about == case.title
    assert found[1].subject_id == subject.id


def test_records_come_in_the_order_of_the_references_each_once(desk, subject):
    kits = [order(desk, Kit("", f"K-{n}", date(2026, 1, n))).kit for n in (1, 2)]
    refs = [Ref("kit", kit.id) for kit in (kits[1], kits[0], kits[1])]
    found = records_behind(desk, refs)

    assert [one.about for one in found] == ["K-2", "K-1"]
    assert [one.on for one in found] == [date(2026, 1, 2), date(2026, 1, 1)]


def test_what_is_not_there_is_left_out(desk, subject):
    order(desk, Kit("kit-1", "K-1", date(2026, 1, 1)))
    refs = [Ref("no-such-kind", "x"), Ref("kit", "gone"), Ref("subject", subject.id)]

    assert [one.ref for one in records_behind(desk, refs)] == refs[2:]


def test_a_record_is_shown_as_it_was_at_the_cut(desk, subject):
    before = head(desk).seq
    earlier = subject.injury_date - timedelta(days=1)
    correct_subject(desk, replace(subject, injury_date=earlier), "Wrong day")
    ref = Ref("subject", subject.id)

    assert records_behind(desk, [ref])[0].on == earlier
    assert records_behind(desk, [ref], before)[0].on == subject.injury_date


@pytest.mark.parametrize(
    "kind", [Kind.OBLIGATIONS, Kind.PATIENT_SUMMARY, Kind.ALL_CASE_LOG]
)
def test_the_rows_of_a_report_lead_to_the_records_behind_them(desk, kind):
    subject = a_patient(desk)
    a_case(desk, subject)
    kit = order(desk, Kit("", "K-1", date(2026, 1, 1), subject.id)).kit
    with desk.read() as reading:
        (form,) = reading.find(Form)
    wanted = {
        Kind.OBLIGATIONS: ("safety_case", CASE),
        Kind.PATIENT_SUMMARY: ("form", form.id),
        Kind.ALL_CASE_LOG: ("kit", kit.id),
    }
    regions = made(desk, kind, subject, draft=True).regions
    refs = [ref for region in regions for ref in region.refs]
    sources = records_behind(desk, refs)

    assert wanted[kind] in {(one.ref.kind, one.ref.id) for one in sources}
    assert subject.id in {one.subject_id for one in sources}
