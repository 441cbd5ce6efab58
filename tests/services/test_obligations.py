"""What is said about a duty is kept with its proof; nothing is ever deleted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry_app.domain.errors import InvalidValue, NotFound, RegistryError
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.records import Occurrence, Settled
from registry_app.services import obligations, subjects, trail
from registry_app.services.due import due
from registry_app.services.obligations import (
    add_occurrence,
    choose_otherwise,
    correct_occurrence,
    duty_of,
    duty_steps,
    follow_up_information,
    late_before,
    ledger_on,
    not_applicable,
    occurrences,
    record_receipt,
    settle,
    take_back,
)
from registry_app.services.protocol import set_setting
from registry_app.words import Language, Words
from tests.builders import INJURY, a_subject, an_exam

TODAY = date(2026, 4, 1)
AWARE = date(2026, 3, 2)


@pytest.fixture
def clock(desk):
    """A serious unpredictable case of which the holder knows since the 2nd of March."""
    subject = a_subject(desk)
    case = Occurrence("", "E2", "発熱", subject.id, holder_aware=AWARE)
    return add_occurrence(desk, case)


def _refused(key, act, *told, **more):
    with pytest.raises(RegistryError) as refused:
        act(*told, **more)
    assert str(refused.value) == key
    for language in Language:
        assert Words(language).say(refused.value.message)


def test_a_duty_is_done_by_day_evidence_and_receipt(desk, clock):
    key = f"O4:{clock.id}"
    assert duty_of(desk, key).standing(TODAY) is Standing.LATE

    settle(desk, key, date(2026, 3, 20), "case report 1", receipt="PMDA 17")

    done = duty_of(desk, key)
    assert (done.done, done.days_late) == (date(2026, 3, 20), 3)
    assert (done.evidence, done.receipt) == ("case report 1", "PMDA 17")
    with desk.read() as reading:
        kept = reading.get(Settled, key)
    assert (kept.owner, kept.trigger, kept.due) == ("mah", AWARE, date(2026, 3, 17))
    assert kept.subject_id == ""
    assert key not in {duty.key for duty in due(desk)}


def test_a_receipt_comes_later_and_needs_no_reason_but_to_change_it_does(desk, clock):
    key = f"O4:{clock.id}"
    _refused("obligations.not-done", record_receipt, desk, key, "PMDA 17")
    settle(desk, key, date(2026, 3, 16), "case report 1")
    record_receipt(desk, key, "PMDA 17")
    _refused("trail.reason-needed", record_receipt, desk, key, "PMDA 18")
    record_receipt(desk, key, "PMDA 18", "mistyped")
    assert duty_of(desk, key).receipt == "PMDA 18"
    reasons = [entry.reason for entry in trail.trail_entries(desk, "settled")]
    assert reasons == ["mistyped", "", ""]


def test_a_report_does_not_do_the_period_of_another_base_date(desk):
    set_setting(desk, "date:designated", {"date": "2020-04-01"}, "notice")
    first = settle(desk, "O2:1", date(2021, 5, 10), "report 1", receipt="PMDA 3")
    assert first.trigger == date(2021, 3, 31)

    set_setting(desk, "date:designated", {"date": "2022-04-01"}, "misread the year")
    moved = duty_of(desk, "O2:1")
    assert (moved.due, moved.done, moved.receipt) == (date(2023, 5, 31), None, "")
    assert moved.standing(TODAY) is Standing.LATE

    settle(desk, "O2:1", date(2023, 5, 20), "report 2", reason="another base date")
    moved = duty_of(desk, "O2:1")
    assert (moved.done, moved.receipt) == (date(2023, 5, 20), "")


def test_the_day_of_an_alarm_is_not_remembered_as_a_day_of_the_law(desk):
    case = Occurrence("", "E2", "発熱", hospital_aware=AWARE)
    key = f"O9:{add_occurrence(desk, case).id}"

    assert settle(desk, key, date(2026, 3, 5), "safety report").due is None


def test_what_is_said_again_needs_a_reason(desk, clock):
    key = f"O4:{clock.id}"
    settle(desk, key, date(2026, 3, 16), "case report 1")
    day = date(2026, 3, 15)
    _refused("trail.reason-needed", settle, desk, key, day, "case report 1")
    settle(desk, key, day, "case report 1", reason="misread")
    assert duty_of(desk, key).done == day


def test_what_was_said_by_mistake_is_taken_back_and_stays_in_the_trail(desk, clock):
    key = f"O4:{clock.id}"
    settle(desk, key, date(2026, 3, 16), "case report 1")
    take_back(desk, key, "that was another case")
    assert duty_of(desk, key).standing(TODAY) is Standing.LATE
    entry = trail.trail_entries(desk, "settled", key)[0]
    assert ("evidence", "case report 1", None) in {
        (change.item, change.old, change.new) for change in entry.changes
    }
    _refused("storage.no-such-record", take_back, desk, "O6:1", "none")


def test_not_applicable_needs_a_reason_and_stays_in_the_ledger(desk):
    subject = a_subject(desk)
    key = f"visit:baseline:{subject.id}"
    _refused("obligations.no-reason", not_applicable, desk, key, " ")
    not_applicable(desk, key, "in another hospital until May")
    found = {duty.key: duty for duty in ledger_on(desk)}
    assert found[key].standing(TODAY) is Standing.NOT_APPLICABLE
    assert found[key].not_applicable == "in another hospital until May"
    with desk.read() as reading:
        assert reading.get(Settled, key).subject_id == subject.id


def test_the_late_periods_of_years_before_are_settled_with_one_reason(desk):
    before = [duty.key for duty in late_before(desk, "infection:14")]
    assert before == [f"infection:{number}" for number in range(1, 14)]
    not_applicable(desk, "infection:14", "reported by the holder", earlier=True)
    found = {duty.key: duty for duty in ledger_on(desk)}
    told = [found[key].not_applicable for key in (*before, "infection:14")]
    assert set(told) == {"reported by the holder"}
    assert not found["O6:1"].not_applicable
    assert late_before(desk, "infection:15") == ()
    assert late_before(desk, "O1") == ()


def test_what_cannot_be_said_is_refused(desk, clock):
    key, day = f"O4:{clock.id}", date(2026, 3, 16)
    subject = clock.subject_id
    visit = f"visit:baseline:{subject}"
    _refused("obligations.no-such-duty", settle, desk, "O99:1", day, "x")
    _refused("obligations.no-evidence", settle, desk, key, day, "")
    late = TODAY + timedelta(days=1)
    _refused("obligations.not-yet", settle, desk, key, late, "x")
    _refused("obligations.by-an-exam", settle, desk, visit, day, "x")
    _refused("obligations.unset", settle, desk, "unset:O2", day, "x")
    _refused("obligations.no-receipt", record_receipt, desk, key, " ")
    _refused("obligations.no-other", choose_otherwise, desk, key, "x", chosen=True)
    settle(desk, key, day, "x")
    _refused("obligations.was-done", not_applicable, desk, key, "not ours")


def test_a_needed_translation_gives_more_time(desk):
    before = duty_of(desk, "infection:14").due
    choose_otherwise(desk, "infection:14", "sources in English", chosen=True)
    assert (before, duty_of(desk, "infection:14").due) == (
        date(2026, 1, 27),
        date(2026, 2, 27),
    )


def test_a_booklet_goes_from_hand_to_hand(desk):
    subject = a_subject(desk)
    an_exam(desk, subject, INJURY + timedelta(days=49))

    def hand(step):
        return duty_of(desk, f"booklet:booklet-1:{step}:{subject.id}")

    assert hand("submit").due is not None
    assert hand("receive").due is None
    settle(desk, hand("submit").key, date(2026, 3, 10), "letter 1")
    assert hand("submit").done == date(2026, 3, 10)
    assert hand("receive").trigger == date(2026, 3, 10)
    assert hand("receive").due is not None


def test_each_duty_says_its_arithmetic(desk, clock):
    for duty in ledger_on(desk):
        steps = duty_steps(desk, duty.key)
        assert steps, duty.key
        for language in Language:
            words = Words(language)
            for step in steps:
                assert words.say(step.what)
                assert step.note is None or words.say(step.note)


def test_the_ledger_has_each_key_once_and_the_late_first(desk, clock):
    an_exam(desk, a_subject(desk), INJURY + timedelta(days=49))
    found = ledger_on(desk)
    assert len({duty.key for duty in found}) == len(found)
    late = [duty.standing(TODAY) is Standing.LATE for duty in found]
    assert late == sorted(late, reverse=True)


def test_the_ledger_as_of_then_is_the_one_that_was_seen_then(desk, clock):
    subject = subjects.open_subject(desk, clock.subject_id).subject
    then, cut = ledger_on(desk), trail.head(desk).seq
    settle(desk, f"O4:{clock.id}", date(2026, 3, 16), "case report 1")
    an_exam(desk, subject, INJURY + timedelta(days=49))
    set_setting(desk, "visit:baseline", {"before": "9"}, "letter")
    a_subject(desk)
    moved = subject.injury_date - timedelta(days=4)
    subjects.correct_subject(desk, replace(subject, injury_date=moved), "chart")

    assert ledger_on(desk, as_of=cut) == then
    assert ledger_on(desk) != then
    assert ledger_on(desk, as_of=trail.head(desk).seq) == ledger_on(desk)


# --- what starts clocks


def test_later_information_starts_another_clock_and_keeps_the_first(desk, clock):
    settle(desk, f"O4:{clock.id}", date(2026, 3, 16), "case report 1")
    more = follow_up_information(desk, clock.id, date(2026, 3, 20), "blood culture")
    assert more.follow_ups == {"1": date(2026, 3, 20)}
    assert duty_of(desk, f"O4:{clock.id}").done == date(2026, 3, 16)
    assert duty_of(desk, f"O4:{clock.id}:1").due == date(2026, 4, 4)
    again = follow_up_information(desk, clock.id, date(2026, 3, 25), "outcome")
    assert sorted(again.follow_ups) == ["1", "2"]
    entry = trail.trail_entries(desk, "occurrence", newest=1)[0]
    assert entry.reason == "outcome"


def test_a_corrected_day_of_awareness_moves_its_clocks(desk, clock):
    settle(desk, f"O4:{clock.id}", date(2026, 3, 18), "case report 1")
    earlier = replace(clock, holder_aware=date(2026, 3, 1))
    correct_occurrence(desk, earlier, "by telephone on the day before")
    assert duty_of(desk, f"O4:{clock.id}").due == date(2026, 3, 16)
    assert duty_of(desk, f"O4:{clock.id}").days_late == 2
    assert occurrences(desk)[0].holder_aware == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"event": "E99"}, "no-such-event"),
        ({"name": " "}, "no-name"),
        ({"holder_aware": None}, "nobody-aware"),
        ({"holder_aware": TODAY + timedelta(days=1)}, "aware-later"),
        ({"follow_ups": {"1": AWARE - timedelta(days=1)}}, "information-before"),
    ],
)
def test_an_occurrence_that_cannot_be_is_refused(desk, clock, told, key):
    wrong = replace(clock, id="", version=0, **told)
    _refused(f"obligations.{key}", add_occurrence, desk, wrong)
    assert len(occurrences(desk)) == 1


def test_an_occurrence_is_about_a_case_that_there_is(desk):
    with pytest.raises(NotFound):
        add_occurrence(desk, Occurrence("", "E2", "発熱", "SAP-9999-0", AWARE))


def test_later_information_says_what_it_is(desk, clock):
    day = date(2026, 3, 20)
    _refused("obligations.no-note", follow_up_information, desk, clock.id, day, " ")
    with pytest.raises(InvalidValue):
        follow_up_information(desk, clock.id, AWARE - timedelta(days=3), "x")
    assert obligations.occurrences(desk)[0].follow_ups == {}
