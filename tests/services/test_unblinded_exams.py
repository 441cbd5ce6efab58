"""What an unblinding does to the figures, and to the patient's own paper."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry_app.domain.blinding import Hidden, Unblinded
from registry_app.domain.figures.deviation_tables import every_deviation
from registry_app.domain.report import Kind
from registry_app.domain.visit import Blinding
from registry_app.services import trail
from registry_app.services.blinding import unblind
from registry_app.services.dataset import dataset
from registry_app.services.exams import complete_exam, save_exam
from registry_app.services.reports import make_report
from registry_app.words import Language
from tests.builders import INJURY, a_draft, a_subject

ON = date(2026, 4, 1)
NAME = "架空 花子"


@pytest.fixture
def subject(desk):
    return a_subject(desk)


@pytest.fixture
def form(desk, subject):
    draft = a_draft(desk, subject, INJURY + timedelta(days=49))
    blind = replace(draft, assessor=NAME, blinding=Blinding.BLINDED)
    return complete_exam(desk, save_exam(desk, blind))


def known(desk, subject, days, how, *what):
    on = INJURY + timedelta(days=days)
    return unblind(desk, subject.id, "架空花子", how, on, what, "a letter")


def taken(desk, as_of=None):
    with desk.read(as_of) as reading:
        return dataset(reading, desk, ON, None)


def detail(found, form):
    return found.patients[0].exams[form.id]


def test_from_that_day_on_an_exam_is_not_counted_as_blinded(desk, subject, form):
    assert detail(taken(desk), form).knew is Blinding.BLINDED

    broken = known(desk, subject, 49, Unblinded.ACCIDENTAL, Hidden.ARM)

    found = detail(taken(desk), form)
    assert found.blinding is Blinding.BLINDED
    assert (found.broken, found.knew) == (broken, Blinding.KNOWS)


def test_an_exam_before_that_day_stays_as_it_is(desk, subject, form):
    known(desk, subject, 50, Unblinded.ACCIDENTAL, Hidden.ARM)
    assert detail(taken(desk), form).broken is None


def test_who_saw_earlier_results_is_marked_and_knows_no_arm(desk, subject, form):
    known(desk, subject, 1, Unblinded.UNPLANNED, Hidden.EARLIER)
    found = detail(taken(desk), form)
    assert found.broken is not None
    assert found.knew is Blinding.BLINDED


def test_a_cut_from_before_it_was_recorded_says_what_was_known_then(
    desk, subject, form
):
    before = trail.head(desk).seq
    known(desk, subject, 1, Unblinded.UNPLANNED, Hidden.TREATMENT)
    assert detail(taken(desk, before), form).knew is Blinding.BLINDED


def test_what_nobody_had_planned_is_a_deviation(desk, subject):
    for how in Unblinded:
        unblind(desk, subject.id, desk.person.id, how, INJURY, {Hidden.ARM}, "a letter")

    found = [deviation.found for _, deviation in every_deviation(taken(desk))]

    assert sorted(found) == ["accidental", "unplanned"]


def test_the_paper_of_the_patient_says_since_when(desk, subject, form):
    known(desk, subject, 20, Unblinded.PLANNED, Hidden.ARM)
    asked = {"on": ON, "subject_id": subject.id, "draft": True}
    made = make_report(desk, Kind.PATIENT_SUMMARY, (Language.EN,), **asked)
    rows = [one for one in made.figures["exams"] if one["form"] == form.id]
    assert [one["unblinded_on"] for one in rows] == ["2026-01-30"]
