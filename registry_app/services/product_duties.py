"""The duties that hang on no case: computed when they are looked at, they are few."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from registry_app.domain.kit import Kit
from registry_app.domain.plan.duties import product_duties
from registry_app.domain.plan.duty import Duty
from registry_app.domain.plan.ledger import ledger
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import Occurrence, Settled
from registry_app.storage.work import Reading


def settled_of_product(reading: Reading) -> Mapping[str, Settled]:
    """What was settled of duties that belong to the plan of no case."""
    return {one.id: one for one in reading.find(Settled, subject_id="")}


def of_product(
    reading: Reading,
    protocol: Protocol,
    until: date,
    *,
    unmatched_only: bool = False,
) -> tuple[Duty, ...]:
    """Those that begin on or before `until`, and those settled before.

    `unmatched_only`: leave out the kits that have found their case.
    """
    settled = settled_of_product(reading)
    kits = reading.find(Kit, subject_id="") if unmatched_only else reading.find(Kit)
    # What was settled ahead of time is not taken for a duty whose rule is gone.
    known = [one.trigger for one in settled.values() if one.trigger is not None]
    duties = product_duties(
        protocol,
        reading.find(Occurrence),
        kits,
        settled,
        max([until, *known]),
    )
    kept = (one for one in duties if begins(one) <= until or one.key in settled)
    return ledger(kept, settled, until)


def begins(duty: Duty) -> date:
    """The first day on which there is anything of it."""
    days = [duty.trigger, duty.opens]
    return min(days if duty.period is None else [*days, duty.period[0]])


def at_home(records: Iterable[Settled]) -> Iterable[Settled]:
    """`subject_id` only for a duty of the subject's own plan, as its key says.

    A clock names the patient of its occurrence too, but is a duty of the product.
    """
    for one in records:
        own = one.subject_id and one.id.endswith(f":{one.subject_id}")
        yield one if own else replace(one, subject_id="")
