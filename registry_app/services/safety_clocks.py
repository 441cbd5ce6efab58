"""The clocks of safety cases: each open case is one occurrence, and nobody else's.

So the ledger, Today, `due` and R4 count a case's days as they count all others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.duties import product_duties
from registry_app.domain.plan.duty import Duty, Standing
from registry_app.domain.plan.pack import Owner, Pack, Rule, RuleKind
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import Occurrence, Settled
from registry_app.domain.safety import CaseState, Event, SafetyCase
from registry_app.domain.safety_class import classify
from registry_app.services.carrying import carried
from registry_app.services.desk import Desk
from registry_app.services.obligations import settle_in
from registry_app.services.product_duties import settled_of_product
from registry_app.services.protocol import today_in_japan
from registry_app.storage.work import Reading, Work
from registry_app.words import Language, Words

#: The first version of a case: with it the holder becomes aware.
FIRST: Final = "1"
#: As long as the name of an occurrence may be.
_NAME: Final = 200
_OVER: Final = (Standing.DONE, Standing.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of a case: today is `day` of `of`, counted from `trigger`, day 0.

    `key`, `rule`: of its duty. `due`: the last day; `target`: the business day at or
    before it. `legal` False: the day is a convention, no law names it.
    """

    key: str
    rule: str
    owner: Owner
    name: Told
    trigger: date
    day: int | None
    of: int | None
    due: date | None
    target: date | None
    standing: Standing
    legal: bool
    to_confirm: bool
    done: date | None = None

    @property
    def runs(self) -> bool:
        """Whether it is neither done nor taken off."""
        return self.standing not in _OVER


def clocks_of(
    reading: Reading, protocol: Protocol, ids: Iterable[str], on: date
) -> Mapping[str, tuple[Clock, ...]]:
    """The clocks of these cases as on a day, by case; the next to end is the first."""
    occurrences = reading.find(Occurrence, id=tuple(ids))
    duties = product_duties(protocol, occurrences, (), settled_of_product(reading), on)
    return _by_case(duties, on)


def what_if(
    protocol: Protocol, case: SafetyCase, events: Sequence[Event], on: date
) -> tuple[Clock, ...]:
    """The clocks that a draft would have, if it were taken and passed on today."""
    found = classify(protocol.pack, case, events).event_class
    occurrence = Occurrence(
        case.id, found, case.title, case.subject_id, case.hospital_aware or on, on
    )
    duties = product_duties(protocol, (occurrence,), (), {}, on)
    # It is told to the holder in the same moment: that clock is of no interest.
    clocks = _by_case(duties, on).get(case.id, ())
    return tuple(clock for clock in clocks if clock.done is None)


def _by_case(duties: Iterable[Duty], on: date) -> Mapping[str, tuple[Clock, ...]]:
    found: dict[str, list[Clock]] = {}
    for duty in duties:
        if duty.event:
            case = duty.key.split(":")[1]
            found.setdefault(case, []).append(_clock(duty, on))
    return {
        case: tuple(sorted(clocks, key=lambda one: (one.due or date.max, one.key)))
        for case, clocks in found.items()
    }


def _clock(duty: Duty, on: date) -> Clock:
    last = duty.last_day
    return Clock(
        duty.key,
        duty.rule,
        duty.owner,
        duty.name,
        duty.trigger,
        (on - duty.trigger).days,
        None if last is None else (last - duty.trigger).days,
        last,
        duty.target,
        duty.standing(on),
        duty.legal,
        duty.to_confirm,
        duty.done,
    )


# --- the one writer


def follow(
    work: Work,
    desk: Desk,
    case: SafetyCase,
    events: Sequence[Event],
    reason: str,
) -> None:
    """Bring the occurrence of a case to what the case says now, and its clocks.

    Another class moves the clock: what had begun and ends so stays, with the reason.
    What was reported settles the clock of its version, under whichever class.
    """
    today, plan = today_in_japan(desk), desk.planner.plan(work)
    found = work.find(Occurrence, id=case.id)
    known = found[0] if found else None
    wanted = _occurrence(plan.protocol.pack, case, events, known, reason)
    if wanted is None:
        return
    if known is None:
        work.save(wanted)
    elif wanted != known:
        why = reason.strip() or in_both(_moved(case, known, wanted))
        with carried(work, plan, why, today, of_cases=False):
            work.save(wanted, why)
    _settle(work, desk, plan.protocol, case)


