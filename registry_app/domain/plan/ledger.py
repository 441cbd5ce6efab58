"""The ledger of duties (義務台帳): each once, the late ones first, none ever gone."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from registry_app.domain.message import Told, say
from registry_app.domain.plan.duty import Duty, Standing
from registry_app.domain.plan.pack import Basis, Confidence, Owner
from registry_app.domain.plan.records import Settled

_SETTLED: Final = (Standing.DONE, Standing.NOT_APPLICABLE)


def ledger(
    duties: Iterable[Duty], settled: Mapping[str, Settled], day: date
) -> tuple[Duty, ...]:
    """Every duty of these, and every settled one whose rule is gone, each key once.

    `settled`: all that was settled about what `duties` is about; a record of a key that
    is not among them becomes a duty that has ended. Order: the late first, the most
    overdue before the others; then what is open, by its day, what has no day last;
    then what is settled. Of equal ones by key.
    """
    found: dict[str, Duty] = {}
    for duty in duties:
        found.setdefault(duty.key, duty)
    for key, record in settled.items():
        if key not in found:
            found[key] = remembered(record)

    def order(duty: Duty) -> tuple[int, date, str]:
        standing = duty.standing(day)
        rank = 0 if standing is Standing.LATE else 2 if standing in _SETTLED else 1
        return rank, duty.last_day or date.max, duty.key

    return tuple(sorted(found.values(), key=order))


def remembered(record: Settled) -> Duty:
    """A duty whose rule is gone, as it stood when it was settled."""
    days = (record.trigger, record.done_on, record.not_applicable_on, record.due)
    trigger = next((day for day in days if day is not None), date.min)
    known = record.owner in tuple(Owner)
    return Duty(
        record.id,
        record.rule,
        Told(record.name_ja or record.rule, record.name_en or record.rule),
        Owner(record.owner) if known else Owner.HOSPITAL,
        # What it rested on went with its rule: there is nothing left to confirm.
        Basis((), Confidence.SECONDARY),
        trigger,
        trigger,
        record.due,
        record.subject_id,
        done=record.done_on,
        evidence=record.evidence,
        receipt=record.receipt,
        not_applicable=record.not_applicable,
        not_applicable_on=record.not_applicable_on,
        ended=say("plan.rule-ended", rule=record.rule),
    )
