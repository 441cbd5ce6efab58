"""The cover fields that every report shares (REGULATION.md section 8).

A registry without a product or without an approval prints the same fields and says so:
no field is left out, none is empty.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from registry_app.domain.cut import DataCut
from registry_app.domain.dates import ERAS
from registry_app.domain.evaluation import Evaluation
from registry_app.domain.figures.document import (
    FieldRow,
    Fields,
    Mark,
    Ref,
    Said,
    Value,
)
from registry_app.domain.message import Message, say
from registry_app.domain.plan.pack import Owner, ReportKind, RuleKind, Span
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.regime import RegimeState, state_on
from registry_app.domain.report import Kind
from registry_app.domain.trail import Plain

#: The one state of an approval in which efficacy may be called confirmed.
FULL: Final = "full"
#: So much of the head of the trail is printed on a cover.
_HEAD: Final = 12
_PMDA: Final = (Kind.CASE_REPORT, Kind.UNKNOWN_NON_SERIOUS, Kind.INFECTION)
_MINISTER: Final = (Kind.PERIODIC, Kind.EVALUATION, Kind.DISCLOSURE)
#: Who owes a report that the pack does not speak of (PAPER.md section 7).
_OWNERS: Final[Mapping[Kind, Owner]] = {
    Kind.OBLIGATIONS: Owner.HOSPITAL,
    Kind.PATIENT_SUMMARY: Owner.PHYSICIAN,
    Kind.ALL_CASE_LOG: Owner.HOSPITAL,
    Kind.USE_RECORD: Owner.PHYSICIAN,
}


def common_cover(
    kind: Kind,
    protocol: Protocol,
    on: date,
    *,
    cut: DataCut | None = None,
    period: tuple[date, date] | None = None,
    evaluations: Sequence[Evaluation] = (),
    identifiable: bool = False,
    owner: Owner | None = None,
) -> tuple[FieldRow, ...]:
    """The common fields of a report, in order.

    `on`: the day that the data are of. `cut` None: not frozen, which is said. `period`:
    of the survey, both days included. `evaluations`: every version of the evaluation
    plan. `owner`: who owes it, where the report knows better than the pack.
    """
    regime = state_on(protocol, on)
    unsure = {part.id for part in protocol.unsure()}
    return (
        _row("type", report_type(kind, protocol)),
        _row("addressee", addressee(kind, protocol)),
        _row("owner", owner_of(kind, protocol, owner), strong=True),
        _product(protocol),
        *_approval(protocol, regime, on, unsure),
        _row("period", _period(period), _days(period)),
        _cut(cut, on),
        _plan(protocol, evaluations, on),
        _row(
            "confidentiality",
            say("cover.identifiable" if identifiable else "cover.pseudonymous"),
            "identifiable" if identifiable else "pseudonymous",
        ),
    )


def report_type(kind: Kind, protocol: Protocol) -> Said:
    """What kind of report it is, as the pack names it, or as this program does."""
    found = _kind(kind, protocol)
    return say(f"cover.type-{kind.letters.lower()}") if found is None else found.name


def addressee(kind: Kind, protocol: Protocol) -> Said:
    """Whom it is for: as the rule that it serves says, or by custom."""
    found = _kind(kind, protocol)
    if found is not None and found.rule:
        rules = (rule for rule in protocol.rules() if rule.id == found.rule)
        for rule in rules:
            if rule.addressee is not None:
                return rule.addressee
    if protocol.pack.machine is None:
        return say("cover.to-inside")
    if kind in _PMDA:
        return say("cover.to-pmda")
    return say("cover.to-minister" if kind in _MINISTER else "cover.to-inside")


def owner_of(kind: Kind, protocol: Protocol, owner: Owner | None = None) -> Said:
    """Who owes it: the holder, the hospital or the physician, always named."""
    if owner is None:
        found = _kind(kind, protocol)
        if found is not None:
            owner = found.owner
        elif protocol.pack.machine is None:
            owner = Owner.HOSPITAL
        else:
            owner = _OWNERS.get(kind, Owner.HOLDER)
    return say(f"cover.owner-{owner.value}")


def long_day(day: date) -> Message:
    """A day as covers tell it: 2026年5月31日（令和8年）, 31 May 2026."""
    era = next(era for era in ERAS if day >= era.start)
    year = day.year - era.start.year + 1
    return say(
        "cover.day",
        year=day.year,
        month=say(f"cover.month-{day.month}"),
        day=day.day,
        era=say(
            "cover.in-era",
            era=say(f"date.era-{era.name}"),
            year=say("date.first-year") if year == 1 else year,
        ),
    )


def standing_word(regime: RegimeState | None) -> Message:
    """推定, 検証中 or 確認: the fixed word for the efficacy of the product.

    確認 stands in the state of the full approval alone. Under a conditional approval
    efficacy is presumed (PMD Act Art. 23-26(1)); while an application is pending it is
    under evaluation, and so is what has no approval at all. Where an approval has
    ended without a full one, none of the three may stand.
    """
    if regime is None or regime.state.continues:
        return say("cover.word-evaluated")
    if regime.state.id == FULL:
        return say("cover.word-confirmed")
    return say("cover.word-presumed" if regime.state.runs else "cover.word-none")


def plan_in_force(evaluations: Iterable[Evaluation], on: date) -> Evaluation | None:
    """The newest version of the evaluation plan that was in effect on a day."""
    held = [each for each in evaluations if each.effective_on <= on]
    return max(held, key=lambda each: (each.effective_on, _number(each)), default=None)


def after_lock(plan: Evaluation, evaluations: Iterable[Evaluation]) -> bool:
    """Whether an earlier version of the plan had been locked: an amendment then."""
    return any(
        other.locked_on is not None and _number(other) < _number(plan)
        for other in evaluations
    )


def _number(plan: Evaluation) -> tuple[int, str]:
    return (int(plan.id) if plan.id.isdecimal() else 0, plan.id)


def _kind(kind: Kind, protocol: Protocol) -> ReportKind | None:
    letters = kind.letters
    found = (each for each in protocol.pack.reports if each.id == letters)
    return next(found, None)


def _row(
    name: str,
    shown: Said,
    data: Plain = None,
    *,
    mark: Mark = Mark.NONE,
    refs: tuple[Ref, ...] = (),
    strong: bool = False,
) -> FieldRow:
    value = Value(shown, data, refs, strong, mark)
    return FieldRow(name, say(f"cover.{name}"), value)


def _marked(unsure: set[str], *parts: str) -> Mark:
    return Mark.TO_CONFIRM if unsure.intersection(parts) else Mark.NONE


def _product(protocol: Protocol) -> FieldRow:
    product = protocol.pack.product
    if product is None:
        return _row("trade", say("cover.no-product"))
    words = say("cover.trade-generic", trade=product.name, generic=product.generic)
    return _row("trade", words, strong=True)


def _approval(
    protocol: Protocol, regime: RegimeState | None, on: date, unsure: set[str]
) -> tuple[FieldRow, ...]:
    machine = protocol.pack.machine
    if machine is None or regime is None:
        none = say("cover.no-approval")
        words = say("cover.state-and-word", state=none, word=standing_word(None))
        return _row("approval", none), _row("term", none), _row("state", words)
    base = f"date:{machine.counted_from}"
    approved = protocol.base_date(machine.counted_from)
    product = protocol.pack.product
    number = "" if product is None else product.number
    words = say(
        "cover.number-and-day",
        number=number or say("cover.not-written"),
        day=say("cover.not-set") if approved is None else long_day(approved),
    )
    refs = (Ref("setting", base),) if base in protocol.settings else ()
    data: dict[str, Plain] = {"number": number, "on": _iso(approved)}
    mark = _marked(unsure, base, *_term_rules(protocol), *_conditions(protocol))
    state = say(
        "cover.state-and-word", state=_state(regime), word=standing_word(regime)
    )
    return (
        _row("approval", words, data, mark=_marked(unsure, base), refs=refs),
        _term(protocol, regime, on, mark),
        _row("state", state, regime.state.id, refs=_entries(protocol, on)),
    )


def _conditions(protocol: Protocol) -> tuple[str, ...]:
    product = protocol.pack.product
    return tuple(f"condition:{c.id}" for c in (product.conditions if product else ()))


def conditions(protocol: Protocol) -> Fields:
    """The conditions of the approval in full, each with its own mark."""
    product = protocol.pack.product
    found = () if product is None else product.conditions
    unsure = {part.id for part in protocol.unsure()}
    rows = tuple(
        FieldRow(
            f"condition-{number}",
            say("cover.condition", number=number),
            Value(
                condition.text,
                condition.id,
                mark=_marked(unsure, f"condition:{condition.id}"),
            ),
        )
        for number, condition in enumerate(found, 1)
    )
    none = FieldRow("conditions", say("cover.conditions"), Value(say("cover.no-terms")))
    return Fields("conditions", rows or (none,))


def _term_rules(protocol: Protocol) -> tuple[str, ...]:
    """The rules that say when the term itself ends, not the milestones before it."""
    return tuple(
        f"rule:{rule.id}"
        for rule in protocol.rules()
        if rule.kind is RuleKind.TERM and rule.due == Span()
    )


def _term(protocol: Protocol, regime: RegimeState, on: date, mark: Mark) -> FieldRow:
    """The end of the term by both ways of counting, and what is left to the earlier."""
    end, alarm = regime.term_end, regime.term_alarm
    so_many = len(_conditions(protocol))
    if end is None or alarm is None:
        words = say("cover.term-not-set", conditions=so_many)
        return _row("term", words, {"conditions": so_many}, mark=mark)
    left, years = (alarm - on).days, regime.extended_years
    words = say(
        "cover.both-ends",
        alarm=long_day(alarm),
        end=end.isoformat(),
        left=say("cover.days-left" if left >= 0 else "cover.days-over", days=abs(left)),
        conditions=so_many,
        extended=say("cover.extended", years=years) if years else "",
    )
    data: dict[str, Plain] = {
        "first_day_counted": _iso(alarm),
        "first_day_not_counted": _iso(end),
        "days_left": left,
        "extended_years": years,
        "conditions": so_many,
    }
    return _row("term", words, data, mark=mark)


def _state(regime: RegimeState) -> Said:
    if regime.past_term:
        return say("cover.state-past-term", state=regime.state.name)
    if regime.lapsed:
        return say("cover.state-lapsed", state=regime.state.name)
    if regime.since is None:
        return regime.state.name
    day = long_day(regime.since)
    return say("cover.state-since", state=regime.state.name, day=day)


def _entries(protocol: Protocol, on: date) -> tuple[Ref, ...]:
    return tuple(Ref("regime", each.id) for each in protocol.regime if each.on <= on)


def _period(period: tuple[date, date] | None) -> Said:
    if period is None:
        return say("cover.no-period")
    return say("cover.period-days", first=long_day(period[0]), last=long_day(period[1]))


def _days(period: tuple[date, date] | None) -> Plain:
    return None if period is None else [day.isoformat() for day in period]


def _cut(cut: DataCut | None, on: date) -> FieldRow:
    """The cut by number, day and trail entry; the whole head is in the data."""
    if cut is None:
        return _row("cut", say("cover.not-frozen", on=long_day(on)), {"on": _iso(on)})
    data: dict[str, Plain] = {
        "number": cut.id,
        "on": _iso(cut.on),
        "entry": cut.seq,
        "head": cut.head,
    }
    words = say(
        "cover.frozen",
        number=cut.id,
        on=long_day(cut.on),
        seq=cut.seq,
        head=cut.head[:_HEAD],
    )
    return _row("cut", words, data, refs=(Ref("cut", cut.id),))


def _plan(protocol: Protocol, evaluations: Sequence[Evaluation], on: date) -> FieldRow:
    """The evaluation plan in force, and the pack that visits and rules come from."""
    pack = protocol.pack
    data: dict[str, Plain] = {"pack": pack.id, "pack_version": pack.version}
    plan = plan_in_force(evaluations, on)
    if plan is None:
        words = say("cover.no-plan", id=pack.id, version=pack.version)
        return _row("plan", words, data)
    key = "cover.plan-open" if plan.locked_on is None else "cover.plan-locked"
    words = say(
        key,
        number=plan.id,
        label=plan.label,
        effective=plan.effective_on.isoformat(),
        locked=_iso(plan.locked_on),
        id=pack.id,
        version=pack.version,
    )
    mark = Mark.AFTER_LOCK if after_lock(plan, evaluations) else Mark.NONE
    ref = (Ref("evaluation", plan.id),)
    return _row("plan", words, {**data, "number": plan.id}, mark=mark, refs=ref)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def shown(cover: Iterable[FieldRow], name: str) -> Said:
    """What a field of the cover says, so that no page says anything else."""
    return next(row.value.shown for row in cover if row.id == name)


def below_title(cover: Iterable[FieldRow]) -> tuple[FieldRow, ...]:
    """The cover without what stands above it on a short report: title, addressee."""
    return tuple(row for row in cover if row.id not in ("type", "addressee"))
