"""How the date of a duty was found: every step of the arithmetic, with its citation.

The steps are made from the duty and the protocol when somebody asks; no list of duties
carries them.
"""

from collections.abc import Iterator
from datetime import date

from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.calendar import Closed, add_span, clips, closed
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.citation import distance, rests_on
from registry_app.domain.plan.duties import counted_from, day_0, is_unset
from registry_app.domain.plan.duty import Duty, Step
from registry_app.domain.plan.pack import Booklet, Rule, RuleKind, Span
from registry_app.domain.plan.periods import distance_to
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.records import Occurrence
from registry_app.domain.plan.regime import stretches
from registry_app.domain.plan.windows import window_steps, windows


def steps(
    protocol: Protocol,
    duty: Duty,
    case: Case | None = None,
    occurrence: Occurrence | None = None,
) -> tuple[Step, ...]:
    """Every step to the date of a duty, in the order of the arithmetic.

    `case`: needed for what the window of a visit holds; `occurrence`: for what a clock
    is about. A duty whose rule is gone says only what is remembered of it.
    """
    return tuple(_steps(protocol, duty, case, occurrence))


def _steps(
    protocol: Protocol, duty: Duty, case: Case | None, occurrence: Occurrence | None
) -> Iterator[Step]:
    kind, _, rest = duty.key.partition(":")
    name = rest.partition(":")[0]
    if kind == "visit":
        yield from _visit(protocol, duty, name, case)
    elif kind == "booklet":
        booklet = next((b for b in protocol.pack.booklets if b.id == name), None)
        if booklet is not None:
            yield from _booklet(booklet, duty)
    else:
        rule = next((r for r in protocol.rules() if r.id == duty.rule), None)
        if rule is not None:
            yield from _rule(protocol, rule, duty, occurrence)
    yield from _target(duty)
    if duty.warning is not None:
        yield Step(None, duty.warning)
    if not duty.legal:
        yield Step(None, say("due.not-legal"))
    if duty.ended is not None:
        yield Step(None, duty.ended)
    if kind != "visit":
        yield rests_on(duty.rule, duty.name, duty.basis)


def _visit(
    protocol: Protocol, duty: Duty, visit_id: str, case: Case | None
) -> Iterator[Step]:
    made = () if case is None else windows(protocol, case)
    window = next((w for w in made if w.visit.id == visit_id), None)
    if window is not None:
        yield from window_steps(window)
    else:
        yield Step(duty.opens, say("due.opens"))
        yield Step(duty.due, say("due.last"))
        yield rests_on(duty.rule, duty.name, duty.basis)


def _booklet(booklet: Booklet, duty: Duty) -> Iterator[Step]:
    step_id = duty.key.split(":")[2]
    found = [step.id for step in booklet.steps]
    index = found.index(step_id) if step_id in found else 0
    if index == 0:
        yield Step(duty.trigger, say("due.window-closes", name=booklet.name))
    else:
        before = booklet.steps[index - 1].name
        key = "due.step-waits" if duty.due is None else "due.step-before"
        yield Step(None if duty.due is None else duty.trigger, say(key, name=before))
    if duty.due is not None and step_id in found:
        yield _plus(duty.trigger, booklet.steps[index].due, duty.due)


def _rule(
    protocol: Protocol, rule: Rule, duty: Duty, occurrence: Occurrence | None
) -> Iterator[Step]:
    """The steps of the kind of rule."""
    if is_unset(duty):
        yield Step(None, say("due.unset", name=_base_name(protocol, rule)))
    elif rule.kind is RuleKind.PERIOD:
        yield from _period(protocol, rule, duty)
    elif rule.kind in (RuleKind.ONCE, RuleKind.TERM):
        yield from _once(protocol, rule, duty)
    elif rule.kind in (RuleKind.CLOCK, RuleKind.ALARM):
        yield from _clock(rule, duty, occurrence)
    elif rule.kind is RuleKind.KIT:
        yield Step(duty.trigger, say("due.ordered"))
        yield from _due(rule, duty.trigger, duty)
    else:
        anchor = protocol.anchor(rule.counts_from)
        yield Step(duty.trigger, say("plan.step-anchor", anchor=anchor.name))
        if duty.period is not None:
            last = duty.period[1]
            plain = last == add_span(duty.trigger, rule.due)
            span = rule.due if plain else rule.otherwise or rule.due
            yield Step(last, say("due.keep", distance=distance(span)))
        else:
            yield from _due(rule, duty.trigger, duty)
        if duty.done is not None and rule.done_by:
            reached = protocol.anchor(rule.done_by).name
            yield Step(duty.done, say("plan.step-anchor", anchor=reached))
    yield from _validity(rule)


