"""The duties of a training registry: its regime, running clocks, and what was done.

Most of what was due is settled, so that what is late can be believed: a few periods, a
missed visit, a booklet that was not handed on.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from registry_app.domain.kit import Kit
from registry_app.domain.plan.duty import Duty, Standing
from registry_app.domain.plan.records import (
    RegimeEntry,
    Setting,
    Settled,
)
from registry_app.services.cases import cases
from registry_app.services.demo_course import ROUND
from registry_app.services.desk import Desk
from registry_app.services.product_duties import of_product
from registry_app.storage.work import Work

#: The patient of the round whose exam came after its window had closed.
TOO_LATE: Final = 3
#: Full approval was applied for on this day (REGULATION.md section 1.2).
_APPLIED: Final = date(2025, 11, 14)
_CONFIRMED: Final = "rule:O10"
#: Every so many settled duties was done late, by so many days.
_EVERY_LATE, _LATE_BY = 9, 6
#: So many of the newest periods are still owed; of the others that need a report only
#: if there is something, every second one had nothing.
_STILL_OWED: Final = 2
#: Patients of the round one of whose booklets has come to a stop, after so many steps.
_STOPPED: Final = {(2, "booklet-2"): 1, (20, "booklet-1"): 3}
#: A booklet has at most so many steps: each is due only after the one before it.
_STEPS: Final = 6


def write_product(
    work: Work, desk: Desk, today: date, people: Mapping[str, Any]
) -> None:
    """The regime, a rule that was confirmed, a kit that is nobody's.

    The day of the application is real; a decision on it was not found anywhere.
    """
    if today >= _APPLIED:
        evidence = people["regime"]["applied"]
        work.save(RegimeEntry(desk.new_id(), "applied", _APPLIED, evidence))
    evidence = people["duty"]["confirmed"]
    work.save(Setting(_CONFIRMED, {}, desk.person.id, today, evidence))
    ordered = today - timedelta(days=12)
    note = people["kit"]["unmatched"]
    work.save(Kit(desk.new_id(), "DEMO-UNKNOWN", ordered, note=note))


def settle_past(work: Work, desk: Desk, today: date, people: Mapping[str, Any]) -> None:
    """Settle what was due until today, but for what is left late on purpose."""
    plan = desk.planner.plan(work)
    _save(work, _of_product(of_product(work, plan.protocol, today), today), people)
    for number, case in enumerate(list(cases(work))):
        nth = number % ROUND
        settled = dict(case.settled)
        for step in range(_STEPS):
            duties = plan.duties(replace(case, settled=settled))
            found = _of_case(duties, nth, step, today)
            new = [_settled(duty, n, people) for n, duty in enumerate(found, nth)]
            settled |= {one.id: one for one in new}
        for one in settled.values():
            work.save(one)


def _save(work: Work, duties: Iterable[Duty], people: Mapping[str, Any]) -> None:
    for number, duty in enumerate(duties):
        work.save(replace(_settled(duty, number, people), subject_id=""))


def _of_product(duties: Iterable[Duty], today: date) -> Iterator[Duty]:
    """The duties of the product that were settled; the newest periods are still owed.

    The clocks of the newest occurrence run, and a kit that is nobody's stays so.
    """
    late = [duty for duty in duties if _is_late(duty, today)]
    periods = [duty for duty in late if duty.period is not None]
    owed = sorted(periods, key=lambda duty: (duty.last_day or today, duty.key))
    kept = {duty.key for duty in owed[-_STILL_OWED:]}
    for duty in sorted(late, key=lambda duty: (duty.last_day or today, duty.key)):
        nobodys = duty.period is None and duty.rule.startswith("K")
        if duty.key not in kept and not nobodys:
            yield duty


def _of_case(
    duties: Iterable[Duty], nth: int, step: int, today: date
) -> Iterator[Duty]:
    """The duties of a case that were settled; missed visits are not."""
    for duty in duties:
        kind, which, *_ = duty.key.split(":")
        if not _is_late(duty, today):
            continue
        if kind == "visit":
            if nth == TOO_LATE:
                yield duty
        elif kind != "booklet" or step < _STOPPED.get((nth, which), _STEPS):
            yield duty


def _is_late(duty: Duty, today: date) -> bool:
    return duty.standing(today) is Standing.LATE


def _settled(duty: Duty, number: int, people: Mapping[str, Any]) -> Settled:
    """What was done: mostly in time, some of it late, some of it not owed."""
    told = people["duty"]
    last = duty.last_day or duty.trigger
    record = Settled(
        duty.key,
        duty.rule,
        duty.subject_id,
        duty.name.ja,
        duty.name.en,
        duty.owner.value,
        duty.trigger,
        duty.due,
    )
    if duty.key.startswith("visit:"):
        return replace(
            record, not_applicable=told["out-of-window"], not_applicable_on=last
        )
    if duty.if_any and number % 2:
        return replace(record, not_applicable=told["nothing"], not_applicable_on=last)
    early = min(3, (last - duty.opens).days)
    late = number % _EVERY_LATE == _EVERY_LATE - 1
    return replace(
        record,
        done_on=last + timedelta(days=_LATE_BY if late else -max(0, early)),
        evidence=told["evidence"],
        receipt=f"{told['receipt']} {number + 1:04d}" if number % 3 else "",
    )
