from datetime import date, timedelta
from itertools import pairwise

import pytest

from registry_app.domain.errors import InvalidValue
from registry_app.domain.plan.duty import Standing
from registry_app.domain.plan.pack import Owner
from registry_app.domain.plan.records import Occurrence
from registry_app.domain.subject import Arm
from registry_app.services.ledger_list import (
    SORTS,
    STATES,
    LedgerQuery,
    due_between,
    ledger_counts,
    ledger_keys,
    ledger_rows,
    open_ledger,
)
from registry_app.services.obligations import (
    add_occurrence,
    ledger_on,
    not_applicable,
    settle,
)
from registry_app.services.protocol import confirm, protocol
from tests.builders import INJURY, a_subject, an_exam

TODAY = date(2026, 4, 1)
OVER = (Standing.DONE, Standing.NOT_APPLICABLE)


def a_ledger(desk):
    """Patients at several places of their plan, a clock, and something settled."""
    for ago, arm in ((20, Arm.TREATED), (50, Arm.COMPARISON), (400, Arm.TREATED)):
        injury = TODAY - timedelta(days=ago)
        treated = injury + timedelta(days=40) if ago == 400 else None
        a_subject(desk, arm=arm, injury_date=injury, treatment_date=treated)
    an_exam(desk, a_subject(desk), INJURY + timedelta(days=49))
    pack = protocol(desk).pack
    event = next(rule.on[0] for rule in pack.rules if rule.restarts and rule.on)
    aware = TODAY - timedelta(days=10)
    add_occurrence(desk, Occurrence("", event, "x", holder_aware=aware))
    product = [duty for duty in ledger_on(desk) if not duty.subject_id and duty.due]
    settle(desk, product[0].key, TODAY, "R8")
    not_applicable(desk, product[1].key, "nothing sold")
    confirm(desk, protocol(desk).unsure()[3].id, "the notice")


@pytest.fixture
def furnish():
    return a_ledger


@pytest.fixture
def ledger(desk):
    return open_ledger(desk)


def stands(state, duty):
    standing = duty.standing(TODAY)
    return {
        "now": standing not in (*OVER, Standing.WAITING),
        "open": standing not in OVER,
        "late": standing is Standing.LATE,
        "soon": standing in (Standing.RED, Standing.AMBER),
        "unsure": duty.to_confirm and standing not in OVER,
        "done": standing is Standing.DONE,
        "not-owed": standing is Standing.NOT_APPLICABLE,
        "all": True,
    }[state]


@pytest.mark.parametrize("state", STATES)
def test_each_state_gives_the_duties_of_the_whole_ledger_that_stand_so(
    desk, ledger, state
):
    wanted = {duty.key for duty in ledger_on(desk) if stands(state, duty)}
    keys = ledger_keys(desk, ledger, LedgerQuery(state))

    assert len(keys) == len(set(keys))
    assert set(keys) == wanted


def test_no_state_of_the_test_is_empty(desk):
    every = ledger_on(desk)

    assert all(any(stands(state, duty) for duty in every) for state in STATES)


@pytest.mark.parametrize("owner", Owner)
def test_an_owner_gives_what_it_owes(desk, ledger, owner):
    wanted = {duty.key for duty in ledger_on(desk) if duty.owner is owner}

    assert set(ledger_keys(desk, ledger, LedgerQuery("all", owner))) == wanted


def test_a_rule_gives_its_duties(desk, ledger):
    for rule in {duty.rule for duty in ledger_on(desk)}:
        wanted = {duty.key for duty in ledger_on(desk) if duty.rule == rule}
        query = LedgerQuery("all", rule=rule)
        assert set(ledger_keys(desk, ledger, query)) == wanted


def test_the_late_come_first_then_what_is_open_by_its_last_day(desk, ledger):
    duties = ledger_rows(desk, ledger, ledger_keys(desk, ledger, LedgerQuery("all")))
    standings = [duty.standing(TODAY) for duty in duties]
    groups = ((Standing.LATE,), (Standing.RED, Standing.AMBER, Standing.GREEN))
    ends = []
    for group in (*groups, (Standing.WAITING,), OVER):
        places = [n for n, standing in enumerate(standings) if standing in group]
        days = [duties[n].last_day or date.max for n in places]
        if group is not OVER:
            assert days == sorted(days)
        ends.append((min(places), max(places)))

    assert ends == sorted(ends)
    assert all(a[1] < b[0] for a, b in pairwise(ends))


@pytest.mark.parametrize("sort", SORTS)
def test_the_other_way_round_is_the_same_backwards(desk, ledger, sort):
    up = ledger_keys(desk, ledger, LedgerQuery("all", sort=sort))
    down = ledger_keys(desk, ledger, LedgerQuery("all", sort=sort, descending=True))

    assert down == up[::-1]


def test_rows_are_the_duties_of_the_ledger_in_the_order_asked_for(desk, ledger):
    known = {duty.key: duty for duty in ledger_on(desk)}
    keys = list(known)[::-1]

    assert ledger_rows(desk, ledger, keys) == [known[key] for key in keys]
    assert ledger_rows(desk, ledger, ["gone", keys[0]]) == [known[keys[0]]]


def test_the_figures_are_those_of_the_rows(desk, ledger):
    standings = [duty.standing(TODAY) for duty in ledger_on(desk)]
    counts = ledger_counts(desk, ledger)

    assert counts.late == standings.count(Standing.LATE)
    assert counts.red == standings.count(Standing.RED)
    assert counts.soon == counts.red + standings.count(Standing.AMBER)


def test_a_month_holds_what_has_its_last_day_in_it(desk, ledger):
    first, last = date(2026, 4, 1), date(2026, 4, 30)
    wanted = {
        duty.key
        for duty in ledger_on(desk)
        if duty.last_day and first <= duty.last_day <= last and stands("now", duty)
    }
    found = [duty.key for duty in due_between(desk, ledger, LedgerQuery(), first, last)]

    assert wanted
    assert len(found) == len(wanted)
    assert set(found) == wanted


@pytest.mark.parametrize("told", [{"state": "blue"}, {"sort": "colour"}])
def test_what_nobody_can_ask_for_is_refused(told):
    with pytest.raises(InvalidValue):
        LedgerQuery(**told)