def _period(protocol: Protocol, rule: Rule, duty: Duty) -> Iterator[Step]:
    base = protocol.base_date(rule.counts_from)
    if base is None or duty.period is None:
        return
    number = int(duty.key.rpartition(":")[2])
    first, last = duty.period
    yield Step(base, say("due.base", name=_base_name(protocol, rule)))
    before, after = distance_to(rule, number - 1), distance_to(rule, number)
    begins = say("due.period-begins", number=number, distance=distance(before))
    yield Step(first, begins, _clip_note(base, before))
    ends = say("due.period-ends", number=number, distance=distance(after))
    yield Step(last, ends, _clip_note(base, after))
    yield from _due(rule, last, duty)


def _once(protocol: Protocol, rule: Rule, duty: Duty) -> Iterator[Step]:
    base = protocol.base_date(counted_from(protocol, rule))
    if base is None:
        return
    yield Step(base, say("due.base", name=_base_name(protocol, rule)))
    start = base
    machine = protocol.pack.machine
    if rule.kind is RuleKind.TERM and machine is not None and machine.term is not None:
        last = stretches(protocol)[-1]
        whole = Span(machine.term.months + 12 * last.extended_years, machine.term.days)
        start = last.term_end or base
        if last.extended_years:
            words = say(
                "due.extended",
                distance=distance(machine.term),
                more=distance(Span(12 * last.extended_years)),
            )
        else:
            words = say("due.term", distance=distance(machine.term))
        yield Step(start, words, _clip_note(base, whole))
    if rule.due != Span():
        yield from _due(rule, start, duty)
    if duty.alarm is not None:
        yield Step(duty.alarm, say("due.first-day-counted"), say("due.earlier-alarms"))
    if duty.done is not None and rule.done_by and machine is not None:
        state = next((s for s in machine.states if s.id == rule.done_by), None)
        if state is not None:
            yield Step(duty.done, say("due.reached", state=state.name))


def _clock(rule: Rule, duty: Duty, occurrence: Occurrence | None) -> Iterator[Step]:
    number = duty.key.split(":")[2:]
    if number:
        if occurrence is not None and (day := day_0(rule, occurrence)) is not None:
            yield Step(day, say(_aware(rule)))
        yield Step(duty.trigger, say("due.restarts", number=number[0]))
    else:
        yield Step(duty.trigger, say(_aware(rule)))
    yield from _due(rule, duty.trigger, duty)


def _aware(rule: Rule) -> str:
    if rule.counts_from == "hospital":
        return "due.hospital-aware"
    return "due.holder-aware"


def _due(rule: Rule, day: date, duty: Duty) -> Iterator[Step]:
    """The last addition: `Rule.due`, or the other distance where that was taken."""
    last = duty.due or duty.alarm
    if last is None:
        return
    yield from _other(rule, day, last)


def _other(rule: Rule, day: date, last: date) -> Iterator[Step]:
    plain = _plus(day, rule.due, last)
    if rule.otherwise is None:
        yield plain
        return
    when = rule.otherwise_when or rule.name
    other = add_span(day, rule.otherwise)
    words = say("due.otherwise", distance=distance(rule.otherwise), when=when)
    if last == add_span(day, rule.due):
        yield plain
        yield Step(other, words, say("due.not-taken"))
    else:
        yield Step(last, words)


def _plus(day: date, span: Span, last: date) -> Step:
    backwards = span.months < 0 or span.days < 0
    key = "due.minus" if backwards else "due.plus"
    return Step(last, say(key, distance=distance(span)), _clip_note(day, span))


def _clip_note(day: date, span: Span) -> Message | None:
    return say("plan.step-clipped") if clips(day, span) else None


def _base_name(protocol: Protocol, rule: Rule) -> Told:
    base_id = counted_from(protocol, rule)
    found = (base.name for base in protocol.pack.base_dates if base.id == base_id)
    return next(found, rule.name)


def _validity(rule: Rule) -> Iterator[Step]:
    """Which law holds, where the rule has a first or a last day."""
    basis = rule.basis
    if basis.valid_from is None and basis.valid_to is None:
        return
    by = "due.by-period" if rule.kind is RuleKind.PERIOD else "due.by-trigger"
    if basis.valid_from is not None:
        yield Step(basis.valid_from, say("due.valid-from"), say(by))
    if basis.valid_to is not None:
        yield Step(basis.valid_to, say("due.valid-to"), say(by))


_CLOSED: dict[Closed, str] = {
    Closed.SATURDAY: "due.saturday",
    Closed.SUNDAY: "due.sunday",
    Closed.HOLIDAY: "due.holiday",
    Closed.YEAR_END: "due.year-end",
}


def _target(duty: Duty) -> Iterator[Step]:
    """The business day, where the last day is none; the due date does not move."""
    last = duty.last_day
    if last is None or duty.target is None:
        return
    why = closed(last)
    if why is None:
        return
    if duty.target == last:
        yield Step(last, say("due.no-business-day"), say(_CLOSED[why]))
    else:
        yield Step(duty.target, say("due.target"), say(_CLOSED[why]))
