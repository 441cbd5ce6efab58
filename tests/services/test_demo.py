from collections import Counter
from datetime import UTC, date, datetime

import pytest

from registry_app.domain.consent import Scope, Signer
from registry_app.domain.course import DeviationKind, EndReason
from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.plan.duty import Standing
from registry_app.domain.referral import reported
from registry_app.domain.subject import Arm
from registry_app.domain.visit import How, Status
from registry_app.services import demo
from registry_app.services.attrition import attrition
from registry_app.services.cases import cases
from registry_app.services.consents import consents
from registry_app.services.courses import course
from registry_app.services.deviations import deviations
from registry_app.services.kits import kits, reconciliation
from registry_app.services.obligations import ledger_on
from registry_app.services.regime import regime
from registry_app.services.registry import look_at, sign_in
from registry_app.services.subjects import SubjectQuery, open_subject, subject_ids
from registry_app.services.trail import verify
from tests.builders import CHEAP, a_clock

TODAY = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


def made(path, **told):
    desk = demo.make_training_registry(path, clock=a_clock(TODAY), cost=CHEAP, **told)
    files = [open_subject(desk, id) for id in subject_ids(desk, SubjectQuery())]  # noqa: A001
    return desk, files


@pytest.fixture(scope="module")
def training(tmp_path_factory):
    desk, files = made(tmp_path_factory.mktemp("training") / "t.registry")
    yield desk, files
    desk.close()


def test_it_is_marked_as_training_and_sound(training):
    desk, files = training

    assert desk.registry.training
    assert len(files) == demo.PATIENTS
    assert verify(desk).problems == ()


def test_everybody_in_it_is_visibly_made_up(training):
    families = {file.identity.family_kana for file in training[1]}

    assert families <= {
        *("ミホン", "レンシュウ", "カクウ", "レイダイ"),
        *("カメイ", "モギ", "タイケン", "ヒナガタ"),
    }
    assert all(file.subject.id.startswith("DEMO-") for file in training[1])


def test_both_arms_are_there_and_the_baseline_lies_before_the_treatment(training):
    arms = [file.subject.arm for file in training[1]]

    assert (arms.count(Arm.TREATED), arms.count(Arm.COMPARISON)) == (16, 8)
    for file in training[1]:
        for exam in file.exams:
            assert file.subject.injury_date < exam.form.date <= TODAY.date()
            if exam.visit.code == "baseline":
                assert 42 <= file.subject.day(exam.form.date) <= 56
                treated = file.subject.treatment_date
                assert treated is None or exam.form.date < treated


def test_the_indication_is_of_the_day_of_the_decision_and_knows_the_grade(training):
    desk, files = training
    with desk.read() as reading:
        found = list(cases(reading, [file.subject.id for file in files]))

    told = 0
    for case in found:
        frozen = case.indication
        assert case.subject.day(frozen.day) == min(14, case.subject.day(TODAY.date()))
        assert {one.on for one in case.deviations if one.rule == "traumatic"} <= {
            frozen.day
        }
        told += bool(reported(frozen.facts).ais)
        assert frozen.facts["ais"]
    assert told == 1


def test_there_is_something_of_everything_that_happens_at_a_bedside(training):
    forms = [exam.form for file in training[1] for exam in file.exams]
    results = [exam.result for file in training[1] for exam in file.exams]

    assert [len(file.exams) for file in training[1]].count(0) == 1
    assert {form.status for form in forms} == set(Status)
    assert any("NT" in form.values.values() for form in forms)
    assert {note.normal for form in forms for note in form.stars.values()} == {
        True,
        False,
    }
    assert all(not form.unanswered for form in forms)
    assert all(How.FILLED not in form.how.values() for form in forms)
    assert any(len(result["ais"].values) > 1 for result in results)
    grades = {result["ais"].values[0] for result in results}
    assert grades == {"A", "B", "C", "D"}


def test_every_case_has_its_agreement_and_who_took_one_back_is_there(training):
    desk, files = training
    signed = [consents(desk, file.subject.id) for file in files]

    assert all(signed)
    assert {one.scope for found in signed for one in found} == set(Scope)
    assert {one.signer for found in signed for one in found} == set(Signer)
    back = {one.scope for found in signed for one in found if one.withdrawn_on}
    assert back == {Scope.FOLLOW_UP, Scope.PROVISION}


def test_every_kit_is_somebodys_but_one_and_the_sum_comes_out(training):
    desk, files = training
    found = reconciliation(desk)

    assert (found.difference, found.unmatched) == (0, ("DEMO-UNKNOWN",))
    assert found.not_given == 2
    assert found.pending == 2
    treated = {file.subject.id for file in files if file.subject.treatment_date}
    given = {kit.subject_id for kit in kits(desk) if kit.given_on}
    assert given == treated
    for kit in kits(desk):
        if kit.given_on:
            day = open_subject(desk, kit.subject_id).subject.treatment_date
            assert kit.given_on == day


def test_there_is_a_deviation_of_every_kind_that_a_plan_finds(training):
    found = deviations(training[0])

    assert {one.kind for one in found} == {
        DeviationKind.ELIGIBILITY,
        DeviationKind.TREATMENT,
        DeviationKind.WINDOW,
    }
    assert all("架空" in one.reason for one in found)


