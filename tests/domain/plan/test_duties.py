"""Duties: of each kind of rule its days, and what is done about them."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from registry_app.domain.course import EndReason
from registry_app.domain.kit import Kit
from registry_app.domain.plan.duties import (
    apply,
    is_unset,
    product_duties,
    setting_id,
    subject_duties,
)
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.pack import Owner
from registry_app.domain.plan.records import Setting, Settled
from registry_app.domain.subject import Arm
from tests.domain.plan.packs import (
    APPROVAL,
    CASE,
    INJURY,
    RULES,
    a_basis,
    a_case,
    a_protocol,
    a_rule,
    a_setting,
    an_entry,
    an_exam,
    an_occurrence,
    done,
    not_owed,
)

TREATED = date(2025, 5, 20)
FAR = date(2027, 12, 31)
APPLIED = an_entry("applied", date(2025, 11, 14))
NAMED = a_setting("date:designated", date="2019-04-01")
CONFIRMED = Setting("rule:O2", {}, "架空 確認者", date(2026, 1, 5), "letter")


def of_case(case, key, protocol=None):
    duties = subject_duties(protocol or a_protocol(), case)
    return {duty.key: duty for duty in duties}.get(f"{key}:{CASE}")


def of_product(key, protocol=None, occurrences=(), kits=(), settled=(), until=FAR):
    duties = product_duties(
        protocol or a_protocol(APPLIED),
        occurrences,
        kits,
        {record.id: record for record in settled},
        until,
    )
    return {duty.key: duty for duty in duties}.get(key)


# --- visits


def test_a_visit_is_due_on_the_last_day_of_its_window_and_done_by_what_counts():
    open_ = of_case(a_case(), "visit:baseline")
    assert (open_.trigger, open_.opens, open_.due) == (
        INJURY,
        date(2025, 5, 13),
        date(2025, 5, 27),
    )
    assert (open_.rule, open_.owner) == ("O11", Owner.HOSPITAL)
    assert open_.standing(date(2025, 5, 12)) is Standing.WAITING
    assert open_.standing(date(2025, 5, 13)) is Standing.AMBER
    assert open_.standing(date(2025, 5, 28)) is Standing.LATE

    exam = an_exam(45)
    closed = of_case(a_case(exam), "visit:baseline")
    assert (closed.done, closed.form_id) == (exam.day, exam.form_id)


def test_an_offered_visit_is_no_duty():
    assert of_case(a_case(), "visit:offer") is None


def test_a_visit_after_a_date_that_is_not_known_is_not_owed_yet():
    assert of_case(a_case(), "visit:after") is None
    assert of_case(a_case(treatment_date=TREATED), "visit:after") is not None


def test_what_was_settled_about_a_visit_stands_with_it():
    reason = not_owed(f"visit:baseline:{CASE}", "in another hospital", INJURY)
    duty = of_case(a_case(settled=[reason]), "visit:baseline")
    assert duty.standing(FAR) is Standing.NOT_APPLICABLE

    both = of_case(a_case(an_exam(45), settled=[reason]), "visit:baseline")
    assert both.standing(FAR) is Standing.DONE


@pytest.mark.parametrize("reason", EndReason)
def test_after_the_end_of_the_follow_up_only_what_was_open_then_ends(reason):
    missed = date(2025, 5, 28)
    case = a_case(ended=(reason, missed), treatment_date=TREATED)
    assert of_case(case, "visit:baseline").ended is None
    assert of_case(case, "visit:baseline").standing(FAR) is Standing.LATE
    assert of_case(case, "visit:endpoint").standing(FAR) is Standing.NOT_APPLICABLE

    open_then = a_case(ended=(reason, date(2025, 5, 27)), treatment_date=TREATED)
    ended = of_case(open_then, "visit:baseline").ended
    assert ended.params == {"reason": reason.told, "on": date(2025, 5, 27)}
    assert of_case(open_then, "O14").ended is None


def test_an_exam_made_before_the_end_still_counts():
    case = a_case(an_exam(45), ended=(EndReason.DEATH, INJURY + timedelta(days=46)))
    duty = of_case(case, "visit:baseline")

    assert duty.ended is None
    assert duty.standing(FAR) is Standing.DONE


# --- dates, records and booklets of a case


def test_a_date_is_reached_by_another_date():
    open_ = of_case(a_case(), "O13")
    assert (open_.due, open_.done) == (date(2025, 5, 2), None)

    reached = of_case(a_case(dates={"marrow": date(2025, 5, 4)}), "O13")
    assert (reached.done, reached.days_late) == (date(2025, 5, 4), 2)


def test_a_comparison_patient_has_only_the_duties_of_that_arm():
    case = a_case(arm=Arm.COMPARISON)

    assert of_case(case, "O13") is None
    assert of_case(case, "visit:baseline") is not None


def test_records_are_kept_until_a_day_and_never_due():
    duty = of_case(a_case(treatment_date=TREATED), "O14")

    assert duty.period == (TREATED, date(2045, 5, 20))
    assert (duty.due, duty.last_day) == (None, None)
    assert duty.standing(date(2050, 1, 1)) is Standing.WAITING


def test_a_booklet_goes_from_hand_to_hand_and_each_step_waits_for_the_one_before():
    first = of_case(a_case(), "booklet:part-1:submit")
    waits = of_case(a_case(), "booklet:part-1:receive")
    assert (first.trigger, first.due) == (date(2025, 5, 27), date(2025, 6, 26))
    assert first.name.en == "made-up part 1: made-up submit"
    assert (waits.due, waits.standing(FAR)) == (None, Standing.WAITING)

    sent = done(f"booklet:part-1:submit:{CASE}", date(2025, 6, 10))
    case = a_case(settled=[sent])
    assert of_case(case, "booklet:part-1:submit").done == date(2025, 6, 10)
    ready = of_case(case, "booklet:part-1:receive")
    assert (ready.trigger, ready.due) == (date(2025, 6, 10), date(2025, 6, 17))
    assert of_case(case, "booklet:part-1:return").due is None


def test_a_booklet_sent_while_its_window_is_open_is_counted_from_that_day():
    sent = done(f"booklet:part-1:submit:{CASE}", date(2025, 5, 20))
    ready = of_case(a_case(settled=[sent]), "booklet:part-1:receive")

    assert (ready.trigger, ready.due) == (date(2025, 5, 20), date(2025, 5, 27))


def test_a_step_that_does_not_apply_is_passed_over():
    skipped = not_owed(f"booklet:part-1:submit:{CASE}", "on paper", INJURY)
    case = a_case(settled=[skipped])

    assert of_case(case, "booklet:part-1:receive").due == date(2025, 6, 3)


# --- the product


def test_the_term_alarms_on_the_earlier_of_two_ways_of_counting():
    duty = of_product("O1", a_protocol())

    assert (duty.due, duty.alarm) == (date(2025, 12, 28), date(2025, 12, 27))
    assert duty.last_day == date(2025, 12, 27)
    assert duty.standing(date(2025, 12, 28)) is Standing.LATE
    assert duty.target == date(2025, 12, 26)


def test_applying_in_time_is_what_does_it():
    duty = of_product("O1")

    assert (duty.done, duty.days_late) == (date(2025, 11, 14), 0)
    assert duty.standing(FAR) is Standing.DONE


def test_a_term_that_lapsed_stays_missed():
    duty = of_product("O1", a_protocol())

    assert duty.ended is None
    assert duty.standing(FAR) is Standing.LATE


def test_a_milestone_ends_with_the_regime_that_it_belongs_to():
    early = a_protocol(an_entry("withdrawn", date(2021, 3, 1)))
    duty = of_product("T24", early)

    assert duty.ended.params["on"] == date(2021, 3, 1)
    assert of_product("T24").ended is None
    assert not of_product("T24").legal


def test_the_application_does_not_make_a_milestone_of_ours_but_ends_it():
    rule = a_rule(
        "T24",
        "term",
        "-P24M",
        legal=False,
        done_by="applied",
        regimes=("conditional", "extended"),
    )
    duty = of_product("T24", a_protocol(APPLIED, rules=(rule,)))

    assert (duty.done, duty.days_late) == (None, 0)
    assert duty.standing(FAR) is Standing.NOT_APPLICABLE
    assert duty.ended.params["on"] == date(2025, 11, 14)
    made = done("T24", date(2023, 12, 1))
    kept = of_product("T24", a_protocol(APPLIED, rules=(rule,)), settled=[made])
    assert kept.standing(FAR) is Standing.DONE


def test_a_report_of_a_half_year_does_not_do_a_year_of_the_same_number():
    halves = a_setting("rule:O2", every="P6M")
    third = of_product("O2:3", a_protocol(settings=[NAMED, halves]))
    report = done("O2:3", date(2020, 11, 2), rule="O2", trigger=third.trigger)
    half = of_product("O2:3", a_protocol(settings=[NAMED, halves]), settled=[report])
    year = of_product("O2:3", a_protocol(settings=[NAMED]), settled=[report])

    assert (half.trigger, half.done) == (date(2020, 9, 30), date(2020, 11, 2))
    assert (year.trigger, year.done) == (date(2022, 3, 31), None)
    assert year.standing(FAR) is Standing.LATE


def test_a_base_date_that_is_a_few_days_off_takes_its_reports_along():
    first = of_product("O2:1", a_protocol(settings=[NAMED]))
    report = done("O2:1", date(2020, 5, 1), rule="O2", trigger=first.trigger)
    later = a_setting("date:designated", date="2019-04-10")
    moved = of_product("O2:1", a_protocol(settings=[later]), settled=[report])

    assert (moved.trigger, moved.done) == (date(2020, 4, 9), date(2020, 5, 1))


def test_periods_follow_each_other_without_a_gap():
    duties = product_duties(a_protocol(APPLIED), (), (), {}, FAR)
    found = [duty for duty in duties if duty.key.startswith("O8:")]

    assert found[0].period[0] == APPROVAL
    for earlier, later in pairwise(found):
        assert later.period[0] == earlier.period[1] + timedelta(days=1)


def test_the_rule_in_force_on_the_last_day_of_a_period_has_it():
    assert of_product("O8:14").rule == "O8-old"
    straddles = of_product("O8:15")
    assert straddles.period == (date(2025, 12, 28), date(2026, 6, 27))
    assert (straddles.rule, straddles.if_any) == ("O8", True)


def test_a_period_can_be_done_when_it_is_over_and_takes_the_other_distance_if_chosen():
    duty = of_product("O8:1")
    assert (duty.opens, duty.due) == (date(2019, 6, 27), date(2019, 7, 27))

    chosen = Settled("O8:1", "O8-old", otherwise=True)
    assert of_product("O8:1", settled=[chosen]).due == date(2019, 8, 27)


def test_periods_end_with_the_regime_that_they_belong_to():
    rules = (
        a_rule(
            "P",
            "period",
            "P1M",
            every="P6M",
            counts_from="approval",
            regimes=("conditional",),
        ),
    )
    lapsed = a_protocol(rules=rules)

    assert of_product("P:14", lapsed) is not None
    assert of_product("P:15", lapsed) is not None  # 2025-12-28 is still in the term
    assert of_product("P:16", lapsed) is None


def test_a_base_date_that_is_not_set_is_seen_and_named():
    unset = of_product("unset:O2")
    assert is_unset(unset)
    assert (unset.due, unset.standing(FAR)) == (None, Standing.WAITING)

    named = a_protocol(APPLIED, settings=[NAMED])
    assert of_product("unset:O2", named) is None
    assert of_product("O2:1", named).due == date(2020, 5, 31)


def test_a_rule_of_a_later_regime_is_not_asked_for_before():
    assert of_product("unset:O15") is None
    full = a_protocol(APPLIED, an_entry("full", date(2026, 9, 1)))
    assert of_product("unset:O15", full, until=date(2026, 8, 31)) is None
    assert of_product("unset:O15", full) is not None

    ends = a_setting("date:survey-end", date="2033-11-30")
    full = a_protocol(*full.regime, settings=[ends])
    assert of_product("O15", full).due == date(2034, 2, 28)


def test_a_preset_and_a_longer_cadence_later_on():
    rule = a_rule(
        "P",
        "period",
        "P70D",
        every="P6M",
        later="P12M",
        later_from="P24M",
        counts_from="approval",
    )
    protocol = a_protocol(APPLIED, rules=(rule,))
    periods = [of_product(f"P:{n}", protocol).period for n in (4, 5, 6)]

    assert periods == [
        (date(2020, 6, 28), date(2020, 12, 27)),
        (date(2020, 12, 28), date(2021, 12, 27)),
        (date(2021, 12, 28), date(2022, 12, 27)),
    ]


@pytest.mark.parametrize("every", ["P0D", "-P6M"])
def test_periods_that_do_not_go_forward_are_none_and_never_without_end(every):
    rule = a_rule("P", "period", "P1M", every=every, counts_from="approval")

    assert of_product("P:1", a_protocol(rules=(rule,))) is None


# --- occurrences


def test_a_clock_starts_when_the_one_who_owes_it_knows():
    known = an_occurrence("x", "E2", date(2026, 1, 8), hospital_aware=date(2026, 1, 6))
    assert of_product("O4:x", occurrences=[known]).due == date(2026, 1, 23)
    assert of_product("O10:x", occurrences=[known]).due == date(2026, 1, 7)

    only_here = replace(known, holder_aware=None)
    assert of_product("O4:x", occurrences=[only_here]) is None
    assert of_product("O10:x", occurrences=[only_here]) is not None


def test_an_alarm_has_a_day_but_no_due_date():
    known = an_occurrence("x", "E2", None, hospital_aware=date(2026, 1, 6))
    duty = of_product("O9:x", occurrences=[known])

    assert (duty.due, duty.alarm, duty.legal) == (None, date(2026, 1, 21), False)
    assert duty.standing(date(2026, 1, 22)) is Standing.LATE


def test_later_information_starts_another_clock_and_leaves_the_first():
    known = an_occurrence(
        "x", "E2", date(2026, 1, 8), follow_ups={"1": date(2026, 1, 21)}
    )
    assert of_product("O4:x", occurrences=[known]).due == date(2026, 1, 23)
    assert of_product("O4:x:1", occurrences=[known]).due == date(2026, 2, 5)

    no_restart = an_occurrence(
        "y", "I1", date(2026, 5, 1), follow_ups={"1": date(2026, 5, 2)}
    )
    assert of_product("O7:y:1", occurrences=[no_restart]) is None


def test_a_clock_is_under_the_law_of_its_day_0():
    for day, owed in ((date(2026, 4, 30), False), (date(2026, 5, 1), True)):
        known = an_occurrence("x", "I1", day)
        assert (of_product("O7:x", occurrences=[known]) is not None) == owed


def test_an_occurrence_that_is_not_reportable_says_why_and_stays():
    known = an_occurrence(
        "x", "E2", date(2026, 1, 8), reportable=False, note="no causality"
    )
    duty = of_product("O4:x", occurrences=[known])

    assert duty.standing(FAR) is Standing.NOT_APPLICABLE
    assert duty.ended.params == {"note": "no causality"}


def test_what_is_not_known_yet_on_a_day_starts_nothing():
    known = an_occurrence("x", "E2", date(2026, 1, 8))

    assert of_product("O4:x", occurrences=[known], until=date(2026, 1, 7)) is None


# --- kits


def test_a_kit_without_a_case_is_owed_and_one_with_a_case_says_whose_it_is():
    kits = [
        Kit("a", "1", date(2025, 5, 1)),
        Kit("b", "2", date(2025, 5, 1), subject_id=CASE),
    ]
    assert of_product("KIT:a", kits=kits).due == date(2025, 5, 8)
    matched = of_product("KIT:b", kits=kits)
    assert matched.standing(FAR) is Standing.NOT_APPLICABLE
    assert matched.ended.params == {"case": CASE}


# --- how sure


def test_a_rule_to_be_confirmed_stays_so_until_a_person_confirms_it():
    assert of_product("unset:O2").to_confirm
    sure = Setting("date:designated", NAMED.values, "架空 確認者", date(2026, 1, 5))
    protocol = a_protocol(APPLIED, settings=[sure, CONFIRMED])

    duty = of_product("O2:1", protocol)
    assert not duty.to_confirm
    assert duty.confirmed.by == "架空 確認者"


def test_a_date_is_no_surer_than_the_date_that_it_is_counted_from():
    protocol = a_protocol(APPLIED, settings=[NAMED, CONFIRMED])

    assert of_product("O2:1", protocol).to_confirm


def test_a_duty_names_the_setting_that_it_rests_on():
    protocol = a_protocol(APPLIED)
    case = a_case(treatment_date=TREATED)
    known = an_occurrence("x", "E2", date(2026, 1, 8))
    named = {
        setting_id(duty)
        for duty in (
            *subject_duties(protocol, case),
            *product_duties(protocol, [known], (), {}, FAR),
        )
    }

    assert {"visit:baseline", "booklet:part-1", "rule:O14", "rule:O4"} <= named
    assert {"rule:O8", "rule:O8-old", "rule:O1", "rule:O2"} <= named


def test_done_twice_is_done_the_first_time():
    duty = of_case(a_case(an_exam(45)), "visit:baseline")
    record = done(duty.key, INJURY + timedelta(days=44), evidence="letter")

    assert apply(duty, record).done == INJURY + timedelta(days=44)
    assert apply(duty, record).evidence == "letter"
    assert apply(duty, None) is duty


def test_a_rule_that_is_not_in_force_makes_no_duty():
    gone = tuple(
        replace(rule, basis=a_basis(valid_to=date(2018, 1, 1))) for rule in RULES
    )
    protocol = a_protocol(APPLIED, rules=gone)
    known = [an_occurrence("x", "E2", date(2026, 1, 8), hospital_aware=INJURY)]
    kits = [Kit("a", "1", INJURY)]
    case = a_case(treatment_date=TREATED)

    made = product_duties(protocol, known, kits, {}, FAR)
    assert [duty.key for duty in made if not is_unset(duty)] == []
    keys = [duty.key for duty in subject_duties(protocol, case)]
    assert all(key.startswith(("visit:", "booklet:")) for key in keys)
