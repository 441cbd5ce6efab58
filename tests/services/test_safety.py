"""Safety cases and their clocks. The days were counted by hand, on a calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.records import Occurrence, Settled
from registry_app.domain.safety import (
    CaseOrigin,
    CaseState,
    CaseVersion,
    Event,
    Expectedness,
    Judged,
    Letter,
    SafetyCase,
    Seriousness,
    Suspect,
)
from registry_app.services import due, obligations, safety, trail
from registry_app.services import safety_deeds as deeds
from registry_app.services.signals import next_number
from tests.builders import a_clock, a_registry, a_subject

#: The clock of the desk stands on 1 April 2026.
TODAY = date(2026, 4, 1)
HOLDER = date(2026, 3, 23)
HOSPITAL = date(2026, 3, 20)
SERIOUS = {one.value: one is Seriousness.HOSPITAL for one in Seriousness}
NOT_SERIOUS = dict.fromkeys(SERIOUS, False)
RULED_OUT = {one.value: Judged.RULED_OUT for one in Suspect}
KNOWN = {"expected": Expectedness.EXPECTED, "label": "3"}
UNKNOWN = {"expected": Expectedness.UNEXPECTED, "label": "3"}


def a_case(desk, events=None, **told):
    """E2 where nothing else is said: nobody has judged anything."""
    made = SafetyCase(
        "",
        "made-up fever",
        **{
            "hospital_aware": HOSPITAL,
            "versions": {"1": CaseVersion(HOLDER)},
            **told,
        },
    )
    events = (Event("", "", "fever"),) if events is None else events
    return deeds.open_case(desk, made, events)


def a_draft(desk):
    """As a signal leaves one: known to the hospital, with no version."""
    with desk.begin() as work:
        draft = SafetyCase(
            next_number(work, desk.registry.site),
            "made-up fever",
            state=CaseState.DRAFT,
            hospital_aware=HOSPITAL,
        )
        saved = work.save(draft)
        work.save(Event(desk.new_id(), saved.id, "fever"))
    return saved


def an_event(**told):
    return Event("", "", "fever", **{"infection": False, **told})


def the_clocks(desk, case):
    return {clock.key: clock for clock in safety.case_file(desk, case.id).clocks}


def dues(desk, case):
    """Rule, and number of a later version, to the last day; those that still run."""
    return {
        key.replace(f":{case.id}", ""): clock.due
        for key, clock in the_clocks(desk, case).items()
        if clock.runs
    }


def test_a_case_has_a_number_and_says_what_day_of_its_clock_it_is(desk):
    case = a_case(desk)

    assert case.id == "SAP-S0001"
    clock = the_clocks(desk, case)["O4:SAP-S0001"]
    assert (clock.day, clock.of, clock.due) == (9, 15, date(2026, 4, 7))
    assert (clock.standing, clock.legal, clock.to_confirm) == (
        Standing.RED,
        True,
        True,
    )
    assert a_case(desk).id == "SAP-S0002"


def test_the_hospital_has_a_day_for_the_holder_and_the_physician_no_legal_day(desk):
    case = a_case(desk, hospital_aware=date(2026, 3, 31), versions={})

    clocks = the_clocks(desk, case)
    assert dues(desk, case) == {"O9": date(2026, 4, 15), "O10": TODAY}
    assert not clocks["O9:SAP-S0001"].legal
    assert not clocks["O10:SAP-S0001"].legal  # by contract

    told = deeds.new_version(desk, case.id, CaseVersion(TODAY))
    assert told.versions["1"].event_class == "E2"
    assert the_clocks(desk, case)["O10:SAP-S0001"].done == TODAY
    assert dues(desk, case) == {"O9": date(2026, 4, 15), "O4": date(2026, 4, 16)}


def test_a_due_day_in_the_holidays_stays_and_the_target_is_the_business_day_before(
    tmp_path,
):
    start = a_clock(datetime(2026, 4, 20, 9, 0, tzinfo=UTC))
    desk = a_registry(tmp_path / "h.registry", clock=start)
    case = a_case(desk, versions={"1": CaseVersion(date(2026, 4, 20))})
    clock = the_clocks(desk, case)["O4:SAP-S0001"]
    # 5 May is a holiday, and all days back to Saturday 2 May are off.
    assert (clock.due, clock.target) == (date(2026, 5, 5), date(2026, 5, 1))
    desk.close()


def test_another_class_moves_the_clock_and_keeps_why_the_old_one_ended(desk):
    case = a_case(desk, (an_event(serious=SERIOUS, **KNOWN),))
    assert dues(desk, case)["O5"] == date(2026, 4, 22)
    (event,) = safety.case_file(desk, case.id).events

    other = replace(event, expected=Expectedness.UNEXPECTED)
    deeds.save_event(desk, other, "the label names a milder one")

    assert dues(desk, case)["O4"] == date(2026, 4, 7)
    assert "O5" not in dues(desk, case)
    with desk.read() as reading:
        ended = reading.get(Settled, "O5:SAP-S0001")
        assert reading.get(Occurrence, case.id).event == "E2"
    assert ended.not_applicable == "the label names a milder one"

    deeds.save_event(desk, replace(event, version=2), "no, it does")
    assert dues(desk, case)["O5"] == date(2026, 4, 22)
    assert trail.verify(desk).problems == ()


def test_what_is_decided_at_last_needs_no_reason_and_the_trail_says_why(desk):
    case = a_case(desk)
    (event,) = safety.case_file(desk, case.id).events
    deeds.save_event(desk, replace(event, infection=False, **KNOWN))
    assert dues(desk, case)["O5"] == date(2026, 4, 22)
    newest = trail.trail_entries(desk, "occurrence", case.id)[0]
    assert "E2" in newest.reason
    assert "E6" in newest.reason


def test_significant_later_information_starts_the_clock_again(desk):
    case = a_case(desk)
    deeds.new_version(desk, case.id, CaseVersion(date(2026, 3, 30), "culture"))
    trifle = CaseVersion(date(2026, 3, 31), "spelling", significant=False)
    deeds.new_version(desk, case.id, trifle)
    assert dues(desk, case) == {
        "O4": date(2026, 4, 7),
        "O4:2": date(2026, 4, 14),
        "O9": date(2026, 4, 4),
    }


def test_a_version_that_was_sent_settles_its_own_clock_and_no_other(desk):
    case = a_case(desk)
    deeds.new_version(desk, case.id, CaseVersion(date(2026, 3, 30), "culture"))

    deeds.record_sent(desk, case.id, "2", TODAY)
    assert set(dues(desk, case)) == {"O4", "O9"}
    deeds.record_sent(desk, case.id, "1", date(2026, 3, 31), "PMDA 17")
    assert set(dues(desk, case)) == {"O9"}
    deeds.record_sent(desk, case.id, "2", TODAY, "PMDA 18")
    with desk.read() as reading:
        first = reading.get(Settled, "O4:SAP-S0001")
        second = reading.get(Settled, "O4:SAP-S0001:2")
    assert (first.done_on, first.receipt) == (date(2026, 3, 31), "PMDA 17")
    assert (second.done_on, second.receipt) == (TODAY, "PMDA 18")


def test_what_was_reported_stays_reported_under_another_class(desk):
    case = a_case(desk)
    deeds.record_sent(desk, case.id, "1", TODAY, "PMDA 17")
    (event,) = safety.case_file(desk, case.id).events
    deeds.save_event(desk, replace(event, infection=False, **KNOWN))
    assert set(dues(desk, case)) == {"O9"}
    assert the_clocks(desk, case)["O5:SAP-S0001"].done == TODAY


def test_another_day_of_the_report_needs_a_reason(desk):
    case = a_case(desk)
    deeds.record_sent(desk, case.id, "1", TODAY)
    earlier = (case.id, "1", date(2026, 3, 31))
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        deeds.record_sent(desk, *earlier)
    deeds.record_sent(desk, *earlier, reason="misread the receipt")
    assert the_clocks(desk, case)["O4:SAP-S0001"].done == date(2026, 3, 31)


def test_a_case_that_is_not_serious_and_unexpected_has_no_clock_of_15_or_30_days(desk):
    case = a_case(desk, (an_event(serious=NOT_SERIOUS, **UNKNOWN),))
    assert safety.case_file(desk, case.id).classed.event_class == "E9"
    assert set(dues(desk, case)) == {"O9"}


def test_a_case_of_no_class_has_no_clock_until_it_has_one(desk):
    out = {"by_reporter": RULED_OUT, "by_holder": RULED_OUT}
    case = a_case(desk, (an_event(serious=SERIOUS, **UNKNOWN, **out),))
    assert dues(desk, case) == {}
    (event,) = safety.case_file(desk, case.id).events
    doubt = {**RULED_OUT, "product": Judged.UNKNOWN}
    deeds.save_event(desk, replace(event, by_holder=doubt), "new literature")
    assert dues(desk, case)["O4"] == date(2026, 4, 7)

    deeds.save_event(desk, replace(event, version=2), "they took it back")
    assert dues(desk, case) == {}
    with desk.read() as reading:
        assert not reading.get(Occurrence, case.id).reportable


def test_not_reportable_after_all_ends_the_clocks_with_the_reason(desk):
    case = a_case(desk)
    told = replace(case, reportable=False)
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        deeds.save_case(desk, told)
    deeds.save_case(desk, told, "another product")
    assert dues(desk, case) == {}
    assert obligations.duty_of(desk, "O4:SAP-S0001").ended.params["note"] == (
        "another product"
    )


@pytest.mark.parametrize(
    ("origin", "wanted"),
    [
        (CaseOrigin.FOREIGN, ("E2", {"O4": date(2026, 4, 7)})),
        (CaseOrigin.LITERATURE, ("E2", {"O4": date(2026, 4, 7)})),
        (CaseOrigin.FOREIGN_ACTION, ("E5", {"O4": date(2026, 4, 7)})),
        (CaseOrigin.DEFECT, ("E7", {"O5": date(2026, 4, 22)})),
        (CaseOrigin.RESEARCH, ("E8", {"O5": date(2026, 4, 22)})),
    ],
)
def test_reports_from_elsewhere_are_items_of_the_ledger_too(desk, origin, wanted):
    case = a_case(desk, origin=origin, hospital_aware=None)
    found = safety.case_file(desk, case.id).classed.event_class
    assert (found, dues(desk, case)) == wanted


@pytest.mark.parametrize(
    "origin", [CaseOrigin.DEFECT, CaseOrigin.RESEARCH, CaseOrigin.FOREIGN_ACTION]
)
def test_a_serious_event_is_not_hidden_behind_a_case_without_a_patient(desk, origin):
    case = a_case(desk, origin=origin, hospital_aware=None)
    harm = Event("", case.id, "made up", serious={Seriousness.DEATH.value: True})
    with pytest.raises(Refused, match=r"safety\.harm-apart"):
        deeds.save_event(desk, harm)

    other = a_case(desk, hospital_aware=None)
    deeds.save_event(desk, replace(harm, case_id=other.id))
    with pytest.raises(Refused, match=r"safety\.harm-apart"):
        deeds.save_case(desk, replace(other, origin=origin), "made up")


def test_ledger_today_due_and_r4_show_the_clocks(desk):
    subject = a_subject(desk)
    case = a_case(desk, subject_id=subject.id)
    key = f"O4:{case.id}"
    assert key in {duty.key for duty in obligations.ledger_on(desk)}
    assert key in {duty.key for duty in due.due(desk)}
    assert key in {row.duty.key for row in due.today(desk).closing.rows}
    assert obligations.duty_steps(desk, key)
    with desk.read() as reading:
        assert reading.get(Occurrence, case.id).subject_id == subject.id


def test_its_occurrence_is_changed_in_the_case_alone(desk):
    case = a_case(desk)
    with desk.read() as reading:
        known = reading.get(Occurrence, case.id)
    with pytest.raises(Refused, match=r"safety\.occurrence-of-case"):
        obligations.correct_occurrence(desk, replace(known, event="E6"), "no")
    with pytest.raises(Refused, match=r"safety\.occurrence-of-case"):
        obligations.follow_up_information(desk, case.id, TODAY, "no")


def test_a_case_is_closed_when_its_report_is_done_and_opened_by_new_information(desk):
    case = a_case(desk)
    with pytest.raises(Refused, match=r"safety\.clock-runs"):
        deeds.close_case(desk, case.id, "recovered")
    deeds.record_sent(desk, case.id, "1", TODAY)
    closed = deeds.close_case(desk, case.id, "recovered")
    assert (closed.state, closed.closed_why) == (CaseState.CLOSED, "recovered")

    again = deeds.new_version(desk, case.id, CaseVersion(TODAY, "relapse"))
    assert (again.state, again.closed_why) == (CaseState.OPEN, "")
    assert dues(desk, case)["O4:2"] == date(2026, 4, 16)


def test_no_case_ends_its_clocks_unless_it_was_reported(desk):
    case = a_case(desk)
    gone = deeds.dismiss(desk, case.id, "another patient")
    assert gone.state is CaseState.NOT_A_CASE
    assert dues(desk, case) == {}
    sent = a_case(desk)
    deeds.record_sent(desk, sent.id, "1", TODAY)
    with pytest.raises(Refused, match=r"safety\.was-sent"):
        deeds.dismiss(desk, sent.id, "another patient")


def test_drafts_come_first_in_the_list_then_the_clock_that_ends_next(desk):
    later = a_case(desk, hospital_aware=None, versions={"1": CaseVersion(TODAY)})
    sooner = a_case(desk)
    draft = a_draft(desk)
    lines = safety.safety_cases(desk)
    assert [one.case.id for one in lines] == [draft.id, sooner.id, later.id]
    assert lines[0].opened[1] == "kato"
    assert lines[0].waits_since == TODAY
    assert [one.waits_since for one in lines[1:]] == [None, None]


def test_a_draft_has_no_clock_but_says_which_it_would_have(desk):
    draft = a_draft(desk)
    file = safety.case_file(desk, draft.id)
    assert file.clocks == ()
    assert {clock.rule: clock.due for clock in file.what_if} == {
        "O4": date(2026, 4, 16),
        "O9": date(2026, 4, 4),
    }
    taken = deeds.take_draft(
        desk,
        draft.id,
        hospital_aware=HOSPITAL,
        holder_aware=HOLDER,
        reason="a case",
    )
    assert (taken.state, taken.versions["1"].event_class) == (CaseState.OPEN, "E2")
    assert dues(desk, taken)["O4"] == date(2026, 4, 7)
    assert safety.case_file(desk, draft.id).what_if == ()


REFUSED = [
    ({"hospital_aware": None, "versions": {}}, r"obligations\.nobody-aware"),
    ({"hospital_aware": date(2026, 4, 2)}, r"safety\.day-to-come"),
    ({"versions": {"1": CaseVersion(date(2026, 4, 2))}}, r"safety\.day-to-come"),
    ({"special": "unknown"}, r"safety\.no-such-special"),
    ({"chosen_class": "E99", "chosen_why": "x"}, r"obligations\.no-such-event"),
]


@pytest.mark.parametrize(("told", "sentence"), REFUSED)
def test_what_cannot_be_is_refused_and_leaves_nothing(desk, told, sentence):
    with pytest.raises(InvalidValue, match=sentence):
        a_case(desk, **told)
    assert safety.safety_cases(desk) == ()
    assert trail.trail_entries(desk, "safety_case") == []


def test_a_case_of_nobody_is_not_found(desk):
    with pytest.raises(NotFound):
        a_case(desk, subject_id="SAP-0099-1")


def test_deeds_that_do_not_fit_are_refused(desk):
    draft = a_draft(desk)
    case = a_case(desk)
    with pytest.raises(Refused, match=r"safety\.still-draft"):
        deeds.new_version(desk, draft.id, CaseVersion(TODAY, "x"))
    with pytest.raises(Refused, match=r"safety\.still-draft"):
        deeds.close_case(desk, draft.id, "x")
    with pytest.raises(Refused, match=r"safety\.no-draft"):
        deeds.take_draft(desk, case.id, hospital_aware=HOSPITAL, reason="x")
    with pytest.raises(InvalidValue, match=r"safety\.version-without-words"):
        deeds.new_version(desk, case.id, CaseVersion(TODAY))
    with pytest.raises(InvalidValue, match=r"safety\.version-before-first"):
        deeds.new_version(desk, case.id, CaseVersion(date(2026, 3, 22), "x"))
    with pytest.raises(NotFound, match=r"safety\.no-such-version"):
        deeds.record_sent(desk, case.id, "2", TODAY)
    with pytest.raises(InvalidValue, match=r"safety\.sent-before-known"):
        deeds.record_sent(desk, case.id, "1", date(2026, 3, 22))
    with pytest.raises(InvalidValue, match=r"safety\.day-to-come"):
        deeds.record_sent(desk, case.id, "1", date(2026, 4, 2))


def test_letters_are_kept_by_day_with_a_receipt_that_may_come_later(desk):
    case = a_case(desk)
    letter = Letter("", case.id, TODAY, False, "PMDA", "online", "initial report")
    saved = deeds.add_letter(desk, letter)
    before = Letter("", case.id, HOLDER, True, "hospital", "telephone", "fever")
    deeds.add_letter(desk, before)
    later = deeds.add_letter(desk, replace(saved, receipt="R-1"))
    assert safety.case_file(desk, case.id).letters[1] == later
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        deeds.add_letter(desk, replace(later, who="MHLW"))
    with pytest.raises(InvalidValue, match=r"safety\.letter-without-words"):
        deeds.add_letter(desk, replace(letter, about=" "))


def test_a_deed_that_fails_half_way_leaves_nothing(desk, monkeypatch):
    case = a_case(desk)
    head = trail.head(desk)
    (event,) = safety.case_file(desk, case.id).events

    def broken(*_, **__):
        raise RuntimeError("power cut")

    monkeypatch.setattr(deeds, "follow", broken)
    with pytest.raises(RuntimeError):
        deeds.save_event(desk, replace(event, infection=False, **KNOWN))
    with pytest.raises(RuntimeError):
        a_case(desk)
    monkeypatch.undo()

    assert trail.head(desk) == head
    assert safety.case_file(desk, case.id).events == (event,)
    assert trail.verify(desk).problems == ()


def test_the_label_and_the_specials_are_those_of_the_pack(desk):
    assert safety.label_in_force(desk, TODAY).version == "3"
    assert "lung" in {one.id for one in safety.special_events(desk)}
