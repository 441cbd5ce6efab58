"""What holds of every regime, every day and every case (acceptance of the plan).

Days are those from the approval of 2018-12-28 to the end of 2031. Histories of the
regime are made by entering what the machine allows, in any order of days.
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry_app.domain.course import EndReason
from registry_app.domain.errors import Refused
from registry_app.domain.kit import Kit
from registry_app.domain.plan.change import change_plan, closing
from registry_app.domain.plan.derivation import steps
from registry_app.domain.plan.duties import product_duties, subject_duties
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.ledger import ledger
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import RegimeEntry
from registry_app.domain.plan.regime import (
    check_entry,
    next_states,
    state_on,
    stretches,
)
from registry_app.domain.plan.windows import windows
from registry_app.domain.subject import Arm
from registry_app.packs.loader import load_pack
from registry_app.words import Language, Words
from tests.domain.plan.packs import (
    APPROVAL,
    BOOKLET,
    CASE,
    INJURY,
    RULES,
    VISITS,
    a_case,
    a_protocol,
    a_setting,
    an_entry,
    an_exam,
    an_occurrence,
    done,
)

LAST = date(2031, 12, 31)
DAYS = [APPROVAL + timedelta(days=n) for n in range((LAST - APPROVAL).days + 1)]
MSC = load_pack("msc-iv-sci")
WORDS = [Words(language) for language in Language]
OCCURRENCES = (
    an_occurrence("known", "E2", date(2020, 3, 1), hospital_aware=date(2020, 2, 28)),
    an_occurrence(
        "again",
        "E1",
        date(2025, 12, 25),
        hospital_aware=date(2025, 12, 24),
        follow_ups={"1": date(2026, 1, 20), "2": date(2026, 5, 2)},
    ),
    an_occurrence("before", "infection-30d", date(2026, 4, 30)),
    an_occurrence("after", "infection-30d", date(2026, 5, 1)),
    an_occurrence("no-report", "E6", date(2024, 2, 28), reportable=False, note="none"),
)
KITS = (
    Kit("k1", "1", date(2022, 4, 1)),
    Kit("k2", "2", date(2023, 4, 1), subject_id=CASE),
)
HISTORIES = {
    "nothing was done": (),
    "applied in time, decided past the term": (
        an_entry("applied", date(2025, 11, 14)),
        an_entry("full", date(2026, 9, 1)),
    ),
    "extended, then lapsed": (an_entry("extended", date(2025, 6, 1), 1),),
    "extended, applied, refused": (
        an_entry("extended", date(2025, 6, 1), 3),
        an_entry("applied", date(2028, 12, 28)),
        an_entry("refused", date(2029, 7, 1)),
    ),
    "withdrawn after the application": (
        an_entry("applied", date(2021, 2, 28)),
        an_entry("withdrawn", date(2022, 2, 28)),
    ),
}


def the_duties(protocol, day, settled=None):
    return product_duties(protocol, OCCURRENCES, KITS, settled or {}, day)


def the_ledger(protocol, day, settled=None):
    return ledger(the_duties(protocol, day, settled), settled or {}, day)


def reasoned(duty, day):
    """Whether what is not owed says why."""
    if duty.standing(day) is not Standing.NOT_APPLICABLE:
        return True
    said = duty.not_applicable
    return bool(said) or all(words.say(duty.ended) for words in WORDS)


def sound(duty, day):
    """What must hold of every duty on every day."""
    ends = [end for end in (duty.due, duty.alarm) if end is not None]
    assert all(end >= duty.trigger for end in ends), duty
    assert duty.target is None or duty.target <= duty.last_day, duty
    assert duty.period is None or duty.period[0] <= duty.period[1], duty
    assert reasoned(duty, day), duty


def legal(history):
    """Whether each entry is one that the machine allows."""
    made = ()
    for entry in history:
        check_entry(Protocol(MSC, {}, made), entry)
        made = (*made, entry)
    return Protocol(MSC, {}, made)


@pytest.mark.parametrize("name", HISTORIES)
def test_on_every_day_each_duty_stands_once_in_the_ledger_and_none_vanishes(name):
    protocol = legal(HISTORIES[name])
    before = set()
    for day in DAYS:
        found = the_duties(protocol, day)
        keys = [duty.key for duty in found]
        assert len(keys) == len(set(keys)), day
        assert before <= set(keys), (day, before - set(keys))
        before = set(keys)
    listed = the_ledger(protocol, LAST)
    assert {duty.key for duty in listed} == before
    for duty in listed:
        for day in (duty.trigger, duty.last_day or LAST, LAST):
            sound(duty, day)


@pytest.mark.parametrize("name", HISTORIES)
def test_every_day_has_one_state_and_the_term_is_kept_both_ways(name):
    protocol = legal(HISTORIES[name])
    for day in DAYS:
        state = state_on(protocol, day)
        assert state.term_alarm == state.term_end - timedelta(days=1)
        assert state.past_term == (state.state.continues and day > state.term_end)
        assert not (state.state.runs and day > state.term_end)
        assert state.since <= day


entered = st.lists(
    st.tuples(st.integers(0, len(DAYS) - 1), st.integers(0, 6), st.integers(1, 3)),
    max_size=7,
)


def a_history(draws):
    """Enter what is allowed, in the order drawn, which is not the order of days."""
    protocol = Protocol(MSC)
    states = [state.id for state in MSC.machine.states]
    for number, (index, state, years) in enumerate(draws):
        name = states[state % len(states)]
        extends = name == MSC.machine.extends
        entry = RegimeEntry(
            str(number), name, DAYS[index], "made-up letter", years if extends else 0
        )
        try:
            check_entry(protocol, entry)
        except Refused:
            continue
        regime = sorted((*protocol.regime, entry), key=lambda e: (e.on, e.id))
        protocol = Protocol(MSC, {}, tuple(regime))
    return protocol


@settings(max_examples=150)
@given(entered, st.lists(st.integers(0, len(DAYS) - 1), min_size=2, max_size=8))
def test_under_every_history_keys_only_grow_and_nothing_is_due_before_it_began(
    draws, days
):
    protocol = a_history(draws)
    before = set()
    for day in sorted(DAYS[index] for index in days):
        listed = the_ledger(protocol, day)
        keys = {duty.key for duty in listed}
        assert len(keys) == len(listed)
        assert before <= keys
        before = keys
        for duty in listed:
            sound(duty, day)


@settings(max_examples=100)
@given(entered)
def test_every_state_of_a_history_was_allowed_by_the_one_before_it(draws):
    protocol = a_history(draws)
    made = stretches(protocol)
    for earlier, later in pairwise(made):
        lapse = later.lapsed and earlier.state.runs
        assert lapse or later.state.id in earlier.state.next
        assert later.since >= earlier.since
        assert later.extended_years <= 3


@settings(max_examples=100)
@given(entered, st.integers(0, len(DAYS) - 1))
def test_what_can_come_next_is_what_an_entry_of_that_day_may_say(draws, index):
    protocol, day = a_history(draws), DAYS[index]
    if any(entry.on >= day for entry in protocol.regime):
        return
    offered = {state.id for state in next_states(protocol, day)}
    for state in MSC.machine.states:
        years = 1 if state.id == MSC.machine.extends else 0
        entry = RegimeEntry("new", state.id, day, "made-up letter", years)
        if state.id in offered:
            check_entry(protocol, entry)
        else:
            with pytest.raises(Refused):
                check_entry(protocol, entry)


@settings(max_examples=120)
@given(
    entered,
    st.integers(0, len(DAYS) - 1),
    st.integers(0, 6),
    st.integers(0, len(DAYS) - 1),
    st.sets(st.integers(0, 60), max_size=5),
)
def test_accepting_a_change_of_the_regime_never_loses_a_duty(
    draws, on, state, today, finished
):
    protocol, day = a_history(draws), DAYS[today]
    standing = the_duties(protocol, day)
    settled = {
        duty.key: done(duty.key, duty.trigger, rule=duty.rule)
        for index, duty in enumerate(standing)
        if index in finished
    }
    before = the_ledger(protocol, day, settled)
    name = MSC.machine.states[state % len(MSC.machine.states)].id
    years = 1 if name == MSC.machine.extends else 0
    entry = RegimeEntry("new", name, DAYS[on], "made-up letter", years)
    try:
        check_entry(protocol, entry)
    except Refused:
        return
    changed = Protocol(MSC, {}, (*protocol.regime, entry))
    plan = change_plan(before, the_ledger(changed, day, settled))
    records = {r.id: r for r in closing(plan, settled, "made-up change", day)}
    after = the_ledger(changed, day, settled | records)

    assert {duty.key for duty in before} <= {duty.key for duty in after}
    assert all(reasoned(duty, day) for duty in after)
    ended = {duty.key for duty in plan.ends}
    for duty in after:
        if duty.key in ended:
            gone = duty.standing(day) in (Standing.DONE, Standing.NOT_APPLICABLE)
            assert gone, duty
        if duty.key in settled:
            assert duty.done == settled[duty.key].done_on or duty.done is not None


names = [rule.id for rule in RULES] + [visit.id for visit in VISITS]


@settings(max_examples=120)
@given(
    st.sets(st.sampled_from(names)),
    st.sets(st.sampled_from(names)),
    st.integers(0, 30),
    st.booleans(),
    st.sets(st.integers(0, 40), max_size=6),
    st.integers(0, len(DAYS) - 1),
)
def test_accepting_another_pack_or_setting_never_loses_a_duty(
    gone, new, wider, examined, finished, today
):
    """`gone`: what only the old pack has; `new`: what only the new one has."""
    day = DAYS[today]
    exams = [an_exam(45), an_exam(180)] if examined else []
    case = a_case(*exams, treatment_date=INJURY + timedelta(days=50))

    def pack_without(names):
        return {
            "rules": tuple(rule for rule in RULES if rule.id not in names),
            "visits": tuple(visit for visit in VISITS if visit.id not in names),
            "booklets": () if "baseline" in names else (BOOKLET,),
        }

    def listed(protocol, settled):
        duties = (
            *subject_duties(protocol, replace(case, settled=settled)),
            *product_duties(protocol, OCCURRENCES, KITS, settled, day),
        )
        return ledger(duties, settled, day)

    old = a_protocol(**pack_without(new))
    setting = a_setting("visit:endpoint", before=30 + wider)
    changed = a_protocol(settings=[setting], **pack_without(gone))
    settled = {
        duty.key: done(duty.key, duty.trigger, rule=duty.rule)
        for index, duty in enumerate(listed(old, {}))
        if index in finished
    }
    before = listed(old, settled)
    plan = change_plan(before, listed(changed, settled))
    records = {r.id: r for r in closing(plan, settled, "made-up version", day)}
    after = listed(changed, settled | records)

    assert {duty.key for duty in before} <= {duty.key for duty in after}
    assert all(reasoned(duty, day) for duty in after)
    assert {duty.key for duty in plan.begins}.isdisjoint(d.key for d in plan.ends)
    was = {duty.key: duty for duty in before}
    for duty in after:
        if duty.key in was and was[duty.key].standing(LAST) is Standing.DONE:
            assert duty.standing(LAST) is Standing.DONE


days_after = st.integers(0, 900)
exams = st.lists(
    st.builds(
        an_exam,
        days_after,
        st.uuids().map(str),
        complete=st.booleans(),
        instrument=st.sampled_from(["isncsci", "scim"]),
    ),
    max_size=8,
)
treated = st.none() | st.integers(14, 60).map(lambda n: INJURY + timedelta(days=n))
ended = st.none() | st.tuples(
    st.sampled_from(EndReason), days_after.map(lambda n: INJURY + timedelta(days=n))
)


@settings(max_examples=150)
@given(exams, treated, ended)
def test_neither_exams_nor_the_end_of_the_follow_up_make_a_duty_of_a_case_vanish(
    exams, treated, ended
):
    protocol = Protocol(MSC)
    bare = subject_duties(protocol, a_case(treatment_date=treated))
    full = subject_duties(protocol, a_case(*exams, treatment_date=treated, ended=ended))

    assert [duty.key for duty in full] == [duty.key for duty in bare]
    assert len({duty.key for duty in full}) == len(full)
    for duty in full:
        for day in (duty.opens, duty.due or duty.opens, LAST):
            sound(duty, day)
        if duty.ended is not None:
            assert duty.done is None
            assert duty.due is None or duty.due >= ended[1]


@settings(max_examples=100)
@given(exams, st.integers(-400, 400), treated)
def test_windows_follow_their_anchor_and_no_other(exams, moved, treated):
    protocol = a_protocol()
    shift = timedelta(days=moved)
    treated = treated or INJURY + timedelta(days=40)
    was = a_case(*exams, treatment_date=treated)
    now = a_case(*exams, injury_date=INJURY + shift, birth_year=None)
    moved_too = replace(was.subject, injury_date=min(INJURY + shift, treated))
    still = windows(protocol, replace(was, subject=moved_too))
    by_id = {w.visit.id: w for w in windows(protocol, was)}
    for window in windows(protocol, now):
        before = by_id[window.visit.id]
        if window.visit.at.months == 0:
            assert window.first - before.first == shift
            assert window.last - before.last == shift
    after = next(w for w in still if w.visit.id == "after")
    assert after.first == by_id["after"].first


@settings(max_examples=150)
@given(exams, treated)
def test_what_counts_lies_in_its_window_and_is_nearest_to_the_centre(exams, treated):
    case = a_case(*exams, treatment_date=treated)
    for window in windows(a_protocol(), case):
        found = [exam for exam in (window.counted, *window.others) if exam]
        inside = [
            exam
            for exam in exams
            if exam.complete and exam.instrument == "isncsci" and window.holds(exam.day)
        ]
        assert sorted(e.form_id for e in found) == sorted(e.form_id for e in inside)
        if window.counted is None:
            assert not inside
            continue
        rivals = inside
        if window.visit.precedes and treated:
            rivals = [exam for exam in inside if exam.day < treated] or inside
        away = abs(window.counted.day - window.centre)
        assert all(abs(exam.day - window.centre) >= away for exam in rivals)
        equal = [e.day for e in rivals if abs(e.day - window.centre) == away]
        assert window.counted.day == min(equal)
        assert all(words.say(window.why) for words in WORDS)
        assert all(words.say(flag) for flag in window.flags for words in WORDS)


def test_the_order_of_exams_and_of_entries_changes_nothing():
    exams = [an_exam(day) for day in (45, 53, 49, 180, 160)]
    entries = HISTORIES["extended, applied, refused"]
    one = a_case(*exams, treatment_date=INJURY + timedelta(days=50))
    other = a_case(*reversed(exams), treatment_date=INJURY + timedelta(days=50))
    forth, back = Protocol(MSC, {}, entries), Protocol(MSC, {}, entries[::-1])

    assert subject_duties(Protocol(MSC), one) == subject_duties(Protocol(MSC), other)
    assert the_ledger(forth, LAST) == the_ledger(back, LAST)
    assert the_ledger(forth, LAST) == ledger(the_duties(forth, LAST)[::-1], {}, LAST)


@pytest.mark.parametrize(
    "pack", ["msc-iv-sci", "ipsc-npc-sci", "natural-history", "example-other"]
)
def test_every_date_of_every_shipped_pack_says_how_it_was_found(pack):
    protocol = Protocol(load_pack(pack))
    arm = Arm.COMPARISON if pack == "natural-history" else Arm.TREATED
    at = INJURY + timedelta(days=50) if arm is Arm.TREATED else None
    case = a_case(an_exam(45), an_exam(180), treatment_date=at, arm=arm)
    kinds = [e.id for e in protocol.pack.events]
    happened = [
        an_occurrence(kind, kind, date(2026, 6, 1), hospital_aware=date(2026, 6, 1))
        for kind in kinds
    ]
    by_id = {occurrence.id: occurrence for occurrence in happened}
    duties = (
        *subject_duties(protocol, case),
        *product_duties(protocol, happened, KITS, {}, date(2026, 12, 31)),
    )
    for duty in duties:
        name = duty.key.partition(":")[2].partition(":")[0]
        told = steps(protocol, duty, case, by_id.get(name))
        assert told, duty.key
        said = [words.say(step.what) for words in WORDS for step in told]
        said += [w.say(s.note) for w in WORDS for s in told if s.note is not None]
        assert all(said)
        days = {step.day for step in told}
        for end in (duty.due, duty.alarm, duty.period and duty.period[1]):
            assert end is None or end in days, (duty.key, end)
