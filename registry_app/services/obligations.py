"""The ledger of obligations (義務台帳): what is owed, what was done, by what proof."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.plan.derivation import steps
from registry_app.domain.plan.duties import is_unset
from registry_app.domain.plan.duty import Duty, Standing, Step
from registry_app.domain.plan.ledger import ledger
from registry_app.domain.plan.records import Occurrence, Settled
from registry_app.domain.rights import Deed
from registry_app.domain.safety import SafetyCase
from registry_app.domain.subject import Subject
from registry_app.domain.texts import line
from registry_app.services.carrying import carried
from registry_app.services.cases import cases
from registry_app.services.desk import Desk
from registry_app.services.hiding import hidden_subjects
from registry_app.services.product_duties import at_home, of_product
from registry_app.services.protocol import today_in_japan
from registry_app.services.rights import needs
from registry_app.storage import due_lists
from registry_app.storage.work import Reading, Work

#: The ledger looks so many days ahead where nothing else is asked for.
AHEAD: Final = timedelta(days=90)
#: No duty of the product is looked for later than this from today.
_FAR: Final = timedelta(days=30 * 366)
_VISIT: Final = "visit:"


@needs(Deed.LOOK)
def ledger_on(
    desk: Desk,
    day: date | None = None,
    until: date | None = None,
    as_of: int | None = None,
) -> tuple[Duty, ...]:
    """All that has begun by `until` (90 days after `day`), or is settled.

    The late first, as on `day`. As of a trail entry it is computed from the records.
    """
    day = day or today_in_japan(desk)
    until = until or day + AHEAD
    with desk.read(as_of) as reading:
        plan = desk.planner.plan(reading)
        found = list(of_product(reading, plan.protocol, until))
        if as_of is None:
            rows = due_lists.begun(reading.connection, until)
            found += plan.shown(reading, rows)
        else:
            for one in cases(reading):
                found += [duty for duty in plan.duties(one) if _begun(duty, until)]
    with desk.read() as reading:  # what is hidden now, whatever is asked for
        hidden = hidden_subjects(reading, desk)
    return ledger((one for one in found if one.subject_id not in hidden), {}, day)


def _begun(duty: Duty, until: date) -> bool:
    settled = duty.done is not None or duty.not_applicable or duty.ended is not None
    return bool(settled) or duty.opens <= until


@needs(Deed.LOOK)
def duty_of(desk: Desk, key: str) -> Duty:
    """One duty by its key. Raises NotFound; Refused, of a patient who is hidden."""
    with desk.read() as reading:
        duty = _duty(desk, reading, key)
        if duty.subject_id in hidden_subjects(reading, desk):
            raise Refused("blinding_ui.patient-hidden", id=duty.subject_id)
        return duty


def _duty(desk: Desk, reading: Reading, key: str) -> Duty:
    plan = desk.planner.plan(reading)
    row = due_lists.by_key(reading.connection, key)
    if row is not None:
        return plan.shown(reading, [row])[0]
    until = today_in_japan(desk) + _FAR
    for duty in of_product(reading, plan.protocol, until):
        if duty.key == key:
            return duty
    raise NotFound("obligations.no-such-duty", duty=key)


@needs(Deed.LOOK)
def duty_steps(desk: Desk, key: str) -> tuple[Step, ...]:
    """Every step to the date of a duty, with what it rests on. Raises NotFound."""
    ((_, found),) = steps_of(desk, [duty_of(desk, key)])
    return found


@needs(Deed.LOOK)
def steps_of(desk: Desk, duties: Sequence[Duty]) -> list[tuple[Duty, tuple[Step, ...]]]:
    """The same of many duties, in their order."""
    with desk.read() as reading:
        protocol = desk.planner.plan(reading).protocol
        ids = {duty.subject_id for duty in duties if _of_subject(duty)}
        known = {one.subject.id: one for one in cases(reading, ids)}
        started = {one.id: one for one in reading.find(Occurrence)}
    return [
        (
            duty,
            steps(
                protocol,
                duty,
                known.get(duty.subject_id) if _of_subject(duty) else None,
                started.get(f"{duty.key}:".split(":")[1]),
            ),
        )
        for duty in duties
    ]


def _of_subject(duty: Duty) -> bool:
    return bool(duty.subject_id) and duty.key.endswith(f":{duty.subject_id}")


# --- what is done about a duty


@needs(Deed.SETTLE)
def settle(
    desk: Desk,
    key: str,
    done_on: date,
    evidence: str,
    receipt: str = "",
    note: str = "",
    reason: str = "",
) -> Settled:
    """It was done, on this day, as this proves. Said again, it needs a reason.

    Raises Refused: without a proof, for a day to come or before the duty began, for a
    visit (an exam does that).
    """
    with desk.begin(reason) as work:
        return settle_in(desk, work, key, done_on, evidence, receipt, note)


@needs(Deed.SETTLE)
def settle_in(
    desk: Desk,
    work: Work,
    key: str,
    done_on: date,
    evidence: str,
    receipt: str = "",
    note: str = "",
) -> Settled:
    """The same, in the transaction of what fulfils it. Raises Refused as `settle`."""
    evidence, receipt, note = line(evidence), line(receipt), line(note)
    if not evidence:
        raise Refused("obligations.no-evidence")
    if done_on > today_in_japan(desk):
        raise Refused("obligations.not-yet", on=done_on)
    duty, record = _to_settle(desk, work, key)
    if key.startswith(_VISIT):
        raise Refused("obligations.by-an-exam", name=duty.name)
    if done_on < _earliest(duty):
        raise Refused("obligations.too-early", name=duty.name, on=duty.trigger)
    return work.save(
        replace(
            record,
            done_on=done_on,
            evidence=evidence,
            receipt=receipt or record.receipt,
            note=note or record.note,
            not_applicable="",
            not_applicable_on=None,
        )
    )


def _earliest(duty: Duty) -> date:
    """The first day on which it can have been done.

    Nobody reports what nobody knows yet, nor a period that is not over. A booklet may
    be handed over while its window is open, and a day to reach be reached before.
    """
    started = duty.event or duty.period
    return duty.trigger if started else date.min


@needs(Deed.SETTLE)
def record_receipt(desk: Desk, key: str, receipt: str, reason: str = "") -> Settled:
    """The receipt that came later. Raises Refused while it was not done."""
    if not (receipt := line(receipt)):
        raise Refused("obligations.no-receipt")
    with desk.begin(reason) as work:
        duty, record = _to_settle(desk, work, key)
        if record.done_on is None:
            raise Refused("obligations.not-done", name=duty.name)
        return work.save(replace(record, receipt=receipt))


@needs(Deed.SETTLE)
def not_applicable(
    desk: Desk, key: str, reason: str, *, earlier: bool = False
) -> Settled:
    """It is not owed, for a reason. Raises Refused without one, or once it is done.

    `earlier`: nor are the periods before it that are late (`late_before`).
    """
    if not (why := line(reason)):
        raise Refused("obligations.no-reason")
    with desk.begin(why) as work:
        before = _late_before(desk, work, key) if earlier else ()
        for duty in before:
            _not_owed(desk, work, duty.key, why)
        return _not_owed(desk, work, key, why)


def _not_owed(desk: Desk, work: Work, key: str, why: str) -> Settled:
    duty, record = _to_settle(desk, work, key)
    if duty.done is not None:
        raise Refused("obligations.was-done", name=duty.name, on=duty.done)
    on = record.not_applicable_on or today_in_japan(desk)
    return work.save(replace(record, not_applicable=why, not_applicable_on=on))


@needs(Deed.LOOK)
def late_before(desk: Desk, key: str) -> tuple[Duty, ...]:
    """The late duties of the same periodic report that came before this one.

    A registry that is made years after an approval begins with all of them.
    """
    with desk.read() as reading:
        return _late_before(desk, reading, key)


def _late_before(desk: Desk, reading: Reading, key: str) -> tuple[Duty, ...]:
    today = today_in_japan(desk)
    plan = desk.planner.plan(reading)
    found = of_product(reading, plan.protocol, today)
    this = next((duty for duty in found if duty.key == key), None)
    if this is None or this.period is None:
        return ()
    report = key.rpartition(":")[0]
    return tuple(
        duty
        for duty in found
        if duty.key.rpartition(":")[0] == report
        and duty.trigger < this.trigger
        and duty.standing(today) is Standing.LATE
    )


@needs(Deed.SETTLE)
def take_back(desk: Desk, key: str, reason: str) -> Settled:
    """It was said by mistake: the duty is open again. What was said stays in the trail.

    Raises NotFound where nothing was said.
    """
    with desk.begin(reason) as work:
        record = work.get(Settled, key)
        return work.save(
            replace(
                record,
                done_on=None,
                evidence="",
                receipt="",
                not_applicable="",
                not_applicable_on=None,
            )
        )


@needs(Deed.SETTLE)
def choose_otherwise(desk: Desk, key: str, reason: str, *, chosen: bool) -> Settled:
    """The other distance of the rule holds for this duty: a translation is needed.

    Raises Refused without a reason, and where its rule has no other one.
    """
    if not reason.strip():
        raise Refused("trail.reason-needed")
    with desk.begin(reason) as work:
        duty, record = _to_settle(desk, work, key)
        rules = desk.planner.plan(work).protocol.rules()
        if not any(rule.id == duty.rule and rule.otherwise for rule in rules):
            raise Refused("obligations.no-other", name=duty.name)
        return work.save(replace(record, otherwise=chosen))


def _to_settle(desk: Desk, work: Work, key: str) -> tuple[Duty, Settled]:
    """The duty, and what was said of it, or what is to be remembered of it."""
    duty = _duty(desk, work, key)
    if is_unset(duty):
        raise Refused("obligations.unset", name=duty.name)
    found = work.find(Settled, id=key)
    # Other settings may have moved the period: what was said was about another one.
    whole = duty.period is None or duty.subject_id
    if found and (whole or found[0].trigger in (None, duty.trigger)):
        return duty, found[0]
    record = Settled(
        key,
        duty.rule,
        duty.subject_id,
        duty.name.ja,
        duty.name.en,
        duty.owner.value,
        duty.trigger,
        duty.due,
        version=found[0].version if found else 0,
    )
    (own,) = at_home([record])
    return duty, own


# --- what starts clocks


@needs(Deed.LOOK)
def occurrences(desk: Desk) -> Sequence[Occurrence]:
    """Everything that started clocks, the latest known first."""
    with desk.read() as reading:
        found = reading.find(Occurrence)
    return sorted(found, key=lambda one: (_known(one), one.id), reverse=True)


def _known(one: Occurrence) -> date:
    days = (one.holder_aware, one.hospital_aware)
    return max((day for day in days if day is not None), default=date.min)


@needs(Deed.SETTLE)
def add_occurrence(desk: Desk, occurrence: Occurrence) -> Occurrence:
    """Somebody became aware of something. Raises InvalidValue or Refused."""
    with desk.begin() as work:
        _check(desk, work, occurrence)
        return work.save(replace(occurrence, id=occurrence.id or desk.new_id()))


@needs(Deed.SETTLE)
def correct_occurrence(desk: Desk, occurrence: Occurrence, reason: str) -> Occurrence:
    """Other facts, for a reason: its clocks follow, and one that ends stays with it."""
    today = today_in_japan(desk)
    with desk.begin(reason) as work:
        _check(desk, work, occurrence)
        plan = desk.planner.plan(work)
        with carried(work, plan, reason.strip(), today, of_cases=False):
            return work.save(occurrence)


@needs(Deed.SETTLE)
def follow_up_information(
    desk: Desk, occurrence_id: str, day: date, note: str
) -> Occurrence:
    """Significant later information: the clock starts again for a follow-up report."""
    if not note.strip():
        raise Refused("obligations.no-note")
    with desk.begin(note) as work:
        known = work.get(Occurrence, occurrence_id)
        number = str(max(map(int, known.follow_ups), default=0) + 1)
        more = replace(known, follow_ups={**known.follow_ups, number: day})
        _check(desk, work, more)
        return work.save(more)


def _check(desk: Desk, work: Work, one: Occurrence) -> None:
    if one.id and work.find(SafetyCase, id=one.id):
        raise Refused("safety.occurrence-of-case", case=one.id)
    pack = desk.planner.plan(work).protocol.pack
    if all(event.id != one.event for event in pack.events):
        raise InvalidValue("obligations.no-such-event", event=one.event)
    if not one.name.strip():
        raise InvalidValue("obligations.no-name")
    if one.hospital_aware is None and one.holder_aware is None:
        raise InvalidValue("obligations.nobody-aware")
    aware = [day for day in (one.hospital_aware, one.holder_aware) if day is not None]
    if max(*aware, *one.follow_ups.values(), date.min) > today_in_japan(desk):
        raise InvalidValue("obligations.aware-later")
    if one.follow_ups and min(one.follow_ups.values()) < min(aware):
        raise InvalidValue("obligations.information-before")
    if one.subject_id:
        work.get(Subject, one.subject_id)
