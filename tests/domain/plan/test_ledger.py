"""The ledger: its order, and what it remembers; a change before it is accepted."""

from dataclasses import replace
from datetime import date, timedelta

from registry_app.domain.plan.change import ChangePlan, change_plan, closing
from registry_app.domain.plan.duties import product_duties, subject_duties
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.ledger import ledger
from registry_app.domain.plan.pack import Owner
from registry_app.domain.plan.records import Settled
from tests.domain.plan.packs import (
    CASE,
    INJURY,
    RULES,
    VISITS,
    a_case,
    a_protocol,
    a_setting,
    an_entry,
    an_exam,
    done,
)

DAY = date(2025, 7, 1)
CHANGE = date(2026, 1, 1)


def the_duties(protocol, case, settled=(), until=CHANGE):
    records = {record.id: record for record in settled}
    return (
        *subject_duties(protocol, replace(case, settled=records)),
        *product_duties(protocol, (), (), records, until),
    )


def test_the_late_come_first_then_the_open_by_day_then_what_is_settled():
    listed = ledger(the_duties(a_protocol(), a_case(an_exam(45)), until=DAY), {}, DAY)
    standing = [duty.standing(DAY) for duty in listed]
    late = [duty.last_day for duty in listed if duty.standing(DAY) is Standing.LATE]

    assert standing[: len(late)] == [Standing.LATE] * len(late)
    assert late == sorted(late)
    assert Standing.DONE not in standing[:-1]
    assert standing[-1] is Standing.DONE
    undated = [n for n, duty in enumerate(listed) if duty.last_day is None]
    assert undated == list(range(undated[0], len(listed) - 1))


def test_each_key_stands_once():
    duties = the_duties(a_protocol(), a_case())

    assert len(ledger([*duties, *duties], {}, DAY)) == len(duties)


def test_what_was_settled_stays_when_its_rule_is_gone_as_it_stood_then():
    record = Settled(
        "X1:7",
        "X1",
        CASE,
        "架空の報告",
        "made-up report",
        "mah",
        date(2025, 1, 1),
        date(2025, 2, 1),
        done_on=date(2025, 1, 20),
        evidence="letter",
        receipt="R-1",
    )
    (duty,) = ledger((), {record.id: record}, DAY)

    assert (duty.name.en, duty.owner, duty.due) == (
        "made-up report",
        Owner.HOLDER,
        date(2025, 2, 1),
    )
    assert (duty.standing(DAY), duty.receipt) == (Standing.DONE, "R-1")
    assert duty.ended.params == {"rule": "X1"}
    assert not duty.to_confirm


def test_a_bare_record_is_still_listed():
    (duty,) = ledger((), {"X1": done("X1", DAY)}, DAY)

    assert (duty.name.ja, duty.trigger) == ("X1", DAY)


def test_a_change_shows_what_begins_what_ends_and_what_changes():
    rules = tuple(rule for rule in RULES if rule.id != "O13")
    visits = (*VISITS, replace(VISITS[1], id="late", name=VISITS[1].name))
    before = the_duties(a_protocol(), a_case())
    setting = a_setting("visit:baseline", before=10)
    after = the_duties(
        a_protocol(rules=rules, visits=visits, settings=[setting]), a_case()
    )
    plan = change_plan(before, after)

    assert [duty.key for duty in plan.begins] == [f"visit:late:{CASE}"]
    assert [duty.key for duty in plan.ends] == [f"O13:{CASE}"]
    ((was, will),) = plan.changes
    assert will.opens - was.opens == timedelta(days=-3)
    assert plan.subjects == {CASE}
    assert not plan.empty


def test_an_unchanged_plan_is_empty_and_doing_a_duty_is_no_change_of_it():
    bare = the_duties(a_protocol(), a_case())
    finished = the_duties(a_protocol(), a_case(an_exam(45)))

    assert change_plan(bare, finished) == ChangePlan()
    assert change_plan(bare, finished).empty


def test_a_corrected_injury_date_changes_every_window_and_loses_none():
    before = the_duties(a_protocol(), a_case())
    after = the_duties(a_protocol(), a_case(injury_date=INJURY + timedelta(days=2)))
    plan = change_plan(before, after)

    assert (plan.begins, plan.ends) == ((), ())
    changed = {was.key for was, _ in plan.changes}
    assert {
        f"visit:{v.id}:{CASE}" for v in VISITS if v.anchor == "injury"
    } - changed == {f"visit:offer:{CASE}"}


def test_a_regime_that_ends_a_duty_names_it_and_the_closing_record_keeps_it():
    protocol = a_protocol()
    regime = a_protocol(an_entry("withdrawn", date(2021, 3, 1)))
    plan = change_plan(the_duties(protocol, a_case()), the_duties(regime, a_case()))
    ended = {duty.key for duty in plan.ends}
    assert {"O1", "T24"} <= ended

    records = {r.id: r for r in closing(plan, {}, "withdrawn by the holder", DAY)}
    assert records["O1"].not_applicable == "withdrawn by the holder"
    assert records["O1"].not_applicable_on == DAY
    after = ledger(the_duties(regime, a_case(), records.values()), records, DAY)
    kept = {duty.key: duty for duty in after}
    assert kept["O1"].standing(DAY) is Standing.NOT_APPLICABLE


def test_closing_leaves_what_is_settled_and_keeps_what_an_exam_has_done():
    before = the_duties(a_protocol(), a_case(an_exam(45)))
    plan = change_plan(before, ())
    filed = done("O8:1", date(2019, 7, 1))
    records = {r.id: r for r in closing(plan, {"O8:1": filed}, "new pack", DAY)}

    assert "O8:1" not in records
    visit = records[f"visit:baseline:{CASE}"]
    assert (visit.done_on, visit.not_applicable) == (INJURY + timedelta(days=45), "")
    assert records["O8:2"].not_applicable == "new pack"
    assert set(records) | {"O8:1"} == {duty.key for duty in before}