def test_follow_ups_ended_for_every_reason_and_some_are_about_to_be_lost(training):
    found = attrition(training[0])

    assert {end.reason for end in found.ended} == set(EndReason)
    assert 0 < len(found.at_risk) < 10
    for file in training[1]:
        end = next((e for e in found.ended if e.id == file.subject.id), None)
        if end is not None:
            last = max(exam.form.date for exam in file.exams)
            assert last <= end.last_known_alive <= TODAY.date()


def test_comparison_patients_say_where_they_are_from_and_to_whom_matched(training):
    desk, files = training
    for file in files:
        found = course(desk, file.subject.id)
        if file.subject.arm is Arm.COMPARISON:
            assert "架空" in found.source
            assert found.matched_to < file.subject.id
        else:
            assert (found.source, found.matched_to) == ("", "")


def test_most_of_what_was_due_is_done_and_a_handful_is_late(training):
    desk = training[0]
    day = TODAY.date()
    standings = Counter(duty.standing(day) for duty in ledger_on(desk, day))

    assert 5 <= standings[Standing.LATE] <= 15
    assert standings[Standing.RED] > 0
    assert standings[Standing.AMBER] > 0
    assert standings[Standing.DONE] > 100
    duties = ledger_on(desk, day)
    assert any(duty.days_late for duty in duties)
    assert any(duty.not_applicable and duty.if_any for duty in duties)
    assert any(duty.receipt for duty in duties)


def test_booklets_stand_at_several_steps(training):
    desk = training[0]
    booklets = [d for d in ledger_on(desk) if d.key.startswith("booklet:")]
    done = {duty.key.split(":")[2] for duty in booklets if duty.done}
    owed = {duty.key.split(":")[2] for duty in booklets if duty.done is None}

    assert done == {"submit", "receive", "return", "receipt"}
    assert len(owed) >= 3


def test_the_regime_is_what_was_found_and_no_decision_is_made_up(training):
    desk = training[0]
    now = regime(desk, TODAY.date())

    assert (now.state.id, now.since) == ("applied", date(2025, 11, 14))
    assert now.past_term
    assert regime(desk, date(2025, 11, 13)).state.id == "conditional"


def test_clocks_run_and_one_began_again(training):
    clocks = [d for d in ledger_on(training[0]) if d.rule in ("O4", "O5")]

    assert any(duty.done is None and duty.due >= TODAY.date() for duty in clocks)
    assert any(duty.key.endswith(":2") for duty in clocks)


def test_a_training_registry_of_an_earlier_day_knows_nothing_of_later_ones(tmp_path):
    desk = demo.make_training_registry(
        tmp_path / "t.registry",
        clock=a_clock(datetime(2025, 6, 1, 3, tzinfo=UTC)),
        cost=CHEAP,
    )
    assert regime(desk).state.id == "conditional"
    assert verify(desk).problems == ()
    desk.close()


def test_recovery_is_plausible_and_never_a_promise(training):
    gains = []
    for file in training[1]:
        certain = [e.result.totals["uems"] for e in file.exams]
        certain = [total.low for total in certain if total.certain]
        gains.append(certain[-1] - certain[0] if certain else 0)

    assert min(gains) >= 0
    assert max(gains) <= 35
    stay = [
        file
        for file in training[1]
        if len(file.exams) > 2
        and file.exams[0].result["ais"].values == ("A",)
        and file.exams[-1].result["ais"].values == ("A",)
    ]
    assert len(stay) >= 3


def test_the_same_seed_gives_the_same_patients_and_another_does_not(tmp_path):
    def told(seed, name):
        desk, files = made(tmp_path / name, seed=seed, patients=5)
        desk.close()
        return [
            (f.subject, f.identity, [(e.visit, e.form) for e in f.exams]) for f in files
        ]

    first = told(7, "one")
    assert told(7, "two") == first
    assert told(8, "three") != first


def test_its_users_and_their_password_open_it(tmp_path):
    desk, _ = made(tmp_path / "t.registry", patients=1)
    desk.close()

    face = look_at(desk.path)
    assert (face.training, face.site) == (True, "DEMO")
    for user in face.users:
        sign_in(desk.path, user, demo.PASSWORD).close()


def test_without_a_patient_or_over_a_file_it_is_not_made(tmp_path):
    with pytest.raises(InvalidValue, match=r"demo\.no-patients"):
        made(tmp_path / "t.registry", patients=0)
    (tmp_path / "t.registry").write_text("mine")
    with pytest.raises(Refused, match=r"storage\.exists"):
        made(tmp_path / "t.registry")


def test_the_usual_place_is_one_that_is_free():
    first = demo.training_place()
    first.touch()

    assert demo.training_place().name == "training-2.registry"


def test_one_that_is_interrupted_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "_write_patient", interrupted)
    with pytest.raises(KeyboardInterrupt):
        demo.make_training_registry(tmp_path / "t.registry", cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_what_the_decision_rested_on_is_known_of_almost_everybody(training):
    desk, _ = training
    with desk.read() as reading:
        found = [case.indication for case in cases(reading)]

    known = [one for one in found if one.facts.get("ais")]
    assert len(known) > 0.9 * len(found)
    assert all(set(one.facts["ais"]) <= set("ABC,") for one in known)
    assert all(one.version == 1 for one in found)