def follow_all(work: Work, desk: Desk) -> None:
    """Every open case again: another pack may class it, or class it otherwise."""
    for case in work.find(SafetyCase, state=CaseState.OPEN):
        follow(work, desk, case, work.find(Event, case_id=case.id), "")


def _occurrence(
    pack: Pack,
    case: SafetyCase,
    events: Sequence[Event],
    known: Occurrence | None,
    reason: str,
) -> Occurrence | None:
    """What a case is as an occurrence; None: it starts no clock, and never did."""
    if case.state is CaseState.DRAFT:
        return None
    classed = classify(pack, case, events)
    first = case.versions.get(FIRST)
    aware = None if first is None else first.day0
    if known is None and (
        case.state is CaseState.NOT_A_CASE or not classed.event_class
    ):
        return None
    if known is None and case.hospital_aware is None and aware is None:
        return None
    owed = bool(classed.event_class) and case.reportable
    owed = owed and case.state is not CaseState.NOT_A_CASE
    note = "" if owed else case.closed_why or reason or in_both(classed.why[0])
    return Occurrence(
        case.id,
        classed.event_class or (known.event if known else ""),
        case.title[:_NAME],
        case.subject_id,
        case.hospital_aware,
        aware,
        {
            number: version.day0
            for number, version in case.versions.items()
            if version.significant and number != FIRST
        },
        owed,
        known.note if known and not owed and not known.reportable else note,
        known.version if known else 0,
    )


def _moved(case: SafetyCase, known: Occurrence, wanted: Occurrence) -> Message:
    """Why an occurrence changes, where nobody had to give a reason."""
    if known.event != wanted.event:
        return say("safety.class-moved", before=known.event, after=wanted.event)
    return say("safety.follows-case", case=case.id)


def _settle(work: Work, desk: Desk, protocol: Protocol, case: SafetyCase) -> None:
    """What was sent settles the clock of its version; an alarm it does not."""
    sent = {n: one for n, one in case.versions.items() if one.sent_on is not None}
    if not sent:
        return
    rules = {rule.id: rule for rule in protocol.rules()}
    clocks = clocks_of(work, protocol, (case.id,), today_in_japan(desk))
    for clock in clocks.get(case.id, ()):
        _, _, number = clock.key.removeprefix(f"{clock.rule}:").partition(":")
        version = sent.get(number or FIRST)
        if version is None or version.sent_on is None or not reports(rules[clock.rule]):
            continue
        if clock.standing is Standing.NOT_APPLICABLE or _by_hospital(work, clock, case):
            continue
        if clock.done == version.sent_on:
            _add_receipt(work, clock.key, version.receipt)
        elif version.sent_on >= clock.trigger:
            evidence = f"{case.id} ({number or FIRST})"
            settle_in(desk, work, clock.key, version.sent_on, evidence, version.receipt)


def _by_hospital(work: Work, clock: Clock, case: SafetyCase) -> bool:
    """Whether the hospital reported it before there was a version: that day stays."""
    return any(one.evidence == case.id for one in work.find(Settled, id=clock.key))


def _add_receipt(work: Work, key: str, receipt: str) -> None:
    """The receipt that came later; one that is there already stays."""
    for settled in work.find(Settled, id=key):
        if receipt and not settled.receipt:
            work.save(replace(settled, receipt=receipt))


def reports(rule: Rule) -> bool:
    """Whether a clock is that of the report itself.

    Not the hospital's notice to the holder, and not the alarm of a duty without a day.
    """
    return rule.kind is RuleKind.CLOCK and not rule.done_by


def in_both(message: Message) -> str:
    """A sentence for a record that is read for years: in both languages."""
    return " / ".join(Words(language).say(message) for language in Language)
