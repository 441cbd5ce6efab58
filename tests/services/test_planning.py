"""The table that lists read says what the engine says, after whatever happened."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from registry_app.domain.consent import Consent, Scope
from registry_app.domain.course import Course, EndReason, FollowUp
from registry_app.domain.plan.duties import subject_duties
from registry_app.domain.plan.ledger import ledger
from registry_app.domain.plan.records import Setting
from registry_app.domain.subject import Arm
from registry_app.domain.visit import Visit
from registry_app.services import exams, obligations, subjects, trail
from registry_app.services.cases import case_of, cases
from registry_app.services.demo import make_training_registry
from registry_app.services.protocol import confirm, protocol, set_setting
from registry_app.storage import planned
from registry_app.storage.plan_tables import planned as table
from tests.builders import (
    CHEAP,
    INJURY,
    a_draft,
    a_registry,
    a_subject,
    an_exam,
    at_desk,
)

DAY_49 = INJURY + timedelta(days=49)


def _kept(desk, subject_id=None):
    """The duties of the table, each as a whole duty, by key."""
    with desk.read() as reading:
        query = sa.select(table)
        if subject_id:
            query = query.where(table.c.subject_id == subject_id)
        rows = list(reading.connection.execute(query).mappings())
        return {
            duty.key: duty for duty in desk.planner.plan(reading).shown(reading, rows)
        }


def _computed(desk):
    """The duties of every case by the engine alone."""
    by = protocol(desk)
    with desk.read() as reading:
        return {
            duty.key: duty
            for one in cases(reading)
            for duty in ledger(subject_duties(by, one), one.settled, date.min)
        }


def _save(desk, *records, reason=""):
    with desk.begin(reason) as work:
        return [work.save(record) for record in records]


def _correct(desk, subject):
    moved = subject.injury_date - timedelta(days=3)
    subjects.correct_subject(desk, replace(subject, injury_date=moved), "chart")


def _no_treatment(desk, subject):
    subjects.correct_subject(
        desk, replace(subject, treatment_date=None, arm=Arm.COMPARISON), "chart"
    )


def _examined(desk, subject):
    an_exam(desk, subject, DAY_49)


def _exam_of_another(desk, subject):
    form = an_exam(desk, subject, DAY_49)
    other = a_subject(desk)
    with desk.begin("of another") as work:
        visit = work.get(Visit, form.visit_id)
        work.save(replace(visit, subject_id=other.id))


def _day_corrected(desk, subject):
    form = an_exam(desk, subject, DAY_49)
    exams.save_exam(desk, replace(form, date=DAY_49 + timedelta(days=90)), "misread")


def _dated(desk, subject):
    course = Course(subject.id, {"marrow": INJURY + timedelta(days=20)})
    (saved,) = _save(desk, course)
    _save(desk, replace(saved, dates={"marrow": INJURY}), reason="misread")


def _consented(desk, subject):
    _save(desk, Consent("c1", subject.id, Scope.TREATMENT, "leaflet 1", INJURY))


def _ended(desk, subject):
    on = INJURY + timedelta(days=60)
    _save(desk, FollowUp(subject.id, EndReason.LOST, on, on))


def _settled(desk, subject):
    obligations.not_applicable(desk, f"visit:baseline:{subject.id}", "moved abroad")


def _widened(desk, _):
    set_setting(desk, "visit:baseline", {"before": "10", "after": "9"}, "letter")


def _confirmed(desk, _):
    confirm(desk, "visit:baseline", "the letter of approval")


def _other_guide(desk, _):
    set_setting(desk, "rule:O13", {"due": "P40D"}, "new label", "label of 2027")


HAPPENINGS = (
    *(_correct, _no_treatment, _examined, _exam_of_another, _day_corrected, _dated),
    *(_consented, _ended, _settled, _widened, _confirmed, _other_guide),
)


@pytest.mark.parametrize("happens", HAPPENINGS)
def test_the_table_follows_whatever_happens(desk, happens):
    subject = a_subject(desk)
    a_subject(desk, arm=Arm.COMPARISON)
    before = _kept(desk)
    assert before == _computed(desk)
    assert before

    happens(desk, subject)

    assert _kept(desk) == _computed(desk)
    assert _kept(desk) != before or happens in (_dated, _consented, _day_corrected)
    assert trail.verify(desk).problems == ()


def test_the_training_registry_has_the_table_that_the_engine_says(tmp_path):
    desk = make_training_registry(tmp_path / "t.registry", patients=8, cost=CHEAP)
    assert _kept(desk) == _computed(desk)
    for subject_id in subjects.subject_ids(desk, subjects.SubjectQuery())[:4]:
        subject = case_of(desk, subject_id).subject
        _correct(desk, subject)
    assert _kept(desk) == _computed(desk)
    desk.close()


def test_a_corrected_injury_date_moves_its_windows(desk):
    subject = a_subject(desk)
    key = f"visit:baseline:{subject.id}"
    before = _kept(desk)[key]
    _correct(desk, subject)
    moved = timedelta(days=3)
    after = _kept(desk)[key]
    assert (after.opens, after.due) == (before.opens - moved, before.due - moved)


def test_a_draft_touches_nothing(desk, monkeypatch):
    subject = a_subject(desk)
    form = a_draft(desk, subject, DAY_49)
    put = []
    monkeypatch.setattr(planned, "put", lambda *told: put.append(told))
    exams.save_exam(desk, replace(form, comment="later"))
    assert put == []


def test_a_setting_of_the_product_touches_no_subject(desk, monkeypatch):
    a_subject(desk)
    put = []
    monkeypatch.setattr(planned, "put", lambda *told: put.append(told))
    set_setting(desk, "rule:O2", {"preset": "half-yearly"}, "letter") if any(
        preset.id == "half-yearly"
        for rule in protocol(desk).pack.rules
        for preset in rule.presets
    ) else set_setting(desk, "rule:O4", {"due": "P14D"}, "letter")
    confirm(desk, "rule:O4", "law")
    assert put == []


def test_a_setting_that_is_rolled_back_is_not_followed(desk):
    before = protocol(desk)

    def fail():
        with desk.begin("letter") as work:
            work.save(Setting("rule:O4", {"due": "P99D"}))
            desk.planner.follow(work)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    set_setting(desk, "rule:O4", {"due": "P14D"}, "letter")
    assert protocol(desk).settings["rule:O4"].values == {"due": "P14D"}
    assert before.settings == {}


def test_a_row_that_somebody_changed_is_found_and_made_again(desk):
    subject = a_subject(desk)
    before = _kept(desk)
    with desk.begin() as work:
        work.connection.execute(
            table.update()
            .where(table.c.key == f"visit:baseline:{subject.id}")
            .values(last=date(2099, 1, 1))
        )
        work.wrote = True

    (problem,) = trail.verify(desk).problems

    assert problem.key == "trail.plan-made-again"
    assert trail.verify(desk).problems == ()
    assert _kept(desk) == before


def test_an_empty_table_is_filled_at_the_next_sign_in(tmp_path):
    desk = a_registry(tmp_path / "site.registry")
    a_subject(desk)
    before, head = _kept(desk), trail.head(desk)
    with desk.begin() as work:
        work.connection.execute(table.delete())
        work.wrote = True
    desk.close()

    again = at_desk(tmp_path / "site.registry")

    assert _kept(again) == before
    assert trail.head(again) == head
    again.close()
