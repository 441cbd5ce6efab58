"""The duties of a case, and of the product: what is owed, by whom, until when.

Pure and quick: the duties of ten thousand cases are made anew in a breath. How a date
was found, step by step, is told on demand (derivation.py).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from registry_app.domain.kit import Kit
from registry_app.domain.message import Message, say
from registry_app.domain.plan.calendar import add_months, add_span, target_within
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.duty import Confirmed, Duty
from registry_app.domain.plan.pack import Basis, Confidence, Rule, RuleKind
from registry_app.domain.plan.periods import periods
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import Occurrence, Settled
from registry_app.domain.plan.regime import Stretch, held, stretches
from registry_app.domain.plan.visit_duties import end_of_follow_up, visit_duties

#: `Rule.counts_from` of a clock that begins when the hospital knows, not the holder.
HOSPITAL: Final = "hospital"
_UNSET: Final = "unset:"
_DATED: Final = (RuleKind.PERIOD, RuleKind.ONCE, RuleKind.TERM)


def setting_id(duty: Duty) -> str:
    """The id of the setting that changes or confirms what a duty rests on."""
    kind, _, rest = duty.key.partition(":")
    if kind in ("visit", "booklet"):
        return f"{kind}:{rest.partition(':')[0]}"
    return f"rule:{duty.rule}"


def is_unset(duty: Duty) -> bool:
    """Whether it only says that a base date has to be set."""
    return duty.key.startswith(_UNSET)


def apply(duty: Duty, settled: Settled | None) -> Duty:
    """The duty with what was done about it: by an exam or a date, or as it was settled.

    Done twice, it was done the first time.
    """
    if settled is None:
        return duty
    done = [day for day in (duty.done, settled.done_on) if day is not None]
    return replace(
        duty,
        done=min(done, default=None),
        evidence=settled.evidence,
        receipt=settled.receipt,
        not_applicable=settled.not_applicable,
        not_applicable_on=settled.not_applicable_on,
    )


# --- one case


def subject_duties(protocol: Protocol, case: Case) -> tuple[Duty, ...]:
    """The duties that one case brings: its visits, its dates, its records, its papers.

    Once the follow-up has ended, what was still open then is not owed any more, and
    says so; a window that was missed before stays missed.
    """
    end = end_of_follow_up(case)
    found = [*visit_duties(protocol, case, end), *_of_dates(protocol, case, end)]
    settled = case.settled
    if not settled:
        return tuple(found)
    return tuple(apply(duty, settled.get(duty.key)) for duty in found)


def _of_dates(
    protocol: Protocol, case: Case, end: tuple[date, Message] | None
) -> Iterator[Duty]:
    """What a date of the case starts: another date to reach, or records to keep."""
    case_id, arm = case.subject.id, case.subject.arm
    regime: tuple[Stretch, ...] | None = None
    for rule in protocol.rules():
        keeps = rule.kind is RuleKind.RETENTION
        if not (keeps or rule.kind is RuleKind.SUBJECT) or arm not in rule.arms:
            continue
        trigger = case.day_of(protocol.anchor(rule.counts_from))
        if trigger is None or not rule.basis.in_force(trigger):
            continue
        last = add_span(trigger, rule.due)
        if rule.regimes:
            regime = stretches(protocol) if regime is None else regime
            if not held(regime, rule.regimes, trigger, max(trigger, last)):
                continue
        key = f"{rule.id}:{case_id}"
        settled = case.settled.get(key)
        if settled is not None and settled.otherwise and rule.otherwise is not None:
            last = add_span(trigger, rule.otherwise)
        if keeps:
            yield _duty(protocol, rule, key, trigger, None, case_id, (trigger, last))
            continue
        done = None
        if rule.done_by:
            done = case.day_of(protocol.anchor(rule.done_by))
        ended = None
        if end is not None and done is None and last >= end[0]:
            ended = end[1]
        made = _duty(protocol, rule, key, trigger, last, case_id)
        if done is not None or ended is not None:
            made = replace(made, done=done, ended=ended)
        yield made


# --- the product


@dataclass(frozen=True, slots=True)
class _Product:
    """What the duties of the product are made from."""

    protocol: Protocol
    settled: Mapping[str, Settled]
    until: date
    regime: tuple[Stretch, ...]

    def owed(self, rule: Rule, first: date, last: date) -> bool:
        """Whether the rule holds in the regime on a day of `first` to `last`."""
        return not rule.regimes or held(self.regime, rule.regimes, first, last)

    def said(self, key: str, about: tuple[date, date] | None = None) -> Settled | None:
        """What was settled of a duty; of a period only what was about this very one.

        Other settings count them anew: the third half year is not the third year.
        """
        settled = self.settled.get(key)
        if settled is None or settled.trigger is None or about is None:
            return settled
        first, last = about
        away = abs((settled.trigger - last).days)
        return settled if 2 * away < (last - first).days + 1 else None

    def due(
        self, rule: Rule, key: str, day: date, about: tuple[date, date] | None = None
    ) -> date:
        """`Rule.due` after a day, or the other distance where it was chosen."""
        settled = self.said(key, about)
        if settled is not None and settled.otherwise and rule.otherwise is not None:
            return add_span(day, rule.otherwise)
        return add_span(day, rule.due)


def product_duties(
    protocol: Protocol,
    occurrences: Iterable[Occurrence],
    kits: Iterable[Kit],
    settled: Mapping[str, Settled],
    until: date,
) -> tuple[Duty, ...]:
    """The duties that hang on no case: the term, periods, clocks, kits without a case.

    Periods, clocks and kits that begin on or before `until`. A base date that is not
    set gives one duty ``unset:<rule>`` without a day, so that it is seen.
    """
    product = _Product(protocol, settled, until, stretches(protocol))
    occurrences, kits = tuple(occurrences), tuple(kits)
    found: dict[str, Duty] = {}
    for rule in protocol.rules():
        if rule.kind in _DATED:
            made = _dated(product, rule)
        elif rule.kind is RuleKind.KIT:
            made = _kits(product, rule, kits)
        elif rule.kind in (RuleKind.CLOCK, RuleKind.ALARM):
            made = _clocks(product, rule, occurrences)
        else:
            continue
        for duty in made:
            found.setdefault(duty.key, apply(duty, product.said(duty.key, duty.period)))
    return tuple(found.values())


def counted_from(protocol: Protocol, rule: Rule) -> str:
    """The base date of a rule: its own, or the one that the term is counted from."""
    machine = protocol.pack.machine
    if rule.kind is RuleKind.TERM:
        return "" if machine is None else machine.counted_from
    return rule.counts_from


def _dated(product: _Product, rule: Rule) -> Iterator[Duty]:
    base = product.protocol.base_date(counted_from(product.protocol, rule))
    if base is None:
        yield from _unset(product, rule)
    elif rule.kind is RuleKind.PERIOD:
        yield from _periods(product, rule, base)
    else:
        yield from _once(product, rule, base)


def _unset(product: _Product, rule: Rule) -> Iterator[Duty]:
    """One duty that says: the base date is missing, so nothing can be counted."""
    begins = rule.basis.valid_from
    if begins is not None and begins > product.until:
        return
    dates = [s.since for s in product.regime if s.since is not None]
    first = min([product.until, *dates])
    if product.owed(rule, first, product.until):
        key = f"{_UNSET}{rule.series or rule.id}"
        yield _duty(product.protocol, rule, key, first, None)


def _periods(product: _Product, rule: Rule, base: date) -> Iterator[Duty]:
    name = rule.series or rule.id
    for number, first, last in periods(rule, base, product.until):
        if not (rule.basis.in_force(last) and product.owed(rule, first, last)):
            continue
        key = f"{name}:{number}"
        due = product.due(rule, key, last, (first, last))
        # It can be done when the period is over, not before.
        yield _duty(product.protocol, rule, key, last, due, "", (first, last))


def _once(product: _Product, rule: Rule, base: date) -> Iterator[Duty]:
    """A day from a base date; of a term, from its end, counted in both ways."""
    start, alarm, early = base, None, base
    if rule.kind is RuleKind.TERM:
        end = product.regime[-1].term_end if product.regime else None
        if end is None:
            return
        start = end
        early = end - timedelta(days=1)
    due = product.due(rule, rule.id, start)
    if early != start and rule.legal:
        alarm = product.due(rule, rule.id, early)
    if not rule.basis.in_force(due):
        return
    made = _duty(product.protocol, rule, rule.id, min(base, due), due)
    done = _reached(product.regime, rule.done_by)
    ended = None
    if done is None and rule.regimes:
        if not product.owed(rule, min(base, due), product.until):
            return
        ended = _left(product.regime, rule, due)
    elif done is not None and not rule.legal:
        # A milestone of ours is not made by the application; it is of no use any more.
        ended, done = _left(product.regime, rule, max(done, due)), None
    last = due if alarm is None else min(alarm, due)
    yield replace(
        made,
        # A day to reach, and not a time after a day: in view for the year before.
        opens=made.opens if base < due else add_months(due, -12),
        alarm=alarm,
        target=target_within(min(base, last), last),
        done=done,
        ended=ended,
    )


def _reached(regime: Iterable[Stretch], state: str) -> date | None:
    """The day on which the regime first came to a state."""
    if not state:
        return None
    return next((s.since for s in regime if s.state.id == state), None)


def _left(regime: tuple[Stretch, ...], rule: Rule, due: date) -> Message | None:
    """Why a rule is not owed on its day: the regime has left its states before."""
    now = next((s for s in reversed(regime) if s.since and s.since <= due), None)
    if now is None or now.state.id in rule.regimes:
        return None
    return say("plan.regime-ended", state=now.state.name, on=now.since)


def _clocks(
    product: _Product, rule: Rule, occurrences: tuple[Occurrence, ...]
) -> Iterator[Duty]:
    for occurrence in occurrences:
        if occurrence.event not in rule.on:
            continue
        aware = day_0(rule, occurrence)
        if aware is None:
            continue
        key = f"{rule.id}:{occurrence.id}"
        days = {key: aware}
        if rule.restarts:
            more = occurrence.follow_ups.items()
            days |= {f"{key}:{number}": day for number, day in more}
        for name, day in days.items():
            yield from _clock(product, rule, occurrence, name, day)


def day_0(rule: Rule, occurrence: Occurrence) -> date | None:
    """The day on which the one who owes a report became aware; None: not yet."""
    if rule.counts_from == HOSPITAL:
        return occurrence.hospital_aware
    return occurrence.holder_aware


def _clock(
    product: _Product, rule: Rule, occurrence: Occurrence, key: str, day: date
) -> Iterator[Duty]:
    known = day <= product.until and rule.basis.in_force(day)
    if not known or not product.owed(rule, day, day):
        return
    due = product.due(rule, key, day)
    subject = occurrence.subject_id
    if rule.kind is RuleKind.ALARM:
        made = _duty(product.protocol, rule, key, day, None, subject)
        target = target_within(day, due)
        made = replace(made, alarm=due, target=target, legal=False)
    else:
        made = _duty(product.protocol, rule, key, day, due, subject)
    told = occurrence.holder_aware if rule.done_by else None
    made = replace(made, event=occurrence.event, done=told)
    events = product.protocol.pack.events
    event = next((e for e in events if e.id == occurrence.event), None)
    if event is not None and _open(product.protocol, f"event:{event.id}", event.basis):
        made = _unsure(made)
    if not occurrence.reportable:
        reason = say("plan.not-reportable", note=occurrence.note)
        made = replace(made, ended=reason)
    yield made


def _kits(product: _Product, rule: Rule, kits: tuple[Kit, ...]) -> Iterator[Duty]:
    """Every kit belongs to one case; one that does not yet is owed."""
    for kit in kits:
        day = kit.ordered_on
        known = day <= product.until and rule.basis.in_force(day)
        if not known or not product.owed(rule, day, day):
            continue
        key = f"{rule.id}:{kit.id}"
        due = product.due(rule, key, day)
        made = _duty(product.protocol, rule, key, day, due, kit.subject_id)
        if kit.subject_id:
            reason = say("plan.kit-matched", case=kit.subject_id)
            made = replace(made, ended=reason)
        yield made


# --- both


def _duty(
    protocol: Protocol,
    rule: Rule,
    key: str,
    trigger: date,
    due: date | None,
    subject_id: str = "",
    period: tuple[date, date] | None = None,
) -> Duty:
    """A duty of a rule: what the rule says, and the days that were found."""
    basis, confirmed = _certainty(protocol, rule)
    return Duty(
        key,
        rule.id,
        rule.name,
        rule.owner,
        basis,
        trigger,
        trigger,
        due,
        subject_id,
        None,
        None if due is None else target_within(trigger, due),
        period,
        legal=rule.legal and rule.kind is not RuleKind.ALARM,
        if_any=rule.if_any,
        confirmed=confirmed,
        addressee=rule.addressee,
        warning=rule.warning,
    )


def _certainty(protocol: Protocol, rule: Rule) -> tuple[Basis, Confirmed | None]:
    """How sure a rule is: no surer than the base date that it is counted from."""
    confirmed = protocol.confirmed(f"rule:{rule.id}")
    if rule.kind in _DATED:
        base_id = counted_from(protocol, rule)
        base = next((b for b in protocol.pack.base_dates if b.id == base_id), None)
        if base is not None and _open(protocol, f"date:{base_id}", base.basis):
            return replace(rule.basis, confidence=Confidence.UNCONFIRMED), None
    return rule.basis, confirmed


def _open(protocol: Protocol, setting_id: str, basis: Basis) -> bool:
    """Whether nobody has confirmed what is unconfirmed."""
    unsure = basis.confidence is Confidence.UNCONFIRMED
    return unsure and protocol.confirmed(setting_id) is None


def _unsure(duty: Duty) -> Duty:
    """The duty, to be confirmed, since something that it rests on is."""
    basis = replace(duty.basis, confidence=Confidence.UNCONFIRMED)
    return replace(duty, basis=basis, confirmed=None)
