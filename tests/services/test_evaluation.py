"""The evaluation plan: its versions, its lock, amendments, what has moved since."""

from dataclasses import replace
from datetime import date

import pytest

from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.evaluation import Evaluation
from registry_app.services.evaluation import (
    drift,
    evaluations,
    lock_evaluation,
    save_evaluation,
)
from registry_app.services.protocol import set_setting

FROM = date(2026, 4, 1)


def a_plan(**told):
    return Evaluation(
        **{"id": "", "label": "計画", "effective_on": FROM, "approved_by": "", **told}
    )


def test_a_new_version_fixes_what_the_protocol_says(desk):
    plan = save_evaluation(desk, a_plan(definitions={"other-window": "omit"}))

    assert plan.id == "1"
    assert plan.definitions["other-window"] == "omit"
    assert any(item.startswith("endpoint:") for item in plan.definitions)
    assert drift(desk) == ()


def test_it_can_change_until_it_is_locked_and_never_after(desk):
    plan = save_evaluation(desk, a_plan())
    plan = save_evaluation(desk, replace(plan, label="計画 第1版"))
    locked = lock_evaluation(desk, plan.id, "架空 委員会")

    assert (locked.locked_on, locked.approved_by) == (FROM, "架空 委員会")
    assert locked.locked_by == desk.person.id
    with pytest.raises(Refused, match=r"trail\.never-changed"):
        save_evaluation(desk, replace(locked, label="別"))
    with pytest.raises(Refused, match=r"evaluation\.is-locked"):
        lock_evaluation(desk, plan.id, "架空 委員会")


def test_an_amendment_after_the_lock_says_why(desk):
    lock_evaluation(desk, save_evaluation(desk, a_plan()).id, "架空 委員会")
    with pytest.raises(Refused, match=r"evaluation\.amended-without-why"):
        save_evaluation(desk, a_plan(label="第2版"))

    second = save_evaluation(desk, a_plan(label="第2版", why="window", data_seen=True))

    assert [one.id for one in evaluations(desk)] == ["1", "2"]
    assert (second.why, second.data_seen) == ("window", True)


def test_a_protocol_that_moves_away_is_told(desk):
    lock_evaluation(desk, save_evaluation(desk, a_plan()).id, "架空 委員会")
    set_setting(desk, "visit:baseline", {"after": "9"}, "letter")

    (moved,) = drift(desk)

    assert moved.item == "visit:baseline"
    assert moved.before != moved.after


def test_what_cannot_be_so_is_refused(desk):
    with pytest.raises(InvalidValue, match=r"evaluation\.lock-apart"):
        save_evaluation(desk, a_plan(locked_on=FROM, approved_by="x"))
    with pytest.raises(NotFound):
        lock_evaluation(desk, "4", "x")
    plan = save_evaluation(desk, a_plan())
    with pytest.raises(InvalidValue, match=r"evaluation\.lock-without-approver"):
        lock_evaluation(desk, plan.id, " ")
    assert drift(desk) == ()
