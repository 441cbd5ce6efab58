"""What a change of the plan ends is kept with its reason; what begins again is owed.

Another pack, another regime, a setting, corrected facts of an occurrence: each can take
away the rule of a duty that somebody still owes. No such duty vanishes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Final

from registry_app.domain.errors import Refused
from registry_app.domain.message import Told
from registry_app.domain.plan.change import (
    ChangePlan,
    change_plan,
    closing,
    reopening,
)
from registry_app.domain.plan.duties import is_unset
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.pack import Rule, RuleKind, Span
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import Settled
from registry_app.services.cases import cases
from registry_app.services.planning import Plan, protocol_of
from registry_app.services.product_duties import at_home, begins, of_product
from registry_app.storage.work import Reading, Work

#: How far a change is looked at ahead.
AHEAD: Final = timedelta(days=366)


def changed(reading: Reading, before: Plan, after: Plan, today: date) -> ChangePlan:
    """The duties of everybody under both plans, compared."""
    was = _duties(reading, before, today, of_cases=True)
    return change_plan(was, _duties(reading, after, today, of_cases=True))


@contextmanager
def carried(
    work: Work,
    before: Plan,
    reason: str,
    today: date,
    *,
    of_cases: bool = True,
    seen: ChangePlan | None = None,
) -> Iterator[None]:
    """Around what is saved: then the duties are compared, and none is lost.

    One that had begun and ends is not applicable, with the reason. One that begins
    again is open again. Periods that are counted otherwise cover the same time under
    other numbers, and a number comes again later: it is not settled by this. `of_cases`
    False: no duty of a case can end by this. `seen`: what a person was shown. Raises
    Refused where another duty would end by now, and where periods of another length
    were settled already.
    """
    was = _duties(work, before, today, of_cases=of_cases)
    yield
    after = Plan(protocol_of(work))
    plan = change_plan(was, _duties(work, after, today, of_cases=of_cases))
    if seen is not None and _keys(_begun(plan, today)) != _keys(_begun(seen, today)):
        raise Refused("storage.changed-meanwhile")
    counted = _recounted(before.protocol, after.protocol)
    _refuse_recounted(work, before.protocol, after.protocol)
    ends = tuple(duty for duty in _begun(plan, today) if _series(duty) not in counted)
    keys = _keys((*ends, *plan.begins))
    known = {one.id: one for one in work.find(Settled, id=keys)}
    for record in at_home(closing(ChangePlan(ends=ends), known, reason, today)):
        work.save(record, reason)
    for record in reopening(plan, known):
        work.save(record, reason)


def _duties(reading: Reading, plan: Plan, today: date, *, of_cases: bool) -> list[Duty]:
    found = list(of_product(reading, plan.protocol, today + AHEAD))
    for one in cases(reading) if of_cases else ():
        found += plan.duties(one)
    return found


def _begun(plan: ChangePlan, on: date) -> tuple[Duty, ...]:
    """What ends and had begun; a base date that is set at last is no duty that ends."""
    return tuple(
        duty for duty in plan.ends if begins(duty) <= on and not is_unset(duty)
    )


def _keys(duties: tuple[Duty, ...]) -> set[str]:
    return {duty.key for duty in duties}


def _series(duty: Duty) -> str:
    """The name that the numbers of a period belong to; "": it is no period."""
    return duty.key.partition(":")[0] if duty.period and duty.due else ""


def _rules(protocol: Protocol) -> dict[str, Rule]:
    """The rules of periods, by what their keys begin with."""
    periods = (rule for rule in protocol.rules() if rule.kind is RuleKind.PERIOD)
    return {rule.series or rule.id: rule for rule in periods}


def _length(rule: Rule) -> tuple[Span | None, ...]:
    return rule.every, rule.later, rule.later_from


def _recounted(before: Protocol, after: Protocol) -> set[str]:
    """The series whose periods begin on other days than before."""
    was, will = _rules(before), _rules(after)
    return {
        name
        for name in was.keys() & will.keys()
        if _length(was[name]) != _length(will[name])
        or before.base_date(was[name].counts_from)
        != after.base_date(will[name].counts_from)
    }


def _refuse_recounted(work: Work, before: Protocol, after: Protocol) -> None:
    """What was filed for half a year would be taken for a whole one."""
    was, will = _rules(before), _rules(after)
    longer = {
        name
        for name in was.keys() & will.keys()
        if _length(was[name]) != _length(will[name])
    }
    for one in work.find(Settled, subject_id="") if longer else ():
        name = one.id.partition(":")[0]
        if name in longer and (one.done_on is not None or one.not_applicable):
            told = Told(one.name_ja or one.rule, one.name_en or one.rule)
            raise Refused("protocol.periods-settled", name=told, duty=one.id)
